"""The page of charts: tracks and scores over the game, one or many, and the moves that made their steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from textual.content import Content

from wargame.debrief import curves as debrief
from wargame.debrief.phrasing import words_for
from wargame.rules.scenario import Scenario
from wargame.tui.kit.curve import BAND, DENSE, ROUND, Band, Chart, Mark, Trace, chart, spark_line
from wargame.tui.kit.gauges import GROUPS
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    DIM,
    HEAD,
    columns,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    step,
)
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.pages import Item
from wargame.words import Words
from wargame.words.pages import replay as say
from wargame.words.texts import signless

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The marks of tracks, in the order of the board."""
LAID = "+"
"""Before a row that is laid over the others."""
LEAST = 7
"""Rows of a chart at the least."""
NAME, BROAD_NAME, VALUE, SPARK = 13, 21, 3, 12
"""Columns of a name at the least and at the most, of a value, and of a spark if there is room."""
NAMED = 2
"""Of so many seats at most the doing of a part of a step is told."""
DEAREST = 3
"""Steps of a single score that are marked in its chart."""
INJECT = "!"
"""Below a chart, and on the timeline: the white cell acted there."""


@dataclass(frozen=True)
class Curve(debrief.Curve):
    """A curve with the mark and colour that tell it apart."""

    mark: str
    style: str

    @property
    def is_score(self) -> bool:
        return self.key.startswith("seat:")

    @property
    def scale(self) -> tuple[int, int]:
        """The ends of its axis: round numbers."""
        return _rounded(self.low, self.high) if self.is_score else (self.low, self.high)


class Group(NamedTuple):
    """A row of the page: a heading that stands for all of its curves, or one curve."""

    key: str
    name: str
    curves: tuple[Curve, ...]
    colour: str

    @property
    def many(self) -> bool:
        return self.key.startswith("all:")


# --- what is drawn -------------------------------------------------------------------------------------


def curves(course: EyesCourse) -> tuple[Curve, ...]:
    """Return every score and track that these eyes saw."""
    scenario = course.story.scenario
    colours = dict(zip(scenario.spec.groups, GROUPS, strict=False))
    found = []
    for one in (*debrief.score_curves(course), *debrief.track_curves(course)):
        kind, _, id_ = one.key.partition(":")
        if kind == "seat":
            mark, style = scenario.seats[id_].symbol, seat_colour(scenario, id_)
        else:
            mark = LETTERS[list(scenario.tracks).index(id_) % len(LETTERS)]
            style = colours.get(scenario.tracks[id_].group, "")
        found.append(Curve(**vars(one), mark=mark, style=style))
    return tuple(found)


def groups_of(course: EyesCourse, found: Sequence[Curve]) -> tuple[Group, ...]:
    """All scores, each score, all tracks of a group, each of them, and so on."""
    words, scenario = words_for(course.line[-1].state), course.story.scenario
    members = {"scores": (say.SCORES, [one for one in found if one.is_score], "")}
    for nth, (group, name) in enumerate(scenario.spec.groups.items()):
        keys = {f"track:{track.id}" for track in scenario.spec.tracks if track.group == group}
        own = [one for one in found if one.key in keys]
        members[group] = words.said(name), own, GROUPS[nth % len(GROUPS)]
    rows: list[Group] = []
    for group, (name, of_it, colour) in members.items():
        if of_it:
            rows.append(Group(f"all:{group}", name, tuple(of_it), colour))
            rows += [Group(one.key, one.name, (one,), colour) for one in of_it]
    return tuple(rows)


# --- the list ------------------------------------------------------------------------------------------


