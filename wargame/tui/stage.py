"""The stage of a session in the app: one worker takes screens away, puts up the next, and works in threads.

A page of a seat is gone before anything else is shown. What is laid over a page comes and goes at once, so
that nothing which is to be hidden is painted once more.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from wargame.errors import WargameError
from wargame.tui.guard import DEEPEST, GuardedScreen
from wargame.tui.session import WORKING, Page
from wargame.tui.text import printable

if TYPE_CHECKING:
    from wargame.tui import Start
    from wargame.tui.app import WargameApp

T = TypeVar("T")

TICK = 0.25
"""Seconds between two looks at the clock."""
NOTICED = 15
"""Seconds that a sentence about a player that is a program stays."""
RARELY = 10
"""How many times as rare a full collection is in a replay, which keeps whatever it has once worked out."""

OWN_WORDS = ("talk", "briefing", "choice", "answers", "orders", "handover", "gate", "console")
"""Pages whose notifications are for nobody else, and on which nobody else's stay."""


@contextmanager
def uncollected(full: int = 1) -> Iterator[None]:
    """What is there already stays until the end, so the collector need not look through it again and again.

    That took 60 ms, in the middle of a key press. `full` makes looking through all the rest so much rarer.
    """
    young, middle, old = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(young, middle, old * full)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)
        gc.unfreeze()


