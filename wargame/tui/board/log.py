"""What has happened so far, as the viewer saw it, and who asked whom aside before everybody; newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from wargame.table import Line
from wargame.table.journal import seats_of
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.kit.banner import banner
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.news import log_line
from wargame.tui.kit.paint import DIM, fit, join, put, wrapped
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.screen import PageScreen
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView, ground
from wargame.words.pages import kit
from wargame.words.pages import watch as say

WIDEST, EDGES = 88, 5


class LogScreen(PageScreen):
    """The log from end to beginning."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back")

    def widgets(self) -> ComposeResult:
        card = Sheet(Static(id="about-text", markup=False), id="about", classes="edged")
        entitle(card, say.LOG)
        yield ground(self.table.scenario, card)

    def widths(self) -> tuple[int, int, int]:
        return 0, min(self.size.width, WIDEST), 0

    def lay_out(self) -> None:
        self.query_one("#about").styles.width = self.widths()[1]

    def top(self, width: int) -> Sequence[Content]:
        return [banner(self.lens, width)]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        return told_log(self.lens, self.table, self.widths()[1] - EDGES)

    def repaint_lit(self) -> None:
        super().repaint_lit()
        for view in self.query(MapView):
            view.show(chart_of(self.lens))

    def action_log(self) -> None:
        self.leave()


def told_log(lens: Lens, table: SeenTable, width: int, most: int | None = None) -> list[Content]:
    """Return the log in lines of that width, its newest entries first and at most so many of them."""
    lines = [line for entry in entries(lens, table)[:most] for line in wrapped(entry, width, 4)]
    return lines or [put(kit.NOTHING_YET, DIM)]


def entries(lens: Lens, table: SeenTable) -> list[Content]:
    """Return what the viewer has seen, newest first, with the side talk where it was noted."""
    told = [(seen.move, line) for seen in lens.memory.seen if (line := log_line(lens, seen)) is not None]
    on = table.journal.on({beat.id for beat in table.beats}).of("talk")
    told += [
        (line.about, join((fit(put(kit.in_short(line.round), DIM), 4), aside_line(lens, line))))
        for line in on
        if line.public
    ]
    return [line for _move, line in sorted(told, key=lambda entry: entry[0])][::-1]


def aside_line(lens: Lens, line: Line) -> Content:
    """Who asked whom aside, with the line that was noted on it."""
    asker = str(line.data["asker"])
    asked = [seat for seat in seats_of(line.data, "between") if seat != asker]
    said = lens.words.aside(asker, asked)
    return put(f"{said}: “{line.text}”" if line.text else said)
