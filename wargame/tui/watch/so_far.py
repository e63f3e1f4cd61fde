"""The board and the log as they stood after what a recap has told: nothing of what it has still to tell."""

from __future__ import annotations

from typing import Any

from wargame.table.seen import SeenTable
from wargame.tui.board.board import BoardScreen
from wargame.tui.board.log import LogScreen
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.screen import TableScreen


class SoFar(TableScreen[Any]):
    """A page that looks through the lens of a recap."""

    def __init__(self, table: SeenTable, so_far: Lens) -> None:
        self._so_far = so_far
        super().__init__(table, None)

    def begin_again(self, table: SeenTable, so_far: Lens) -> None:
        super().begin_again(table)
        self._so_far = so_far

    def look(self) -> Lens:
        return self._so_far


class BoardSoFar(SoFar, BoardScreen):
    """The board, so far."""


class LogSoFar(SoFar, LogScreen):
    """The log, so far."""
