"""People who come in over ssh: real connections on loopback, each with a screen that can be read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import asyncssh
import pyte

from wargame.host.room import Guest
from wargame.host.serve import Host, Opening
from wargame.table import Table

SIZE = (120, 40)
KEY = asyncssh.generate_private_key("ssh-ed25519")


class Client:
    """One connection. `sent` is every byte that came, `painted` every row that was ever on its screen.

    What is painted while `apart` stands in the first row is left out: a rulebook names all that there may be.
    """

    apart = ""

    def __init__(self, login: str, connection: asyncssh.SSHClientConnection, process: Any) -> None:
        self.login, self.connection, self.process = login, connection, process
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = bytearray()
        self.painted: set[str] = set()
        self.closed = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with suppress(asyncssh.Error, OSError):
            while data := await self.process.stdout.read(1 << 16):
                self.sent += data
                self._stream.feed(data)
                self._take_note()
        self.closed.set()

    def _take_note(self) -> None:
        """Keep the rows that have been painted since the last look."""
        rows = self.screen.display
        if not self.apart or self.apart not in rows[0]:
            self.painted |= {rows[y].rstrip() for y in self.screen.dirty if y < len(rows)}
        self.screen.dirty.clear()

    def type(self, keys: str) -> None:
        with suppress(OSError):
            self.process.stdin.write(keys.encode())

    def shows(self, text: str) -> bool:
        return any(text in row for row in self.screen.display)

    async def sees(self, text: str) -> None:
        """Wait until that stands on the screen."""
        async with asyncio.timeout(20):
            while not self.shows(text):
                await asyncio.sleep(0.02)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        with suppress(OSError):
            self.process.change_terminal_size(columns, rows)

    async def hang_up(self) -> None:
        self.connection.close()
        with suppress(asyncssh.Error, OSError):
            await self.connection.wait_closed()
        self._reading.cancel()


async def come_in(port: int, login: str, phrase: str, **named: Any) -> Client:
    """Come in at a port of this machine; raises what asyncssh does if one may not."""
    given = {"known_hosts": None, "client_keys": None, "config": None, "agent_path": None} | named
    connection = await asyncssh.connect("127.0.0.1", port, username=login, password=phrase or None, **given)
    process = await connection.create_process(term_type="xterm-256color", term_size=SIZE, encoding=None)
    return Client(login, connection, process)


class Evening:
    """A host and the people who are in."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.clients: list[Client] = []
        self._stack = AsyncExitStack()

    @property
    def table(self) -> Table:
        return self.host.table

    async def comes(self, login: str, phrase: str = "", port: int = 0) -> Client:
        """Let somebody come in, at another port than the host's own if one is given."""
        assert self.host.door is not None
        known = self.host.room.login_of(login)
        said = phrase or self.host.fresh[known[0] if known else login]
        client = await come_in(port or self.host.door.port, login, said)
        self.clients.append(client)
        return client

    def guest(self, client: Client) -> Guest:
        """Return the host's own word for somebody who is in."""
        name = client.login
        return next(guest for guest in self.host.room.guests if guest.name == name)


@asynccontextmanager
async def an_evening(table: Table, **opening: Any) -> AsyncIterator[Evening]:
    """Hold a table until the end of the block."""
    host = Host(table, Opening(port=0, **opening), KEY)
    host.course.least = 0.05
    await host.open()
    leading = asyncio.create_task(host.lead())
    evening = Evening(host)
    try:
        yield evening
    finally:
        for client in evening.clients:
            await client.hang_up()
        leading.cancel()
        await asyncio.gather(leading, return_exceptions=True)
        await host.close()