def chart_items(
    course: EyesCourse, rows: Sequence[Group], laid_over: set[str], place: int, width: int
) -> list[Item]:
    """A heading for each group; for each curve its mark, its value where we stand, and a spark."""
    at, items = course.nth(place), []
    name_room = min(max(width - SPARK - VALUE - 3, NAME), BROAD_NAME)
    for row in rows:
        if row.many:
            style = f"bold {row.colour}" if row.colour else HEAD
            items.append(Item(put(f" {row.name.upper()}", style), key=row.key))
            continue
        curve = row.curves[0]
        laid = put(LAID if curve.key in laid_over else " ", CHANGE)
        mark = put(curve.mark, curve.style if curve.is_score else DIM)
        head = columns(
            (join((laid, mark, " ", put(curve.name))), name_room + 2),
            (put(signless(curve.values[place]), "bold"), -VALUE),
            ("", 1),
        )
        room = width - head.cell_length
        spark = spark_line(seen_only(course, curve), curve.low, curve.high, room, at, curve.style)
        items.append(Item(join((head, spark)), key=row.key))
    return items


def seen_only(course: EyesCourse, curve: Curve) -> tuple[int, ...]:
    """The values at the places that these eyes can tell apart."""
    return tuple(curve.values[place] for place in course.places)


# --- the chart -----------------------------------------------------------------------------------------


