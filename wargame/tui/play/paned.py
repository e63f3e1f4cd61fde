"""The frame of the pages that lie over a seat's orders: rows at the left, what is lit told beside them.

On such a page one move is made, or none; then one is back at the orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple
from weakref import WeakMethod

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.content import Content
from textual.strip import Strip

from wargame.rules.moves import Move, Refusal
from wargame.rules.options import refusal_of
from wargame.tui.kit.foot import Hint
from wargame.tui.kit.frame import SIDES, boxed_rows
from wargame.tui.kit.framed import Border, FramedPane
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import SEALED, coins, fit, join, put, seat_colour
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.play.playing import PlayingScreen
from wargame.tui.play.told import WIDEST
from wargame.words import halves
from wargame.words.pages import play as say
from wargame.words.texts import signless

THREE = 118
"""Columns from which there is a third pane."""


class Group(NamedTuple):
    """Rows that belong together, what stands over them in a list, and the title and colour of their box."""

    heading: Content
    title: str
    colour: str
    rows: list[Row]


class PagedRows(Rows):
    """Rows beside what is told of the lit one, which the page keys scroll."""

    def action_page_up(self) -> None:
        """Scroll what is told back."""
        self._turn_page(-1)

    def action_page_down(self) -> None:
        """Scroll what is told on."""
        self._turn_page(1)

    def _turn_page(self, by: Literal[-1, 1]) -> None:
        if isinstance(self.screen, PlayingScreen):
            self.screen.action_page(by)


class Side(PagedRows):
    """Rows that are left at their ends: `leave(by)` says whether it went elsewhere.

    Where more rows follow below, the last line that is seen says how many.
    """

    def __init__(self, leave: Callable[[int], bool], *, id: str, unlit: bool) -> None:
        super().__init__(id=id, unlit=unlit)
        self._leave = WeakMethod(leave)

    def _leaves(self, by: int) -> bool:
        leave = self._leave()
        return leave is not None and leave(by)

    def render_line(self, y: int) -> Strip:
        """A row, or in the place of the last one how many rows are below."""
        at, rows, lit = self.scroll_offset.y + y, self.shown, self.highlighted
        below = rows[at:]
        last = y == self.size.height - 1 and len(below) > 1 and any(row.key or row.of for row in below)
        if not last or (lit is not None and rows[lit].key in (below[0].key or below[0].of, below[0].of)):
            return super().render_line(y)
        said = put(f" {say.rows_below(sum(bool(row.key) for row in below))}")
        text = fit(said, self.size.width).plain
        return Strip([Segment(text, self.rich_style + Style(dim=True))], len(text))

    def action_cursor_up(self) -> None:
        """Go up, from the first row to the hand."""
        if not self._leaves(-1):
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """Go down, from the last row to the hand."""
        if not self._leaves(1):
            super().action_cursor_down()


class PanedScreen(PlayingScreen):
    """A page of a seat in panes, where there is room for them. Returns the beats of its move, or none."""

    settles = False
    going: ClassVar[int] = 0
    """Influence that the move sets aside."""

    # --- what such a page says ---------------------------------------------------------------------

    def head(self) -> str:
        """What page it is, in the top line."""
        return ""

    def groups(self, width: int) -> Iterator[Group]:
        """The rows at the left, each `width` cells wide."""
        yield from ()

    def move(self, lit: str) -> Move | None:
        """The move that Enter makes on the lit row."""
        return None

    def border(self, lit: str) -> Border:
        """The border of the pane that tells what is lit."""
        return Border()

    def beside(self) -> Border:
        """The border of the third pane."""
        return Border()

    def refusal(self, lit: str) -> Refusal | None:
        """Return why Enter would be refused."""
        move = self.move(lit)
        return refusal_of(self.lens.view, move) if move is not None else None

    def enters(self, lit: str, does: str) -> list[Hint]:
        """What Enter does, unless it would only be refused."""
        can = self.move(lit) is not None and self.refusal(lit) is None
        return [Hint("Enter", does, "do")] if can else []

    # --- the frame ---------------------------------------------------------------------------------

    def widgets(self) -> ComposeResult:
        yield PagedRows(id="rows", unlit=self.unlit)
        yield from self.texts()
        yield FramedPane(id="told")
        yield FramedPane(id="beside")

    def widths(self) -> tuple[int, int, int]:
        width = self.size.width
        if not self.paned:
            return super().widths()
        left = 40 if width < 150 else 48
        if width < THREE:
            return left, width - left, 0
        third = min((width - left) // 2 - 8, WIDEST + SIDES) if width < 150 else (width - left) // 2
        return left, width - left - third, third

    def fitting(self) -> Mapping[str, bool]:
        return {"-paned": self.paned}

    def lay_out(self) -> None:
        super().lay_out()
        right = self.widths()[2]
        self.query_one("#told").display = self.paned
        beside = self.query_one("#beside")
        beside.display = self.paned and bool(right)
        if self.paned:
            beside.styles.width = right
            self.query(".pane").set(display=False)

    def top(self, width: int) -> Sequence[Content]:
        if self.paned:
            return [seat_banner(self.lens, self.seat, self.head(), width, self.going)]
        spec, purse = self.lens.scenario.seats[self.seat], self.lens.view.influence[self.seat]
        says = say.with_purse(self.head(), purse, signs=bool(self.going))
        return [fit(put(f" {spec.symbol} {spec.short} {SEALED} {says}"), width).stylize("reverse")]

    def rows(self, width: int) -> Sequence[Row]:
        """The groups, in boxes where there is room for those."""
        rows: list[Row] = []
        for group in self.groups(width - 2 - SIDES if self.paned else width - 1):
            if self.paned:
                rows += boxed_rows(group.title, "", group.rows, width - 2, group.colour)
            else:
                rows += [Row("", fit(group.heading, width)), *group.rows]
        return rows

    def repaint_lit(self) -> None:
        if not self.paned:
            super().repaint_lit()
            return
        lit, (_left, middle, right) = self.lit, self.widths()
        told = self.about(lit, min(middle - SIDES, WIDEST))
        self.query_one("#told", FramedPane).tell(self.border(lit), told)
        if right:
            third = self.aside(min(right - SIDES, WIDEST))
            self.query_one("#beside", FramedPane).tell(self.beside(), third)
        self._say(lit)
        self.query_one("#why").display = True  # it keeps its place when it has nothing to say

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        move, refused = self.move(lit), self.refusal(lit)
        if refused is not None:
            self.refuse(self.lens.words.refusal(refused))
        elif move is not None:
            self.play(move)

    def played(self) -> bool:
        """One move a visit: back to the orders."""
        self.action_back()
        return True

    def action_undo(self) -> None:
        """Nothing has been done here that could be taken back."""

    def action_back(self) -> None:
        self.leave(self.beats)


def seat_banner(lens: Lens, seat: str, says: str, width: int, going: int = 0) -> Content:
    """The first line of a seat's page: what it is, the purse less what is `going`, the score."""
    view, spec = lens.view, lens.scenario.seats[seat]
    purse, cap = view.influence[seat], lens.scenario.spec.rules.influence_cap
    name = lens.words.heading(seat).upper()
    left = join((put(f" {spec.symbol} {name}", "bold"), put(f" {SEALED} {says}")))
    going = min(going, purse)
    own = lens.score(seat)
    kept = say.influence_left(purse - going) if going else say.influence_of(purse, cap)
    money = coins(purse, cap, going=going)

    def rightly(public: str) -> Content:
        score = say.score(lens.score_said(seat), halves(lens.line), own >= lens.line, public)
        return join((money, put(f" {kept}   ", "bold"), put(score, "bold"), put("  i ", "bold")))

    right = rightly(public_said(lens, seat))
    if left.cell_length + right.cell_length >= width:
        right = rightly("")
    line = join((fit(left, width - right.cell_length - 1), " ", right))
    return line.stylize(f"reverse {seat_colour(lens.scenario, seat)}")


def public_said(lens: Lens, seat: str) -> str:
    """Return a seat's score as all others read it, where that is another than its own; else ""."""
    public = lens.public_score(seat)
    return signless(public) if public != lens.score(seat) else ""
