"""Pass the keyboard. Opaque, and alike for every seat: it tells nothing but whose turn it is."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from wargame.table import Table
from wargame.tui.actions import bindings
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import join, put, seat_colour, stack
from wargame.words import Words

MARGIN = " " * 16


class HandoverScreen(Screen[bool]):
    """Dismissed with True when the person of that seat has sat down."""

    BINDINGS = bindings("do", "pause")
    DEFAULT_CSS = "HandoverScreen #pass { height: 1fr; padding: 6 0 0 0; }"

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__()
        self.table, self.seat = table, seat
        self.words = Words(table.scenario)

    def compose(self) -> ComposeResult:
        yield Static(self._text(), id="pass", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        spec = self.table.scenario.seats[self.seat]
        lead = put(f"{spec.symbol} {spec.short}: ")
        hints = [Hint("Enter", "take the seat", "do"), Hint("Esc", "pause", "pause")]
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

    def action_do(self) -> None:
        self.dismiss(True)

    def action_pause(self) -> None:
        self.app.action_pause()  # type: ignore[attr-defined]

    def on_click(self, event: events.Click) -> None:
        if event.widget is not self.query_one(Foot):
            self.dismiss(True)
