"""A scenario ready to play: its records by id, its effects compiled, its moves made once and shared.

Built from a checked `Spec`; never changes afterwards. Two scenarios are the same when their hash is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import NamedTuple

from wargame.rules.catalogue import Catalogue
from wargame.rules.conditions import Condition
from wargame.rules.effects.programs import CompiledEffects, bind_target
from wargame.rules.moves import (
    Answer,
    Choose,
    Commit,
    Dial,
    Discard,
    End,
    Mark,
    Move,
    Offer,
    Refusal,
    Signal,
    Stand,
)
from wargame.rules.pieces import Frame
from wargame.rules.predicates import Need, Test, compile_condition
from wargame.rules.spec import DealTemplate, News, Spec, Targets


class OfferMove(NamedTuple):
    """A proposal that a seat could make, taken apart once."""

    move: Offer
    template: DealTemplate
    other: str
    size: str
    secret: bool
    rounds: int


class Scenario(Catalogue):
    """The compiled scenario. Never changes; two are the same when their hash is.

    `improvised` holds event cards that the white cell wrote during this game; a scenario that has some was
    made from `base`, whose hash it keeps, and is kept in its `extended` (see `white.with_cards`).
    """

    def __init__(self, spec: Spec, hash_: str = "", texts: Mapping[str, str] | None = None) -> None:
        super().__init__(spec)
        self.hash = hash_
        self.texts = dict(texts or {})
        self.base: Scenario = self
        self.improvised: dict[str, News] = {}
        self.extended: dict[tuple[str, ...], Scenario] = {}
        self.programs = CompiledEffects(self)
        self._compile()

    def __repr__(self) -> str:
        return f"<Scenario {self.id} {self.hash[:8]}>"

    def _compile(self) -> None:
        add = self.programs.add
        for card in self.cards.values():
            for target in targets(card.targets):
                root = card_root(card.id, target)
                add(root, tuple(bind_target(effect, target) for effect in card.effects))
        for news in self.news.values():
            add(f"news/{news.id}", news.effects)
        for trigger in self.spec.triggers:
            add(f"trigger/{trigger.id}", trigger.effects)
        for deal in self.spec.deals:
            for moment in ("signed", "each", "short", "broken", "proved", "ended"):
                add(f"deal/{deal.id}/{moment}", getattr(deal, moment))
        for dial in self.spec.dials:
            for setting in dial.settings:
                add(f"dial/{dial.id}/{setting.id}", setting.effects)
        for stand in self.spec.stands:
            add(f"stand/{stand.id}/together", stand.together)
            add(f"stand/{stand.id}/deserted", stand.deserted)
        if self.spec.detection:
            add("detection/suspected", self.spec.detection.suspected)
            add("detection/proved", self.spec.detection.proved)

    def event_card(self, id_: str) -> News | None:
        """Return an event card of the decks, or one that the white cell wrote on the spot."""
        return self.news.get(id_) or self.improvised.get(id_)

    # --- moves, made once --------------------------------------------------------------------------

    @cached_property
    def end_moves(self) -> dict[str, tuple[End, ...]]:
        return {seat: (End(seat),) for seat in self.seat_ids}

    @cached_property
    def commit_moves(self) -> dict[str, tuple[Commit, ...]]:
        """Card → its commitments, one a target."""
        return {
            card: tuple(Commit(seat, card, t) for t in self.targets_of(card))
            for seat in self.seat_ids
            for card in self.decks[seat]
        }

    @cached_property
    def discard_moves(self) -> dict[str, tuple[Discard, ...]]:
        """Card → the ways to give it up for the printed action."""
        return {
            card: tuple(Discard(seat, card, t) for t in self.targets_of(self.actions[seat].id))
            for seat in self.seat_ids
            for card in self.decks[seat]
        }

    @cached_property
    def offer_moves(self) -> dict[str, tuple[OfferMove, ...]]:
        """Seat → every proposal it could ever make, in file order."""
        return {seat: tuple(self._offers_of(seat)) for seat in self.seat_ids}

    def _offers_of(self, seat: str) -> Iterator[OfferMove]:
        for deal in self.spec.deals:
            if seat not in deal.between:
                continue
            other = deal.between[seat == deal.between[0]]
            for size, secrecy, rounds in product(sizes(deal), secrecies(deal), deal.rounds):
                move = Offer(seat, deal.id, size, secrecy, rounds)
                yield OfferMove(move, deal, other, size, secrecy == "secret", rounds)

    @cached_property
    def offer_groups(self) -> dict[str, tuple[tuple[DealTemplate, str, tuple[Offer, ...]], ...]]:
        """Seat → (deal, its other party, the ways to propose it)."""
        return {
            seat: tuple(
                (deal, offers[0].other, tuple(offer.move for offer in offers))
                for deal in self.spec.deals
                if (offers := [offer for offer in self.offer_moves[seat] if offer.template is deal])
            )
            for seat in self.seat_ids
        }

    @cached_property
    def offers_of(self) -> dict[str, tuple[Offer, ...]]:
        """Seat → every proposal it could ever make, as moves."""
        return {seat: tuple(offer.move for offer in offers) for seat, offers in self.offer_moves.items()}

    @cached_property
    def guarded_deals(self) -> dict[str, tuple[DealTemplate, ...]]:
        """Seat → its deals that need trust or anything else."""
        return {
            seat: tuple(deal for deal, _other, _moves in ways if deal.rung or deal.needs)
            for seat, ways in self.offer_groups.items()
        }

    @cached_property
    def answer_moves(self) -> dict[tuple[str, str], tuple[tuple[Answer, ...], tuple[Answer, ...]]]:
        """(seat, deal) → yes and no."""
        return {
            (seat, deal.id): (
                (Answer(seat, deal.id, "yes"),),
                (Answer(seat, deal.id, "no"),),
            )
            for deal in self.spec.deals
            for seat in deal.between
        }

    @cached_property
    def mark_moves(self) -> dict[tuple[str, str], tuple[Mark, ...]]:
        """(seat, deal) → short (if it gives goods) and stop."""
        return {
            (seat, deal.id): tuple(
                Mark(seat, deal.id, mark) for mark in (("short", "stop") if gives(deal, seat) else ("stop",))
            )
            for deal in self.spec.deals
            for seat in deal.between
        }

    @cached_property
    def dial_moves(self) -> dict[str, tuple[tuple[str, tuple[Dial, ...]], ...]]:
        """Seat → (dial, its settings as moves) for every dial it holds."""
        return {
            seat: tuple(
                (dial.id, tuple(Dial(seat, dial.id, setting.id) for setting in dial.settings))
                for dial in self.spec.dials
                if dial.seat == seat
            )
            for seat in self.seat_ids
        }

    @cached_property
    def stand_moves(self) -> dict[str, tuple[tuple[str, tuple[Stand, ...], tuple[Need, ...]], ...]]:
        """Seat → (stand, the move, its needs) for every joint undertaking it is part of."""
        return {
            seat: tuple(
                (stand.id, (Stand(seat, stand.id),), needs(f"stand:{stand.id}", stand.needs))
                for stand in self.spec.stands
                if seat in stand.seats
            )
            for seat in self.seat_ids
        }

    @cached_property
    def signal_moves(self) -> dict[str, tuple[Signal, ...]]:
        return {seat: tuple(Signal(seat, card) for card in self.decks[seat]) for seat in self.decks}

    @cached_property
    def choose_moves(self) -> dict[str, tuple[tuple[Choose, tuple[Need, ...]], ...]]:
        """Path of a choice → its answers with what each needs."""
        return {
            path: tuple(
                (Choose(choice.seat, option.id), needs(f"choice:{path}:{at}", option.needs))
                for at, option in enumerate(choice.options)
            )
            for path, choice in self.programs.choices.items()
        }

    def moves_of(self, seat: str) -> Iterator[Move]:
        """Yield every move of a seat in its own turns that is shared by all games."""
        for card in self.decks[seat]:
            yield from (*self.commit_moves[card], *self.discard_moves[card])
        yield from self.offers_of[seat]
        for deal in self.spec.deals:
            if seat in deal.between:
                yes, no = self.answer_moves[seat, deal.id]
                yield from (*yes, *no, *self.mark_moves[seat, deal.id])
        for _dial, moves in self.dial_moves[seat]:
            yield from moves
        for _stand, stands, _needs in self.stand_moves[seat]:
            yield from stands

    @cached_property
    def card_needs(self) -> dict[str, tuple[Need, ...]]:
        """Card → what it needs, for those that need something."""
        return {card.id: needs(f"card:{card.id}", card.needs) for card in self.cards.values() if card.needs}

    @cached_property
    def deal_needs(self) -> dict[str, tuple[Need, ...]]:
        return {deal.id: needs(f"deal:{deal.id}", deal.needs) for deal in self.spec.deals if deal.needs}

    @cached_property
    def trigger_frames(self) -> tuple[Frame, ...]:
        """Every trigger as it waits in an upkeep, in file order."""
        return tuple(
            Frame(f"trigger/{one.id}", 0, f"trigger/{one.id}", one.seen_by or None, "")
            for one in self.spec.triggers
        )

    @cached_property
    def news_when(self) -> dict[str, Test]:
        return {card.id: compile_condition(card.when) for card in self.news.values()}

    @cached_property
    def trigger_when(self) -> dict[str, Test]:
        """The path of a trigger → the test of its condition."""
        return {f"trigger/{one.id}": compile_condition(one.when) for one in self.spec.triggers}

    @cached_property
    def ruin_when(self) -> dict[str, Test]:
        return {
            seat: compile_condition(spec.ruin)
            for seat, spec in self.spec.scoring.seats.items()
            if spec.ruin is not None
        }

    @cached_property
    def agenda_when(self) -> dict[str, Test]:
        return {agenda.id: compile_condition(agenda.when) for agenda in self.spec.agendas}

    def targets_of(self, card: str) -> tuple[str, ...]:
        return targets(self.cards[card].targets)


def needs(name: str, conditions: Iterable[Condition]) -> tuple[Need, ...]:
    """Return conditions as tests, each with the refusal that names it."""
    return tuple(
        (compile_condition(condition), Refusal("need", need=f"{name}:{at}"))
        for at, condition in enumerate(conditions)
    )


def targets(spec: Targets | None) -> tuple[str, ...]:
    """Return what a card can be aimed at; one empty target if it needs none."""
    return spec.ids() if spec else ("",)


def card_root(card: str, target: str) -> str:
    """Return the path of a card's program for one target."""
    return f"card/{card}:{target}" if target else f"card/{card}"


def sizes(deal: DealTemplate) -> tuple[str, ...]:
    named = [size for size in ("small", "large") if getattr(deal, size) is not None]
    return tuple(named) or ("plain",)


def secrecies(deal: DealTemplate) -> tuple[str, ...]:
    return ("open", "secret") if deal.secrecy == "either" else (deal.secrecy,)


def terms(deal: DealTemplate, size: str, seat: str) -> dict[str, int]:
    """Return what a seat gives each round."""
    chosen = deal.small if size == "small" else deal.large if size == "large" else None
    return chosen.get(seat, {}) if chosen else {}


def gives(deal: DealTemplate, seat: str) -> bool:
    return any(terms(deal, size, seat) for size in ("small", "large"))
