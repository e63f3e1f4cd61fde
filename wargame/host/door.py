"""The door: who may come in over ssh, and how little a connection can do.

An ssh server may do a hundred things; this one lets people in by phrase or key, gives each connection one
channel with one terminal, and refuses all else: commands, files, forwarding, environment. What a stranger
can make it do is bounded: connections, tries, bytes and messages a second, and what waits to be sent.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

import asyncssh
from asyncssh import SSHKey, SSHServerChannel, SSHServerConnection, SSHServerSession
from asyncssh.kex import get_default_kex_algs
from asyncssh.misc import TermModes, TermSize
from asyncssh.packet import SSHPacket

from wargame.host.gate import UNSENT, Gate
from wargame.host.keys import Authorized
from wargame.host.line import Allowance, Line
from wargame.host.visitor import Visitor, drawable
from wargame.table.pins import LONGEST, Tries
from wargame.tui.terminal.text import printable
from wargame.words.pages import host as say

VERSION: Final = "host"
"""What the server says it is, after `SSH-2.0-`."""
WINDOW: Final = 1 << 16
"""Bytes that a client may send on its channel before it must wait for us."""
LOGIN_LONGEST: Final = 8.0
"""Seconds a try at one login waits at most, whoever tried before: nobody locks a team out."""
MOST_PHRASES: Final = 3
"""Phrases that one connection may try."""
MOST_KEYS: Final = 20
"""Public keys that one connection may offer."""
LONGEST_NAME: Final = 64
MOST_SOURCES: Final = 1000
"""Addresses of which it is known how often they have knocked; of more, only of those that knock too often."""
CLOSING: Final = 3.0
"""Seconds to take leave of everybody."""
SHEDDING: Final = 10.0
"""Seconds between two lines of the journal on connections that were turned away."""
QUICK: Final = ("mlkem", "sntrup", "curve", "ecdh")
"""How the key exchanges begin that cost the host one or two milliseconds. The others of asyncssh's default
need up to thirty times as much, and a stranger may ask for any number."""

Admits = Callable[[str, str], bool]
"""Login and what was typed → may they come in? Called in a thread, two at a time at most."""
Opens = Callable[[Visitor, Line], Awaitable[None]]
"""Runs what a visitor sees, until it ends."""
Journal = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the door allows: connections, seconds and bytes."""

    knocking: int = 16  # connections that have not come in yet
    knocking_each: int = 10  # of these from one address
    each: int = 32  # connections from one address
    all: int = 64
    login: float = 90.0  # seconds to come in
    idle: float = 10.0  # seconds for one who has come in to ask for a terminal
    keepalive: float = 15.0  # seconds between two questions whether a silent client is there
    missed: int = 3  # such questions without an answer after which it is not
    knocks_second: float = 2.0  # connections that one address may begin in the long run
    knocks_at_once: float = 40.0
    bytes_second: float = 1 << 15  # that are read from one connection in the long run
    bytes_at_once: float = 1 << 17


USUAL: Final = Limits()


def refuse(_packet: SSHPacket) -> bool:
    """Refuse what a client asks of its channel."""
    return False


