"""Pages of each room as text, in the language that the program runs in."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from tests.tui.boards import LARGE, Around, a_table, mill
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.cards import PauseScreen
from wargame.tui.home.covers import CoverScreen, SmallScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.home.help import HelpScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.pin import PinScreen
from wargame.tui.home.settings import SettingsScreen
from wargame.tui.kit.topics import TOPICS
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen

BARE = ("home", "settings", "pause", "hidden", "small")
"""Pages on which nothing stands but what pages say, the names of keys, and the names of settings."""


async def drawn() -> dict[str, str]:
    """Return what stands on each page, by name."""
    table = a_table(mill())
    seat = str(table.seat_to_play)
    home = HomeScreen(None)
    home._found = lambda found: None  # type: ignore[method-assign]  # a scenario is another text
    screens: dict[str, Screen[Any]] = {
        "home": home, "settings": SettingsScreen(), "pause": PauseScreen(seat, True), "hidden": CoverScreen(),
        "small": SmallScreen(), "pin": PinScreen(table, seat), "board": BoardScreen(table, None),
        "help": HelpScreen(frozenset({"why", "help"}), TOPICS["orders/card"]),
        "orders": OrdersScreen(table, seat), "desk": DeskScreen(table, seat),
        "first": FirstScreen(table, seat), "know": KnowScreen(table, seat),
    }  # fmt: skip
    found = {}
    for name, screen in screens.items():
        app: Around[Any] = Around(screen)
        async with app.run_test(size=LARGE) as pilot:
            await pilot.pause()
            found[name] = app.text
    return found
