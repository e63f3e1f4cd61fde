"""A pane in a border with a title, of which a key paints only the lines that differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content

from wargame.tui.kit.frame import SIDES, THICK, THIN, framed
from wargame.tui.kit.guard import Request
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.paint import DIM
from wargame.tui.kit.pane import below

WHEEL = 3
"""Lines that a turn of the wheel scrolls."""


class Border(NamedTuple):
    """What stands in a border: its title, what is at the right of that, what is below; `edge` is a style."""

    title: Content = Content("")
    corner: Content = Content("")
    foot: Content = Content("")
    edge: str = DIM


class FramedPane(Lines):
    """Lines in a frame that fills the pane; what is longer scrolls within it.

    The frame is painted with the lines, so that nothing is laid out anew.
    """

    class Clicked(Request):
        """Somebody has clicked on a pane."""

        def __init__(self, pane: FramedPane) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id)
        self.add_class(*classes.split())
        self._border = Border()
        self._body: Sequence[Content] = ()
        self._top = 0
        self._lit = False

    def tell(self, border: Border, lines: Sequence[Content], lit: bool = False) -> None:
        """Show these lines. A pane that is `lit` has a thick edge, on the ground of its colour."""
        self._border, self._body, self._lit = border, lines, lit
        self._frame()

    @property
    def room(self) -> int:
        """The lines that can be seen at a time."""
        return max(self.size.height - 2, 1)

    def _frame(self) -> None:
        (title, corner, foot, edge), width = self._border, self.size.width
        if width <= SIDES:
            return
        self._top = max(min(self._top, len(self._body) - self.room), 0)
        shown = self._body[self._top : self._top + self.room]
        blank = [Content("")] * (self.room - len(shown))
        if more := len(self._body) - self._top - len(shown):
            foot = below(more)
        marks = THICK if self._lit else THIN
        drawn = framed(title, corner, [("", [*shown, *blank])], foot, width, edge, marks)
        if self._lit and not self.app.current_theme.ansi:  # sixteen colours can't be mixed
            drawn = [line.stylize_before(f"on {edge} 18%") for line in drawn]
        self.show(drawn)

    def scroll_lines(self, by: int) -> None:
        """Scroll by so many lines, as far as there are any."""
        self._top += by
        self._frame()

    def to_top(self) -> None:
        """Go back to the first line; what is told next begins there."""
        if self._top:
            self._top = 0
            self._frame()

    def on_resize(self, event: events.Resize) -> None:
        self._frame()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self))

    def on_mouse_scroll_down(self) -> None:
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        self.scroll_lines(-WHEEL)
