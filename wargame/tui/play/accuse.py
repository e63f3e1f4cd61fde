"""The page of accusations: which pair, of a secret deal on which rung, said aloud at the reveal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from wargame.rules.moves import Accuse
from wargame.rules.options import refusal_of
from wargame.table.seen import SeenTable
from wargame.tui.kit.bargains import deal_lines
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.framed import Border
from wargame.tui.kit.paint import DIM, HEAD, SEALED, fit, join, pair_badge, put, wrapped
from wargame.tui.kit.rows import Row
from wargame.tui.play.paned import Group, PanedScreen
from wargame.words.pages import play as say


class AccuseScreen(PanedScreen):
    """Lays an accusation by `seat`. Returns the beats of it, or none."""

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__(table, seat)
        self.ways = {f"way:{nth}": move for nth, move in enumerate(table.scenario.accuse_moves[seat])}

    def head(self) -> str:
        return say.accuse(self.lens.view.round, self.lens.view.rounds)

    def move(self, lit: str) -> Accuse | None:
        return self.ways.get(lit)

    def groups(self, width: int) -> Iterator[Group]:
        """The pairs, and below each what it may be accused of."""
        found: dict[str, list[Row]] = {}
        for nth, (key, move) in enumerate(self.ways.items(), 1):
            found.setdefault(move.pair, []).extend(self._told(key, move, nth, width))
        scenario, words = self.lens.scenario, self.lens.words
        for pair, rows in found.items():
            sides = scenario.pair_sides[pair]
            badges = pair_badge(scenario, *sides)
            named = (f"{scenario.seats[side].symbol} {words.heading(side).upper()}" for side in sides)
            yield Group(join((put(f"{say.ACCUSE} ", HEAD), badges)), " – ".join(named), "$primary", rows)

    def border(self, lit: str) -> Border:
        return Border(put(say.ALOUD, "bold"))

    def beside(self) -> Border:
        return Border(put(f"{say.KNOWN} {SEALED}", "bold"))

    def aside(self, width: int) -> Sequence[Content]:
        return self._known(width)

    def _told(self, key: str, move: Accuse, nth: int, width: int) -> Iterator[Row]:
        """What a pair may be accused of, on as many lines as that takes."""
        refused = refusal_of(self.lens.view, move) is not None
        said = say.accused_of(self.lens.words.accusation(move))
        number = nth if nth <= 9 else 0
        first, *more = wrapped(put(said, DIM if refused else ""), width - 4)
        line = join((put(f"{number} " if number else "  ", DIM), fit(first, width - 4)))
        yield Row(key, join((line, put(" ×", DIM))) if refused else line, number)
        yield from (Row("", join(("    ", part)), of=key) for part in more)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        words = self.lens.words
        lines = [] if self.paned else [put(say.ALOUD, HEAD)]
        if lit in self.ways:
            lines += wrapped(f"{words.move(self.ways[lit])}.", width)
        for said in words.at_stake():
            lines += wrapped(put(said, DIM), width)
        if self.paned and self.widths()[2]:
            return lines
        return [*lines, Content(""), put(f"{say.KNOWN} {SEALED}", HEAD), *self._known(width)]

    def _known(self, width: int) -> list[Content]:
        """What the seat suspects, then the deals that it knows of."""
        suspected = [
            line
            for said in self.lens.words.suspicions(self.lens.view)
            for line in wrapped(said, width, indent=2)
        ]
        return [*suspected, *deal_lines(self.lens, width)]

    def why(self, lit: str) -> str:
        if lit not in self.ways:
            return ""
        refused = self.refusal(lit)
        return self.lens.words.refusal(refused) if refused else say.UNHEARD

    def hints(self, lit: str) -> Sequence[Hint]:
        look, silent = Hint("↑↓ 1–9", say.LOOK), Hint("Esc", say.SAY_NOTHING, "back")
        return [*self.enters(lit, say.ACCUSE_THEM), look, *usual("why"), silent, *usual("help")]
