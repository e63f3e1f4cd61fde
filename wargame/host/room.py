"""Who is in the room: people at seats, the wall, the white cell, observers; who holds which pen.

Each visitor gets a program of their own with a face of the table; only the white cell gets the table itself.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from typing import Any

from textual.app import App
from textual.driver import Driver

from wargame.errors import IllegalMove
from wargame.host.course import Course
from wargame.host.face import Face
from wargame.host.memories import from_plain, to_plain
from wargame.host.wall import RoomWall
from wargame.record import clean
from wargame.table.live import PublicLine
from wargame.table.requests import call
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.kit.hosted import Person, Presence
from wargame.tui.kit.precedence import Precedence
from wargame.tui.kit.press import read_at, unread
from wargame.tui.settings import USUAL, Settings
from wargame.tui.viewer import ROOM, WHITE_CELL, Viewer, already_shown
from wargame.words import Words
from wargame.words.pages import room as say

WALL, WHITE, OBSERVER = "wall", "white", "observer"
"""The logins that are no seats."""
LONGEST_NAME = 40
LOGIN = re.compile(r"([a-z0-9_-]+)(?:[.+](.*))?", re.DOTALL)
"""A login with the name of a person: `japan.yuki`."""
MOST_NAMES = 100
"""Logins and names of whom it is kept what they have been shown; of more, those who came to it last."""
SHOWN, PENS, HELD = "shown", "pens", "held"
"""Sections of a host's file: what viewers have been shown, who writes for seats, whether all is held."""
TOLD = "told"
"""Up to which public event a wall has told, in what is kept of it."""
BETWEEN_CALLS = 30.0
"""Seconds between two calls of a seat for the white cell."""


@dataclass(eq=False)
class Guest:
    """Somebody who is in. `seat` is "" for those who play none; `who` is their name, or "" ."""

    login: str
    seat: str
    who: str
    since: float
    app: WargameApp = field(init=False)
    face: Face | None = None
    at_console: bool = False
    """Whether it is the white cell, which plays a seat from its own screen."""

    @property
    def name(self) -> str:
        """Return what others call them."""
        return f"{self.login}.{self.who}" if self.who else self.login


