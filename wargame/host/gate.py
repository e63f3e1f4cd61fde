"""Stands between a connection's socket and asyncssh, which would read and write without end.

Who sends without end is read no faster than is good for the others; who does not read what it is sent is not
read either, so that it can't ask for more.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import Final

from asyncssh import SSHServerConnection

from wargame.host.line import Allowance, Line

UNSENT: Final = 1 << 16
"""Bytes that wait to be sent, each in the channel and in the connection, before output is dropped."""
IN_SYSTEM: Final = 1 << 16
"""Bytes that the system may hold for a connection: what is there is shown late."""


class Gate(asyncio.Protocol):
    """The protocol of a connection's socket: reads the bytes that are `due`, and none while the other end is
    not reading what it is sent.
    """

    SLICE: Final = 1 << 12
    """Bytes that are handed on at once, so that others have their turn."""

    def __init__(self, conn: SSHServerConnection, transport: asyncio.Transport, due: Allowance) -> None:
        self._conn, self._transport = conn, transport
        self._loop = asyncio.get_running_loop()
        self._held = bytearray()
        self._due = due
        self._later: asyncio.TimerHandle | None = None
        self._full = False
        self._line: Line | None = None
        with suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, IN_SYSTEM)
        transport.set_write_buffer_limits(high=UNSENT, low=UNSENT // 4)
        transport.set_protocol(self)

    def watched_by(self, line: Line) -> None:
        """Tell this line from now on whether the socket takes more."""
        self._line = line
        if self._full:
            line.stop("socket")

    def data_received(self, data: bytes) -> None:
        self._held += data
        if self._later is None:
            self._hand_on()

    def _hand_on(self) -> None:
        """Hand on a part of what has come, and read no more until all of it may be handed on."""
        self._later = None
        if self._full:
            self._transport.pause_reading()
            return
        if data := bytes(self._held[: self.SLICE]):
            del self._held[: self.SLICE]
            wait = self._due.take(len(data))
            self._conn.data_received(data)
            if self._held or wait:
                self._transport.pause_reading()
                self._later = self._loop.call_later(wait, self._hand_on)
                return
        self._transport.resume_reading()

    def pause_writing(self) -> None:
        self._full = True
        if self._line is not None:
            self._line.stop("socket")

    def resume_writing(self) -> None:
        self._full = False
        if self._line is not None:
            self._line.go_on("socket")
        if self._later is None:
            self._hand_on()

    def eof_received(self) -> None:
        self._conn.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._later is not None:
            self._later.cancel()
        self._held.clear()
        self._conn.connection_lost(exc)
