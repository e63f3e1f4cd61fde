"""The hand-over: opened with Space, or with a PIN where the seat has one; and where a PIN is set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual._time import get_time
from textual.pilot import Pilot

from tests.tui.boards import LARGE, MILL, SMALL, Around, a_table, mill
from tests.tui.games import LEADS_ON, players, settled
from wargame.table import Table
from wargame.table.pins import Tries
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.cards import PauseScreen, ProblemScreen
from wargame.tui.home.help import HelpScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.pin import PinField, PinScreen
from wargame.tui.home.setup import SetupScreen
from wargame.tui.kit.foot import Foot
from wargame.tui.kit.guard import GuardedApp
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.words.pages import watch as say


class Clock:
    """A clock that stands still until it is turned."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def a_locked_table(pin: str = "1234") -> tuple[Table, Clock]:
    """A game in which Amber has a PIN, on a clock that stands still."""
    table, clock = a_table(), Clock()
    table.tries = Tries(clock)
    table.set_pin("amber", pin)
    return table, clock


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, and wait until a PIN has been compared."""
    await pilot.press(*keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_space_takes_a_seat_without_a_pin() -> None:
    """And nothing else does: not Enter, not what would be a PIN, whatever was typed before it."""
    for typed in ((), ("h", "p", "r", "1"), ("enter", "enter"), ("5", "enter"), ("1", "enter") * 4):
        app = Around(HandoverScreen(a_table(), "birch"))
        async with app.run_test(size=SMALL) as pilot:
            await press(pilot, *typed)
            assert not app.left
            await press(pilot, "space")
            assert app.left
            assert app.asked == "take_seat"


async def test_a_click_takes_a_seat() -> None:
    """On the bottom line, where it says so; nowhere else, for a click may be meant for the screen before."""
    app = Around(HandoverScreen(a_table(), "birch"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.click(offset=(20, 8))
        await press(pilot)
        assert not app.left
        await pilot.click(Foot, offset=(10, 0))
        await press(pilot)
        assert app.left


async def test_only_a_seat_with_a_pin_asks_for_one() -> None:
    """Its field hides what is typed; without a PIN there is no field, and what is typed leaves no trace."""
    locked, _clock = a_locked_table()
    for table, asks in ((locked, True), (a_table(), False)):
        app = Around(HandoverScreen(table, "amber"))
        async with app.run_test(size=LARGE) as pilot:
            untouched = app.text
            for count in (1, 4, 6):
                await pilot.press(*["7"] * count)
                assert "7" not in app.text
                if asks:
                    assert f"PIN {'•' * min(count, 4):_<4}  {say.THEN_ENTER}" in app.text
                    await pilot.press("escape")
                assert app.text == untouched
        assert ("PIN" in untouched) is asks
        assert ("Enter" in untouched) is asks


async def test_all_seats_look_alike() -> None:
    """But for the seat's own name, symbol and letters."""
    texts = set()
    for seat, name, short in (("amber", "Amber", "AM"), ("birch", "Birch", "BI"), ("cedar", "Cedar", "CE")):
        app = Around(HandoverScreen(a_table(), seat))
        async with app.run_test(size=SMALL):
            spaced = " ".join(name.upper())
            texts.add(
                app.text.replace(f"{name[0]}   {spaced}", "NAME").replace(f"{name[0]} {short}:", "SEAT:")
            )

    assert len(texts) == 1


