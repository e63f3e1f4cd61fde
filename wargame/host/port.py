"""What leads from a viewer's face to the table: what that viewer may do and know, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from wargame.errors import IllegalMove
from wargame.host.clock import TableClock
from wargame.host.face import NOT_YOURS, Look
from wargame.rules.moves import Move
from wargame.table import Table
from wargame.table.seen import SeenTimers
from wargame.table.table_records import Asked, Beat


class Led(Protocol):
    """Whoever leads the table, as far as it minds seats."""

    table: Table

    def look(self, seat: str | None) -> Look: ...
    def play(self, seat: str, move: Move) -> Beat: ...
    def undo(self, seat: str) -> Move: ...
    def can_undo(self, seat: str) -> bool: ...
    def reopen(self, seat: str) -> None: ...
    def end_talk(self, seat: str) -> None: ...


class SeatPort:
    """What one viewer's face may ask of the course. `may` says why that person may not move now, or "".

    It says for whom, and nothing else leads out of it.
    """

    def __init__(self, course: Led, seat: str | None, may: Callable[[], str]) -> None:
        self.__course, self.__seat, self.__may = course, seat, may

    @property
    def timers(self) -> SeenTimers:
        return TableClock(self.__course.table)

    def look(self) -> Look:
        return self.__course.look(self.__seat)

    def why_not(self) -> str:
        return self.__may()

    def play(self, move: Move) -> Beat:
        return self.__course.play(self._own, move)

    def undo(self) -> Move:
        return self.__course.undo(self._own)

    def can_undo(self) -> bool:
        return self.__seat is not None and self.__course.can_undo(self.__seat)

    def reopen(self) -> None:
        self.__course.reopen(self._own)

    def end_talk(self) -> None:
        self.__course.end_talk(self._own)

    def aside(self, asked: Sequence[str], line: str) -> None:
        self.__course.table.aside(self._own, asked, line)

    def asked(self, answered: bool) -> Asked:
        return self.__course.table.asked(self.__seat or "", answered=answered)

    def answers(self) -> tuple[str, dict[str, int]]:
        return self.__course.table.answers(self.__seat or "")

    def give_reason(self, text: str) -> None:
        self.__course.table.give_reason(self._own, text)

    def predict(self, question: str, percent: int) -> None:
        self.__course.table.predict(self._own, question, percent)

    def outcomes(self) -> dict[str, bool]:
        return self.__course.table.outcomes()

    def send(self, to: Sequence[str], text: str) -> None:
        self.__course.table.send(self._own, to, text)

    def why_not_write(self) -> str:
        return self.__may() or self.__course.table.why_not_write(self.__seat or "")

    def estimate(self, percent: int) -> None:
        self.__course.table.estimate(self._own, percent)

    @property
    def _own(self) -> str:
        """Return the seat that acts. `IllegalMove` for whoever may not act for it now."""
        if self.__seat is None:
            raise IllegalMove(NOT_YOURS)
        if why := self.__may():
            raise IllegalMove(why)
        return self.__seat
