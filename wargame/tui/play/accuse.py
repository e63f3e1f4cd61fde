"""The page of accusations: which pair, of a secret deal on which rung, said aloud at the reveal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from wargame.rules.moves import Accuse
from wargame.rules.options import refusal_of
from wargame.table.table import Table
from wargame.tui.kit.bargains import deal_lines
from wargame.tui.kit.box import INSIDE, boxed
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.paint import DIM, HEAD, SEALED, fit, join, put, seat_badge, wrapped
from wargame.tui.kit.rows import Row
from wargame.tui.play.paned import PanedScreen, seat_banner
from wargame.tui.play.told import Border
from wargame.words.pages import play as say


class AccuseScreen(PanedScreen):
    """Lays an accusation by `seat`. Returns the beats of it, or none."""

    settles = False
    unlit = True

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__(table, seat)
        self.ways = {f"way:{nth}": move for nth, move in enumerate(table.scenario.accuse_moves[seat])}

    # --- what it shows -----------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        view, spec = self.lens.view, self.lens.scenario.seats[self.seat]
        if self.paned:
            return [seat_banner(self.lens, self.seat, say.accuse(view.round, view.rounds), width)]
        purse = view.influence[self.seat]
        says = f" {spec.symbol} {spec.short} {SEALED} {say.accuse(view.round, view.rounds)} · ¤{purse}"
        return [fit(put(says), width).stylize("reverse")]

    def rows(self, width: int) -> Sequence[Row]:
        """The pairs, and below each what it may be accused of."""
        if self.paned:
            return self._boxes(width - 2)
        rows: list[Row] = []
        pair = ""
        for nth, (key, move) in enumerate(self.ways.items(), 1):
            if move.pair != pair:
                pair = move.pair
                sides = self.lens.scenario.pair_sides[pair]
                badges = put("–").join(seat_badge(self.lens.scenario, side) for side in sides)
                rows.append(Row("", fit(join((put(f"{say.ACCUSE} ", HEAD), badges)), width)))
            rows += self._told(key, move, nth, width - 1)
        return rows

    def _boxes(self, width: int) -> list[Row]:
        """The same in a box for each pair."""
        found: dict[str, list[Row]] = {}
        for nth, (key, move) in enumerate(self.ways.items(), 1):
            found.setdefault(move.pair, []).extend(self._told(key, move, nth, width - INSIDE))
        scenario, boxes = self.lens.scenario, []
        for pair, rows in found.items():
            names = [
                f"{scenario.seats[side].symbol}{scenario.seats[side].short}"
                for side in scenario.pair_sides[pair]
            ]
            boxes += boxed("–".join(names), "", rows, width, "$primary")
        return boxes

    def border(self, lit: str) -> Border:
        none = Content("")
        return put(say.ALOUD, "bold"), none, none, ""

    def beside(self) -> Border:
        none = Content("")
        return put(f"{say.KNOWN} {SEALED}", "bold"), none, none, ""

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
        spec = self.lens.scenario.spec.accusations
        assert spec is not None
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
        refused = refusal_of(self.lens.view, self.ways[lit])
        return self.lens.words.refusal(refused) if refused else say.UNHEARD

    def hints(self, lit: str) -> Sequence[Hint]:
        silent = Hint("Esc", say.SAY_NOTHING, "back")
        can = lit in self.ways and refusal_of(self.lens.view, self.ways[lit]) is None
        enter = [Hint("Enter", say.ACCUSE_THEM, "do")] if can else []
        return [*enter, *usual("why"), silent, *usual("help")]

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        if lit not in self.ways:
            return
        refused = refusal_of(self.lens.view, self.ways[lit])
        if refused is not None:
            self.refuse(self.lens.words.refusal(refused))
            return
        self.play(self.ways[lit])

    def played(self) -> bool:
        """One accusation a round: back to the orders."""
        self.leave(self.beats)
        return True

    def action_undo(self) -> None:
        """Nothing has been done here that could be taken back."""

    def action_back(self) -> None:
        self.leave(self.beats)
