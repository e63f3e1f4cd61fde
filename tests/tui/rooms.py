"""A hosted table with its white cell before a console, and people who come in at screens of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from tests.host.tables import Hosted
from tests.tui.boards import LARGE, mill
from tests.tui.desks import Desk
from tests.tui.games import settled
from tests.tui.halls import SEATS
from wargame.content.exercise_check import Messages
from wargame.host.room import Guest, Room
from wargame.record import Player
from wargame.table import Facilitator, Table
from wargame.tui.app import WargameApp
from wargame.tui.settings import Settings

AS_DARK = Settings(theme="dark", animations=False)
WHY = "Half-time."
TITLE = "A crate breaks open on the quay"
TEXT = "A seaman films the spill before he is told to stop, and by noon every paper has the picture."
CARD = {"title": TITLE, "text": TEXT, "effects": [{"shift": {"track": "heat", "by": 1}}]}


def a_room(*, messages: bool = True) -> Room:
    """A room of three seats in the first orders; an inject is set for round 2."""
    people = {seat: Player("person", seat.title()) for seat in SEATS}
    table = Table.start(mill(), people, seed=3, rounds=3)
    table.press = Messages() if messages else None
    hosted = Hosted(table).past_talk()
    Facilitator(table, "Kim").improvise(CARD, WHY, round=2, to=SEATS[:1])

    def journal(said: str) -> None:
        table.write("door", text=said)

    return Room(hosted.course, observers=True, settings=AS_DARK, journal=journal, steady=hosted.watch)


class Cell(Desk):
    """The white cell at the console of a room."""

    def __init__(self, room: Room, app: WargameApp, pilot: Pilot[Any]) -> None:
        super().__init__(app, pilot)
        self.room = room

    def comes(self, name: str) -> Guest:
        """Let somebody in; their program is theirs to run."""
        self.room.enter(name)
        return self.room.guests[-1]

    async def waits(self, text: str, *, gone: bool = False, seconds: float = 1.0) -> None:
        """Wait, without a key, until that stands on the screen, or does no more."""
        for _ in range(int(seconds / 0.05)):
            if (text in self.text) is not gone:
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"{text!r} in\n{self.text}")


@asynccontextmanager
async def a_cell(room: Room | None = None, size: tuple[int, int] = LARGE) -> AsyncIterator[Cell]:
    """Kim before the console of a room."""
    room = room or a_room()
    app = room.enter("white.Kim")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield Cell(room, app, pilot)
