"""The gate before the console: who may open it, with what PIN, and what the command can't run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from textual._time import get_time

from tests.tui.boards import MILL, SMALL, mill
from tests.tui.desks import BANNER, Desk, a_desk
from tests.tui.games import settled
from tests.tui.terminal import program
from wargame.record import Player
from wargame.rules.moves import WHITE
from wargame.table import Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.gate import FirstPinScreen, GateScreen
from wargame.tui.home.cards import ProblemScreen
from wargame.tui.kit.guard import SETTLE
from wargame.tui.kit.rows import Rows
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.settings import Settings
from wargame.tui.watch.handover import HandoverScreen


@pytest.mark.soak
async def test_the_console_wants_its_pin(tmp_path: Path) -> None:
    """A wrong one opens nothing, Esc goes back to the table, the right one opens it."""
    async with a_desk(tmp_path) as desk:
        await desk.light("do:pin")
        await desk.press("enter", "4", "2", "4", "2", "enter", "4", "2", "4", "2", "enter")
        assert desk.table.has_pin(WHITE)
        await desk.press("escape")
        await desk.until(HandoverScreen)
        assert "F2" in desk.text
        await desk.press("f2")
        assert isinstance(desk.app.screen, GateScreen)
        await desk.press("1", "1", "1", "1", "enter")
        assert isinstance(desk.app.screen, GateScreen)
        assert "not the facilitator's PIN" in desk.text
        await desk.press("f2")
        assert isinstance(desk.app.screen, GateScreen)
        await desk.press("escape")
        assert not isinstance(desk.app.screen, FacilitateScreen | GateScreen)
        await desk.press("f2", "4", "2", "4", "2", "enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        await desk.light("do:pin")
        await desk.press("enter", "enter", "enter")
        assert "Nothing was typed, so nothing has changed." in desk.text
        await desk.press("escape")
        assert desk.table.check_pin(WHITE, "4242")
        for answer, has in (("no", True), ("yes", False)):
            await desk.light("do:unpin")
            await desk.press("enter")
            assert isinstance(desk.app.screen, ProblemScreen)
            await desk.light(answer)
            await desk.press("enter")
            assert desk.table.has_pin(WHITE) is has
        assert "no PIN any more" not in desk.text


async def test_a_console_without_a_pin_opens_by_a_hand_over(tmp_path: Path) -> None:
    """F2 before the room shows nothing yet: Space opens, and nothing else; Esc goes back to the table."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.press("f2")
        assert isinstance(desk.app.screen, GateScreen)
        assert "F A C I L I T A T O R" in desk.text
        assert "PIN" not in desk.text
        await desk.press("enter", "1", "enter", "f2")
        assert isinstance(desk.app.screen, GateScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, HandoverScreen)
        assert not isinstance(desk.app.screen, GateScreen)
        await desk.press("f2")
        await desk.press("space")
        assert isinstance(desk.app.screen, FacilitateScreen)


async def test_a_saved_game_opens_at_the_console_behind_its_pin(tmp_path: Path) -> None:
    """`wargame facilitate SAVE` of a game whose facilitator had a PIN."""
    table = Table.start(mill(), folder=tmp_path, name="Tuesday", seed=7)
    table.set_pin(WHITE, "4242")
    table.close()
    start = Start("resume", tmp_path, save=tmp_path / "Tuesday.wargame", facilitator="Kim", console=True)
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=SMALL) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        assert isinstance(app.screen, GateScreen)
        assert BANNER not in desk.text
        await desk.press("4", "2", "4", "2", "enter")
        assert isinstance(app.screen, FacilitateScreen)


@pytest.mark.soak
def test_the_command_says_in_a_sentence_what_it_can_t_run(tmp_path: Path) -> None:
    """No such game or scenario, too many rounds, options that the exercise decides, and no terminal."""
    for words, said, code in (
        (("nowhere",), "There is no saved game 'nowhere'", 1),
        ((MILL, "--rounds", "99"), "--rounds must be from 1 to", 2),
        (("honeymoon", "--seed", "3"), "leave these options out", 2),
        ((MILL,), "needs a terminal", 2),
    ):
        command = program("facilitate", *words, "--saves", tmp_path)
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (ran.returncode, ran.stdout) == (code, "")
        assert said in ran.stderr
        assert len(ran.stderr.splitlines()) == 1


