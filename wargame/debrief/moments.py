"""The moments that made a seat's score: what each thing that happened brought it or cost it.

Read off the events alone, so that the end of a game has it at once. A score moves with the tracks, goods and
deals that the seat's terms count, with points that are given to it and with its ruin; its secret agenda
counts at the end. What the events don't explain, as in a game of other rules, is a moment without a cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from wargame.debrief.dated_events import Happening, Played, seats_behind, told
from wargame.debrief.perspective import EVERYTHING, seen
from wargame.debrief.phrasing import words_for
from wargame.rules.events import (
    DealSigned,
    DiceRolled,
    Die,
    Event,
    GoodMoved,
    PointsGiven,
    RungGambled,
    SeatRuined,
    TrackMoved,
)
from wargame.rules.scoring import agenda_kept, agenda_worth, final_score
from wargame.rules.spec import Term
from wargame.rules.state import State
from wargame.rules.view import known_deal

AGENDA, RUIN = "agenda", "ruin"
"""What a moment is about that no card, news, deal or trigger brought."""
DEAREST = 3


class Part(NamedTuple):
    """A part of what a moment came to: the track or good that moved from `old` to `new`, and the points.

    `kind` is `track`, `good`, `rung`, `points`, `ruin` or `agenda`.
    """

    kind: str
    id: str
    old: int
    new: int
    points: int


class ScoreStep(NamedTuple):
    """One thing that moved a seat's score, in the order in which it happened.

    `at` is when, in rounds from the start (1.5: in the middle of round two), `cause` as in events, `score`
    what it stood at afterwards, `die` what was thrown for it last, if anything was.
    """

    at: float
    round: int
    phase: str
    move: int
    cause: str
    parts: tuple[Part, ...]
    score: int
    die: Die | None = None

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)


class Course(NamedTuple):
    """How a seat's score went: what it began with, and each step."""

    seat: str
    start: int
    steps: tuple[ScoreStep, ...]

    @property
    def score(self) -> int:
        """Return what it ended with."""
        return self.steps[-1].score if self.steps else self.start


def course(
    line: Iterable[Played], state: State, seat: str, happened: Iterable[Dated] | None = None
) -> Course:
    """Return how a seat's score went along a line that ended in that state.

    `happened` spares reading the line again for another seat: what `dated_along` returns of it.
    """
    known = dated_along(line, state) if happened is None else happened
    teller = _Teller(state, seat)
    steps: list[ScoreStep] = []
    for (round_, phase, move, cause), group in groupby(known, lambda one: (*one.where, one.cause)):
        parts, at, die = [], 0.0, None
        for one in group:
            die = one.die
            if part := teller.part(one.event):
                parts.append(part)
                at = one.at
        if parts:
            steps.append(ScoreStep(at, round_, phase, move, cause, tuple(parts), 0, die))
    start = teller.start
    steps = [*_summed(steps, start), *_last(state, seat, start + sum(step.points for step in steps))]
    return Course(seat, start, tuple(steps))


def dearest(course: Course, count: int = DEAREST) -> tuple[ScoreStep, ...]:
    """Return the steps that cost or brought a seat most, in the order in which they came.

    What one cause did in one phase of a round is one moment. Of two as dear it is the later one.
    """
    whole: dict[tuple[int, str, str], ScoreStep] = {}
    for step in course.steps:
        key = step.round, step.phase, step.cause
        before = whole[key].parts if key in whole else ()
        whole[key] = step._replace(parts=(*before, *step.parts))
    found = sorted(whole.values(), key=lambda step: (-abs(step.points), -step.at))
    return tuple(sorted((step for step in found[:count] if step.points), key=lambda step: step.at))


class Dated(NamedTuple):
    """An event with its place in the game (`ScoreStep.at`), what caused it, and the last throw for that."""

    at: float
    where: tuple[int, str, int]
    cause: str
    event: Event
    die: Die | None


def dated_along(line: Iterable[Played], state: State) -> tuple[Dated, ...]:
    """Return what happened along a line as it truly was, with its place in the game and its cause."""
    every: list[Happening[Event]] = list(told(line, EVERYTHING, state.scenario.seat_ids))
    found: list[Dated] = []
    for round_, group in groupby(every, lambda one: max(one.round, 1)):
        members = list(group)
        die, cause = None, ""
        for nth, one in enumerate(members):
            event = one.event
            now = _cause(event) or cause
            die = event if isinstance(event, Die) else die if now == cause else None
            cause = now
            at = round_ - 1 + (nth + 1) / (len(members) + 1)
            found.append(Dated(at, (round_, one.phase, one.move), cause, event, die))
    return tuple(found)


def _cause(event: Event) -> str:
    match event:
        case TrackMoved() | GoodMoved() | PointsGiven() | DiceRolled():
            return event.cause
        case DealSigned() | RungGambled():
            return f"deal/{event.deal}"
        case SeatRuined():
            return RUIN
        case _:
            return ""


