"""Any hand: keys held down, typed ahead or in other layouts leave a screen once and decide nothing."""

from __future__ import annotations

import ast
import asyncio
import itertools
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from textual import events
from textual._time import get_time
from textual.app import App
from textual.command import CommandList
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Markdown, OptionList

from tests.tui.boards import (
    LARGE,
    MILL,
    SMALL,
    Around,
    a_deal,
    a_question,
    a_table,
    go_on,
    honeymoon,
    mill,
    until,
)
from tests.tui.desks import a_desk
from tests.tui.games import a_save, players, settled
from wargame import tui
from wargame.rules.moves import Offer
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.cards import PauseScreen
from wargame.tui.home.covers import CoverScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.home.glossary import GlossaryScreen
from wargame.tui.home.rules import RulesScreen
from wargame.tui.home.settings import SettingsScreen
from wargame.tui.home.setup import SetupScreen
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.guard import LONGEST_WAIT, READING, SETTLE, GuardedScreen
from wargame.tui.kit.paint import put
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.play.aloud import AloudScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.talk import TalkScreen


def at_once(app: Any, *keys: str) -> None:
    """Press keys as they come in one read of the terminal: none waits for what the one before did."""
    named = {"enter": "\r", "escape": "\x1b", "space": " "}
    for key in keys:
        letter = named.get(key, key if len(key) == 1 else None)
        app.post_message(events.Key(_character_to_key(key) if len(key) == 1 else key, letter))


def stack(app: WargameApp) -> list[str]:
    return [type(screen).__name__ for screen in app.screen_stack[1:]]


def a_turn() -> WargameApp:
    """A game of the small scenario in which Amber alone is a person."""
    who = players(("amber",), "random", mill())
    return WargameApp(Start("play", scenario=str(MILL), seed=3, rounds=3, players=who))


async def to_orders(pilot: Pilot[Any]) -> OrdersScreen:
    """Lead on until Amber's orders are in front."""
    for _ in range(20):
        await settled(pilot)
        if isinstance(pilot.app.screen, OrdersScreen):
            return pilot.app.screen
        await pilot.press("escape" if isinstance(pilot.app.screen, KnowScreen) else "s")
        await pilot.press(*["enter"] if not isinstance(pilot.app.screen, OrdersScreen) else [])
    raise AssertionError("no orders came")


# --- a screen is left once -----------------------------------------------------------------------------


