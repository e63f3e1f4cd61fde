"""Pictures of the screens around a game. Look at each before you accept it (`make snapshots`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.boards import LARGE, MILL, SMALL, a_table
from tests.tui.games import a_finished_table, a_save, settled
from wargame.record import Player
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.cards import PauseScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.home import REST
from wargame.tui.settings import Settings
from wargame.tui.watch.handover import HandoverScreen

Compare = Callable[..., bool]
Size = tuple[int, int]

sizes = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])

AS_DARK = Settings(theme="dark")
"""The same in every terminal."""


def pressing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Wait, press these, wait."""

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)

    return run


def showing(screen: Callable[[], Screen[Any]], *keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Open a screen over home and press these."""

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        pilot.app.push_screen(screen())
        await pressing(*keys)(pilot)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of saves whose path is the same everywhere."""
    monkeypatch.chdir(tmp_path)
    saves = Path("saves")
    saves.mkdir()
    a_save(saves, "finished", moves=None)
    a_save(saves, "in progress", ("amber", "birch"), moves=3)
    (saves / "torn.wargame").write_bytes(b"not a game at all")
    return saves


@sizes
def test_home(snap_compare: Compare, folder: Path, size: Size) -> None:
    """Home with a finished, a running and a damaged save, the running one lit."""
    app = WargameApp(Start(saves=folder), AS_DARK)

    async def come_to_rest(pilot: Pilot[Any]) -> None:
        await pressing("8")(pilot)
        await pilot.pause(2 * REST)  # then what is lit has its map, or none
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=come_to_rest)


@sizes
def test_setup(snap_compare: Compare, folder: Path, size: Size) -> None:
    """The set-up with the second seat lit and given to a person."""
    app = WargameApp(Start("setup", saves=folder, scenario=str(MILL)), AS_DARK)

    assert snap_compare(app, terminal_size=size, run_before=pressing("2", "right"))


@sizes
def test_handover(snap_compare: Compare, size: Size) -> None:
    """The hand-over shows the seat and the name of its person, and nothing else."""
    table = a_table()
    table.players["cedar"] = Player("person", "Ana")

    assert snap_compare(
        WargameApp(Start(), AS_DARK),
        terminal_size=size,
        run_before=showing(lambda: HandoverScreen(table, "cedar")),
    )


@sizes
@pytest.mark.parametrize("tabs", range(8), ids=[f"tab-{nth}" for nth in range(8)])
def test_final(snap_compare: Compare, size: Size, tabs: int) -> None:
    """The end, each page of it, with the second seat lit."""
    table = a_finished_table()
    keys = ("down", *["tab"] * tabs)

    assert snap_compare(
        WargameApp(Start(), AS_DARK),
        terminal_size=size,
        run_before=showing(lambda: FinalScreen(table), *keys),
    )


@sizes
def test_pause(snap_compare: Compare, size: Size) -> None:
    """The pause over a screen of a game."""
    table = a_table()

    async def opened(pilot: Pilot[Any]) -> None:
        await showing(lambda: HandoverScreen(table, "cedar"))(pilot)
        await showing(PauseScreen)(pilot)

    assert snap_compare(WargameApp(Start(), AS_DARK), terminal_size=size, run_before=opened)


@sizes
def test_help(snap_compare: Compare, size: Size) -> None:
    """Every key; those of home are bright."""
    assert snap_compare(WargameApp(Start(), AS_DARK), terminal_size=size, run_before=pressing("f1"))