class Room:
    """The people at a hosted table. `journal` is told in a sentence who takes a pen or plays a seat.

    `trouble` says why a disk does not take what is to be kept, or "". `keep` is told a section of the host's
    file and what is to stand there, whenever that has changed: what everybody has been shown, who writes for
    each seat, whether the table is held. With what was `kept` so everybody is where they were.
    """

    def __init__(
        self,
        course: Course,
        *,
        observers: bool = False,
        settings: Settings = USUAL,
        journal: Callable[[str], object] = lambda _said: None,
        steady: Callable[[], float] = time.monotonic,
        trouble: Callable[[], str] = lambda: "",
        keep: Callable[[str, Any], object] = lambda _section, _kept: None,
        kept: Mapping[str, Any] | None = None,
    ) -> None:
        self.course = course
        self.table = course.table
        self.observers = observers
        self.settings = settings
        """How screens look until somebody changes theirs."""
        self.journal = journal
        self.steady = steady
        self.guests: list[Guest] = []
        self._precedence = Precedence()
        self._pens: dict[str, Guest] = {}
        self._before: dict[str, Guest] = {}
        """Who wrote for a seat before a console took it."""
        self._asks: dict[str, Guest] = {}
        self._called: dict[str, float] = {}
        self.trouble, self._keep = trouble, keep
        self._memories, self._writers = _section(kept, SHOWN), _section(kept, PENS)
        self._awaited = dict(self._writers)
        """Whom the pen of a seat goes to when they come back: by name, who had it when a host ended."""

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

    def enter(self, name: str, driver: type[Driver] | None = None) -> WargameApp:
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
                guest.app = RoomWall(guest.face, settings, driver, *self._wall_memory(guest))
            else:
                guest.app = self._app(guest, guest.face, settings, driver)
        guest.app.precedence = self._precedence
        if seat:
            guest.app.pass_pen = lambda: self.pen(guest)
            guest.app.call_white_cell = lambda: self.call(guest)
        if login == WHITE:
            guest.app.room = Console(self, guest, say.OTHERS_STAY)
        self.guests.append(guest)
        if seat and seat not in self._pens:
            self._hand_pen(seat, guest)
        elif self._awaited.get(seat) == guest.name and not self._pens[seat].at_console:
            self._give_pen(seat, guest)
        self._changed()
        return guest.app

    def has_console(self, app: WargameApp, who: str) -> None:
        """Let the program at the host's own keyboard be a console of the white cell."""
        guest = Guest(WHITE, "", who, self.steady())
        guest.app = app
        app.precedence = self._precedence
        app.room = Console(self, guest, say.DOOR_CLOSES)
        self.guests.append(guest)

    def leave(self, app: WargameApp) -> None:
        """Note that somebody has gone; the pen goes to who has been there longest."""
        self._precedence.goes(app)
        for guest in [one for one in self.guests if one.app is app]:
            if guest.at_console:
                self.give_back(guest)
                continue
            self._let_go(guest)

    def _app(self, guest: Guest, face: Face, settings: Settings, driver: type[Driver] | None) -> WargameApp:
        """Return the program of who looks on or plays a seat, who may have been there, or of their team."""
        kept = self._memories.get(guest.name, self._memories.get(guest.login))
        memory, messages = from_plain(kept, face.beats)
        viewer = Viewer.of_seat(guest.seat) if guest.seat else ROOM
        app = WargameApp(Start(), settings, viewer=viewer, table=face, remembered=memory, driver=driver)
        if guest.seat:
            read_at(app)[guest.seat] = set(face.messages(guest.seat)[:messages])
        app.session.remembers = partial(self._note, guest, face)
        return app

    def _note(self, guest: Guest, face: Face) -> None:
        """Note what somebody has been shown, once they sit at the table."""
        session = guest.app.session
        if session.table is None:
            return
        messages, new = face.messages(guest.seat or None), unread(guest.app, face, guest.seat)
        now = to_plain(session.memory(), messages.index(new[0]) if new else len(messages))
        if now != self._memories.get(guest.name):
            for name in {guest.login, guest.name}:
                self._memories.pop(name, None)
                self._memories[name] = now
            self._keep_memories()

    def _keep_memories(self) -> None:
        for name in list(self._memories)[:-MOST_NAMES]:
            del self._memories[name]
        self._keep(SHOWN, dict(self._memories))

    def _wall_memory(self, guest: Guest) -> tuple[int, Callable[[int], None]]:
        """Return up to which public event a wall has told, and what notes that it has told more.

        One that is new begins with what has come since people last decided or talked.
        """

        def note(told: int) -> None:
            if self._memories.get(guest.name) != {TOLD: told}:
                self._memories.pop(guest.name, None)
                self._memories[guest.name] = {TOLD: told}
                self._keep_memories()

        told = _section(self._memories, guest.name).get(TOLD)
        if type(told) is not int or told <= 0:
            line = PublicLine(self.table.scenario.seat_ids)
            line.follow(self.table.beats)
            told, _mark = line.at(already_shown(self.table))
        return told, note

    def _let_go(self, guest: Guest, said: str = "") -> None:
        self.guests.remove(guest)
        if guest.face is not None:
            guest.face.close()
            self.course.forget(guest.face)
        if self._asks.get(guest.seat) is guest:
            del self._asks[guest.seat]
        if guest.seat and self._pens.get(guest.seat) is guest:
            del self._pens[guest.seat]
            if others := self.at(guest.seat):
                self._give_pen(guest.seat, self._next_writer(others) if guest.at_console else others[0])
        if said:
            self.journal(said)
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
        if holder is guest or holder is None:
            return ""
        return say.PLAYED_AT_CONSOLE if holder.at_console else say.holds_the_pen(holder.name)

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
            self._awaited.pop(seat, None)
            self._give_pen(seat, after)
            return say.pen_passed(after.name)
        if holder.at_console:
            return say.PLAYED_AT_CONSOLE
        self._asks[seat] = guest
        holder.app.notify(say.pen_asked(guest.name), markup=False)
        return say.pen_wanted(holder.name)

    def _next_writer(self, others: Sequence[Guest]) -> Guest:
        """Return who wrote for a seat before a console played it, if they are in, else who came first."""
        before, name = self._before.pop(others[0].seat, None), self._writers.get(others[0].seat)
        return min(others, key=lambda one: (one is not before, one.name != name))

    def _hand_pen(self, seat: str, guest: Guest) -> None:
        """Let somebody write for a seat. Who of its team that is is kept, also while a console plays it."""
        self._pens[seat] = guest
        if guest.at_console:
            return
        if self._awaited.get(seat) == guest.name:
            del self._awaited[seat]
        self._writers[seat] = guest.name
        self._keep(PENS, self._writers | self._awaited)

    def _give_pen(self, seat: str, guest: Guest) -> None:
        self._hand_pen(seat, guest)
        guest.app.notify(say.PEN_YOURS, markup=False)
        self.journal(say.pen_goes(guest.name))
        self._changed()

    # --- the white cell ----------------------------------------------------------------------------------

    def call(self, guest: Guest) -> str:
        """Ask for the white cell in the name of a seat, once at a time; return what there is to say of it."""
        if guest.face is not None and guest.face.called:
            return say.CALLED
        wait = self._called.get(guest.seat, -BETWEEN_CALLS) + BETWEEN_CALLS - self.steady()
        if wait > 0:
            return say.call_again(ceil(wait))
        call(self.table, guest.seat, guest.who)
        self._called[guest.seat] = self.steady()
        return say.CALLED_NOW

    def hold(self) -> str:
        """Hold the table, or let it go on; return what there is to say of it."""
        self.course.hold(not self.course.held)
        self._keep(HELD, self.course.held)
        said = say.HELD_NOW if self.course.held else say.LET_GO
        self.journal(said)
        return said

    def take_seat(self, cell: Guest, seat: str) -> Guest:
        """Let the white cell play a seat from its console; whoever is in at that seat looks on meanwhile.

        Raises `IllegalMove` for a seat that is no person's, or that is played from a console already.
        """
        if seat not in self.table.people():
            raise IllegalMove(say.NOT_A_PERSONS)
        if any(one.at_console for one in self.at(seat)):
            raise IllegalMove(say.IS_PLAYED)
        guest = Guest(seat, seat, cell.who, self.steady(), at_console=True)
        guest.app, guest.face = cell.app, self.course.face(seat, lambda: self._why_not(guest))
        guest.face.opens_console = True
        self.guests.append(guest)
        self._asks.pop(seat, None)
        if holder := self._pens.get(seat):
            self._before[seat] = holder
        self._hand_pen(seat, guest)
        self.journal(say.plays_here(guest.who, Words(self.table.scenario).seat(seat)))
        self._changed()
        return guest

    def give_back(self, guest: Guest) -> None:
        """End that the white cell plays a seat from its console."""
        if guest in self.guests:
            self._let_go(guest, say.played_here(guest.who, Words(self.table.scenario).seat(guest.seat)))

    # --- who is in, for all to see ------------------------------------------------------------------------

    def present(self) -> list[Presence]:
        """Return who is in: every seat in order, then the other logins; and whom the table waits for."""
        waited = self.course.waited_for
        return [
            Presence(login, self.at(login), self._pens.get(login), login in waited) for login in self.logins
        ]

    def _changed(self) -> None:
        self.table.changed()


