"""Rows beside or above a long text: the page keys scroll the text, for the rows themselves are few."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from wargame.tui.actions import bindings
from wargame.tui.kit.rows import Rows


class Index(Rows):
    """The text is the screen's `VerticalScroll` with the id `text`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("page-on", "page-back")

    def action_page(self, by: int) -> None:
        """Scroll the text by a page."""
        text = self.screen.query_one("#text", VerticalScroll)
        if by > 0:
            text.scroll_page_down(animate=False)
        else:
            text.scroll_page_up(animate=False)
