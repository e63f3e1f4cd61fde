"""Numbers over a game as lines of text: a spark of one row, a chart of several, or many in one chart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from textual.content import Content

from wargame.tui.widgets.paint import CHANGE, DIM, SPARKS, join, put

Values = Sequence[int | None]
Cell = tuple[str, str]
"""A letter and its style."""
KEPT = 512
"""Drawings that are kept: from one move to the next most are the same."""
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille letter, by row and column."""


def bins(values: Values, width: int) -> list[int | None]:
    """One value a column: the last of those that fall into it; fewer columns if there are fewer values."""
    count = len(values)
    width = min(width, count)
    return [values[(x + 1) * count // width - 1] for x in range(width)]


def cursor(at: int, count: int, width: int) -> int:
    """The column of `bins` in which a position falls.

    >>> [cursor(at, 4, 2) for at in range(4)]
    [0, 0, 1, 1]
    """
    width = min(width, count)
    return next((x for x in range(width) if at <= (x + 1) * count // width - 1), max(width - 1, 0))


def spark_line(values: Values, low: int, high: int, width: int, at: int) -> Content:
    """A row of ▁–█ from `low` to `high`, bright up to the position `at`; a dot where nothing is known."""
    return _spark_line(tuple(values), low, high, width, cursor(at, len(values), width))


@lru_cache(maxsize=KEPT)
def _spark_line(values: Values, low: int, high: int, width: int, here: int) -> Content:
    letters = "".join(_spark(value, low, high) for value in bins(values, width))
    return join((put(letters[:here]), put(letters[here : here + 1], CHANGE), put(letters[here + 1 :], DIM)))


def _spark(value: int | None, low: int, high: int) -> str:
    if value is None:
        return "·"
    return SPARKS[min(max((value - low) * (len(SPARKS) - 1) // max(high - low, 1), 0), len(SPARKS) - 1)]


def chart(
    values: Values, low: int, high: int, width: int, height: int, at: int, *, braille: bool = False
) -> list[Content]:
    """A chart of several rows with its axis at the left; bars of blocks, or a line of braille dots."""
    room = max(width - 4, 1)
    here = cursor(at, len(values), room * 2) // 2 if braille else cursor(at, len(values), room)
    return list(_chart(tuple(values), low, high, room, height, here, braille))


@lru_cache(maxsize=KEPT)
def _chart(
    values: Values, low: int, high: int, room: int, height: int, here: int, braille: bool
) -> tuple[Content, ...]:
    rows = _dotted(values, low, high, room, height) if braille else _blocks(values, low, high, room, height)
    lines = []
    for y, row in enumerate(rows):
        label = f"{high:>3} " if y == 0 else f"{low:>3} " if y == height - 1 else "    "
        parts = put(row[:here]), put(row[here : here + 1], CHANGE), put(row[here + 1 :], DIM)
        lines.append(join((put(label, DIM), *parts)))
    return tuple(lines)


def _blocks(values: Values, low: int, high: int, width: int, height: int) -> list[str]:
    levels = [_level(value, low, high, height * 8) for value in bins(values, width)]
    return [
        "".join(_block(level, (height - 1 - y) * 8, bottom=y == height - 1) for level in levels)
        for y in range(height)
    ]


def _block(level: int | None, floor: int, *, bottom: bool) -> str:
    if level is None:
        return "·" if bottom else " "
    part = min(max(level - floor, 1 if bottom else 0), 8)
    return SPARKS[part - 1] if part else " "


def _level(value: int | None, low: int, high: int, most: int) -> int | None:
    return None if value is None else min(max((value - low) * most // max(high - low, 1), 0), most)


def _dotted(values: Values, low: int, high: int, width: int, height: int) -> list[str]:
    """Every value a dot, two a column and four a row, joined by the dots between it and the one before."""
    levels = [_level(value, low, high, height * 4 - 1) for value in bins(values, width * 2)]
    columns = (len(levels) + 1) // 2
    cells = [[0] * columns for _ in range(height)]
    before: int | None = None
    for x, level in enumerate(levels):
        if level is not None:
            start = level if before is None else before
            for dot in range(min(start, level), max(start, level) + 1):
                row = height * 4 - 1 - dot
                cells[row // 4][x // 2] |= DOTS[row % 4][x % 2]
        before = level
    return ["".join(chr(0x2800 + cell) if cell else " " for cell in row) for row in cells]


# --- many in one ---------------------------------------------------------------------------------------

RUN, RISE, NOW = "─", "│", "┆"
EVERY = 6
"""Columns from one mark on a line to the next."""


class Trace(NamedTuple):
    """A line of a chart of many: the mark of one cell that tells it apart, its colour, values, and range."""

    mark: str
    style: str
    values: Values
    low: int
    high: int


def overlay(traces: Sequence[Trace], width: int, height: int, at: int) -> list[Content]:
    """Lines over each other, each with its mark on it; where several run together their marks alternate.

    Each is drawn from its own `low` at the bottom to its own `high` at the top, which are written beside it
    if they are the same for all. A dotted line stands at the position `at`; what comes after it is dim.
    """
    room = max(width - 4, 1)
    return list(_overlay(tuple(traces), room, height, cursor(at, len(traces[0].values), room)))


@lru_cache(maxsize=KEPT)
def _overlay(traces: tuple[Trace, ...], room: int, height: int, here: int) -> tuple[Content, ...]:
    ranges = {(trace.low, trace.high) for trace in traces}
    low, high = next(iter(ranges)) if len(ranges) == 1 else ("", "")
    labels = {0: f"{high:>3} ", height - 1: f"{low:>3} "}
    lines = []
    for y, row in enumerate(_grid(traces, room, height)):
        past, now, to_come = row[:here], row[here], "".join(letter for letter, _style in row[here + 1 :])
        runs = [put("".join(cell[0] for cell in run), style) for style, run in groupby(past, itemgetter(1))]
        column = put(NOW, CHANGE) if now[0] == " " else put(*now)
        lines.append(join((put(labels.get(y, "    "), DIM), *runs, column, put(to_come, DIM))))
    return tuple(lines)


@lru_cache(maxsize=8)
def _grid(traces: tuple[Trace, ...], room: int, height: int) -> tuple[tuple[Cell, ...], ...]:
    """The letters and styles of all cells, row by row."""
    shown = [bins(trace.values, room) for trace in traces]
    rows = [
        [_row(value, trace.low, trace.high, height) for value in values]
        for trace, values in zip(traces, shown, strict=True)
    ]
    return tuple(tuple(_cell(traces, rows, x, y) for x in range(len(shown[0]))) for y in range(height))


def _row(value: int | None, low: int, high: int, height: int) -> int | None:
    """The row of a value, counted from the top."""
    level = _level(value, low, high, (height - 1) * 2)
    return None if level is None else height - 1 - (level + 1) // 2


def _cell(traces: Sequence[Trace], rows: Sequence[Sequence[int | None]], x: int, y: int) -> Cell:
    on = [nth for nth, row in enumerate(rows) if row[x] == y]
    if on:
        nth = on[x % len(on)]
        begins = not x or rows[nth][x - 1] != y
        mark = begins or len(on) > 1 or (x + nth * 2) % EVERY == 0
        return traces[nth].mark if mark else RUN, traces[nth].style or ("bold" if mark else "")
    for nth, row in enumerate(rows):
        before, after = row[x - 1] if x else None, row[x]
        if before is not None and after is not None and min(before, after) < y < max(before, after):
            return RISE, traces[nth].style
    return " ", ""
