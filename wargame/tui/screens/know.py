"""What one seat knows and the others may not: briefing, agenda, how it scores, what it has found out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.rules.scoring import terms_of
from wargame.table.table import Table
from wargame.tui.actions import bindings
from wargame.tui.screens.base import TableScreen
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.paint import DIM, HEAD, SEALED, fit, join, put, seat_badge, signed, wrapped
from wargame.words import halves


class KnowScreen(TableScreen[None]):
    """A seat's own page; any way out goes back."""

    AUTO_FOCUS = "#about"
    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "know")

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__(table, seat)
        self.seat = seat

    def widths(self) -> tuple[int, int, int]:
        return 0, self.size.width, 0

    def top(self, width: int) -> Sequence[Content]:
        badge = seat_badge(self.lens.scenario, self.seat)
        title = join(
            (" ", badge, put(f" {self.lens.words.seat(self.seat)} {SEALED} what only you know", HEAD))
        )
        return [fit(title, width), Content("")]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        lens, words = self.lens, self.lens.words
        lines = [put("BRIEFING", HEAD)]
        for told in words.briefing(self.seat, lens.view.rounds):
            label = f"{told.title}: " if told.title else ""
            lines += wrapped(join((put(label, DIM), put(told.text))), width, indent=2 if label else 0)
        agenda = lens.view.agendas.get(self.seat)
        if agenda:
            told = words.agenda(agenda)
            lines += [Content(""), put(f"AGENDA {SEALED}  {told.title}", HEAD), *wrapped(told.text, width)]
        lines += [Content(""), put("WHAT YOU KNOW", HEAD)]
        for said in words.state_of(lens.view):
            lines += wrapped(said, width, indent=2)
        return [*lines, Content(""), *self._score(width)]

    def _score(self, width: int) -> list[Content]:
        lens = self.lens
        score = f"{lens.score(self.seat)} to {halves(lens.line)}"
        lines = [
            put(f"YOUR SCORE  {score}", HEAD),
            put(f"{lens.scenario.spec.scoring.start:>5}  to start with"),
        ]
        for term, points in terms_of(lens.view, self.seat, self.seat):
            amount = "?" if points is None else signed(points)
            said = f"{lens.words.said(term.label)}: {lens.words.term(term)}"
            lines += wrapped(join((f"{amount:>5}  ", put(said))), width, indent=7)
        own = lens.view.points.get(self.seat, 0)
        return [*lines, put(f"{signed(own):>5}  other points")] if own else lines

    def hints(self, lit: str) -> Sequence[Hint]:
        return [Hint("Esc", "back", "back"), Hint("↑↓", "scroll"), Hint("F1", "help", "app.help")]

    def do(self, lit: str) -> None:
        self.dismiss()

    def action_know(self) -> None:
        self.dismiss()

    def action_back(self) -> None:
        self.dismiss()
