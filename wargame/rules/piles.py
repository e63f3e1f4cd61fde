"""Decks, hands and discards. A deck has no order: a card is chosen when it is drawn (rules: cards)."""

from __future__ import annotations

from wargame.rules.events import CardLost, CardsDrawn, Out
from wargame.rules.luck import draw
from wargame.rules.state import State


def draw_cards(state: State, out: Out, seat: str, count: int, purpose: str) -> None:
    """Draw so many, taking the discards back in when the deck is empty; fewer if no card is left."""
    deck, hand, drawn = state.decks[seat], state.hands[seat], []
    for nth in range(count):
        if not deck:
            deck = tuple(sorted(_back(state, "discards", seat) + _back(state, "buried", seat)))
            if not deck:
                break
        at = draw(state.seed, state.luck, state.round, f"draw/{purpose}", seat, nth) % len(deck)
        drawn.append(deck[at])
        deck = deck[:at] + deck[at + 1 :]
    if drawn:
        state.decks = {**state.decks, seat: deck}
        state.hands = {**state.hands, seat: (*hand, *drawn)}
        out.append(CardsDrawn((seat,), seat, tuple(drawn)))


def _back(state: State, pile: str, seat: str) -> tuple[str, ...]:
    """Take the cards of a pile that come back into the deck; those for once stay where they lie."""
    once, piles = state.scenario.once, getattr(state, pile)
    setattr(state, pile, {**piles, seat: tuple(card for card in piles[seat] if card in once)})
    return tuple(card for card in piles[seat] if card not in once)


PILES = ("decks", "discards", "buried")


def fetch_card(state: State, out: Out, seat: str, card: str) -> None:
    """Bring a card of a seat's own to its hand from its deck or discards; not from the hand or the table."""
    for name in PILES:
        piles = getattr(state, name)
        if card in piles[seat]:
            setattr(state, name, {**piles, seat: taken(piles[seat], card)})
            back_to_hand(state, seat, card)
            out.append(CardsDrawn((seat,), seat, (card,)))
            return


def lose_cards(state: State, out: Out, seat: str, count: int, purpose: str) -> None:
    """Bury so many cards of the hand, chosen by luck."""
    for nth in range(count):
        hand = state.hands[seat]
        if not hand:
            return
        at = draw(state.seed, state.luck, state.round, f"lose/{purpose}", seat, nth) % len(hand)
        take_from_hand(state, seat, hand[at])
        bury(state, seat, hand[at])
        out.append(CardLost((seat,), seat, hand[at]))


def taken(pile: tuple[str, ...], card: str) -> tuple[str, ...]:
    """Return the pile without that card, which lies in it."""
    at = pile.index(card)
    return pile[:at] + pile[at + 1 :]


def take_from_hand(state: State, seat: str, card: str) -> None:
    state.hands = {**state.hands, seat: taken(state.hands[seat], card)}


def back_to_hand(state: State, seat: str, card: str) -> None:
    state.hands = {**state.hands, seat: (*state.hands[seat], card)}


def discard(state: State, seat: str, card: str) -> None:
    """Face up: everybody knows it is there."""
    state.discards = {**state.discards, seat: (*state.discards[seat], card)}


def bury(state: State, seat: str, card: str) -> None:
    """Face down: only its seat knows it is there."""
    state.buried = {**state.buried, seat: (*state.buried[seat], card)}
