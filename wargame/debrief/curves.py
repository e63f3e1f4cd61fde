"""Numbers over a game: tracks and scores by move with what made their steps, and by round; two lines beside.

From a perspective there is of a number what could be known of it then. No drawing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import NamedTuple

from wargame.debrief.dated_events import of_kind, points_told, seats_behind
from wargame.debrief.perspective import EVERYTHING, Perspective, least_known, seat_of, seen_score
from wargame.debrief.perspective_line import PerspectiveLine
from wargame.debrief.phrasing import words_for
from wargame.debrief.story import Moment, Story
from wargame.errors import SaveError
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import End as EndGame
from wargame.rules.events import GoodMoved, PointsGiven, TrackMoved
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import Line, final_scores, ruin_cost, term_value
from wargame.rules.state import State
from wargame.rules.view import View
from wargame.words import Words
from wargame.words.grammar import signed


class Part(NamedTuple):
    """What a change came of, or a part of it, and whose doing that was, as far as it is known."""

    why: str
    by: tuple[str, ...] = ()


class CurveStep(NamedTuple):
    """A change of a curve: its place on the line, round and move, from what to what, and what it came of."""

    place: int
    round: int
    move: int
    old: int
    new: int
    parts: tuple[Part, ...]

    @property
    def why(self) -> str:
        """Return what it came of, in words."""
        return ", ".join(part.why for part in self.parts)

    @property
    def by(self) -> tuple[str, ...]:
        """Return the seats whose doing any part of it was."""
        return tuple(dict.fromkeys(seat for part in self.parts for seat in part.by))


@dataclass(frozen=True)
class Curve:
    """Something over a line: its value after each move by the move's place from 0, its steps, and its range.

    `key` is `track:ID` or `seat:ID`.
    """

    key: str
    name: str
    values: tuple[int, ...]
    steps: tuple[CurveStep, ...]
    low: int
    high: int


def track_curves(line: PerspectiveLine) -> Iterator[Curve]:
    """Yield every track whose value was seen from a perspective."""
    words, scenario = words_for(line.story.end.state), line.story.scenario
    steps: dict[str, list[CurveStep]] = {}
    for place, part in enumerate(line.seen):
        for one in of_kind(part, TrackMoved):
            moved = one.event
            part_of = Part(reason_of(words, moved.cause), seats_behind(scenario, moved.cause))
            step = CurveStep(place, one.round, one.move, moved.old, moved.new, (part_of,))
            steps.setdefault(moved.track, []).append(step)
    for track in scenario.tracks if line.everything else scenario.seen_tracks[line.viewer][0]:
        values = tuple(moment.state.tracks[track] for moment in line.line)
        own = tuple(steps.get(track, ()))
        yield Curve(f"track:{track}", words.track(track), values, own, 0, scenario.tracks[track].most)


def reason_of(words: Words, cause: str) -> str:
    """Return the cause of a step in words."""
    return words.cause(cause) or "for a reason kept secret"


def score_curves(line: PerspectiveLine) -> Iterator[Curve]:
    """Yield what could be worked out of every seat's score; of everything, all of it were the game to end."""
    words, seats = words_for(line.story.end.state), line.story.scenario.seat_ids
    positions = [moment.state if line.everything else line.view(moment) for moment in line.line]
    then = tuple(zip(positions, line.aloud, strict=True))
    every = {
        seat: tuple(seen_score(one, seat, line.perspective, aloud) for one, aloud in then) for seat in seats
    }
    low, high = min(map(min, every.values())), max(map(max, every.values()))
    for seat, values in every.items():
        steps = tuple(
            _score_step(line, positions, values, seat, before, place)
            for before, place in zip(line.places, line.places[1:], strict=False)
            if values[before] != values[place]
        )
        yield Curve(f"seat:{seat}", words.seat(seat), values, steps, low, high)


def _score_step(
    line: PerspectiveLine, positions: Sequence[State | View], values: Sequence[int],
    seat: str, before: int, place: int,
) -> CurveStep:  # fmt: skip
    """Tell what a score changed by, and whose doings moved what it counts, as far as that is known."""
    scenario, moment = line.story.scenario, line.line[place]
    tracks = {term.track for term in scenario.spec.scoring.seats[seat].terms}
    rounds = [
        one.round
        for one in line.seen[place]
        if (isinstance(event := one.event, TrackMoved) and event.track in tracks)
        or (isinstance(event, GoodMoved | PointsGiven) and event.seat == seat)
    ]
    return CurveStep(
        place,
        rounds[0] if rounds else moment.round,
        moment.id,
        values[before],
        values[place],
        tuple(_parts(line, positions[before], positions[place], seat, place, values[place] - values[before])),
    )


