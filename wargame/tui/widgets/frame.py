"""A card's edge: a frame with its title and price in the top line and its source in the bottom one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from wargame.tui.widgets.paint import fit, join, put

SIDES = 4
"""Cells that a frame takes from the width of what is in it."""

Part = tuple[Content | str, Iterable[Content]]
"""A label for the line above (nothing: no line), and the lines below it."""


def framed(
    head: Content | str,
    corner: Content | str,
    parts: Sequence[Part],
    foot: Content | str,
    width: int,
    style: str,
) -> list[Content]:
    """Lines of exactly `width` cells: `head` and `corner` stand in the top line, `foot` in the bottom one."""
    lines = [_line("╭", head, corner, "╮", width, style)]
    for nth, (label, content) in enumerate(parts):
        body = [_side(line, width, style) for line in content]
        if nth and (body or label):
            lines.append(_line("├", label, "", "┤", width, style))
        lines += body
    return [*lines, _line("╰", "", foot, "╯", width, style)]


def _side(line: Content, width: int, style: str) -> Content:
    edge = put("│", style)
    return join((edge, " ", fit(line, width - SIDES), " ", edge))


def _line(left: str, label: Content | str, end: Content | str, right: str, width: int, style: str) -> Content:
    """An edge with a label near its left end and another near its right one."""
    tail = _label(end)
    room = width - 4 - tail.cell_length
    head = _label(label)
    head = fit(head, room) if head.cell_length > room else head
    rule = put("─" * max(room - head.cell_length, 0), style)
    return join((put(f"{left}─", style), head, rule, tail, put(f"─{right}", style)))


def _label(label: Content | str) -> Content:
    content = put(label) if isinstance(label, str) else label
    return join((" ", content, " ")) if content.plain else content
