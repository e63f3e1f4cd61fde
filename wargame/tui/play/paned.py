"""The frame of the pages that lie over a seat's orders: rows at the left, what is lit told beside them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from wargame.tui.kit.coins import coins
from wargame.tui.kit.frame import SIDES
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, SEALED, fit, join, put, seat_colour
from wargame.tui.kit.rows import Rows
from wargame.tui.play.playing import PlayingScreen
from wargame.tui.play.told import WIDEST, Border
from wargame.words import halves
from wargame.words.pages import play as say

PANED = 100, 30
"""Columns and rows from which there are panes with borders."""
THREE = 118
"""Columns from which there is a third one."""


class PanedScreen(PlayingScreen):
    """A page of a seat in panes, where there is room for them."""

    def border(self, lit: str) -> Border:
        """The border of the pane that tells what is lit."""
        return Content(""), Content(""), Content(""), ""

    def beside(self) -> Border:
        """The border of the third pane."""
        return Content(""), Content(""), Content(""), ""

    @property
    def paned(self) -> bool:
        """Whether there is room for panes."""
        return self.size.width >= PANED[0] and self.size.height >= PANED[1]

    def widgets(self) -> ComposeResult:
        yield from super().widgets()
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

    def lay_out(self) -> None:
        paned = self.paned
        self.set_class(paned, "-paned")
        _left, _middle, right = self.widths()
        told, beside = self.query_one("#told"), self.query_one("#beside")
        told.display, beside.display = paned, paned and bool(right)
        if not paned:
            super().lay_out()
            return
        self.query_one("#rows").styles.width = self.widths()[0]
        self.query_one("#about").display = self.query_one("#aside").display = False
        beside.styles.width = right

    def repaint(self) -> None:
        if self.gone or not self.is_mounted or not self.size.width:
            return
        if not self.paned:
            super().repaint()
            return
        self.lay_out()
        self._put("#top", self.top(self.size.width))
        self.query_one(Rows).show(self.rows(self.widths()[0] - 1))
        self.repaint_lit()

    def repaint_lit(self) -> None:
        if not self.paned:
            super().repaint_lit()
            return
        lit, (_left, middle, right) = self.lit, self.widths()
        title, corner, foot, edge = self.border(lit)
        lines = self.about(lit, min(middle - SIDES, WIDEST))
        self.query_one("#told", FramedPane).tell(title, corner, lines, foot, edge or DIM)
        if right:
            title, corner, foot, edge = self.beside()
            lines = self.aside(min(right - SIDES, WIDEST))
            self.query_one("#beside", FramedPane).tell(title, corner, lines, foot, edge or DIM)
        self._say(lit)

    def action_page(self, by: int) -> None:
        """Scroll what is told."""
        pane = self.query_one("#told", FramedPane)
        if self.paned:
            pane.scroll_lines(by * (pane.room - 1))
            return
        about = self.query_one("#about", VerticalScroll)
        if by > 0:
            about.scroll_page_down(animate=False)
        else:
            about.scroll_page_up(animate=False)


def seat_banner(lens: Lens, seat: str, says: str, width: int, going: int = 0) -> Content:
    """The first line of a seat's page: what it is, the purse less what is `going`, the score."""
    view, spec = lens.view, lens.scenario.seats[seat]
    purse, cap = view.influence[seat], lens.scenario.spec.rules.influence_cap
    name = lens.words.heading(seat).upper()
    left = join((put(f" {spec.symbol} {name}", "bold"), put(f" {SEALED} {says}")))
    going = min(going, purse)
    score = say.score(lens.score_said(seat), halves(lens.line), lens.score(seat) >= lens.line)
    kept = say.influence_left(purse - going) if going else say.influence_of(purse, cap)
    money = coins(purse, going, cap)
    right = join((money, put(f" {kept}   ", "bold"), put(score, "bold"), put("  i ", "bold")))
    line = join((fit(left, width - right.cell_length), right))
    return line.stylize(f"reverse {seat_colour(lens.scenario, seat)}")
