"""Typing a PIN: blanks, then dots that tell neither the letters nor, past four of them, how many there are.

The field is no `Input`, for what is typed there can be copied out of it, and letters are keys of the program.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from wargame.errors import CannotWrite
from wargame.table.pins import refusal
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedModal, Request
from wargame.tui.kit.paint import DIM, join, put, stack, wrapped
from wargame.tui.kit.pane import entitle
from wargame.words import Words
from wargame.words.pages import home as say

DOTS = 4
ROOM = 64  # characters that are taken in; more than any PIN has, so that too long is refused and not cut


class PinField(Static, can_focus=True):
    """`PIN ____`; says `Entered` with what was typed, and forgets it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]
    DEFAULT_CSS = "PinField { height: 1; }"

    class Entered(Request):
        """Enter was pressed after typing this."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

        def __rich_repr__(self) -> list[object]:
            """Nothing: what was typed belongs in no log."""
            return []

    def __init__(self, beside: str = "", label: str = "PIN", *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.label, self.beside = label, beside
        self._typed = ""

    def on_mount(self) -> None:
        self.repaint()

    @property
    def empty(self) -> bool:
        return not self._typed

    def ask(self, label: str, beside: str) -> None:
        """Ask anew, with these words around the dots."""
        self.label, self.beside = label, beside
        self.clear()

    def clear(self) -> None:
        """Forget what was typed."""
        self._typed = ""
        self.repaint()

    def repaint(self) -> None:
        full = min(len(self._typed), DOTS)
        dots = join((put("•" * full, "bold"), put("_" * (DOTS - full), DIM)))
        self.update(join((f"{self.label} ", dots, f"  {self.beside}")))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters and digits are the PIN's, not keys of the program."""
        return bool(character and character.isalnum())

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character and event.character.isalnum():
            self._typed = (self._typed + event.character)[:ROOM]
        else:
            return
        event.stop()
        event.prevent_default()
        self.repaint()

    def action_submit(self) -> None:
        typed = self._typed
        self.clear()
        self.post_message(self.Entered(typed))


class SeatPin(PinField):
    """Where a person takes a seat: Enter alone, which may have been typed ahead, does nothing here."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Enter confirm only what has been typed."""
        return action != "submit" or not self.empty


class NewPin:
    """A PIN that is being chosen: typed twice. `chosen` is the PIN once it is there."""

    def __init__(self) -> None:
        self.chosen: str | None = None
        self._first: str | None = None

    def hear(self, typed: str) -> str:
        """Take in what was typed; the sentence to show, "" when a PIN is chosen."""
        first, self._first = self._first, None
        if first is None and not typed:
            return say.NOTHING_TYPED
        if first is None:
            why = refusal(typed)
            self._first = None if why else typed
            return why or say.ONCE_MORE
        if first != typed:
            return say.THEY_DIFFER
        self.chosen = typed
        return ""


class PinScreen(GuardedModal[None]):
    """A seat sets or changes its own PIN, in its own turn. Dismissed when it is set or left as it was."""

    AUTO_FOCUS = "PinField"
    about, leaves = say.ABOUT_PIN, say.LEAVE_IT
    BINDINGS = bindings("do", "back")

    def __init__(self, table: SeenTable, seat: str) -> None:
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
