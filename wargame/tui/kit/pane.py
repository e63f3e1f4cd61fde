"""A bordered pane of text with a title; what stands in it is told line by line, for a width."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from wargame.tui.kit.paint import fit, put, stack


def entitle(widget: Widget, title: Content | str, under: Content | str = "") -> None:
    """Set what stands in a widget's border, above and below: plain text, never markup.

    Textual paints a widget anew whenever it is told, so it is told only what is new.
    """
    for name, told in (("border_title", title), ("border_subtitle", under)):
        said = put(told) if isinstance(told, str) else told
        if getattr(widget, name) != (said.markup if said else None):
            setattr(widget, name, said or None)


class Pane(Static):
    """Text within a border. Its style sheet says how large it is and how it looks."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.lines: tuple[Content, ...] = ()

    class Sized(Message):
        """There is another room for text."""

    def on_resize(self) -> None:
        self.post_message(self.Sized())

    def entitle(self, title: Content | str, under: Content | str = "") -> None:
        """Set what stands in the border, above and below."""
        entitle(self, title, under)

    def tell(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        before, self.lines = self.lines, tuple(lines)
        if self.lines != before:
            self.update(stack(self.lines), layout=len(self.lines) != len(before))

    @property
    def room(self) -> tuple[int, int]:
        """Columns and rows that there are for text."""
        return max(self.content_size.width, 8), max(self.content_size.height, 1)


def cut(lines: Sequence[Content], width: int, height: int, more: str) -> list[Content]:
    """As many lines as there is room for; the last of them says `more` where some are left out."""
    if len(lines) <= height:
        return list(lines)
    return [*lines[: max(height - 1, 0)], fit(put(more, "$dim"), width)]
