"""Tracks as things: boxes filled up to where they stand, in groups with borders of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from textual.content import Content

from wargame.rules.scenario import Scenario
from wargame.tui.kit.frame import SIDES, boxed_rows
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import CHANGE, DIM, SEALED, SECRET, fit, join, put, step
from wargame.tui.kit.rows import Row

GROUPS = ("$seat-4", "$seat-5", "$seat-3", "$seat-1", "$seat-6", "$seat-2")
"""The colours of groups, in their order."""
FILLED, HERE, EMPTY, UNKNOWN = "▪", "■", "·", "░"
NAME, BOXES, VALUE, CHANGED = 19, 11, 3, 3
"""Columns of a track's name, its boxes, its number and its last change."""
LEAST_BAND = 6
"""Columns from which the word for where a track stands can be read."""
MOST_NUMBERED = 9
WHOLE, WHOLE_FROM = 64, 150
"""Columns of a list in which no word is cut, and of a screen that has room for it beside a map."""
CARDED = 96
"""Columns from which six seats have room side by side."""


def list_columns(width: int, least: int) -> int:
    """Return the columns of a list beside the map: `least` where the seats have no room side by side."""
    if width >= WHOLE_FROM:
        return WHOLE
    return least if width < CARDED else 36 + max(width - 100, 0) // 3


def gauge_rows(lens: Lens, width: int, bordered: bool = True, named: bool = True) -> list[Row]:
    """Every track as a row of `width` cells, by group.

    A group is `bordered`, which takes two rows; else it has one row with its name, if it is `named`.
    """
    rows: list[Row] = []
    nth = 0
    for at, (group, name) in enumerate(lens.scenario.spec.groups.items()):
        colour, title = GROUPS[at % len(GROUPS)], lens.words.said(name).upper()
        own = []
        for track in (track.id for track in lens.scenario.spec.tracks if track.group == group):
            nth += 1
            line = gauge(lens, track, colour, width - (SIDES if bordered else 2))
            own.append(Row(f"track:{track}", line, nth if nth <= MOST_NUMBERED else 0))
        if own and bordered:
            rows += boxed_rows(title, "", own, width, colour)
        elif own:
            rows += [Row("", join((put("▌", colour), put(title, f"bold {colour}"))))] if named else []
            edge = put("▌", f"{colour} 50%")
            rows += [row._replace(line=join((edge, " ", row.line))) for row in own]
    return rows


def gauges_shown(lens: Lens, width: int) -> list[Row]:
    """The same to be looked at beside something else: without borders, and none can be lit."""
    return [row._replace(key="", number=0) for row in gauge_rows(lens, width, bordered=False)]


def group_colour(scenario: Scenario, track: str) -> str:
    """Return the colour of a track's group, as a style."""
    groups = list(scenario.spec.groups)
    return GROUPS[groups.index(scenario.tracks[track].group) % len(GROUPS)]


def gauge(lens: Lens, track: str, colour: str, width: int) -> Content:
    """A track in one line: name, boxes, number, the word for it, and how far it moved of late."""
    most = lens.scenario.tracks[track].most
    moved = lens.memory.recent(track, lens.view.round, lens.view.phase)
    value = lens.view.tracks.get(track)
    before = value - moved if value is not None and moved else None
    boxes = filled(value, most, colour, before)
    boxes = boxes.pad_right(max(BOXES - boxes.cell_length, 0))
    number = put(SEALED, SECRET) if value is None else put(str(value), "bold")
    room = min(NAME, width - boxes.cell_length - VALUE - CHANGED - 1)
    name = lens.words.track(track)
    if len(name) > room:
        name = lens.words.track_in_short(track)
    cells: list[Content | str] = [
        fit(put(name), room),
        " ",
        boxes,
        fit(number, VALUE, "right"),
    ]
    used = join(cells).cell_length
    change = put(step(moved), CHANGE)
    room = width - used - CHANGED - 2
    if room >= LEAST_BAND:
        most = width - used - 2 - (change.cell_length + 1 if moved else 0)
        band = put(lens.band(track, most), DIM)
        room = max(room, min(band.cell_length, most))
        cells += ["  ", fit(band, room)]
        used += room + 2
    cells.append(fit(change, width - used, "right"))
    return join(cells)


@lru_cache(maxsize=1024)
def filled(value: int | None, most: int, colour: str, before: int | None = None) -> Content:
    """Boxes up to `value` in the colour, brighter towards it, the marker white; ▫ where it was."""
    if value is None:
        return put(UNKNOWN * (most + 1), f"{SECRET} 40%")
    return join(_boxes(value, most, colour, before))


def _boxes(value: int, most: int, colour: str, before: int | None) -> Iterator[Content]:
    for at in range(most + 1):
        if at == value:
            yield put(HERE, "bold $foreground")
        elif at == before:
            yield put("▫", CHANGE)
        elif at < value:
            yield put(FILLED, f"{colour} {40 + 60 * (at + 1) // (value + 1)}%")
        else:
            yield put(EMPTY, f"{DIM} 50%")
