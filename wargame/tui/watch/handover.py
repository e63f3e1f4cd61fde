"""Pass the keyboard. Opaque, and alike for every seat: it tells nothing but whose turn it is.

A seat with a PIN is asked for it.
"""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.board.seats import wear
from wargame.tui.home.pin import PinField, SeatPin
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import put, seat_colour, stack
from wargame.tui.map.atlas import capitals_chart
from wargame.tui.map.view import ground
from wargame.words import Words
from wargame.words.pages import watch as say


class HandoverScreen(GuardedScreen[None]):
    """Asks the session to `take_seat` when the person of that seat has sat down.

    A seat without a PIN is taken with Space and in no other way; Enter confirms what was typed as a PIN.
    """

    settles = True
    AUTO_FOCUS = "PinField"
    BINDINGS = bindings("open", "pause")
    wrong, beside = say.WRONG_PIN, say.THEN_ENTER

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__()
        self.table, self.seat = table, seat
        self.words = Words(table.scenario)
        self._checking = False

    def compose(self) -> ComposeResult:
        pin = (SeatPin(self.beside), Static(id="said", markup=False)) if self.locked else ()
        card = Vertical(Static(self._text(), markup=False), *pin, id="pass", classes="edged")
        card.set_class(not self.locked, "-open")
        wear(card, self.table.scenario, self.seat)
        yield ground(self.table.scenario, card, chart=capitals_chart(self.words))
        yield Foot()

    @property
    def locked(self) -> bool:
        """Whether the seat has a PIN."""
        return self.table.has_pin(self.seat)

    def on_mount(self) -> None:
        self._show_foot()

    def _show_foot(self) -> None:
        spec = self.table.scenario.seats[self.seat]
        lead = put(f"{spec.symbol} {spec.short}: ")
        hints = [
            Hint("Space", say.TAKE_SEAT, "open"),
            *usual(*(["facilitate"] if self.table.opens_console else []), "pause"),
        ]
        self.query_one(Foot).show(hints, lead)

    def _text(self) -> Content:
        spec = self.table.scenario.seats[self.seat]
        spaced = " ".join(self.words.seat(self.seat).upper())
        name = put(f"{spec.symbol}   {spaced}", f"bold {seat_colour(self.table.scenario, self.seat)}")
        return stack([self._whom(), "", name, "", say.LOOK_AWAY])

    def _whom(self) -> str:
        """By name, where the person has one that is not just the seat's."""
        who = self.table.players[self.seat].name
        own = who and who not in (self.words.capital(self.seat), self.words.seat(self.seat), self.seat)
        return say.pass_to(who if own else "")

    # --- the PIN ---------------------------------------------------------------------------------------

    def on_pin_field_entered(self, event: PinField.Entered) -> None:
        if self.table.pin_wait(self.seat):
            self._say(say.WAIT)
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
        self._say(f"{self.wrong} {say.WAIT}" if wait else self.wrong)
        if wait:
            self.after(wait, lambda: self._say(""))

    def _say(self, sentence: str) -> None:
        self.query_one("#said", Static).update(put(sentence))

    # --- keys ------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        if self.locked:
            self.query_one(PinField).action_submit()
        else:
            self.ask("take_seat")

    def forget(self) -> bool:
        """Forget what was typed, and return whether anything was."""
        typed = [field for field in self.query(PinField) if not field.empty]
        for field in typed:
            field.clear()
        return bool(typed)

    def action_pause(self) -> None:
        """Forget what was typed; with nothing typed, pause."""
        if not self.forget():
            self.ask("pause")
