"""Clients that mean harm, once inside: others' keys echo all the while, and little waits for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from asyncssh.packet import Boolean, String, UInt32

from tests.host.test_driver import seated, waiting_to_go
from tests.host.toy import Screen, a_room, connect

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # connections that are cut
    pytest.mark.soak,
]

GLOBAL_REQUEST, CHANNEL_OPEN, CHANNEL_REQUEST, IGNORE = 80, 90, 98, 2
SECONDS = 4.0

Attack = Callable[[Any, Screen], None]


def keepalives(conn: Any, _screen: Screen) -> None:
    conn.send_packet(GLOBAL_REQUEST, String("keepalive@openssh.com"), Boolean(True))


def sizes(_conn: Any, screen: Screen) -> None:
    assert screen.chan is not None
    screen.chan.change_terminal_size(320, 100)
    screen.chan.change_terminal_size(319, 100)


def environment(_conn: Any, screen: Screen) -> None:
    chan: Any = screen.chan
    chan.send_packet(CHANNEL_REQUEST, String("env"), Boolean(True), String("A" * 100), String("b" * 10_000))


def channels(conn: Any, _screen: Screen) -> None:
    conn.send_packet(CHANNEL_OPEN, String("session"), UInt32(7), UInt32(1 << 30), UInt32(1 << 15))


def forwards(conn: Any, _screen: Screen) -> None:
    conn.send_packet(GLOBAL_REQUEST, String("tcpip-forward"), Boolean(True), String("127.0.0.1"), UInt32(0))


def nothings(conn: Any, _screen: Screen) -> None:
    conn.send_packet(IGNORE, String(b""))


def new_keys(conn: Any, _screen: Screen) -> None:
    if conn._kex is None and not conn._kexinit_sent:
        conn._send_kexinit()
        conn._kexinit_sent = True


def keys(_conn: Any, screen: Screen) -> None:
    screen.type(b"\x1b[<35;10;10M" * 100 + b"hjkl" * 100)


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (keepalives, sizes, environment, channels, forwards, nothings, new_keys, keys)
}


async def go_on(conn: Any, screen: Screen, attack: Attack, stop: asyncio.Event) -> None:
    """Do it as fast as this end can send."""
    while not stop.is_set() and conn._transport is not None:
        for _ in range(50):
            if conn._transport is not None and conn._transport.get_write_buffer_size() < 1 << 20:
                attack(conn, screen)
        await asyncio.sleep(0.005)


async def echoes(screen: Screen, seconds: float) -> list[float]:
    """Type for so long; return how long each letter took to come back, in order."""
    found: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        letter = chr(97 + len(found) % 5)
        screen.type(letter)
        began = time.monotonic()
        await screen.shows(f"keys {len(found) + 1}.")
        found.append(time.monotonic() - began)
        await asyncio.sleep(0.02)
    return sorted(found)


@pytest.mark.parametrize("reads", [True, False], ids=["reads", "reads-nothing"])
@pytest.mark.parametrize("name", ATTACKS)
async def test_an_insider_who_floods_slows_nobody_much(name: str, reads: bool) -> None:
    """Whatever is sent without end, another seat's keys echo, and little waits for the one who sends it."""
    async with a_room() as room, connect(room.door) as conn, connect(room.door, "rok") as other:
        screen, second = await seated(conn), await seated(other, "rok")
        calm = await echoes(second, 1.0)
        stop = asyncio.Event()
        screen.blind = True
        if not reads:
            conn._transport.pause_reading()
        flood = asyncio.create_task(go_on(conn, screen, ATTACKS[name], stop))
        room.app("rok").keys = 0
        found = await echoes(second, SECONDS)
        assert waiting_to_go(room) < 2_000_000
        stop.set()
        await flood
        conn.abort()
        print(
            f"{name:12} {'reads' if reads else 'deaf':6} calm {calm[len(calm) // 2]:.3f} "
            f"median {found[len(found) // 2]:.3f} worst {found[-1]:.3f} of {len(found)}"
        )

        assert len(found) >= 3
