"""A wall follows a game that is played in another program: it shows what everybody may see, and no more."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from tests.debrief.games import seated
from tests.rules.boards import mini
from tests.tui.boards import LARGE, SMALL
from tests.tui.games import LEADS_ON, settled
from wargame.content.load import load_scenario
from wargame.debrief.dated_events import told
from wargame.debrief.perspective import ROOM
from wargame.record import Player
from wargame.rules.moves import WHITE
from wargame.rules.scenario import Scenario
from wargame.table import Facilitator, Limit, Table
from wargame.table.live import PublicLine, Shown, live_path
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.settings import Settings
from wargame.tui.wall.app import WallApp
from wargame.tui.wall.follow import AWAY, Follower
from wargame.tui.wall.screens import (
    WallBoardScreen,
    WallEndScreen,
    WallRecapScreen,
    WallTalkScreen,
    WallWaitScreen,
)
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen
from wargame.words import Words

STILL = Settings(animations=False)


def a_game(folder: Path, scenario: Scenario | None = None, rounds: int = 2) -> Table:
    """A kept game of two people."""
    scenario = scenario or mini()
    people = scenario.seat_ids[:2]
    players = seated(scenario, people)
    return Table.start(scenario, players, seed=5, rounds=rounds, folder=folder, name="evening")


def keyboard(table: Table) -> WargameApp:
    """The program at which this game is played."""
    app = WargameApp(Start(), STILL, whole=table)
    assert app.session.leads
    return app


def wall(folder: Path, save: Path | None = None, own_pace: bool = False) -> WallApp:
    return WallApp(Start("wall", saves=folder, save=save, own_pace=own_pace), STILL)


def frame(app: WargameApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def looked(pilot: Pilot[Any]) -> str:
    """What the wall shows after another look at the files."""
    with pilot.app._context():  # there may be another program in this test
        await pilot.app.stage.look()  # type: ignore[attr-defined]
    for _ in range(3):
        await settled(pilot)
    return frame(pilot.app)  # type: ignore[arg-type]


def secrets_of(table: Table) -> set[str]:
    """The titles of what only seats hold, know or have laid, but for what all have heard."""
    words, state = Words(table.scenario), table.game.state
    cards = {card for hand in state.hands.values() for card in hand}
    cards |= {commit.card for orders in state.orders.values() for commit in orders.commits}
    titles = {words.said(table.scenario.cards[card].title) for card in cards}
    titles |= {words.agenda(agenda).title for agenda in state.agendas.values()}
    heard = " ".join(words.event(one.event, None) for one in told(table.beats, ROOM, table.scenario.seat_ids))
    return {title for title in titles if title not in heard}


SHOWS = {ResolutionScreen: WallRecapScreen, TalkScreen: WallTalkScreen, FinalScreen: WallEndScreen}
"""What the wall shows of a page of the keyboard; the board of any other."""


@pytest.mark.parametrize("scenario", ["mini", "honeymoon"])
async def test_the_wall_shows_the_page_of_the_table_and_nothing_that_a_seat_alone_knows(
    tmp_path: Path, scenario: str
) -> None:
    """A game to its end at one keyboard: the wall is on the same page throughout, with no seat's secret."""
    table = a_game(tmp_path, load_scenario("honeymoon") if scenario == "honeymoon" else None, rounds=1)
    at_table, at_wall = keyboard(table), wall(tmp_path)
    live = live_path(tmp_path / "evening.wargame")
    pages = set()
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        for _ in range(150):
            await settled(playing)
            screen = at_table.screen
            seen = await looked(watching)
            pages.add(type(at_wall.screen))
            assert isinstance(at_wall.screen, SHOWS.get(type(screen), WallBoardScreen))
            if isinstance(at_wall.screen, WallRecapScreen):
                assert isinstance(screen, ResolutionScreen)
                assert at_wall.screen.reached == screen.reached
                assert len(at_wall.screen.pages) == len(screen.pages)
            if isinstance(screen, FinalScreen):
                break
            betrayed = [title for title in secrets_of(table) if title in seen or title in live.read_text()]
            assert not betrayed
            for key in LEADS_ON.get(type(screen), ()):
                if at_table.screen is screen:
                    await playing.press(key)
                    await settled(playing)
        assert isinstance(at_wall.screen, WallEndScreen)
    assert pages == {WallRecapScreen, WallTalkScreen, WallBoardScreen, WallEndScreen}


