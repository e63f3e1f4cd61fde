"""Numbers over a game: steps in braille, one or many in one chart, and sparks of a single row.

A chart has round numbers at its left, the rounds below it, a sign and a number at the end of each of its
lines, and bands where a number is ruinous. Many lines are told apart by colours, dashes and signs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from math import ceil, floor
from typing import NamedTuple

from textual.content import Content

from wargame.tui.kit.paint import CHANGE, DIM, SPARKS, join, put
from wargame.words import halves
from wargame.words.pages import kit as say

LABELS = 5
"""Columns of the numbers at the left."""
ENDS = 6
"""Columns of the signs and last numbers at the right, where there are several lines."""
ROUND = 10
"""What the ends of a scale are multiples of that nobody has said."""
TICKS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
"""What numbers at the left are multiples of."""
APART = 3
"""Rows from one number at the left to the next."""
NAMED = 9
"""Columns that a round needs to be named in full."""
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille letter, by row and column."""
DASHES = ("1", "1110", "1111111100", "10", "111110", "11101010")
"""Which dots of a level line there are, by its place among others, over and over again."""
EVERY = 14
"""Columns from one sign on a line to the next."""
BAND, DENSE, REACH, NOW = "░", "▒", "┄", "┆"
FREE = f" {BAND}{DENSE}{REACH}·"
"""What the present moment is drawn over."""
KEPT = 256
"""Drawings that are kept: from one move to the next most are the same."""

Cell = tuple[str, str]
"""A letter and its style."""
Layer = tuple[list[list[int]], list[int]]
"""A line by itself: the bits of its braille letters, and the row it is on by columns."""


class Mark(NamedTuple):
    """Something at a point of a course: when, from and to what number, and the sign it goes by."""

    at: float
    old: int
    new: int
    sign: str


class Trace(NamedTuple):
    """A line: its sign and colour, the number at the start, each (when, number) after it.

    A `scale` of its own puts the first of two numbers at the bottom and the second on top.
    """

    sign: str
    colour: str
    start: int
    points: tuple[tuple[float, int], ...]
    scale: tuple[int, int] | None = None


class Band(NamedTuple):
    """A stretch of numbers with a name of its own, in a colour; its `letter` fills it."""

    low: float
    high: float
    name: str
    colour: str
    letter: str = BAND


class Chart(NamedTuple):
    """Lines up to the moment `end`; where each round begins; what lies under them and stands below them.

    `scale` is for lines that have none of their own; without it, it is rounded from their numbers. `line` is
    a number to reach; `below` are signs at moments, with their styles.
    """

    traces: tuple[Trace, ...]
    end: float
    rounds: tuple[tuple[float, int], ...]
    scale: tuple[int, int] | None = None
    line: float | None = None
    bands: tuple[Band, ...] = ()
    marks: tuple[Mark, ...] = ()
    below: tuple[tuple[float, str, str], ...] = ()


class Drawing(NamedTuple):
    """A single course: the number at the start, each (when, number) after it, the count of rounds."""

    start: int
    points: Sequence[tuple[float, int]]
    rounds: int
    line: float
    colour: str
    marks: Sequence[Mark] = ()


def curve(drawing: Drawing, width: int, height: int) -> list[Content]:
    """Draw a course in so many cells, its last row naming the rounds."""
    trace = Trace("", drawing.colour, drawing.start, tuple(drawing.points))
    rounds = tuple((float(nth), nth + 1) for nth in range(drawing.rounds))
    marks = tuple(drawing.marks)
    return chart(Chart((trace,), drawing.rounds, rounds, None, drawing.line, (), marks), width, height)