@pytest.mark.parametrize("presses", [2, 3, 7])
async def test_enters_in_one_read_leave_each_screen_once(presses: int, tmp_path: Path) -> None:
    """At home, in the set-up, on what is told: the second Enter of a burst finds nothing to break."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(12):
            at_once(app, *["enter"] * presses)
            await settled(pilot)
            assert app.is_running
            assert isinstance(app.screen, GuardedScreen)
            assert len(app.screen_stack) >= 2


async def test_a_pause_is_left_once() -> None:
    """Esc, then two Enters in one read: one pause, left by the first Enter, and the turn as it was."""
    app = a_turn()
    async with app.run_test(size=SMALL) as pilot:
        screen = await to_orders(pilot)
        for burst in (("escape", "enter", "enter"), ("escape", "escape", "escape"), ("escape",) * 5):
            at_once(app, *burst)
            await settled(pilot)
            while isinstance(app.screen, PauseScreen):
                await pilot.press("escape")
                await settled(pilot)
            assert app.screen is screen


async def test_the_palette_runs_an_action_once(tmp_path: Path) -> None:
    """Its first row twice in one read: the palette is left once, and what was chosen is done at most once."""
    app = WargameApp(Start("setup", saves=tmp_path, scenario=str(MILL)))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("p", *"back")
        await pilot.pause(0.3)
        at_once(app, "enter", "enter", "enter")
        await pilot.pause(0.3)
        await settled(pilot)
        assert stack(app) in (["HomeScreen"], ["SetupScreen"])


async def test_there_is_one_palette() -> None:
    """Opened again over a cover that hides it, it is not opened twice."""
    app = a_turn()
    async with app.run_test(size=SMALL) as pilot:
        await to_orders(pilot)
        await pilot.press("p")
        await pilot.pause()
        at_once(app, "f9", "p")
        await pilot.pause()
        assert stack(app) == ["OrdersScreen", "GuardedPalette", "CoverScreen"]


async def test_a_page_of_the_palette_is_not_turned_before_it_is_laid_out(tmp_path: Path) -> None:
    """There are commands, but none is on the screen yet, when the page is to be turned."""
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await pilot.pause(0.3)
        commands = app.screen.query_one(CommandList)
        commands.display = False
        await pilot.pause()
        commands.set_options(list(commands.options))
        await pilot.press("pagedown", "pageup")
        assert stack(app) == ["HomeScreen", "GuardedPalette"]


async def test_a_page_of_rows_is_not_turned_where_they_have_no_room() -> None:
    rows = Rows()

    class Bare(App[None]):
        def compose(self) -> Iterator[Rows]:
            yield rows

    async with Bare().run_test() as pilot:
        rows.display = False
        rows.show([Row(str(nth), put(str(nth))) for nth in range(40)])
        await pilot.pause()
        await pilot.app.run_action("page_down", rows)
        assert rows.lit == "0"


@pytest.mark.parametrize(("key", "lit"), [("pagedown", "3"), ("pageup", "2")])
async def test_a_page_on_stops_at_the_last_row_that_can_be_lit(key: str, lit: str) -> None:
    """Headings and lines that go on stand before the first and behind the last: a row stays lit."""
    rows = Rows()

    class Bare(App[None]):
        def compose(self) -> Iterator[Rows]:
            yield rows

    async with Bare().run_test() as pilot:
        rows.show([Row(nth if nth in "23" else "", put(nth)) for nth in "012345"])
        rows.focus()
        await pilot.press(key, key)
        assert rows.lit == lit


async def test_an_offer_that_cannot_be_paid_says_so_on_its_dial() -> None:
    """Turned to yes, what Enter would do is refused in a sentence at once, and the row shows it."""
    table = go_on(a_table(), Offer("amber", "bread-for-coin", "large", "secret", 2))
    until(table, 1, seat="birch")
    table.game.state.influence = {**table.game.state.influence, "birch": 0}
    app = Around(OrdersScreen(table, "birch"))
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(12):
            await pilot.press("down")
            if app.lit.startswith("answer:"):
                break
        assert app.lit == "answer:bread-for-coin"
        assert "‹no›" in app.text
        await pilot.press("right")
        assert "‹yes ×›" in app.text
        assert "costs" in app.text
        await pilot.press("enter")

    assert not table.view("birch").deals


async def test_a_screen_that_is_not_in_front_is_not_left() -> None:
    """Leaving what lies below, or what has gone, does nothing and says so."""
    app = Around(OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        below = app.shown
        assert isinstance(below, GuardedScreen)
        await pilot.press("b")
        await pilot.pause()
        above = app.screen
        assert above is not below
        assert below.leave() is False
        assert app.screen is above
        assert isinstance(above, GuardedScreen)
        assert above.leave() is True
        assert above.leave() is False
        assert app.screen is below


async def test_a_click_on_what_has_just_been_taken_away_does_nothing(tmp_path: Path) -> None:
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        block = app.screen.query_one(Markdown).children[0]
        x, y = block.region.x + 1, block.region.y

        await block.remove()
        assert app.screen.get_widget_at(x, y)[0] is block  # until the screen is laid out again
        app.screen._forward_event(events.MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
        await settled(pilot)

        assert stack(app) == ["HomeScreen", "RulesScreen"]


@pytest.mark.parametrize("opens", ["home", "palette"])
async def test_a_click_on_a_row_that_goes_as_it_comes_does_nothing(opens: str, tmp_path: Path) -> None:
    """The rows change between a click and its being heard, in a list of ours and in the palette's."""
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        if opens == "palette":
            await pilot.press("ctrl+p")
            await settled(pilot)
        before, rows = stack(app), app.screen.query_one(OptionList)
        x, y = rows.region.x + 3, rows.region.y + min(rows.option_count, rows.size.height) - 1
        assert app.screen.get_style_at(x, y).meta["option"] > 0

        app.screen._forward_event(events.Click(None, x, y, 0, 0, 1, False, False, False, x, y))
        rows.show([]) if isinstance(rows, Rows) else rows.clear_options()
        await settled(pilot)

        assert stack(app) == before


