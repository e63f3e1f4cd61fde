"""The page of charts: tracks and scores over the game, one or many, and the moves that made their steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from wargame.debrief.course import seats_behind
from wargame.debrief.tell import words_for
from wargame.rules.events import GoodMoved, PointsGiven, TrackMoved
from wargame.rules.scoring import final_score, known_score, ruin_cost, term_value
from wargame.rules.state import State
from wargame.rules.view import View
from wargame.tui.screens.replay_pages import Item
from wargame.tui.widgets.paint import (
    CHANGE,
    DIM,
    HEAD,
    columns,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    signed,
    step,
)
from wargame.tui.widgets.timeline_charts import Trace, chart, overlay, spark_line
from wargame.tui.widgets.timeline_eyes import EyesCourse
from wargame.words.en.grammar import signless

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The marks of tracks, in the order of the board."""
DEALS_AND_CARDS = "deals and cards"
"""The part of a score that is of no track."""
LAID = "+"
"""Before a row that is laid over the others."""
ONE_HIGH, MANY_HIGH = 8, 11
"""Rows of a chart: eighths of a row tell values apart in one, rows do in that of many."""
NAME, BROAD_NAME, VALUE = 13, 21, 3
BROAD = 40
"""Columns of the list from which names have more room."""
NAMED = 2
"""Of so many seats at most the doing of a part of a step is told."""


class Part(NamedTuple):
    """What a change came of, or a part of it, and whose doing that was, as far as the eyes know."""

    why: str
    by: tuple[str, ...] = ()


class Step(NamedTuple):
    """A change of a curve: its place, from what to what, and what it came of."""

    place: int
    old: int
    new: int
    parts: tuple[Part, ...]


class Curve(NamedTuple):
    """Something over the line, by place: its values, its steps, and the range to draw it on."""

    key: str
    name: str
    mark: str
    style: str
    values: tuple[int, ...]
    steps: tuple[Step, ...]
    low: int
    high: int


class Group(NamedTuple):
    """A row of the page: a heading that stands for all of its curves, or one curve."""

    key: str
    name: str
    curves: tuple[Curve, ...]

    @property
    def many(self) -> bool:
        return self.key.startswith("all:")


# --- what is drawn -------------------------------------------------------------------------------------


def curves(course: EyesCourse) -> tuple[Curve, ...]:
    """Every score and track that these eyes saw."""
    scenario = course.story.scenario
    positions = [moment.state if course.everything else course.view(moment) for moment in course.line]
    return (*_scores(course, positions), *_tracks(course, list(scenario.tracks)))


def _tracks(course: EyesCourse, order: Sequence[str]) -> Iterator[Curve]:
    words, scenario = words_for(course.line[-1].state), course.story.scenario
    for track, spec in course.story.scenario.tracks.items():
        if course.everything or not spec.seen_by or course.viewer in spec.seen_by:
            values = tuple(moment.state.tracks[track] for moment in course.line)
            mark = LETTERS[order.index(track) % len(LETTERS)]
            steps = tuple(
                Step(
                    place,
                    change.event.old,
                    change.event.new,
                    (
                        Part(
                            words.cause(change.event.cause) or "for reasons not known",
                            seats_behind(scenario, change.event.cause),
                        ),
                    ),
                )
                for place, change in course.changes_of(track)
            )
            yield Curve(f"track:{track}", words.track(track), mark, "", values, steps, 0, spec.most)


def _scores(course: EyesCourse, positions: Sequence[State | View]) -> Iterator[Curve]:
    words, scenario = words_for(course.line[-1].state), course.story.scenario
    every = {
        seat: tuple(_score(course, position, seat) for position in positions) for seat in scenario.seat_ids
    }
    low, high = min(map(min, every.values())), max(map(max, every.values()))
    for seat, values in every.items():
        mark, style = scenario.seats[seat].symbol, seat_colour(scenario, seat)
        steps = tuple(
            Step(
                place,
                values[before],
                values[place],
                tuple(_why(course, positions, seat, before, place)),
            )
            for before, place in zip(course.places, course.places[1:], strict=False)
            if values[before] != values[place]
        )
        yield Curve(f"seat:{seat}", words.seat(seat), mark, style, values, steps, low, high)


