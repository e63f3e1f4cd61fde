"""What a seat is asked with its orders: a line on why, and how likely it holds something. All may be skipped.

It is the seat's own screen and its own secret until the end of the game.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from textual.content import Content
from textual.events import Key
from textual.widgets import Input

from wargame.errors import CannotWrite, IllegalMove
from wargame.table import Table
from wargame.tui.screens.facilitate_form import TypingScreen
from wargame.tui.settings import settings_of
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.paint import DIM, HEAD, SEALED, chance, fit, join, put, wrapped
from wargame.tui.widgets.rows import Row, Rows
from wargame.words import Words

WHY = "Why these orders? One line, for the debrief."
STEP = 5
PERCENT = "(100|[1-9]?[0-9])?"
"""What may be typed on a row of per cent."""


class AskedScreen(TypingScreen):
    """The reason and the predictions of `seat` this round. Dismissed when it goes back to its orders."""

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__(table)
        self.viewer = self.seat = seat
        asked = table.asked(seat)
        words = Words(table.scenario)
        self.prompts = [words.said(prompt) for prompt in asked.rationale] or [WHY]
        self.questions = {one.id: words.said(one.text) for one in asked.questions}
        self.percents = dict.fromkeys(self.questions, 50)
        self.kept: dict[str, int] = {}
        self.reason = table.journal.on({beat.id for beat in table.beats}).rationale(
            seat, table.game.state.round
        )

    def top(self, width: int) -> Sequence[Content]:
        spec = self.table.scenario.seats[self.seat]
        says = f" {spec.symbol} {spec.short} {SEALED} asked with your orders · nobody reads it until the end"
        return [fit(put(says), width).stylize("reverse")]

    def widths(self) -> tuple[int, int, int]:
        return self.size.width, 0, 0

    def rows(self, width: int) -> Sequence[Row]:
        rows = [Row("", line) for prompt in self.prompts for line in wrapped(put(prompt, "bold"), width - 2)]
        given = put(self.reason or "____", "" if self.reason else DIM)
        rows.append(Row("reason", fit(join((put("1 ", DIM), given)), width - 2), 1))
        for nth, (id_, text) in enumerate(self.questions.items(), 2):
            rows.append(Row("", Content("")))
            rows += [Row("", line) for line in wrapped(put(text, "bold"), width - 2)]
            kept = f"   you have said {self.kept[id_]} %" if id_ in self.kept else ""
            line = join((put(f"{nth} ", DIM), chance(self.percents[id_]), put(kept, DIM)))
            rows.append(Row(f"ask:{id_}", line, nth if nth <= 9 else 0))
        return [*rows, Row("", Content("")), Row("leave", put("  back to the orders", HEAD))]

    def hints(self, lit: str) -> Sequence[Hint]:
        what = {"reason": "type it", "leave": "back"}.get(lit, "keep it")
        turn = [Hint("← →", "per cent"), Hint("0–9", "type")] if lit.startswith("ask:") else []
        return [Hint("Enter", what, "do"), *turn, Hint("↑↓", "look"), Hint("Esc", "skip", "back")]

    def do(self, lit: str) -> None:
        kind, _, id_ = lit.partition(":")
        if kind == "reason":
            self.type_into(self.reason, "one line")
        elif kind == "ask":
            if self._kept(lambda: self.table.predict(self.seat, id_, self.percents[id_])):
                self.kept[id_] = self.percents[id_]
                self.repaint()
                self.query_one(Rows).action_cursor_down()
        else:
            self.leave(None)

    def turn(self, lit: str, by: int) -> None:
        kind, _, id_ = lit.partition(":")
        if kind == "ask":
            self.percents[id_] = min(max(self.percents[id_] + by * STEP, 0), 100)
            self.repaint()

    def on_key(self, event: Key) -> None:
        """On a row of per cent digits begin to type it; letters do nothing there, but for what hides."""
        letter = event.character if event.is_printable else None
        if (
            letter is None
            or not self.lit.startswith("ask:")
            or event.key in settings_of(self.app).keys.of("hide")
        ):
            return
        event.stop()
        if self.typing:  # it was on its way to the rows when the line opened
            self.query_one(Input).insert_text_at_cursor(letter)
        elif re.fullmatch(PERCENT, letter):
            self.type_into(letter, "per cent, 0 to 100", PERCENT)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        said, (kind, _, id_) = " ".join(event.value.split()), self.typing_in.partition(":")
        self.stop_typing()
        if kind == "ask":
            self.percents[id_] = int(said or self.percents[id_])
            self.do(self.typing_in)
            return
        if said and said != self.reason and self._kept(lambda: self.table.give_reason(self.seat, said)):
            self.reason = said
        self.repaint()
        self.query_one(Rows).action_cursor_down()

    def _kept(self, write: Callable[[], None]) -> bool:
        """Whether it is on disk; else why not is said."""
        try:
            write()
        except (CannotWrite, IllegalMove) as error:
            self.refused = str(error)
            self.repaint_lit()
            self.app.bell()
            return False
        self.refused = ""
        return True

    def action_back(self) -> None:
        if self.typing:
            self.stop_typing()
        else:
            self.leave(None)
