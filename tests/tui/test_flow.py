"""The course of a game around one keyboard: what comes after what, and that nothing private stays behind."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.host.tables import Hosted, end
from tests.tui.boards import SMALL, Around, a_table, honeymoon, mill
from tests.tui.desks import a_desk
from tests.tui.games import LEADS_ON, a_save, players, settled
from wargame.table import Facilitator, Limit, Table
from wargame.tui import Start
from wargame.tui.app import Backdrop, WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.cards import PauseScreen, ProblemScreen
from wargame.tui.home.covers import CoverScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.setup import SetupScreen
from wargame.tui.kit.foot import Foot
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.replay.replay import ReplayScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen
from wargame.words.pages import home as say


def a_game(folder: Path | None, people: tuple[str, ...]) -> WargameApp:
    """The program, opened with a three-round game of these people against random bots."""
    who = players(people, "random")
    return WargameApp(Start("play", saves=folder, seed=a_quiet_seed(), rounds=3, players=who))


@lru_cache(maxsize=1)
def a_quiet_seed() -> int:
    """A game whose first news ask no person anything, so that the orders come right after them.

    Seoul is always asked, and a bot sits there.
    """
    tables = ((seed, a_table(honeymoon(), bots=("rok",), seed=seed, rounds=3)) for seed in range(100))
    return next(seed for seed, table in tables if not table.game.state.stack)


def names(pilot: Pilot[Any]) -> list[str]:
    """The screens that lie on each other, the backdrop below them left out."""
    assert isinstance(pilot.app.screen_stack[0], Backdrop)
    return [type(screen).__name__ for screen in pilot.app.screen_stack[1:]]


async def leave(pilot: Pilot[Any], kind: type[Screen[Any]]) -> None:
    """Lead on from the screen of this kind that is in front."""
    await settled(pilot)
    assert isinstance(pilot.app.screen, kind)
    for _ in range(20):
        for key in LEADS_ON[kind]:
            if isinstance(pilot.app.screen, kind):
                await pilot.press(key)
                await settled(pilot)
        if not isinstance(pilot.app.screen, kind):
            return
    raise AssertionError(f"{kind.__name__} does not lead on")


async def test_two_people_hand_over_through_opaque_screens() -> None:
    """News, talk, then for each person: the public board, an opaque hand-over, the briefing, the orders."""
    app = a_game(None, ("us", "dprk"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert names(pilot) == ["ResolutionScreen"]
        await leave(pilot, ResolutionScreen)
        assert names(pilot) == ["TalkScreen"]
        await leave(pilot, TalkScreen)
        handed = []
        for _ in range(2):
            board = app.screen
            assert isinstance(board, BoardScreen)
            assert board.viewer is None
            await leave(pilot, BoardScreen)
            assert isinstance(app.screen, HandoverScreen)
            assert not app.screen.is_modal
            handed.append(app.screen.seat)
            await leave(pilot, HandoverScreen)
            assert names(pilot) == ["FirstScreen"]
            await leave(pilot, FirstScreen)
            assert names(pilot) == ["OrdersScreen"]
            assert app.screen.seat == handed[-1]
            await leave(pilot, OrdersScreen)

    assert sorted(handed) == ["dprk", "us"]


async def test_a_seats_screen_is_removed_before_the_next_is_shown() -> None:
    """Once a seat has ended its turn no screen of it exists any more, not even below."""
    app = a_game(None, ("us", "dprk"))
    async with app.run_test(size=SMALL) as pilot:
        for kind in (ResolutionScreen, TalkScreen, BoardScreen, HandoverScreen, FirstScreen):
            await leave(pilot, kind)
        mine = app.screen
        assert isinstance(mine, OrdersScreen)
        await leave(pilot, OrdersScreen)
        assert not mine.is_attached
        assert names(pilot) == ["BoardScreen"]


async def test_one_person_is_not_handed_over() -> None:
    """Alone at the keyboard nobody passes it: who they are before all else, the news, orders."""
    app = a_game(None, ("us",))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert names(pilot) == ["FirstScreen"]
        await leave(pilot, FirstScreen)
        await leave(pilot, ResolutionScreen)
        assert names(pilot) == ["OrdersScreen"]


async def test_bots_alone_play_to_the_end() -> None:
    """Six bots: all of it to watch, the final screen, home."""
    app = a_game(None, ())
    async with app.run_test(size=SMALL) as pilot:
        await leave(pilot, ResolutionScreen)
        assert isinstance(app.screen, FinalScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.session.table is None


async def test_the_pause_stops_the_clock_of_the_turn_and_of_the_sitting(tmp_path: Path) -> None:
    """However it is left: nothing goes by as long as it is there, and everything goes on after it."""
    app = a_game(tmp_path, ("dprk",))
    async with app.run_test(size=SMALL) as pilot:
        await leave(pilot, FirstScreen)
        table = app.session.whole
        assert table is not None
        table.set_limit("orders", Limit(60, 10))
        await leave(pilot, ResolutionScreen)
        assert table.timers.status == "running"
        await pilot.press("escape")
        await settled(pilot)
        left, played = table.timers.left, table.clock()
        await pilot.pause(0.3)
        assert (table.timers.left, table.clock()) == (left, played)
        await pilot.press("escape")
        await settled(pilot)
        await pilot.pause(0.1)
        assert left is not None
        assert (table.timers.left or 60) < left
        assert table.clock() > played


@pytest.mark.soak
async def test_pause_leaves_for_home_and_the_game_goes_on(tmp_path: Path) -> None:
    """Esc, Leave: home; nothing of the seat stays; the save goes on where it stood."""
    app = a_game(tmp_path, ("us", "dprk"))
    async with app.run_test(size=SMALL) as pilot:
        for kind in (ResolutionScreen, TalkScreen, BoardScreen, HandoverScreen, FirstScreen):
            await leave(pilot, kind)
        table = app.session.table
        assert table is not None
        before = table.game.to_bytes()
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, PauseScreen)
        number = [name for name, _label in app.screen.choices].index("home") + 1
        await pilot.press(str(number), "enter")
        await settled(pilot)
        assert names(pilot) == ["HomeScreen"]
        await pilot.press("6", "enter")
        await settled(pilot)
        assert names(pilot) == ["BoardScreen"]
        table = app.session.table
        assert table is not None
        assert table.game.to_bytes() == before


async def test_hide_covers_everything() -> None:
    """h covers a private screen with an opaque one; Space brings it back."""
    app = a_game(None, ("us",))
    async with app.run_test(size=SMALL) as pilot:
        for kind in (FirstScreen, ResolutionScreen):
            await leave(pilot, kind)
        await pilot.press("h")
        await settled(pilot)
        assert isinstance(app.screen, CoverScreen)
        assert not app.screen.is_modal
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, CoverScreen)
        await pilot.press("space")
        await settled(pilot)
        assert isinstance(app.screen, OrdersScreen)


async def test_what_cannot_be_opened_is_a_sentence(tmp_path: Path) -> None:
    """A file that is no save, and one that somebody else has open, lead to a sentence and home."""
    (tmp_path / "x.wargame").write_bytes(b"nothing")
    app = WargameApp(Start("resume", saves=tmp_path, save=tmp_path / "x.wargame"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ProblemScreen)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_finished_save_opens_at_its_end(tmp_path: Path) -> None:
    """Going on with a finished game shows its final screen."""
    path = a_save(tmp_path, "done", moves=None)
    app = WargameApp(Start("resume", saves=tmp_path, save=path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FinalScreen)


async def test_leaving_the_end_says_so_before_it_is_done(tmp_path: Path) -> None:
    """The save is closed and what was being worked out is stopped, which takes a moment."""
    app = WargameApp(Start("resume", saves=tmp_path, save=a_save(tmp_path, "done", moves=None)))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        end = app.screen
        assert isinstance(end, FinalScreen)
        end.action_back()
        assert app.screen is end
        assert "Leaving for the home screen" in str(end.query_one(Foot).render())
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_home_lists_the_folder_of_the_game_that_was_opened(tmp_path: Path) -> None:
    """After a save was opened by its path, home shows the games that lie beside it."""
    folder = tmp_path / "evenings"
    folder.mkdir()
    save = a_save(folder, "tuesday", ("amber", "birch"), moves=3)
    app = WargameApp(Start("resume", saves=tmp_path / "saves", save=save))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, PauseScreen)
        app.session.ask("leave")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert [one.name for one in app.screen.saves] == ["tuesday"]
        assert app.screen.folder == folder


async def test_the_end_leads_to_the_replay_and_back(tmp_path: Path) -> None:
    """v on the end screen looks back on the game, whose notes can be kept; Esc leads back to the end."""
    save = a_save(tmp_path, "tuesday", moves=None)
    app = WargameApp(Start("resume", saves=tmp_path, save=save))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FinalScreen)
        await pilot.press("v")
        await settled(pilot)
        assert isinstance(app.screen, ReplayScreen)
        app.screen._noted("Here it turned.")
        assert app.screen.stand.status == "The note is kept in the save."
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, FinalScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_game_in_no_file_has_no_replay() -> None:
    """Nobody keeps it, so the end screen says so and stays."""
    app = a_game(None, ())
    async with app.run_test(size=SMALL) as pilot:
        await leave(pilot, ResolutionScreen)
        await pilot.press("v", "x")
        await settled(pilot)
        assert isinstance(app.screen, FinalScreen)
        assert {note.message for note in app._notifications} == {"This game was not kept in a file."}


async def test_the_end_leads_to_the_set_up_of_another_game(tmp_path: Path) -> None:
    """n on the end screen gets up from the table and sets up a new one in the same folder."""
    save = a_save(tmp_path, "tuesday", moves=None)
    app = WargameApp(Start("resume", saves=tmp_path, save=save))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(app.screen, SetupScreen)
        assert app.screen.begun_with.saves == tmp_path
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_hide_covers_public_pages_too(tmp_path: Path) -> None:
    """On the open table, over its side talk and at the hand-over: always the same cover."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(TalkScreen)
        for before, key in (((), "h"), ((), "f9"), (("t",), "f9"), ((), "h")):
            await desk.press(*before)
            below = desk.app.screen
            await desk.press(key)
            assert isinstance(desk.app.screen, CoverScreen), key
            await desk.press("space")
            assert desk.app.screen is below
        await desk.press("escape")
        await desk.until(HandoverScreen)
        await desk.press("f9")
        assert isinstance(desk.app.screen, CoverScreen)


