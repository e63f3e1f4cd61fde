"""The console of a hosted table: who is in, what was asked, somebody else's screen, a seat played there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.boards import LARGE, SMALL, a_table, painted
from tests.tui.games import settled
from tests.tui.rooms import TEXT, TITLE, Cell, a_cell, a_room
from wargame.record import Player
from wargame.rules.moves import WHITE
from wargame.table import Facilitator
from wargame.table.requests import open_requests
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.mirror import Glass, MirrorScreen
from wargame.tui.facilitate.pick import PickScreen
from wargame.tui.home.cards import ProblemScreen
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.words import Words
from wargame.words.pages import facilitate as say
from wargame.words.pages import room as told

ONE, OTHER, THIRD = "amber", "birch", "cedar"
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE, (160, 45)], ids=["80x24", "120x40", "160x45"])


def one_line(text: str) -> str:
    """What is painted without borders and breaks, so that a sentence can be found."""
    return " ".join(text.replace("│", " ").split())


async def test_who_comes_and_goes_is_seen_without_a_key() -> None:
    """Names, the pen, how many screens, who is away, whom the table waits for; within a second."""
    async with a_cell() as cell:
        assert cell.text.count(say.AWAY) == 3
        assert cell.text.count(say.WAITED_FOR) == 1
        yuki = cell.comes(f"{ONE}.yuki")
        await cell.waits("✎yuki")
        ken = cell.comes(f"{ONE}.ken")
        await cell.waits("✎yuki, ken, 2 screens")
        cell.room.pen(yuki)
        await cell.waits("yuki, ✎ken")
        assert cell.text.count(say.AWAY) == 2
        cell.room.leave(yuki.app)
        cell.room.leave(ken.app)
        await cell.waits("✎ken", gone=True)
        assert cell.text.count(say.AWAY) == 3
        cell.comes("wall")
        await cell.waits("wall 1 screen")


async def test_what_is_asked_over_the_console_does_not_stop_it() -> None:
    """Around the question one still sees the table: who comes in, and that it is held now."""
    async with a_cell() as cell:
        await cell.press("escape")
        assert say.LEAVE_VERB in cell.text
        console = cell.app.screen_stack[-2]

        def seen() -> str:
            strips = console._compositor.render_strips()
            return "\n".join("".join(segment.text for segment in strip) for strip in strips)

        cell.comes("birch.Yuki")
        for _ in range(40):
            if "Yuki" in seen():
                break
            await cell.pilot.pause(0.05)

        assert "Yuki" in seen()
        assert say.LEAVE_VERB in cell.text


async def test_a_team_is_called_by_its_name() -> None:
    """The one that the exercise gives it, whether anybody of it is in or not."""
    room = a_room()
    room.table.reseat(ONE, Player("person", "The millers"))
    async with a_cell(room) as cell:
        await cell.waits(f"The millers: {say.AWAY}")
        cell.comes(f"{ONE}.yuki")
        await cell.waits("The millers: ✎yuki")


async def test_at_one_keyboard_the_same_place_shows_who_plays_and_who_is_asked() -> None:
    table = a_table(bots=(THIRD,))
    text = await painted(FacilitateScreen(table, "Kim"), LARGE)
    asked = next(line for line in text.splitlines() if say.WAITED_FOR in line)

    assert say.WHO_PLAYS in text
    assert table.scenario.seats[str(table.seat_to_play)].short in asked
    assert say.bot("greedy") in text


async def test_the_next_inject_stands_there_as_a_whole() -> None:
    """When and to whom it comes, title, text and what it does."""
    async with a_cell() as cell:
        text = one_line(cell.text)
        (inject,) = cell.app.screen.cell.scheduled  # type: ignore[attr-defined]
        (does,) = Words(cell.table.scenario).news_text(inject.card)
        right = " ".join(line.split("│")[-2].strip() for line in cell.text.splitlines() if "│" in line)
        for part in (
            say.for_alone([Words(cell.table.scenario).seat(ONE)]),
            TITLE,
            TEXT,
        ):
            assert one_line(part) in one_line(right), text
        assert does in one_line(right)


async def test_messages_come_by_themselves_newest_first_and_are_marked() -> None:
    """Those that came a moment ago as new, those to the white cell until they are answered."""
    async with a_cell() as cell:
        cell.table.send(ONE, [OTHER], "Grain for coin?")
        await cell.waits("Grain for coin?")
        cell.table.send(OTHER, [WHITE], "May we photograph it?")
        await cell.waits("May we photograph it?")
        assert cell.text.index("photograph") < cell.text.index("Grain for")
        assert cell.text.count(" new") >= 2
        assert "new, waits" in cell.text
        assert say.messages(1) in cell.text


@SIZES
async def test_one_key_answers_who_asked_first(size: tuple[int, int]) -> None:
    """The form quotes it and knows whom it goes to; what is left half typed stands there again."""
    async with a_cell(size=size) as cell:
        await cell.press("a")
        assert say.NOTHING_ASKED in cell.text
        for seat, text in ((ONE, "May we?"), (OTHER, "When is tea?")):
            cell.table.send(seat, [WHITE], text)
        await cell.waits(f"a  {say.answer(2)}")
        await cell.press("a")
        assert isinstance(cell.app.screen, FormScreen)
        assert "May we?" in cell.told
        assert cell.app.screen.form.values["to"] == (ONE,)
        await cell.write("text", "You may.")
        await cell.press("escape", "a")
        assert cell.app.screen.form.values["text"] == "You may."
        await cell.act()
        assert cell.table.messages(ONE)[-1].text == "You may."
        assert [one.text for one in open_requests(cell.table)] == ["When is tea?"]
        await cell.press("x")
        assert open_requests(cell.table) == ()
        assert cell.table.journal.of("request")[-1].who == "Kim"
        assert f"x  {say.SETTLE}" not in cell.text


async def test_what_was_answered_meanwhile_is_not_answered_twice() -> None:
    """Another of the white cell was quicker: the form says so and takes nothing away."""
    async with a_cell() as cell:
        cell.table.send(ONE, [WHITE], "May we?")
        await cell.press("a")
        await cell.write("text", "You may.")
        cell.table.send(WHITE, [ONE], "No.", "Lee")
        cell.table.send(ONE, [WHITE], "Why not?")
        await cell.act()
        assert isinstance(cell.app.screen, FormScreen)
        assert say.ANSWERED_ALREADY in one_line(cell.text)
        assert [one.text for one in open_requests(cell.table)] == ["Why not?"]


async def test_a_seat_calls_for_the_white_cell_with_f2() -> None:
    """It sees on its own screen that it has asked; the console has a line of it and counts it."""
    async with a_cell() as cell:
        yuki = cell.comes(f"{ONE}.yuki")
        async with yuki.app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            await pilot.press("f2")
            await settled(pilot)
            assert yuki.face is not None
            assert yuki.face.called
            await cell.waits(f"yuki {say.CALLS}")
            assert say.ASKS in cell.text
            seat = Cell(cell.room, yuki.app, pilot)
            await seat.until(OrdersScreen)
            assert told.CALLED in one_line(seat.text)
            await cell.press("x")
            await seat.waits(told.CALLED, gone=True)


@pytest.mark.parametrize("page", [ResolutionScreen, OrdersScreen])
async def test_what_stands_above_the_foot_of_a_seat_is_as_it_is_now(page: type[Any]) -> None:
    """On a page that is read at one's own pace too: that the seat has called, that the table is held."""
    async with a_cell() as cell:
        yuki, ken = cell.comes(f"{ONE}.yuki"), cell.comes(f"{ONE}.ken")
        async with ken.app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            seat = Cell(cell.room, ken.app, pilot)
            await seat.until(page)
            cell.room.call(yuki)
            await seat.waits(told.CALLED)
            cell.room.hold()
            await seat.waits(told.HELD)
            cell.room.hold()
            await cell.press("x")
            await seat.waits(told.CALLED, gone=True)
            await seat.waits(told.HELD, gone=True)
            assert isinstance(ken.app.screen, page)


