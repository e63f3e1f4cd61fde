"""A line that misbehaves: what goes through it stalls, trickles, is split anywhere, or is cut without a word.

It stands between clients and a door, and neither loses nor doubles a byte of a connection that goes on.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from random import Random

CHUNK = 1 << 14
NO_LINGER = struct.pack("ii", 1, 0)
"""What has a socket that is closed send a reset, and not the usual end."""


class Way:
    """One direction of a wire. `most` bytes are carried at once, with a `pause` of seconds between."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.open = asyncio.Event()
        self.be_well()

    def be_well(self) -> None:
        self.open.set()
        self.most, self.pause = CHUNK, 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry bytes until one end has gone."""
        while data := await reader.read(CHUNK):
            while data:
                await self.open.wait()
                size = self.random.randint(1, self.most) if self.most < CHUNK else CHUNK
                writer.write(data[:size])
                data = data[size:]
                await writer.drain()
                await asyncio.sleep(self.pause)


class Wire:
    """One connection through the proxy. Each fault lasts so many seconds, or until the wire is cut."""

    def __init__(self, random: Random, *ends: asyncio.StreamWriter) -> None:
        self.into, self.out = Way(random), Way(random)
        self._ends = ends

    async def stall(self, seconds: float, *ways: Way) -> None:
        """Let no byte through, both ways if none is named."""
        await self._for(seconds, lambda way: way.open.clear(), *ways)

    async def trickle(self, seconds: float) -> None:
        """Let a few bytes through at a time, as over a bad radio."""

        def slow(way: Way) -> None:
            way.most, way.pause = 64, 0.005

        await self._for(seconds, slow)

    async def split(self, seconds: float) -> None:
        """Let everything through in pieces of any size, down to a byte."""

        def pieces(way: Way) -> None:
            way.most = 200

        await self._for(seconds, pieces)

    async def _for(self, seconds: float, fault: Callable[[Way], None], *ways: Way) -> None:
        for way in ways or (self.into, self.out):
            fault(way)
        await asyncio.sleep(seconds)
        for way in ways or (self.into, self.out):
            way.be_well()

    def cut(self) -> None:
        """Reset both ends, whatever is on its way."""
        for end in self._ends:
            sock: socket.socket = end.get_extra_info("socket")
            with suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            end.transport.abort()


class Proxy:
    """Listens on `port` and leads to that of `target`, which may change. `wires` are those that are there."""

    def __init__(self, target: Callable[[], int], random: Random) -> None:
        self.target, self.random = target, random
        self.wires: list[Wire] = []
        self.port = 0

    async def lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection from its beginning to its end."""
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target())
        except OSError:
            writer.transport.abort()
            return
        wire = Wire(self.random, writer, far_writer)
        self.wires.append(wire)
        ways = {
            asyncio.create_task(wire.into.carry(reader, far_writer)),
            asyncio.create_task(wire.out.carry(far_reader, writer)),
        }
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait(ways, timeout=0.5)  # the last words of who has ended it
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self.wires.remove(wire)
            for end in (writer, far_writer):
                end.close()

    async def misbehave(self, rest: tuple[float, float] = (0.1, 0.8), longest: float = 2.5) -> None:
        """Do one thing after the other to whatever wire is there, until this is cancelled."""
        random, going = self.random, set[asyncio.Task[None]]()
        try:
            while True:
                await asyncio.sleep(random.uniform(*rest))
                if not self.wires:
                    continue
                wire, seconds = random.choice(self.wires), random.uniform(0.1, longest)
                match random.randrange(7):
                    case 0:
                        wire.cut()
                        continue
                    case 1:
                        doing = wire.stall(seconds)
                    case 2:
                        doing = wire.stall(seconds, wire.into)
                    case 3:
                        doing = wire.stall(seconds, wire.out)
                    case 4:
                        doing = wire.trickle(seconds)
                    case _:
                        doing = wire.split(seconds)
                task = asyncio.create_task(doing)
                going.add(task)
                task.add_done_callback(going.discard)
        finally:
            for wire in self.wires:
                for way in (wire.into, wire.out):
                    way.be_well()
            for task in tuple(going):
                task.cancel()


@asynccontextmanager
async def a_proxy(target: Callable[[], int], random: Random) -> AsyncIterator[Proxy]:
    """Stand between clients and a port until the end of the block."""
    proxy, leading = Proxy(target, random), set[asyncio.Task[None]]()

    async def leads(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        leading.add(task)
        try:
            await proxy.lead(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            leading.discard(task)

    server = await asyncio.start_server(leads, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        for task in tuple(leading):
            task.cancel()
        await asyncio.gather(*leading, return_exceptions=True)
