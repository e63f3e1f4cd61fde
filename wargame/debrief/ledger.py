"""Every deal of a game: what was said in public, what was agreed, what was delivered, and who found out when.

Read off the states and events along a line. `entries` is the whole truth; with a viewer it is what that seat
knew at the end, before secrets were laid open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from wargame.debrief.course import course, of
from wargame.debrief.story import Moment, Story
from wargame.rules.events import Audience, Event
from wargame.rules.scenario import terms
from wargame.rules.state import Deal, State
from wargame.rules.view import known_deal


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
    it is not known; `by` the seat whose card it was; `to` are those who saw that cause.
    """

    round: int
    seats: tuple[str, ...]
    proof: bool
    how: str = ""
    by: str = ""
    to: Audience = None


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
    truth = _Reading(story.line).entries()
    if viewer is None:
        return truth
    last = story.end.state
    known = (_as_known(entry, deal, viewer) for entry, deal in zip(truth, last.deals, strict=True))
    return tuple(entry for entry in known if entry is not None)


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


class _Reading:
    """One walk along a line, taking down what becomes of each deal by its place in the state."""

    def __init__(self, line: Sequence[Moment]) -> None:
        self.line = line
        self.last: State = line[-1].state
        self.signed_by: dict[int, int] = {}
        self.proposer: dict[int, str] = {}
        self.published: dict[int, int] = {}
        self.ended: dict[int, int] = {}
        self.deliveries: dict[int, list[Delivery]] = {}
        self.found: dict[int, list[Found]] = {}
        for before, moment in pairwise(line):
            self._read(before, moment)

    def _read(self, before: Moment, moment: Moment) -> None:
        self._signing(before.state, moment)
        self._deliveries(moment)
        for at, deal in enumerate(moment.state.deals):
            old = before.state.deals[at] if at < len(before.state.deals) else None
            self._changes(at, old, deal, moment)

    def _signing(self, before: State, moment: Moment) -> None:
        for at in range(len(before.deals), len(moment.state.deals)):
            self.signed_by[at] = moment.id
            deal = moment.state.deals[at]
            offer = next((o for o in before.offers if o.template == deal.template), None)
            self.proposer[at] = offer.proposer if offer else ""

    def _deliveries(self, moment: Moment) -> None:
        for round_, _phase, _move, event in of(moment):
            if event.kind == "delivered":
                template, giver, _taker, good, given, due = event.facts
                at = self._place(moment.state, str(template))
                made = Delivery(round_, str(giver), str(good), int(str(given)), int(str(due)), event.to)
                self.deliveries.setdefault(at, []).append(made)

    def _place(self, state: State, template: str) -> int:
        """The deal of that template that was signed last: an earlier one has ceased to run."""
        return max(at for at, deal in enumerate(state.deals) if deal.template == template)

    def _changes(self, at: int, old: Deal | None, deal: Deal, moment: Moment) -> None:
        if deal.published and not (old and old.published):
            self.published[at] = _round_of(moment, PUBLISHED, deal)
        if deal.status != "running" and (old is None or old.status == "running"):
            self.ended[at] = _round_of(moment, ENDED, deal)
        seen = old.suspected if old else ()
        fresh = tuple(seat for seat in deal.suspected if seat not in seen)
        if fresh:
            self._finding(at, moment, fresh, "suspected", (deal.a, deal.b, deal.signed))
        if deal.proved and not (old and old.proved):
            self._finding(at, moment, (), "proved", (deal.template, deal.a, deal.b))

    def _finding(
        self, at: int, moment: Moment, seats: tuple[str, ...], kind: str, about: tuple[object, ...]
    ) -> None:
        """Take down who found out in which round, and how, as far as the events before it tell."""
        round_, how, by, to = moment.round, "", "", None
        for one in of(moment):
            if one.event.kind == kind and one.event.facts[: len(about)] == about:
                round_ = one.round
                break
            how, by, to = _cause(one.event, how, by, to)
        else:
            how, by, to = "", "", None
        self.found.setdefault(at, []).append(Found(round_, seats, kind == "proved", how, by, to))

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entry(at, deal) for at, deal in enumerate(self.last.deals))

    def _entry(self, at: int, deal: Deal) -> Entry:
        template = self.last.scenario.deals[deal.template]
        return Entry(
            template=deal.template,
            a=deal.a,
            b=deal.b,
            rung=deal.rung,
            size=deal.size,
            secret=deal.secret,
            rounds=deal.rounds,
            signed=deal.signed,
            offered_by=self.proposer.get(at, ""),
            move=self.signed_by.get(at, 0),
            published=self.published.get(at, 0),
            status=deal.status,
            ended=self.ended.get(at, 0),
            by=deal.by,
            terms={seat: terms(template, deal.size, seat) for seat in (deal.a, deal.b)},
            full=deal.full,
            deliveries=tuple(self.deliveries.get(at, ())),
            found=tuple(self.found.get(at, ())),
        )


PUBLISHED = {"announced": 3, "communique": 2}
ENDED = {"ended": 3, "broken": 1, "held": 1}
"""Kinds of events that tell it, and how many of their facts are template and sides."""


def _round_of(moment: Moment, kinds: dict[str, int], deal: Deal) -> int:
    """The round of the event of such a kind about that deal; that of the move if there is none."""
    for round_, _phase, _move, event in of(moment):
        facts = event.facts[: kinds.get(event.kind, 0)]
        if facts and facts in ((deal.template, deal.a, deal.b), (deal.a, deal.b), (deal.template,)):
            return round_
    return moment.round


def _cause(event: Event, how: str, by: str, to: Audience) -> tuple[str, str, Audience]:
    """What is under way after an event: a card and whose, news, the noticing of deliveries, or not known."""
    kind, facts = event.kind, event.facts
    if kind == "phase":
        return ("detection" if facts[0] == "upkeep" else ""), "", None
    if kind == "card":
        return f"card/{facts[1]}", str(facts[0]), event.to
    if kind == "news":
        return str(facts[0]), "", event.to
    if kind == "stood":
        return f"stand/{facts[0]}", "", event.to
    return ("", "", None) if kind in ("dial", "round") else (how, by, to)


def _as_known(entry: Entry, deal: Deal, viewer: str) -> Entry | None:
    """An entry as a seat knows it: whole but for what only the sides saw, as a communiqué, or not at all."""
    known = known_deal(deal, viewer)
    if known is None:
        return None
    found = tuple(_found_as_known(one, viewer) for one in entry.found if one.proof or viewer in one.seats)
    if known.template == "?":
        return replace(
            entry, template="?", rung=0, size="", rounds=0, offered_by="", move=0, status="?", ended=0,
            by="", terms={}, full=(0, 0), deliveries=(), found=found,
        )  # fmt: skip
    return replace(
        entry,
        offered_by=entry.offered_by if viewer in (deal.a, deal.b) else "",
        move=0,
        deliveries=tuple(one for one in entry.deliveries if one.to is None or viewer in one.to),
        found=found,
    )


def _found_as_known(one: Found, viewer: str) -> Found:
    seats = one.seats and (viewer,)
    if one.to is None or viewer in one.to:
        return one._replace(seats=seats)
    return one._replace(seats=seats, how="", by="")
