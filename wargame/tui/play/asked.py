"""What a seat is asked with its orders: a line on why, and how likely it holds something. All may be skipped.

It is the seat's own screen and its own secret until the end of the game. What has been answered stays to be
read and changed while the turn lasts; the last answer counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.events import Key
from textual.widgets import Input

from wargame.errors import CannotWrite, IllegalMove
from wargame.table.seen import SeenTable
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.paint import DIM, HEAD, SEALED, chance, fit, join, put, wrapped
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.typing import TypingScreen
from wargame.tui.settings import settings_of
from wargame.words import Words
from wargame.words.pages import play as say

UNSAID, STEP = 50, 5
"""Per cent where a dial stands that nobody has turned, and how far it turns at a time."""
PERCENT = "(100|[1-9]?[0-9])?"
"""What may be typed on a row of per cent."""


class AskedScreen(TypingScreen):
    """The reason and the predictions of `seat` this round. Dismissed when it goes back to its orders."""

    head, way_out = say.ASKED_HEAD, say.TO_ORDERS
    numbered: ClassVar[bool] = True
    """Whether a digit lights its row, for there may be several."""

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__(table)
        self.viewer = self.seat = seat
        self.prompts: list[str] = []
        self.questions: dict[str, str] = {}
        self.reason = ""
        self.kept: dict[str, int] = {}
        self.read()
        self.percents = dict.fromkeys(self.questions, UNSAID) | self.kept

    def read(self) -> None:
        """Read what is asked, and what has been answered."""
        asked = self.table.asked(self.seat, answered=True)
        words = Words(self.table.scenario)
        self.prompts = [words.said(prompt) for prompt in asked.rationale] or [say.WHY_THESE]
        self.questions = {one.id: words.said(one.text) for one in asked.questions}
        self.reason, given = self.table.answers(self.seat)
        self.kept = {id_: given[id_] for id_ in self.questions if id_ in given}

    def hold(self, question: str, percent: int) -> None:
        """Keep how likely the seat holds something. `IllegalMove`, `CannotWrite`."""
        self.table.predict(self.seat, question, percent)

    def top(self, width: int) -> Sequence[Content]:
        spec = self.table.scenario.seats[self.seat]
        says = f" {spec.symbol} {spec.short} {SEALED} {self.head}"
        return [fit(put(says), width).stylize("reverse")]

    def widths(self) -> tuple[int, int, int]:
        return self.size.width, 0, 0

    def rows(self, width: int) -> Sequence[Row]:
        rows = [Row("", line) for prompt in self.prompts for line in wrapped(put(prompt, "bold"), width - 2)]
        if self.prompts:
            given = put(self.reason or "____", "" if self.reason else DIM)
            rows += [Row("reason", fit(join((put("1 ", DIM), given)), width - 2), 1), Row("", Content(""))]
        for nth, (id_, text) in enumerate(self.questions.items(), 1 + bool(self.prompts)):
            rows += [Row("", line) for line in wrapped(put(text, "bold"), width - 2)]
            kept = f"   {say.have_said(self.kept[id_])}" if id_ in self.kept else ""
            number = nth if self.numbered and nth <= 9 else 0
            line = join((put(f"{number or ' '} ", DIM), chance(self.percents[id_]), put(kept, DIM)))
            rows += [Row(f"ask:{id_}", line, number), Row("", Content(""))]
        return [*rows, Row("leave", put(f"  {self.way_out}", HEAD))]

    def hints(self, lit: str) -> Sequence[Hint]:
        kind, _, id_ = lit.partition(":")
        turn = [Hint("← →", say.PER_CENT)] if kind == "ask" else []
        what = say.KEEP_IT if self._turned(id_) else say.BACK if kind == "leave" else say.TYPE_IT
        return [
            Hint("Enter", what, "do"),
            *turn,
            Hint("↑↓ 1–9" if self.numbered else "↑↓", say.LOOK),
            *usual("back"),
        ]

    def _turned(self, id_: str) -> bool:
        """Whether the dial of a question has been turned away from what is kept."""
        return id_ in self.percents and self.percents[id_] != self.kept.get(id_, UNSAID)

    def do(self, lit: str) -> None:
        kind, _, id_ = lit.partition(":")
        face = self.table.hosted
        if kind in ("reason", "ask") and face is not None and face.why_not:
            self.refuse(face.why_not)
        elif kind == "reason":
            self.type_into(self.reason, say.ONE_LINE)
        elif kind == "ask" and not self._turned(id_):
            self._opens(id_)
        elif kind == "ask":
            self._predict(id_)
        else:
            self.leave(None)

    def _opens(self, id_: str, typed: str = "") -> None:
        """Open the field of a question, with what has been typed already."""
        face = self.table.hosted
        if face is not None and face.why_not:
            self.refuse(face.why_not)
        else:
            self.type_into(typed, say.type_percent(self.percents[id_]), PERCENT)

    def _predict(self, id_: str) -> None:
        percent = self.percents[id_]
        if percent == self.kept.get(id_) or self._kept(lambda: self.hold(id_, percent)):
            self.kept[id_] = percent
            self.repaint()
            self.query_one(Rows).action_cursor_down()

    def turn(self, lit: str, by: int) -> None:
        kind, _, id_ = lit.partition(":")
        if kind == "ask":
            self.percents[id_] = min(max(self.percents[id_] + by * STEP, 0), 100)
            self.repaint()

    def on_key(self, event: Key) -> None:
        """On a row of per cent letters do nothing, but for what hides, and digits light their row.

        Where there is but one they open its field, as Enter does, at once; what follows is in it.
        """
        kind, _, id_ = self.lit.partition(":")
        letter = event.character if event.is_printable else None
        if kind != "ask" or event.key in settings_of(self.app).keys.of("hide"):
            return
        if event.key == "enter":
            event.stop()
            if self.typing:
                self.call_next(self.query_one(Input).action_submit)
            else:
                self.do(self.lit)
        elif letter is not None and self.typing:  # it was on its way to the rows when the line opened
            event.stop()
            self.query_one(Input).insert_text_at_cursor(letter)
        elif letter is not None and not (letter.isdecimal() and self.numbered):
            event.stop()
            if letter.isdecimal():
                self._opens(id_, letter)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        said, (kind, _, id_) = " ".join(event.value.split()), self.typing_in.partition(":")
        self.stop_typing()
        if kind == "ask":
            self.percents[id_] = int(said or self.percents[id_])
            self._predict(id_)
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
            self.refuse(str(error))
            return False
        self.refused = ""
        return True

    def action_back(self) -> None:
        if self.typing:
            self.stop_typing()
        else:
            self.leave(None)