def chart(drawn: Chart, width: int, height: int, now: float | None = None) -> list[Content]:
    """Draw a chart in so many cells, its last row naming the rounds; dim from the moment `now` on."""
    rows, across = _drawn(drawn, width, height)
    if now is None:
        return [join((label, bright, end)) for label, bright, _dim, _cells, end in rows]
    here = min(_column(now, drawn.end, across) // 2, across - 1)
    lines = []
    for label, bright, dim, cells, end in rows:
        letter, style = cells[here]
        at = put(NOW, CHANGE) if letter in FREE and "reverse" not in style else bright[here : here + 1]
        lines.append(join((label, bright[:here], at, dim[here + 1 :], end)))
    return lines


Row = tuple[Content, Content, Content, Sequence[Cell], Content]
"""The number at the left, the cells bright and dim and by themselves, and the sign at the right."""


@lru_cache(maxsize=KEPT)
def _drawn(drawn: Chart, width: int, height: int) -> tuple[list[Row], int]:
    """Draw all of it once, with how many columns there are between both edges."""
    many = len(drawn.traces) > 1
    across = max(width - LABELS - (ENDS if many else 0), 8)
    rows = max(height - 1 - bool(drawn.below), 2)
    low, high = scale = _scale(drawn)
    shared = all(trace.scale in (None, scale) for trace in drawn.traces)

    def level(value: float, of: tuple[int, int] = scale) -> int:
        return round((of[1] - min(max(value, of[0]), of[1])) * (rows * 4 - 1) / max(of[1] - of[0], 1))

    grid: list[list[Cell]] = [[(" ", "")] * across for _ in range(rows)]
    ticks = _ticks(low, high, rows, drawn.line) if shared else {}
    labels = {level(value) // 4: halves(value).replace("-", "−") for value in ticks}
    if shared:
        _ground(drawn, grid, {level(value) // 4 for value in ticks}, level)
    layers = []
    for nth, trace in enumerate(drawn.traces):
        dash = DASHES[nth % len(DASHES)] if many else DASHES[0]
        own = partial(level, of=trace.scale or scale)
        layers.append(_traced(trace, drawn.end, (across, rows), dash, own))
    ends = _lay_traces(drawn.traces, layers, grid, many)
    taken = [[0x2800 < ord(letter) <= 0x28FF for letter, _style in line] for line in grid]
    for mark in drawn.marks:
        column = _column(mark.at, drawn.end, across) // 2
        _lay(grid, taken, mark, column, (level(mark.old) // 4, level(mark.new) // 4))
    reach = level(drawn.line) // 4 if drawn.line is not None and shared else -1
    made = []
    for y, line in enumerate(grid):
        label = put(f"{labels.get(y, ''):>{LABELS - 1}} ", "bold" if y == reach else DIM)
        made.append(_row(label, line, ends.get(y)))
    if drawn.below:
        signs: list[Cell] = [(" ", "")] * across
        for at, sign, style in drawn.below:
            signs[min(_column(at, drawn.end, across) // 2, across - 1)] = (sign, style)
        made.append(_row(put(" " * LABELS), signs, None))
    return [*made, _row(put(" " * LABELS), _foot(drawn, across), None)], across


def _scale(drawn: Chart) -> tuple[int, int]:
    """Return the ends of the scale: as said, as all lines have it, or rounded from the numbers."""
    if drawn.scale is not None:
        return drawn.scale
    own = {trace.scale for trace in drawn.traces}
    if len(own) == 1 and (only := own.pop()) is not None:
        return only
    values = [value for trace in drawn.traces for value in (trace.start, *(new for _at, new in trace.points))]
    if drawn.line is not None:
        values.append(floor(drawn.line))
    return floor((min(values) - 1) / ROUND) * ROUND, ceil((max(values) + 1) / ROUND) * ROUND


def _column(at: float, end: float, across: int) -> int:
    """Return the column of dots of a moment."""
    return min(max(round(at * (across * 2 - 1) / max(end, 1)), 0), across * 2 - 1)


def _ticks(low: int, high: int, rows: int, line: float | None) -> list[float]:
    """Return round numbers with room between them, both ends among them, and the number to reach."""
    most = max(rows // APART, 1)
    step = next((step for step in TICKS if (high - low) / step <= most), high - low or 1)
    apart = (high - low) / max(rows, 1) * 2
    fixed = [low, high] if line is None else [low, high, line]
    between = range(ceil(low / step) * step, high + 1, step)
    return [*fixed, *(value for value in between if all(abs(value - other) >= apart for other in fixed))]


def _ground(drawn: Chart, grid: list[list[Cell]], ticks: set[int], level: Callable[[float], int]) -> None:
    """Lay bands, faint lines at the numbers, and the line to reach."""
    across = len(grid[0])
    for y in ticks:
        grid[y] = [("·", f"{DIM} 45%") if x % 3 == 0 else cell for x, cell in enumerate(grid[y])]
    for band in drawn.bands:
        top, bottom = (level(value) // 4 for value in (band.high, band.low))
        for y in range(top, bottom + 1):
            grid[y] = [(band.letter, f"{band.colour} 40%")] * across
        name = f" {band.name} "[:across]
        y = bottom if band.high >= _scale(drawn)[1] else top
        at = min(2, across - len(name))
        grid[y][at : at + len(name)] = [(letter, band.colour) for letter in name]
    if drawn.line is not None:
        y = level(drawn.line) // 4
        grid[y] = [(REACH, DIM)] * across


def _traced(
    trace: Trace, end: float, size: tuple[int, int], dash: str, level: Callable[[float], int]
) -> Layer:
    """Return the bits of a line's braille letters, and the row it is on by columns."""
    across, rows = size
    cells = [[0] * across for _ in range(rows)]
    on = [0] * across
    x, y = 0, level(trace.start)
    last = trace.points[-1][1] if trace.points else trace.start
    for at, value in (*trace.points, (end, last)):
        to, down = _column(at, end, across), level(value)
        for step in range(x, to + 1):
            if dash[step % len(dash)] == "1":
                cells[y // 4][step // 2] |= DOTS[y % 4][step % 2]
            on[step // 2] = y // 4
        for step in range(min(y, down), max(y, down) + 1):
            cells[step // 4][to // 2] |= DOTS[step % 4][to % 2]
        x, y = max(x, to), down
    on[-1] = y // 4
    return cells, on


def _lay_traces(
    traces: Sequence[Trace],
    layers: Sequence[tuple[list[list[int]], list[int]]],
    grid: list[list[Cell]],
    many: bool,
) -> dict[int, Cell]:
    """Lay the lines over each other, with their signs on them if there are many; return those at the ends.

    Where several run together their colours and signs alternate.
    """
    for y, line in enumerate(grid):
        for x in range(len(line)):
            on = [nth for nth, (cells, _on) in enumerate(layers) if cells[y][x]]
            if on:
                bits = 0
                for nth in on:
                    bits |= layers[nth][0][y][x]
                line[x] = (chr(0x2800 + bits), traces[on[x // 2 % len(on)]].colour)
    if not many:
        return {}
    across = len(grid[0])
    for nth, (trace, (_cells, rows)) in enumerate(zip(traces, layers, strict=True)):
        for x in range(1 + nth * 2, across, EVERY):
            grid[rows[x]][x] = (trace.sign, trace.colour or "bold")
    ends: dict[int, Cell] = {}
    for trace, (_cells, rows) in sorted(zip(traces, layers, strict=True), key=lambda pair: pair[1][1][-1]):
        near = (y for by in range(len(grid)) for y in (rows[-1] + by, rows[-1] - by) if 0 <= y < len(grid))
        free = [y for y in near if y not in ends][:1]
        last = trace.points[-1][1] if trace.points else trace.start
        ends |= dict.fromkeys(free, (f"{trace.sign} {last}".replace("-", "−"), trace.colour or "bold"))
    return ends


def _row(label: Content, line: Sequence[Cell], end: Cell | None) -> Row:
    letters = "".join(letter for letter, _style in line)
    bright = join(runs(line))
    return label, bright, put(letters, DIM), line, put(f" {end[0]}", end[1]) if end else Content("")


def _lay(
    grid: list[list[Cell]], taken: list[list[bool]], mark: Mark, column: int, ends: tuple[int, int]
) -> None:
    """Put a mark's sign near its step, where it covers nothing; nowhere if there is no such place."""
    sign = f" {mark.sign} "
    style = f"bold reverse {'$success' if mark.new > mark.old else '$error'}"
    top, bottom = min(ends), max(ends)
    rows = [row for by in range(1, 4) for row in (top - by, bottom + by) if 0 <= row < len(grid)]
    for shift in (0, -1, 1, -2, 2, -3, 3):
        left = min(max(column - 1 + shift, 0), len(grid[0]) - len(sign))
        for row in rows:
            under = range(left, left + len(sign))
            if not any(taken[row][x] for x in under):
                for x, letter in zip(under, sign, strict=True):
                    grid[row][x] = (letter, style)
                    taken[row][x] = True
                return


def runs(line: Sequence[Cell]) -> list[Content]:
    """Return cells as pieces of one style each."""
    found: list[Content] = []
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or line[at][1] != line[start][1]:
            found.append(put("".join(letter for letter, _style in line[start:at]), line[start][1]))
            start = at
    return found


def _foot(drawn: Chart, across: int) -> list[Cell]:
    """Name the rounds under the course, each where it begins, as far as there is room."""
    letters: list[Cell] = [(" ", "")] * across
    starts = [_column(at, drawn.end, across) // 2 for at, _round in drawn.rounds]
    for (_at, nth), start, after in zip(drawn.rounds, starts, [*starts[1:], across], strict=True):
        name = say.round_of(nth) if after - start >= NAMED else str(nth)
        if len(name) < after - start or after == across:
            for x, letter in enumerate(name, start):
                if x < across:
                    letters[x] = (letter, DIM)
    return letters


# --- sparks ----------------------------------------------------------------------------------------------


def bins(values: Sequence[int], width: int) -> list[int]:
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


def spark_line(values: Sequence[int], low: int, high: int, width: int, at: int, colour: str = "") -> Content:
    """A row of ▁–█ from `low` to `high`, bright up to the position `at`."""
    return _spark_line(tuple(values), low, high, width, cursor(at, len(values), width), colour)


@lru_cache(maxsize=2 * KEPT)
def _spark_line(values: tuple[int, ...], low: int, high: int, width: int, here: int, colour: str) -> Content:
    steps = len(SPARKS) - 1
    levels = (
        min(max((value - low) * steps // max(high - low, 1), 0), steps) for value in bins(values, width)
    )
    letters = "".join(SPARKS[level] for level in levels)
    now = put(letters[here : here + 1], CHANGE)
    return join((put(letters[:here], colour), now, put(letters[here + 1 :], f"{DIM} 60%")))
