"""The Textual application: theme, actions that work everywhere, and the one worker that runs the flow.

Screens know nothing of the flow. At the bottom of a screen they run the app's action `pause`, for a move that
could not be written they await `trouble`, and for the rest they are dismissed with a result.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.widgets import Static

from wargame.tui import Start
from wargame.tui.actions import ACTIONS, BY_ID, bindings
from wargame.tui.flow import Flow
from wargame.tui.look import DARK
from wargame.tui.text import safe_text

RETRY = (("retry", "Try again"), ("home", "Leave for the home screen"))


class Backdrop(Screen[None]):
    """What lies under all other screens: empty but for one line while something is being prepared."""

    DEFAULT_CSS = "Backdrop { align: center middle; } Backdrop Static { width: auto; color: $text-muted; }"

    def compose(self) -> Iterable[Static]:
        yield Static(id="doing", markup=False)

    def say(self, doing: str) -> None:
        """Show what is going on."""
        self.query_one("#doing", Static).update(safe_text(doing))


class WargameApp(App[None]):
    """The program. `start` says what to open with."""

    CSS_PATH = "app.tcss"
    TITLE = "wargame"
    BINDINGS = bindings("rules", "command-palette", "help", "hide")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (200, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high"), (60, "-tall")]  # noqa: RUF012

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self.flow = Flow(self)
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[None]:
        return Backdrop(id="_default")

    @property
    def backdrop(self) -> Backdrop:
        backdrop = self.screen_stack[0]
        assert isinstance(backdrop, Backdrop)
        return backdrop

    def on_mount(self) -> None:
        self.run_worker(self.flow.run(self.start), name="flow")

    # --- for the screens -------------------------------------------------------------------------------

    def pause(self) -> None:
        """Open the pause over the screen in front."""
        from wargame.tui.screens.pause import PauseScreen

        self.push_screen(PauseScreen(), self._paused)

    def _paused(self, choice: str | None) -> None:
        if choice == "home":
            self.flow.leave()
        elif choice in ("rules", "help", "hide"):
            getattr(self, f"action_{choice}")()

    async def trouble(self, sentence: str) -> bool:
        """Say that something could not be written and ask: True to try again, False leaves for home.

        Waits for the answer, so it must be called from a worker.
        """
        from wargame.tui.screens.problem import ProblemScreen

        said = [sentence, "Nothing is lost: the move has not been made."]
        again = await self.push_screen_wait(ProblemScreen("NOT SAVED", said, RETRY))
        if again != "retry":
            self.flow.leave()
        return again == "retry"

    # --- actions that work everywhere ------------------------------------------------------------------

    def action_rules(self) -> None:
        from wargame.tui.screens.rules import RulesScreen

        if not isinstance(self.screen, RulesScreen):
            self.push_screen(RulesScreen())

    def action_help(self) -> None:
        from wargame.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.possible()))

    def action_pause(self) -> None:
        self.pause()

    def action_hide(self) -> None:
        from wargame.tui.screens.cover import CoverScreen

        if not isinstance(self.screen, CoverScreen):
            self.push_screen(CoverScreen())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.flow.table is not None if action == "hide" else True

    def possible(self) -> frozenset[str]:
        """The ids of the actions that can be used on the screen in front.

        A list has bindings of its own for keys such as Enter; they stand for the action of that key.
        """
        usable = {
            (key, active.binding.id or "") for key, active in self.active_bindings.items() if active.enabled
        }
        return frozenset(
            act.id for act in ACTIONS for key in act.keys.split(",") if {(key, act.id), (key, "")} & usable
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action of the table; those of other screens say so."""
        here = {
            active.binding.id: active
            for active in screen.active_bindings.values()
            if active.enabled and active.binding.id in BY_ID
        }
        for act in ACTIONS:
            title = f"{act.label.capitalize()}  ({act.shown})"
            if act.id in here:
                at = here[act.id]
                run = partial(self.run_action, at.binding.action, at.node)
                yield SystemCommand(title, act.help, run)
            elif not act.id.startswith("light-"):
                refuse = partial(self._not_here, act.label)
                yield SystemCommand(title, f"Not on this screen. {act.help}", refuse, discover=False)

    def _not_here(self, label: str) -> None:
        self.notify(f"“{label}” can't be done on this screen.", markup=False)
