"""A scenario ready to play: its records by id, its effects compiled, its moves made once and shared.

Built from a checked `Spec`; never changes afterwards. Two scenarios are the same when their hash is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import NamedTuple

from wargame.rules.conditions import Condition
from wargame.rules.effects.base import (
    CompiledEffects,
    Read,
    audience_and,
    audience_minus,
    bind_self,
    bind_target,
)
from wargame.rules.events import Audience
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
    Stance,
    Stand,
)
from wargame.rules.predicates import Need, Test, compile_condition
from wargame.rules.spec import Action, Card, Crisis, DealTemplate, News, Spec, Targets, Term
from wargame.rules.state import Frame


class OfferMove(NamedTuple):
    """A proposal that a seat could make, taken apart once."""

    move: Offer
    template: DealTemplate
    other: str
    size: str
    secret: bool
    rounds: int


class Splits(dict[tuple[Audience, Audience], tuple[Audience, Audience]]):
    """(Those who see a thing, those who know more) → of the first, who does and who does not."""

    def __init__(self, seats: tuple[str, ...]) -> None:
        super().__init__()
        self.seats = seats

    def __missing__(self, pair: tuple[Audience, Audience]) -> tuple[Audience, Audience]:
        seen, knowing = pair
        guesses = audience_minus(seen, knowing, self.seats)
        self[pair] = audience_and(seen, knowing, self.seats), guesses
        return self[pair]


class Scenario:
    """The compiled scenario. Everything is looked up by id; ids are unique within their kind.

    `improvised` holds event cards that the white cell wrote during this game; a scenario that has some was
    made from `base`, whose hash it keeps, and is kept in its `extended` (see `white.with_cards`).
    """

    def __init__(self, spec: Spec, hash_: str = "", texts: Mapping[str, str] | None = None) -> None:
        self.spec = spec
        self.hash = hash_
        self.texts = dict(texts or {})
        self.id = spec.id
        self.seat_ids = tuple(seat.id for seat in spec.seats)
        self.others = {seat: audience_minus(None, (seat,), self.seat_ids) for seat in self.seat_ids}
        self.seats = {seat.id: seat for seat in spec.seats}
        self.tracks = {track.id: track for track in spec.tracks}
        self.goods = {good.id: good for good in spec.goods}
        self.flags = {flag.id: flag for flag in spec.flags}
        self.deals = {deal.id: deal for deal in spec.deals}
        self.news = {card.id: card for card in (*spec.news, *spec.hindsight)}
        self.crises: dict[str, Crisis] = {card.id: card.crisis for card in self.news.values() if card.crisis}
        self.production = {made.id: made for made in spec.production}
        self.fire = next((made.fire for made in spec.production if made.fire), "")
        self.dials = {dial.id: dial for dial in spec.dials}
        self.stands = {stand.id: stand for stand in spec.stands}
        self.triggers = {trigger.id: trigger for trigger in spec.triggers}
        self.agendas = {agenda.id: agenda for agenda in spec.agendas}
        self.styles = {(seat.id, plan.id): plan.values for seat in spec.seats for plan in seat.plans}
        self.styles |= {(one.seat, one.style): one.values for one in spec.characters}
        self.actions = {seat.id: as_card(seat.action) for seat in spec.seats}
        self.decks = {seat: tuple(card.id for card in spec.cards.get(seat, ())) for seat in self.seat_ids}
        cards = [card for deck in spec.cards.values() for card in deck]
        self.cards = {card.id: card for card in (*cards, *self.actions.values())}
        self.splits = Splits(self.seat_ids)
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
        for name in self.crises:
            self._compile_crisis(name)
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

    def _compile_crisis(self, name: str) -> None:
        crisis = self.crises[name]
        for option, seat in product(crisis.options, self.asked_by(name)):
            bound = bind_self(option.effects, seat)
            self.programs.add(stance_path(name, option.id, seat), bound)
        for at, outcome in enumerate(crisis.outcomes):
            self.programs.add(f"crisis/{name}/{at}", outcome.effects)

    def event_card(self, id_: str) -> News | None:
        """Return an event card of the decks, or one that the white cell wrote on the spot."""
        return self.news.get(id_) or self.improvised.get(id_)

    def asked_by(self, crisis: str) -> tuple[str, ...]:
        """Return the seats that answer a crisis."""
        return self.crises[crisis].seats or self.seat_ids

    # --- who may know what -------------------------------------------------------------------------

    def audience(self, reads: Iterable[Read]) -> Audience:
        """Return the seats that may know all of this; `None` for everybody, `()` for nobody at the table."""
        seen: Audience = None
        for read in reads:
            seen = audience_and(seen, self._seen_by(read), self.seat_ids)
        return seen

    def _seen_by(self, read: Read) -> Audience:
        kind, name = read[0], read[1]
        if kind == "track":
            return self.tracks[name].seen_by or None
        if kind == "flag":
            return self.flags[name].seen_by or None
        if kind == "good":
            return (read[2],)
        if kind == "dial":
            return (self.dials[name].seat,)
        if kind == "deals":
            return self._deals_seen_by(name)
        return None

    def _deals_seen_by(self, asks: Condition) -> Audience:
        if asks.is_ == "suspected":
            return (asks.seat,) if asks.seat and not (asks.deal or (asks.deals and asks.deals.rung)) else ()
        if asks.is_ == "proved" or (asks.deals and asks.deals.secret is False):
            return None
        if asks.deal:
            template = self.deals[asks.deal]
            return None if template.secrecy == "open" else template.between
        return (asks.deals and asks.deals.between) or ()

    def band(self, track: str, value: int) -> int:
        """Return the index of the band that a track's value lies in."""
        tops = self.band_tops[track]
        return min(bisect_left(tops, value), len(tops) - 1)

    @cached_property
    def band_tops(self) -> dict[str, tuple[int, ...]]:
        """Track → the greatest value of each of its bands, rising."""
        return {track.id: tuple(band.upto for band in track.bands) for track in self.spec.tracks}

    def band_range(self, track: str, band: int) -> tuple[int, int]:
        """Return the least and greatest value of a band."""
        bands = self.tracks[track].bands
        return (bands[band - 1].upto + 1 if band else 0), min(bands[band].upto, self.tracks[track].most)

    @cached_property
    def seen_tracks(self) -> dict[str | None, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Viewer → the tracks whose value it may know, and those of which it may know the band."""
        tracks = self.spec.tracks
        return {
            viewer: (
                tuple(t.id for t in tracks if not t.seen_by or viewer in t.seen_by),
                tuple(t.id for t in tracks if t.seen_by and viewer not in t.seen_by and t.band_public),
            )
            for viewer in (None, *self.seat_ids)
        }

    @cached_property
    def unseen_flags(self) -> dict[str | None, frozenset[str]]:
        """Viewer → the flags that it may not know of."""
        return {
            viewer: frozenset(f.id for f in self.spec.flags if f.seen_by and viewer not in f.seen_by)
            for viewer in (None, *self.seat_ids)
        }

    def sees_term(self, viewer: str | None, seat: str, term: Term) -> bool:
        """Return whether that viewer (`None`: the room) may know the number of a term of a seat's score."""
        if term.track is not None:
            seen = self.tracks[term.track].seen_by
            return not seen or viewer in seen
        if term.good is not None:
            return viewer == seat
        ladder = self.spec.ladder
        return ladder is not None and viewer in ladder.between

    @cached_property
    def seen_terms(self) -> dict[tuple[str | None, str], tuple[Term, ...]]:
        """(Viewer, seat) → the terms of the seat's score that the viewer may know."""
        return {
            (viewer, seat): tuple(term for term in score.terms if self.sees_term(viewer, seat, term))
            for viewer in (None, *self.seat_ids)
            for seat, score in self.spec.scoring.seats.items()
        }

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
    def stance_moves(self) -> dict[str, dict[str, tuple[Stance, ...]]]:
        """Seat → crisis → its answers."""
        return {
            seat: {
                name: tuple(Stance(seat, name, option.id) for option in crisis.options)
                for name, crisis in self.crises.items()
                if seat in self.asked_by(name)
            }
            for seat in self.seat_ids
        }

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
                yield from self.mark_moves[seat, deal.id]
        for _dial, moves in self.dial_moves[seat]:
            yield from moves
        for _stand, stands, _needs in self.stand_moves[seat]:
            yield from stands
        for stances in self.stance_moves[seat].values():
            yield from stances

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


def stance_path(crisis: str, option: str, seat: str) -> str:
    """Return the path of what an answer to a crisis brings a seat."""
    return f"crisis/{crisis}/{option}:{seat}"


def as_card(action: Action) -> Card:
    return Card(
        id=action.id,
        title=action.title,
        source=action.source,
        cost=action.cost,
        speed=action.speed,
        text=action.text,
        effects=action.effects,
        targets=action.targets,
        needs=action.needs,
    )


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
