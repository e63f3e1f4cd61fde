"""A pane in a border with a title, of which a key paints only the lines that differ."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from wargame.tui.widgets.frame import SIDES, framed
from wargame.tui.widgets.lines import Lines
from wargame.tui.widgets.paint import DIM, put

WHEEL = 3
"""Lines that a turn of the wheel scrolls."""


class Pane(Lines):
    """Lines in a frame that fills the pane; what is longer scrolls within it.

    The frame is painted with the lines, so that nothing is laid out anew.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._told: tuple[Content, Content, Content, str] = (Content(""), Content(""), Content(""), "")
        self._body: Sequence[Content] = ()
        self._top = 0

    def tell(
        self, title: Content, corner: Content, lines: Sequence[Content], foot: Content, edge: str
    ) -> None:
        """Show these lines under `title`, with `corner` at its right and `foot` below; `edge` is a style."""
        self._told, self._body = (title, corner, foot, edge), lines
        self._frame()

    @property
    def room(self) -> int:
        """The lines that can be seen at a time."""
        return max(self.size.height - 2, 1)

    def _frame(self) -> None:
        (title, corner, foot, edge), width = self._told, self.size.width
        if width <= SIDES:
            return
        self._top = max(min(self._top, len(self._body) - self.room), 0)
        shown = self._body[self._top : self._top + self.room]
        blank = [Content("")] * (self.room - len(shown))
        below = len(self._body) - self._top - len(shown)
        if below > 0:
            foot = put(f"↓ {below} PgDn", DIM)
        self.show(framed(title, corner, [("", [*shown, *blank])], foot, width, edge))

    def scroll_lines(self, by: int) -> None:
        """Scroll by so many lines, as far as there are any."""
        self._top += by
        self._frame()

    def to_top(self) -> None:
        """Go back to the first line; what is told next begins there."""
        self._top = 0

    def on_resize(self, event: events.Resize) -> None:
        self._frame()
        super().on_resize(event)

    def on_mouse_scroll_down(self) -> None:
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        self.scroll_lines(-WHEEL)
