"""Every deal of a game: what was said in public, what was agreed, what was delivered, and who found out when.

Read off the states and events along a line. `entries` is the whole truth; with a viewer it is what that seat
knew at the end, before secrets were laid open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from wargame.debrief.course import Dated, course, of
from wargame.debrief.eyes import sealed
from wargame.debrief.story import Moment, Story
from wargame.rules.events import Audience, Event
from wargame.rules.scenario import Scenario, terms
from wargame.rules.state import Deal, PendingOffer
from wargame.rules.view import view


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


def entries(story: Story, viewer: str | None = None) -> tuple[Entry, ...]:
    """The deals along the line in the order in which they were signed."""
    *_, last = _Reading(story.scenario, viewer).along(story.line)
    return last


def entries_by_place(story: Story, viewer: str | None = None) -> tuple[tuple[Entry, ...], ...]:
    """The same as they stood at each position of the line; where nothing changed, the very same tuple."""
    found: list[tuple[Entry, ...]] = []
    for now in _Reading(story.scenario, viewer).along(story.line):
        found.append(found[-1] if found and found[-1] == now else now)
    return tuple(found)


def turned_down(story: Story, viewer: str | None = None) -> tuple[Turned, ...]:
    """The offers that came to nothing; with a viewer, those it was told of."""
    found: list[Turned] = []
    proposers: dict[tuple[str, str], str] = {}
    for round_, _phase, _move, event in course(story.line):
        if event.kind == "offered":
            template, proposer, to = (str(fact) for fact in event.facts[:3])
            proposers[template, to] = proposer
        told = viewer is None or event.seen_by(viewer)
        if event.kind == "refused" and told:
            template, proposer, to = (str(fact) for fact in event.facts)
            found.append(Turned(round_, template, proposer, to, True))
        elif event.kind == "lapsed" and told:
            template, to = (str(fact) for fact in event.facts)
            found.append(Turned(round_, template, proposers.get((template, to), ""), to, False))
    return tuple(found)


Key: TypeAlias = tuple[str, str, int, int]
"""What tells a deal apart, whoever looks: its sides, the round of signing, and which of those it is."""


class _Reading:
    """One walk along a line, taking down what becomes of each deal; with a viewer, as that seat sees it."""

    def __init__(self, scenario: Scenario, viewer: str | None) -> None:
        self.scenario, self.viewer = scenario, viewer
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
        seen = moment.state if self.viewer is None else view(sealed(moment.state), self.viewer)
        before, self.last = self.last, keyed(seen.deals)
        happened = [one for one in of(moment) if self.viewer is None or one.event.seen_by(self.viewer)]
        for key, deal in self.last.items():
            if key not in before and moment.id:
                self.moves[key] = moment.id
                self.proposers[key] = next((o.proposer for o in offers if o.template == deal.template), "")
            self._changes(key, before.get(key), deal, moment, happened)
        for one in happened:
            if one.event.kind == "delivered":
                self._delivered(one)
        return seen.offers

    def _delivered(self, one: Dated) -> None:
        """Under the deal of that template that was signed last: an earlier one has ceased to run."""
        template, giver, _taker, good, given, due = one.event.facts
        key = max((key for key, deal in self.last.items() if deal.template == template), key=lambda k: k[2])
        made = Delivery(one.round, str(giver), str(good), int(str(given)), int(str(due)), one.event.to)
        self.deliveries.setdefault(key, []).append(made)

    def _changes(self, key: Key, old: Deal | None, deal: Deal, moment: Moment, happened: list[Dated]) -> None:
        if deal.published and not (old and old.published):
            self.published[key] = _round_of(moment, happened, PUBLISHED, deal)
        if deal.status not in ("running", "?") and (old is None or old.status == "running"):
            self.ended[key] = _round_of(moment, happened, ENDED, deal)
        fresh = tuple(seat for seat in deal.suspected if old is None or seat not in old.suspected)
        if fresh:
            facts = deal.a, deal.b, deal.signed
            self._finding(key, moment, happened, fresh, Event("suspected", None, facts))
        if deal.proved and not (old and old.proved):
            facts_of_proof = deal.template, deal.a, deal.b
            self._finding(key, moment, happened, (), Event("proved", None, facts_of_proof))

    def _finding(
        self, key: Key, moment: Moment, happened: list[Dated], seats: tuple[str, ...], told: Event
    ) -> None:
        """Take down who found out in which round, and how, as far as the events before it tell."""
        round_, how, by = moment.round, "", ""
        for one in happened:
            if one.event.kind == told.kind and one.event.facts[: len(told.facts)] == told.facts:
                round_ = one.round
                break
            how, by = _cause(one.event, how, by)
        else:
            how, by = "", ""
        if self.viewer not in (None, by) and how != "detection":
            how, by = "", ""  # what a seat did not see may have come between
        self.found.setdefault(key, []).append(Found(round_, seats, told.kind == "proved", how, by))

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
            move=0 if self.viewer else self.moves.get(key, 0),
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
    """Deals by what tells them apart."""
    found: dict[Key, Deal] = {}
    for deal in deals:
        nth = sum((deal.a, deal.b, deal.signed) == key[:3] for key in found)
        found[deal.a, deal.b, deal.signed, nth] = deal
    return found


PUBLISHED = {"announced": 3, "communique": 2}
ENDED = {"ended": 3, "broken": 1, "held": 1}
"""Kinds of events that tell it, and how many of their facts are template and sides."""


def _round_of(moment: Moment, happened: list[Dated], kinds: dict[str, int], deal: Deal) -> int:
    """The round of the event of such a kind about that deal; that of the move if there is none."""
    for round_, _phase, _move, event in happened:
        facts = event.facts[: kinds.get(event.kind, 0)]
        if facts and facts in ((deal.template, deal.a, deal.b), (deal.a, deal.b), (deal.template,)):
            return round_
    return moment.round


def _cause(event: Event, how: str, by: str) -> tuple[str, str]:
    """What is under way after an event: a card and whose, news, the noticing of deliveries, or not known."""
    kind, facts = event.kind, event.facts
    if kind == "phase":
        return ("detection" if facts[0] == "upkeep" else ""), ""
    if kind == "card":
        return f"card/{facts[1]}", str(facts[0])
    if kind == "news":
        return str(facts[0]), ""
    if kind == "stood":
        return f"stand/{facts[0]}", ""
    return ("", "") if kind in ("dial", "round") else (how, by)
