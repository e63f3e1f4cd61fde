"""The way to the console: its PIN where one is set; and what the room sees while the game is paused."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Middle, Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.rules.moves import WHITE
from wargame.table import Table
from wargame.tui.actions import bindings
from wargame.tui.guard import GuardedScreen
from wargame.tui.home.pin import PinScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import put, stack, wrapped
from wargame.tui.home.pinfield import PinField

OWN = (
    "The console asks for it from now on: four to twelve digits or letters. It is a courtesy lock; whoever "
    "holds the saved game holds all its secrets."
)


class GateScreen(HandoverScreen):
    """Asks to `take_seat` when the facilitator's PIN was right, or to go `back`."""

    BINDINGS = bindings("do")
    wrong = "That is not the facilitator's PIN."

    def __init__(self, table: Table) -> None:
        super().__init__(table, WHITE)

    def _show_foot(self) -> None:
        hints = [Hint("Enter", "open the console", "open"), Hint("Esc", "back to the table", "pause")]
        self.query_one(Foot).show(hints)

    def _text(self) -> Content:
        name = put("F A C I L I T A T O R", "bold")
        shows = "Everyone else looks away: the console shows everything."
        return stack(["Pass the keyboard to the", "", name, "", shows])

    def action_do(self) -> None:
        self.action_open()

    def action_pause(self) -> None:
        """Forget what was typed; with nothing typed, back."""
        field = self.query_one(PinField)
        if field.empty:
            self.ask("back")
        field.clear()


class OwnPinScreen(PinScreen):
    """The facilitator sets or changes the PIN of the console."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            heading = put("A PIN FOR THE FACILITATOR", "bold")
            yield Static(stack([heading, "", *wrapped(OWN, 60), ""]), markup=False)
            yield PinField()
            yield Static(id="said", markup=False)
        yield Foot()


class HeldScreen(GuardedScreen[None]):
    """The game is paused, or bots wait to be told on. Opaque; only the facilitator, or leaving, leads on."""

    BINDINGS = bindings("pause")

    def __init__(self, waits: bool = False) -> None:
        super().__init__()
        self.waits = waits

    def compose(self) -> ComposeResult:
        text = ["P A U S E D", "", "The facilitator lets the game go on."]
        if self.waits:
            text = ["N O B O D Y   S I T S   H E R E", "", "The bots have played up to this round."]
            text.append("The facilitator says how it goes on.")
        yield Middle(Center(Static(stack(text), id="pass", markup=False)))
        yield Foot()

    def on_mount(self) -> None:
        hints = [Hint("F2", "facilitator", "app.facilitate"), Hint("Esc", "pause", "pause")]
        self.query_one(Foot).show(hints)

    def action_pause(self) -> None:
        self.ask("pause")
