"""A bordered pane of text with a title; what stands in it is told line by line, for a width."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from wargame.tui.kit.paint import fit, put, stack


def entitle(widget: Widget, title: str, under: str = "") -> None:
    """Set what stands in a widget's border, above and below: plain text, never markup."""
    widget.border_title = put(title) if title else None
    widget.border_subtitle = put(under) if under else None


class Pane(Static):
    """Text within a border. Its style sheet says how large it is and how it looks."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.lines: tuple[Content, ...] = ()

    class Sized(Message):
        """There is another room for text."""

    def on_resize(self) -> None:
        self.post_message(self.Sized())

    def entitle(self, title: str, under: str = "") -> None:
        """Set what stands in the border, above and below."""
        entitle(self, title, under)

    def tell(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        told = tuple(lines)
        if told != self.lines:
            self.lines = told
            self.update(stack(told))

    @property
    def room(self) -> tuple[int, int]:
        """Columns and rows that there are for text."""
        return max(self.content_size.width, 8), max(self.content_size.height, 1)


def cut(lines: Sequence[Content], width: int, height: int, more: str) -> list[Content]:
    """As many lines as there is room for; the last of them says `more` where some are left out."""
    if len(lines) <= height:
        return list(lines)
    return [*lines[: max(height - 1, 0)], fit(put(more, "$dim"), width)]
