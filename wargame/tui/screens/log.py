"""What has happened so far, as the viewer saw it, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.tui.actions import bindings
from wargame.tui.screens.base import TableScreen
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.news import log_lines
from wargame.tui.widgets.paint import HEAD, put

EVERYTHING = 1000


class LogScreen(TableScreen[None]):
    """The log from end to beginning; any way out goes back."""

    AUTO_FOCUS = "#about"
    BINDINGS: ClassVar[list[BindingType]] = bindings("back")

    def widths(self) -> tuple[int, int, int]:
        return 0, self.size.width, 0

    def top(self, width: int) -> Sequence[Content]:
        return [put(" THE LOG, newest first", HEAD)]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        return log_lines(self.lens, width, EVERYTHING)

    def hints(self, lit: str) -> Sequence[Hint]:
        return [Hint("Esc", "back", "back"), Hint("↑↓", "scroll"), Hint("F1", "help", "app.help")]

    def do(self, lit: str) -> None:
        self.dismiss()

    def action_log(self) -> None:
        self.dismiss()

    def action_back(self) -> None:
        self.dismiss()
