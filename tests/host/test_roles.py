"""Who may do what at a real host: each role is tried with every key, and with all that ssh may ask for."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import asyncssh
import pytest

from tests.host.clients import Client, Evening, an_evening
from tests.host.players import page_of
from tests.monkey.keys import real_keys
from tests.tui.halls import SEATS, a_table_of_people
from wargame.table import Table

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # connections that are cut

LEAVES = {"q", "\x11"}
CALLS, PASSES = "\x1bOQ", "\x1bOS"
"""F2 and F4: who asks for the white cell or gives the pen away needs none."""


def told(table: Table) -> tuple[object, ...]:
    """Return what tells one state of a table from another: moves, remarks of people, who plays, clocks."""
    remarks = [line for line in table.journal.lines if line.kind != "door"]
    return len(table.beats), table.game.to_bytes(), remarks, dict(table.players), table.paused


async def rests(*clients: Client) -> None:
    """Wait until nothing comes any more."""
    before: list[int] = []
    while before != (now := [len(client.sent) for client in clients]):
        before = now
        await asyncio.sleep(0.3)


@pytest.mark.soak
@pytest.mark.parametrize("login", ["wall", "observer"])
async def test_who_looks_on_changes_nothing_with_any_key(login: str) -> None:
    """Every key of the program twice, and it is still there, and the table as it was."""
    async with an_evening(a_table_of_people(), observers=True) as evening:
        client = await evening.comes(login)
        await rests(client)
        before = told(evening.table)
        for key in sorted({*real_keys()} - (LEAVES if login == "observer" else set())):
            client.type(key * 2)
            await asyncio.sleep(0.01)
        await rests(client)

        assert told(evening.table) == before
        assert not evening.host.course.held
        assert not client.closed.is_set()


async def at_orders(evening: Evening, *clients: Client) -> None:
    """Lead these people from their first page to their orders."""
    async with asyncio.timeout(30):
        while any(page_of(client.screen.display)[0] != "orders" for client in clients):
            for client in clients:
                page, keys = page_of(client.screen.display)
                if page != "orders":
                    client.type(keys[:1])
                await asyncio.sleep(0.15)


@pytest.mark.soak
async def test_only_who_holds_the_pen_moves_and_f4_passes_it() -> None:
    """The other of the team looks over the shoulder: their keys lay nothing until they have been given it."""
    async with an_evening(a_table_of_people()) as evening:
        everybody = [await evening.comes(seat) for seat in SEATS]
        await at_orders(evening, *everybody)
        seat = str(evening.table.game.to_act)
        first = next(client for client in everybody if client.login == seat)
        second = await evening.comes(f"{seat}.kim")
        await rests(second)
        before = told(evening.table)
        for key in sorted({*real_keys()} - LEAVES - {PASSES, CALLS}):
            second.type(key)
            await asyncio.sleep(0.01)
        await rests(second)
        assert told(evening.table) == before
        guests = evening.host.room.at(seat)
        assert [evening.host.room.holds_pen(guest) for guest in guests] == [True, False]
        first.type(PASSES)
        await rests(first, second)
        assert [evening.host.room.holds_pen(guest) for guest in guests] == [False, True]


@pytest.mark.parametrize("login", [*SEATS[:1], "wall", "white", "observer"])
async def test_no_role_has_a_way_out_of_its_screen(tmp_path: Path, login: str) -> None:
    """Commands, subsystems, files, ports in both directions, another terminal: all of it is refused."""
    async with an_evening(a_table_of_people(), observers=True) as evening:
        client = await evening.comes(login)
        conn = client.connection
        for asked in (
            lambda: conn.create_process("id", term_type="xterm"),
            lambda: conn.create_process(subsystem="netconf"),
            lambda: conn.create_process(term_type="xterm"),
            conn.start_sftp_client,
            lambda: asyncssh.scp((conn, "/etc/passwd"), os.devnull),
            lambda: conn.open_connection("127.0.0.1", 22),
            lambda: conn.open_unix_connection(str(tmp_path / "socket")),
        ):
            with pytest.raises(asyncssh.ChannelOpenError):
                await asked()
        with pytest.raises(asyncssh.ChannelListenError):
            await conn.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 1)
        await rests(client)

        assert client.painted
        assert not client.closed.is_set()
