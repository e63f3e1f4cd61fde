"""A toy room over real ssh: a small app for each visitor, and clients that look at what they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import asyncssh
import pyte
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.events import Key, Resize
from textual.geometry import Size
from textual.widgets import Static

from tests.host.proxy import Proxy
from wargame.host.door import USUAL, Door, Limits, listen
from wargame.host.driver import run_app
from wargame.host.keys import Authorized
from wargame.host.line import Line
from wargame.host.visitor import Visitor

PHRASES = {"japan": "four short words here", "rok": "other short words there", "wall": "no key out of it"}
KEY = asyncssh.generate_private_key("ssh-ed25519")
MANY = replace(USUAL, knocks_at_once=1000)
"""For tests in which all clients come from one address."""


class Toy(App[None]):
    """Shows who it is for, how large it is and what was typed; some keys do mischief."""

    BINDINGS = [("q", "quit", "quit"), ("x", "crash", "crash"), ("f", "flood", "flood")]  # noqa: RUF012

    def __init__(self, login: str, driver_class: type[Driver]) -> None:
        super().__init__(driver_class=driver_class)
        self.login = login
        self.typed = ""
        self.shape = Size()
        self.keys = 0
        self.pasted = 0

    def compose(self) -> ComposeResult:
        yield Static(id="who", markup=False)
        yield Static(id="typed", markup=False)
        yield Static(id="count", markup=False)

    def on_resize(self, event: Resize) -> None:
        self.shape = event.size
        self.show()

    def show(self) -> None:
        self.query_one("#who", Static).update(f"seat {self.login} {self.shape.width}x{self.shape.height} ●")
        self.query_one("#typed", Static).update(f"typed {self.typed[-40:]}")
        self.query_one("#count", Static).update(f"keys {self.keys}.")

    def on_key(self, event: Key) -> None:
        self.keys += 1
        if event.is_printable and event.character:
            self.typed += event.character
        self.show()

    def on_paste(self, event: Any) -> None:
        self.pasted += len(event.text)

    def action_crash(self) -> None:
        raise RuntimeError("mischief")

    def action_flood(self) -> None:
        self.set_interval(0.001, self.flood)

    def flood(self) -> None:
        self.keys += 1
        self.show()
        self.screen.refresh()


@dataclass
class Room:
    """A door that is open, with what it has told its journal and whom it has let in."""

    door: Door
    lines: list[str] = field(default_factory=list)
    apps: list[Toy] = field(default_factory=list)
    visitors: list[Visitor] = field(default_factory=list)

    def app(self, login: str) -> Toy:
        return next(app for app in reversed(self.apps) if app.login == login)


@asynccontextmanager
async def a_room(
    limits: Limits = MANY,
    authorized: Authorized | None = None,
    admits: Callable[[str, str], bool] | None = None,
    make: Callable[[str, type[Driver]], App[Any]] = Toy,
) -> AsyncIterator[Room]:
    """Open a door on loopback; in it, a toy for everybody who comes."""

    def fits(login: str, typed: str) -> bool:
        return PHRASES.get(login) == typed

    async def opens(visitor: Visitor, line: Line) -> None:
        def made(driver: type[Driver]) -> App[Any]:
            app = make(visitor.login, driver)
            if isinstance(app, Toy):
                room.apps.append(app)
            return app

        room.visitors.append(visitor)
        await run_app(visitor, line, made, room.lines.append)

    lines: list[str] = []
    door = await listen(
        "127.0.0.1", 0, key=KEY, admits=admits or fits, opens=opens, journal=lines.append,
        authorized=authorized or {}, limits=limits,
    )  # fmt: skip
    room = Room(door, lines)
    unheard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, told: unheard.append(told))
    try:
        yield room
    finally:
        await door.close()
    assert not unheard


class Screen(asyncssh.SSHClientSession[bytes]):
    """The other end: a terminal that draws what it is sent."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.sent = bytearray()
        self.blind = False  # it draws nothing any more
        self.gone = asyncio.Event()
        self.status: int | None = None
        self.chan: asyncssh.SSHClientChannel[bytes] | None = None
        self._glass = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._glass)
        self._changed = asyncio.Event()

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self.chan = chan

    def data_received(self, data: bytes, datatype: object) -> None:
        if self.blind:
            return
        self.sent += data
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        self._changed.set()

    def exit_status_received(self, status: int) -> None:
        self.status = status

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set()
        self._changed.set()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window, as far as this end can draw it."""
        assert self.chan is not None
        self._glass.resize(min(rows, 300), min(columns, 600))
        self.chan.change_terminal_size(columns, rows)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._glass.display)

    def type(self, keys: str | bytes) -> None:
        assert self.chan is not None
        self.chan.write(keys.encode() if isinstance(keys, str) else keys)

    async def shows(self, text: str, seconds: float = 20.0) -> None:
        """Wait until that stands on the screen."""
        async with asyncio.timeout(seconds):
            while text not in self.text:
                self._changed.clear()
                await self._changed.wait()


def connect(door: Door | Proxy, login: str = "japan", phrase: str | None = None, **named: Any) -> Any:
    """Return a connection to be awaited or entered, by phrase unless keys are given."""
    given = {
        "username": login,
        "password": PHRASES.get(login, "") if phrase is None else phrase,
        "known_hosts": None, "client_keys": None, "config": None, "agent_path": None,
        "preferred_auth": "publickey,password",
    }  # fmt: skip
    return asyncssh.connect("127.0.0.1", door.port, **(given | named))


async def terminal(
    conn: asyncssh.SSHClientConnection,
    columns: int = 80,
    rows: int = 24,
    term: str = "xterm-256color",
    **named: Any,
) -> Screen:
    """Return the screen of a terminal on a connection."""
    screen = Screen(columns, rows)
    given = {"term_type": term, "term_size": (columns, rows), "encoding": None}
    await conn.create_session(lambda: screen, **(given | named))
    return screen
