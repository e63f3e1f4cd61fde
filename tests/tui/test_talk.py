"""The page of the open table: what is on it, how it ends, and the note of who asks whom aside."""

from __future__ import annotations

from pathlib import Path

from tests.debrief.games import a_table as a_saved_table
from tests.debrief.games import play
from tests.rules.boards import mini
from tests.tui.boards import LARGE, SMALL, Around, a_table, honeymoon, painted, until
from tests.tui.desks import a_desk
from tests.tui.games import settled
from tests.tui.replays import replaying, turn_to
from wargame.debrief.perspective import ROOM
from wargame.debrief.story import Story
from wargame.table import Limit
from wargame.tui.board.board import BoardScreen
from wargame.tui.board.log import LogScreen
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.home.cards import ProblemScreen
from wargame.tui.kit.digits import large
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.aside import AsideScreen
from wargame.tui.watch.talk import TalkScreen


async def test_the_page_says_that_nothing_binds_and_what_is_public() -> None:
    """The rule of the talk, the news, who stands where; at every size one key ends it."""
    for size in (SMALL, LARGE):
        table = until(a_table(honeymoon()), 2)
        said = await painted(TalkScreen(table), size)
        assert "THE TABLE IS OPEN" in said
        assert all(word in said for word in ("Nothing", "binds", "anybody"))
        assert "THE NEWS" in said or size == SMALL
        assert "End the talk: orders begin" in said


async def test_the_page_shows_only_what_is_public() -> None:
    """It is the same where hands, agendas, goods and hidden tracks are others."""
    table = until(a_table(honeymoon(), seed=11), 3)
    shown = await painted(TalkScreen(table), LARGE)
    state = table.game.state
    hidden = {one.id for one in state.scenario.spec.tracks if one.seen_by and not one.band_public}
    assert hidden
    for seat in state.scenario.seat_ids:
        state.hands[seat] = ()
        state.goods[seat] = dict.fromkeys(state.goods[seat], 1)
    state.agendas = {}
    state.tracks = {track: 1 if track in hidden else value for track, value in state.tracks.items()}

    assert await painted(TalkScreen(table), LARGE) == shown


async def test_one_key_asks_to_end_the_talk_and_another_ends_it() -> None:
    """So a key that is held down ends nothing, whichever it is; Esc and looking elsewhere talk on."""
    for first, second in (("space", "enter"), ("enter", "space")):
        app = Around(TalkScreen(a_table()))
        async with app.run_test(size=SMALL) as pilot:
            await pilot.pause(0.5)
            await pilot.press(*[first] * 12)
            await pilot.pause()
            assert not app.left
            assert "End the talk?" in app.text
            for elsewhere in ("escape", "down"):
                await pilot.press(elsewhere)
                assert "End the talk?" not in app.text
                await pilot.press("1", first)
                assert "End the talk?" in app.text
            assert not app.paused
            await pilot.press(second)
            await pilot.pause()
        assert app.result is True


async def test_whoever_holds_the_keyboard_notes_a_side_talk() -> None:
    """Who asks, whom, a line or none; Esc goes a step back, and nothing is written before the last."""
    table = a_table()
    app = Around(TalkScreen(table))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause(0.5)
        await pilot.press("t", "1", "enter", "1", "enter", *"maybe", "escape")
        noting = app.screen
        assert isinstance(noting, AsideScreen)
        assert noting.between == ["amber"]
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.screen is app.shown
        assert table.asides() == ()
        await pilot.press("t", "1", "enter", "2", "enter", *"half the salt", "enter")
        await pilot.pause()
        await pilot.press("t", "2", "enter", "1", "enter", "enter")
        await pilot.pause()
        assert app.screen is app.shown
        said = " ".join(app.text.split())

    assert [(line.data["between"], line.text) for line in table.asides()] == [
        (["amber", "cedar"], "half the salt"),
        (["birch", "amber"], ""),
    ]
    assert "Amber asked Cedar aside:" in said


async def test_the_log_has_the_side_talk() -> None:
    """Where it was noted: after the news of its round, before its orders; for every viewer."""
    table = a_table()
    table.aside("amber", ["cedar"], "salt for silence")
    until(table, 2)
    for viewer in (None, "birch"):
        text = " ".join((await painted(LogScreen(table, viewer), LARGE)).split())
        noted = text.index("R1 Amber asked Cedar aside: “salt for silence”")
        assert text.index("R2 News") < noted < text.index("R1 News")


async def test_the_clock_is_read_from_the_other_end_of_the_room() -> None:
    """In large digits where there is a limit, and nowhere where there is none."""
    table = a_table()
    assert "TIME LEFT" not in await painted(TalkScreen(table), LARGE)
    table.set_limit("talk", Limit(180, 30))
    table.timers.start("talk")
    text = await painted(TalkScreen(table), LARGE)

    assert "TIME LEFT" in text
    assert any(all(line.plain in text for line in large(time)) for time in ("3:00", "2:59"))


async def test_time_ends_the_talk_and_nobody_loses_a_turn(tmp_path: Path) -> None:
    """The clock is on the bottom line; at its end everybody hears it, and the first orders begin."""
    async with a_desk(tmp_path, console=False) as desk:
        desk.table.set_limit("talk", Limit(2, 1))
        await desk.until(TalkScreen)
        moves = len(desk.table.beats)
        desk.table.timers.add(-2)
        await desk.pilot.pause(0.6)
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, ProblemScreen)
        assert "The talk is over" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, BoardScreen)
        assert len(desk.table.beats) == moves


async def test_the_console_opens_in_the_middle_of_a_talk_and_leads_back(tmp_path: Path) -> None:
    """F2 lets the clock stand still and says what it stands at; the talk goes on after it."""
    async with a_desk(tmp_path, console=False) as desk:
        desk.table.set_limit("talk", Limit(180, 30))
        await desk.until(TalkScreen)
        await desk.press("f2", "space")
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert "talk  3:00 of 3:00" in desk.text
        assert "of 3:00" in desk.text
        assert desk.table.timers.status == "paused"
        await desk.press("escape")
        assert isinstance(desk.app.screen, TalkScreen)
        assert desk.table.timers.status == "running"
        await desk.press("enter", "space")
        assert isinstance(desk.app.screen, BoardScreen)


async def test_the_talk_comes_once_a_round(tmp_path: Path) -> None:
    """After the news and before the first hand-over, in every round of a game of people."""
    async with a_desk(tmp_path, console=False) as desk:
        for round_ in (1, 2):
            await desk.until(TalkScreen)
            assert (desk.table.game.state.round, desk.table.game.state.phase) == (round_, "orders")
            await desk.press("enter", "space")
            for _ in desk.table.scenario.seat_ids:
                assert isinstance(desk.app.screen, BoardScreen)
                await desk.until(OrdersScreen)
                await desk.press("e", "enter")


async def test_the_replay_tells_side_talk_to_the_room(tmp_path: Path) -> None:
    """On its page of notes, through every eyes, with who asked whom."""
    table = a_saved_table(tmp_path, mini(), mini().seat_ids, seed=3, name="talk")
    list(table.advance())
    table.aside("amber", ["cedar"], "salt for silence")
    play(table)
    table.close()
    assert table.save is not None
    async with replaying(Story.open(table.save.path), eyes=ROOM, size=LARGE) as (app, screen, pilot):
        turn_to(screen, "notes")
        await pilot.pause()
        assert "Amber asked Cedar aside: “salt for silence”" in " ".join(app.text.split())
