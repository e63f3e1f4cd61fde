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
from wargame.tui.kit.foot import Foot
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.hand import Face
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen

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


async def click_on(pilot: Pilot[Any], label: str) -> bool:
    """Click on what the bottom line says; whether it says that."""
    foot = pilot.app.screen.query_one(Foot)
    at = foot.render().plain.find(label)
    if at >= 0:
        await pilot.click(foot, offset=(at + 1, 0))
        await settled(pilot)
    return at >= 0


async def by_mouse(pilot: Pilot[Any]) -> list[type]:
    """Click on until the final screen: a card of the hand and what the bottom line says, no key at all."""
    met: list[type] = []
    for _ in range(STEPS):
        await settled(pilot)
        screen = pilot.app.screen
        met.append(type(screen))
        if isinstance(screen, FinalScreen):
            return met
        if isinstance(screen, OrdersScreen):
            faces = [face for face in screen.query(Face) if face.card is not None and face.region.width]
            for face in faces[:1] * 2:  # the first click lights it, the second lays it
                await pilot.click(face)
                await settled(pilot)
            await click_on(pilot, "end turn")
            while pilot.app.screen is screen and await click_on(pilot, "Enter"):
                pass
        elif isinstance(screen, ChoiceScreen):
            for _twice in range(2):
                await pilot.click(next(iter(screen.query(".answer"))))
                await settled(pilot)
        elif not (await click_on(pilot, "Enter") or await click_on(pilot, "Space")):
            raise AssertionError(f"nothing to click on {met[-1]}: {screen.query_one(Foot).render().plain}")
    raise AssertionError(f"no end after {STEPS} screens: {met[-5:]}")


@pytest.mark.soak
async def test_a_game_is_played_by_mouse_alone(tmp_path: Path) -> None:
    """From the first news to the end without a key: pages, hand-overs, cards, turns and answers."""
    app = a_game(tmp_path, honeymoon(), ("dprk", "russia"))
    async with app.run_test(size=(120, 40)) as pilot:
        met = await by_mouse(pilot)
        table = app.session.table
        assert table is not None
        played = [beat.move.verb for beat in table.beats if beat.by == "person" and beat.move]

    assert verify(next(tmp_path.glob("*.wargame")), ENGINE).finished
    assert played.count("commit") >= 3
    assert set(met) >= {ResolutionScreen, HandoverScreen, OrdersScreen, TalkScreen}


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
