"""Numbers over a game as lines of text: a spark of one row, or a chart of several."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from wargame.tui.widgets.paint import CHANGE, DIM, SPARKS, join, put

Values = Sequence[int | None]
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
    letters = [_spark(value, low, high) for value in bins(values, width)]
    here = cursor(at, len(values), width)
    return join(
        (
            put("".join(letters[:here])),
            put(letters[here] if letters else "", CHANGE),
            put("".join(letters[here + 1 :]), DIM),
        )
    )


def _spark(value: int | None, low: int, high: int) -> str:
    if value is None:
        return "·"
    return SPARKS[min(max((value - low) * (len(SPARKS) - 1) // max(high - low, 1), 0), len(SPARKS) - 1)]


def chart(
    values: Values, low: int, high: int, width: int, height: int, at: int, *, braille: bool = False
) -> list[Content]:
    """A chart of several rows with its axis at the left; bars of blocks, or a line of braille dots."""
    room = max(width - 4, 1)
    rows = _dotted(values, low, high, room, height) if braille else _blocks(values, low, high, room, height)
    here = cursor(at, len(values), room * 2) // 2 if braille else cursor(at, len(values), room)
    lines = []
    for y, row in enumerate(rows):
        label = f"{high:>3} " if y == 0 else f"{low:>3} " if y == height - 1 else "    "
        parts = put(row[:here]), put(row[here : here + 1], CHANGE), put(row[here + 1 :], DIM)
        lines.append(join((put(label, DIM), *parts)))
    return lines


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
