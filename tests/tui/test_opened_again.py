"""Pages that are looked at again and again are made once; opened again, each is as if just made."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from tests.tui.boards import LARGE, SMALL
from tests.tui.games import settled
from tests.tui.halls import SEATS
from tests.tui.rooms import Cell, a_cell
from tests.tui.strolls import text_of
from tests.tui.test_hands import a_turn, to_orders
from wargame.host.face import Face
from wargame.rules.moves import End, Signal
from wargame.table.timers import Limit
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.board.log import LogScreen
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen

KEPT: dict[str, type[GuardedScreen[Any]]] = {"l": LogScreen, "b": BoardScreen, "i": KnowScreen}
MOVED = ("down", "down", "tab", "tab", "pagedown", "w")
"""Keys that light a row, turn pages, scroll and explain."""


def made(app: WargameApp, kind: type[GuardedScreen[Any]]) -> list[GuardedScreen[Any]]:
    """Return the screens of that kind that there are, in front or not."""
    return [screen for screen in app._registry if isinstance(screen, kind)]


async def opened(pilot: Pilot[None], key: str) -> str:
    for _ in range(10):  # a page that has just come hears nothing
        if not isinstance(pilot.app.screen, KEPT[key]):
            await pilot.pause(0.3)
            await pilot.press(key)
            await settled(pilot)
    assert isinstance(pilot.app.screen, KEPT[key])
    return text_of(cast("WargameApp", pilot.app))


async def left(pilot: Pilot[None]) -> None:
    for _ in range(3):
        if type(pilot.app.screen) in KEPT.values():
            await pilot.press("escape")
            await settled(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("key", KEPT)
async def test_it_begins_where_it_began_the_first_time(key: str, size: tuple[int, int]) -> None:
    """Nothing is lit, scrolled or explained that was so when it was left."""
    app = a_turn()
    async with app.run_test(size=size) as pilot:
        orders = await to_orders(pilot)
        first = await opened(pilot, key)
        focused = app.focused
        await pilot.press(*MOVED)
        await settled(pilot)
        await left(pilot)
        assert app.screen is orders

        assert await opened(pilot, key) == first
        assert app.focused is focused
        assert len(made(app, KEPT[key])) == 1
        await left(pilot)
        assert app.screen is orders


async def test_at_a_screen_of_ones_own_it_stays_and_tells_what_has_happened_since() -> None:
    """Through the pages of a game: always the same eyes look at it."""
    async with a_cell() as cell:
        yuki = cell.comes("birch.yuki")
        async with yuki.app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            await opened(pilot, "l")
            [first] = made(yuki.app, LogScreen)
            await left(pilot)
            await Cell(cell.room, yuki.app, pilot).until(OrdersScreen)
            assert "tells the table" not in await opened(pilot, "l")
            await left(pilot)
            other = cell.comes("amber.ken").face
            assert other is not None
            other.play(next(one for one in cell.table.game.legal_moves() if isinstance(one, Signal)))
            other.play(End("amber"))
            cell.room.course.least = 0.0  # others are told of a turn when it has lasted so long
            cell.room.course.mind()
            await settled(pilot)

            assert "tells the table" in await opened(pilot, "l")
            assert made(yuki.app, LogScreen) == [first]


async def test_what_one_seat_has_opened_is_gone_when_the_turn_is() -> None:
    """At one keyboard another person sits down next."""
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        await to_orders(pilot)
        for key in KEPT:
            await opened(pilot, key)
            await left(pilot)
        assert all(made(app, kind) for kind in KEPT.values())
        await pilot.press("e", "enter")
        await settled(pilot)

        assert [one for kind in (LogScreen, KnowScreen) for one in made(app, kind)] == []


async def test_another_size_or_theme_makes_it_anew() -> None:
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        await to_orders(pilot)
        await opened(pilot, "b")
        await left(pilot)
        [first] = made(app, BoardScreen)
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        small = await opened(pilot, "b")
        await left(pilot)
        assert first not in made(app, BoardScreen)

        [second] = made(app, BoardScreen)
        app.theme = "wargame-light"
        await settled(pilot)
        assert await opened(pilot, "b") == small
        assert second not in made(app, BoardScreen)
        assert len(made(app, BoardScreen)) == 1


LEADING: dict[str, tuple[str, ...]] = {
    "orders": ("right", "t", "down", "e", "e", "enter"),
    "answers": ("down", "up", "e", "enter"),
    "choice": ("1", "enter"),
    "talk": ("enter", "space"),
}
"""Keys that look about on a page and then lead on from it; `LOOKING` on all others."""
LOOKING = ("s", "w", "enter")


def plays_on(face: Face) -> None:
    """Somebody else does as little as can be done, until the game waits for others."""
    while face.seat_to_play == face.seat and not face.drafting and (moves := face.game.legal_moves()):
        face.play(next((move for move in moves if isinstance(move, End)), moves[0]))
    face.end_talk()


async def told_through_a_game(size: tuple[int, int], silence: float = 0.0) -> list[tuple[str, str]]:
    """Play three rounds at a screen of one's own; return each page with all that it told, key by key.

    In a `silence` of so many seconds before the first key pages may be made ahead.
    """
    told: list[tuple[str, str]] = []
    async with a_cell() as cell:
        cell.room.course.least = 0.0
        app = cell.comes("birch.yuki").app
        others = [cell.comes(f"{seat}.x").face for seat in SEATS if seat != "birch"]
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await pilot.pause(silence)
            for _ in range(60):
                state = app.session.state
                told.append((state, text_of(app)))
                if state == "final":
                    break
                for face in others:
                    assert face is not None
                    plays_on(face)
                for key in LEADING.get(state, LOOKING):
                    await pilot.press(key)
                    await settled(pilot)
                    if app.session.state == state:
                        told.append((f"{state} {key}", text_of(app)))
                await pilot.pause(0.45)  # a page on which something is decided hears nothing at first
                cell.room.course.mind()
                await settled(pilot)
            kept = [type(screen) for screen in app._registry if isinstance(screen, GuardedScreen)]
            assert kept.count(OrdersScreen) <= 2  # orders and answers
            assert all(kept.count(kind) <= 1 for kind in (ResolutionScreen, TalkScreen, BoardScreen))
    assert told[-1][0] == "final"
    return told


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_page_that_comes_again_tells_what_one_just_made_would(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through three rounds at a screen of one's own, where the pages of a round are made once."""
    kept = await told_through_a_game(size, silence=2.5)
    monkeypatch.setattr("wargame.tui.stage.KEPT", frozenset())
    anew = await told_through_a_game(size)

    assert [state for state, _text in kept] == [state for state, _text in anew]
    for before, now in zip(anew, kept, strict=True):
        assert now == before


