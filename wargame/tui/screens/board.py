"""The board: what everybody may see, or what one seat sees of it.

Between seats it is public; a seat that looks up from its orders sees its own private numbers on it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.rules.events import Event
from wargame.table.table import Table
from wargame.tui.actions import bindings
from wargame.tui.screens.base import TableScreen
from wargame.tui.widgets.bargains import deal_lines
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.news import headline, log_lines, news_lines
from wargame.tui.widgets.paint import (
    DIM,
    HEAD,
    SEALED,
    SECRET,
    fit,
    join,
    put,
    seat_badge,
    signed,
)
from wargame.tui.widgets.rows import Row
from wargame.tui.widgets.seats import about_seat, seat_lines
from wargame.tui.widgets.tracks import about_track, track_rows

PAGES = ("row", "deals", "news", "log", "seats")


class BoardScreen(TableScreen[bool]):
    """The board. Returns True when `next_seat` takes its seat, False when one goes back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back")

    def __init__(self, table: Table, viewer: str | None = None, next_seat: str | None = None) -> None:
        super().__init__(table, viewer)
        self.next_seat = next_seat

    def top(self, width: int) -> Sequence[Content]:
        first = title_line(self.lens, width)
        return [first, fit(put(f" {headline(self.lens)}", "bold $warning"), width)]

    def rows(self, width: int) -> Sequence[Row]:
        return track_rows(self.lens, width, headings=self.tall)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        lens, page = self.lens, PAGES[self._page]
        pages: dict[str, Callable[[], list[Content]]] = {
            "row": lambda: about_track(lens, lit.removeprefix("track:"), width) if lit else [],
            "deals": lambda: deal_lines(lens, width),
            "news": lambda: news_lines(lens, width),
            "log": lambda: log_lines(lens, width, 40),
            "seats": lambda: [
                line for seat in lens.view.order for line in (*about_seat(lens, seat, width), Content(""))
            ],
        }
        return [self._tabs(), *pages[page]()]

    def _tabs(self) -> Content:
        names = [put(name.upper(), HEAD if at == self._page else DIM) for at, name in enumerate(PAGES)]
        return put("  ").join(names)

    def aside(self, width: int) -> Sequence[Content]:
        lens = self.lens
        known = [put("DEALS", HEAD), *deal_lines(lens, width), Content("")]
        news = [put("NEWS", HEAD), *news_lines(lens, width)[:8], Content("")]
        return [*known, *news, put("LOG", HEAD), *log_lines(lens, width, 30)]

    def why(self, lit: str) -> str:
        track = lit.removeprefix("track:")
        return why_track(self.lens, track) if track else ""

    def why_more(self, lit: str) -> Sequence[str]:
        track = lit.removeprefix("track:")
        lens = self.lens
        changes = lens.memory.of_track(track)[-6:]
        events = [(c.round, Event("track", None, (track, c.old, c.new, c.cause))) for c in changes]
        return [f"R{round_} {lens.words.event(event, lens.viewer)}" for round_, event in reversed(events)]

    def under(self, width: int) -> Sequence[Content]:
        log = log_lines(self.lens, width - 5, 1)
        lines = seat_lines(self.lens, self.next_seat)
        if not self.widths()[2]:
            lines = [*lines, fit(join((put("log  ", DIM), *log[:1])), width)]
        return lines

    def lead(self) -> Content:
        if self.next_seat is None:
            return Content("")
        return join((put(self._next()), ": "))

    def _next(self) -> str:
        spec = self.lens.scenario.seats[str(self.next_seat)]
        return f"{spec.symbol} {spec.short} is next"

    def hints(self, lit: str) -> Sequence[Hint]:
        go = Hint("Enter", "take the seat", "do") if self.next_seat else Hint("Esc", "back", "back")
        return [
            go,
            Hint("↑↓", "look"),
            Hint("Tab", "pages", "next_pane"),
            Hint("w", "why", "why"),
            Hint("F1", "help", "app.help"),
        ]

    def do(self, lit: str) -> None:
        self.dismiss(True)

    def action_next_pane(self) -> None:
        self._page = (self._page + 1) % len(PAGES)
        self.repaint_lit()

    def action_log(self) -> None:
        self._page = PAGES.index("log")
        self.repaint_lit()

    def action_board(self) -> None:
        self._page = 0
        self.repaint_lit()

    def action_back(self) -> None:
        if self.next_seat is None:
            self.dismiss(False)
        else:
            self.pause()


def title_line(lens: Lens, width: int) -> Content:
    """A DANGEROUS HONEYMOON   round 2 of 6 · Jan–Mar 2024 · orders, 3rd of 6"""
    view, words = lens.view, lens.words
    eyes = (
        join((put(f" {SEALED} ", SECRET), seat_badge(lens.scenario, lens.viewer))) if lens.viewer else put("")
    )
    where = f"   round {view.round} of {view.rounds} · {words.date(view.round)} · {phase_name(lens)}"
    title = words.said(lens.scenario.spec.title).upper()
    return fit(join((put(f" {title}", HEAD), put(where), eyes)), width)


ORDINALS = ("1st", "2nd", "3rd")


def phase_name(lens: Lens) -> str:
    """The phase, and how far the orders have come."""
    view = lens.view
    if view.phase not in ("orders", "answers") or view.turn >= len(view.order):
        return view.phase
    nth = view.turn
    return f"{view.phase}, {ORDINALS[nth] if nth < len(ORDINALS) else f'{nth + 1}th'} of {len(view.order)}"


def why_track(lens: Lens, track: str) -> str:
    """The last change with its cause, and whose score a step moves."""
    change, words = lens.memory.last(track), lens.words
    moved = f"{words.track(track)}: not moved yet"
    if change is not None:
        event = Event("track", None, (track, change.old, change.new, change.cause))
        moved = f"{words.event(event, lens.viewer)}, round {change.round}"
    short = {seat: lens.scenario.seats[seat].short for seat in lens.scenario.seat_ids}
    stakes = ", ".join(f"{short[seat]} {signed(each)}" for seat, each in lens.scored_by(track))
    return f"{moved} · a step scores {stakes}" if stakes else moved
