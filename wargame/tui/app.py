"""The Textual application: settings, actions that work everywhere, and one session with its stage.

Screens know nothing of the stage. They ask the session for triggers (`ask`), also for the pause, for hiding
and for a move that could not be written.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import constants, events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import WorkerFailed

from wargame import crash
from wargame.errors import CannotWrite
from wargame.tui import Start
from wargame.tui.actions import ACTIONS, BY_ID, bindings, ever_possible
from wargame.tui.home.covers import LEAST, SmallScreen
from wargame.tui.kit.foot import Foot
from wargame.tui.kit.guard import GuardedApp, GuardedScreen
from wargame.tui.kit.topics import topic_at
from wargame.tui.look import THEMES, suited
from wargame.tui.session import Session
from wargame.tui.settings import COLOURS, USUAL, Settings, save
from wargame.tui.stage import AppStage
from wargame.tui.terminal.loose import loosen
from wargame.tui.terminal.plain import PlainSigns
from wargame.tui.terminal.shades import SYSTEMS, Shades
from wargame.tui.terminal.sheets import share_sheets
from wargame.tui.terminal.strips import lighten
from wargame.tui.terminal.text import safe_text
from wargame.tui.viewer import KEYBOARD, Viewer
from wargame.words.pages import facilitate as console
from wargame.words.pages import table as say

if TYPE_CHECKING:
    from wargame.rulebook import Rulebook
    from wargame.table import Table
    from wargame.table.seen import SeenTable
    from wargame.tui.kit.hosted import HostedRoom
    from wargame.tui.terminal.leaving import Leaving

OF_ANY_LIST = {"do", "next-pane", "page-on", "page-back"}
"""Actions that lists and texts have without the screen's help."""


class SettingsChanged(Message):
    """To every screen there is: other settings are in force, so draw anew what is drawn with them."""


lighten()
loosen()
share_sheets()