async def test_nothing_is_shown_before_the_facilitator_has_chosen_a_pin(tmp_path: Path) -> None:
    """The first page of a game with a facilitator; then the console opens, and F2 asks for the PIN."""
    async with a_desk(tmp_path, pin_asked=True) as desk:
        assert isinstance(desk.app.screen, FirstPinScreen)
        assert BANNER not in desk.text
        await desk.press("f2")
        assert isinstance(desk.app.screen, FirstPinScreen)
        await desk.press("4", "2", "4", "2", "enter", "4", "2", "4", "3", "enter")
        assert "The two differ" in desk.text
        await desk.press("4", "2", "4", "2", "enter", "4", "2", "4", "2", "enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert desk.table.check_pin(WHITE, "4242")
        await desk.press("escape", "f2")
        assert isinstance(desk.app.screen, GateScreen)


async def test_to_go_without_a_pin_is_asked_about_once(tmp_path: Path) -> None:
    """No leaves it open; yes is kept with the game, so that nobody is asked again."""
    async with a_desk(tmp_path, pin_asked=True) as desk:
        await desk.press("escape")
        await desk.light("no")
        await desk.press("enter")
        assert isinstance(desk.app.screen, FirstPinScreen)
        await desk.press("escape")
        await desk.light("yes")
        await desk.press("enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        path = desk.app.session.opened
    assert path is not None
    again = Table.resume(path)
    assert (again.has_facilitator, again.has_pin(WHITE)) == (True, False)
    again.close()


async def test_the_pin_of_an_exercise_holds_from_its_first_second(tmp_path: Path) -> None:
    """The gate is the first page; the save keeps its hash and not the PIN."""
    text = f'scenario: {mill().id}\ntitle: x\npin: "77abcd77"\n'
    async with a_desk(tmp_path, exercise=text, pin_asked=True) as desk:
        assert isinstance(desk.app.screen, GateScreen)
        assert BANNER not in desk.text
        await desk.press(*"77abcd77", "enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        save = desk.table.save
        assert save is not None
        assert "77abcd77" not in (save.header.exercise or "77abcd77")


async def test_a_player_who_presses_f2_sees_nothing(tmp_path: Path) -> None:
    """A game of several people that nobody leads has no console; one says how it gets one."""
    people = {seat: Player("person", seat) for seat in mill().seat_ids}
    start = Start("play", tmp_path, str(MILL), seed=7, players=people)
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        await desk.until(OrdersScreen)
        await desk.press("f2")
        assert isinstance(app.screen, OrdersScreen)
        assert "This game has no facilitator" in desk.text
    start = Start(
        "resume", tmp_path, save=app.session.opened or next(tmp_path.glob("*.wargame")), console=True
    )
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FirstPinScreen)


async def test_set_up_gives_the_facilitator_a_pin(tmp_path: Path) -> None:
    """A row of its own: k or Enter, twice the PIN; the game that begins asks for it at F2."""
    app = WargameApp(Start("setup", tmp_path, str(MILL), seed=7), Settings(animations=False))
    async with app.run_test(size=SMALL) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        assert "no facilitator" in desk.text
        app.screen.query_one(Rows).light("console")
        await desk.press("k", "4", "2", "4", "2", "enter", "4", "2", "4", "2", "enter")
        assert "facilitator, PIN" in desk.text
        await desk.press("s")
        await desk.until(OrdersScreen)
        await desk.press("f2")
        assert isinstance(app.screen, GateScreen)


async def test_f2_and_space_are_one_hand_over_and_what_is_typed_ahead_pauses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed in a breath, Space opens the gate that F2 leads to; the console hears none that come at once."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(OrdersScreen)
        began, waited = get_time(), [0.0]
        monkeypatch.setattr(WargameApp, "clock", staticmethod(lambda: began + waited[0]))
        await desk.press("f2")
        assert isinstance(desk.app.screen, GateScreen)
        await desk.press("space")
        assert isinstance(desk.app.screen, FacilitateScreen)
        await desk.press("space", "space")
        assert not desk.table.paused
        waited[0] += 2 * SETTLE
        await desk.press("space")
        assert desk.table.paused
