"""A stroll through the program with a scenario in sight: each page of a game, and those beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.tui.games import LEADS_ON, players, settled
from wargame import load_scenario
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.final import FinalScreen
from wargame.tui.kit.guard import SETTLE
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.settings import Settings

BESIDE = ("w", "b", "i", "l", "r", "g", "f1", "p")
AT_ORDERS = (("1", "w"), ("1", "c"), ("o",), ("o", "down"), ("d", "1"), ("t", "1"), ("tab",), ("tab", "down"))
"""What is looked at beside a page when it comes up for the first time: keys, and Escape after them."""
KEYS = LEADS_ON | {ChoiceScreen: ("1", "enter"), OrdersScreen: ("1", "enter", "e", "enter")}
PAGES_OF_THE_END, PAGES_OF_A_REPLAY = 8, 9


def text_of(app: WargameApp) -> str:
    """Return what is painted, without styles."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def a_stroll(
    scenario: str, folder: Path, size: tuple[int, int], people: int = 2, seed: int = 11
) -> AsyncIterator[tuple[str, WargameApp]]:
    """Play two rounds with people in the first seats, looking at everything; yield each sight by its name."""
    loaded = load_scenario(scenario)
    who = players(loaded.seat_ids[:people], scenario=loaded)
    start = Start("play", saves=folder, scenario=scenario, seed=seed, rounds=2, players=who)
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=size) as pilot:
        met: set[type] = set()
        while True:
            await settled(pilot)
            screen, name = app.screen, type(app.screen).__name__
            yield name, app
            if isinstance(screen, FinalScreen):
                break
            if type(screen) not in met:
                met.add(type(screen))
                async for sight in _aside(app, pilot, name):
                    yield sight
            screen = app.screen
            for key in KEYS.get(type(screen), ("escape",)):
                if app.screen is screen:
                    await pilot.press(key)
        for nth in range(PAGES_OF_THE_END):
            await _press(pilot, "tab")
            yield f"the end, page {nth}", app
        await _press(pilot, "v")
        for nth in range(PAGES_OF_A_REPLAY):
            for key in ("right_square_bracket", "down", "up", "tab"):
                await _press(pilot, key)
                yield f"replay, page {nth}, {key}", app


async def _aside(app: WargameApp, pilot: Pilot[Any], name: str) -> AsyncIterator[tuple[str, WargameApp]]:
    kind = type(pilot.app.screen)
    for keys in (*((key,) for key in BESIDE), *(AT_ORDERS if kind is OrdersScreen else ())):
        await pilot.pause(SETTLE)
        for key in keys:
            await _press(pilot, key)
        yield f"{name}, {' '.join(keys)}", app
        for _ in range(3):
            if type(pilot.app.screen) is not kind:
                await _press(pilot, "escape")


async def _press(pilot: Pilot[Any], key: str) -> None:
    await pilot.press(key)
    await settled(pilot)
