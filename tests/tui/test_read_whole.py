"""What a seat reads on the pages of its turn is there whole: it wraps where there is no room beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.boards import edit
from tests.tui.boards import Around, a_deal, an_offer, honeymoon, until
from tests.tui.boards import a_table as a_new_table
from wargame.rules.moves import Offer
from wargame.table.table import Table
from wargame.tui.board.seats import Seats, card_lines
from wargame.tui.play.accuse import AccuseScreen
from wargame.tui.play.counter import CounterScreen
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.play.playing import PlayingScreen
from wargame.tui.widgets.lens import Lens
from wargame.words.pages import play as say

WIDTHS = (100, 110, 118, 120, 124, 132, 140, 150)
OURS = ("yes, but …", "accuse …")
"""What ends in dots of its own."""


def of_round(round_: int, seat: str, phase: str = "orders") -> Table:
    return until(a_new_table(honeymoon(), seed=4), round_, phase, seat)


def offered(to: str = "russia") -> Table:
    """What North Korea has offered Russia, in the answers."""
    table = of_round(2, "dprk")
    table.play(Offer("dprk", "shells-for-oil", "large", "secret", 2))
    return until(table, 2, "answers", to)


PAGES: dict[str, Callable[[], PlayingScreen]] = {
    "orders": lambda: OrdersScreen(of_round(2, "dprk"), "dprk"),
    "answers": lambda: OrdersScreen(offered(), "russia"),
    "desk": lambda: DeskScreen(of_round(2, "dprk"), "dprk"),
    "counter": lambda: CounterScreen(offered(), "russia", "shells-for-oil"),
    "accuse": lambda: AccuseScreen(of_round(2, "us"), "us"),
}


def cut(text: str, whole: tuple[str, ...]) -> list[str]:
    """Lines in which something is cut off that is not in the narrow column of tracks."""
    for one in whole:
        text = text.replace(one, "")
    return [line for line in text.splitlines() if "…" in line]


@pytest.mark.parametrize("page", PAGES)
async def test_no_line_of_a_seats_pages_is_cut_at_any_width(page: str) -> None:
    """Rows and what is told of them wrap; only the words beside a wide track may end in dots."""
    screen = PAGES[page]()
    app: Around[Any] = Around(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        for width in WIDTHS:
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
            for key in ("1", "2", "tab"):
                await pilot.press(key)
                await pilot.pause()
                text = app.text
                if page in ("orders", "answers") and width >= 150:
                    text = "\n".join(line[50:] for line in text.splitlines())
                assert not cut(text, OURS), (width, key)


async def test_a_card_that_cant_be_told_says_all_of_why() -> None:
    app: Around[Any] = Around(OrdersScreen(of_round(2, "dprk"), "dprk"))
    async with app.run_test(size=(100, 30)) as pilot:
        for width in WIDTHS:
            await pilot.resize_terminal(width, 30)
            await pilot.press(*(("t",) if width == WIDTHS[0] else ()))
            await pilot.pause()
            foot = "\n".join(app.text.splitlines()[-13:])
            assert "×" in foot
            assert foot.count("×") == foot.count("of."), width


@pytest.mark.parametrize("width", range(12, 24))
def test_a_seats_card_has_no_line_too_wide(width: int) -> None:
    """Also where the seat is over the line with two digits each: the score stays whole."""
    table = of_round(2, "dprk")
    edit(table.game, tracks={"trust": 10, "regime": 10, "arsenal": 10})
    lens = Lens(table, "dprk")
    assert lens.score("dprk") >= lens.line
    lines = card_lines(lens, "dprk", width, to_move=True)
    assert all(line.cell_length <= width for line in lines)
    assert f"{lens.score('dprk')} of {lens.line:g}" in lines[0].plain
    assert "✓" in lines[0].plain


async def test_seat_cards_are_painted_as_wide_as_they_are_now() -> None:
    """However the window was before: a bar that is too long would push all else down a line."""
    screen = OrdersScreen(offered(), "russia")
    app: Around[Any] = Around(screen)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        for width in (110, 150, 118):
            await pilot.resize_terminal(width, 45)
            await pilot.pause()
            bars = [line for line in app.text.splitlines() if "━┃━" in line]
            assert len(bars) == 1
            assert screen.query_one(Seats).display
            assert bars[0].count("┃") >= 6
