"""The host: one process that holds the table, writes the save, and lets people in over ssh."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Any, NamedTuple

from asyncssh import SSHKey
from textual.driver import Driver

from wargame.errors import CannotWrite, SaveError, WargameError
from wargame.host.course import Course
from wargame.host.door import Door, listen
from wargame.host.draft import Draft, Recalled
from wargame.host.driver import run_app
from wargame.host.hostfile import HostFile
from wargame.host.keys import Authorized, host_key
from wargame.host.leisure import BY_ITSELF, Leisure
from wargame.host.line import Line
from wargame.host.phrases import Phrases
from wargame.host.room import HELD, Room
from wargame.host.visitor import Visitor
from wargame.rules.moves import Move
from wargame.table import Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.settings import config_path, load
from wargame.tui.stage import uncollected
from wargame.tui.terminal.leaving import Leaving
from wargame.tui.viewer import WHITE_CELL
from wargame.words.pages import room as say

DRAFTS, TALKED = "drafts", "talked"
"""Sections of a host's file besides those of its room: what was drafted, who has done talking."""
AGAIN = 1.0
"""Seconds after which what a disk has refused is tried again."""


EVERYWHERE = ("", "0.0.0.0", "::")
"""What to listen at for all addresses of this machine."""


def own_address() -> str:
    """Return the address of this machine on its network; "" where it has none. Nothing is sent."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(("192.0.2.1", 9))
        return str(asked.getsockname()[0])
    return ""


class Opening(NamedTuple):
    """How a host opens: where it listens, who sits at its console, who comes in without a phrase.

    `held`: nothing moves until the white cell lets go, for the room has to fill; None: as the last host left
    it. `renew` are logins that get another phrase.
    """

    address: str = "127.0.0.1"
    port: int = 8022
    who: str = ""
    held: bool | None = False
    observers: bool = False
    authorized: Authorized = MappingProxyType({})
    renew: tuple[str, ...] = ()


class Host:
    """One evening's host. Raises `SaveError` for a host file that is none, `CannotWrite`, `OSError`."""

    def __init__(self, table: Table, opening: Opening, key: SSHKey) -> None:
        self.table, self.opening, self.key = table, opening, key
        self.file = HostFile.beside(table.save.path) if table.save is not None else None
        self._behind = False
        self._writing: asyncio.Task[None] | None = None
        self._closing = False
        self._unkept, self._stopped = "", (0, "")
        kept = self.file.read() if self.file is not None else {}
        talked = kept.get(TALKED)
        self.course = Course(
            table,
            keep=self._keep_prepared,
            drafts=self._drafts(kept.get(DRAFTS)),
            talked=[seat for seat in table.people() if isinstance(talked, list) and seat in talked],
            held=kept.get(HELD) is True if opening.held is None else opening.held,
        )
        observers = opening.observers or (table.exercise is not None and table.exercise.observers)
        self.room = Room(
            self.course,
            observers=observers,
            journal=self.journal,
            trouble=self.trouble,
            keep=self._keep_of_room,
            kept=kept,
        )
        self.phrases, self.fresh = self._phrases()
        """Who may come in with which phrase, and what those are that are new: they can be read this once."""
        self.door: Door | None = None
        self.log: list[str] = []
        self._lines: set[Line] = set()

    @property
    def address(self) -> str:
        """Return the address that people type: that of this machine where it listens everywhere."""
        said = self.opening.address
        return own_address() if said in EVERYWHERE else said

    # --- what outlasts it ----------------------------------------------------------------------------------

    def _phrases(self) -> tuple[Phrases, dict[str, str]]:
        """Return the phrases, and in clear those that are new. `WargameError` for a login that is none."""
        kept = Phrases.of(self.file) if self.file is not None else None
        if kept is None:
            return Phrases.new(self.room.logins, self.file)
        for login in self.opening.renew:
            if login not in self.room.logins:
                raise WargameError(say.no_such_login(login, self.room.logins))
        lacking = [login for login in self.room.logins if login not in kept.logins]
        return kept, {login: kept.renew(login) for login in (*lacking, *self.opening.renew)}

    def _drafts(self, kept: Any) -> Mapping[str, Recalled]:
        """Return what seats had prepared for the turns that are on when the last host died."""
        state, found = self.table.game.state, {}
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            for seat, draft in kept.items():
                if draft["turn"] == [state.round, state.phase] and seat in self.table.people():
                    moves = tuple(Move.from_plain(move) for move in draft["moves"])
                    found[seat] = Recalled(moves, draft.get("ready") is True)
        return found

    def _keep_prepared(self, drafts: Mapping[str, Draft], talked: Collection[str]) -> None:
        plain = {
            seat: {
                "turn": list(draft.turn),
                "moves": [move.to_plain() for move in draft.moves],
                "ready": draft.ready,
            }
            for seat, draft in drafts.items()
        }
        self._keep(**{DRAFTS: plain, TALKED: sorted(talked)})

    def _keep_of_room(self, section: str, kept: Any) -> None:
        """Keep what the room says of itself, but not that everybody leaves when the door closes."""
        if not self._closing:
            self._keep(**{section: kept})

    def _keep(self, **sections: Any) -> None:
        """Keep these as they are now: at once where a host that dies leaves them, then on the medium.

        For that there is a thread; of many changes in a row the last one counts.
        """
        if self.file is None:
            return
        self._behind = True
        try:
            self.file.write_ahead(**sections)
        except SaveError as error:
            self._unkept = str(error)
        if self._writing is None or self._writing.done():
            with suppress(RuntimeError):  # before the loop runs there is nothing to keep
                self._writing = asyncio.get_running_loop().create_task(self._write(self.file))

    async def _write(self, file: HostFile) -> None:
        """Put on the medium what has changed; what a disk refuses is tried again until it takes it."""
        while self._behind:
            self._behind = False
            try:
                await asyncio.to_thread(file.catch_up)
                self._unkept = ""
            except SaveError as error:
                self._unkept, self._behind = str(error), True
                if self._closing:
                    return
                await asyncio.sleep(AGAIN)

    def trouble(self) -> str:
        """Return why a disk does not take what is to be kept; "" while it does."""
        beats, stopped = self._stopped
        refused = self.table.save.refused if self.table.save is not None else None
        if refused is not None:
            return str(refused)
        return stopped if stopped and beats == len(self.table.beats) else self._unkept

    def journal(self, said: str) -> None:
        """Keep a line about the evening: who came and went, and what was tried at the door."""
        self.log.append(said)
        with suppress(WargameError):
            self.table.write("door", text=said)

    # --- running -------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Open the door, and let a thread see to the disk. Raises `OSError` where nobody can listen."""
        loop = asyncio.get_running_loop()

        def soon(do: Callable[[], object]) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(do)

        self.table.sync_late(soon)
        self._keep_of_room(HELD, self.course.held)
        self.door = await listen(
            self.opening.address,
            self.opening.port,
            key=self.key,
            admits=self._admits,
            opens=self._opens,
            journal=self.journal,
            authorized={
                login: keys for login, keys in self.opening.authorized.items() if login in self.room.logins
            },
        )

    def _admits(self, name: str, typed: str) -> bool:
        known = self.room.login_of(name)
        return self.phrases.check(known[0] if known else "", typed)

    async def _opens(self, visitor: Visitor, line: Line) -> None:
        app: WargameApp | None = None

        def made(driver: type[Driver]) -> WargameApp:
            nonlocal app
            app = self.room.enter(visitor.login, driver)
            return app

        self._lines.add(line)
        try:
            await run_app(visitor, line, made, self.journal)
        finally:
            self._lines.discard(line)
            if app is not None:
                self.room.leave(app)

    def heard(self) -> float:
        """Return when somebody last typed, by the steady clock."""
        return max((line.heard for line in self._lines), default=0.0)

    async def lead(self) -> None:
        """Lead the table; a disk that will not take a move is tried again until it does."""
        while True:
            try:
                await self.course.run()
            except CannotWrite as error:
                self._stopped = len(self.table.beats), str(error)
                await asyncio.sleep(AGAIN)

    async def close(self) -> None:
        """Close the door, let everybody's screen end, and keep what there is to keep."""
        self._closing = True
        if self.door is not None:
            await self.door.close()
        if self._writing is not None:
            await self._writing
        if self.file is not None:
            await self._write(self.file)
            if not self._behind:
                self.file.settle()