async def test_a_wrong_pin_is_one_quiet_sentence() -> None:
    """It stays closed and says so; the right one opens; nothing typed is not enough."""
    app = Around(HandoverScreen(a_locked_table()[0], "amber"))
    async with app.run_test(size=SMALL) as pilot:
        for keys in (("space",), ("9", "9", "9", "9", "space")):
            await press(pilot, *keys)
            assert not app.left
            assert say.WRONG_PIN in app.text
            assert say.WAIT not in app.text
            assert "PIN ____" in app.text
        await press(pilot, "1", "2", "9", "backspace", "3", "4", "space")
        assert app.asked == "take_seat"


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_and_space_both_confirm_what_has_been_typed(key: str) -> None:
    """And the line beside it says so."""
    app = Around(HandoverScreen(a_locked_table()[0], "amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert "Enter" in app.text
        assert "····" not in app.text
        await press(pilot, *"1234", key)
        assert app.asked == "take_seat"


async def test_after_three_wrong_ones_it_waits() -> None:
    """In the pause not even the right PIN is heard, but keys still work; after it the right one opens."""
    table, clock = a_locked_table()
    app = Around(HandoverScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(3):
            await press(pilot, "9", "space")
        assert f"{say.WRONG_PIN} {say.WAIT}" in app.text
        await press(pilot, *"1234", "space")
        assert not app.left
        assert say.WAIT in app.text
        await press(pilot, "escape")
        assert app.paused
        clock.now += 1
        await press(pilot, *"1234", "space")
        assert app.asked == "take_seat"


async def test_escape_forgets_what_was_typed_and_then_pauses() -> None:
    """The first Esc empties the line, the second opens the pause."""
    app = Around(HandoverScreen(a_locked_table()[0], "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "1", "2", "escape")
        assert not app.paused
        assert "PIN ____" in app.text
        await press(pilot, "escape")
        assert app.paused


# --- in the whole program ------------------------------------------------------------------------------


def a_game(folder: Path | None, *people: str) -> WargameApp:
    who = players(people, "random", mill())
    return WargameApp(Start("play", saves=folder, scenario=str(MILL), seed=3, rounds=3, players=who))


async def go_to(pilot: Pilot[Any], kind: type) -> None:
    """Lead on until a screen of this kind is in front."""
    for _ in range(60):
        await settled(pilot)
        screen = pilot.app.screen
        if isinstance(screen, kind):
            return
        for key in LEADS_ON[type(screen)]:
            if pilot.app.screen is screen:
                await pilot.press(key)
                await settled(pilot)
    raise AssertionError(f"no {kind.__name__} came")


async def choose(pilot: Pilot[Any], key: str) -> None:
    """Open the pause and take this choice."""
    await pilot.press("escape")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PauseScreen)
    number = [name for name, _label in screen.choices].index(key) + 1
    await pilot.press(str(number), "enter")
    await settled(pilot)


@pytest.mark.soak
async def test_a_seat_sets_its_pin_in_its_own_turn() -> None:
    """Esc, Set a PIN: typed twice; a slip or a bad one is a sentence; empty changes nothing."""
    app = a_game(None, "amber", "birch")
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, OrdersScreen)
        table, mine = app.session.table, app.screen
        assert table is not None
        assert isinstance(mine, OrdersScreen)
        await choose(pilot, "pin")
        assert isinstance(app.screen, PinScreen)
        await pilot.press(*"12", "enter", *"1234", "enter", *"4321", "enter")
        assert isinstance(app.screen, PinScreen)
        assert not table.has_pin(mine.seat)
        await pilot.press(*"1234", "enter", *"1234", "enter")
        await settled(pilot)
        assert isinstance(app.screen, OrdersScreen)
        assert table.check_pin(mine.seat, "1234")
        await choose(pilot, "pin")
        await pilot.press("escape")
        await settled(pilot)
        assert table.has_pin(mine.seat)
        await choose(pilot, "pin")
        await pilot.press("enter", "enter", "escape")
        await settled(pilot)
        assert table.check_pin(mine.seat, "1234")


async def test_a_seat_takes_its_pin_away_after_a_question() -> None:
    """A row of the pause that is there only where there is a PIN; Enter alone takes nothing away."""
    app = a_game(None, "amber", "birch")
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, OrdersScreen)
        table, mine = app.session.table, app.screen
        assert table is not None
        assert isinstance(mine, OrdersScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, PauseScreen)
        assert "unpin" not in dict(app.screen.choices)
        await pilot.press("escape")
        table.set_pin(mine.seat, "1234")
        for answer, has in (("enter", True), ("escape", True), ("up", False)):
            await choose(pilot, "unpin")
            assert isinstance(app.screen, ProblemScreen)
            await pilot.press(answer, *(["enter"] if answer == "up" else []))
            await settled(pilot)
            assert isinstance(app.screen, OrdersScreen)
            assert table.has_pin(mine.seat) is has


async def test_only_a_seats_own_turn_offers_a_pin() -> None:
    """On the public board and at the hand-over the pause has no such choice."""
    app = a_game(None, "amber", "birch")
    async with app.run_test(size=SMALL) as pilot:
        for kind in (BoardScreen, HandoverScreen):
            await go_to(pilot, kind)
            await pilot.press("escape")
            await settled(pilot)
            assert isinstance(app.screen, PauseScreen)
            assert "pin" not in dict(app.screen.choices)
            await pilot.press("escape")


async def test_a_game_without_a_facilitator_offers_no_console() -> None:
    """Neither on the pause nor at the hand-over: no row and no key that would lead nowhere."""
    app = a_game(None, "amber", "birch")
    async with app.run_test(size=SMALL) as pilot:
        for kind in (BoardScreen, HandoverScreen, OrdersScreen):
            await go_to(pilot, kind)
            assert not any("F2" in foot.render().plain for foot in app.screen.query(Foot).results(Foot))
            await pilot.press("escape")
            await settled(pilot)
            assert isinstance(app.screen, PauseScreen)
            assert "facilitate" not in dict(app.screen.choices)
            await pilot.press("escape")


async def test_a_pin_may_be_typed_as_soon_as_the_page_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters and digits do nothing by themselves; Space, which may have been typed ahead, is not heard."""
    monkeypatch.setattr(GuardedApp, "clock", staticmethod(get_time))
    monkeypatch.setattr("wargame.tui.kit.guard.SETTLE", 1000)
    screen = HandoverScreen(a_locked_table()[0], "amber")
    app = Around(screen)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert screen.ready
        await press(pilot, "space", "1", "2", "enter")
        assert screen.in_front
        assert "PIN ••__" in app.text


async def test_nothing_of_a_seat_outlives_its_turn() -> None:
    """Its notifications, its help and its palette are gone when others look."""
    app = a_game(None, "amber", "birch")
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, OrdersScreen)
        app.notify("Only you know this.", timeout=1000)
        await pilot.pause()
        await go_to(pilot, BoardScreen)
        assert len(app._notifications) == 0
        app.notify("Everybody saw this.", timeout=1000)
        await go_to(pilot, HandoverScreen)
        assert len(app._notifications) == 0
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await go_to(pilot, OrdersScreen)
        await pilot.press("ctrl+p")
        await pilot.pause()
        app.session.ask("leave")
        await settled(pilot)
        assert [type(screen) for screen in app.screen_stack[1:]] == [HomeScreen]


@pytest.mark.soak
async def test_the_set_up_gives_a_seat_a_pin(tmp_path: Path) -> None:
    """k on a person's row: typed twice, shown as dots, saved with the game; a bot has none."""
    app = WargameApp(Start("setup", saves=tmp_path, scenario=str(MILL), seed=3))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        await pilot.press("2", "left", "k", *"k7w9x2", "enter", *"k7w9x2", "enter", "right")
        await pilot.press("1", "k", *"s1n2", "enter", *"s1n3", "enter", *"s1n2", "enter", *"s1n2", "enter")
        strips = screen._compositor.render_strips()
        painted = "\n".join("".join(segment.text for segment in strip) for strip in strips)
        assert "PIN ····" in painted
        assert "s1n2" not in painted
        await pilot.press("3", "k", "s")
        await settled(pilot)
        table = app.session.table
        assert table is not None
        assert table.check_pin("amber", "s1n2")
        assert not table.check_pin("amber", "")
        assert not table.has_pin("birch")
    again = Table.resume(next(tmp_path.glob("*.wargame")))
    assert again.has_pin("amber")
    again.close()


async def test_a_pin_of_the_setup_is_taken_away_by_a_key_of_its_own() -> None:
    """Enter with nothing typed changes nothing; Del takes it away, and is offered where there is one."""
    app = WargameApp(Start("setup", None, str(MILL), None, 7))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        await pilot.press("1", "k")
        assert "Del" not in screen.query_one(PinField).beside
        await pilot.press(*"s1n2", "enter", *"s1n2", "enter")
        await settled(pilot)
        await pilot.press("k")
        assert "Del" in screen.query_one(PinField).beside
        await pilot.press("enter", "escape")
        await settled(pilot)
        assert list(screen.drafted.pins) == ["amber"]
        await pilot.press("k", "delete")
        await settled(pilot)
        assert screen.drafted.pins == {}


async def test_the_facilitators_way_out(tmp_path: Path) -> None:
    """Opened with `pins=False` the hand-over asks nobody."""
    table = a_table()
    saved = Table.start(table.scenario, table.players, seed=7, folder=tmp_path, name="g")
    for seat in table.scenario.seat_ids:
        saved.set_pin(seat, "1234")
    saved.close()
    app = WargameApp(Start("resume", save=tmp_path / "g.wargame", pins=False))
    async with app.run_test(size=SMALL) as pilot:
        await go_to(pilot, OrdersScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_pause_hides_all_of_the_card_below_it(size: tuple[int, int]) -> None:
    """A hand-over without a PIN lets no edge be seen beside the card that lies over it."""
    app = Around(handover := HandoverScreen(a_table(), "birch"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        below = handover.query_one("#pass").region
        app.push_screen(pause := PauseScreen())
        await pilot.pause()

        assert pause.query_one(".card").region.contains_region(below)