def _score(course: EyesCourse, position: State | View, seat: str) -> int:
    if isinstance(position, State):
        return final_score(position, seat)
    return known_score(position, seat, course.viewer)


def _by(course: EyesCourse, seat: str, place: int, tracks: set[str] | None) -> set[str]:
    """Return whose doings moved these tracks at a place, or (None) a seat's goods and points, for these eyes.

    Nobody's unless somebody is behind each of them.
    """
    causes = {
        event.cause
        for _round, _phase, _move, event in course.seen[place]
        if (tracks is not None and isinstance(event, TrackMoved) and event.track in tracks)
        or (tracks is None and isinstance(event, GoodMoved | PointsGiven) and event.seat == seat)
    }
    behind = [set(seats_behind(course.story.scenario, cause)) for cause in causes]
    return set().union(*behind) if all(behind) else set()


def _why(
    course: EyesCourse, positions: Sequence[State | View], seat: str, before: int, place: int
) -> Iterator[Part]:
    """What a score changed by: its terms that did, the most important first; then what is in no term."""
    old, new = positions[before], positions[place]
    scenario, words = course.story.scenario, words_for(course.line[-1].state)
    terms = (
        scenario.spec.scoring.seats[seat].terms
        if course.everything
        else scenario.seen_terms[course.viewer, seat]
    )
    parts: dict[str, int] = {}
    tracks: dict[str, set[str]] = {}
    for term in terms:
        label = words.said(term.label)
        tracks.setdefault(label, set()).update([term.track] if term.track else [])
        parts[label] = parts.get(label, 0) + term_value(new, seat, term) - term_value(old, seat, term)
    if course.everything or seat == course.viewer:
        parts[DEALS_AND_CARDS] = new.points[seat] - old.points[seat]
    whole = _score(course, new, seat) - _score(course, old, seat)
    parts["ruin"] = ruin_cost(old, seat) - ruin_cost(new, seat)
    parts["agenda"] = whole - sum(parts.values())
    moved = sorted(((label, by) for label, by in parts.items() if by), key=lambda part: -abs(part[1]))
    for label, by in moved:
        of = tracks.get(label) if label != DEALS_AND_CARDS else None
        whose = _by(course, seat, place, of) if of is not None or label == DEALS_AND_CARDS else set()
        yield Part(f"{label} {signed(by)}", tuple(one for one in scenario.seat_ids if one in whose))


def groups_of(course: EyesCourse, found: Sequence[Curve]) -> tuple[Group, ...]:
    """All scores, each score, all tracks of a group, each of them, and so on."""
    words, scenario = words_for(course.line[-1].state), course.story.scenario
    members = {"scores": ("Scores", [one for one in found if one.key.startswith("seat:")])}
    for group, name in scenario.spec.groups.items():
        keys = {f"track:{track.id}" for track in scenario.spec.tracks if track.group == group}
        members[group] = words.said(name), [one for one in found if one.key in keys]
    rows: list[Group] = []
    for group, (name, of_it) in members.items():
        if of_it:
            rows.append(Group(f"all:{group}", name, tuple(of_it)))
            rows += [Group(one.key, one.name, (one,)) for one in of_it]
    return tuple(rows)


# --- the list ------------------------------------------------------------------------------------------


def chart_items(
    course: EyesCourse, rows: Sequence[Group], laid_over: set[str], place: int, width: int
) -> list[Item]:
    """A heading for each group; for each curve its mark, its value where we stand, and a spark."""
    at, items = course.nth(place), []
    name_room = BROAD_NAME if width >= BROAD else NAME
    for row in rows:
        if row.many:
            items.append(Item(put(f" {row.name.upper()}", HEAD), key=row.key))
            continue
        curve = row.curves[0]
        laid = put(LAID if curve.key in laid_over else " ", CHANGE)
        head = columns(
            (join((laid, put(curve.mark, curve.style or DIM), " ", put(curve.name))), name_room + 2),
            (put(signless(curve.values[place]), "bold"), -VALUE),
            ("", 1),
        )
        spark = spark_line(seen_only(course, curve), curve.low, curve.high, width - head.cell_length, at)
        items.append(Item(join((head, spark)), key=row.key))
    return items


