"""Text within a border that has a title: told line by line for a width, or scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from wargame.tui.actions import BY_ID
from wargame.tui.kit.paint import DIM, fit, put, stack


def entitle(widget: Widget, title: Content | str | None = None, under: Content | str | None = None) -> None:
    """Set what stands in a widget's border, above and below: plain text, never markup; None leaves it.

    Textual paints a widget anew whenever it is told, so it is told only what is new.
    """
    for name, told in (("border_title", title), ("border_subtitle", under)):
        if told is None:
            continue
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


class Scrolled(VerticalScroll):
    """What may be longer than its room. A key scrolls it at once, as any other key is answered at once."""

    def scroll_to(self, *to: float | None, **given: Any) -> None:
        super().scroll_to(*to, **given | {"animate": False, "immediate": True})


class Sheet(Scrolled):
    """A page of text to scroll; its border says how much is below. Says `Pane.Sized` when it has other room.

    Textual sends no resize to what was hidden and is there again, as large as before.
    """

    def __init__(self, *children: Widget, id: str, classes: str, can_focus: bool | None = None) -> None:
        super().__init__(*children, id=id, classes=classes, can_focus=can_focus)
        self._foot: Content | str = ""

    def entitle(self, title: Content | str, foot: Content | str = "") -> None:
        """Set what stands in the border; `foot` gives way to how much is below."""
        entitle(self, title)
        self._foot = foot
        self._mark()

    def on_mount(self) -> None:
        self.watch(self.vertical_scrollbar, "window_virtual_size", self._mark, init=False)
        self.watch(self, "show_vertical_scrollbar", self.on_resize, init=False)

    def on_show(self) -> None:
        self.on_resize()

    def on_resize(self) -> None:
        self._mark()
        self.post_message(Pane.Sized())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._mark()

    def _mark(self) -> None:
        entitle(self, under=below(round(self.max_scroll_y - self.scroll_y)) or self._foot)


def turn_page(text: Widget, by: int) -> None:
    """Scroll a long text by a page, on or back."""
    (text.scroll_page_down if by > 0 else text.scroll_page_up)(animate=False)


def below(lines: int) -> Content:
    """Say how many lines are to be read further down, and the key that leads there."""
    return put(f"↓ {lines} {BY_ID['page-on'].shown}" if lines > 0 else "", DIM)


def cut(lines: Sequence[Content], width: int, height: int, more: str) -> list[Content]:
    """As many lines as there is room for; the last of them says `more` where some are left out."""
    if len(lines) <= height:
        return list(lines)
    return [*lines[: max(height - 1, 0)], fit(put(more, "$dim"), width)]
