"""Who is in the room: people at seats, the wall, the white cell, observers; who holds which pen.

Each visitor gets a program of their own with a face of the table; only the white cell gets the table itself.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from textual.driver import Driver

from wargame.host.course import Course
from wargame.host.face import Face
from wargame.host.wall import RoomWall
from wargame.record import clean
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.settings import USUAL, Settings
from wargame.tui.viewer import ROOM, WHITE_CELL, Viewer
from wargame.words.pages import room as say

WALL, WHITE, OBSERVER = "wall", "white", "observer"
"""The logins that are no seats."""
LONGEST_NAME = 40
LOGIN = re.compile(r"([a-z0-9_-]+)(?:[.+](.*))?", re.DOTALL)
"""A login with the name of a person: `japan.yuki`."""


@dataclass(eq=False)
class Guest:
    """Somebody who is in. `seat` is "" for those who play none; `who` is their name, or "" ."""

    login: str
    seat: str
    who: str
    since: float
    app: WargameApp = field(init=False)
    face: Face | None = None

    @property
    def name(self) -> str:
        """Return what others call them."""
        return f"{self.login}.{self.who}" if self.who else self.login


class Room:
    """The people at a hosted table. `journal` is told in one sentence who comes, goes and takes a pen."""

    def __init__(
        self,
        course: Course,
        *,
        observers: bool = False,
        settings: Settings = USUAL,
        journal: Callable[[str], object] = lambda _said: None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.course = course
        self.table = course.table
        self.observers = observers
        self.settings = settings
        """How screens look until somebody changes theirs."""
        self.journal = journal
        self.steady = steady
        self.guests: list[Guest] = []
        self._pens: dict[str, Guest] = {}
        self._asks: dict[str, Guest] = {}
        self._memories: dict[str, dict[str, Any]] = {}

    @property
    def logins(self) -> tuple[str, ...]:
        """Return what people may come in as."""
        return (*self.table.scenario.seat_ids, WALL, WHITE, *((OBSERVER,) if self.observers else ()))

    def login_of(self, name: str) -> tuple[str, str] | None:
        """Return the login and the person's name in what somebody calls themselves; None for a stranger."""
        match = LOGIN.fullmatch(name)
        if match is None or match[1] not in self.logins:
            return None
        return match[1], clean(match[2] or "").strip()[:LONGEST_NAME]

    # --- coming and going --------------------------------------------------------------------------------

    def enter(self, name: str, driver: type[Driver] | None = None, settings: Settings = USUAL) -> WargameApp:
        """Let somebody in, and return the program to run for them. Raises `KeyError` for a stranger."""
        known = self.login_of(name)
        if known is None:
            raise KeyError(name)
        (login, who), settings = known, self.settings
        seat = login if login in self.table.scenario.seat_ids else ""
        guest = Guest(login, seat, who, self.steady())
        if login == WHITE:
            guest.app = WargameApp(
                Start(facilitator=who or say.WHITE_CELL),
                settings,
                viewer=WHITE_CELL,
                whole=self.table,
                driver=driver,
            )
        else:
            guest.face = self.course.face(seat or None, lambda: self._why_not(guest))
            if login == WALL:
                guest.app = RoomWall(guest.face, settings, driver)
            else:
                viewer = Viewer.of_seat(seat) if seat else ROOM
                guest.app = WargameApp(
                    Start(),
                    settings,
                    viewer=viewer,
                    table=guest.face,
                    remembered=self._memories.get(login),
                    driver=driver,
                )
        if seat:
            guest.app.pass_pen = lambda: self.pen(guest)
        if login == WHITE:
            guest.app.hold = self.hold
        self.guests.append(guest)
        if seat and seat not in self._pens:
            self._pens[seat] = guest
        self.journal(say.came(guest.name))
        self._changed()
        return guest.app

    def leave(self, app: WargameApp) -> None:
        """Note that somebody has gone; the pen goes to who has been there longest."""
        guest = next((one for one in self.guests if one.app is app), None)
        if guest is None:
            return
        self.guests.remove(guest)
        if guest.login not in (WALL, WHITE):
            self._memories[guest.login] = app.session.memory()
        if guest.face is not None:
            guest.face.close()
            self.course.forget(guest.face)
        if self._asks.get(guest.seat) is guest:
            del self._asks[guest.seat]
        if guest.seat and self._pens.get(guest.seat) is guest:
            del self._pens[guest.seat]
            if others := self.at(guest.seat):
                self._give_pen(guest.seat, others[0])
        self.journal(say.went(guest.name))
        self._changed()

    def at(self, login: str) -> list[Guest]:
        """Return who is in as that, in the order in which they came."""
        return [guest for guest in self.guests if guest.login == login]

    # --- the pen -----------------------------------------------------------------------------------------

    def holds_pen(self, guest: Guest) -> bool:
        """Return whether this guest writes for the seat."""
        return bool(guest.seat) and self._pens.get(guest.seat) is guest

    def _why_not(self, guest: Guest) -> str:
        holder = self._pens.get(guest.seat)
        return "" if holder is guest or holder is None else say.holds_the_pen(holder.name)

    def pen(self, guest: Guest) -> str:
        """Pass the pen on, or ask for it; return what there is to say of it to that guest.

        Who holds it gives it to who has asked, else to the next one there.
        """
        seat, holder = guest.seat, self._pens.get(guest.seat)
        if not seat:
            return say.NO_PEN
        if holder is None or holder is guest:
            others = [one for one in self.at(seat) if one is not guest]
            if not others:
                return say.ALONE_AT_SEAT
            after = self._asks.pop(seat, others[0])
            self._give_pen(seat, after)
            return say.pen_passed(after.name)
        self._asks[seat] = guest
        holder.app.notify(say.pen_asked(guest.name), markup=False)
        return say.pen_wanted(holder.name)

    def _give_pen(self, seat: str, guest: Guest) -> None:
        self._pens[seat] = guest
        guest.app.notify(say.PEN_YOURS, markup=False)
        self.journal(say.pen_goes(guest.name))
        self._changed()

    def hold(self) -> str:
        """Hold the table, or let it go on; return what there is to say of it."""
        self.course.hold(not self.course.held)
        said = say.HELD_NOW if self.course.held else say.LET_GO
        self.journal(said)
        return said

    # --- who is in, for all to see ------------------------------------------------------------------------

    def present(self) -> Iterator[tuple[str, int, bool]]:
        """Yield each login with how many are in, and whether the table waits for it."""
        for login in self.logins:
            yield login, len(self.at(login)), login in self.course.waited_for

    def _changed(self) -> None:
        self.table.changed()