async def test_in_a_silence_the_pages_of_a_round_are_made_before_they_come() -> None:
    """One after the other, at a screen of one's own; a key comes first."""
    kinds = (OrdersScreen, ResolutionScreen, TalkScreen, LogScreen, BoardScreen)
    async with a_cell() as cell:
        app = cell.comes("birch.yuki").app
        async with app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            front = app.screen
            assert not any(made(app, kind) for kind in kinds if kind is not type(front))
            for _ in range(100):
                if all(made(app, kind) for kind in kinds):
                    break
                await pilot.pause(0.1)

            assert all(made(app, kind) for kind in kinds)
            assert app.screen is front
            assert len(app.screen_stack) == 2


async def test_at_one_keyboard_no_page_is_made_before_it_comes() -> None:
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        orders = await to_orders(pilot)
        await pilot.pause(2.0)

        assert made(app, OrdersScreen) == [orders]
        assert not made(app, LogScreen)


async def test_a_page_that_comes_again_does_not_show_the_clock_of_before() -> None:
    async with a_cell() as cell:
        table = cell.table
        app = cell.comes("birch.yuki").app
        async with app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            table.timers.limits["orders"] = Limit(240)
            table.timers.start("orders")
            await pilot.press("m")
            await settled(pilot)
            await pilot.pause(1.5)
            assert "of 4:00" in text_of(app)
            await pilot.press("escape")
            await settled(pilot)
            table.timers.stop()
            await pilot.pause(1.5)
            assert "of 4:00" not in text_of(app)
            await pilot.press("m")
            await settled(pilot)
            await pilot.pause(1.5)
            assert "of 4:00" not in text_of(app)


async def test_a_program_ends_also_while_a_page_is_made_ahead_or_put_up() -> None:
    async with a_cell() as cell:
        for ahead in (True, False):
            app = cell.comes("birch.yuki").app
            async with asyncio.timeout(30), app.run_test(size=LARGE) as pilot:
                await settled(pilot)
                table = app.session.at_table
                if ahead:
                    app.make_ahead(LogScreen, table, "birch")
                else:
                    app.push_screen(LogScreen(table, "birch"))
            assert not app.is_running
