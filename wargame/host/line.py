"""One visitor's line: bytes in and out, and never more of either than is good for the others.

Who reads slowly is not waited for: what they can't take is dropped, and `ready` says when to draw anew. Who
writes fast is not read: what has come waits here up to `HELD` bytes, then with the sender.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final, Protocol

from wargame.host.visitor import USUAL, drawable

HELD: Final = 1 << 15
"""Bytes of input that wait here; then the sender is asked to wait."""


class Allowance:
    """How much of something may be had: so much a second in the long run, so much at once."""

    def __init__(self, per_second: float, at_once: float, clock: Callable[[], float] = monotonic) -> None:
        self._per_second, self._at_once, self._clock = per_second, at_once, clock
        self._left, self._then = at_once, clock()

    @property
    def left(self) -> float:
        """How much may be had now; below 0 if too much has been taken."""
        now = self._clock()
        self._left = min(self._at_once, self._left + (now - self._then) * self._per_second)
        self._then = now
        return self._left

    def take(self, much: float) -> float:
        """Take so much and return the seconds to wait until all of it was due."""
        self._left = self.left - much
        return max(0.0, -self._left / self._per_second)


class Channel(Protocol):
    """What a line needs of ssh's channel."""

    def write(self, data: bytes) -> None: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...


class Line:
    """What a session's driver talks to. One reader waits in `news` for what comes.

    `ended` says that nothing more comes, `lost` that nothing can be sent either.
    """

    def __init__(self, channel: Channel, size: tuple[int, int] = USUAL) -> None:
        self.size = size
        self.ended = asyncio.Event()
        self.lost = False
        self.heard = monotonic()
        """When something last came."""
        self._channel = channel
        self._stopped: set[str] = set()
        self._input = bytearray()
        self._holding = False
        self._news = asyncio.Event()

    # --- for the session -------------------------------------------------------------------------------

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""
        return self.ended.is_set()

    @property
    def ready(self) -> bool:
        """Whether the other end takes what is written."""
        return not self._stopped and not self.lost

    def write(self, data: bytes) -> bool:
        """Send bytes if the other end takes them; else drop them all and return False."""
        return self.ready and self._sent(data)

    def last(self, data: bytes) -> None:
        """Send bytes whether or not the other end takes them now: for the few that end a session."""
        if not self.lost:
            self._sent(data)

    def _sent(self, data: bytes) -> bool:
        with suppress(OSError):  # the channel is being closed
            self._channel.write(data)
            return True
        return False

    async def news(self, seconds: float | None = None) -> bool:
        """Wait for input, another size, the end or a line that is ready again; False if none came in time."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True

    def take(self, most: int) -> bytes:
        """Return the next bytes of input, none if there are none; what is left is news at once."""
        data = bytes(self._input[:most])
        del self._input[:most]
        if self._input:
            self._news.set()
        if self._holding and len(self._input) < HELD // 2 and not self.lost:
            self._holding = False
            self._channel.resume_reading()
        return data

    # --- for the door ----------------------------------------------------------------------------------

    def received(self, data: bytes) -> None:
        """Take input from the other end."""
        self._input += data
        self.heard = monotonic()
        self._news.set()
        if not self._holding and len(self._input) >= HELD:
            self._holding = True
            self._channel.pause_reading()

    def resized(self, columns: int, rows: int) -> None:
        """Take note of another size of the window; of many in a row the last one counts."""
        self.size = drawable(columns, rows)
        self._news.set()

    def stop(self, why: str) -> None:
        """Take nothing more to send, for this reason, until `go_on` with it."""
        self._stopped.add(why)

    def go_on(self, why: str) -> None:
        """Take something to send again, unless there is another reason not to."""
        self._stopped.discard(why)
        self._news.set()

    def end(self) -> None:
        """Take note that the other end sends nothing more."""
        self.ended.set()
        self._news.set()

    def lose(self) -> None:
        """Take note that the other end has gone."""
        self.lost = True
        self.end()
