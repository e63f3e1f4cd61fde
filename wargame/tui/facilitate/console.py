"""The facilitator's console: sees everything, plays no seat, and gives a reason for all it does.

It is shown alone, over the backdrop; when it closes nothing of it is left. The session opens it
(`call_facilitator`) and looks at the table anew afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from wargame.errors import WargameError
from wargame.rules.events import ArgumentRuled, DiceRolled
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table
from wargame.tui.actions import bindings
from wargame.tui.board.board import LEAST_GAUGE
from wargame.tui.facilitate.acts import ACTS
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import Form, Values
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.frame import SIDES, ConsoleFrame
from wargame.tui.facilitate.pick import PickScreen
from wargame.tui.facilitate.sight import (
    inject_lines,
    journal_lines,
    latest,
    move_said,
    player_lines,
    roll_lines,
    situation_lines,
    timer_lines,
)
from wargame.tui.home.cards import UNPINNED, sure
from wargame.tui.kit.foot import Hint
from wargame.tui.kit.paint import CHANGE, DIM, HEAD, fit, join, put, wrapped
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.topics import Topic, topic_of
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView
from wargame.tui.settings import settings_of
from wargame.words import Words
from wargame.words.pages import acts
from wargame.words.pages import facilitate as say

SEEN = ("situation", "journal")
"""Rows that only show something."""
WHEN_OVER = ("talk", "note", "rewind")
"""What may still be done when the game is over."""
KEYS = {"pause": "hold", "timers": "minute", "scheduled": "release", "note": "note-move"}
"""Rows whose usual act has a key of its own."""
MAP_FROM, BESIDE = 190, 12
"""Columns from which there is a map, and those that tracks get for the words beside them then."""
MINUTE = 60
"""Seconds that one key gives."""


class FacilitateScreen(ConsoleFrame[None]):
    """The console of one facilitator."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back", "mark", "note-move", "find", "hold", "minute", "release"
    )

    def __init__(self, table: Table, name: str = "") -> None:
        super().__init__(table, None)
        self.cell = Facilitator(table, name)
        self.done = ""
        self.drafts: dict[str, Form] = {}
        self._first = ""

    @property
    def place(self) -> tuple[str, dict[str, Form]]:
        """The lit row, and the forms that were left half filled in."""
        lit = next((rows.lit for rows in self.query(Rows)), "")
        return self._first or lit, self.drafts

    @place.setter
    def place(self, place: tuple[str, dict[str, Form]]) -> None:
        self._first, self.drafts = place

    # --- what it shows -----------------------------------------------------------------------------

    def widgets(self) -> ComposeResult:
        yield from super().widgets()
        yield MapView(id="map")

    @property
    def maps(self) -> bool:
        """Whether there is room for the map beside the tracks."""
        return self.size.width >= MAP_FROM and self.table.scenario.mapped

    def columns(self) -> tuple[int, int, int]:
        left, middle, right = super().columns()
        return left, LEAST_GAUGE + SIDES + BESIDE if self.maps else middle, right

    def placed(self, left: int, middle: int, right: int) -> dict[str, int]:
        return {"#map": self.size.width - left - middle - right if self.maps else 0}

    def repaint(self) -> None:
        super().repaint()
        view = self.query_one(MapView)
        if view.display and self.size.width:
            view.show(chart_of(self.lens))
        if self._first and any(rows.light(self._first) for rows in self.query(Rows)):
            self._first = ""

    def titles(self, lit: str) -> dict[str, str]:
        what = lit.partition(":")[2]
        about = say.TITLES.get(what, say.SITUATION)
        return {**super().titles(lit), "#rows": say.TO_DO, "#about": about}

    def rows(self, width: int) -> Sequence[Row]:
        return [*self._rows(width), Row("leave", put(f"  {say.LEAVE_ROW}"))]

    def _rows(self, width: int) -> Iterator[Row]:
        nth, keys = 0, settings_of(self.app).keys
        for title, names in say.GROUPS:
            if self.tall:
                yield Row("", put(title, HEAD))
            for name in names:
                if name == "unpin" and not self.table.has_pin(WHITE):
                    continue
                nth += name not in SEEN
                number = nth if name not in SEEN and nth <= 9 else 0
                said = say.GO_ON_ROW if name == "pause" and self.table.paused else say.ACTS[name]
                if name == "scheduled":
                    said = f"{said} {len(self.cell.scheduled)}"
                key = put(keys.shown(KEYS[name]).split()[0], "bold $change") if name in KEYS else put("")
                style = DIM if self.table.over and name not in (*SEEN, *WHEN_OVER) else ""
                line = fit(
                    join((put(f"{number or ' '} ", DIM), put(said, style))), width - key.cell_length - 1
                )
                yield Row(f"{'see' if name in SEEN else 'do'}:{name}", join((line, " ", key)), number)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        what, table, cell = lit.partition(":")[2], self.table, self.cell
        shown: dict[str, Callable[[], list[Content]]] = {
            **dict.fromkeys(("journal", "rewind", "note", "talk"), lambda: journal_lines(table, width)),
            **dict.fromkeys(("inject", "write", "scheduled"), lambda: inject_lines(table, cell, width)),
            **dict.fromkeys(("seats", "pin", "unpin", "bots"), lambda: player_lines(table, width)),
            "roll": lambda: roll_lines(table, cell, width),
            "timers": lambda: timer_lines(table),
        }
        return shown.get(what, lambda: situation_lines(self.lens, width, not self.carded))()

    def journal(self, width: int) -> Sequence[Content]:
        return journal_lines(self.table, width)

    def under(self, width: int) -> Sequence[Content]:
        lines = [] if self.wide else list(latest(self.table, width, 2 if self.tall else 1))
        return [*lines, *(wrapped(put(say.done(self.done), CHANGE), width, 6)[:2] if self.done else [])]

    def topic(self, lit: str) -> Topic:
        return topic_of("facilitate", lit.partition(":")[2])

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            Hint("Enter", say.OPEN, "do"),
            Hint("Esc", say.TO_TABLE, "back"),
            Hint("Space", say.GO_ON_NOW if self.table.paused else say.PAUSE_NOW, "hold"),
            *([Hint("+", say.ONE_MINUTE, "minute")] if self.table.timers.left is not None else []),
            *([Hint("i", say.RELEASE, "release")] if self.cell.scheduled else []),
            Hint("m", say.MARK, "mark"),
            Hint("n", acts.NOTE, "note_move"),
            Hint("f", say.FIND, "find"),
            Hint("1–9", say.LIGHT),
        ]

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        kind, _, name = lit.partition(":")
        if kind == "leave":
            self.conclude()
        elif name == "pin":
            from wargame.tui.facilitate.gate import OwnPinScreen

            self.put_up(OwnPinScreen(self.table), lambda _none: self.changed())
        elif name == "unpin":
            self.put_up(sure(say.UNPIN_TITLE, [UNPINNED], say.UNPIN_VERB), self._unpin)
        elif kind == "do":
            if self.table.over and name not in WHEN_OVER:
                self._refuse(say.IS_OVER)
                return
            self._open(name)

    def _refuse(self, sentence: str) -> None:
        self.refused = sentence
        self.repaint_lit()

    def _unpin(self, answer: str | None) -> None:
        if answer == "yes":
            self._try(lambda: self.cell.set_pin(""), "")

    @property
    def _parts(self) -> Parts:
        return Parts(self.table, self.cell)

    def _open(self, name: str, **given: str) -> None:
        """The form of an act. Left with Esc, it stands as it was left when it is opened again."""
        before, form = self.table.beats[-1].id, ACTS[name](self._parts)
        if name in self.drafts:
            form.take_up(self.drafts[name])
        form.take(given)
        self.drafts[name] = form

        def after(values: Values | None) -> None:
            if values is not None:
                del self.drafts[name]
                self.done = form.done(values) or self._told(before)
                self.changed()

        acts = [row.line for row in self.query_one(Rows).shown]
        lit = next((at for at, row in enumerate(self.query_one(Rows).shown) if row.key == f"do:{name}"), -1)
        dim = [put(f" {line.plain}", HEAD if at == lit else DIM) for at, line in enumerate(acts)]
        self.put_up(FormScreen(self.table, form, dim), after)

    def _told(self, before: int) -> str:
        """What came of it: how its dice fell, else the new move itself."""
        last = self.table.beats[-1]
        if last.id < before:
            return say.goes_on_after(last.id)
        words = Words(self.table.scenario)
        fell = [words.event(event) for event in last.events if isinstance(event, DiceRolled | ArgumentRuled)]
        return " ".join(fell) or move_said(self.table, last)

    def changed(self) -> None:
        super().changed()
        self.tick()

    def _try(self, act: Callable[[], object], done: str) -> None:
        """Do it at once and say so, or why not."""
        try:
            act()
        except WargameError as error:
            self._refuse(str(error))
            return
        self.done = done
        self.changed()

    # --- with one key ------------------------------------------------------------------------------

    def action_hold(self) -> None:
        """Pause the game, or let it go on."""
        form = ACTS["pause"](self._parts)
        form.values["reason"] = say.AT_ONCE
        self._try(lambda: form.act and form.act(form.values), form.done(form.values))

    def action_minute(self) -> None:
        """A minute more for the turn that is on."""
        if self.table.timers.left is None:
            self._refuse(say.NO_CLOCK)
            return

        def more() -> None:
            self.table.timers.add(MINUTE)
            self.cell.note(say.MINUTE_NOTED)

        self._try(more, say.MINUTE_DONE)

    def action_release(self) -> None:
        """Let the next inject that is set come now: the first that is not held back, or else that is."""
        waiting = sorted(self.cell.scheduled, key=lambda inject: (inject.held, inject.round, inject.nth))
        if not waiting:
            self._refuse(acts.NO_INJECT_SET)
            return
        before = self.table.beats[-1].id
        self._try(lambda: self.cell.shift(waiting[0].nth, 0, say.AT_ONCE), "")
        if not self.refused:
            self.done = self._told(before)
            self.repaint()

    # --- the journal -------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the last move as important, or no longer."""
        last = self.table.beats[-1].id
        on = not self.table.journal.important(last)
        self._try(lambda: self.cell.important(on=on), say.marked(last, on))

    def action_note_move(self) -> None:
        self._open("note")

    def action_find(self) -> None:
        """Every move and remark, to be found by a part of it."""

        def found(made: Values | None) -> None:
            if made is not None:
                self._open("note", move=made["picked"])

        self.put_up(PickScreen(self.table, say.FIND_MOVE, self._parts.moves, ""), found)

    def action_back(self) -> None:
        self.conclude()