async def test_the_live_file_stays_as_it_is_whatever_a_seat_does_in_its_turn(tmp_path: Path) -> None:
    """From the hand-over to the end of the turn not a byte changes: not by moves made, nor taken back."""
    table = a_game(tmp_path)
    app = keyboard(table)
    live = live_path(tmp_path / "evening.wargame")
    async with app.run_test(size=LARGE) as pilot:
        while not isinstance(app.screen, BoardScreen):
            for key in LEADS_ON[type(app.screen)]:
                await pilot.press(key)
                await settled(pilot)
        before, stamp = live.read_bytes(), live.stat().st_ino
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert app.session.state == "orders"
        laid = [move for move in table.game.legal_moves() if move.verb in ("commit", "offer")][:1]
        for move in laid:
            table.play(move)
            await settled(pilot)
            table.undo()
            await settled(pilot)
            table.play(move)
            await settled(pilot)
        assert laid
        app.session.beat()
        assert live.read_bytes() == before
        assert live.stat().st_ino == stamp


async def _until_orders_are_given(folder: Path, nth: int) -> tuple[list[bytes], list[str]]:
    """What the live file and the wall's frames are while a seat lays its nth card and passes on."""
    table = a_game(folder, load_scenario("honeymoon"))
    at_table, at_wall = keyboard(table), wall(folder)
    files, frames = [], []
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        while at_table.session.state != "orders":
            for key in LEADS_ON[type(at_table.screen)]:
                await playing.press(key)
                await settled(playing)
        for what in ("nothing", "lay", "end"):
            moves = {move.verb: move for move in table.game.legal_moves()}
            commits = [move for move in table.game.legal_moves() if move.verb == "commit"]
            if what == "lay" and nth:
                table.play(commits[nth - 1])
            elif what == "end":
                table.play(moves["end"])
                at_table.session.ask("done")
            await settled(playing)
            frames.append(await looked(watching))
            files.append(live_path(folder / "evening.wargame").read_bytes())
    return files, frames


async def test_games_that_differ_in_what_a_seat_laid_look_the_same(tmp_path: Path) -> None:
    """Nothing, one card or another: to the last byte and cell the room can't tell which it was."""
    (tmp_path / "0").mkdir()
    files, frames = await _until_orders_are_given(tmp_path / "0", 0)
    assert frames[0] == frames[1] != frames[2]  # who is asked next is seen
    for nth in (1, 3):
        (tmp_path / str(nth)).mkdir()
        other_files, other_frames = await _until_orders_are_given(tmp_path / str(nth), nth)

        assert other_files == files
        assert other_frames == frames


