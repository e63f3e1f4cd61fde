"""What one seat knows and the others may not: briefing, agenda, how it scores, what it has found out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from wargame.debrief.dated_events import of_kind
from wargame.debrief.results import score_parts
from wargame.rules.events import NewsCame, is_private
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.kit import guide
from wargame.tui.kit.bargains import legend
from wargame.tui.kit.frame import SIDES
from wargame.tui.kit.framed import Border, FramedPane
from wargame.tui.kit.news import log_line
from wargame.tui.kit.paint import (
    HEAD,
    SEALED,
    beside,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    signed,
    wrapped,
)
from wargame.tui.kit.pane import turn_page
from wargame.tui.kit.screen import WIDE, PageScreen
from wargame.tui.play.paned import public_said, seat_banner
from wargame.tui.play.playing import PANED
from wargame.tui.play.told import WIDEST
from wargame.tui.play.turn import offers_gone
from wargame.words import Told, halves
from wargame.words.pages import guide as advice
from wargame.words.pages import play as say

THREE_PAGES = 160
"""Columns from which what one knows has a pane of its own."""
Part = Callable[[int], list[Content]]
Page = tuple[str, tuple[Part, ...]]
"""A title, and what stands below it."""
GUTTER = 4
"""Columns between two columns of text."""


def headed(title: str, part: Part) -> Part:
    """Return the part under its own heading, where it has anything to say."""

    def told(width: int) -> list[Content]:
        lines = part(width)
        return [put(title, HEAD), *lines] if lines else []

    return told


class KnowScreen(PageScreen):
    """A seat's own page; as `briefing` it comes by itself, and is not left by what was typed ahead."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back", "know", "row-up", "row-down", "page-on", "page-back"
    )

    def __init__(self, table: SeenTable, seat: str, briefing: bool = False) -> None:
        super().__init__(table, seat)
        self.seat = seat
        self.settles = briefing

    # --- where there is room for panes -----------------------------------------------------------------

    def widgets(self) -> ComposeResult:
        yield from super().widgets()
        with Horizontal(id="pages"):
            for _ in range(3):
                yield FramedPane(classes="page")

    @property
    def paned(self) -> bool:
        """Whether there is room for panes side by side."""
        return self.size.width >= PANED[0] and self.size.height >= PANED[1]

    def lay_out(self) -> None:
        super().lay_out()
        self.query_one("#pages").display = self.paned
        self.query_one("#about").can_focus = not self.paned  # else keys that scroll would be its own
        if self.paned:
            self.query_one("#about").display = False

    def repaint_lit(self) -> None:
        if not self.paned:
            super().repaint_lit()
            return
        pages = self._pages()
        width = min(self.size.width // len(pages) - SIDES, WIDEST)
        edge = seat_colour(self.lens.scenario, self.seat)
        for pane, page in zip_longest(self.query(".page").results(FramedPane), pages):
            pane.display = page is not None
            if page is not None:
                title, parts = page
                pane.tell(Border(put(title, "bold"), edge=edge), self._column(*parts, width=width))
        self._say(self.lit)

    def _pages(self) -> list[Page]:
        """The panes with what is in each: who I am, what to do, what I know; the first turn's plans first."""
        known = f"{say.KNOWN_NOW} {SEALED}"
        beside: list[Page]
        if self.size.width >= THREE_PAGES:
            beside = [(say.BEGIN, (self._plans,)), (known, (self._known, self._score))]
        elif self._first_turn:
            beside = [(say.BEGIN, (self._plans, headed(known, self._known), self._score))]
        else:
            beside = [(known, (self._known, self._score, headed(say.BEGIN, self._plans)))]
        return [(say.WHO, self._who()), *beside]

    @property
    def _first_turn(self) -> bool:
        return guide.is_first_turn(self.table, self.seat)

    def action_row(self, by: int) -> None:
        """Scroll by a line."""
        for pane in self.query(".page").results(FramedPane):
            pane.scroll_lines(by)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        if self.paned:
            for pane in self.query(".page").results(FramedPane):
                pane.scroll_lines(by * (pane.room - 1))
            return
        turn_page(self.query_one("#about"), by)

    # --- what it says ------------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        if self.paned:
            return [seat_banner(self.lens, self.seat, say.ONLY_YOU, width)]
        badge = seat_badge(self.lens.scenario, self.seat)
        name = self.lens.words.seat(self.seat)
        title = join((" ", badge, put(f" {SEALED} {say.ONLY_YOU}", HEAD), put(f" · {name}", HEAD)))
        return [fit(title, width), Content("")]

    @property
    def hint_page(self) -> str:
        return "know"

    def guide(self, lit: str) -> str:
        return advice.KNOW if self._first_turn else ""

    def about(self, lit: str, width: int) -> Sequence[Content]:
        """One page to scroll, or where there is room two columns: who I am, and what to do.

        What was told to the seat alone comes first; after its first turn, what it knows now comes next.
        """
        plans, known = headed(say.BEGIN, self._plans), headed(f"{say.KNOWN_NOW} {SEALED}", self._known)
        who = self._who()
        what = (plans, known, self._score) if self._first_turn else (known, self._score, plans)
        if width < WIDE - 2:
            parts = (*who, *what) if self._first_turn else (who[0], *what[:2], *who[1:], plans)
            return self._column(*parts, width=width)
        half = (width - GUTTER) // 2
        return beside(self._column(*who, width=half), self._column(*what, width=half), half + GUTTER)

    def _who(self) -> tuple[Part, ...]:
        """What was told to the seat alone, and who it is."""
        return self._told, self._opening, self._agenda, self._role

    @staticmethod
    def _column(*parts: Part, width: int) -> list[Content]:
        """Parts one below the other, a blank line between them; a part with nothing to say is left out."""
        told = [lines for part in parts if (lines := part(width))]
        return [line for lines in told for line in (*lines, Content(""))][:-1]

    def _briefing(self) -> tuple[list[Told], list[Told]]:
        """The seat's page in two: who it is; its plans, its first turn and its printed action."""
        page = self.lens.words.briefing(self.seat, self.lens.view.rounds)
        spec = self.lens.scenario.seats[self.seat]
        at = len(page) - len(spec.plans) - bool(spec.first_turn) - 1
        return page[:at], page[at:]

    @staticmethod
    def _paragraph(told: Told, width: int) -> list[Content]:
        """A paragraph behind its bold label."""
        label = put(f"{told.title}  " if told.title else "", "bold")
        return wrapped(join((label, put(told.text))), width, indent=2 if told.title else 0)

    def _told(self, width: int) -> list[Content]:
        """What has become of one's last offers, and news that not all have heard, the newest first."""
        news = [seen for seen in of_kind(self.lens.memory.seen, NewsCame) if is_private(seen.event)]
        alone = [*offers_gone(self.lens), *reversed(news)]
        said = [line for seen in alone if (line := log_line(self.lens, seen))]
        lines = [part for line in said for part in wrapped(line, width, indent=4)]
        return [put(say.TOLD_TO_YOU, HEAD), *lines] if lines else []

    def _opening(self, width: int) -> list[Content]:
        return [line for told in self._briefing()[0][:1] for line in self._paragraph(told, width)]

    def _role(self, width: int) -> list[Content]:
        return [line for told in self._briefing()[0][1:] for line in self._paragraph(told, width)]

    def _plans(self, width: int) -> list[Content]:
        return [line for told in self._briefing()[1] for line in self._paragraph(told, width)]

    def _agenda(self, width: int) -> list[Content]:
        agenda = self.lens.view.agendas.get(self.seat)
        if not agenda:
            return []
        told = self.lens.words.agenda(agenda)
        title = wrapped(join((put(f"{say.AGENDA} {SEALED}  ", HEAD), put(told.title, "bold"))), width)
        return [*title, *wrapped(told.text, width)]

    def _known(self, width: int) -> list[Content]:
        said = [
            line for known in self.lens.words.state_of(self.lens.view) for line in wrapped(known, width, 2)
        ]
        return [*said, *legend(width, self.paned)] if said else []

    def _score(self, width: int) -> list[Content]:
        lens = self.lens
        own, public = lens.score_said(self.seat), public_said(lens, self.seat)
        lines = [put(say.score_head(own, halves(lens.line), public), HEAD)]
        for key, points, term, least in score_parts(lens.view, self.seat, self.seat):
            if term is not None:
                amount = "?" if points is None else signed(points)
                said = f"{lens.words.term_label(term, least)}: {lens.words.term(term)}"
                lines += wrapped(join((f"{amount:>5}  ", put(said))), width, indent=7)
            elif points is not None and (points or key == "start"):
                lines.append(put(f"{points if key == 'start' else signed(points):>5}  {say.POINTS[key]}"))
        return lines

    def action_know(self) -> None:
        self.conclude()