DEALS_AND_CARDS = "deals and cards"


def _parts(
    line: PerspectiveLine, old: State | View, new: State | View, seat: str, place: int, whole: int
) -> Iterator[Part]:
    """Tell which terms a score changed by, the most important first; then what is in no term."""
    scenario, words = line.story.scenario, words_for(line.story.end.state)
    own = scenario.spec.scoring.seats[seat].terms
    parts: dict[str, int] = {}
    tracks: dict[str, set[str]] = {}
    for term in own if line.everything else scenario.seen_terms[line.viewer, seat]:
        label = words.said(term.label)
        tracks.setdefault(label, set()).update([term.track] if term.track else [])
        parts[label] = parts.get(label, 0) + term_value(new, seat, term) - term_value(old, seat, term)
    if isinstance(old, View) and isinstance(new, View):
        before, now = (dict(least_known(view, seat, line.viewer)) for view in (old, new))
        parts |= {words.said(term.label): now[term] - before[term] for term in now}
    if line.everything or seat == line.viewer:
        parts[DEALS_AND_CARDS] = new.points[seat] - old.points[seat]
    else:
        parts[DEALS_AND_CARDS] = points_told(line.seen[place]).get(seat, 0)
    parts["ruin"] = ruin_cost(old, seat) - ruin_cost(new, seat)
    parts["agenda"] = whole - sum(parts.values())
    moved = [(label, by) for label, by in parts.items() if by]
    for label, by in sorted(moved, key=lambda part: -abs(part[1])):
        of = tracks.get(label) if label != DEALS_AND_CARDS else None
        whose = _by(line, seat, place, of) if of is not None or label == DEALS_AND_CARDS else set()
        yield Part(f"{label} {signed(by)}", tuple(one for one in scenario.seat_ids if one in whose))


def _by(line: PerspectiveLine, seat: str, place: int, tracks: set[str] | None) -> set[str]:
    """Return whose doings moved these tracks at a place, or (None) a seat's goods and points.

    Nobody's unless somebody is behind each of them.
    """
    causes = {
        event.cause
        for one in line.seen[place]
        if (isinstance(event := one.event, TrackMoved) and tracks is not None and event.track in tracks)
        or (isinstance(event, GoodMoved | PointsGiven) and tracks is None and event.seat == seat)
    }
    behind = [set(seats_behind(line.story.scenario, cause)) for cause in causes]
    return set().union(*behind) if all(behind) else set()


# --- where a track is dangerous ---------------------------------------------------------------------------


class Danger(NamedTuple):
    """Numbers of a track, `low` to `high`, that ruin these seats; else that may bring the `outcome`."""

    track: str
    low: int
    high: int
    seats: tuple[str, ...]
    outcome: str = ""


def dangers(scenario: Scenario) -> tuple[Danger, ...]:
    """Return where a track by itself is ruin for a seat or may end the game, as the scenario says."""
    found: dict[tuple[str, int, int], tuple[str, ...]] = {}
    for seat, spec in scenario.spec.scoring.seats.items():
        for key in _stretches(scenario, spec.ruin):
            found[key] = (*found.get(key, ()), seat)
    ends = {
        key: outcome
        for trigger in scenario.spec.triggers
        if (outcome := _outcome_of(trigger.effects))
        for key in _stretches(scenario, trigger.when)
    }
    ruins = [Danger(*key, seats) for key, seats in found.items() if key not in ends]
    return (*ruins, *(Danger(*key, (), outcome) for key, outcome in ends.items()))


def _stretches(scenario: Scenario, when: Condition | None) -> Iterator[tuple[str, int, int]]:
    """Yield the stretches of tracks any of which is enough for a condition to hold."""
    if when is not None and when.track is not None and when.over is None:
        most = scenario.tracks[when.track].most
        yield when.track, when.at_least or 0, most if when.at_most is None else when.at_most
    for part in when.any if when is not None else ():
        yield from _stretches(scenario, part)


def _outcome_of(effect: object) -> str:
    """Return the outcome with which an effect, or anything within it, may end the game; "" if it can't."""
    if isinstance(effect, tuple):
        return next(filter(None, map(_outcome_of, effect)), "")
    if isinstance(effect, EndGame):
        return effect.outcome
    inner = fields(effect) if is_dataclass(effect) else ()
    return next(filter(None, (_outcome_of(getattr(effect, one.name)) for one in inner)), "")


# --- tables by round -----------------------------------------------------------------------------------