class Session(SSHServerSession[bytes]):
    """What happens on that channel: a terminal is asked for, then a shell; what the door opens runs in it."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._chan: SSHServerChannel[bytes] | None = None
        self._terminal: tuple[str, tuple[int, int], bool | None] | None = None
        self._line: Line | None = None
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, chan: SSHServerChannel[bytes]) -> None:
        self._chan = chan
        chan.set_write_buffer_limits(high=UNSENT, low=UNSENT // 4)

    def pty_requested(self, term_type: str, term_size: TermSize, term_modes: TermModes) -> bool:
        utf8 = term_modes.get(asyncssh.PTY_IUTF8)
        term = term_type[:LONGEST_NAME] if term_type.isprintable() else ""
        self._terminal = term, drawable(*term_size[:2]), None if utf8 is None else bool(utf8)
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        if self._line is not None:
            self._line.resized(width, height)

    def shell_requested(self) -> bool:
        return self._terminal is not None

    def exec_requested(self, command: str) -> bool:
        return False

    def subsystem_requested(self, subsystem: str) -> bool:
        return False

    def session_started(self) -> None:
        if self._chan is None or self._terminal is None:
            return
        term, size, utf8 = self._terminal
        visitor = Visitor(self._caller.login, self._caller.address, term, size, utf8)
        self._line = Line(self._chan, size)
        self._caller.begin(self._line)
        self._task = asyncio.create_task(self._run(visitor, self._line, self._chan), name="visitor")
        self._caller.door.tasks.add(self._task)
        self._task.add_done_callback(self._caller.door.tasks.discard)

    async def _run(self, visitor: Visitor, line: Line, chan: SSHServerChannel[bytes]) -> None:
        door = self._caller.door
        door.journal(say.came(visitor.login, visitor.address))
        try:
            await door.opens(visitor, line)
        except asyncio.CancelledError:
            line.last(f"{say.CLOSING}\r\n".encode())
        finally:
            door.journal(say.went(visitor.login, visitor.address))
            if not line.lost:
                with suppress(OSError):
                    chan.exit(0)
                self._caller.finish()

    def data_received(self, data: bytes, datatype: Any) -> None:
        if self._line is not None:
            self._line.received(data)

    def eof_received(self) -> bool:
        """Take the end of the input for the end of the line."""
        if self._line is not None:
            self._line.end()
        return False

    def pause_writing(self) -> None:
        if self._line is not None:
            self._line.stop("channel")

    def resume_writing(self) -> None:
        if self._line is not None:
            self._line.go_on("channel")

    def connection_lost(self, exc: Exception | None) -> None:
        """Take the end of the channel for the end of the connection: it has no other."""
        if self._line is not None:
            self._line.lose()
        self._caller.hang_up()


def base_of(username: str) -> str:
    """Return the login without the name of a person: `japan` of `japan.yuki`."""
    return username.partition(".")[0].partition("+")[0]


class Caller(asyncssh.SSHServer):
    """One connection, from its first byte on: a stranger until a phrase or a key has let it in."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.login = self.address = ""
        self.inside = False
        self._has_channel = False
        self._conn: SSHServerConnection | None = None
        self._gate: Gate | None = None
        self._phrases = self._keys = 0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def source(self) -> str:
        """The address by which tries and connections are counted: one network has many of IPv6."""
        try:
            address = ipaddress.ip_address(self.address.partition("%")[0])
        except ValueError:
            return self.address
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))

    def connection_made(self, conn: SSHServerConnection) -> None:
        self._conn = conn
        self.address = str((conn.get_extra_info("peername") or ("",))[0])
        if self.door.lets_knock(self):
            limits = self.door.limits
            due = Allowance(limits.bytes_second, limits.bytes_at_once)
            self._gate = Gate(conn, cast("asyncio.Transport", conn._transport), due)
        else:
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.door.callers.pop(self, None)
        self._later(None)

    def turn_out(self) -> None:
        """Close the connection at once."""
        if self._conn is not None:
            self._conn.abort()

    def leave(self) -> None:
        """Be turned out, and not be counted from now on."""
        self.door.callers.pop(self, None)
        self.turn_out()

    def hang_up(self) -> None:
        """Close the connection with a word to the other end."""
        if self._conn is not None:
            self._conn.close()

    def _later(self, seconds: float | None) -> None:
        """Have the connection closed after so many seconds, or not."""
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = None if seconds is None else loop.call_later(seconds, self.turn_out)

    # --- coming in -------------------------------------------------------------------------------------

    def begin_auth(self, username: str) -> bool:
        if self._conn is not None and not self.login:
            self._conn.send_auth_banner(f"{say.BANNER}\r\n")
        self.login = username[:LONGEST_NAME]
        return True

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        self._phrases += 1
        if self._phrases > MOST_PHRASES:
            self.turn_out()
            return False
        return await self.door.is_right(self, username[:LONGEST_NAME], password)

    def public_key_auth_supported(self) -> bool:
        return bool(self.door.authorized)

    def validate_public_key(self, username: str, key: SSHKey) -> bool:
        self._keys += 1
        if self._keys > MOST_KEYS:
            self.turn_out()
        return key.public_data in self.door.authorized.get(base_of(username), ())

    def auth_completed(self) -> None:
        self.inside = True
        self._later(self.door.limits.idle)

    # --- inside ----------------------------------------------------------------------------------------

    def session_requested(self) -> tuple[SSHServerChannel[bytes], Session] | bool:
        """Open the one channel there is. asyncssh would take any environment whatever the session says."""
        if self._conn is None or self._has_channel:
            return False
        self._has_channel = True
        chan = self._conn.create_server_channel(encoding=None, window=WINDOW, max_pktsize=WINDOW // 2)
        setattr(chan, "_process_env_request", refuse)  # noqa: B010  (mypy knows it as a method)
        return chan, Session(self)

    def begin(self, line: Line) -> None:
        """Take note that a terminal is there."""
        self._later(None)
        if self._gate is not None:
            self._gate.watched_by(line)

    def finish(self) -> None:
        """Let the other end hang up; it has a moment for that."""
        self._later(CLOSING)


class Door:
    """An open door. `close` closes it and takes leave of all who are inside."""

    def __init__(
        self, admits: Admits, opens: Opens, journal: Journal, authorized: Authorized, limits: Limits
    ) -> None:
        self.opens, self.journal = opens, journal
        self.authorized, self.limits = authorized, limits
        self.callers: dict[Caller, None] = {}  # in the order in which they came
        self.tasks: set[asyncio.Task[None]] = set()
        self._admits = admits
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="phrases")
        self._by_login, self._by_source = Tries(longest=LOGIN_LONGEST), Tries()
        self._knocks: dict[str, Allowance] = {}
        self._shed_count, self._shed_last = 0, ""
        self._server: asyncssh.SSHAcceptor | None = None

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return 0 if self._server is None else self._server.get_port()

    async def open(self, address: str, port: int, key: SSHKey) -> None:
        """Begin to listen. Raises `OSError` if that can't be done there."""
        self._server = await asyncssh.listen(
            address, port,
            server_factory=lambda: Caller(self), server_host_keys=[key], server_version=VERSION, config=None,
            kex_algs=[alg for name in get_default_kex_algs() if (alg := name.decode()).startswith(QUICK)],
            compression_algs=["none"],  # a few bytes may unpack to a gigabyte
            kbdint_auth=False, host_based_auth=False, gss_host=None, gss_kex=False, gss_auth=False,
            x509_trusted_certs=None, agent_forwarding=False, x11_forwarding=False, allow_scp=False,
            line_editor=False, encoding=None, rdns_lookup=False, tcp_keepalive=True,
            login_timeout=self.limits.login, keepalive_interval=self.limits.keepalive,
            keepalive_count_max=self.limits.missed,
        )  # fmt: skip

    async def close(self) -> None:
        """Let nobody in any more, end what runs for those who are, and wait for that a moment."""
        if self._server is not None:
            self._server.close()
        for task in self.tasks:
            task.cancel()
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=CLOSING)
        for caller in tuple(self.callers):
            caller.turn_out()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING):
                while self.callers:
                    await asyncio.sleep(0)
        self._threads.shutdown(wait=False, cancel_futures=True)

    # --- for callers -----------------------------------------------------------------------------------

    def lets_knock(self, caller: Caller) -> bool:
        """Return whether there is room for another connection, and count it if so."""
        source, limits = caller.source, self.limits
        strangers = [one for one in self.callers if not one.inside]
        allowed = (
            len(self.callers) < limits.all
            and sum(one.source == source for one in self.callers) < limits.each
            and sum(one.source == source for one in strangers) < limits.knocking_each
            and self._knocks_seldom(source)
            and (len(strangers) < limits.knocking or self._makes_room(source, strangers))
        )
        if allowed:
            self.callers[caller] = None
        else:
            self._shed(caller.address)
        return allowed

    def _makes_room(self, source: str, strangers: list[Caller]) -> bool:
        """Turn out the oldest stranger of the address that has most, for one that has fewer."""
        counts = Counter(one.source for one in strangers)
        crowd, most = counts.most_common(1)[0]
        if counts[source] + 1 >= most:
            return False
        oldest = next(one for one in strangers if one.source == crowd)
        self._shed(oldest.address)
        oldest.leave()
        return True

    def _knocks_seldom(self, source: str) -> bool:
        if len(self._knocks) > MOST_SOURCES:
            most = self.limits.knocks_at_once
            self._knocks = {one: knocks for one, knocks in self._knocks.items() if knocks.left < most}
        usual = Allowance(self.limits.knocks_second, self.limits.knocks_at_once)
        knocks = self._knocks.setdefault(source, usual)
        return knocks.left >= 1 and not knocks.take(1)

    def _shed(self, address: str) -> None:
        """Tell the journal that connections were turned away, once in a while."""
        self._shed_last, self._shed_count = address, self._shed_count + 1
        if self._shed_count == 1:
            asyncio.get_running_loop().call_later(SHEDDING, self._tell_of_shed)

    def _tell_of_shed(self) -> None:
        self.journal(say.turned_away(self._shed_count, self._shed_last))
        self._shed_count = 0

    def wait(self, login: str, source: str) -> float:
        """Return the seconds until a try at that login from there is looked at."""
        by_login, by_source = self._by_login.wait(login), self._by_source.wait(source)
        return max(min(by_login, LOGIN_LONGEST), min(by_source, LONGEST))

    async def is_right(self, caller: Caller, login: str, typed: str) -> bool:
        """Return whether that is the phrase of that login, after the pause that is due.

        A try counts as wrong from its beginning, for many may be made at once and any may be broken off.
        """
        named, login = login, base_of(login)
        wait = self.wait(login, caller.source)
        self._by_login.wrong(login)
        self._by_source.wrong(caller.source)
        right = False
        try:
            await asyncio.sleep(wait)
            loop = asyncio.get_running_loop()
            right = await loop.run_in_executor(self._threads, self._admits, named, typed)
        finally:
            if right:
                self._by_login.right(login)
                self._by_source.right(caller.source)
            else:
                self.journal(say.wrong(printable(login), caller.address, self.wait(login, caller.source)))
        return right


async def listen(
    address: str,
    port: int,
    *,
    key: SSHKey,
    admits: Admits,
    opens: Opens,
    journal: Journal,
    authorized: Authorized = MappingProxyType({}),
    limits: Limits = USUAL,
) -> Door:
    """Open the door at an address and port (0: any free one). Raises `OSError` if that can't be done.

    `admits` says whether a phrase lets a login in, `authorized` which keys do without one. `opens` runs what
    a visitor sees, until it returns; its exceptions are its own to handle. `journal` hears of all who come,
    go and are turned away, never of what they typed.
    """
    door = Door(admits, opens, journal, authorized, limits)
    await door.open(address, port, key)
    return door
