"""The facilitator's console: sees everything, plays no seat, and gives a reason for all it does.

It is shown alone, over the backdrop; when it closes nothing of it is left. The session opens it
(`call_facilitator`) and looks at the table anew afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.rules.events import ArgumentRuled, DiceRolled
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table
from wargame.tui.actions import bindings
from wargame.tui.screens.base import TableScreen
from wargame.tui.screens.facilitate_acts import Acts
from wargame.tui.screens.facilitate_form import FormScreen
from wargame.tui.topics import Topic, topic_of
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.paint import CHANGE, put, wrapped
from wargame.tui.widgets.rows import Row, Rows
from wargame.tui.widgets.white_fields import Values
from wargame.tui.widgets.white_sight import (
    banner,
    inject_lines,
    journal_lines,
    latest,
    move_said,
    player_lines,
    roll_lines,
    situation_lines,
    timer_lines,
)
from wargame.words import Words

SEE = (("situation", "situation"), ("journal", "journal"))
DO = (
    ("inject", "inject a card…"),
    ("write", "write one on the spot…"),
    ("scheduled", "scheduled injects…"),
    ("adjust", "track, good, flag…"),
    ("roll", "set a coming roll…"),
    ("adjudicate", "adjudicate…"),
    ("pause", "pause…"),
    ("skip", "skip the seat to act…"),
    ("seats", "seat ↔ bot, late, leaves…"),
    ("timers", "timers…"),
    ("rewind", "rewind to…"),
    ("talk", "side talk…"),
    ("note", "note, tag, mark…"),
    ("pin", "my PIN…"),
)
BOTS = ("bots", "bots play on until…")
NO_PIN = ("unpin", "no PIN any more…")
"""Rows that are there only while nobody sits at the table, or the console has a PIN."""


class FacilitateScreen(TableScreen[None]):
    """The console of one facilitator."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "mark", "note-move", "find")

    def __init__(self, table: Table, name: str = "") -> None:
        super().__init__(table, None)
        self.cell = Facilitator(table, name)
        self.done = ""
        self.drafts: dict[str, Values] = {}
        self._first = ""

    @property
    def place(self) -> tuple[str, dict[str, Values]]:
        """The lit row, and the forms that were left half filled in."""
        lit = next((rows.lit for rows in self.query(Rows)), "")
        return self._first or lit, self.drafts

    @place.setter
    def place(self, place: tuple[str, dict[str, Values]]) -> None:
        self._first, self.drafts = place

    # --- what it shows -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        super().on_mount()
        self.every(0.5, self._tick)

    def repaint(self) -> None:
        super().repaint()
        if self._first and any(rows.light(self._first) for rows in self.query(Rows)):
            self._first = ""

    def _tick(self) -> None:
        self._put("#top", self.top(self.size.width))

    def top(self, width: int) -> Sequence[Content]:
        return [banner(self.table, width)]

    def rows(self, width: int) -> Sequence[Row]:
        count = len(self.cell.scheduled)
        rows = [Row(f"see:{key}", put(f"  {label}")) for key, label in SEE]
        more = [*([NO_PIN] if self.table.has_pin(WHITE) else []), *([] if self.table.people() else [BOTS])]
        for nth, (key, label) in enumerate((*DO, *more), 1):
            said = "go on…" if key == "pause" and self.table.paused else label
            said = f"{said} {count}" if key == "scheduled" else said
            rows.append(Row(f"do:{key}", put(f"{nth if nth <= 9 else ' '} {said}"), nth if nth <= 9 else 0))
        return [*rows, Row("leave", put("  back to the table"))]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        what, table, cell = lit.partition(":")[2], self.table, self.cell
        shown: dict[str, Callable[[], list[Content]]] = {
            "journal": lambda: journal_lines(table, width),
            "inject": lambda: inject_lines(table, cell, width),
            "write": lambda: inject_lines(table, cell, width),
            "scheduled": lambda: inject_lines(table, cell, width),
            "adjust": lambda: situation_lines(table, width),
            "roll": lambda: roll_lines(table, cell, width),
            "seats": lambda: player_lines(table, width),
            "pin": lambda: player_lines(table, width),
            "bots": lambda: player_lines(table, width),
            "timers": lambda: timer_lines(table),
            "rewind": lambda: journal_lines(table, width),
            "note": lambda: journal_lines(table, width),
            "talk": lambda: journal_lines(table, width),
        }
        return shown.get(what, lambda: situation_lines(table, width))()

    def aside(self, width: int) -> Sequence[Content]:
        """Where there is room: all hands beside whatever is lit."""
        if self.lit.partition(":")[2] in ("situation", "adjust", "adjudicate", "pause", "skip"):
            return journal_lines(self.table, width)
        return situation_lines(self.table, width)

    def repaint_lit(self) -> None:
        super().repaint_lit()
        right = self.widths()[2]
        if right:
            self._put("#aside-text", self.aside(right - 2))

    def why(self, lit: str) -> str:
        return ""

    def under(self, width: int) -> Sequence[Content]:
        lines = list(latest(self.table, width, 3 if self.tall else 2))
        return [*lines, *(wrapped(put(f"done  {self.done}", CHANGE), width, 6)[:2] if self.done else [])]

    def topic(self, lit: str) -> Topic:
        return topic_of("facilitate", lit.partition(":")[2])

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            Hint("Enter", "open", "do"),
            Hint("1–9", "light"),
            Hint("m", "mark", "mark"),
            Hint("n", "note", "note_move"),
            Hint("f", "find", "find"),
            Hint("Tab", "pane", "next_pane"),
            Hint("Esc", "to the table", "back"),
        ]

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        kind, _, name = lit.partition(":")
        if kind == "leave":
            self.conclude()
        elif name == "pin":
            from wargame.tui.screens.facilitate_gate import OwnPinScreen

            self.put_up(OwnPinScreen(self.table, WHITE), lambda _none: self.changed())
        elif name == "unpin":
            from wargame.tui.screens.problem import UNPINNED, sure

            self.put_up(sure("TAKE YOUR PIN AWAY?", [UNPINNED], "take it away"), self._unpin)
        elif kind == "do":
            if self.table.over and name not in ("talk", "note", "rewind"):
                self.refused = "The game is over: only the journal and going back are left."
                self.repaint_lit()
                return
            self._open(Acts(self.table, self.cell), name)

    def _unpin(self, answer: str | None) -> None:
        if answer == "yes":
            self._journal(lambda: self.cell.set_pin(""))
            self.changed()

    def _open(self, acts: Acts, name: str) -> None:
        """The form of an act. Left with Esc, it stands as it was left when it is opened again."""
        before = self.table.beats[-1].id
        form = acts.form(name)
        if name in self.drafts:
            form.take(self.drafts.pop(name))

        def after(values: Values | None) -> None:
            if values is None:
                self.drafts[name] = form.values
            else:
                self.done = form.done(values) or self._told(before)
                self.changed()

        self.put_up(FormScreen(self.table, form), after)

    def _told(self, before: int) -> str:
        """What came of it: how its dice fell, else the new move itself."""
        last = self.table.beats[-1]
        if last.id < before:
            return f"the game goes on after move {last.id}"
        words = Words(self.table.scenario)
        fell = [words.event(event) for event in last.events if isinstance(event, DiceRolled | ArgumentRuled)]
        return " ".join(fell) or move_said(self.table, last)

    def changed(self) -> None:
        super().changed()
        self._tick()

    def action_mark(self) -> None:
        """Mark the last move as important, or no longer."""
        last = self.table.beats[-1].id
        on = not self.table.journal.important(last)
        self._journal(lambda: self.cell.important(on=on))
        self.done = f"move {last} is marked as important" if on else f"move {last} is no longer marked"
        self.changed()

    def _journal(self, write: Callable[[], None]) -> None:
        from wargame.errors import WargameError

        try:
            write()
        except WargameError as error:
            self.refused = str(error)
            self.repaint_lit()

    def action_note_move(self) -> None:
        self._open(Acts(self.table, self.cell), "note")

    def action_find(self) -> None:
        """Every move and remark, to be found by a part of it."""
        from wargame.tui.screens.facilitate_form import PickScreen

        moves = Acts(self.table, self.cell).moves()

        def found(made: Values | None) -> None:
            if made is not None:
                self.put_up(
                    FormScreen(self.table, Acts(self.table, self.cell).note(int(made["picked"]))),
                    lambda _values: self.changed(),
                )

        self.put_up(PickScreen(self.table, "a move to write about", moves, ""), found)

    def action_log(self) -> None:
        """The journal is on the console itself."""

    def action_back(self) -> None:
        self.conclude()