async def test_without_messages_a_call_is_put_away() -> None:
    """The key says that nobody can write, and there is no row to write."""
    async with a_cell(a_room(messages=False)) as cell:
        assert say.ACTS["message"] not in cell.text
        cell.room.call(cell.comes(ONE))
        await cell.waits(say.CALLS)
        await cell.press("a")
        assert say.NO_MESSAGES[:40] in one_line(cell.text)
        await cell.press("x")
        assert open_requests(cell.table) == ()


async def test_the_table_is_held_and_let_go_with_one_key() -> None:
    """The bottom line says which of the two it does, the banner how it stands."""
    async with a_cell() as cell:
        assert f"F3  {say.HOLD}" in cell.text
        await cell.press("f3")
        await cell.waits(f" {say.HELD} ")
        assert f"F3  {say.LET_GO}" in cell.text
        await cell.press("f3")
        await cell.waits(f"F3  {say.HOLD}")


async def test_a_message_and_a_poll_of_ones_own() -> None:
    async with a_cell() as cell:
        await cell.open("message")
        await cell.light("field:to")
        await cell.press("enter")
        await cell.light(f"pick:{OTHER}")
        await cell.press("enter")
        await cell.light("done")
        await cell.press("enter")
        await cell.write("text", "Ten minutes.")
        await cell.act()
        assert cell.table.messages(OTHER)[-1].text == "Ten minutes."
        assert cell.table.messages(THIRD) == ()
        await cell.open("poll")
        await cell.write("text", "Will it hold?")
        await cell.act()
        cell.table.estimate(ONE, 40)
        await cell.waits("Will it hold?")
        await cell.open("poll")
        assert "Will it hold?" in cell.told
        await cell.act()
        assert cell.table.polls(ONE)[-1].closed