async def run(host: Host, console: WargameApp | None, told: Callable[[Host], object]) -> None:
    """Hold the table until its console is left, or without one until a signal comes."""
    await host.open()
    told(host)
    with uncollected(BY_ITSELF):
        await _held(host, console)


async def _held(host: Host, console: WargameApp | None) -> None:
    leading = asyncio.create_task(host.lead(), name="course")
    leisure = asyncio.create_task(Leisure(host.heard).run(), name="leisure")
    try:
        if console is not None:
            await asyncio.to_thread(sys.stdin.readline)  # what has been told is read before it is covered
            await console.run_async()
        else:
            await _until_told()
    finally:
        for task in (leading, leisure):
            task.cancel()
        await asyncio.gather(leading, leisure, return_exceptions=True)
        await host.close()


async def _until_told() -> None:
    ends, loop = asyncio.Event(), asyncio.get_running_loop()
    with _signals(loop, ends.set):
        await ends.wait()


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> Iterator[None]:
    names = [number for name in ("SIGTERM", "SIGINT", "SIGHUP") if (number := getattr(signal, name, None))]
    before = {number: signal.getsignal(number) for number in names}
    for number in names:
        try:
            loop.add_signal_handler(number, call)
        except NotImplementedError:  # on Windows
            signal.signal(number, lambda *_told: loop.call_soon_threadsafe(call))
    try:
        yield
    finally:
        for number, handler in before.items():
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, handler)


def check_listening(address: str, port: int) -> None:
    """Raise `OSError` if nobody can listen there now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        if sys.platform != "win32":  # where it would be let in beside another that listens there
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind((address, port))


def serve(
    start: Start,
    opening: Opening,
    told: Callable[[Host], object],
    before: Callable[[Table], object] = lambda _table: None,
) -> None:
    """Open a table as `start` says, and hold it for everybody until it is left.

    `before` is called with the table before anybody can come in, `told` when the door is open.

    Raises `WargameError` with a sentence, and `OSError` where nobody can listen.
    """
    table = opened(start)
    try:
        before(table)
        host = Host(table, opening, host_key())
        at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        console = _console(host, opening) if at_terminal else None
        if console is None:
            asyncio.run(run(host, None, told))
        else:
            with Leaving(console):
                asyncio.run(run(host, console, told))
    finally:
        table.close()


def _console(host: Host, opening: Opening) -> WargameApp:
    config = config_path()
    app = WargameApp(
        Start(facilitator=opening.who), load(config), config, viewer=WHITE_CELL, whole=host.table
    )
    host.room.has_console(app, opening.who)
    return app


def opened(start: Start) -> Table:
    """Return the table that is to be held. Raises `WargameError`."""
    from wargame.tui import opening  # noqa: PLC0415  (it is named like what a host opens with)

    match start.kind:
        case "resume":
            return opening.resumed(start)
        case "exercise":
            return opening.prepared(start)
    return opening.started(start, None)
