"""One step of a game as the laws look at it, and what makes a state sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from wargame.counting import several
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.moves import Move
from wargame.rules.phases import card_of
from wargame.rules.scenario import Scenario
from wargame.rules.state import State


class LawCase(NamedTuple):
    """One step: the game before the move and after it, what happened, and luck for what is sampled."""

    before: Game
    move: Move
    after: Game
    events: list[Event]
    luck: int


def off_limits(state: State) -> Iterator[str]:
    """Yield every count that is below nothing or above its cap."""
    scenario, rules = state.scenario, state.scenario.spec.rules
    for track, value in state.tracks.items():
        if not 0 <= value <= scenario.tracks[track].most:
            yield f"the track {track} stands at {value}"
    for seat, held in state.goods.items():
        for good, count in held.items():
            if not 0 <= count <= scenario.goods[good].cap:
                yield f"{seat} holds {count} {good}"
    for seat, influence in state.influence.items():
        if not 0 <= influence <= rules.influence_cap:
            yield f"{seat} has ¤{influence}"
        orders = state.orders[seat]
        if len(orders.commits) > rules.commits or len(orders.offered) > rules.offers:
            yield f"{seat} has given too many orders"
        if state.blame[seat] < 0:
            yield f"{seat} has a blame of {state.blame[seat]}"
    for deal in state.deals:
        if not 0 <= deal.left <= deal.rounds:
            yield f"the deal {deal.template} has {several(deal.left, 'round')} left"
    if not 1 <= state.round <= state.rounds:
        yield f"it is round {state.round} of {state.rounds}"


def misplaced(state: State) -> str:
    """Return a policy card that is in no place or in two; "" if every card is in one.

    The places: hand, deck, discards (face up or down), and from commitment to its turn on the table. When
    an outcome ends the game, what was still to be resolved lies nowhere.
    """
    for seat in state.scenario.seat_ids:
        piles = (state.hands, state.decks, state.discards, state.buried)
        places = Counter(card for pile in piles for card in pile[seat])
        places.update(_on_the_table(state, seat))
        deck = state.scenario.decks[seat]
        for card in deck:
            if places[card] > 1 or (places[card] == 0 and state.outcome not in state.scenario.outcomes):
                return f"the card {card} of {seat} is in {places[card]} places"
        if places.keys() - set(deck):
            return f"{seat} has the cards {', '.join(sorted(places.keys() - set(deck)))} of another deck"
    return ""


def _on_the_table(state: State, seat: str) -> Iterator[str]:
    action = state.scenario.actions[seat].id
    if state.phase in ("orders", "answers", "reveal"):
        cards = [commit.card for commit in state.orders[seat].commits]
    elif state.phase == "resolution":
        cards = [card_of(f) for f in state.queue if f.who == seat and f.path.startswith("card/")]
    else:
        cards = []
    return (card for card in cards if card != action)


def most_moves(scenario: Scenario, rounds: int) -> int:
    """Return more moves than any game of so many rounds can have.

    A round holds for each seat its two ends, its cards, offers with what is said to them, marks, dials,
    stands, answers to crises, one signal, one announcement and one accusation, none of which can be taken
    back; and each choice in what can happen that round.
    """
    rules, seats = scenario.spec.rules, len(scenario.seat_ids)
    own = 2 + rules.commits + (2 + rules.counters) * rules.offers + 3
    shared = 2 * len(scenario.deals) + len(scenario.dials) + sum(len(s.seats) for s in scenario.spec.stands)
    shared += sum(len(scenario.asked_by(crisis)) for crisis in scenario.crises)
    asked = Counter(path.split("/")[0] for path in scenario.programs.choices)
    choices = sum(asked.values()) * max(1, rules.news) * (len(scenario.deals) if asked["detection"] else 1)
    return rounds * (seats * own + shared + choices)
