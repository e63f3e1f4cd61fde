"""A line and a gate alone: how much may be had, what is held back, and what is dropped."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from wargame.host.gate import IN_SYSTEM, UNSENT, Gate
from wargame.host.line import HELD, Allowance, Line
from wargame.host.visitor import COLUMNS


class Clock:
    """A clock that stands still until it is turned."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_an_allowance_is_so_much_at_once_and_so_much_a_second() -> None:
    """What was taken too early is waited for; what was not taken is not saved up beyond measure."""
    clock = Clock()
    keys = Allowance(10, 30, clock)

    assert keys.take(30) == 0
    assert keys.take(5) == 0.5
    clock.now += 1
    assert keys.left == 5
    clock.now += 1000
    assert keys.left == 30


class Far:
    """The other end, which notes what it is told."""

    def __init__(self) -> None:
        self.written = b""
        self.told: list[str] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        if self.closed:
            raise BrokenPipeError
        self.written += data

    def pause_reading(self) -> None:
        self.told.append("pause")

    def resume_reading(self) -> None:
        self.told.append("resume")


async def test_output_is_dropped_until_every_reason_has_gone() -> None:
    """The last bytes of a session go all the same; to a line that is lost nothing does, and nothing fails."""
    far = Far()
    line = Line(far)
    assert line.write(b"a")
    line.stop("channel")
    line.stop("socket")
    assert not line.write(b"b")
    line.go_on("channel")
    assert not line.write(b"c")
    line.last(b"z")
    line.go_on("socket")
    assert line.write(b"d")
    far.closed = True
    assert not line.write(b"e")
    line.last(b"e")
    line.lose()
    assert not line.write(b"f")

    assert far.written == b"azd"
    assert line.over
    assert line.ended.is_set()


async def test_input_is_held_back_in_order() -> None:
    """A sender waits when much has come, and goes on when it has been read; no byte is lost."""
    far = Far()
    line = Line(far)
    sent = bytes(range(256)) * (HELD // 128)
    line.received(sent[:HELD])
    line.received(sent[HELD:])
    got = b""
    while await line.news(0):
        got += line.take(100)

    assert got == sent
    assert far.told == ["pause", "resume"]
    assert not await line.news(0)


async def test_the_last_size_counts() -> None:
    """Of many in a row; and none is larger than what is drawn."""
    line = Line(Far())
    line.resized(100, 30)
    line.resized(5000, 31)
    assert await line.news(0)
    assert not await line.news(0)

    assert line.size == (COLUMNS, 31)


class Socket(Far):
    """A connection's transport and its protocol in one."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = b""

    def get_extra_info(self, name: str) -> Socket:
        assert name == "socket"
        return self

    def setsockopt(self, _level: int, _option: int, size: int) -> None:
        assert size == IN_SYSTEM

    def set_write_buffer_limits(self, high: int, low: int) -> None:
        assert low < high == UNSENT

    def set_protocol(self, protocol: Any) -> None:
        self.protocol = protocol

    def data_received(self, data: bytes) -> None:
        self.heard += data


async def test_a_gate_lets_in_so_much_a_second_and_nothing_while_its_socket_is_full() -> None:
    """What has come waits, in order, and no more is read meanwhile."""
    socket = Socket()
    gate = Gate(cast("Any", socket), cast("Any", socket), Allowance(100_000, 10_000))
    line = Line(Far())
    gate.watched_by(line)
    sent = bytes(range(256)) * 200
    gate.data_received(sent)
    await asyncio.sleep(0.05)
    assert 10_000 <= len(socket.heard) < len(sent)
    assert "resume" not in socket.told
    async with asyncio.timeout(10):
        while "resume" not in socket.told:
            await asyncio.sleep(0.01)
    assert socket.heard == sent

    gate.pause_writing()
    assert not line.ready
    gate.data_received(b"later")
    assert socket.heard == sent
    gate.resume_writing()
    assert line.ready
    async with asyncio.timeout(10):
        while socket.heard != sent + b"later":
            await asyncio.sleep(0.01)
