"""Every deal of a game: what was said in public, what was agreed, what was delivered, and who found out when.

Read off the states and events along a line. From a perspective it is what was known at the end, before
secrets were laid open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from wargame.debrief.dated_events import Happening, dated_events, of_move
from wargame.debrief.perspective import EVERYTHING, Perspective, seat_of, seen
from wargame.debrief.story import Moment, Story
from wargame.rules.events import (
    Audience,
    CardPlayed,
    CommuniqueIssued,
    DealAnnounced,
    DealBroken,
    DealEnded,
    DealOffered,
    DealProved,
    DealSuspected,
    DialWorked,
    Event,
    GoodsDelivered,
    NewsCame,
    OfferLapsed,
    OfferRefused,
    PhaseBegan,
    RoundBegan,
    RungGambled,
    StandTaken,
    seen_by,
)
from wargame.rules.scenario import Scenario, terms
from wargame.rules.state import Deal, PendingOffer


class Delivery(NamedTuple):
    """What one side handed over in one round, of what was due; `to` are those who knew it."""

    round: int
    giver: str
    good: str
    given: int
    due: int
    to: Audience


class Found(NamedTuple):
    """Somebody came to suspect a deal, or it was proved to all (`seats` is empty).

    `how` is the cause of it: `detection` for a delivery that was noticed, else a card, news, trigger …, "" if
    it is not known; `by` the seat whose card it was.
    """

    round: int
    seats: tuple[str, ...]
    proof: bool
    how: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deal. `terms` are what each side gives a round; `template` is "?" where only a communiqué is known.

    `status` is the rules' own (`running`, `done`, `broken`, `fallen`), `published` and `ended` are the rounds
    in which the public heard of it and in which it ceased to run (0: not yet), `by` is who broke it,
    `offered_by` who proposed it, and `move` the answer that signed it.
    """

    template: str
    a: str
    b: str
    rung: int
    size: str
    secret: bool
    rounds: int
    signed: int
    offered_by: str
    move: int
    published: int
    status: str
    ended: int
    by: str
    terms: dict[str, dict[str, int]]
    full: tuple[int, int]
    deliveries: tuple[Delivery, ...]
    found: tuple[Found, ...]


class Turned(NamedTuple):
    """An offer that came to nothing: refused, or never answered."""

    round: int
    template: str
    proposer: str
    to: str
    refused: bool


def entries(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Entry, ...]:
    """Return the deals along the line in the order in which they were signed."""
    *_, last = _Reading(story.scenario, perspective).along(story.line)
    return last


def entries_by_place(story: Story, perspective: Perspective = EVERYTHING) -> tuple[tuple[Entry, ...], ...]:
    """Return the same as they stood at each position; where nothing changed, the very same tuple."""
    found: list[tuple[Entry, ...]] = []
    for now in _Reading(story.scenario, perspective).along(story.line):
        found.append(found[-1] if found and found[-1] == now else now)
    return tuple(found)


def turned_down(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Turned, ...]:
    """Return the offers that came to nothing, of which it was told."""
    found: list[Turned] = []
    proposers: dict[tuple[str, str], str] = {}
    for round_, _phase, _move, event in dated_events(story.line):
        if isinstance(event, DealOffered):
            proposers[event.deal, event.partner] = event.proposer
        if perspective is not EVERYTHING and not seen_by(event, seat_of(perspective)):
            continue
        if isinstance(event, OfferRefused):
            found.append(Turned(round_, event.deal, event.proposer, event.partner, True))
        elif isinstance(event, OfferLapsed):
            proposer = proposers.get((event.deal, event.partner), "")
            found.append(Turned(round_, event.deal, proposer, event.partner, False))
    return tuple(found)


Key: TypeAlias = tuple[str, str, int, int]
"""What tells a deal apart, whoever looks: its sides, the round of signing, and which of those it is."""