async def test_it_waits_for_a_game_and_takes_the_newest_that_is_played(tmp_path: Path) -> None:
    app = wall(tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        assert str(tmp_path)[:20] in await looked(pilot)
        assert isinstance(app.screen, WallWaitScreen)

        table = a_game(tmp_path)
        async with keyboard(table).run_test(size=SMALL) as playing:
            await settled(playing)
            await looked(pilot)
            assert isinstance(app.screen, WallRecapScreen | WallBoardScreen | WallTalkScreen)


async def test_a_window_that_is_too_small_loses_no_page(tmp_path: Path) -> None:
    """What the table tells meanwhile is there when the window is large enough again."""
    table = a_game(tmp_path, load_scenario("honeymoon"), rounds=1)
    at_table, at_wall = keyboard(table), wall(tmp_path)
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        while not isinstance(at_table.screen, ResolutionScreen) or len(at_table.screen.pages) < 3:
            for key in LEADS_ON[type(at_table.screen)]:
                await playing.press(key)
                await settled(playing)
        await looked(watching)
        await watching.resize_terminal(60, 15)
        await playing.press("enter")
        await settled(playing)
        assert "too small" in await looked(watching)
        await watching.resize_terminal(*LARGE)
        await looked(watching)
        recap = cast(WallRecapScreen, at_wall.screen)
        assert (recap.reached, at_table.screen.reached) == (1, 1)


async def test_a_pause_is_said_and_the_page_comes_back_where_it_was(tmp_path: Path) -> None:
    table = a_game(tmp_path)
    at_table, at_wall = keyboard(table), wall(tmp_path)
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        await settled(playing)
        await looked(watching)
        before = type(at_wall.screen)

        await playing.press("escape")
        await settled(playing)
        seen = await looked(watching)
        assert "P A U S E" in seen

        await playing.press("escape")
        await settled(playing)
        await looked(watching)
        assert type(at_wall.screen) is before


async def test_a_rewind_is_said_and_the_wall_goes_on_from_there(tmp_path: Path) -> None:
    """While the facilitator has the console nothing of it is seen; then all hear that time went back."""
    table = a_game(tmp_path)
    table.set_pin(WHITE, "2580")
    at_table, at_wall = keyboard(table), wall(tmp_path)
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        for _ in range(60):
            await settled(playing)
            if table.game.state.phase == "answers":
                break
            for key in LEADS_ON[type(at_table.screen)]:
                await playing.press(key)
                await settled(playing)
        await looked(watching)

        await playing.press("f2")
        await settled(playing)
        seen = await looked(watching)
        assert "O N E   M O M E N T" in seen
        await playing.press(*"2580", "enter")
        await settled(playing)
        assert at_table.session.state == "console"
        assert "SEES EVERYTHING" not in await looked(watching)

        Facilitator(table, "Kim").rewind(table.opening_move, "once more")
        await settled(playing)
        await looked(watching)
        await playing.press("escape")
        await settled(playing)
        seen = await looked(watching)
        assert "TAKEN BACK" in seen.replace("T A K E N   B A C K", "TAKEN BACK")

        at_table.session.ask("done")
        for _ in range(2):
            await settled(playing)
        await looked(watching)
        assert isinstance(at_wall.screen, SHOWS.get(type(at_table.screen), WallBoardScreen))


async def test_a_table_that_died_is_away_and_comes_back(tmp_path: Path) -> None:
    """Nothing is taken away by a killed program: after a while the wall says so, and follows the next one."""
    table = a_game(tmp_path)
    at_wall = wall(tmp_path, tmp_path / "evening.wargame")
    live = live_path(tmp_path / "evening.wargame")
    async with at_wall.run_test(size=LARGE) as watching:
        async with keyboard(table).run_test(size=LARGE) as playing:
            await settled(playing)
            await looked(watching)
            left = live.read_bytes()
        table.close()
        live.write_bytes(left)  # as a killed program leaves it
        await looked(watching)
        at_wall.stage.follower._steady = lambda: time.monotonic() + AWAY + 1  # type: ignore[attr-defined]
        assert "T H E   T A B L E   I S   A W A Y" in await looked(watching)

        again = Table.resume(tmp_path / "evening.wargame")
        async with keyboard(again).run_test(size=LARGE) as playing:
            await settled(playing)
            assert "A W A Y" not in await looked(watching)
        again.close()


async def test_time_that_is_up_is_said_with_whose_it_was(tmp_path: Path) -> None:
    """The seat whose time it was is named, not the one that is next."""
    table = a_game(tmp_path)
    table.set_limit("orders", Limit(60, 10))
    at_table, at_wall = keyboard(table), wall(tmp_path)
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        while at_table.session.state != "orders":
            for key in LEADS_ON[type(at_table.screen)]:
                await playing.press(key)
                await settled(playing)
        name = Words(table.scenario).capital(at_table.session.pages[0].seat)
        table.timers.add(-60)
        at_table.session.tick()
        await settled(playing)
        assert at_table.session.state == "time_up"
        seen = await looked(watching)
        assert "T I M E   I S   U P" in seen
        assert f"{name}: what was laid down by then stands." in seen


async def test_the_clock_counts_by_itself(tmp_path: Path) -> None:
    """Without a word from the table the time that is left becomes less."""
    table = a_game(tmp_path)
    table.set_limit("orders", Limit(600, 60))
    table.set_limit("news", Limit(600, 60))
    table.set_limit("resolution", Limit(600, 60))
    at_table, at_wall = keyboard(table), wall(tmp_path)
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        for _ in range(60):
            await settled(playing)
            if at_table.session.state == "orders":
                break
            for key in LEADS_ON[type(at_table.screen)]:
                await playing.press(key)
                await settled(playing)
        await looked(watching)
        screen = at_wall.screen
        assert isinstance(screen, WallBoardScreen)
        assert [timer.name for timer in screen._timers].count("clock") == 1
        left = screen.table.timers.left
        assert left is not None and 590 < left < 600
        lines = screen.card.lines(46)
        followed = screen.table
        assert isinstance(followed, Table)
        table_clock = followed.clock.steady
        followed.clock.steady = lambda: table_clock() + 60
        assert screen.card.lines(46) != lines


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
async def test_no_key_leads_to_anything_but_out(tmp_path: Path, size: tuple[int, int]) -> None:
    table = a_game(tmp_path)
    at_wall = wall(tmp_path)
    async with keyboard(table).run_test(size=SMALL) as playing, at_wall.run_test(size=size) as watching:
        await settled(playing)
        await looked(watching)
        screen, raw = at_wall.screen, (tmp_path / "evening.wargame").read_bytes()
        for key in (
            *("enter", "space", "escape", "f1", "f2", "f9", "p", "ctrl+p", "h", "r", "g", "b", "i", "l"),
            *("question_mark", "comma", "a", "s", "tab", "up", "down", "left", "right", "1", "9", "n", "x"),
        ):
            await watching.press(key)
            await watching.pause()
            assert at_wall.screen is screen
            assert len(at_wall.screen_stack) == 2
        assert "q leaves" in frame(at_wall)
        await watching.click(offset=(5, 5))
        assert at_wall.screen is screen
        assert (tmp_path / "evening.wargame").read_bytes() == raw
        await watching.press("q")
        await watching.pause()
        assert not at_wall.is_running or at_wall.ending


async def test_at_its_own_pace_the_wall_tells_the_news_by_itself_and_to_their_end(tmp_path: Path) -> None:
    """The table skips to the next turn: the wall goes on telling, then follows."""
    table = a_game(tmp_path, load_scenario("honeymoon"), rounds=1)
    at_table, at_wall = keyboard(table), wall(tmp_path, own_pace=True)
    async with at_table.run_test(size=LARGE) as playing, at_wall.run_test(size=LARGE) as watching:
        await settled(playing)
        await looked(watching)
        recap = cast(WallRecapScreen, at_wall.screen)
        for key in ("s", "enter"):
            await playing.press(key)
            await settled(playing)
        assert at_table.session.state != "news"
        await looked(watching)
        assert at_wall.screen is recap
        for _ in recap.pages:
            recap._go_on_alone()
            await settled(watching)
        assert type(at_wall.screen) is not WallRecapScreen


def test_a_follower_reads_nothing_while_nothing_is_new(tmp_path: Path) -> None:
    """One look more gives nothing, and a sign of life is no news."""
    table = a_game(tmp_path)
    follower = Follower(tmp_path, tmp_path / "evening.wargame")
    assert follower.look() is not None
    assert follower.look() is None
    table.close()


def test_a_table_that_was_left_in_order_is_away_where_it_was(tmp_path: Path) -> None:
    """What the room has been shown stays; the save alone would not say how far it was told."""
    table = a_game(tmp_path)
    list(table.advance())
    line = PublicLine(table.scenario.seat_ids)
    line.follow(table.beats)
    until, mark = line.at(len(line))
    assert table.live is not None
    table.live.tell(Shown("talk", told=until, until=until, mark=mark))
    follower = Follower(tmp_path, tmp_path / "evening.wargame")
    before = follower.look()
    assert before is not None and not before.away

    table.close()
    after = follower.look()

    assert after is not None
    assert after == before._replace(away=True)
    assert follower.look() is None


def test_a_game_that_is_over_shows_its_end(tmp_path: Path) -> None:
    players = {seat: Player("random", seat) for seat in mini().seat_ids}
    table = Table.start(mini(), players, seed=1, rounds=1, folder=tmp_path, name="evening")
    list(table.advance())
    table.close()

    sight = Follower(tmp_path, tmp_path / "evening.wargame").look()

    assert sight is not None
    assert (sight.shown.page, sight.away) == ("final", False)
