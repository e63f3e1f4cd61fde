"""What has happened so far, as the viewer saw it, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.tui.actions import bindings
from wargame.tui.screens.base import PageScreen
from wargame.tui.widgets.news import log_lines
from wargame.tui.widgets.paint import HEAD, put

EVERYTHING = 1000


class LogScreen(PageScreen):
    """The log from end to beginning."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back")

    def top(self, width: int) -> Sequence[Content]:
        return [put(" THE LOG, newest first", HEAD)]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        return log_lines(self.lens, width, EVERYTHING)

    def action_log(self) -> None:
        self.leave()
