"""The stage of a session in the app: one worker takes screens away, puts up the next, and works in threads.

A page of a seat is gone before anything else is shown. What is laid over a page comes and goes at once, so
that nothing which is to be hidden is painted once more.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from wargame.errors import WargameError
from wargame.tui.deeds import AT_TABLE, WORKING, Page
from wargame.tui.kit.guard import DEEPEST, GuardedScreen
from wargame.tui.session import Session
from wargame.tui.terminal.text import printable
from wargame.tui.viewer import KEYBOARD, WHITE_CELL
from wargame.words.pages import table as say

if TYPE_CHECKING:
    from wargame.tui import Start
    from wargame.tui.app import WargameApp

BEAT = 3.0
"""Seconds between two signs of life for a wall."""
TICK, SELDOM, ONLOOKERS = 0.25, 1.0, 2.0
"""Seconds between two looks at the clock, at whether there is one by now, and at one that runs for others."""
LEISURE = 0.5
"""Seconds between two looks at whether a page may be made before it is due."""
NOTICED = 15
"""Seconds that a sentence about a player that is a program stays."""
WARNED = 3.0
"""Seconds that a warning stays: it lies over the cards that are to be laid meanwhile."""
RARELY = 10
"""How many times as rare a full collection is where whatever has once been worked out is kept anyway."""

OWN_WORDS = (
    "talk",
    "aloud",
    "meeting",
    "briefing",
    "choice",
    "answers",
    "orders",
    "handover",
    "lock",
    "gate",
    "console",
)
"""Pages whose notifications are for nobody else, and on which nobody else's stay."""

KEPT = frozenset({"news", "talk", "orders", "answers", "watch"})
"""Pages that come again and again. Where always the same eyes look, each is made once."""

SENTENCES = ("home.cards", "ProblemScreen"), lambda session, page: (*session.notice, "", True)
BOARD = "board.board", "BoardScreen"
SCREENS: dict[str, tuple[tuple[str, str], Callable[[Session, Page], tuple[Any, ...]]]] = {
    "home": (("home.home", "HomeScreen"), lambda session, page: (session.saves,)),
    "setup": (("home.setup", "SetupScreen"), lambda session, page: (session.start,)),
    "problem": SENTENCES,
    "replay": (("replay.replay", "ReplayScreen"), lambda session, page: session.story),
    "look": (BOARD, lambda session, page: (session.table,)),
    "about_save": SENTENCES,
    "taken_back": SENTENCES,
    "held": (
        ("facilitate.gate", "HeldScreen"),
        lambda session, page: (session.table, not session.is_paused()),
    ),
    "news": (
        ("watch.resolution", "ResolutionScreen"),
        lambda session, page: (session.table, session.news, session.tells_again),
    ),
    "talk": (("watch.talk", "TalkScreen"), lambda session, page: (session.table,)),
    "board": (BOARD, lambda session, page: (session.table, None, page.seat)),
    "handover": (
        ("watch.handover", "HandoverScreen"),
        lambda session, page: (session.table, session.viewer.seat or page.seat),
    ),
    "meeting": (("home.first", "FirstScreen"), lambda session, page: (session.table, session.only_seat)),
    "briefing": (("home.first", "briefing"), lambda session, page: (session.table, page.seat)),
    "aloud": (("play.aloud", "AloudScreen"), lambda session, page: (session.table, page.seat)),
    "choice": (
        ("play.choice", "ChoiceScreen"),
        lambda session, page: (session.table, page.seat, session.looks_alone()),
    ),
    "orders": (("play.orders", "OrdersScreen"), lambda session, page: (session.table, page.seat)),
    "answers": (("play.orders", "OrdersScreen"), lambda session, page: (session.table, page.seat)),
    "time_up": SENTENCES,
    "watch": (BOARD, lambda session, page: (session.table, session.viewer.seat or None)),
    "final": (("home.final", "FinalScreen"), lambda session, page: (session.table,)),
    "lock": (("facilitate.gate", "FirstPinScreen"), lambda session, page: (session.whole,)),
    "gate": (("facilitate.gate", "GateScreen"), lambda session, page: (session.whole,)),
    "console": (
        ("facilitate.console", "FacilitateScreen"),
        lambda session, page: (session.whole, session.start.facilitator),
    ),
    "paused": (("home.cards", "PauseScreen"), lambda session, page: session.pausing),
    "hidden": (("home.covers", "CoverScreen"), lambda session, page: ()),
    "unsaved": SENTENCES,
}
"""What shows a page: the module and class of its screen, imported when it is needed, and what it is given."""

