"""Typing a PIN: blanks, then dots that tell neither the letters nor, past four of them, how many there are.

It is no `Input`, for what is typed there can be copied out of it, and letters are keys of the program.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Static

from wargame.table.pins import refusal
from wargame.tui.kit.guard import Request
from wargame.tui.kit.paint import DIM, join, put
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