class Backdrop(GuardedScreen[None]):
    """What lies under all other screens: empty but for one line while something is being prepared."""

    hideable = False

    DEFAULT_CSS = "Backdrop { align: center middle; } Backdrop Static { width: auto; color: $text-muted; }"

    def compose(self) -> Iterable[Static]:
        yield Static(id="doing", markup=False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._doing = ""

    def on_mount(self) -> None:
        self.say(self._doing)

    def say(self, doing: str) -> None:
        """Show what is going on."""
        self._doing = doing
        for line in self.query("#doing").results(Static):
            line.update(safe_text(doing))


class WargameApp(GuardedApp):
    """The program. `start` says what to open with, `settings` how its person likes it.

    `config` is the file in which settings are kept; with None they last until the program is left. `viewer`
    is whose screen it is; with a `table` they are a guest at that one, who may have been there before. Only
    the white cell, and whoever sits at the one keyboard, is given the `whole` of one. With a `driver` it is
    one of several apps in a process, else it is there alone.
    """

    CSS_PATH = [  # noqa: RUF012
        "app.tcss",
        *(f"{room}/{room}.tcss" for room in ("watch", "home", "play", "facilitate", "replay", "wall")),
    ]
    TITLE = "wargame"
    BINDINGS = bindings(
        "rules", "glossary", "settings", "command-palette", "help", "hide", "facilitate", "pen", "hold-table"
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (120, "-broad"), (200, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high"), (40, "-tall"), (60, "-towering")]  # noqa: RUF012

    def __init__(
        self,
        start: Start,
        settings: Settings = USUAL,
        config: Path | None = None,
        *,
        viewer: Viewer = KEYBOARD,
        table: SeenTable | None = None,
        whole: Table | None = None,
        remembered: Mapping[str, Any] | None = None,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver, ansi_color=True if "NO_COLOR" in os.environ else None)
        self.set_reactive(App.ansi_color, None)  # as the theme says; by now `NO_COLOR` has got its filter
        self.alone = driver is None
        self.shares = driver is not None or table is not None
        """Whether others have screens of their own in this process."""
        self.start = start
        self.config = config
        self.settings = self._kept = settings
        self.stage = AppStage(self)
        self.session = Session(self.stage, viewer, table, remembered, whole=whole)
        self.pass_pen: Callable[[], str] | None = None
        """Passes the pen of this screen's team on, or asks for it, and says so; None where nobody shares."""
        self.call_white_cell: Callable[[], str] | None = None
        """Asks for the white cell, and says so; None but at a seat's own screen."""
        self.room: HostedRoom | None = None
        """The room of a hosted table; None for all but its white cell."""
        self._sure = False
        """Whether it is being asked if the room's console is to be left."""
        self.leaving: Leaving | None = None
        self.mistake: BaseException | None = None
        self._stacked = 0
        self.terminal = self.console.color_system
        """The colours that the terminal says it has, as Rich calls them."""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.use(settings)

    def get_default_screen(self) -> Screen[None]:
        return Backdrop(id="_default")

    def doing(self, what: str) -> None:
        """Show what is going on below all screens; nothing is shown any more when the program is left."""
        for screen in self.screen_stack[:1]:
            if isinstance(screen, Backdrop):
                screen.say(what)

    def on_mount(self) -> None:
        if self.leaving is not None:
            loop = asyncio.get_running_loop()
            loop.set_exception_handler(self._task_failed)
            self.leaving.runs_in(loop)
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))  # Textual forgets to
        self.screen_change_signal.subscribe(self, self._screen_changed)
        self.run_worker(self.stage.run(self.start), name="stage")

    def let_in(self) -> None:
        """A page has been painted: from now on what nobody needs any more is collected (`cli.opening`)."""
        if len(self.screen_stack) > 1:
            gc.enable()
        super().let_in()

    # --- leaving without having chosen to ----------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        if sys.platform == "win32" or usual.__name__ != "LinuxDriver":  # another one is asked for
            return usual
        from wargame.tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def failed(self, error: BaseException) -> None:
        """Close the program because of a mistake of its own; the first one is told of."""
        if self.mistake is None:
            self.mistake = error.error if isinstance(error, WorkerFailed) else error
        if self.leaving is not None:
            self.leaving.because_of(crash.STATUS)
        self._return_code = crash.STATUS
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        """Textual's way in for what nobody caught; its own would print the values of all variables."""
        if self._exception is None:  # which is raised again at the end of a test
            self._exception = error
            self._exception_event.set()
        self.failed(error)

    def _task_failed(self, _loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
        if isinstance(error := told.get("exception"), Exception):
            self.failed(error)

    @property
    def ending(self) -> bool:
        """Return whether the program is being left, or has been."""
        return self._exit

    def from_elsewhere(self, call: Callable[..., object], *args: object) -> bool:
        """Let another thread have something done in the app's own; False if the app does not run."""
        loop = self._loop
        if loop is None or not loop.is_running():
            return False
        loop.call_soon_threadsafe(call, *args)
        return True

    def restore_terminal(self) -> None:
        """Put the terminal back as it was, from any thread, unless the driver has done so."""
        if restore := getattr(self._driver, "restore", None):
            restore()

    # --- settings --------------------------------------------------------------------------------------

    def use(self, settings: Settings) -> None:
        """Let these settings be in force at once, on every screen."""
        self.settings = settings
        self._shades = self._shades_for(COLOURS[settings.colours])
        look = suited(settings.theme, self.console.color_system, self.no_color)
        self.theme = THEMES[look].name
        self.set_class(look == "mono", "-mono")
        self.animation_level = constants.TEXTUAL_ANIMATIONS if settings.animations else "none"
        self._plain = [PlainSigns()] if settings.glyphs == "ascii" else []
        self.set_keymap(settings.keys.for_textual())
        for screen in self.screen_stack if self.is_running else ():
            screen.post_message(SettingsChanged())
            screen.query("*").refresh()

    def _shades_for(self, chosen: str | None) -> list[Shades]:
        """Send the colours that were chosen or are the terminal's; return what makes them of all others.

        Alone with its terminal Rich makes them, but keeps with a style what it was first drawn with.
        """
        colours = chosen or self.terminal
        system = SYSTEMS.get(colours or "")
        if system is None or self.no_color or self.terminal is None:
            return []
        self.console._color_system = system
        shared = self.shares and colours != "truecolor"
        return [Shades(system)] if chosen or shared else []

    def keep_settings(self) -> None:
        """Write the settings to their file if they were changed. `CannotWrite` if that can't be done."""
        if self.config is not None and self.settings != self._kept:
            save(self.settings, self.config)
        self._kept = self.settings

    @property
    def hints_off(self) -> bool:
        """Whether the hints of a first turn are hidden; setting it changes the settings in force."""
        return not self.settings.hints

    @hints_off.setter
    def hints_off(self, off: bool) -> None:
        self.settings = replace(self.settings, hints=not off)

    def bell(self) -> None:
        """Ring, unless somebody has turned the bell off."""
        if self.settings.bell:
            super().bell()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._shades, *self._plain]

    # --- a window that is too small --------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._mind_size(event.size.width, event.size.height)

    def _screen_changed(self, _screen: Screen[object]) -> None:
        """Another screen is in front. One taken away does not cover the next: its place may go too."""
        grown = len(self.screen_stack) > self._stacked
        self._stacked = len(self.screen_stack)
        if grown or self._fits(*self.size):
            self._mind_size(*self.size)

    def _mind_size(self, width: int, height: int) -> None:
        """Cover what is in front while the window is too small, and uncover it when it is not."""
        front = self.screen
        small = isinstance(front, SmallScreen)
        if isinstance(front, SmallScreen) and self._fits(width, height):
            front.leave()
        elif not small and not self._fits(width, height) and len(self.screen_stack) > 1:
            self.push_screen(SmallScreen())

    @staticmethod
    def _fits(width: int, height: int) -> bool:
        return width >= LEAST[0] and height >= LEAST[1]

    # --- for the screens -------------------------------------------------------------------------------

    def _lay(self, screen: Screen[Any], then: Callable[[Any], object] | None = None) -> None:
        """Lay a screen over the one in front, unless that is of the same kind."""
        front = self.screen
        if isinstance(front, GuardedScreen) and type(front) is not type(screen):
            front.put_up(screen, then)

    def ask(self, trigger: str, *given: object) -> bool:
        return self.session.ask(trigger, *given)

    @property
    def came_from(self) -> Path | None:
        """Return the save of the game that was left last for home."""
        return self.session.came_from

    def turned_to(self, page: int) -> None:
        self.session.turn_to(page)

    def has_shown(self) -> None:
        self.session.remembers()

    def after_pause(self, choice: str, seat: str) -> None:
        """Open what was chosen in the pause, over the screen of this seat, if it is one's."""
        table = self.session.table
        if choice == "pin" and table is not None:
            from wargame.tui.home.pin import PinScreen

            self._lay(PinScreen(table, seat))
        elif choice == "unpin" and table is not None:
            from wargame.tui.home.cards import sure

            question = sure(say.TAKE_PIN, [say.UNPINNED], say.TAKE_IT_AWAY)
            self._lay(question, partial(self._take_pin, table, seat))
        elif choice in ("rules", "help", "settings", "hide"):
            getattr(self, f"action_{choice}")()

    def _take_pin(self, table: SeenTable, seat: str, answer: str | None) -> None:
        """Take the PIN of a seat away, if its person is sure."""
        try:
            if answer == "yes":
                table.set_pin(seat, "")
        except CannotWrite as error:
            self.notify(str(error), severity="error", markup=False)

    def book(self) -> Rulebook | None:
        """Return the rulebook of the scenario in sight: that of the uppermost screen that shows one."""
        from wargame.tui.kit.rulebook import book_of

        for screen in reversed(self.screen_stack):
            if isinstance(screen, GuardedScreen) and (scenario := screen.scenario_shown):
                return book_of(scenario)
        return book_of(self.session.table.scenario) if self.session.table else None

    # --- actions that work everywhere ------------------------------------------------------------------

    def action_rules(self) -> None:
        from wargame.tui.home.rules import RulesScreen

        self._lay(RulesScreen(self.book(), topic_at(self.screen).section))

    def action_glossary(self) -> None:
        from wargame.tui.home.glossary import GlossaryScreen

        self._lay(GlossaryScreen(self.book(), topic_at(self.screen)))

    def action_help(self) -> None:
        from wargame.tui.home.help import HelpScreen

        ever = ever_possible(self.session.viewer.kind)
        self._lay(HelpScreen(self.possible(), topic_at(self.screen), self.book(), ever))

    def action_settings(self) -> None:
        from wargame.tui.home.settings import SettingsScreen

        self._lay(SettingsScreen())

    def action_pause(self) -> None:
        self.ask("pause")

    def action_facilitate(self) -> None:
        if self.ask("call_facilitator"):
            return
        if self.call_white_cell is not None:
            self._said(self.call_white_cell)
        elif self.session.lacks_facilitator:
            from wargame.words.pages import facilitate as say

            self.clear_notifications()
            self.notify(say.NO_FACILITATOR, markup=False)

    def action_pen(self) -> None:
        self._said(self.pass_pen)

    def action_hold_table(self) -> None:
        self._said(self.room.hold if self.room is not None else None)

    def _said(self, does: Callable[[], str] | None) -> None:
        if does is not None:
            self.clear_notifications()
            try:
                self.notify(does(), markup=False)
            except CannotWrite as error:
                self.notify(str(error), severity="error", markup=False)

    async def action_quit(self) -> None:
        """Leave; the console of a room asks first, and whoever insists with the same key leaves."""
        front = self.screen
        if self.room is None or self._sure or not isinstance(front, GuardedScreen):
            self.ask("quit")
            return
        from wargame.tui.home.cards import sure

        self._sure = True
        front.put_up(
            sure(console.LEAVE_TITLE, [self.room.on_leaving], console.LEAVE_VERB), self._has_answered
        )

    def _has_answered(self, answer: str | None) -> None:
        self._sure = False
        if answer == "yes":
            self.ask("quit")

    def action_help_quit(self) -> None:
        """Say how the program is left, to somebody who has pressed Ctrl-C to leave it."""
        table = self.session.table
        said = say.CTRL_Q if table is None else say.CTRL_Q_SAVED if table.kept else say.CTRL_Q_UNSAVED
        feet = list(self.screen.query(Foot).results(Foot))
        for foot in feet:
            foot.say(said)
        if not any(foot.display for foot in feet):
            self.clear_notifications()
            self.notify(said, markup=False)

    def action_hide(self) -> None:
        self.ask("hide")

    def hide_keys(self) -> frozenset[str]:
        return frozenset(self.settings.keys.of("hide"))

    def call_keys(self) -> frozenset[str]:
        return frozenset(self.settings.keys.of("facilitate"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if isinstance(self.screen, SmallScreen):
            return action == "quit"
        if action == "facilitate":
            calls = self.call_white_cell is not None
            return calls or self.session.can("call_facilitator") or self.session.lacks_facilitator
        if action == "hide":
            return self.session.can("hide")
        if action in ("pen", "hold_table"):
            return (self.pass_pen if action == "pen" else self.room) is not None
        return True

    def possible(self) -> frozenset[str]:
        """The ids of the actions that can be used on the screen in front.

        A list has bindings of its own for keys such as Enter; they stand for the screen's action of that key.
        """
        usable = {
            (key, active.binding.id or "") for key, active in self.active_bindings.items() if active.enabled
        }
        here = {each.id for _node, bound in self.screen._binding_chain for _key, each in bound}
        return frozenset(
            act.id
            for act in ACTIONS
            for key in self.settings.keys.of(act.id)
            if (key, act.id) in usable or ((key, "") in usable and act.id in here | OF_ANY_LIST)
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action that this viewer ever has; those of other screens say so."""
        here = {
            active.binding.id: active
            for active in screen.active_bindings.values()
            if active.enabled and active.binding.id in BY_ID
        }
        ever = {act.id: act for act in ever_possible(self.session.viewer.kind)}
        for act in (ever.get(act.id, act) for act in ACTIONS):
            title = f"{act.label.capitalize()}  ({self.settings.keys.shown(act.id)})"
            if act.id in here:
                at = here[act.id]
                run = partial(self.run_action, at.binding.action, at.node)
                yield SystemCommand(title, act.help, run)
            elif act.id in ever and not act.id.startswith("light-"):
                refuse = partial(self._not_here, act.label)
                yield SystemCommand(title, say.not_here(act.help), refuse, discover=False)

    def _not_here(self, label: str) -> None:
        self.notify(say.cannot_here(label), markup=False)
