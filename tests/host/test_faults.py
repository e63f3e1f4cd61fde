"""Evenings over lines that stall, trickle, split and break: nothing is lost or shown, and it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

import pytest

from tests.host.clients import Client, an_evening
from tests.host.players import Player
from tests.host.proxy import a_proxy
from tests.host.test_driver import seated
from tests.host.test_hostile import echoes
from tests.host.told import kept_from
from tests.host.toy import a_room, connect
from tests.rules.boards import mini
from tests.tui.halls import SEATS
from wargame.record import Player as Seated
from wargame.record import Save, positions, verify
from wargame.rules.moves import Commit
from wargame.table import ENGINE, Table
from wargame.tui.settings import Settings
from wargame.words import Words

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # connections that are cut


def a_kept_table(folder: Path, seed: int, rounds: int = 2) -> Table:
    """A game with a person in every seat, saved as it goes."""
    players = {seat: Seated("person", seat.title()) for seat in SEATS}
    return Table.start(mini(), players, seed=seed, rounds=rounds, folder=folder)


def commits(path: Path) -> dict[tuple[str, int], str]:
    """Return (seat, round) → the titles of the cards that it laid, on the line that was played."""
    laid: dict[tuple[str, int], str] = {}
    with Save.open(path, write=False, rebuild=ENGINE.rebuild) as save:
        scenario = ENGINE.load(save.header)
        words = Words(scenario)
        for before, after in pairwise(positions(save.tree, ENGINE, None, scenario)):
            assert after.move is not None
            move = ENGINE.read_move(after.move.move)
            if isinstance(move, Commit):
                key = move.seat, before.game.state.round
                laid[key] = f"{laid.get(key, '')} {words.said(scenario.cards[move.card].title)}"
    return laid


def lost(players: Iterable[Player], laid: dict[tuple[str, int], str]) -> list[str]:
    """Return what a screen has shown face down and the save does not have."""
    return [
        f"{player.seat}, round {round_}: {shown!r} was shown, {laid.get((player.seat, round_), '')!r} is kept"
        for player in players
        for round_, shown in player.laid.items()
        if round_ not in player.dropped
        if set(shown.split()) - set(laid.get((player.seat, round_), "").split())
    ]


async def an_evening_of_faults(seed: int, folder: Path) -> list[Player]:
    """Play a game over bad lines to its end; return who played, with what they were shown."""
    random, table = Random(seed), a_kept_table(folder, seed, rounds=1)
    shown: dict[str, set[str]] = {}
    async with an_evening(table) as evening:
        evening.host.room.settings = Settings(animations=False)
        assert evening.host.door is not None
        door = evening.host.door
        async with a_proxy(lambda: door.port, random) as proxy:
            players = [Player(seat, partial(evening.comes, seat, port=proxy.port)) for seat in SEATS]
            wall = await evening.comes("wall")
            looking = asyncio.create_task(look_on(evening.clients, table, shown))
            trouble = asyncio.create_task(proxy.misbehave(longest=1.5))
            playing = [asyncio.create_task(player.plays()) for player in players]
            try:
                async with asyncio.timeout(240):
                    while not table.over:
                        await asyncio.sleep(0.05)
                    trouble.cancel()
                    await asyncio.gather(*playing)
            finally:
                for task in (looking, trouble, *playing):
                    task.cancel()
                await asyncio.gather(looking, trouble, *playing, return_exceptions=True)
        assert wall.painted
    table.close()
    assert table.save is not None
    secrets = kept_from(table.save.path)
    for login, rows in shown.items():
        told = [title for title in secrets.get(login, secrets[""]) if any(title in row for row in rows)]
        assert not told, (login, told)
    assert sum(map(len, secrets.values())) > 4
    return players


async def look_on(clients: list[Client], table: Table, shown: dict[str, set[str]]) -> None:
    """Take note of every row that anybody was shown before the end was laid open."""
    while not table.over:
        for client in clients:
            shown.setdefault(client.login, set()).update(client.painted)
        await asyncio.sleep(0.02)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.timeout(280)
async def test_an_evening_over_bad_lines_loses_and_shows_nothing(tmp_path: Path, seed: int) -> None:
    """Every card that a screen has shown face down is in the save, and the game comes to its end."""
    players = await an_evening_of_faults(seed, tmp_path)
    (path,) = tmp_path.glob("*.wargame")
    report = verify(path, ENGINE)

    assert report.ok, report.problems
    assert report.finished
    assert not lost(players, commits(path))
    assert sum(len(player.laid) for player in players) > 1, "they did something that could be lost"


@pytest.mark.parametrize("how", ["stall", "trickle"])
async def test_a_line_that_stalls_slows_nobody(how: str) -> None:
    """Its app draws without end all the while; another seat's letters come back as fast as before."""
    async with (
        a_room() as room,
        a_proxy(lambda: room.door.port, Random(1)) as proxy,
        connect(room.door, "rok") as other,
        connect(proxy) as conn,
    ):
        second, screen = await seated(other, "rok"), await seated(conn)
        screen.type("f")
        calm = await echoes(second, 1.0)
        (wire,) = proxy.wires
        fault = asyncio.create_task(wire.stall(60) if how == "stall" else wire.trickle(60))
        await asyncio.sleep(0.3)
        room.app("rok").keys = 0
        found = await echoes(second, 1.0)
        fault.cancel()
        conn.abort()

    assert median(found) < 5 * median(calm)


async def test_what_is_split_anywhere_is_put_together_again() -> None:
    """A byte at a time, both ways: letters of several bytes, sequences of keys and whole frames."""
    async with (
        a_room() as room,
        a_proxy(lambda: room.door.port, Random(2)) as proxy,
        connect(proxy) as conn,
    ):
        screen = await seated(conn)
        (wire,) = proxy.wires
        wire.into.most = wire.out.most = 3
        screen.type("한글 \x1b[200~pasted\x1b[201~ 終")
        await screen.shows("終")

        assert room.app("japan").typed == "한글  終"
        assert room.app("japan").pasted == len("pasted")


async def test_a_line_that_breaks_without_a_word_ends_its_app_alone() -> None:
    """Others go on, and whoever comes again is let in at once."""
    async with (
        a_room() as room,
        a_proxy(lambda: room.door.port, Random(3)) as proxy,
        connect(room.door, "rok") as other,
    ):
        second = await seated(other, "rok")
        conn = await connect(proxy)
        await seated(conn)
        app, (wire,) = room.app("japan"), proxy.wires
        wire.cut()
        async with asyncio.timeout(10):
            while app.is_running:
                await asyncio.sleep(0.01)
        second.type("on")
        await second.shows("typed on")
        async with connect(proxy) as again:
            await seated(again)