def about_curves(
    course: EyesCourse, drawn: Sequence[Curve], place: int, width: int, height: int
) -> list[Content]:
    """The curves over the game; below, the moves that made their steps."""
    lines = _legend(drawn, place, width)
    marked = _dearest(drawn[0]) if len(drawn) == 1 and drawn[0].is_score else ()
    high = max((height - len(lines)) * 2 // 3, LEAST)
    lines += chart(_chart(course, drawn, marked), width, high, course.nth(place))
    return [*lines, *_step_rows(course, drawn, place, width, max(height - len(lines) - 1, 3), marked)]


def _chart(course: EyesCourse, drawn: Sequence[Curve], marked: Sequence[debrief.CurveStep]) -> Chart:
    """What is to be drawn of these curves; the same from any position."""
    key = tuple(curve.key for curve in drawn)
    if key not in course.charts:
        nth, ranges = course.nth, {curve.scale for curve in drawn}
        line = course.lens(course.places[-1]).line if all(curve.is_score for curve in drawn) else None
        scale = next(iter(ranges)) if len(ranges) == 1 else None
        if scale and line is not None:
            scale = _rounded(min(scale[0] + 1, floor(line)), max(scale[1] - 1, ceil(line)))
        course.charts[key] = Chart(
            tuple(_trace(course, curve, at, bool(scale)) for at, curve in enumerate(drawn)),
            max(len(course.places) - 1, 1),
            tuple((float(start), round_) for round_, start in course.rounds if round_),
            scale,
            line,
            tuple(_bands(course.story.scenario, drawn)) if scale else (),
            tuple(Mark(nth(one.place), one.old, one.new, str(n)) for n, one in enumerate(marked, 1)),
            tuple((float(at), INJECT, CHANGE) for at in course.injects),
        )
    return course.charts[key]


def _rounded(low: int, high: int) -> tuple[int, int]:
    """Return round numbers around these two."""
    return floor((low - 1) / ROUND) * ROUND, ceil((high + 1) / ROUND) * ROUND


def _trace(course: EyesCourse, curve: Curve, at: int, shared: bool) -> Trace:
    values = seen_only(course, curve)
    pairs = enumerate(pairwise(values), 1)
    points = tuple((float(nth), new) for nth, (old, new) in pairs if old != new)
    colour = curve.style if curve.is_score or at % 2 == 0 else ""
    return Trace(curve.mark, colour, values[0], points, None if shared else curve.scale)


def _bands(scenario: Scenario, drawn: Sequence[Curve]) -> Iterator[Band]:
    """Where all of what is drawn is dangerous: below a score that ruins, or where a track does."""
    if all(curve.is_score for curve in drawn):
        below = scenario.spec.scoring.ruin_below
        if any(curve.low < below for curve in drawn):
            yield Band(-1000, below, say.RUIN, BAD, DENSE)
        return
    found = [one for one in debrief.dangers(scenario) if drawn[0].key == f"track:{one.track}"]
    found.sort(key=lambda danger: danger.low - danger.high)  # the widest lies under the others
    for danger in found if len(drawn) == 1 else ():
        seats = " ".join(
            f"{scenario.seats[seat].symbol}{scenario.seats[seat].short}" for seat in danger.seats
        )
        name = say.ruin_of(seats) if danger.seats else Words(scenario).ending(danger.outcome)
        how = (BAD, DENSE) if danger.seats else (CHANGE, BAND)
        yield Band(danger.low, danger.high, name, *how)


def _dearest(curve: Curve) -> tuple[debrief.CurveStep, ...]:
    """The greatest steps of a score in their order."""
    found = sorted(curve.steps, key=lambda one: (-abs(one.new - one.old), -one.place))
    return tuple(sorted(found[:DEAREST], key=lambda one: one.place))


def _legend(drawn: Sequence[Curve], place: int, width: int) -> list[Content]:
    """Each mark with its name and value, and which range it is drawn on if that is not the same for all."""
    ranges = {curve.scale for curve in drawn}
    cells = []
    for one in drawn:
        span = say.of_range(one.low, one.high) if len(ranges) > 1 else ""
        mark, value = put(one.mark, one.style or "bold"), put(signless(one.values[place]), "bold")
        cells.append(join((mark, put(f" {one.name} "), value, put(span, DIM))))
    if sum(cell.cell_length + 2 for cell in cells) > 2 * width and len(ranges) == 1:
        cells = [
            join((put(one.mark, one.style or "bold"), put(f" {signless(one.values[place])}", "bold")))
            for one in drawn
        ]  # the list has their names
    room = max(cell.cell_length for cell in cells) + 2
    a_row = max(width // room, 1)
    return [join(fit(cell, room) for cell in cells[nth : nth + a_row]) for nth in range(0, len(cells), a_row)]


def _step_rows(
    course: EyesCourse,
    drawn: Sequence[Curve],
    place: int,
    width: int,
    height: int,
    marked: Sequence[debrief.CurveStep],
) -> Iterator[Content]:
    """The steps of all that is drawn in their order, those around where we stand; what is to come dim."""
    steps = sorted(
        ((step_, curve) for curve in drawn for step_ in curve.steps), key=lambda pair: pair[0].place
    )
    done = bisect_right([step_.place for step_, _curve in steps], place)
    yield put(say.steps(done, len(steps)), HEAD)
    first = max(min(done - (height + 1) // 2, len(steps) - height), 0)
    shown = steps[first : first + height]
    for nth, (one, curve) in enumerate(shown, first):
        number = f"m{one.move:<4}" if course.everything else ""
        here = put("▸" if one.place == place else " ", CHANGE)
        sign = put(curve.mark, curve.style or "bold")
        if one in marked:
            sign = put(
                str(marked.index(one) + 1), f"bold reverse {'$success' if one.new > one.old else '$error'}"
            )
        head = join((here, sign, put(f" {number}R{one.round} ", DIM)))
        numbers = f"{step(one.new - one.old)} {signless(one.old)}→{signless(one.new)} "
        moved = put(numbers, CHANGE if nth < done else DIM)
        why = put(", ").join(_told(course, part, "" if nth < done else DIM) for part in one.parts)
        yield fit(join((head, moved, why)), width)


def _told(course: EyesCourse, part: debrief.Part, style: str) -> Content:
    """A part of a step behind the badges of those whose doing it was."""
    seats = part.by if len(part.by) <= NAMED else ()
    return put(" ").join((*(seat_badge(course.story.scenario, seat) for seat in seats), put(part.why, style)))


def next_step(course: EyesCourse, drawn: Sequence[Curve], place: int) -> int | None:
    """The place of the next step of what is drawn, from the last on to the first; None: it never moves."""
    places = sorted({step_.place for curve in drawn for step_ in curve.steps})
    return next((one for one in places if one > place), places[0] if places else None)