# --- somebody's screen -------------------------------------------------------------------------------------


async def test_a_seats_screen_is_seen_as_it_is_and_as_it_changes() -> None:
    """No key reaches it and it shows nothing of it; the journal says who looked."""
    async with a_cell() as cell:
        yuki = cell.comes(f"{ONE}.yuki")
        async with yuki.app.run_test(size=SMALL) as pilot:
            await settled(pilot)
            seat = Cell(cell.room, yuki.app, pilot)
            await cell.press("s")
            assert isinstance(cell.app.screen, PickScreen)
            front = yuki.app.screen
            assert isinstance(front, GuardedScreen)
            before, paintings = seat.text, front._compositor.paintings
            await cell.press("enter")
            assert isinstance(cell.app.screen, MirrorScreen)

            def seen() -> str:
                return "\n".join(strip.text.rstrip() for strip in cell.app.screen.query_one(Glass)._strips)

            assert seen() == before
            for line in before.splitlines():
                assert line in cell.text
            state = yuki.app.session.state
            await cell.press("space", "enter", "x", "e", "down")
            assert (yuki.app.session.state, seat.text) == (state, before)
            assert yuki.app.screen is front
            assert front._compositor.paintings == paintings
            await pilot.press("escape")
            await settled(pilot)
            assert seat.text != before
            await cell.pilot.pause(0.4)
            assert seen() == seat.text
            await cell.press("escape")
            assert isinstance(cell.app.screen, FacilitateScreen)
        said = told.looked("Kim", Words(cell.table.scenario).seat(ONE), yuki.name)
        assert [line.text for line in cell.table.journal.of("door")][-1] == said


async def test_a_larger_screen_scrolls_and_one_that_is_left_says_so() -> None:
    async with a_cell(size=SMALL) as cell:
        yuki = cell.comes(f"{ONE}.yuki")
        async with yuki.app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            await cell.press("s", "enter")
            bottom = Cell(cell.room, yuki.app, pilot).text.splitlines()[-1][:60]
            assert bottom not in cell.text
            await cell.press("end")
            await cell.pilot.pause(0.1)
            assert bottom.strip()[:40] in cell.text
        await cell.waits(say.HAS_LEFT)
        await cell.press("escape")
        assert isinstance(cell.app.screen, FacilitateScreen)


async def test_where_nobody_is_in_there_is_nothing_to_look_at() -> None:
    async with a_cell() as cell:
        await cell.press("s")
        assert say.NOBODY_IN in cell.text


# --- a seat that is played at the console ------------------------------------------------------------------


async def plays(cell: Cell, seat: str) -> None:
    """Up to the hand-over."""
    await cell.light("do:play")
    await cell.press("enter")
    await cell.light(f"pick:{seat}")
    await cell.press("enter")


