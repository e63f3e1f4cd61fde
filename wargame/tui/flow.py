"""Which screen comes next: home, set-up, and the course of a game around the table.

One worker runs `Flow.run` as long as the program is open. Seats' own screens are removed before anything
else is shown, and between two people there is always an opaque hand-over.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from wargame import crash
from wargame.errors import CannotWrite, ContentError, WargameError
from wargame.rules.events import AgendaDealt, CardSignalled, ChoiceAsked, NewsCame, PhaseBegan
from wargame.rules.moves import WHITE
from wargame.tui import Start
from wargame.tui.guard import GuardedScreen
from wargame.tui.text import printable

if TYPE_CHECKING:
    from pathlib import Path

    from wargame.rules.scenario import Scenario
    from wargame.table import Table
    from wargame.tui.app import WargameApp
    from wargame.tui.screens.setup import Setup

T = TypeVar("T")

UNREMARKABLE = (PhaseBegan, CardSignalled, ChoiceAsked, AgendaDealt)
"""Kinds of public events that alone are no reason to call everybody to the screen."""
CONSOLE = "the facilitator's console"
"""Who holds the clock of the sitting while the console is open."""
TICK = 0.25
"""Seconds between two looks at the clock."""
NOTICED = 15
"""Seconds that a sentence about a player that is a program stays."""


RARELY = 10
"""How many times as rare a full collection is in a replay, which keeps whatever it has once worked out."""


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


class LeaveGame(Exception):  # noqa: N818  (no error: somebody goes home)
    """The people at the table want the home screen."""


class FacilitatorCalled(Exception):  # noqa: N818  (no error: somebody wants the console)
    """The facilitator wants the console."""


class TimeUp(Exception):  # noqa: N818  (no error: the clock has run down)
    """The time of the person who has to decide is up."""


class Flow:
    """The course of the program. `table` is the game in progress, if any."""

    def __init__(self, app: WargameApp) -> None:
        self.app = app
        self.table: Table | None = None
        self.opened: Path | None = None
        """The save that is played or looked at, also while it is being closed."""
        self._leaving = asyncio.Event()
        self._calling = asyncio.Event()
        self._facilitator = ""
        self._in_console = False
        self._shown: list[int] = []
        self._next: list[Start] = []

    @property
    def can_facilitate(self) -> bool:
        """Whether the facilitator's console can be opened now."""
        table = self.table
        return not (table is None or table.read_only or self._in_console)

    def facilitate(self) -> None:
        """Close whatever is in front and open the console; the screen of a seat comes back by a hand-over."""
        self._calling.set()

    def leave(self) -> None:
        """Close the game in progress, saved as it is, and go home."""
        self._leaving.set()

    def how_to_go_on(self) -> str:
        """What has become of the game when the program had to stop; it continues a sentence."""
        if self.opened is not None:
            from wargame.table.storage import command

            return f", but every move is saved: go on with `{command('resume', self.opened)}`"
        return crash.UNHARMED if self.table is None else "; this game was not being saved"

    async def run(self, start: Start) -> None:
        """Home, a game, home again, until somebody quits.

        Home lists the games of the folder of the one that was opened by its path.
        """
        saves = start.save.resolve().parent if start.save else start.saves
        while True:
            try:
                table = await self._open(start)
                if table is not None:
                    self._facilitator = start.facilitator
                    await self._game(table, start.console)
            except LeaveGame:
                self._next.clear()
            self._leaving.clear()
            self._calling.clear()
            self.opened = None
            chosen = self._next.pop(0) if self._next else await self._home(saves)
            if chosen is None:
                self.app.exit()
                return
            start = chosen

    # --- opening ---------------------------------------------------------------------------------------

    async def _home(self, saves: Any) -> Start | None:
        from wargame.tui.screens.home import HomeScreen

        return await self.show(HomeScreen(saves))

    async def _open(self, start: Start) -> Table | None:
        """The game to play, or None for home."""
        if start.kind == "home":
            return None
        try:
            if start.kind == "resume":
                return await self._resumed(start)
            if start.kind == "replay":
                await self._look_back(start)
                return None
            if start.kind == "exercise":
                return await self._exercise(start)
            if start.kind == "setup" or start.players is None:
                return await self._set_up(start)
            return await self._begun(start)
        except ContentError as error:
            await self._problem("THIS SCENARIO CAN'T BE PLAYED", map(str, error.complaints[:12]))
        except WargameError as error:
            await self._problem("THIS CAN'T BE OPENED", [str(error)])
        return None

    async def _set_up(self, start: Start) -> Table | None:
        from wargame.tui.screens.setup import SetupScreen

        setup = await self.show(SetupScreen(start))
        if setup is None:
            return None
        if setup.hindsight:
            setup.scenario = await self._read(setup.name, hindsight=True)
        return await self._started(setup, start)

    async def _begun(self, start: Start) -> Table:
        from wargame.tui.screens.setup import Setup

        assert start.players is not None
        scenario = await self._read(start.scenario, start.hindsight)
        setup = Setup(start.scenario, scenario, dict(start.players), start.seed, start.rounds)
        return await self._started(setup, start)

    async def _read(self, name: str, hindsight: bool) -> Scenario:
        from wargame.content.load import load_scenario

        return await self._away("Laying out the board …", lambda: load_scenario(name, hindsight=hindsight))

    async def _started(self, setup: Setup, start: Start) -> Table:
        from wargame import __version__
        from wargame.table import Table

        seed = secrets.randbelow(2**63) if setup.seed is None else setup.seed
        return await self._away(
            "Laying out the board …",
            lambda: Table.start(
                setup.scenario,
                setup.players,
                seed=seed,
                rounds=setup.rounds,
                folder=start.saves,
                app=__version__,
                pins=setup.pins,
            ),
        )

    async def _resumed(self, start: Start) -> Table:
        from wargame.table import Table

        path = start.save
        assert path is not None
        return await self._away(
            "Taking the game out of its box …",
            lambda: Table.resume(path, pins=start.pins, programs=start.programs),
        )

    async def _exercise(self, start: Start) -> Table:
        """A new game as its exercise has prepared it, or with people in all seats where none is."""
        from wargame import __version__
        from wargame.content.exercise import open_exercise
        from wargame.table import Table

        def begin() -> Table:
            if start.exercise is not None:
                scenario, plan = open_exercise(start.exercise)
                return Table.start(scenario, folder=start.saves, app=__version__, exercise=plan)
            scenario = load_scenario(start.scenario, hindsight=start.hindsight)
            return Table.start(
                scenario, seed=start.seed, rounds=start.rounds, folder=start.saves, app=__version__
            )

        from wargame.content.load import load_scenario

        return await self._away("Laying out the board …", begin)

    async def _look_back(self, start: Start) -> None:
        """The replay of a save, until somebody leaves it."""
        from wargame.tui.screens.replay import Opened, ReplayScreen

        path = start.save
        assert path is not None
        self.opened = path
        opened = await self._away("Reading the game …", lambda: Opened(path, start.lost))
        with uncollected(full=RARELY):
            await self.show(ReplayScreen(opened.story, opened.history))

    # --- a game ----------------------------------------------------------------------------------------

    async def _game(self, table: Table, console: bool = False) -> None:
        """Play to the end, or until somebody leaves. The table is closed in any case."""
        self.table = table
        self.opened = table.save.path if table.save is not None else None
        self._leaving.clear()
        self._calling.clear()
        with uncollected():
            try:
                await self._play(table, console)
            finally:
                self.table = None
                table.close()

    async def _play(self, table: Table, console: bool) -> None:
        called = console and not table.over
        if table.notice:
            try:
                await self._problem("ABOUT THIS SAVE", [table.notice], (("on", "Go on"),))
            except FacilitatorCalled:
                called = True
        if table.read_only and not table.over:
            await self._look(table)
            return
        self._shown = [beat.id for beat in table.beats[: self._already_shown(table)]]
        sitting = ""
        while True:
            try:
                if called:
                    called = False
                    await self._console(table)
                if table.paused or table.waits:
                    await self._held(table)
                at_keyboard = await self._go_on(table, sitting)
            except FacilitatorCalled:
                called, sitting = True, ""
                continue
            if at_keyboard is None:
                return
            sitting = at_keyboard

    async def _go_on(self, table: Table, sitting: str) -> str | None:
        """Up to the end of the next person's turn; who sat at the keyboard last, or None at the end."""
        await self._advance(table)
        shown = self._still_shown(table)
        if self._is_news(table.beats[shown:]):
            await self._tell(table, shown)
            self._shown, sitting = [beat.id for beat in table.beats], ""
        if table.over:
            await self._final(table)
            return None
        if table.waits:
            return ""
        if table.open_for_talk:
            await self._talk(table)
            return ""
        seat = table.seat_to_play
        assert seat is not None
        if seat != sitting and len(table.people()) > 1:
            await self._hand_over(table, seat)
        return seat if await self._turn(table, seat) else ""

    def _still_shown(self, table: Table) -> int:
        """How many beats of the line that is played the room has seen."""
        both = zip(self._shown, table.beats, strict=False)
        return next((at for at, (id_, beat) in enumerate(both) if id_ != beat.id), len(self._shown))

    # --- the facilitator -------------------------------------------------------------------------------

    async def _console(self, table: Table) -> None:
        """The console, after its PIN where one is set; time stands still meanwhile."""
        from wargame.tui.screens.facilitate import FacilitateScreen
        from wargame.tui.screens.facilitate_gate import GateScreen

        table.timers.pause()
        table.clock.hold(CONSOLE)
        self.app.clear_notifications()
        before = {beat.id for beat in table.beats}
        tip = table.beats[-1].id
        self._in_console = True
        try:
            if table.has_pin(WHITE) and not await self.show(GateScreen(table)):
                return
            await self.show(FacilitateScreen(table, self._facilitator))
        finally:
            table.clock.let_go(CONSOLE)
            self._in_console = False
            self._calling.clear()
            self.app.clear_notifications()
        if tip in before and tip not in {beat.id for beat in table.beats}:
            await self._taken_back(table)

    async def _taken_back(self, table: Table) -> None:
        state = table.game.state
        said = [
            "The facilitator has taken the game back. It goes on from here:",
            f"round {state.round} of {state.rounds}, {state.phase}.",
        ]
        await self._problem("THE GAME HAS BEEN TAKEN BACK", said, (("on", "Go on"),))

    async def _held(self, table: Table) -> None:
        from wargame.tui.screens.facilitate_gate import HeldScreen

        await self.show(HeldScreen(waits=not table.paused))

    @staticmethod
    def _already_shown(table: Table) -> int:
        """Of a game resumed, what the people saw: everything up to the last decision of one of them."""
        if table.over:
            return len(table.beats)
        people = [at for at, beat in enumerate(table.beats) if beat.by == "person"]
        return people[-1] if people else 0

    @staticmethod
    def _is_news(beats: Iterable[Any]) -> bool:
        """Whether something happened that everybody should watch."""
        events = (event for beat in beats for event in beat.events)
        return any(event.to is None and not isinstance(event, UNREMARKABLE) for event in events)

    async def _advance(self, table: Table) -> None:
        """Let the bots move. If their moves can't be written, nobody has moved; ask what to do."""
        while not (table.over or table.seat_to_play or table.waits or table.open_for_talk):
            try:
                await self._away("The others are moving …", lambda: list(table.advance(talk=True)))
            except CannotWrite as error:
                if not await self.app.trouble(str(error)):
                    raise LeaveGame from error
            while table.notices:
                said = printable(table.notices.pop(0))
                self.app.notify(said, severity="warning", timeout=NOTICED, markup=False)

    async def _tell(self, table: Table, since: int) -> None:
        from wargame.tui.screens.resolution import ResolutionScreen

        await self.show(ResolutionScreen(table, table.beats[since:]))

    async def _final(self, table: Table) -> None:
        from wargame.tui.screens.final import FinalScreen

        if await self.show(FinalScreen(table)) == "replay" and table.save is not None:
            path = table.save.path  # which is closed meanwhile, so that a replay can keep its notes in it
            self._next = [Start("replay", save=path), Start("resume", save=path)]

    async def _look(self, table: Table) -> None:
        from wargame.tui.screens.board import BoardScreen

        await self.show(BoardScreen(table))

    async def _hand_over(self, table: Table, seat: str) -> None:
        """The public board, then an opaque screen until the right person sits there."""
        from wargame.tui.screens.board import BoardScreen
        from wargame.tui.screens.handover import HandoverScreen

        await self.show(BoardScreen(table, next_seat=seat))
        self.app.clear_notifications()
        await self.show(HandoverScreen(table, seat))

    async def _talk(self, table: Table) -> None:
        """The open table, once a round before anybody gives orders, until somebody ends it or time is up."""
        from wargame.content.exercise_check import TALK
        from wargame.tui.screens.talk import TalkScreen

        table.timers.pause()
        clock, late = self._countdown(table, TALK), False
        try:
            await self.show(TalkScreen(table), clock)
        except TimeUp:
            late = True
        finally:
            if clock is not None:
                clock.cancel()
            self.app.clear_notifications()
        await self._written(table.end_talk)
        if late:
            await self._problem("TIME IS UP", ["The talk is over, and orders begin."], (("on", "Go on"),))

    async def _written(self, write: Callable[[], object]) -> None:
        """Write something that the game can't go on without; if the disk will not take it, ask what to do."""
        while True:
            try:
                write()
            except CannotWrite as error:
                if not await self.app.trouble(str(error)):
                    raise LeaveGame from error
            else:
                return

    async def _turn(self, table: Table, seat: str) -> bool:
        """A person's turn, or one decision; False if its time ran out."""
        from wargame.tui.screens.choice import ChoiceScreen
        from wargame.tui.screens.know import KnowScreen
        from wargame.tui.screens.orders import OrdersScreen

        table.timers.pause()
        clock: asyncio.Future[None] | None = None
        try:
            if _is_first_orders(table, seat) or _is_told(table, seat):
                await self.show(KnowScreen(table, seat, briefing=True))
            clock = self._countdown(table)
            await self.show(
                ChoiceScreen(table, seat) if table.game.state.stack else OrdersScreen(table, seat), clock
            )
            table.timers.stop()
        except TimeUp:
            await self._time_up(table)
            return False
        finally:
            if clock is not None:
                clock.cancel()
            self.app.clear_notifications()  # they outlive the screen they were made on
        return True

    def _countdown(self, table: Table, phase: str = "") -> asyncio.Future[None] | None:
        """Let the time of this decision run, from where it stood if it is the same; None without a limit."""
        table.start_clock(phase)
        return asyncio.ensure_future(self._ticking(table)) if table.timers.left is not None else None

    async def _ticking(self, table: Table) -> None:
        """Show the time that is left on every bottom line, warn once, and end when it is up."""
        from wargame.table import timers as times
        from wargame.tui.widgets.foot import Foot
        from wargame.tui.widgets.white_sight import countdown

        warned = False
        while table.timers.status != times.UP:
            if table.timers.status == times.WARNING and not warned:
                warned = True
                self.app.bell()
                self.app.notify(f"{countdown(table)} left.", severity="warning", markup=False)
            for foot in self.app.screen.query(Foot):
                foot.tick(f"{'! ' if warned else ''}{countdown(table)}")
            await asyncio.sleep(TICK)

    async def _time_up(self, table: Table) -> None:
        """What is neutral is done, and everybody hears that the time was up."""
        seat, asked = table.seat_to_play, bool(table.game.state.stack)
        await self._written(table.time_up)
        from wargame.words import Words

        name = Words(table.scenario).seat(str(seat))
        what = "the question got its first answer" if asked else "what was laid down by then stands"
        said = f"{name[:1].upper()}{name[1:]}: {what}."
        await self._problem("TIME IS UP", [said], (("on", "Go on"),))

    # --- showing ---------------------------------------------------------------------------------------

    async def show(self, screen: Screen[T], clock: asyncio.Future[None] | None = None) -> T | None:
        """Show a screen until it is dismissed; its result.

        `LeaveGame` if somebody goes home instead, `FacilitatorCalled` if the console is wanted, and `TimeUp`
        if `clock` has run down before. Whatever lay on the screen is gone then.
        """
        await self._only_backdrop()
        showing: asyncio.Future[Any] = self.app.push_screen(screen, wait_for_dismiss=True)
        ends = [asyncio.ensure_future(event.wait()) for event in (self._leaving, self._calling)]
        try:
            waited = {showing, *ends} | ({clock} if clock is not None else set())
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        if self._leaving.is_set():
            self._leaving.clear()
            await self._only_backdrop()
            raise LeaveGame
        if self._calling.is_set():
            self._calling.clear()
            await self._only_backdrop()
            raise FacilitatorCalled
        if clock is not None and not showing.done():
            clock.result()
            await self._only_backdrop()
            raise TimeUp
        result: T | None = showing.result()
        await self._only_backdrop()
        return result

    async def _only_backdrop(self) -> None:
        """Remove every other screen, so that nothing of one seat lies under the screen of the next."""
        while len(self.app.screen_stack) > 1:
            top = self.app.screen
            assert isinstance(top, GuardedScreen)
            await top.withdraw()

    async def _problem(
        self, title: str, lines: Iterable[str], choices: Iterable[tuple[str, str]] = (("on", "Back"),)
    ) -> None:
        from wargame.tui.screens.problem import ProblemScreen

        await self.show(ProblemScreen(title, list(lines), tuple(choices)))

    async def _away(self, doing: str, job: Callable[[], T]) -> T:
        """Do slow work in a thread, which is waited for even when the program is closing."""
        self.app.doing(doing)
        thread = asyncio.ensure_future(asyncio.to_thread(job))
        try:
            return await asyncio.shield(thread)
        except asyncio.CancelledError:
            await asyncio.wait([thread])
            raise
        finally:
            self.app.doing("")


def _is_first_orders(table: Table, seat: str) -> bool:
    """Whether a seat has still to read its briefing."""
    if table.game.state.phase != "orders" or table.game.state.stack:
        return False
    return not any(beat.move and beat.move.seat == seat and beat.phase == "orders" for beat in table.beats)


def _is_told(table: Table, seat: str) -> bool:
    """Whether a seat that is to move in private has been told something alone since it last did."""
    if table.game.state.stack:
        return False
    for beat in reversed(table.beats):  # what a move sets off comes after it
        if any(isinstance(event, NewsCame) and event.to and seat in event.to for event in beat.events):
            return True
        if beat.move and beat.move.seat == seat and beat.phase in ("orders", "answers"):
            return False
    return False