def at_the_second_talk(folder: Path) -> Table:
    """Two people at one keyboard; the table is open for the talk of round 2."""
    who = players(("amber", "birch"), scenario=mill())
    table = Table.start(mill(), who, seed=5, folder=folder, name="t")
    list(table.advance(talk=True))
    while not (table.game.state.round == 2 and table.open_for_talk):
        table.play(table.game.legal_moves()[0])
        list(table.advance(talk=True))
    return table


async def test_what_was_told_before_a_game_was_left_is_told_again_as_a_recap(tmp_path: Path) -> None:
    """Resumed at the talk, the round before is a recap, skipped with one key; what comes after is none."""
    table = at_the_second_talk(tmp_path)
    table.close()
    app = WargameApp(Start("resume", saves=tmp_path, save=tmp_path / "t.wargame"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        recap = app.screen
        assert isinstance(recap, ResolutionScreen)
        assert "Recap." in recap.query_one(Foot).render().plain
        await pilot.press("s")
        await settled(pilot)
        assert recap.reached == recap.last
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, TalkScreen)
        await pilot.press("enter", "space")
        await settled(pilot)
        while not isinstance(app.screen, ResolutionScreen):
            await pilot.press(*LEADS_ON.get(type(app.screen), ("enter",)))
            await settled(pilot)
        assert "Recap." not in app.screen.query_one(Foot).render().plain


async def test_a_talk_that_was_ended_has_shown_what_came_before(tmp_path: Path) -> None:
    """Resumed after it, the game goes on at the next seat's turn."""
    table = at_the_second_talk(tmp_path)
    table.end_talk()
    table.close()
    app = WargameApp(Start("resume", saves=tmp_path, save=tmp_path / "t.wargame"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, BoardScreen | HandoverScreen)


async def test_at_a_hosted_table_the_pause_says_that_nobody_waits() -> None:
    """Every row of it can be read to its end."""
    app = Around(PauseScreen(apart=Hosted().past_talk().in_order()[-1]))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)

        assert "The table does not wait" in app.text
        assert "the same line and phrase lead back" in app.text


async def test_a_pause_at_a_hosted_table_says_when_ones_turn_has_come() -> None:
    """By itself, once, with the time there is if a clock runs; and no longer when the turn has gone."""
    hosted = Hosted()
    first, second, _third = hosted.in_order()
    hosted.table.timers.limits["orders"] = Limit(90)
    app = Around(pause := PauseScreen(apart=second))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert say.TALK_IS_ON in app.text
        hosted.past_talk()
        await pilot.pause(0.6)
        assert say.TABLE_GOES_ON in app.text
        end(first)
        hosted.wait(5)
        await pilot.pause(0.6)
        assert say.YOUR_TURN in app.text
        assert say.TABLE_GOES_ON not in app.text
        assert "1:30 left." in app.text
        assert pause.in_front
        cell = Facilitator(hosted.table, "Kim")
        cell.pause("tea")
        hosted.wait(5)
        await pilot.pause(0.6)
        assert say.YOUR_TURN not in app.text, "while the game is paused nobody is waited for"
        cell.go_on("tea is over")
        hosted.wait(5)
        await pilot.pause(0.6)
        assert say.YOUR_TURN in app.text
        end(second)
        hosted.wait(5)
        await pilot.pause(0.6)
        assert say.YOUR_TURN not in app.text
