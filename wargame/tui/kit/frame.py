"""Borders that are painted: a card's, with its price above and its source below, and a box around rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from textual.content import Content

from wargame.tui.kit.paint import fit, join, put
from wargame.tui.kit.rows import Row

SIDES = 4
"""Cells that a frame takes from the width of what is in it; so does a box."""

Part = tuple[Content | str, Iterable[Content]]
"""A label for the line above (nothing: no line), and the lines below it."""


THIN, THICK = tuple("╭─╮│╰╯├┤"), tuple("┏━┓┃┗┛┣┫")
"""What edges are drawn with: corners and sides from the top left, and where a line across begins and ends."""


def framed(
    head: Content | str,
    corner: Content | str,
    parts: Sequence[Part],
    foot: Content | str,
    width: int,
    style: str,
    edge: Sequence[str] = THIN,
) -> list[Content]:
    """Lines of exactly `width` cells: `head` and `corner` stand in the top line, `foot` in the bottom one."""
    one, rule, other, side, low, last, begin, end = edge
    lines = [_line(one, head, corner, other, width, style, rule)]
    for nth, (label, content) in enumerate(parts):
        body = [_side(line, width, style, side) for line in content]
        if nth and (body or label):
            lines.append(_line(begin, label, "", end, width, style, rule))
        lines += body
    return [*lines, _line(low, "", foot, last, width, style, rule)]


def _side(line: Content, width: int, style: str, side: str) -> Content:
    return _around(fit(line, width - SIDES), style, side) if line.plain else _blank(width, style, side)


@lru_cache(maxsize=64)
def _blank(width: int, style: str, side: str) -> Content:
    return _around(Content(" " * (width - SIDES)), style, side)


def _around(line: Content, style: str, side: str) -> Content:
    edge = put(side, style)
    return join((edge, " ", line, " ", edge))


def _line(
    left: str, label: Content | str, end: Content | str, right: str, width: int, style: str, rule: str
) -> Content:
    """An edge with a label near its left end and another near its right one."""
    tail = _label(end)
    room = width - 4 - tail.cell_length
    head = _label(label)
    head = fit(head, room) if head.cell_length > room else head
    line = put(rule * max(room - head.cell_length, 0), style)
    return join((put(f"{left}{rule}", style), head, line, tail, put(f"{rule}{right}", style)))


def _label(label: Content | str) -> Content:
    content = put(label) if isinstance(label, str) else label
    return join((" ", content, " ")) if content.plain else content


def boxed_rows(title: str, says: Content | str, rows: Iterable[Row], width: int, colour: str) -> list[Row]:
    """Rows of `width` cells in a border with a title; those with a number show it before their line."""
    edge = f"{colour} 50%"
    end = put(says) if isinstance(says, str) else says
    end = join((" ", end, " ")) if end.plain else end
    head = put(title, f"bold {colour}")
    line = "─" * max(width - 5 - head.cell_length - end.cell_length, 0)
    top = join((put("╭─ ", edge), head, put(f" {line}", edge), end, put("╮", edge)))
    side = put("│", edge)
    inner = (row._replace(line=join((side, " ", fit(row.line, width - 4), " ", side))) for row in rows)
    return [Row("", fit(top, width)), *inner, Row("", put(f"╰{'─' * (width - 2)}╯", edge))]
