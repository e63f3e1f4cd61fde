"""The way to the console: its PIN where one is set; and what the room sees while the game is paused."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.content import Content
from textual.widgets import Static

from wargame.rules.moves import WHITE
from wargame.table import Table
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.home.cards import once_sure
from wargame.tui.home.pin import PinScreen
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import put, stack
from wargame.tui.kit.press import has_messages, new_said
from wargame.tui.watch.handover import HandoverScreen
from wargame.words.pages import facilitate as say


class GateScreen(HandoverScreen):
    """Asks to `take_seat` when the facilitator's PIN was right, or to go `back`.

    Without a PIN it is a hand-over like that to a seat. What is typed ahead comes after the key that called
    for the console, so it is heard.
    """

    settles = False
    BINDINGS = bindings("do")
    wrong, beside = say.WRONG_PIN, ""

    def __init__(self, table: Table) -> None:
        super().__init__(table, WHITE)

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
        def without() -> None:
            self.said(self.keep(""))

        once_sure(self, say.WITHOUT_TITLE, [say.WITHOUT], say.WITHOUT_VERB, without)


class HeldScreen(GuardedScreen[None]):
    """The game is paused, or bots wait to be told on. Opaque; only the facilitator, or leaving, leads on."""

    BINDINGS = bindings("message", "pause")

    def __init__(self, table: SeenTable, waits: bool = False) -> None:
        super().__init__()
        self.table, self.waits = table, waits
        face = table.hosted
        self.seat = (face.seat or "") if face is not None else ""
        """The seat whose own screen this is, or ""."""

    def compose(self) -> ComposeResult:
        text = say.WAITING_PAGE if self.waits else say.PAUSED_PAGE
        yield Middle(Center(Static(stack(text), id="pass", markup=False)))
        yield Foot()

    def on_mount(self) -> None:
        self.catch_up()

    def on_screen_resume(self) -> None:
        self.catch_up()

    def catch_up(self) -> None:
        """Say what may be done: at a seat's own screen its messages can be read."""
        console = [Hint("F2", say.FACILITATOR, "app.facilitate")] if not self.table.hosted else []
        writes = has_messages(self.table, self.seat)
        messages = [Hint("m", new_said(self.app, self.table, self.seat), "message")] if writes else []
        for foot in self.query(Foot):
            foot.show([*messages, *console, Hint("Esc", say.PAUSE, "pause")])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "message" or has_messages(self.table, self.seat)

    def action_message(self) -> None:
        from wargame.tui.play.messages import MessagesScreen

        self.put_up(self.guard.shelved(MessagesScreen, self.table, self.seat))

    def action_pause(self) -> None:
        self.ask("pause")