@pytest.mark.parametrize(
    "opened", [SettingsScreen, partial(RulesScreen, None), partial(GlossaryScreen, None)]
)
async def test_a_screen_that_opens_as_the_program_ends_paints_nothing(
    opened: Callable[[], GuardedScreen[None]], tmp_path: Path
) -> None:
    """Its widgets are never made, so there is nothing to paint."""
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        screen = opened()
        app.push_screen(screen)
        app.exit()
        await asyncio.sleep(0.3)

    assert not screen.children
    assert app.return_code == 0


async def test_the_facilitator_is_called_from_what_is_said_of_a_save(tmp_path: Path) -> None:
    """F2 while the sentence about a mended save comes up leads to the facilitator, as from everywhere."""
    path = a_save(tmp_path, "torn", moves=1)
    path.write_bytes(path.read_bytes()[:-20])
    app = WargameApp(Start("resume", saves=tmp_path, save=path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert stack(app) == ["ProblemScreen"]
        app.action_facilitate()
        await settled(pilot)
        assert stack(app) == ["GateScreen"]


async def test_what_a_thread_has_read_for_a_screen_that_has_gone_is_dropped(tmp_path: Path) -> None:
    """It comes too late, and nobody waits for it."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        home, told = app.screen, list[str]()
        assert isinstance(home, GuardedScreen)
        await pilot.press("n")
        await settled(pilot)
        home.tell(lambda: told.append("late"))
        await pilot.pause()
    assert told == []


async def test_a_size_that_the_window_no_longer_has_is_not_laid_out() -> None:
    """It comes late, and two such sizes would call each other up for ever."""
    app = a_turn()
    async with app.run_test(size=SMALL) as pilot:
        await to_orders(pilot)
        await pilot.press("h")
        await settled(pilot)
        cover, laid_out = app.screen, list[object]()
        cover.screen_layout_refresh_signal.subscribe(cover, laid_out.append)
        cover.post_message(events.Resize(Size(116, 30), Size(116, 30)))
        await pilot.pause(0.2)
        assert cover.size == Size(*SMALL)
        assert laid_out == []


async def test_a_timer_of_a_screen_below_stands_still() -> None:
    """What runs by itself goes on only in front."""
    app = Around(OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        screen, ticks = app.shown, itertools.count()
        assert isinstance(screen, GuardedScreen)
        screen.every(0.01, lambda: next(ticks))
        await pilot.pause(0.1)
        assert next(ticks) > 1
        await pilot.press("b")
        await pilot.pause(0.05)
        seen = next(ticks)
        await pilot.pause(0.1)
        assert next(ticks) == seen + 1


def test_only_the_guard_takes_screens_away() -> None:
    """No other module of the screens dismisses, pops or switches a screen, or has a timer without a guard."""
    folder = Path(tui.__file__).parent
    forbidden = {"dismiss", "pop_screen", "switch_screen", "pop_until_active", "set_timer", "set_interval"}
    found = [
        f"{path.relative_to(folder)}: {node.attr}"
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in forbidden
    ]

    assert {line for line in found if not line.startswith("kit/guard.py")} == {"map/view.py: set_interval"}


def test_every_screen_is_guarded() -> None:
    """Each class of screen of the program builds on the guarded one."""
    folder = Path(tui.__file__).parent
    bare = [
        f"{path.name}: {node.name}"
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for base in map(ast.unparse, node.bases)
        if base.partition("[")[0] in ("Screen", "ModalScreen")
    ]

    assert bare == ["guard.py: GuardedScreen", "guard.py: GuardedModal"]


# --- typed ahead ---------------------------------------------------------------------------------------


class Hand:
    """A clock that stands still until somebody lets time pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = 0.0
        self.began = get_time()
        monkeypatch.setattr(WargameApp, "clock", staticmethod(lambda: self.began + self.ahead))

    def wait(self, seconds: float) -> None:
        self.ahead += seconds


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    return Hand(monkeypatch)


def settling() -> list[GuardedScreen[Any]]:
    """A hand-over, a cover, a first page, a briefing, a choice and the opening of a turn."""
    return [
        HandoverScreen(a_table(), "birch"),
        CoverScreen(),
        FirstScreen(a_deal(), "amber"),
        KnowScreen(a_deal(), "amber", briefing=True),
        ChoiceScreen(*a_question()),
        OrdersScreen(a_deal(), "amber"),
    ]


@pytest.mark.parametrize("at", range(6))
async def test_what_was_typed_ahead_opens_and_decides_nothing(
    at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For so long after it was painted such a screen hears nothing; then it hears as always."""
    app = Around(settling()[at])
    hand = Hand(monkeypatch)
    monkeypatch.setattr(Around, "clock", staticmethod(lambda: hand.began + hand.ahead))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        before = app.text
        for _ in range(3):
            await pilot.press("space", "1", "enter", "e", "enter", "down", "o")
            hand.wait(SETTLE / 4)
        assert not app.left
        assert app.text == before
        hand.wait(READING)
        await pilot.press("space", "down", "1", "escape", "1")
        await pilot.pause()
        assert app.text != before


@pytest.mark.parametrize("kind", [ChoiceScreen, AloudScreen])
async def test_a_decision_is_there_to_be_read_before_a_key_counts(
    kind: type[ChoiceScreen], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A digit and Enter in a steady rhythm answer nothing; after a pause, or once it was read, they do.

    A question that follows on the same page has its own moment, also if its answers are alike.
    """
    hand = Hand(monkeypatch)
    monkeypatch.setattr(Around, "clock", staticmethod(lambda: hand.began + hand.ahead))
    app = Around(screen := kind(*a_question()))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for _ in range(6):
            for key in ("1", "enter"):
                hand.wait(0.24)
                await pilot.press(key)
        assert screen.lit == ""
        assert not screen.beats
        hand.wait(2 * SETTLE)
        await pilot.press("1")
        assert screen.lit != ""
        screen.changed()
        assert screen.lit != ""
        screen.ask_anew()
        await pilot.pause()
        hand.wait(READING / 2)
        await pilot.press("1", "enter")
        assert screen.lit == ""
        hand.wait(READING)
        await pilot.press("1", "enter")
        await pilot.pause()
    assert [beat.move.verb for beat in screen.beats if beat.move] == ["choose"]


async def test_what_only_looks_is_heard_while_a_decision_is_still_to_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand = Hand(monkeypatch)
    monkeypatch.setattr(Around, "clock", staticmethod(lambda: hand.began + hand.ahead))
    app = Around(screen := ChoiceScreen(*a_question()))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("b")
        assert app.screen is screen
        hand.wait(2 * SETTLE)
        await pilot.press("1", "b")
        await pilot.pause()
        assert isinstance(app.screen, BoardScreen)
        assert screen.lit == ""


async def test_a_key_that_never_stops_is_heard_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that repeats puts a decision off only so long: the page is not dead."""
    hand = Hand(monkeypatch)
    monkeypatch.setattr(Around, "clock", staticmethod(lambda: hand.began + hand.ahead))
    app = Around(screen := ChoiceScreen(*a_question()))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for _ in range(int(LONGEST_WAIT / 0.2) + 1):
            assert screen.lit == ""
            hand.wait(0.2)
            await pilot.press("down")
        assert screen.lit != ""


async def test_keys_typed_ahead_wait_for_a_screen_that_decides_nothing() -> None:
    """`o` and the keys of the desk in one read: all are heard, in their order, and an offer is laid."""
    screen = OrdersScreen(until(a_table(), 2, seat="amber"), "amber")
    app = Around(screen)
    async with app.run_test(size=SMALL) as pilot:
        at_once(app, "o", "2", "enter")
        await pilot.pause()
        await pilot.pause()
        assert app.screen is screen
    laid = [offer.template for offer in screen.table.view("amber").offers]
    assert laid == [screen.table.scenario.offer_groups["amber"][1][0].id]


async def test_a_decision_opens_with_nothing_lit() -> None:
    """Enter, however often, chooses nothing before a key has lit something."""
    for screen in (ChoiceScreen(*a_question()), OrdersScreen(a_deal(), "amber")):
        before = screen.table.game.to_bytes()
        app = Around(screen)
        async with app.run_test(size=SMALL) as pilot:
            assert app.lit == ""
            await pilot.press(*["enter"] * 6)
            assert not app.left
            assert screen.table.game.to_bytes() == before
            await pilot.press("down")
            assert app.lit != ""


async def test_a_choice_looked_away_from_is_unlit_again() -> None:
    """Back from the board: an answer can't be taken back, so Enter that closed a page must not give one."""
    screen = ChoiceScreen(*a_question())
    app = Around(screen)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "b", "escape", "enter")
        await pilot.pause()
        assert not app.left


# --- hide ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["h", "H", "ㅗ", "р", "Р", "く", "ク", "ｸ", "f9"])
async def test_hide_works_in_either_case_and_every_layout(key: str) -> None:
    """The letter itself, its capital, its place on Korean, Russian and Japanese keyboards, and F9."""
    app = a_turn()
    async with app.run_test(size=SMALL) as pilot:
        await to_orders(pilot)
        at_once(app, key)
        await settled(pilot)
        assert isinstance(app.screen, CoverScreen)
        await pilot.press("space")
        await settled(pilot)
        assert isinstance(app.screen, OrdersScreen)


async def test_hide_works_before_a_pause_and_what_is_typed() -> None:
    """From every screen that lies over a secret one: the pause, its PIN, the palette, help, fields by F9."""
    app = a_turn()
    async with app.run_test(size=SMALL) as pilot:
        await to_orders(pilot)
        for keys, key in (
            (("escape",), "h"),
            (("p",), "f9"),
            (("f1",), "h"),
            (("i",), "h"),
            (("y", "1", "enter"), "f9"),
        ):
            for pressed in keys:
                await pilot.press(pressed)
                await pilot.pause()
            at_once(app, key)
            await pilot.pause()
            assert isinstance(app.screen, CoverScreen), keys
            await pilot.press("space")
            while not isinstance(app.screen, OrdersScreen):
                await pilot.press("escape")
                await pilot.pause()


async def test_hide_works_before_a_screen_hears_anything_else(hand: Hand) -> None:
    """Also in the moment in which what was typed ahead is dropped."""
    app = a_turn()
    async with app.run_test(size=SMALL) as pilot:
        hand.wait(1)
        for _ in range(20):
            await settled(pilot)
            if isinstance(app.screen, KnowScreen):
                break
            await pilot.press("s", "enter")
        await pilot.press("enter")
        assert isinstance(app.screen, KnowScreen)
        await pilot.press("h")
        await settled(pilot)
        assert isinstance(app.screen, CoverScreen)


async def test_the_key_that_uncovers_does_nothing_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Space held down lifts the cover, and is no answer to what the page below asks."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(TalkScreen)
        hand = Hand(monkeypatch)
        talk = cast(TalkScreen, desk.app.screen)
        hand.wait(1)
        await desk.press("h")
        hand.wait(1)
        await desk.press("space", "space", "space")
        assert desk.app.screen is talk
        assert talk.ending == ""
        hand.wait(1)
        await desk.press("space")
        assert talk.ending == "open"


async def test_hide_works_in_a_replay(tmp_path: Path) -> None:
    """A game looked back on shows every secret there was."""
    app = WargameApp(Start("replay", saves=tmp_path, save=a_save(tmp_path, "old", moves=None)))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert isinstance(app.screen, CoverScreen)


# --- where the light is --------------------------------------------------------------------------------


async def test_after_an_undo_the_light_is_on_what_came_back() -> None:
    """u lights the card that is in the hand again."""
    app = Around(OrdersScreen(until(a_table(), 2, seat="amber"), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        lit = app.lit
        await pilot.press("enter", "u")
        assert app.lit == lit


@pytest.mark.parametrize("key", ["d", "t"])
async def test_giving_up_and_telling_begin_at_the_hand(key: str) -> None:
    """d and t choose among cards, so a card is lit."""
    app = Around(OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("up", key)
        assert app.lit.startswith("card:")


async def test_enter_in_the_set_up_turns_the_lit_dial(tmp_path: Path) -> None:
    """It starts the game on the row that says so, and on no other."""
    app = WargameApp(Start("setup", saves=tmp_path, scenario=str(MILL)))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        await pilot.press("2", "enter")
        assert stack(app) == ["SetupScreen"]
        assert screen.drafted.players["birch"].kind != "greedy"


async def test_lengths_are_turned_one_by_one(tmp_path: Path) -> None:
    """From the longest game each ← takes one round off, down to one."""
    app = WargameApp(Start("setup", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        screen.query_one("Dials").light("rounds")  # type: ignore[attr-defined]
        most = screen.drafted.scenario.spec.rules.most_rounds
        await pilot.press(*["right"] * 9)
        seen = [screen.drafted.rounds]
        for _ in range(9):
            await pilot.press("left")
            seen.append(screen.drafted.rounds)

    assert seen == [*range(most, 0, -1), *[1] * (10 - most)]


# --- what explains a row -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [BoardScreen, OrdersScreen])
async def test_esc_closes_why_before_anything_else(kind: type[Any]) -> None:
    """And it goes by itself when another row is lit, for it was about that one."""
    app = Around(screen := kind(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "w")
        assert screen.explains
        await pilot.press("escape")
        assert not screen.explains
        assert not (app.paused or app.left)
        await pilot.press("w", "down")
        assert not screen.explains
        await pilot.press("escape")
        await pilot.pause()
        assert (app.paused, app.left) != (False, False)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("by_key", [True, False])
async def test_what_is_told_of_another_row_begins_at_its_top(by_key: bool, size: tuple[int, int]) -> None:
    """However far one has read of the row before; whether a key lights it, or it is next in a new list."""
    table = until(a_table(honeymoon(), seed=4), 2, seat="us")
    app = Around(screen := OrdersScreen(table, "us"))
    async with app.run_test(size=size) as pilot:
        rows, about, told = (screen.query_one(name) for name in ("#rows", "#about", "#told"))
        assert isinstance(rows, Rows)
        assert isinstance(told, FramedPane)
        await pilot.press("down")
        about.styles.height, about.styles.max_height = 3, 3
        await pilot.pause()
        about.scroll_end(animate=False)
        await pilot.pause()
        assert about.scroll_y > 0 or not about.display
        told._top = 5
        if by_key:
            await pilot.press("down")
        else:
            rows.show([row for row in rows.shown if row.key != rows.lit])
            screen.repaint_lit()
        await pilot.pause()

        assert about.scroll_y == 0
        assert told._top == 0