class _Reading:
    """One walk along a line, taking down what becomes of each deal; as a perspective sees it."""

    def __init__(self, scenario: Scenario, perspective: Perspective) -> None:
        self.scenario, self.perspective = scenario, perspective
        self.last: dict[Key, Deal] = {}
        self.moves: dict[Key, int] = {}
        self.proposers: dict[Key, str] = {}
        self.published: dict[Key, int] = {}
        self.ended: dict[Key, int] = {}
        self.deliveries: dict[Key, list[Delivery]] = {}
        self.found: dict[Key, list[Found]] = {}

    def along(self, line: Sequence[Moment]) -> Iterator[tuple[Entry, ...]]:
        """Take in one moment after the other; the deals as they stand after each."""
        offers: tuple[PendingOffer, ...] = ()
        for moment in line:
            offers = self._read(moment, offers)
            yield tuple(self._entry(key, deal) for key, deal in self.last.items())

    def _read(self, moment: Moment, offers: tuple[PendingOffer, ...]) -> tuple[PendingOffer, ...]:
        """Take a moment in; `offers` lay open before it. Those that do after it."""
        everything, seat = self.perspective is EVERYTHING, seat_of(self.perspective)
        now = moment.state if everything else seen(moment.state, self.perspective)
        before, self.last = self.last, keyed(now.deals)
        happened = [one for one in of_move(moment) if everything or seen_by(one.event, seat)]
        for key, deal in self.last.items():
            if key not in before and moment.id:
                self.moves[key] = moment.id
                self.proposers[key] = next((o.proposer for o in offers if o.template == deal.template), "")
            self._changes(key, before.get(key), deal, moment, happened)
        for one in happened:
            if isinstance(one.event, GoodsDelivered):
                self._delivered(one.round, one.event)
        return now.offers

    def _delivered(self, round_: int, event: GoodsDelivered) -> None:
        """Under the deal of that template that was signed last: an earlier one has ceased to run."""
        key = max((key for key, deal in self.last.items() if deal.template == event.deal), key=lambda k: k[2])
        made = Delivery(round_, event.giver, event.good, event.given, event.due, event.to)
        self.deliveries.setdefault(key, []).append(made)

    def _changes(
        self, key: Key, old: Deal | None, deal: Deal, moment: Moment, happened: list[Happening[Event]]
    ) -> None:
        if deal.published and not (old and old.published):
            self.published[key] = next(
                (one.round for one in happened if _publishes(one.event, deal)), moment.round
            )
        if deal.status not in ("running", "?") and (old is None or old.status == "running"):
            self.ended[key] = next((one.round for one in happened if _ends(one.event, deal)), moment.round)
        fresh = tuple(seat for seat in deal.suspected if old is None or seat not in old.suspected)
        if fresh:
            self._finding(key, deal, moment, happened, fresh)
        if deal.proved and not (old and old.proved):
            self._finding(key, deal, moment, happened, ())

    def _finding(
        self, key: Key, deal: Deal, moment: Moment, happened: list[Happening[Event]], seats: tuple[str, ...]
    ) -> None:
        """Take down in which round these seats came to suspect a deal, or (no seats) all had the proof.

        And how, as far as the events before it tell.
        """
        round_, how, by = moment.round, "", ""
        for one in happened:
            event = one.event
            if (
                isinstance(event, DealSuspected)
                and (event.a, event.b, event.signed) == (deal.a, deal.b, deal.signed)
                if seats
                else isinstance(event, DealProved) and (event.deal, event.a, event.b) == deal[:3]
            ):
                round_ = one.round
                break
            how, by = _cause(event, how, by)
        else:
            how, by = "", ""
        mine = self.perspective is EVERYTHING or by == (seat_of(self.perspective) or "")
        if not mine and how != "detection":
            how, by = "", ""  # what a seat did not see may have come between
        self.found.setdefault(key, []).append(Found(round_, seats, not seats, how, by))

    def _entry(self, key: Key, deal: Deal) -> Entry:
        template = self.scenario.deals.get(deal.template)
        return Entry(
            template=deal.template,
            a=deal.a,
            b=deal.b,
            rung=deal.rung,
            size=deal.size,
            secret=deal.secret,
            rounds=deal.rounds,
            signed=deal.signed,
            offered_by=self.proposers.get(key, ""),
            move=0 if isinstance(self.perspective, str) else self.moves.get(key, 0),
            published=self.published.get(key, 0),
            status=deal.status,
            ended=self.ended.get(key, 0),
            by=deal.by,
            terms={seat: terms(template, deal.size, seat) for seat in (deal.a, deal.b)} if template else {},
            full=deal.full,
            deliveries=tuple(self.deliveries.get(key, ())),
            found=tuple(self.found.get(key, ())),
        )


def keyed(deals: Sequence[Deal]) -> dict[Key, Deal]:
    """Return deals by what tells them apart."""
    found: dict[Key, Deal] = {}
    for deal in deals:
        nth = sum((deal.a, deal.b, deal.signed) == key[:3] for key in found)
        found[deal.a, deal.b, deal.signed, nth] = deal
    return found


def _publishes(event: Event, deal: Deal) -> bool:
    """Tell whether an event makes a deal public, if only that the two sides have met."""
    if isinstance(event, DealAnnounced):
        return (event.deal, event.a, event.b) == (deal.template, deal.a, deal.b)
    return isinstance(event, CommuniqueIssued) and (event.a, event.b) == (deal.a, deal.b)


def _ends(event: Event, deal: Deal) -> bool:
    """Tell whether an event may be the end of a deal."""
    if isinstance(event, DealEnded):
        return (event.deal, event.a, event.b) == (deal.template, deal.a, deal.b)
    return isinstance(event, DealBroken | RungGambled) and event.deal == deal.template


def _cause(event: Event, how: str, by: str) -> tuple[str, str]:
    """What is under way after an event: a card and whose, news, the noticing of deliveries, or not known."""
    match event:
        case PhaseBegan():
            return ("detection" if event.phase == "upkeep" else ""), ""
        case CardPlayed():
            return f"card/{event.card}", event.seat
        case NewsCame():
            return event.cause, ""
        case StandTaken():
            return f"stand/{event.stand}", ""
        case DialWorked() | RoundBegan():
            return "", ""
        case _:
            return how, by
