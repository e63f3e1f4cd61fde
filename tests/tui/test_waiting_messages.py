"""A seat at its own screen reads and writes messages on every page, and sees that some have come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.host.tables import SEATS, Hosted, end
from tests.rules.boards import mini
from tests.tui.games import settled
from wargame.content.exercise import exercise_from_text
from wargame.record import Player
from wargame.table import Facilitator, Table
from wargame.table.timers import Limit
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.facilitate.gate import HeldScreen
from wargame.tui.play.messages import EstimateScreen, MessagesScreen
from wargame.tui.settings import Settings
from wargame.tui.viewer import Viewer
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen
from wargame.words.pages import room

PLAN = "scenario: mini\ntitle: x\nrounds: 2\nseed: 3\nmessages: true\n"
LEADS_ON = {
    "news": "s",
    "meeting": "escape",
    "briefing": "escape",
    "choice": "1 enter",
    "talk": "enter space",
}


class Window:
    """The program at a seat's own screen."""

    def __init__(self, app: WargameApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def state(self) -> str:
        return self.app.session.state

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await settled(self.pilot)

    async def sees(self, text: str) -> None:
        """Wait until that is painted."""
        for _ in range(100):
            if text in self.text:
                return
            await self.pilot.pause(0.02)
        raise AssertionError(self.text)

    async def to(self, state: str) -> None:
        for _ in range(40):
            await settled(self.pilot)
            if self.state == state:
                return
            await self.press(*LEADS_ON.get(self.state, "enter").split())
        raise AssertionError(self.state)


def a_hosted_table(text: str = PLAN) -> Hosted:
    players = {seat: Player("person", seat.title()) for seat in SEATS}
    exercise = exercise_from_text(text, mini())
    return Hosted(Table.start(mini(), players, exercise=exercise))


@asynccontextmanager
async def a_window(hosted: Hosted, seat: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Window]:
    app = WargameApp(
        Start(),
        Settings(animations=False),
        viewer=Viewer.of_seat(seat),
        table=cast(Table, hosted.faces[seat]),
    )
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield Window(app, pilot)


async def written_and_read(window: Window, hosted: Hosted, seat: str, page: type[object]) -> None:
    """On this page a mark tells that somebody has written; it is read, answered, and one is back."""
    other = next(one for one in SEATS if one != seat)
    assert isinstance(window.app.screen, page)
    before = len(hosted.table.messages(seat))
    text = f"where are you on the page of {window.state}?"
    hosted.table.send(other, [seat], text)
    await window.sees("m  1 new")
    assert text not in window.text
    await window.press("m")
    assert isinstance(window.app.screen, MessagesScreen)
    assert text in window.text
    await window.press("1", "enter", *"here", "enter")
    assert len(hosted.table.messages(seat)) == before + 2
    await window.press("escape")
    assert isinstance(window.app.screen, page)
    await window.sees("m  messages")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_messages_on_every_page_of_a_seat_that_waits(size: tuple[int, int]) -> None:
    """What happened, the talk, others' turns."""
    hosted = a_hosted_table()
    seat = hosted.table.game.state.order[0]
    async with a_window(hosted, seat, size) as window:
        for state, page in (("news", ResolutionScreen), ("talk", TalkScreen)):
            if state != "news" or window.app.session.has_news():
                await window.to(state)
                await written_and_read(window, hosted, seat, page)
        hosted.past_talk()
        await window.to("orders")
        end(hosted.faces[seat])
        await window.to("watch")
        await written_and_read(window, hosted, seat, BoardScreen)


async def test_in_a_pause_what_the_white_cell_writes_is_read() -> None:
    """The page of a pause has the key, and the mark."""
    hosted = a_hosted_table()
    seat, cell = SEATS[0], Facilitator(hosted.table, "Kim")
    async with a_window(hosted, seat) as window:
        await window.to("talk")
        cell.pause("tea")
        await window.to("held")
        assert isinstance(window.app.screen, HeldScreen)
        assert "m  messages" in window.text
        cell.send([seat], "Tea is in the hall.")
        await window.sees("m  1 new")
        await window.press("m")
        assert "Tea is in the hall." in window.text


async def test_who_may_not_write_is_told_before_a_word_is_typed() -> None:
    """Without the pen, in a pause, or after as many messages as there may be; a poll and the talk too."""
    hosted = a_hosted_table(f"{PLAN}timers: {{talk: {{seconds: 90}}}}\n".replace("true", "{each_round: 1}"))
    seat, barred = hosted.table.game.state.order[0], "yuki holds the pen."
    hosted.faces[seat] = hosted.course.face(seat, lambda: barred)
    cell = Facilitator(hosted.table, "Kim")
    async with a_window(hosted, seat) as window:

        async def told(why: str) -> None:
            assert why in window.text, "on opening it"
            await window.press("1", "enter")
            assert not window.app.screen.query_one(Input).display
            assert why in window.text

        await window.to("talk")
        assert barred in window.text
        await window.press("t")
        assert isinstance(window.app.screen, TalkScreen)
        assert barred in window.text
        await window.press("m")
        await told(barred)
        cell.poll("How likely is rain?")
        await settled(window.pilot)
        await window.press("home", "enter", "enter")
        assert isinstance(window.app.screen, EstimateScreen)
        assert not window.app.screen.query_one(Input).display
        assert barred in window.text
        await window.press("escape", "escape")
        barred = ""
        cell.close_poll()
        await window.press("m", "1", "enter", *"here", "enter", "escape", "m")
        await told("1 message a round are enough")
        await window.press("escape")
        cell.pause("tea")
        await window.to("held")
        await window.press("m")
        await told("The game is paused; only the white cell writes now.")


async def test_nobody_else_sees_the_mark() -> None:
    """Neither a seat that it is not for, nor the room."""
    hosted = a_hosted_table()
    room = hosted.course.face(None)
    async with a_window(hosted, "cedar") as window:
        await window.to("talk")
        before, versions = window.text, (hosted.faces["cedar"].version, room.version)
        hosted.table.send("amber", ["birch"], "psst")
        await window.pilot.pause(0.3)

        assert window.text == before
        assert (hosted.faces["cedar"].version, room.version) == versions


async def test_without_messages_there_is_no_key() -> None:
    hosted = a_hosted_table(PLAN.replace("messages: true\n", ""))
    async with a_window(hosted, "amber") as window:
        await window.to("talk")
        assert "messages" not in window.text
        await window.press("m")
        assert isinstance(window.app.screen, TalkScreen)


async def test_a_page_that_is_due_waits_until_the_line_is_closed() -> None:
    """What is being typed is neither lost nor taken for keys of the page that comes."""
    hosted = a_hosted_table()
    seat = hosted.table.game.state.order[0]
    async with a_window(hosted, seat) as window:
        await window.to("talk")
        await window.press("m", "1", "enter", *"half a th")
        hosted.past_talk()
        await settled(window.pilot)
        assert isinstance(window.app.screen, MessagesScreen)
        assert window.app.screen.query_one(Input).value == "half a th"
        await window.press(*"ought", "enter")
        assert [message.text for message in hosted.table.messages(seat)] == ["half a thought"]
        await settled(window.pilot)
        assert window.state != "talk"


async def test_a_key_too_many_does_not_take_up_a_turn_that_has_just_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever is used to Enter behind e types it there as well."""
    hosted = a_hosted_table()
    hosted.past_talk()
    mover = hosted.in_order()[0]
    async with a_window(hosted, str(mover.seat)) as window:
        await window.to("orders")
        monkeypatch.setattr("wargame.tui.kit.guard.SETTLE", 1000)
        end(mover)
        await window.to("watch")
        await window.sees(room.CHANGE_IT)
        await window.press("enter")

        assert window.state == "watch"
        assert mover.ready


async def test_the_clock_of_a_turn_is_seen_on_the_page_that_one_reads_meanwhile() -> None:
    """The table waits for nobody: whoever still reads the news sees that the talk, or their turn, is on."""
    hosted = a_hosted_table()
    hosted.past_talk()
    mover, other, *_ = hosted.in_order()
    hosted.table.timers.limits["orders"] = Limit(90)
    hosted.table.timers.start("orders")
    for face in (mover, other):
        async with a_window(hosted, str(face.seat)) as window:
            await settled(window.pilot)
            assert window.state in ("meeting", "news")
            await window.sees("of 1:30")
            assert window.app.session.hurries == (face is mover)


async def test_a_sentence_that_is_being_written_outlasts_the_talk() -> None:
    """The talk ends for all, but nobody's line is taken away under their hands."""
    hosted = a_hosted_table()
    async with a_window(hosted, "amber") as window:
        await window.to("talk")
        await window.press("m", "1", "enter", *"hello")
        hosted.table.timers.limits["talk"] = Limit(1)
        hosted.table.timers.start("talk")
        await window.pilot.pause(1.5)
        hosted.course.mind()
        await window.pilot.pause(0.5)
        assert not hosted.table.open_for_talk
        assert window.app.screen.query_one(Input).value == "hello"
        await window.press("enter")
        assert [one.text for one in hosted.table.messages("amber")] == ["hello"]
        assert window.state != "talk"
