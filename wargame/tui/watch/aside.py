"""Who asks whom aside, and a line on it if they like: noted from the open table, which stays in view."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from wargame.errors import CannotWrite, IllegalMove
from wargame.table.seen import SeenTable
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedModal
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import join, put, seat_colour, stack, wrapped
from wargame.tui.kit.pane import entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.words.pages import watch as say

ROOM = 58
"""Columns for what is said in the card."""


class AsideScreen(GuardedModal[bool]):
    """Each question a step, and Esc goes one back. Dismissed with whether a talk was noted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back", *LIGHT)

    def __init__(self, table: SeenTable, lens: Lens) -> None:
        super().__init__()
        self.table, self.lens = table, lens
        face = table.hosted
        self.between: list[str] = [face.seat] if face is not None and face.seat else []
        """Who asks, and whom, as far as that has been told; at a screen of its own a seat asks for itself."""
        self._first = len(self.between)

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(id="said", markup=False)
            yield Rows(id="seats", unlit=True)
            yield Input(id="line", max_length=200)
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one(".card"), say.A_SIDE_TALK)
        self._ask()

    def _ask(self, refused: str = "") -> None:
        """Put the next question."""
        rows, line, words = self.query_one(Rows), self.query_one(Input), self.lens.words
        told = len(self.between) == 2
        if told:
            said = say.a_line_on(words.aside(self.between[0], self.between[1:]))
        else:
            said = say.whom_ask(words.party(self.between[0])) if self.between else say.WHO_ASKS
        lines = wrapped(put(said, "bold"), ROOM)
        self.query_one("#said", Static).update(stack([*lines, "", *wrapped(refused, ROOM)]))
        rows.display, line.display = not told, told
        seats = [seat for seat in self.table.scenario.seat_ids if seat not in self.between]
        rows.show([self._row(nth, seat) for nth, seat in enumerate(seats, 1)])
        rows.unlight()
        (line if told else rows).focus()
        do = Hint("Enter", say.NOTE_IT, "line") if told else Hint("Enter", say.TAKE_IT, "done")
        choose = [] if told else [Hint(f"↑↓ 1–{len(seats)}", say.CHOOSE)]
        self.query_one(Foot).show([do, *choose, Hint("Esc", say.BACK, "back")])

    def _row(self, nth: int, seat: str) -> Row:
        sign = put(f"{self.lens.scenario.seats[seat].symbol} ", seat_colour(self.lens.scenario, seat))
        return Row(seat, join((f"{nth} ", sign, self.lens.words.seat(seat))), nth)

    def do_lit(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        """Take the seat that is lit."""
        seat = self.query_one(Rows).lit
        if seat and len(self.between) < 2:
            self.between.append(seat)
            self._ask()

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)

    async def action_line(self) -> None:
        """Note it, with what stands in the line."""
        await self.query_one(Input).action_submit()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self.table.aside(self.between[0], self.between[1:], event.value)
        except (CannotWrite, IllegalMove) as error:
            self._ask(str(error))
            return
        self.leave(True)

    def action_back(self) -> None:
        if len(self.between) > self._first:
            self.between.pop()
            self._ask()
        else:
            self.leave(False)