def _section(kept: Mapping[str, Any] | None, name: str) -> dict[str, Any]:
    """Return a part of what was kept; empty where there is none that makes sense."""
    found = (kept or {}).get(name)
    return dict(found) if isinstance(found, Mapping) else {}


class Console:
    """The room as one console of the white cell has it. What is done there is done in its person's name.

    `on_leaving` says what happens to the others when it is left.
    """

    def __init__(self, room: Room, guest: Guest, on_leaving: str) -> None:
        self.room, self.guest, self.on_leaving = room, guest, on_leaving

    @property
    def held(self) -> bool:
        """Return whether the table is held."""
        return self.room.course.held

    @property
    def trouble(self) -> str:
        """Return why the disk does not take what is to be kept; "" while it does."""
        return self.room.trouble()

    def hold(self) -> str:
        """Hold the table or let it go; return what there is to say of it."""
        return self.room.hold()

    def present(self) -> list[Presence]:
        """Return who is in."""
        return self.room.present()

    def watch(self, person: Person) -> App[Any]:
        """Return the program that somebody is at, to look at their screen; the journal says so."""
        known = self.room.table.scenario.seat_ids
        whose = Words(self.room.table.scenario).seat(person.login) if person.login in known else ""
        self.room.journal(say.looked(self.guest.who, whose, person.name))
        return person.app

    def play_seat(self, seat: str) -> tuple[Face, Callable[[], object]]:
        """Take a seat; return its face of the table, and what gives it back. Raises `IllegalMove`."""
        guest = self.room.take_seat(self.guest, seat)
        assert guest.face is not None
        return guest.face, lambda: self.room.give_back(guest)
