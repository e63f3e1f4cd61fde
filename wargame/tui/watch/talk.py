"""Before the orders the table is open: a public page with a clock, and a note of who asks whom aside.

Nothing said here is a move: the page only shows what all may see, and what is noted goes into the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from wargame.errors import CannotWrite
from wargame.table import Line, Table
from wargame.table.journal import seats_of
from wargame.tui.actions import bindings
from wargame.tui.screens.base import TableScreen
from wargame.tui.screens.facilitate_form import TypingScreen
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.news import news_lines
from wargame.tui.widgets.paint import DIM, HEAD, fit, join, put, wrapped
from wargame.tui.widgets.rows import Row, Rows
from wargame.tui.widgets.world import world_lines

NOTHING_BINDS = (
    "Talk with whom you like, here or apart: ask, promise, threaten, agree what you will each order. Nothing "
    "said here binds anybody."
)
GO, ASIDE = "go", "aside"


class TalkScreen(TableScreen[bool]):
    """The open table. Done when the talk is ended."""

    settles = True
    secret = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("open", "aside", "back")

    def __init__(self, table: Table) -> None:
        super().__init__(table, None)

    def top(self, width: int) -> Sequence[Content]:
        return [_title(self.lens, "THE TABLE IS OPEN", width)]

    def rows(self, width: int) -> Sequence[Row]:
        rows = [
            Row(GO, put("1 End the talk: orders begin"), 1),
            Row(ASIDE, put("2 Note a side talk…"), 2),
            Row("", Content("")),
            Row("", put("SIDE TALK THIS ROUND", HEAD)),
        ]
        said = [line for one in self.table.asides() for line in wrapped(_aside(self.lens, one), width - 1)]
        return [*rows, *(Row("", line) for line in said or [put("none noted", DIM)])]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        lines = [*wrapped(put(NOTHING_BINDS, "bold"), width), Content(""), *world_lines(self.lens, width)]
        stands = self.lens.words.state_of(self.lens.view)
        lines += [line for said in ("", *stands) for line in wrapped(put(said), width, indent=2)]
        return lines if self.widths()[2] else [*lines, *self._papers(width)]

    def aside(self, width: int) -> Sequence[Content]:
        return self._papers(width)[1:]

    def _papers(self, width: int) -> list[Content]:
        return [Content(""), put("THE NEWS", HEAD), *news_lines(self.lens, width)]

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            Hint("Enter", "note it" if lit == ASIDE else "end the talk", "do"),
            Hint("t", "side talk", "aside"),
            Hint("b", "board", "board"),
            Hint("l", "log", "log"),
            Hint("F1", "help", "app.help"),
        ]

    def do(self, lit: str) -> None:
        if lit == ASIDE:
            self.action_aside()
        else:
            self.conclude(True)

    def action_open(self) -> None:
        self.conclude(True)

    def action_aside(self) -> None:
        self.put_up(AsideScreen(self.table), lambda _noted: self.changed())

    def action_back(self) -> None:
        self.pause()


class AsideScreen(TypingScreen):
    """Who asks, whom, and a line on it if they like; each a step, and Esc goes one back."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.asker = self.asked = ""

    def top(self, width: int) -> Sequence[Content]:
        return [_title(self.lens, "A SIDE TALK", width)]

    def widths(self) -> tuple[int, int, int]:
        return self.size.width, 0, 0

    def rows(self, width: int) -> Sequence[Row]:
        words, seats = self.lens.words, self.table.scenario.seat_ids
        if self.asked:
            said = words.aside(self.asker, [self.asked])
            return [Row("line", put(f"{said}. A line on it, or just Enter:"))]
        head = f"WHOM DOES {words.party(self.asker).upper()} ASK ASIDE?" if self.asker else "WHO ASKS?"
        known = [seat for seat in seats if seat != self.asker]
        return [
            Row("", put(head, HEAD)),
            *(
                Row(f"seat:{seat}", put(f"{nth} {words.seat(seat)}"), nth)
                for nth, seat in enumerate(known, 1)
            ),
        ]

    def hints(self, lit: str) -> Sequence[Hint]:
        return [Hint("Enter", "take it", "do"), Hint("↑↓ 1–9", "rows"), Hint("Esc", "back", "back")]

    def do(self, lit: str) -> None:
        seat = lit.removeprefix("seat:")
        if self.asked:
            self._type()
        elif self.asker and seat:
            self.asked = seat
            self.repaint()
            self._type()
        elif seat:
            self.asker = seat
            self.repaint()
            self.query_one(Rows).light("")

    def _type(self) -> None:
        self.type_into("", "what about")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self.table.aside(self.asker, [self.asked], event.value)
        except CannotWrite as error:
            self.refused = str(error)
            self.stop_typing()
            return
        self.leave({})

    def action_back(self) -> None:
        if self.typing:
            self.stop_typing()
        if self.asked:
            self.asked = ""
        elif self.asker:
            self.asker = ""
        else:
            self.leave(None)
            return
        self.repaint()


def _title(lens: Lens, what: str, width: int) -> Content:
    view = lens.view
    where = f"   round {view.round} of {view.rounds} · {lens.words.date(view.round)} · talk"
    return fit(join((put(f" {what}", HEAD), put(where))), width)


def _aside(lens: Lens, line: Line) -> Content:
    asker = str(line.data["asker"])
    asked = [seat for seat in seats_of(line.data, "between") if seat != asker]
    said = lens.words.aside(asker, asked)
    return put(f"{said}: “{line.text}”" if line.text else said)
