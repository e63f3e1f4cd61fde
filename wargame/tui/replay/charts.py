"""The page of charts: tracks and scores over the game, one or many, and the moves that made their steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual.content import Content

from wargame.debrief import curves as debrief
from wargame.debrief.phrasing import words_for
from wargame.tui.kit.charts import Trace, chart, overlay, spark_line
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.pages import Item
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
    step,
)
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


@dataclass(frozen=True)
class Curve(debrief.Curve):
    """A curve with the mark and colour that tell it apart."""

    mark: str
    style: str


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
    """Return every score and track that these eyes saw."""
    scenario = course.story.scenario
    found = []
    for one in (*debrief.score_curves(course), *debrief.track_curves(course)):
        kind, _, id_ = one.key.partition(":")
        if kind == "seat":
            mark, style = scenario.seats[id_].symbol, seat_colour(scenario, id_)
        else:
            mark, style = LETTERS[list(scenario.tracks).index(id_) % len(LETTERS)], ""
        found.append(Curve(**vars(one), mark=mark, style=style))
    return tuple(found)


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
        number = f"m{one.move:<4}" if course.everything else ""
        here = put("▸" if one.place == place else " ", CHANGE)
        head = join((here, put(curve.mark, curve.style or "bold"), put(f" {number}R{one.round} ", DIM)))
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