class AppStage:
    """Puts up the pages of the app's session; `wargame.tui.session.Stage` says what each method is for."""

    def __init__(self, app: WargameApp) -> None:
        self.app = app
        self._page = Page("")
        self._wanted = asyncio.Event()
        self._over: list[GuardedScreen[Any]] = []
        self._warned = False
        self._keeps = ExitStack()
        self._kept = 0

    async def run(self, start: Start) -> None:
        """Put up what the session wants, from its beginning to the end of the program."""
        session = self.app.session
        try:
            session.begin(start)
            while True:
                try:
                    await asyncio.wait_for(self._wanted.wait(), TICK if session.ticking else None)
                except TimeoutError:
                    self._tick()
                    continue
                self._wanted.clear()
                await self._only_backdrop()
                if self._page.state in WORKING:
                    await self._work()
                elif not self._wanted.is_set():
                    self._put_up(self._page)
        finally:
            self._keeps.close()
            session.shut()

    # --- what a session asks of it ---------------------------------------------------------------------

    @property
    def can_lay(self) -> bool:
        front = self.app.screen
        put_up = 1 < len(self.app.screen_stack) < DEEPEST
        return put_up and isinstance(front, GuardedScreen) and front.in_front

    @property
    def can_hide(self) -> bool:
        front = self.app.screen
        return isinstance(front, GuardedScreen) and front.secret and not front.gone

    def show(self, page: Page) -> None:
        for screen in self.app.screen_stack[1:]:
            if isinstance(screen, GuardedScreen):
                screen.end()
        if {self._page.state, page.state} & set(OWN_WORDS):
            self.app.clear_notifications()  # they outlive the screen they were made on
        self._page, self._over = page, []
        self._wanted.set()

    def lay(self, page: Page) -> None:
        screen = self._screen(page)
        self._over.append(screen)
        self.app.push_screen(screen)

    def lift(self) -> None:
        screen = self._over.pop()
        while screen in self.app.screen_stack:
            top = self.app.screen
            assert isinstance(top, GuardedScreen)
            top.withdraw()

    def refresh(self) -> None:
        from wargame.tui.screens.base import TableScreen

        if isinstance(front := self.app.screen, TableScreen):
            front.catch_up()

    def say(self, sentence: str) -> None:
        self.app.notify(printable(sentence), severity="warning", timeout=NOTICED, markup=False)

    def soon(self, do: Callable[[], object]) -> None:
        self.app.call_later(do)

    def close(self) -> None:
        self.app.exit()

    # --- screens ---------------------------------------------------------------------------------------

    async def _only_backdrop(self) -> None:
        """Remove every other screen, so that nothing of one seat lies under the screen of the next."""
        while len(self.app.screen_stack) > 1:
            top = self.app.screen
            assert isinstance(top, GuardedScreen)
            await top.withdraw()

    def _put_up(self, page: Page) -> None:
        self._keep()
        self._warned = False
        self.app.push_screen(self._screen(page))

    def _keep(self) -> None:
        """Leave a game or a replay out of collections as long as it goes on."""
        replay = self._page.state == "replay"
        full = RARELY if replay else int(self.app.session.table is not None)
        if full != self._kept:
            self._keeps.close()
            if full:
                self._keeps.enter_context(uncollected(full))
            self._kept = full

    def _screen(self, page: Page) -> GuardedScreen[Any]:
        """Make the screen of a page."""
        from wargame.tui.screens.problem import ProblemScreen

        session = self.app.session
        match page.state:
            case "home":
                from wargame.tui.screens.home import HomeScreen

                return HomeScreen(session.saves)
            case "setup":
                from wargame.tui.screens.setup import SetupScreen

                return SetupScreen(session.start)
            case "replay":
                from wargame.tui.screens.replay import ReplayScreen

                assert session.replay is not None
                return ReplayScreen(session.replay.story, session.replay.history)
            case "hidden":
                from wargame.tui.screens.cover import CoverScreen

                return CoverScreen()
            case "paused":
                return self._pause()
            case "problem" | "about_save" | "taken_back" | "time_up" | "unsaved":
                return ProblemScreen(*session.notice, asks=True)
        return self._at_table(page)

    def _at_table(self, page: Page) -> GuardedScreen[Any]:
        """Make the screen of a page of a game."""
        from wargame.tui.screens.board import BoardScreen

        session, table, seat = self.app.session, self.app.session.at_table, page.seat
        match page.state:
            case "gate":
                from wargame.tui.screens.facilitate_gate import GateScreen

                return GateScreen(table)
            case "console":
                from wargame.tui.screens.facilitate import FacilitateScreen

                return FacilitateScreen(table, session.start.facilitator)
            case "held":
                from wargame.tui.screens.facilitate_gate import HeldScreen

                return HeldScreen(waits=not table.paused)
            case "news":
                from wargame.tui.screens.resolution import ResolutionScreen

                return ResolutionScreen(table, session.news)
            case "final":
                from wargame.tui.screens.final import FinalScreen

                return FinalScreen(table)
            case "talk":
                from wargame.tui.screens.talk import TalkScreen

                return TalkScreen(table)
            case "handover":
                from wargame.tui.screens.handover import HandoverScreen

                return HandoverScreen(table, seat)
            case "briefing":
                from wargame.tui.screens.know import KnowScreen

                return KnowScreen(table, seat, briefing=True)
            case "choice":
                from wargame.tui.screens.choice import ChoiceScreen

                return ChoiceScreen(table, seat)
            case "orders" | "answers":
                from wargame.tui.screens.orders import OrdersScreen

                return OrdersScreen(table, seat)
            case "board":
                return BoardScreen(table, next_seat=seat)
            case "look" | "watch":
                return BoardScreen(table, viewer=session.viewer.seat or None)
        raise AssertionError(page)

    def _pause(self) -> GuardedScreen[Any]:
        """Make the pause; in its own turn a seat may set or drop its PIN there."""
        from wargame.tui.screens.pause import PauseScreen
        from wargame.tui.screens.playing import PlayingScreen

        front = self.app.screen
        seat = front.seat if isinstance(front, PlayingScreen) else ""
        return PauseScreen(seat, self.app.session.at_table.has_pin(seat))

    # --- time and work ---------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Show the time that is left on the bottom line, warn once, and say when it is up."""
        from wargame.table import timers as times
        from wargame.tui.widgets.foot import Foot
        from wargame.tui.widgets.white_sight import countdown

        table = self.app.session.at_table
        if table.timers.status == times.WARNING and not self._warned:
            self._warned = True
            self.app.bell()
            self.app.notify(f"{countdown(table)} left.", severity="warning", markup=False)
        for foot in self.app.screen.query(Foot):
            foot.tick(f"{'! ' if self._warned else ''}{countdown(table)}")
        self.app.session.tick()

    async def _work(self) -> None:
        """Do slow work in a thread, which is waited for even when the program is closing."""
        doing, job = self.app.session.job()
        self.app.doing(doing)
        thread = asyncio.ensure_future(asyncio.to_thread(job))
        try:
            await asyncio.shield(thread)
        except asyncio.CancelledError:
            await asyncio.wait([thread])
            raise
        except WargameError as error:
            self.app.session.ask("failed", error)
        else:
            self.app.session.ask("worked")
        finally:
            self.app.doing("")
