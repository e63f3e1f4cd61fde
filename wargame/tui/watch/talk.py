"""Before the orders the table is open: the board with a clock, and a note of who asks whom aside.

Nothing said here is a move: the page only shows what all may see, and what is noted goes into the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from wargame.debrief.dated_events import of_kind
from wargame.rules.events import NewsCame
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.board.board import CARDS_FROM
from wargame.tui.board.log import aside_line
from wargame.tui.board.seats import Seats, seat_lines
from wargame.tui.facilitate.sight import clock
from wargame.tui.kit.banner import banner
from wargame.tui.kit.digits import HIGH, LOW, large
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.gauges import CARDED, gauges_shown, list_columns
from wargame.tui.kit.paint import DIM, HEAD, put, wrapped
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.screen import TableScreen
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView, ground
from wargame.tui.watch.aside import AsideScreen
from wargame.words.pages import watch as say

GO, ASIDE = "go", "aside"
LOOK = 0.5
"""Seconds between two looks at the clock."""
WIDEST, EDGES, LEAST_GAUGE, TALL = 54, 5, 36, 36


class TalkScreen(TableScreen[bool]):
    """The open table. Done when the talk is ended: asked for with one key and confirmed with another."""

    settles = messages = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("open", "aside", "message", "back")

    def __init__(self, table: SeenTable) -> None:
        super().__init__(table, None)
        self.ending = ""
        """The key that has asked to end the talk, or ""."""

    def begin_again(self, *given: Any) -> None:
        super().begin_again(*given)
        self.ending = ""

    def widgets(self) -> ComposeResult:
        yield Rows(id="rows")
        card = Sheet(Static(id="about-text", markup=False), id="about", classes="edged")
        yield ground(self.table.scenario, card, Static(id="clock", classes="lying", markup=False))

    def below(self) -> ComposeResult:
        yield Seats(self.table.scenario.seat_ids)

    # --- the frame -----------------------------------------------------------------------------------------

    @property
    def carded(self) -> bool:
        return self.size.width >= CARDED and self.size.height >= CARDS_FROM

    def widths(self) -> tuple[int, int, int]:
        width = self.size.width
        left = list_columns(width, 38)
        return left, min(width - left, WIDEST), 0

    def lay_out(self) -> None:
        left, card, _none = self.widths()
        self.query_one("#rows").styles.width = left
        self.query_one("#about").styles.width = card
        self.query_one(Seats).display = self.carded
        room = self.size.height - (11 if self.carded else 4)
        if self.table.timers.left is not None:
            room -= (HIGH if self.size.height >= TALL else LOW) + 2
        self.query_one("#about").styles.max_height = max(room, 4)

    def on_mount(self) -> None:
        self.every(LOOK, self._tell_time, name="clock")

    def _tell_time(self) -> None:
        """Show the time that is left, large; nothing without a limit."""
        left = self.table.timers.left
        face = self.query_one("#clock", Static)
        face.display = left is not None
        if left is not None:
            digits = large(clock(left), "bold", HIGH if self.size.height >= TALL else LOW)
            entitle(face, say.TIME_LEFT)
            self._put("#clock", digits)
            face.styles.width = digits[0].cell_length + 4

    def top(self, width: int) -> Sequence[Content]:
        return [banner(self.lens, width, "orders")]

    def rows(self, width: int) -> Sequence[Row]:
        inner = width - 3
        entitle(self.query_one(Rows), say.OPEN_TABLE)
        rows = [
            Row(GO, put(f"1 {say.TALKED if self.table.hosted else say.END_TALK}"), 1),
            Row(ASIDE, put(f"2 {say.NOTE_ASIDE}"), 2),
            Row("", Content("")),
            Row("", put(say.ASIDES, HEAD)),
        ]
        said = [line for one in self.table.asides() for line in wrapped(aside_line(self.lens, one), inner, 2)]
        rows += [Row("", line) for line in said or [put(say.NONE_NOTED, DIM)]]
        gauges = [Row("", Content("")), *gauges_shown(self.lens, inner)]
        fits = len(rows) + len(gauges) <= self.size.height - (12 if self.carded else 5)
        return [*rows, *(gauges if fits and inner >= LEAST_GAUGE else ())]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        inner = self.widths()[1] - EDGES
        entitle(self.query_one("#about"), say.NEWS)
        lines = [*wrapped(put(say.NOTHING_BINDS, "bold"), inner), Content("")]
        for seen in of_kind(self.lens.memory.seen, NewsCame):
            card = self.lens.scenario.event_card(seen.event.cause.rpartition("news/")[2])
            if seen.round == self.lens.view.round and card is not None:
                lines += wrapped(put(self.lens.words.said(card.title), HEAD), inner)
                lines += wrapped(put(self.lens.words.said(card.text), f"italic {DIM}"), inner)
        for said in self.lens.words.state_of(self.lens.view):
            lines += wrapped(put(said), inner, indent=2)
        return lines

    def repaint_lit(self) -> None:
        super().repaint_lit()
        self._tell_time()
        for view in self.query(MapView):
            view.show(chart_of(self.lens))

    def under(self, width: int) -> Sequence[Content]:
        self.query_one(Seats).show(self.lens, None)
        return [] if self.carded else seat_lines(self.lens, width=width)

    def lead(self) -> Content:
        asked = say.TALKED_Q if self.table.hosted else say.END_TALK_Q
        return put(f"{asked} ") if self.ending else Content("")

    def hints(self, lit: str) -> Sequence[Hint]:
        if self.ending:
            goes = say.PREPARE if self.table.hosted else say.END_IT
            yes = Hint("Space", goes, "open") if self.ending == "do" else None
            yes = yes or Hint("Enter", goes, "do")
            return [yes, Hint("Esc", say.TALK_ON, "back")]
        return [
            Hint("Enter", say.NOTE_IT if lit == ASIDE else say.END_THE_TALK, "do"),
            Hint("t", say.SIDE_TALK, "aside"),
            *usual("board", "log", "help"),
        ]

    # --- ending it -----------------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        if lit == ASIDE and not self.ending:
            self.action_aside()
        else:
            self._end("do")

    def action_open(self) -> None:
        self._end("open")

    def _end(self, key: str) -> None:
        """One key asks, the other one ends it, so that a key held down does not."""
        if self.ending not in ("", key):
            self.conclude(True)
            return
        self.ending = key
        self.repaint_lit()

    def action_aside(self) -> None:
        self._go_on()
        face = self.table.hosted
        if face is not None and face.why_not:
            self.refuse(face.why_not)
            return
        self.put_up(AsideScreen(self.table, self.lens), lambda _noted: self.changed())

    def lit_changed(self) -> None:
        self.ending = ""
        super().lit_changed()

    def action_back(self) -> None:
        if not self._go_on():
            self.pause()

    def _go_on(self) -> bool:
        """Talk on; whether somebody had asked to end it."""
        asked, self.ending = bool(self.ending), ""
        self.repaint_lit()
        return asked
