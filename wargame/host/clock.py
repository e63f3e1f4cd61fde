"""The clock of a table with many screens: it runs for all at once, and no screen turns it."""

from __future__ import annotations

from wargame.content.exercise_check import TALK
from wargame.table import Table
from wargame.table.timers import Limit

CONFIRM = 30.0
"""Seconds that a seat has at least when its turn comes, where turns are limited."""


class SharedClock:
    """Lets the time of a phase run for everybody; each turn has at least `CONFIRM` seconds of it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._timed: tuple[object, ...] = ()

    def mind(self, held: bool) -> str:
        """Start, stop or go on as the table stands now; return the phase whose time is up, or ""."""
        table, state = self.table, self.table.game.state
        if table.over or table.paused or held:
            table.timers.pause()
            return ""
        phase = TALK if table.open_for_talk else state.phase
        now = (state.round, phase, state.turn, len(state.stack))
        if table.seat_to_play is None and phase != TALK:
            return ""
        if now[:2] != self._timed[:2]:
            self._timed = now
            if phase == TALK:
                table.start_clock(TALK)
            else:
                table.timers.start(phase)
        elif now != self._timed:
            self._timed = now
            if table.timers.limit(phase) is not None:
                left = max(table.timers.left or 0.0, CONFIRM)
                table.timers.take_up(phase, left)
        table.timers.go_on()
        return phase if table.timers.left == 0 else ""


class TableClock:
    """The countdown of a table, read and not turned."""

    def __init__(self, table: Table) -> None:
        self.__table = table

    @property
    def left(self) -> float | None:
        return self.__table.timers.left

    @property
    def whole(self) -> float:
        return self.__table.timers.whole

    @property
    def status(self) -> str:
        return self.__table.timers.status

    @property
    def phase(self) -> str:
        return self.__table.timers.phase

    def limit(self, phase: str) -> Limit | None:
        return self.__table.timers.limit(phase)
