"""More than six seats, with names longer than any column: told apart, and none runs into another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.rules.boards import mini
from tests.tui.boards import Around, a_table, painted, until
from wargame.content.exercise_check import Messages
from wargame.rules.scenario import Scenario
from wargame.table.table import Table
from wargame.tui.board.board import BoardScreen
from wargame.tui.board.seats import SeatCard
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import seat_colour
from wargame.tui.kit.rows import UNLIT, Rows
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.messages import MessagesScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen

SIGNS = "◐★●◆◢✚▲■"
NAMES = (
    "Grand Duchy of Greater Amberland",
    "Birchwood and Lower Birchwood",
    "Confederation of Cedar Valleys",
    "Dogwoodshire",
    "Eldermarsh upon the Hither Water",
    "Firthlingen",
    "Gorse, Heather and Whin",
    "Hawthornbury Free State",
)
SIZES = ((80, 24), (100, 30), (120, 40), (160, 45), (200, 60))


@cache
def eight() -> Scenario:
    """The mill at the ford with five more villages like Cedar, all of them with long names and capitals."""
    spec = mini().spec
    cedar = spec.seats[2]
    more = tuple(replace(cedar, id=name.split()[0].lower().strip(",")) for name in NAMES[3:])
    seats = tuple(
        replace(seat, name=name, capital=f"{name} City", symbol=sign, short=sign_of(name))
        for seat, name, sign in zip((*spec.seats, *more), NAMES, SIGNS, strict=True)
    )
    decks = {
        seat.id: tuple(replace(card, id=f"{seat.id}-{card.id}") for card in spec.cards["cedar"])
        for seat in more
    }
    scoring = replace(
        spec.scoring,
        seats=spec.scoring.seats | {seat.id: spec.scoring.seats["cedar"] for seat in more},
    )
    return Scenario(replace(spec, seats=seats, cards=spec.cards | decks, scoring=scoring), "eight seats")


def sign_of(name: str) -> str:
    """Return two letters of a name, no first letter twice."""
    return name[:2].upper()


@cache
def ended() -> Table:
    return a_table(eight(), eight().seat_ids, seed=3)


def third_round() -> Table:
    return until(a_table(eight(), eight().seat_ids[2:], seed=3), 2)


SCREENS: dict[str, Callable[[], GuardedScreen[Any]]] = {
    "board": lambda: BoardScreen(table := third_round(), next_seat=table.seat_to_play),
    "first": lambda: FirstScreen(third_round(), "amber"),
    "know": lambda: KnowScreen(third_round(), "birch"),
    "orders": lambda: OrdersScreen(table := third_round(), str(table.seat_to_play)),
    "hand-over": lambda: HandoverScreen(third_round(), "amber"),
    "round": lambda: ResolutionScreen(ended(), [beat for beat in ended().beats if beat.round == 2]),
    "talk": lambda: TalkScreen(third_round()),
    "console": lambda: FacilitateScreen(third_round(), "Ada"),
    "end": lambda: FinalScreen(ended()),
}


def glued(text: str) -> list[str]:
    """Return names that run into what stands beside them: one ends whole, at a blank, or in dots."""
    found = []
    for name in NAMES:
        for start in re.finditer(rf"(?i)(?<!\w){re.escape(name[:7])}", text):
            rest = text[start.start() :]
            pairs = enumerate(zip(name.lower(), rest.lower().ljust(len(name)), strict=False))
            same = next((at for at, (one, other) in pairs if one != other), len(name))
            if same == len(name):
                whole = not rest[same : same + 1].isalpha()
            else:
                whole = " " in (name[same - 1], name[same]) or rest[same : same + 1] == "…"
            if not whole:
                found.append(rest[: same + 5])
    return found


@pytest.mark.parametrize("name", SCREENS)
async def test_no_name_runs_into_the_next_column(name: str) -> None:
    """Whatever the width, a name that is too long ends in dots or goes on in the next line."""
    for size in SIZES:
        text = await painted(SCREENS[name](), size)
        assert glued(text) == [], size


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_seat_is_on_the_board_by_its_sign_and_in_its_colour(size: tuple[int, int]) -> None:
    """Eight colours, and eight cards inside the screen where there are cards."""
    screen = SCREENS["board"]()
    app: Around[Any] = Around(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        cards = [card for card in screen.query(SeatCard) if card.region]
        text = app.text

    assert all(sign in text for sign in SIGNS)
    assert all(screen.region.contains_region(card.region) for card in cards)
    assert len({seat_colour(eight(), seat) for seat in eight().seat_ids}) == 8


async def test_in_lines_each_score_stands_below_its_seat() -> None:
    """Eight seats need two rows of lines on eighty columns; none is torn."""
    lines = (await painted(SCREENS["board"](), (80, 24))).splitlines()
    first = next(at for at, line in enumerate(lines) if line.lstrip().startswith("in order"))

    assert {sign for sign in SIGNS if sign in lines[first] + lines[first + 2]} == {*SIGNS}
    for at in (first, first + 2):
        signs = [match.start() - 1 for match in re.finditer(f"[{SIGNS}]", lines[at])]
        scores = [match.start() - 1 for match in re.finditer(r"-?\d+ ¤", lines[at + 1])]
        assert signs == scores


@pytest.mark.parametrize("name", SCREENS)
async def test_no_row_is_wider_than_its_list(name: str) -> None:
    """Also where eight seats do not fit and a bar to scroll by takes a column."""
    for size in ((80, 24), (120, 40)):
        app: Around[Any] = Around(SCREENS[name]())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for rows in app.screen.query(Rows):
                room = rows.scrollable_content_region.width - len(UNLIT)
                wide = [row.line.plain for row in rows.shown if row.line.rstrip().cell_length > room]
                assert not (rows.region and wide), size


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_whom_one_may_write_to_is_named_whole_or_cut_with_dots(size: tuple[int, int]) -> None:
    table = third_round()
    table.press = Messages()
    lines = (await painted(MessagesScreen(table, "amber"), size)).splitlines()
    for name, sign in zip(NAMES[1:], SIGNS[1:], strict=True):
        [row] = [line.split("│")[1].rstrip() for line in lines if f" {sign}" in line]
        assert row.endswith((name, "…")), row


def test_what_is_glued_is_found() -> None:
    assert glued("Grand Duchy of Gre◆ab") and glued("DOGWOODSHIREab")
    assert glued("Grand Duchy of… Grand Duchy\nDogwoodshire 3") == []
