"""Two people at screens of their own, at one table: each program shows what is its seat's and no more."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from tests.host.tables import Hosted
from tests.tui.boards import LARGE, a_question, a_table
from tests.tui.games import settled
from wargame.rules.events import ChoiceAsked
from wargame.rules.moves import End
from wargame.table import Table
from wargame.table.timers import Limit
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.kit.foot import Foot
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.settings import Settings
from wargame.tui.viewer import Viewer
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen
from wargame.words import Words

KEYS = {
    ResolutionScreen: ("s", "enter"),
    TalkScreen: ("enter", "space"),
    FirstScreen: ("escape",),
    KnowScreen: ("escape",),
    ChoiceScreen: ("1", "enter"),
    OrdersScreen: ("e", "enter"),
}
"""What leads on; the board of a seat that waits leads nowhere."""


class Window:
    """A seat's own program at a shared table, and all the lines that it has ever painted."""

    def __init__(self, table: Table, seat: str) -> None:
        self.seat = seat
        self.app = WargameApp(Start(), Settings(animations=False), viewer=Viewer.of_seat(seat), table=table)
        self.painted: set[str] = set()

    @property
    def at_the_end(self) -> bool:
        return isinstance(self.app.screen, FinalScreen)

    def look(self) -> None:
        """Remember what is painted, until the end lays everything open."""
        if self.at_the_end:
            return
        strips = self.app.screen._compositor.render_strips()
        self.painted |= {"".join(segment.text for segment in strip).rstrip() for strip in strips}

    async def lead_on(self, pilot: Pilot[Any]) -> None:
        """Press what leads on here, if anything does."""
        await settled(pilot)
        screen = self.app.screen
        self.look()
        for key in KEYS.get(type(screen), ()):
            if self.app.screen is screen:
                await pilot.press(key)
                await settled(pilot)
                self.look()


def secrets_of(table: Table, seat: str) -> set[str]:
    """The titles of what only that seat holds or knows: its hand and its agenda."""
    words = Words(table.scenario)
    hand = {words.said(table.scenario.cards[card].title) for card in table.game.state.hands[seat]}
    return hand | {words.agenda(agenda).title for agenda in table.view(seat).agendas.values() if agenda}


async def test_two_screens_of_one_table_show_each_its_own() -> None:
    """They play to the end, each move reaching the other's screen; neither paints what is the other's."""
    table = a_table(bots=("cedar",), rounds=2)
    one, other = Window(table, "amber"), Window(table, "birch")
    one.app.session.leads, one.app.session.whole = True, table
    secrets: dict[str, set[str]] = {"amber": set(), "birch": set()}
    async with one.app.run_test(size=LARGE) as at_one, other.app.run_test(size=LARGE) as at_other:
        for _ in range(100):
            for seat in secrets if not table.over else ():
                secrets[seat] |= secrets_of(table, seat)
            await one.lead_on(at_one)
            await other.lead_on(at_other)
            if one.at_the_end and other.at_the_end:
                break
        assert one.at_the_end
        assert other.at_the_end
    for window, stranger in ((one, other), (other, one)):
        mine, theirs = "\n".join(window.painted), secrets[stranger.seat] - secrets[window.seat]
        assert any(title in mine for title in secrets[window.seat])
        assert len(theirs) > 2
        assert not [title for title in theirs if title in mine]


async def test_a_seat_that_waits_sees_what_another_is_asked_aloud() -> None:
    """The words that the room hears, on its own screen; and no more than those."""
    table, asked = a_question()
    other = next(seat for seat in table.scenario.seat_ids if seat != asked)
    window, words = Window(table, other), Words(table.scenario)
    path = [e.path for beat in table.beats for e in beat.events if isinstance(e, ChoiceAsked)][-1]
    choice = table.scenario.programs.choices[path]
    async with window.app.run_test(size=(80, 24)) as pilot:
        while not isinstance(window.app.screen, BoardScreen):
            await window.lead_on(pilot)
        window.look()
    shown = " ".join("\n".join(window.painted).split())

    assert f"decides, aloud: {words.said(choice.prompt)}"[:60] in shown
    for option in choice.options:
        assert f"· {words.said(option.label)}" in shown
    assert not [title for title in secrets_of(table, asked) - secrets_of(table, other) if title in shown]


async def test_a_page_that_is_being_taken_away_is_not_painted_anew() -> None:
    """The turn goes on elsewhere, twice, before the page that is due has been put up."""
    table = Hosted().past_talk().table
    seat = table.game.state.to_act
    assert seat is not None
    window = Window(table, seat)
    async with window.app.run_test(size=LARGE) as pilot:
        while not isinstance(window.app.screen, OrdersScreen):
            await window.lead_on(pilot)
        table.play(End(seat))
        for _ in range(2):
            window.app.session.ask("changed")
        await settled(pilot)
        assert isinstance(window.app.screen, BoardScreen)


async def test_a_clock_that_begins_while_a_page_is_up_is_shown_on_it() -> None:
    """At a table of many screens a page may come before its clock, and stay when that is gone."""
    table = Hosted().past_talk().table
    seat = table.game.state.to_act
    assert seat is not None
    window = Window(table, seat)
    async with window.app.run_test(size=LARGE) as pilot:
        while not isinstance(window.app.screen, OrdersScreen):
            await window.lead_on(pilot)
        await pilot.pause(0.6)
        foot = window.app.screen.query_one(Foot)
        table.timers.limits["orders"] = Limit(90)
        table.timers.start("orders")
        await pilot.pause(1.5)
        assert "1:30" in foot.render().plain
        table.timers.stop()
        await pilot.pause(1.5)
        assert "1:30" not in foot.render().plain