COMING = {
    "watch": SCREENS["watch"],
    "orders": SCREENS["orders"],
    "news": (SCREENS["news"][0], lambda session, page: (session.table, ())),
    "": (("board.log", "LogScreen"), lambda session, page: (session.table, page.seat)),
    "answers": SCREENS["answers"],
    "talk": SCREENS["talk"],
}
"""What a seat's own screen shows sooner or later, by the place where it is kept."""


def _kind(where: tuple[str, str]) -> Any:
    """Return what makes a screen."""
    place, name = where
    return getattr(import_module(f"wargame.tui.{place}"), name)


@contextmanager
def uncollected(full: int = 1, collect: bool = True) -> Iterator[None]:
    """Keep what is there already until the end, so that the collector need not look through it each time.

    That took 60 ms, in the middle of a key press. `full` makes looking through all the rest so much rarer;
    without `collect` what is there already is not looked through now either.
    """
    young, middle, old = gc.get_threshold()
    if collect:
        gc.collect()
    gc.freeze()
    gc.set_threshold(young, middle, old * full)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)
        gc.unfreeze()


class AppStage:
    """Puts up the pages of the app's session; `wargame.tui.deeds.Stage` says what each method is for."""

    def __init__(self, app: WargameApp) -> None:
        self.app = app
        self._page = Page("")
        self._wanted = asyncio.Event()
        self._over: list[GuardedScreen[Any]] = []
        self._warned = False
        self._clocked = False
        self._keeps = ExitStack()
        self._kept: tuple[bool, bool] | None = None
        self._to_come: list[str] = []

    async def run(self, start: Start) -> None:
        """Put up what the session wants, from its beginning to the end of the program."""
        session = self.app.session
        beats = asyncio.ensure_future(self._beats())
        try:
            session.begin(start)
            if session.is_guest() and session.viewer.seat:
                self._to_come = [*COMING]
            while True:
                try:
                    quick = session.ticking and session.hurries
                    others = ONLOOKERS if session.ticking else SELDOM if session.timed else None
                    look = TICK if quick else LEISURE if self._to_come else others
                    await asyncio.wait_for(self._wanted.wait(), look)
                except TimeoutError:
                    if session.ticking or self._clocked:  # once more when it has been taken away
                        self._tick()
                    self._clocked = session.ticking
                    self._make_ahead()
                    continue
                await self.app.precedence.comes(self.app)
                if self.app.ending:
                    return  # somebody has left meanwhile, and there is nothing to put it on
                self._wanted.clear()
                self._only_backdrop()
                if self._page.state in WORKING and self._page is session.pages[0]:
                    await self._work()
                elif self._page.state not in WORKING:
                    self._put_up(self._page)
        finally:
            beats.cancel()
            self.app.precedence.goes(self.app)
            self._keeps.close()
            session.shut()

    async def _beats(self) -> None:
        """Give a wall that follows the game signs of life, also while others work in a thread."""
        while True:
            await asyncio.sleep(BEAT)
            self.app.session.beat()

    # --- what a session asks of it ---------------------------------------------------------------------

    @property
    def can_lay(self) -> bool:
        front = self.app.screen
        put_up = 1 < len(self.app.screen_stack) < DEEPEST
        return put_up and isinstance(front, GuardedScreen) and front.in_front

    @property
    def can_hide(self) -> bool:
        front = self.app.screen
        return isinstance(front, GuardedScreen) and front.hideable and not front.gone

    @property
    def typing(self) -> bool:
        front = self.app.screen
        return isinstance(front, GuardedScreen) and front.typing

    def show(self, page: Page) -> None:
        for at, screen in enumerate(self.app.screen_stack[1:]):
            assert isinstance(screen, GuardedScreen)
            if not at:
                self.app.session.places[self._page.state] = screen.place
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
        if not screen.hideable and isinstance(self.app.screen, GuardedScreen):
            self.app.screen.be_deaf()

    def refresh(self) -> None:
        front = self.app.screen
        if isinstance(front, GuardedScreen) and not front.gone:  # else the page that is due is still to come
            front.catch_up()

    def say(self, sentence: str) -> None:
        self.app.notify(printable(sentence), severity="warning", timeout=NOTICED, markup=False)

    def soon(self, do: Callable[[], object]) -> None:
        self.app.call_later(do)

    def close(self) -> None:
        self.app.exit()

    # --- screens ---------------------------------------------------------------------------------------

    def _only_backdrop(self) -> None:
        """Remove every other screen, so that nothing of one seat lies under the screen of the next.

        Nobody waits until their widgets are gone: meanwhile the empty backdrop would be painted. What was
        laid over them is kept where always the same seat, or the room, looks at it.
        """
        if self.app.session.viewer in (KEYBOARD, WHITE_CELL):
            self.app.clear_shelf()
        while len(self.app.screen_stack) > 1:
            top = self.app.screen
            assert isinstance(top, GuardedScreen)
            top.withdraw()

    def _put_up(self, page: Page) -> None:
        self._keep()
        self._warned = False
        screen = self._screen(page)
        if (place := self.app.session.places.get(page.state)) is not None:
            screen.place = place
        self.app.push_screen(screen)
        if self.app.session.is_guest() and self.app.session.ticking:
            screen.call_after_refresh(self._tick)

    def _keep(self) -> None:
        """Leave a game or a replay out of collections as long as it goes on, elsewhere what is there.

        Where this app is one of many in its process that is for the process to do.
        """
        if not self.app.alone or self.app.session.is_guest():
            return
        game, replay = self.app.session.table is not None, self._page.state == "replay"
        if (game, replay) != self._kept:
            self._keeps.close()
            full = 1 if game and not replay else RARELY
            self._keeps.enter_context(uncollected(full, collect=game or replay))
            self._kept = game, replay

    def _screen(self, page: Page) -> GuardedScreen[Any]:
        """Make the screen of a page."""
        where, given = SCREENS[page.state]
        kind, session = _kind(where), self.app.session
        kept = session.is_guest() and page.state in KEPT
        made_of = given(session, page)
        screen = self.app.shelved(kind, *made_of, place=page.state) if kept else kind(*made_of)
        assert isinstance(screen, GuardedScreen)
        return screen

    def _make_ahead(self) -> None:
        """In a silence make one of the pages that will come to a screen of one's own."""
        session = self.app.session
        while self._to_come and self._page.state in AT_TABLE and self.app.precedence.still:
            place = self._to_come.pop(0)
            where, given = COMING[place]
            made_of = given(session, Page(place, session.viewer.seat))
            if self.app.make_ahead(_kind(where), *made_of, place=place):
                return

    # --- time and work ---------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Show the time that is left on the bottom line, warn once, and say when it is up."""
        from wargame.table import timers as times
        from wargame.tui.facilitate.sight import countdown
        from wargame.tui.kit.foot import Foot

        table = self.app.session.at_table
        if table.timers.status in (times.OFF, times.RUNNING):
            self._warned = False
        elif table.timers.status == times.WARNING and not self._warned and self.app.session.hurries:
            self._warned = True
            self.app.bell()
            said = say.time_left(countdown(table))
            self.app.notify(said, severity="warning", timeout=WARNED, markup=False)
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
