"""The way to the console: its PIN where one is set; and what the room sees while the game is paused."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.content import Content
from textual.widgets import Static

from wargame.rules.moves import WHITE
from wargame.table import Table
from wargame.tui.actions import bindings
from wargame.tui.home.cards import sure
from wargame.tui.home.pin import PinScreen
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import put, stack
from wargame.tui.watch.handover import HandoverScreen
from wargame.words.pages import facilitate as say


class GateScreen(HandoverScreen):
    """Asks to `take_seat` when the facilitator's PIN was right, or to go `back`.

    Without a PIN it is a hand-over like that to a seat. With one all that is typed ahead is heard.
    """

    BINDINGS = bindings("do")
    wrong, beside = say.WRONG_PIN, ""

    def __init__(self, table: Table) -> None:
        super().__init__(table, WHITE)
        self.settles = not self.locked

    def _show_foot(self) -> None:
        key = "Enter" if self.locked else "Space"
        hints = [Hint(key, say.OPEN_CONSOLE, "open"), Hint("Esc", say.BACK_TO_TABLE, "pause")]
        self.query_one(Foot).show(hints)

    def _text(self) -> Content:
        return stack([say.PASS_TO, "", put(say.SPACED, "bold"), "", say.LOOK_AWAY])

    def action_open(self) -> None:
        if self.locked:
            super().action_open()
        else:
            self.ask("take_seat")

    def action_do(self) -> None:
        if self.locked:
            self.action_open()

    def action_pause(self) -> None:
        """Forget what was typed; with nothing typed, back."""
        if not self.forget():
            self.ask("back")


class OwnPinScreen(PinScreen):
    """The facilitator sets or changes the PIN of the console."""

    about = say.OWN_PIN

    def __init__(self, table: Table) -> None:
        super().__init__(table, WHITE)

    @property
    def heading(self) -> str:
        return say.OWN_PIN_TITLE


class FirstPinScreen(OwnPinScreen):
    """Comes before anything is shown of a game with a facilitator; asks that it is `done`."""

    about = say.FIRST_PIN
    leaves = say.WITHOUT_PIN

    def go(self) -> None:
        self.ask("done")

    def action_back(self) -> None:
        self.put_up(sure(say.WITHOUT_TITLE, [say.WITHOUT], say.WITHOUT_VERB), self._without)

    def _without(self, answer: str | None) -> None:
        if answer == "yes":
            self.said(self.keep(""))


class HeldScreen(GuardedScreen[None]):
    """The game is paused, or bots wait to be told on. Opaque; only the facilitator, or leaving, leads on."""

    BINDINGS = bindings("pause")

    def __init__(self, waits: bool = False) -> None:
        super().__init__()
        self.waits = waits

    def compose(self) -> ComposeResult:
        text = say.WAITING_PAGE if self.waits else say.PAUSED_PAGE
        yield Middle(Center(Static(stack(text), id="pass", markup=False)))
        yield Foot()

    def on_mount(self) -> None:
        hints = [Hint("F2", say.FACILITATOR, "app.facilitate"), Hint("Esc", say.PAUSE, "pause")]
        self.query_one(Foot).show(hints)

    def action_pause(self) -> None:
        self.ask("pause")
