"""Rules, glossary and help are those of the scenario in sight, wherever they are opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from tests.foreign import foreign_to, standing_in
from tests.rules.boards import MINI
from tests.tui.boards import LARGE, SMALL, a_deal, mill
from tests.tui.games import a_save, settled
from wargame.debrief.story import Story
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.glossary import GlossaryScreen
from wargame.tui.home.help import HelpScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.rules import RulesScreen
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.rulebook import book_of
from wargame.tui.kit.topics import TOPICS
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.replay.replay import ReplayScreen


def said_on(app: WargameApp) -> str:
    return "\n".join("".join(part.text for part in line) for line in app.screen._compositor.render_strips())


def orders(_folder: Path) -> GuardedScreen[Any]:
    return OrdersScreen(a_deal(), "amber")


def replay(folder: Path) -> GuardedScreen[Any]:
    return ReplayScreen(Story.open(a_save(folder, "finished", moves=None)))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", [orders, replay], ids=["orders", "replay"])
async def test_each_is_the_scenarios(screen: Any, size: tuple[int, int], tmp_path: Path) -> None:
    """Over a game of the mill at the ford there is nothing of the scenario that home would begin."""
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await app.push_screen(screen(tmp_path))
        await settled(pilot)
        for key, kind in (("r", RulesScreen), ("g", GlossaryScreen), ("f1", HelpScreen)):
            await pilot.press(key)
            await settled(pilot)
            assert isinstance(app.screen, kind)
            assert app.screen.book is not None
            assert app.screen.book.markdown == book_of(mill()).markdown
            assert standing_in(foreign_to(mill()), said_on(app)) == []
            await pilot.press("escape")
            await settled(pilot)


async def test_home_has_the_rules_of_what_it_would_begin(tmp_path: Path) -> None:
    """Also for who asks before it has been read."""
    home = HomeScreen(tmp_path)

    assert home.words is None
    assert home.scenario_shown is not None
    assert home.scenario_shown.id == "honeymoon"


async def test_set_up_has_the_rules_of_what_is_chosen(tmp_path: Path) -> None:
    app = WargameApp(Start("new", tmp_path, str(MINI)))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)

        assert isinstance(app.screen, RulesScreen)
        assert app.screen.sections[0].title == "The mill at the ford: the rules"


async def test_no_line_of_the_glossary_is_broken_twice(tmp_path: Path) -> None:
    """Where the text is long enough to scroll, it is as narrow as the bar leaves room for."""
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await app.push_screen(GlossaryScreen(book_of(mill()), TOPICS["resolution/news"]))
        await settled(pilot)
        room = app.screen.query_one("#text").scrollable_content_region.width

        assert app.screen.query_one("#text").show_vertical_scrollbar
        assert (
            max(len(line) for line in str(app.screen.query_one("#meaning", Static).content).splitlines())
            <= room
        )