async def test_a_seat_is_played_from_the_console_after_a_hand_over() -> None:
    """It shows that seat's pages and nothing of the console; F2 leads back, where it was left."""
    async with a_cell() as cell:
        seat = str(cell.table.seat_to_play)
        yuki = cell.comes(f"{seat}.yuki")
        await plays(cell, seat)
        assert isinstance(cell.app.screen, HandoverScreen)
        assert "F2" in cell.text
        hand = [str(cell.table.scenario.cards[card].title) for card in cell.table.game.state.hands[seat]]
        others = {
            str(cell.table.scenario.cards[card].title)
            for other, cards in cell.table.game.state.hands.items()
            for card in cards
            if other != seat
        } - set(hand)
        assert not [title for title in (*hand, *others) if title in cell.text]
        assert TITLE not in cell.text
        await cell.press("space")
        await cell.until(OrdersScreen)
        assert told.AT_CONSOLE in cell.text
        assert not [title for title in others if title in cell.text]
        assert yuki.face is not None
        assert yuki.face.why_not == told.PLAYED_AT_CONSOLE
        real = cell.room.table
        move = next(move for move in cell.table.game.legal_moves() if move.verb != "end")
        cell.table.play(move)
        assert real.beats[-1].move == move
        await cell.press("f2")
        assert isinstance(cell.app.screen, FacilitateScreen)
        assert cell.app.screen.lit == "do:play"
        assert yuki.face.why_not == ""
        await cell.waits("✎yuki")


async def test_what_happens_meanwhile_does_not_open_the_hand_over() -> None:
    """Only Space does; the room may be looking."""
    async with a_cell() as cell:
        first, second, _third = cell.table.game.state.order
        await plays(cell, second)
        real = cell.room.table
        real.play(real.game.legal_moves()[0])
        assert real.seat_to_play == second
        await settled(cell.pilot)
        assert isinstance(cell.app.screen, HandoverScreen)
        await cell.press("f2")
        assert isinstance(cell.app.screen, FacilitateScreen)
        assert cell.room.at(second) == []
        assert first != second


async def test_leaving_a_seat_in_its_pause_leads_back_to_the_console() -> None:
    async with a_cell() as cell:
        await plays(cell, ONE)
        await cell.press("escape")
        await cell.light("home")
        await cell.press("enter")
        await cell.pilot.pause(0.1)
        await settled(cell.pilot)
        assert isinstance(cell.app.screen, FacilitateScreen)


async def test_esc_asks_before_a_console_is_left() -> None:
    """It would end the evening at the host's own keyboard; the question says what happens to the others."""
    async with a_cell() as cell:
        await cell.press("escape")
        assert isinstance(cell.app.screen, ProblemScreen)
        assert told.OTHERS_STAY in one_line(cell.text)
        await cell.press("enter")
        assert isinstance(cell.app.screen, FacilitateScreen)
        await cell.press("escape")
        await cell.light("yes")
        await cell.press("enter")
        await cell.pilot.pause(0.1)
        assert cell.app.ending


# --- pictures ----------------------------------------------------------------------------------------------


@SIZES
def test_a_hosted_console(snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    """Two people at one seat, one at another, a wall; a call, a message that waits and one that does not."""
    room = a_room()
    app = room.enter("white.Kim")

    async def evening(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        for name in (f"{ONE}.yuki", f"{ONE}.ken", OTHER, "wall"):
            room.enter(name)
        room.table.send(ONE, [OTHER, THIRD], "Grain for coin, both of you? We can have it there by Friday.")
        room.table.send(OTHER, [WHITE], "May our consul photograph the pier?")
        room.call(room.at(ONE)[0])
        room.course.hold(True)
        await pilot.press("down", "up")
        for _ in range(200):  # it looks by itself, twice a second
            await pilot.pause(0.05)
            seen = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            if f" {say.HELD} " in seen and "wall 1" in seen:
                break
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=evening)


# --- nothing twice -----------------------------------------------------------------------------------------


async def test_nothing_is_told_twice_on_a_console() -> None:
    """What the middle tells of the lit row is not beside it too: there it stands how things are."""
    async with a_cell() as cell:
        cell.table.send(ONE, [OTHER], "Grain for coin?")
        Facilitator(cell.table, "Kim").poll("Rain?")
        await cell.waits("Grain for coin?")
        for row in ("see:messages", "do:message", "do:poll"):
            await cell.light(row)
            assert [cell.text.count(said) for said in ("Grain for coin?", "Rain?")] == [1, 1], row
            assert cell.text.count(say.SITUATION) == 1, row
        for row, title in (("room", say.WHO_IS_IN), ("next", say.NEXT_INJECT), ("journal", say.JOURNAL)):
            await cell.light(f"see:{row}")
            assert cell.text.count(f" {title} ") == 1, row
            assert cell.text.count("Grain for coin?") == 1, row
        assert cell.text.count(say.SITUATION) == 1
        await cell.light("see:situation")
        assert cell.text.count(say.SITUATION) == 1
        assert [cell.text.count(said) for said in ("Grain for coin?", "Rain?")] == [1, 1]
