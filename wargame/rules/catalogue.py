"""A scenario's records by their ids, and which seats may know what of them.

All that an effect may ask of its scenario when it is compiled; `Scenario` adds what is compiled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from wargame.rules.conditions import Condition, Read, cards_asked_for
from wargame.rules.events import Audience
from wargame.rules.spec import Action, Card, Crisis, Spec, Term


def audience_and(one: Audience, other: Audience, seats: tuple[str, ...]) -> Audience:
    """Return those in both audiences; `None` stands for all."""
    if one is None or other is None:
        return other if one is None else one
    return tuple(seat for seat in seats if seat in one and seat in other)


def audience_minus(one: Audience, other: Audience, seats: tuple[str, ...]) -> Audience:
    """Return those in `one` who are not in `other`."""
    if other is None:
        return ()
    return tuple(seat for seat in seats if (one is None or seat in one) and seat not in other)


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


class Catalogue:
    """Everything of a `Spec` looked up by id; ids are unique within their kind."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
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
        self.outcomes = {outcome.id: outcome for outcome in spec.outcomes}
        self.agendas = {agenda.id: agenda for agenda in spec.agendas}
        self.styles = {(seat.id, plan.id): plan.values for seat in spec.seats for plan in seat.plans}
        self.styles |= {(one.seat, one.style): one.values for one in spec.characters}
        self.actions = {seat.id: as_card(seat.action) for seat in spec.seats}
        self.decks = {seat: tuple(card.id for card in spec.cards.get(seat, ())) for seat in self.seat_ids}
        cards = [card for deck in spec.cards.values() for card in deck]
        self.cards = {card.id: card for card in (*cards, *self.actions.values())}
        self.once = frozenset(card.id for card in self.cards.values() if card.once)
        self.splits = Splits(self.seat_ids)

    @cached_property
    def noted(self) -> frozenset[str]:
        """The cards of which a game keeps when they were last played face up: those that are asked for."""
        return cards_asked_for(self.spec)

    @property
    def invented(self) -> bool:
        """Whether its map is of an invented world."""
        return bool(self.spec.areas or self.spec.links)

    @property
    def mapped(self) -> bool:
        """Whether there is a map."""
        return bool(self.spec.windows) or self.invented

    def owner(self, card: str) -> str:
        """Return the seat in whose deck a card is; "" if it is in none."""
        return next((seat for seat, deck in self.decks.items() if card in deck), "")

    def asked_by(self, crisis: str) -> tuple[str, ...]:
        """Return the seats that answer a crisis."""
        return self.crises[crisis].seats or self.seat_ids

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
        if kind in ("influence", "hand"):  # those of others stand still while orders are given
            return (name,)
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
