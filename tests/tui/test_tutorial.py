"""The tutorial is played to its end by the keys that its hints name, and by somebody who presses others."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.boards import LARGE, SMALL, Around, a_table, until
from tests.tui.games import LEADS_ON, settled
from wargame.content import TUTORIAL
from wargame.content.load import load_scenario
from wargame.rules.spec import Hint
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.opening import tutorial
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.settings import Settings
from wargame.words.pages import guide as advice

HINTS = load_scenario(TUTORIAL).spec.hints
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
FOLLOWED = {
    "light-a-card": "1",
    "lay-a-card": "enter",
    "write-an-offer": "o",
    "lay-the-offer": "enter",
    "end-the-first-turn": "e",
    "look-at-the-answer": "1",
    "answer-it": "right enter",
    "end-the-answers": "e",
    "choose-aloud": "2",
    "choose-it": "enter",
    "something-below": "1",
    "not-that-one": "3",
    "end-the-second-turn": "e",
    "look-quietly": "enter",
    "with-the-rest": "e",
    "answer-the-crisis": "right enter",
    "light-the-crisis": "THE CRISIS",
    "what-was-found": "d",
    "give-a-card-up": "enter",
    "end-the-last-turn": "e",
}
"""The keys that a hint names, where Enter alone does not lead on."""
KEYS = [*"1234567odtuwi", "enter", "up", "down", "left", "right", "escape", "tab"]
"""What somebody presses who reads no hint."""


def painted(app: WargameApp) -> str:
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def the_hint(app: WargameApp) -> Hint | None:
    """The scenario's hint on the screen, which is there as a whole; None if there is none."""
    lines = painted(app).splitlines()
    at = next((at for at, line in enumerate(lines) if line.startswith(f"{advice.HINT}  ")), None)
    if at is None:
        return None
    both = " ".join(" ".join(lines[at : at + 2]).split())
    text = both.removeprefix(advice.HINT).partition(advice.AWAY)[0].strip()
    assert advice.AWAY in both, "the whole hint is to be seen"
    return next(hint for hint in HINTS if " ".join(str(hint.text).split()) == text)


async def pressed(pilot: Pilot[Any], keys: str) -> None:
    for key in keys.split():
        await pilot.press(key)
        await settled(pilot)


@SIZES
async def test_its_hints_lead_to_its_end(size: tuple[int, int], tmp_path: Path) -> None:
    """Whoever does what each says wins, and has met every part of the game on the way."""
    app, met = WargameApp(tutorial(tmp_path)), list[str]()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for _ in range(900):
            hint = the_hint(app)
            if hint is not None and hint.id not in met:
                met.append(hint.id)
            if isinstance(app.screen, FinalScreen):
                break
            keys = FOLLOWED.get(hint.id if hint else "", "enter")
            crisis = re.search(r"(\d) The water rises", painted(app))
            await pressed(pilot, crisis[1] if keys == "THE CRISIS" and crisis else keys)
        table = app.session.table
        assert table is not None
        state = table.game.state

    assert state.outcome == "opening"
    assert "north" in state.winners
    assert met[-1] == "it-was-opened"
    assert {hint.id for hint in HINTS} - set(met) <= {
        "turn-the-offer", "a-running-deal", "an-offer-in-orders", "end-the-second-turn", "it-fell",
        "it-stands", "week-two-as-you-like", "week-three-as-you-like",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_whoever_presses_other_keys_gets_to_its_end_as_well(seed: int, tmp_path: Path) -> None:
    """Nothing that is pressed is a dead end, and no hint is ever cut off or stays when its time is over."""
    app, luck = WargameApp(tutorial(tmp_path)), Random(seed)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for _ in range(400):
            hint, screen = the_hint(app), app.screen
            if isinstance(screen, FinalScreen):
                break
            if hint is not None and isinstance(screen, OrdersScreen):
                assert hint.round in (0, screen.lens.view.round)
            wrong = isinstance(screen, OrdersScreen | ChoiceScreen) and luck.random() < 0.7
            keys = luck.choice(KEYS)
            await pressed(pilot, keys if wrong else " ".join(LEADS_ON.get(type(screen), ("escape",))))
        assert isinstance(app.screen, FinalScreen)
        assert the_hint(app) is not None


async def test_a_hint_promises_nothing_that_the_lit_row_refuses(tmp_path: Path) -> None:
    """A deal that the other has offered already cannot be offered: then nothing says that Enter does."""
    table = until(a_table(load_scenario(TUTORIAL), bots=["south"], seed=1), 2, seat="north")
    app = Around(DeskScreen(table, "north"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "STONE FOR TIMBER" in app.text
        assert "Enter offers" not in " ".join(app.text.split())
        await pilot.press("2")
        await pilot.pause()
        assert "ONE BOX" in app.text
        assert "Enter offers" in " ".join(app.text.split())


async def test_z_sends_its_hints_away(tmp_path: Path) -> None:
    """They are sent away like those of a first turn, and come back."""
    app = WargameApp(tutorial(tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert the_hint(app)
        await pressed(pilot, "z")
        assert the_hint(app) is None
        await pressed(pilot, "z")
        assert the_hint(app)


async def test_it_leads_whoever_has_sent_other_hints_away(tmp_path: Path) -> None:
    """Settings without hints are about other games: they neither silence it nor are changed by it."""
    app = WargameApp(tutorial(tmp_path), Settings(hints=False))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert the_hint(app)
        await pressed(pilot, "z")
        assert the_hint(app) is None
        await pressed(pilot, "z")
        assert the_hint(app)
    assert not app.settings.hints


async def test_a_newcomer_finds_it_at_home(tmp_path: Path) -> None:
    """With no games it is lit; with some it is not in the way."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert re.search(r"▸\d Tutorial, ten minutes", painted(app))
        await pressed(pilot, "enter")
        assert app.session.table is not None
        assert app.session.table.scenario.id == TUTORIAL
        hint = the_hint(app)
        assert hint is not None
        assert hint.page == "first"

    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "Tutorial, ten minutes" not in painted(app)