class Mark(NamedTuple):
    """A moment at which a table of the game reads its numbers: as a round began, or at the end ("end")."""

    label: str
    moment: Moment


def marks(story: Story) -> tuple[Mark, ...]:
    """Return the first position of every round, and the last of all."""
    first: dict[int, Moment] = {}
    for moment in story.line:
        if not moment.over:
            first.setdefault(moment.state.round, moment)
    found = [Mark(str(round_), moment) for round_, moment in first.items()]
    return (*found, Mark("end", story.end))


def round_starts(story: Story) -> tuple[tuple[int, int], ...]:
    """Return the rounds with the place on the line at which each begins."""
    first: dict[int, int] = {}
    for at, moment in enumerate(story.line):
        first.setdefault(moment.state.round, at)
    return tuple(first.items())


class Table(NamedTuple):
    """Rows of numbers by round, None where it could not be known. `heads` label the columns."""

    heads: tuple[str, ...]
    rows: dict[str, tuple[int | None, ...]]


def track_table(story: Story, perspective: Perspective = EVERYTHING) -> Table:
    """Return every track that was seen, as each round began and at the end."""
    at, scenario, everything = marks(story), story.scenario, perspective is EVERYTHING
    known = scenario.tracks if everything else scenario.seen_tracks[seat_of(perspective)][0]
    return Table(
        tuple(mark.label for mark in at),
        {track: tuple(mark.moment.state.tracks[track] for mark in at) for track in known},
    )


def score_table(story: Story, perspective: Perspective = EVERYTHING) -> Table:
    """Return what could be worked out of every seat's score likewise."""
    at = marks(story)
    states = [mark.moment.state for mark in at]
    aloud = zip(story.line, PerspectiveLine(story, perspective).aloud, strict=True)
    by_move = {moment.id: given for moment, given in aloud}
    then = tuple(zip(states, (by_move[mark.moment.id] for mark in at), strict=True))
    return Table(
        tuple(mark.label for mark in at),
        {
            seat: tuple(seen_score(state, seat, perspective, given) for state, given in then)
            for seat in story.scenario.seat_ids
        },
    )


# --- two lines side by side -----------------------------------------------------------------------------


class Pair(NamedTuple):
    """A number on the one line and on the other; None where that line had ended by then."""

    one: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lines of a game.

    `common` counts the moves they share; `one_next` and `other_next` are the moves by which they part (None
    where a line ends there). `heads` are the rounds in which either was played and "end"; `tracks` and
    `scores` hold the numbers of both as those rounds began. `one_end` and `other_end` are the results.
    """

    common: int
    last: Moment
    one_next: Moment | None
    other_next: Moment | None
    heads: tuple[str, ...]
    tracks: dict[str, tuple[Pair, ...]]
    scores: dict[str, tuple[Pair, ...]]
    one_end: dict[str, Line]
    other_end: dict[str, Line]

    @property
    def parts(self) -> bool:
        """Tell whether they part at all."""
        return self.one_next is not None or self.other_next is not None


def compare(one: Story, other: Story) -> Comparison:
    """Lay two lines side by side. Raises `SaveError` for games of different scenarios or beginnings."""
    if one.scenario.hash != other.scenario.hash:
        raise SaveError(
            f"{one.name} and {other.name} are games of different scenarios: they can't be compared."
        )
    common = 0
    for mine, theirs in zip(one.line, other.line, strict=False):
        if mine.plain != theirs.plain or mine.state != theirs.state:
            break
        common += 1
    if not common:
        raise SaveError("These games do not begin alike: they can't be compared.")
    tracks, other_tracks = track_table(one), track_table(other)
    heads = (*sorted({*tracks.heads, *other_tracks.heads} - {"end"}, key=int), "end")
    return Comparison(
        common=common - 1,
        last=one.line[common - 1],
        one_next=next(iter(one.line[common:]), None),
        other_next=next(iter(other.line[common:]), None),
        heads=heads,
        tracks=_pairs(heads, tracks, other_tracks),
        scores=_pairs(heads, score_table(one), score_table(other)),
        one_end=final_scores(one.end.state),
        other_end=final_scores(other.end.state),
    )


def _pairs(heads: tuple[str, ...], one: Table, other: Table) -> dict[str, tuple[Pair, ...]]:
    mine = {name: dict(zip(one.heads, row, strict=True)) for name, row in one.rows.items()}
    theirs = {name: dict(zip(other.heads, row, strict=True)) for name, row in other.rows.items()}
    return {name: tuple(Pair(mine[name].get(h), theirs[name].get(h)) for h in heads) for name in mine}
