"""Pass the keyboard. Opaque, and alike for every seat: it tells nothing but whose turn it is."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from wargame.table import Table
from wargame.tui.actions import bindings
from wargame.tui.guard import GuardedScreen
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import join, put, seat_colour, stack
from wargame.tui.widgets.pinfield import PinField, SeatPin
from wargame.words import Words

MARGIN = " " * 16
WRONG = "That is not this seat's PIN."
WAIT = "Wait a moment before the next try."


class HandoverScreen(GuardedScreen[None]):
    """Asks the session to `take_seat` when the person of that seat has sat down.

    It asks for a PIN whether or not the seat has one; one without opens whatever is typed.
    """

    settles = True
    secret = False
    AUTO_FOCUS = "PinField"
    BINDINGS = bindings("open", "pause")
    wrong = WRONG
    DEFAULT_CSS = """
    HandoverScreen #pass { height: auto; padding: 6 0 0 0; }
    HandoverScreen PinField { margin: 1 0 0 16; }
    HandoverScreen #said { height: 1; margin: 1 0 0 16; }
    """

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__()
        self.table, self.seat = table, seat
        self.words = Words(table.scenario)
        self._checking = False

    def compose(self) -> ComposeResult:
        yield Static(self._text(), id="pass", markup=False)
        yield SeatPin("(none: just Space)")
        yield Static(id="said", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self._show_foot()

    def _show_foot(self) -> None:
        spec = self.table.scenario.seats[self.seat]
        lead = put(f"{spec.symbol} {spec.short}: ")
        hints = [
            Hint("Space", "take the seat", "open"),
            Hint("F2", "facilitator", "app.facilitate"),
            Hint("Esc", "pause", "pause"),
        ]
        self.query_one(Foot).show(hints, lead)

    def _text(self) -> Content:
        spec = self.table.scenario.seats[self.seat]
        spaced = " ".join(self.words.seat(self.seat).upper())
        name = put(f"{spec.symbol}   {spaced}", f"bold {seat_colour(self.table.scenario, self.seat)}")
        lines: list[Content | str] = [
            self._whom(),
            "",
            join((MARGIN, name)),
            "",
            f"{MARGIN}Everyone else looks away.",
        ]
        return stack(lines)

    def _whom(self) -> str:
        """By name, where the person has one that is not just the seat's."""
        who = self.table.players[self.seat].name
        own = who and who not in (self.words.capital(self.seat), self.words.seat(self.seat), self.seat)
        return f"{MARGIN}Pass the keyboard to {who}," if own else f"{MARGIN}Pass the keyboard to"

    # --- the PIN ---------------------------------------------------------------------------------------

    def on_pin_field_entered(self, event: PinField.Entered) -> None:
        if not self.table.has_pin(self.seat):
            self.ask("take_seat")
        elif self.table.pin_wait(self.seat):
            self._say(WAIT)
        elif not self._checking:
            self._checking = True
            self.run_worker(self._check(event.typed), name="pin")

    async def _check(self, typed: str) -> None:
        """Compare in a thread, for it takes a tenth of a second."""
        try:
            right = await asyncio.to_thread(self.table.check_pin, self.seat, typed)
        finally:
            self._checking = False
        if not self.in_front:
            return
        if right:
            self.ask("take_seat")
            return
        wait = self.table.pin_wait(self.seat)
        self._say(f"{self.wrong} {WAIT}" if wait else self.wrong)
        if wait:
            self.after(wait, lambda: self._say(""))

    def _say(self, sentence: str) -> None:
        self.query_one("#said", Static).update(put(sentence))

    # --- keys ------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        self.query_one(PinField).action_submit()

    def action_pause(self) -> None:
        """Forget what was typed; with nothing typed, pause."""
        field = self.query_one(PinField)
        if field.empty:
            self.ask("pause")
        field.clear()
