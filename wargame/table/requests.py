"""What seats want of the white cell and have not been given yet, read from the journal.

A seat that writes to the white cell, or calls for it, waits until it is answered: by a message to it alone,
or by a line that says it is done with. What a seat asked first is answered first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wargame.rules.moves import WHITE
from wargame.table.journal import MESSAGE, REQUEST
from wargame.table.press import message_of

if TYPE_CHECKING:
    from wargame.table.table import Table


class Request(NamedTuple):
    """What a `seat` asked in a round: its message, or with "" that the white cell may come. `who` asked.

    `nth` counts what this seat has asked, from 1.
    """

    seat: str
    nth: int
    text: str
    round: int
    who: str

    @property
    def calls(self) -> bool:
        """Whether it asks that the white cell come."""
        return not self.text


def open_requests(table: Table) -> tuple[Request, ...]:
    """Return what waits for an answer on the line that is played, the oldest first."""
    seats, asked = table.scenario.seat_ids, dict.fromkeys(table.scenario.seat_ids, 0)
    waiting: list[Request] = []
    lines = table.journal.of(MESSAGE, REQUEST)
    played = {beat.id for beat in table.beats} if lines else set()
    for line in (line for line in lines if line.about in played):
        message = message_of(line, seats)
        if message is not None and message.by == WHITE:
            answered, text = message.to[0] if len(message.to) == 1 else "", None
        elif message is not None:
            answered, text = "", message.text if WHITE in message.to else None
        elif line.kind == REQUEST and line.seat in asked:
            answered, text = ("", "") if line.data.get("on") is not False else (line.seat, None)
        else:
            continue
        if text is not None:
            asked[line.seat] += 1
            waiting.append(Request(line.seat, asked[line.seat], text, line.round, line.who))
        elif (first := next((one for one in waiting if one.seat == answered), None)) is not None:
            waiting.remove(first)
    return tuple(waiting)


def call(table: Table, seat: str, who: str = "") -> None:
    """Keep that somebody at a seat asks for the white cell. Raises `CannotWrite`."""
    table.write(REQUEST, by=seat, who=who, seat=seat, on=True)


def close(table: Table, request: Request, who: str = "") -> None:
    """Keep that a request is done with, if it still is the first of its seat. Raises `CannotWrite`."""
    if request in open_requests(table):
        table.write(REQUEST, who=who, seat=request.seat, on=False)
