"""A host that has died and is started again: everybody is where they were, whatever its file holds."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.host.clients import KEY
from tests.host.tables import Hosted, first
from tests.rules.boards import mini
from tests.tui.halls import SEATS
from wargame.content.exercise_check import Messages
from wargame.host.hostfile import HostFile
from wargame.host.memories import from_plain, to_plain
from wargame.host.room import MOST_NAMES, Guest
from wargame.host.serve import SHOWN, Host, Opening
from wargame.record import Player, Save
from wargame.rules.moves import Commit
from wargame.table import Table
from wargame.tui.kit.press import read_at, unread

ONE, OTHER, THIRD = SEATS


class Killed:
    """A host whose people lead on without screens, and what a `kill -9` leaves of it."""

    def __init__(self, folder: Path, seed: int = 3) -> None:
        people = {seat: Player("person", seat.title()) for seat in SEATS}
        self.folder = folder
        folder.mkdir(exist_ok=True)
        Table.start(mini(), people, seed=seed, rounds=2, folder=folder, name="evening").close()
        self.begin()

    def begin(self) -> None:
        table = Table._resumed(Save.open(self.folder / "evening.wargame"))
        table.press = Messages()
        self.host = Host(table, Opening(), KEY)

    def kill(self) -> None:
        """Let go of the save as the death of a process does, then begin again with what lies there."""
        assert self.host.table.save is not None
        self.host.table.save.close()
        self.begin()

    def comes(self, name: str) -> Guest:
        """Let somebody come in, without a screen: their session begins all the same."""
        self.host.room.enter(name)
        guest = self.host.room.guests[-1]
        guest.app.session.begin(guest.app.start)
        return guest

    def everybody(self) -> dict[str, Guest]:
        return {seat: self.comes(seat) for seat in SEATS}


def lead_on(guest: Guest) -> None:
    """Go on from a page without a decision."""
    state = guest.app.session.state
    if state == "talk":
        guest.app.session.ask("done")
    elif state in ("news", "meeting", "briefing"):
        guest.app.session.ask("done")


def to_orders(guests: dict[str, Guest]) -> None:
    for _ in range(8):
        for guest in guests.values():
            lead_on(guest)
    assert {guest.app.session.state for guest in guests.values()} <= {"orders", "watch"}


def test_everybody_comes_back_to_the_page_they_were_on(tmp_path: Path) -> None:
    """What has been gone through is not told again, to nobody."""
    killed = Killed(tmp_path)
    before = killed.everybody()
    to_orders(before)
    killed.kill()
    after = killed.everybody()

    for seat in SEATS:
        assert after[seat].app.session.state == before[seat].app.session.state, seat
