"""Borders that are painted: a title with something at the right end of its line, and rows in a box."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from wargame.tui.kit.paint import fit, join, put
from wargame.tui.kit.rows import Row

CORNERS = 6
"""Cells of a bordered widget's top line that a title can't have: corners, and blanks around the title."""


def titled(left: Content | str, right: Content | str, width: int, rule: str) -> Content:
    """A border's title for a widget `width` cells wide: `left`, a line in the style `rule`, `right`."""
    end = put(right) if isinstance(right, str) else right
    room = width - CORNERS - (end.cell_length + 1 if end.plain else 0)
    head = put(left) if isinstance(left, str) else left
    if head.cell_length > room:
        head = fit(head, room)
    if not end.plain:
        return head
    blank = width - CORNERS - head.cell_length - end.cell_length
    line = put(f" {'─' * (blank - 2)} " if blank > 2 else " " * blank, rule)
    return join((head, line, end))


def boxed(title: str, says: Content | str, rows: Iterable[Row], width: int, colour: str) -> list[Row]:
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


INSIDE = 4
"""Cells that a box takes from the width of its rows."""
