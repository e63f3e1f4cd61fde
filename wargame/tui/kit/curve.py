"""A course of numbers over the rounds of a game as steps in braille, with a line to reach and marks on it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import NamedTuple

from textual.content import Content

from wargame.tui.widgets.paint import DIM, join, put
from wargame.words.pages import kit as say

LABELS = 5
"""Columns of the numbers at the left."""
ROUND = 10
"""What the ends of the scale are multiples of."""
NAMED = 9
"""Columns that a round needs to be named in full."""
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille letter, by row and column."""


class Mark(NamedTuple):
    """Something at a point of the course: when, from and to what number, and the sign it goes by."""

    at: float
    old: int
    new: int
    sign: str


class Drawing(NamedTuple):
    """What is drawn: the number at the start, each (when, number) after it, and the count of rounds."""

    start: int
    points: Sequence[tuple[float, int]]
    rounds: int
    line: float
    colour: str
    marks: Sequence[Mark] = ()


def curve(drawing: Drawing, width: int, height: int) -> list[Content]:
    """Draw a course in so many cells, its last row naming the rounds."""
    across, rows = max(width - LABELS, 8), max(height - 1, 2)
    values = [drawing.start, *(value for _at, value in drawing.points)]
    low = floor((min(*values, drawing.line) - 1) / ROUND) * ROUND
    high = ceil((max(*values, drawing.line) + 1) / ROUND) * ROUND
    dots = rows * 4

    def level(value: float) -> int:
        return round((high - value) * (dots - 1) / (high - low))

    def column(at: float) -> int:
        return min(round(at * across * 2 / drawing.rounds), across * 2 - 1)

    cells = [[0] * across for _ in range(rows)]

    def dot(x: int, y: int) -> None:
        cells[y // 4][x // 2] |= DOTS[y % 4][x % 2]

    x, y = 0, level(drawing.start)
    for at, value in (*drawing.points, (float(drawing.rounds), values[-1])):
        to, down = column(at), level(value)
        for step in range(x, to + 1):
            dot(step, y)
        for step in range(min(y, down), max(y, down) + 1):
            dot(to, step)
        x, y = max(x, to), down
    reach = level(drawing.line) // 4
    grid: list[list[tuple[str, str]]] = [
        [
            (chr(0x2800 + cell), drawing.colour) if cell else ("┄", DIM) if row == reach else (" ", "")
            for cell in line
        ]
        for row, line in enumerate(cells)
    ]
    for mark in drawing.marks:
        _lay(grid, cells, mark, column(mark.at) // 2, (level(mark.old) // 4, level(mark.new) // 4))
    labels = {0: str(high), rows - 1: str(low), reach: f"{drawing.line:g}"}
    lines = [
        join((put(f"{labels.get(row, ''):>{LABELS - 1}} ", "bold" if row == reach else DIM), *_runs(line)))
        for row, line in enumerate(grid)
    ]
    return [*lines, _foot(drawing.rounds, across)]


def _lay(
    grid: list[list[tuple[str, str]]], cells: list[list[int]], mark: Mark, column: int, ends: tuple[int, int]
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
            if not any(cells[row][x] for x in under) and all(grid[row][x][0] in " ┄" for x in under):
                for x, letter in zip(under, sign, strict=True):
                    grid[row][x] = (letter, style)
                    cells[row][x] = -1
                return


def _runs(line: Sequence[tuple[str, str]]) -> list[Content]:
    """Return cells as pieces of one style each."""
    found: list[Content] = []
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or line[at][1] != line[start][1]:
            found.append(put("".join(letter for letter, _style in line[start:at]), line[start][1]))
            start = at
    return found


def _foot(rounds: int, across: int) -> Content:
    """The rounds under the course, each where it begins."""
    room = across / rounds
    letters = [" "] * across
    for nth in range(rounds):
        for at, letter in enumerate(
            say.round_of(nth + 1) if room >= NAMED else str(nth + 1), round(nth * room)
        ):
            if at < across:
                letters[at] = letter
    return put(" " * LABELS + "".join(letters), DIM)
