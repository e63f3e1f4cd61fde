"""The people of a hosted table: they come in over ssh, type anything, and drop.

They live in a thread with a loop of its own, so that the monkey does one thing after the other as elsewhere.
Each is named by the login they came in as, `birch.2`; whoever is not in hears nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import asyncssh

from tests.host.clients import Client, come_in
from tests.host.proxy import NO_LINGER
from tests.host.told import kept_from
from tests.monkey.keys import Event, Hand, press
from tests.monkey.program import PATIENCE, STARVED, TO_BEGIN, Program, Trouble
from tests.monkey.walks import SEATS
from wargame.words.en.pages import home as say

KEY = asyncssh.generate_private_key("ssh-ed25519")
"""Lets everybody in, so that no phrase need be known when a game is hosted again."""
OTHERS = ("wall", "white", "observer")
RUBBISH = (
    b"GET / HTTP/1.1\r\n\r\n", b"SSH-2.0-x\r\n" + b"\xff" * 500, b"\x00" * 5000, b"SSH-2.0-" + b"y" * 5000,
)  # fmt: skip
"""What is said at the door that is no ssh."""


def write_keys(path: Path) -> None:
    """Write the file that lets everybody in, whatever is played."""
    public, logins = KEY.export_public_key().decode().strip(), (*chain(*SEATS.values()), *OTHERS)
    path.write_text("".join(f"{login} {public}\n" for login in logins), encoding="utf-8")


class Guests:
    """Who is in at a host's port. `shown` is what each was shown as long as the game was not over."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.clients: dict[str, Client] = {}
        self.shown: dict[str, set[str]] = {}
        self.over = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def _wait(self, does: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(does, self._loop).result(STARVED)

    def do(self, event: Event) -> None:
        """Let the guest of its name do it."""
        self._wait(self._do(event))

    async def _do(self, event: Event) -> None:
        client = self.clients.get(event.who)
        if client is not None and event.kind in ("come", "drop", "leave"):
            self._look(event.who)
        if event.kind == "come":
            await self._comes(event.who)
        elif event.kind == "knock":
            await self._knocks(event.bytes)
        elif client is None or client.closed.is_set():
            self.clients.pop(event.who, None)
        elif event.kind == "write":
            with suppress(OSError):
                client.process.stdin.write(event.bytes)
        elif event.kind == "size":
            client.resize(*map(int, event.what.split()))
        elif event.kind == "drop":
            client.connection.abort()
            del self.clients[event.who]
        elif event.kind == "leave":
            client.connection.close()
            del self.clients[event.who]
        elif event.kind == "stall":
            transport = client.connection._transport
            if transport is not None:
                transport.pause_reading()
                self._loop.call_later(float(event.what), transport.resume_reading)
        await asyncio.sleep(0)

    async def _comes(self, who: str) -> None:
        """Come in, if there is room; who is in under that name leaves first."""
        if before := self.clients.pop(who, None):
            before.connection.abort()
        with suppress(OSError, asyncssh.Error, TimeoutError):
            async with asyncio.timeout(PATIENCE * 4):
                self.clients[who] = await come_in(self.port, who, "", client_keys=[KEY])
                self.clients[who].apart = say.THE_RULES

    async def _knocks(self, rubbish: bytes) -> None:
        """Say something at the door that is no ssh."""
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(rubbish)
            await asyncio.sleep(0.02)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            writer.transport.abort()

    def look(self, over: bool) -> None:
        """Take note of what everybody has been shown, unless the end had been laid open by then."""
        self.over |= over
        if not self.over:
            for who in tuple(self.clients):
                self._look(who)

    def _look(self, who: str) -> None:
        if not self.over:
            self.shown.setdefault(who, set()).update(tuple(self.clients[who].painted))

    def close(self) -> None:
        """Let everybody go."""

        async def gone() -> None:
            for client in self.clients.values():
                client.connection.abort()
                client._reading.cancel()
            await asyncio.sleep(0.05)

        self._wait(gone())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()


def see_no_secret(shown: Mapping[str, set[str]], saves: Iterable[Path]) -> None:
    """See that nobody was shown in any row what they were never told. `Trouble` with who was, and what."""
    seats = {who.partition(".")[0] for who in shown}.difference(OTHERS)
    for path in saves:
        secrets = kept_from(path)
        if not seats <= secrets.keys():
            continue  # another game; what is its seats' may stand in a rulebook
        for who, rows in shown.items():
            login = who.partition(".")[0]
            for title in secrets.get(login, secrets[""]) if login != "white" else ():
                if found := next((row for row in rows if title in row), ""):
                    raise Trouble("secret", f"{login} was shown {title!r}", details=found)


FINAL = "home.final.FinalScreen"
LINE = re.compile(rb"ssh -p (\d+) (\w+)@")
OPENS = b"Enter opens"


class HostProgram(Program):
    """A host at its console, and its `guests`. `seats` are those that people may come in as."""

    guests: Guests
    seats: tuple[str, ...] = ()

    def begun(self) -> None:
        """Wait until it lets people in, and open the console."""
        if not self._in_time(lambda: OPENS in self.received, TO_BEGIN):
            raise Trouble("freeze", "the door never opens")
        lines = LINE.findall(self.received)
        self.seats = tuple(login.decode() for _port, login in lines if login.decode() not in OTHERS)
        self.guests = Guests(int(lines[0][0]) if lines else 0)
        self.do(press("\r"))
        super().begun()

    def do(self, event: Event) -> None:
        """Do it, at the console or as a guest."""
        if event.who:
            self.guests.do(event)
            self.read(event.pause)
            self._listen()
        else:
            super().do(event)
        self.guests.look(over=FINAL in self.screens)

    def close(self) -> None:
        super().close()
        if "guests" in vars(self):
            self.guests.close()


class Crowd:
    """A hand for each who is in, and one for the console; they come, drop and come again."""

    def __init__(
        self, random: Random, seats: Sequence[str], size: tuple[int, int], without: frozenset[str]
    ) -> None:
        self.random, self.seats, self.without = random, seats, without
        self._console = Hand(random, size, without)
        self._hands: dict[str, Hand] = {}

    def begin(self) -> Iterator[Event]:
        """Everybody comes, and one or two more."""
        for login in (*self.seats, "wall"):
            yield self._comes(login)
        for _ in range(self.random.randint(0, 2)):
            yield self._comes(self._login())

    def gesture(self) -> list[Event]:
        """What somebody does next."""
        who = self.random.choice(("", *self._hands)) if self.random.random() < 0.9 else ""
        roll = self.random.random()
        if roll < 0.05 or not self._hands:
            return [self._comes(self._login())]
        if roll < 0.07:
            return [Event("knock", self.random.choice(RUBBISH).decode("latin-1"), who="?")]
        if not who:
            return self._console.gesture() if self.random.random() < 0.5 else []
        if roll < 0.10:
            del self._hands[who]
            return [Event(self.random.choice(("drop", "leave")), who=who)]
        if roll < 0.13:
            return [Event("stall", str(self.random.choice((0.2, 1, 3))), who=who)]
        if roll < 0.2:
            return [press(self.random.choice(("\x1bOS", "\x1bOR", "\x1bOQ", "m")), 0.05)._replace(who=who)]
        return [
            event._replace(who=who) for event in self._hands[who].gesture() if event.kind in ("write", "size")
        ]

    def _login(self) -> str:
        login = self.random.choice((*self.seats, *self.seats, *OTHERS))
        return login if self.random.random() < 0.4 else f"{login}.{self.random.randint(1, 3)}"

    def _comes(self, who: str) -> Event:
        self._hands[who] = Hand(self.random, (120, 40), self.without | {"stop", "rest"})
        return Event("come", who=who)
