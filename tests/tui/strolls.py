"""Strolls through the program with a scenario in sight: each page of a game, and those beside it; home and
the set-up before it, the console and its forms, and the wall.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.tui.games import LEADS_ON, players, settled
from wargame import load_scenario
from wargame.content.exercise import find_exercise
from wargame.table import Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.gate import FirstPinScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.home import REST, HomeScreen
from wargame.tui.home.setup import SetupScreen
from wargame.tui.kit.guard import SETTLE
from wargame.tui.kit.rows import Rows
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.settings import Settings
from wargame.tui.wall.app import WallApp

BESIDE = ("w", "b", "i", "l", "r", "g", "f1", "p")
AT_ORDERS = (("1", "w"), ("1", "c"), ("o",), ("o", "down"), ("d", "1"), ("t", "1"), ("tab",), ("tab", "down"))
"""What is looked at beside a page when it comes up for the first time: keys, and Escape after them."""
KEYS = LEADS_ON | {ChoiceScreen: ("1", "enter"), OrdersScreen: ("1", "enter", "e", "enter")}
PAGES_OF_THE_END, PAGES_OF_A_REPLAY = 8, 9
Sights = AsyncIterator[tuple[str, WargameApp]]


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


async def before_a_game(scenario: str, folder: Path, size: tuple[int, int]) -> Sights:
    """Light a scenario at home and set it up, looking at every row."""
    app = WargameApp(Start(saves=folder), Settings(animations=False))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        at = next(at for at, one in enumerate(home.scenarios) if one.id == scenario)
        home.query_one(Rows).light(f"scenario:{at}")
        await pilot.pause(2 * REST)
        yield "home", app
        for key in ("r", "g", "f1", "p"):
            await _press(pilot, key)
            yield f"home, {key}", app
            await _press(pilot, "escape")
        await _press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        for key in ("r", "g", "f1", "p"):
            await _press(pilot, key)
            yield f"set-up, {key}", app
            await _press(pilot, "escape")
        rows = screen.query_one(Rows)
        for key in [row.key for row in rows.shown if row.key]:
            rows.light(key)
            await settled(pilot)
            yield f"set-up, {key}", app
            if key != "start" and key != "scenario":
                for turn in ("right", "left"):
                    await _press(pilot, turn)
                    yield f"set-up, {key}, {turn}", app


async def at_the_console(scenario: str, folder: Path, size: tuple[int, int]) -> Sights:
    """Run a scenario's exercise, looking at every row of the console and of each of its forms."""
    plan = find_exercise(scenario)
    app = WargameApp(Start("exercise", folder, exercise=plan, console=True), Settings(animations=False))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield "the gate", app
        if isinstance(app.screen, FirstPinScreen):
            await _press(pilot, "escape")
            yield "no PIN", app
            app.screen.query_one(Rows).light("yes")
            await _press(pilot, "enter")
        console = app.screen
        assert isinstance(console, FacilitateScreen)
        for key in [row.key for row in console.query_one(Rows).shown if row.key]:
            console.query_one(Rows).light(key)
            await settled(pilot)
            yield f"the console, {key}", app
            if not key.startswith("do:"):
                continue
            await _press(pilot, "enter")
            form = app.screen
            if isinstance(form, FormScreen):
                async for sight in _fields(key, form, app, pilot):
                    yield sight
            else:
                yield f"the console, {key}, Enter", app
            while app.screen is not console:
                await _press(pilot, "escape")


async def _fields(act: str, form: FormScreen, app: WargameApp, pilot: Pilot[Any]) -> Sights:
    """Look at every row of a form, turned and, where there is a list to pick from, opened."""
    for key in [row.key for row in form.query_one(Rows).shown if row.key and row.key != "act"]:
        form.query_one(Rows).light(key)
        for press in ("right", "enter"):
            await _press(pilot, press)
            yield f"a form, {act}, {key}, {press}", app
        if app.screen is not form or form.typing:
            await _press(pilot, "escape")


async def before_the_wall(scenario: str, folder: Path, size: tuple[int, int]) -> Sights:
    """Play a round of a scenario at a keyboard, looking at the wall that follows it."""
    loaded = load_scenario(scenario)
    players_ = players(loaded.seat_ids[:2], scenario=loaded)
    table = Table.start(loaded, players_, seed=5, rounds=1, folder=folder, name="evening")
    still = Settings(animations=False)
    at_table, at_wall = WargameApp(Start(), still, whole=table), WallApp(Start("wall", saves=folder), still)
    async with at_table.run_test(size=size) as playing, at_wall.run_test(size=size) as watching:
        while True:
            await settled(playing)
            screen = at_table.screen
            with at_wall._context():
                await at_wall.stage.look()  # type: ignore[attr-defined]
            await settled(watching)
            yield f"the wall, {type(at_wall.screen).__name__}", at_wall
            if isinstance(screen, FinalScreen):
                break
            for key in KEYS.get(type(screen), ("escape",)):
                if at_table.screen is screen:
                    await playing.press(key)
                    await settled(playing)