class _Teller:
    """Says what an event means for a seat's score."""

    def __init__(self, state: State, seat: str) -> None:
        scoring, self.seat = state.scenario.spec.scoring, seat
        self.state, self.costs = state, scoring.ruin_costs
        self.terms: tuple[Term, ...] = tuple(scoring.seats[seat].terms)
        self.start = scoring.start_of(seat, state.rounds)
        self.rungs: dict[str, int] = {}

    def part(self, event: Event) -> Part | None:
        match event:
            case TrackMoved():
                terms = [term for term in self.terms if term.track == event.track]
                first = self.state.scenario.tracks[event.track].start
                points = sum(
                    _worth(term, event.new - first) - _worth(term, event.old - first) for term in terms
                )
                return Part("track", event.track, event.old, event.new, points) if points else None
            case GoodMoved() if event.seat == self.seat:
                terms = [term for term in self.terms if term.good == event.good]
                points = sum(_worth(term, event.new) - _worth(term, event.old) for term in terms)
                return Part("good", event.good, event.old, event.new, points) if points else None
            case PointsGiven() if event.seat == self.seat and event.by:
                return Part("points", "", 0, event.by, event.by)
            case SeatRuined() if event.seat == self.seat and self.costs:
                return Part(RUIN, "", 0, 1, -self.costs)
            case DealSigned() | RungGambled():
                return self._rung(event)
            case _:
                return None

    def _rung(self, event: DealSigned | RungGambled) -> Part | None:
        old = max(self.rungs.values(), default=0)
        if isinstance(event, DealSigned):
            self.rungs[event.deal] = self.state.scenario.deals[event.deal].rung
        elif not event.works:
            self.rungs.pop(event.deal, None)
        new = max(self.rungs.values(), default=0)
        terms = [term for term in self.terms if term.track is None and term.good is None]
        points = sum(_worth(term, max(new - 1, 0)) - _worth(term, max(old - 1, 0)) for term in terms)
        return Part("rung", event.deal, old, new, points) if points else None


def _worth(term: Term, steps: int) -> int:
    return (min(steps, term.most) if term.most is not None else steps) * term.each


def _summed(steps: Iterable[ScoreStep], score: int) -> Iterator[ScoreStep]:
    for step in steps:
        score += step.points
        yield step._replace(score=score)


def _last(state: State, seat: str, score: int) -> Iterator[ScoreStep]:
    """Yield what only the end counts: what is not explained, and the secret agenda."""
    worth, end = agenda_worth(state, seat), final_score(state, seat)
    if rest := end - worth - score:
        part = Part("points", "", 0, rest, rest)
        yield ScoreStep(float(state.round), state.round, "debrief", 0, "", (part,), end - worth)
    if worth:
        part = Part(AGENDA, state.agendas[seat], 0, 1, worth)
        yield ScoreStep(float(state.round), state.round, "debrief", 0, AGENDA, (part,), end)


# --- in words ------------------------------------------------------------------------------------------


class MomentTold(NamedTuple):
    """A moment in words: what it was, whose doing, and how the points came about."""

    title: str
    whose: str
    how: str


def moment_told(step: ScoreStep, state: State, seat: str) -> MomentTold:
    """Tell a moment of a seat so that everybody can read it."""
    words = words_for(state)
    if step.cause == AGENDA:
        return MomentTold(*words.agenda_kept(state.agendas[seat]), "")
    if step.cause == RUIN:
        return MomentTold(*words.ruin_came(seat, state.rounds), "")
    die = step.die
    rolled = (
        (die.chance, die.die) if die is not None and die.chance is not None and die.die is not None else None
    )
    return MomentTold(
        words.moment_title(step.cause),
        words.doing_of(step.cause, seats_behind(state.scenario, step.cause)),
        words.moment_parts([part for part in step.parts if part.kind in ("track", "good")], rolled),
    )


# --- what a seat did not know --------------------------------------------------------------------------


class LaidOpen(NamedTuple):
    """Something that a seat learns only at the end: whose it was, and what, in words.

    `kind` is `deal`, `agenda` or `track`; `kept` says of an agenda whether it was kept.
    """

    kind: str
    seats: tuple[str, ...]
    text: str
    kept: bool | None = None


def laid_open(state: State, seat: str) -> tuple[LaidOpen, ...]:
    """Return what a seat did not know by the end: deals, the others' agendas, and tracks it did not see."""
    words, mine = words_for(state), seen(state, seat)
    found: list[LaidOpen] = []
    for deal in state.deals:
        as_known = known_deal(deal, seat)
        if not deal.empty and (as_known is None or as_known.template == "?"):
            said = words.hidden_deal(deal, seat)
            found.append(LaidOpen("deal", (deal.a, deal.b), said))
    for other, agenda in state.agendas.items():
        if other != seat:
            kept = agenda_kept(state, other)
            found.append(LaidOpen("agenda", (other,), words.agenda(agenda).title, kept))
    for track, value in state.tracks.items():
        if track not in mine.tracks:
            said = words.hidden_track(track, value)
            found.append(LaidOpen("track", tuple(state.scenario.tracks[track].seen_by), said))
    return tuple(found)
