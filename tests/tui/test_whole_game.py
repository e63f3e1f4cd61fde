"""Whole games through the screens by keys alone: those of a person, and those of a cat on the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.boards import MILL, SMALL, honeymoon, mill
from tests.tui.games import LEADS_ON, players, settled
from wargame.record import verify
from wargame.rules.luck import draw
from wargame.rules.scenario import Scenario
from wargame.table import ENGINE
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen

STEPS = 600
KEYS = LEADS_ON | {ChoiceScreen: ("down", "enter"), OrdersScreen: ("1", "enter", "e", "enter")}
"""A plain way to play: the card that is lit, end; of a choice, the second option."""

CAT = [
    *(
        "up",
        "down",
        "left",
        "right",
        "enter",
        "tab",
        "escape",
        "w",
        "c",
        "u",
        "b",
        "i",
        "l",
        "o",
        "d",
        "t",
        "e",
    ),
    *(str(n) for n in range(1, 10)),
]


def a_game(folder: Path | None, scenario: Scenario, people: tuple[str, ...]) -> WargameApp:
    """The program, opened with a game of these people, three rounds long."""
    who = players(people, scenario=scenario)
    folder_of = str(MILL) if scenario is mill() else "honeymoon"
    return WargameApp(Start("play", saves=folder, scenario=folder_of, seed=11, rounds=3, players=who))


async def play(pilot: Pilot[Any]) -> list[type]:
    """Press on until the final screen; the kinds of screens met on the way, in order."""
    met: list[type] = []
    for _ in range(STEPS):
        await settled(pilot)
        kind = type(pilot.app.screen)
        met.append(kind)
        if kind is FinalScreen:
            return met
        for key in KEYS[kind]:
            if type(pilot.app.screen) is kind:
                await pilot.press(key)
    raise AssertionError(f"no end after {STEPS} screens: {met[-5:]}")


@pytest.mark.soak
async def test_two_people_play_three_rounds(tmp_path: Path) -> None:
    """Two people and four bots play from the first news to the final screen; the save is whole."""
    app = a_game(tmp_path, honeymoon(), ("dprk", "russia"))
    async with app.run_test(size=SMALL) as pilot:
        met = await play(pilot)
        table = app.session.table
        assert table is not None
        played = {beat.move.verb for beat in table.beats if beat.by == "person" and beat.move}
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
    report = verify(next(tmp_path.glob("*.wargame")), ENGINE)

    assert report.ok
    assert report.finished
    assert played >= {"commit", "end"}
    assert set(met) >= {ResolutionScreen, BoardScreen, HandoverScreen, FirstScreen, OrdersScreen}
    assert met.count(FirstScreen) == 2


@pytest.mark.soak
async def test_everybody_a_person() -> None:
    """With no bot at all nothing moves by itself, and every turn begins with a hand-over."""
    app = a_game(None, mill(), mill().seat_ids)
    async with app.run_test(size=SMALL) as pilot:
        met = await play(pilot)

    assert met.count(OrdersScreen) >= 3 * 3
    assert met.count(FirstScreen) == 3
    turns = [at for at, kind in enumerate(met) if kind is OrdersScreen]
    assert all(met[at - 1] in (HandoverScreen, FirstScreen) for at in turns)


@pytest.mark.soak
@pytest.mark.parametrize(("scenario", "seat"), [(mill, "birch"), (honeymoon, "rok")], ids=["small", "real"])
async def test_any_keys_do_no_harm(tmp_path: Path, scenario: Callable[[], Scenario], seat: str) -> None:
    """Eighty keys pressed at random crash nothing, and the save is whole at the end."""
    app = a_game(tmp_path, scenario(), (seat,))
    async with app.run_test(size=SMALL) as pilot:
        for nth in range(80):
            await pilot.press(CAT[draw(1, 0, 0, "cat", "", nth) % len(CAT)])
        await settled(pilot)
    saves = list(tmp_path.glob("*.wargame"))

    assert all(verify(save, ENGINE).ok for save in saves)
    assert saves
