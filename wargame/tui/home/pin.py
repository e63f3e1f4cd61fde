"""A seat sets or changes its own PIN, in its own turn."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from wargame.errors import CannotWrite
from wargame.table import Table
from wargame.tui.actions import bindings
from wargame.tui.home.pinfield import NewPin, PinField
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedModal
from wargame.tui.kit.paint import put, stack, wrapped
from wargame.tui.kit.pane import entitle
from wargame.words import Words
from wargame.words.pages import home as say


class PinScreen(GuardedModal[None]):
    """Dismissed when the PIN is set or left as it was."""

    AUTO_FOCUS = "PinField"
    about, leaves = say.ABOUT_PIN, say.LEAVE_IT
    BINDINGS = bindings("do", "back")

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__()
        self.table, self.seat = table, seat
        self.new = NewPin()

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(stack([*wrapped(self.about, 58), ""]), markup=False)
            yield PinField()
            yield Static(id="said", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one(".card"), self.heading)
        self.query_one(Foot).show([Hint("Enter", say.SET_IT, "do"), Hint("Esc", self.leaves, "back")])

    @property
    def heading(self) -> str:
        return say.a_pin_for(Words(self.table.scenario).seat(self.seat))

    def on_pin_field_entered(self, event: PinField.Entered) -> None:
        said = self.new.hear(event.typed)
        if self.new.chosen is not None:
            said = self.keep(self.new.chosen)
        self.said(said)

    def said(self, sentence: str) -> None:
        """Say what is wrong, or what comes next."""
        self.query_one("#said", Static).update(put(sentence))

    def keep(self, pin: str) -> str:
        """Keep it and leave; or why that can't be done."""
        try:
            self.table.set_pin(self.seat, pin)
        except CannotWrite as error:
            self.new = NewPin()
            return str(error)
        self.go()
        return ""

    def go(self) -> None:
        """It is done."""
        self.leave(None)

    def action_do(self) -> None:
        self.query_one(PinField).action_submit()

    def action_back(self) -> None:
        self.leave(None)
