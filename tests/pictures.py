"""The pictures in the README and in `docs/`, made from the real screens: `make pictures`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.screen import Screen

from tests.tui.boards import LARGE, Around, a_table, honeymoon, until
from wargame.tui.screens.board import BoardScreen
from wargame.tui.screens.desk import DeskScreen
from wargame.tui.screens.orders import OrdersScreen

DOCS = Path(__file__).resolve().parents[1] / "docs"
BOTS = ("rok", "us", "japan", "china")


def the_board() -> Screen[Any]:
    """Round four of a game between two people and four bots, before the next seat is taken."""
    table = until(a_table(honeymoon(), BOTS, seed=3), 4)
    return BoardScreen(table, next_seat=table.seat_to_play)


def some_orders() -> Screen[Any]:
    """Pyongyang's hand in round three."""
    return OrdersScreen(until(a_table(honeymoon(), BOTS, seed=3), 3, seat="dprk"), "dprk")


def a_desk() -> Screen[Any]:
    """What Pyongyang could propose in the first round."""
    return DeskScreen(until(a_table(honeymoon(), BOTS, seed=3), 1, seat="dprk"), "dprk")


PICTURES: dict[str, tuple[Callable[[], Screen[Any]], tuple[str, ...]]] = {
    "board": (the_board, ("down", "down", "down", "down", "down", "down")),
    "orders": (some_orders, ()),
    "desk": (a_desk, ()),
}


async def draw(name: str) -> None:
    make, keys = PICTURES[name]
    app = Around(make())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        drawn = app.export_screenshot(title="A Dangerous Honeymoon")
    # A picture asks the network for nothing: whoever looks at it has a monospaced font.
    plain = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL).replace("Fira Code", "monospace")
    (DOCS / f"{name}.svg").write_text(plain, encoding="utf-8")


if __name__ == "__main__":
    for name in PICTURES:
        asyncio.run(draw(name))