def seen_only(course: EyesCourse, curve: Curve) -> tuple[int, ...]:
    """The values at the places that these eyes can tell apart."""
    return tuple(curve.values[place] for place in course.places)


# --- the chart -----------------------------------------------------------------------------------------


def about_curves(
    course: EyesCourse, drawn: Sequence[Curve], place: int, width: int, height: int, braille: bool
) -> list[Content]:
    """One curve in blocks, or many as lines over each other; below, the moves that made the steps."""
    at = course.nth(place)
    if len(drawn) == 1:
        (one,) = drawn
        lines = [put(f"{one.name.upper()}  {signless(one.values[place])}", HEAD)]
        high = ONE_HIGH if height < 30 else 2 * ONE_HIGH
        lines += chart(seen_only(course, one), one.low, one.high, width, high, at, braille=braille)
    else:
        high = MANY_HIGH if height < 30 else 2 * MANY_HIGH - 1
        traces = [Trace(one.mark, one.style, seen_only(course, one), one.low, one.high) for one in drawn]
        lines = [*_legend(drawn, place, width), *overlay(traces, width, high, at)]
    return [*lines, *_step_rows(course, drawn, place, width, max(height - len(lines) - 1, 3))]


def _legend(drawn: Sequence[Curve], place: int, width: int) -> list[Content]:
    """Each mark with its name and value, and which range it is drawn on if that is not the same for all."""
    ranges = {(one.low, one.high) for one in drawn}
    cells = []
    for one in drawn:
        span = f" of {one.low}–{one.high}" if len(ranges) > 1 else ""
        mark, value = put(one.mark, one.style or "bold"), put(signless(one.values[place]), "bold")
        cells.append(join((mark, put(f" {one.name} "), value, put(span, DIM))))
    room = max(cell.cell_length for cell in cells) + 2
    a_row = max(width // room, 1)
    return [join(fit(cell, room) for cell in cells[nth : nth + a_row]) for nth in range(0, len(cells), a_row)]


def _step_rows(
    course: EyesCourse, drawn: Sequence[Curve], place: int, width: int, height: int
) -> Iterator[Content]:
    """The steps of all that is drawn in their order, those around where we stand; what is to come dim."""
    steps = sorted(
        ((step_, curve) for curve in drawn for step_ in curve.steps), key=lambda pair: pair[0].place
    )
    done = bisect_right([step_.place for step_, _curve in steps], place)
    yield put(f"STEPS  {done} of {len(steps)}", HEAD)
    first = max(min(done - (height + 1) // 2, len(steps) - height), 0)
    shown = steps[first : first + height]
    for nth, (one, curve) in enumerate(shown, first):
        moment = course.line[one.place]
        number = f"m{moment.id:<4}" if course.everything else ""
        round_ = moment.round if one.place else moment.state.round
        here = put("▸" if one.place == place else " ", CHANGE)
        head = join((here, put(curve.mark, curve.style or "bold"), put(f" {number}R{round_} ", DIM)))
        numbers = f"{step(one.new - one.old)} {signless(one.old)}→{signless(one.new)} "
        moved = put(numbers, CHANGE if nth < done else DIM)
        why = put(", ").join(_told(course, part, "" if nth < done else DIM) for part in one.parts)
        yield fit(join((head, moved, why)), width)


def _told(course: EyesCourse, part: Part, style: str) -> Content:
    """A part of a step behind the badges of those whose doing it was."""
    seats = part.by if len(part.by) <= NAMED else ()
    return put(" ").join((*(seat_badge(course.story.scenario, seat) for seat in seats), put(part.why, style)))


def next_step(course: EyesCourse, drawn: Sequence[Curve], place: int) -> int | None:
    """The place of the next step of what is drawn, from the last on to the first; None: it never moves."""
    places = sorted({step_.place for curve in drawn for step_ in curve.steps})
    return next((one for one in places if one > place), places[0] if places else None)
