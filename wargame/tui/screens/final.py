"""The end: scores against lines, and everything that was secret laid open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wargame.rules.scoring import Line
from wargame.table import Table
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.screens.afterwards import AfterwardsScreen
from wargame.tui.widgets.ending import Ending
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.index import Index
from wargame.tui.widgets.paint import (
    BAD,
    DIM,
    GOOD,
    HEAD,
    columns,
    fit,
    join,
    put,
    seat_badge,
    signed_tenths,
    stack,
)
from wargame.tui.widgets.rows import Row, Rows
from wargame.tui.widgets.tabs import Pages
from wargame.words import halves

PAGES = ("epilogue", "terms", "agendas", "deals", "secrets")
WIDE, BESIDE = 116, 44
"""Columns from which the epilogue stands beside the other pages, and how many it gets."""
LEAST, MOST, CELLS = -3, 2, 4
"""The axis of the ranking: from so many spreads below the line to so many above, in cells a spread."""


class FinalScreen(AfterwardsScreen[str]):
    """Dismissed with None when everybody has seen enough, with "replay" to look back on the game."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back", "why", "log", "next-pane", "turn-back", "turn-on", "look-back", "report", *LIGHT
    )
    DEFAULT_CSS = """
    FinalScreen #top { height: 4; }
    FinalScreen Rows { height: auto; max-height: 8; }
    FinalScreen Pages { height: 2; padding: 1 0 0 0; }
    FinalScreen Horizontal { height: 1fr; }
    FinalScreen VerticalScroll { width: 1fr; height: 1fr; padding: 0 1; }
    FinalScreen #beside { width: 44; }
    FinalScreen #dice { height: 1; }
    """

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.ending = Ending(table)
        self.lines = table.game.lines
        self.seats = sorted(self.lines, key=lambda seat: self.lines[seat].rank)

    def compose(self) -> ComposeResult:
        yield Static(id="top", markup=False)
        yield Index(id="seats")
        yield Pages(PAGES, id="pages")
        with Horizontal():
            with VerticalScroll(id="text"):
                yield Static(id="page", markup=False)
            with VerticalScroll(id="beside"):
                yield Static(id="epilogue", markup=False)
        yield Static(id="dice", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        if self.app.size.width >= WIDE:
            self.query_one(Pages).open = PAGES.index("terms")
        self._repaint()

    def on_resize(self) -> None:
        self._repaint()

    # --- painting --------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        if not self.is_attached or not self.size.width:
            return
        width, ending = self.size.width, self.ending
        first = put(f" THE END · {ending.when()} · {ending.outcome()} · secrets laid open")
        top = [
            fit(first, width),
            fit(put(f" {ending.headline().upper()}", HEAD), width),
            fit(put(f" {ending.words.ranked(ending.state.outcome)}", DIM), width),
            self._axis_head(),
        ]
        self.query_one("#top", Static).update(stack(top))
        self.query_one(Rows).show([self._row(seat) for seat in self.seats])
        self.query_one("#dice", Static).update(fit(put(f" {ending.dice()}", DIM), width))
        self._page()

    def _page(self) -> None:
        wide = self.size.width >= WIDE
        width, lit = self.size.width - 3 - wide * BESIDE, self.query_one(Rows).lit or self.seats[0]
        paint: dict[str, Callable[[], list[Content]]] = {
            "epilogue": lambda: self.ending.epilogue(width),
            "terms": lambda: self.ending.terms(lit, width),
            "agendas": lambda: self.ending.agendas(width),
            "deals": lambda: self.ending.deals(width),
            "secrets": lambda: self.ending.secrets(width),
        }
        self.query_one("#page", Static).update(stack(paint[self.query_one(Pages).name_open]()))
        self.query_one("#epilogue", Static).update(stack(self.ending.epilogue(BESIDE - 3)))
        self.query_one("#beside").display = wide
        self.query_one(Foot).show(self._hints())

    def _axis_head(self) -> Content:
        line = f"to {halves(self.ending.line)}, in its spreads"
        marks = "".join(f"{_whole(at):<{CELLS}}" for at in range(LEAST, MOST + 1))
        return join((put(f"{'':<10}score   {line:<30}"), put(marks)))

    def _row(self, seat: str) -> Row:
        line = self.lines[seat]
        spread = self.table.scenario.spec.scoring.seats[seat].spread
        over = line.score - self.ending.line
        sum_ = f"{_sign(over)} ÷ {spread} = {signed_tenths(line.margin)}"
        fate = put("ruined", BAD) if line.ruined else put("won", GOOD) if line.won else put("")
        cells = columns(
            (str(line.rank), 2),
            (seat_badge(self.table.scenario, seat), 6),
            (put(str(line.score).replace("-", "−"), "bold"), -5),
            ("", 4),
            (sum_, 20),
            (fate, 10),
            (_axis(line), (MOST - LEAST) * CELLS + 3),
        )
        return Row(seat, cells, line.rank)

    def _hints(self) -> list[Hint]:
        return [
            Hint("Tab", "next page", "next_pane"),
            Hint("↑↓", "seat"),
            Hint("w", "its terms", "why"),
            Hint("Esc", "home", "back"),
            Hint("v", "replay", "look_back"),
            Hint("x", "report", "report"),
            Hint("l", "log", "log"),
            Hint("PgDn", "scroll"),
            Hint("F2", "facilitator", "app.facilitate"),
            Hint("F1", "help", "app.help"),
        ]

    # --- keys ------------------------------------------------------------------------------------------

    def on_rows_lit(self) -> None:
        self._page()

    def on_rows_done(self) -> None:
        self.action_next_pane()

    def on_pages_turned(self) -> None:
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        self._page()

    def action_next_pane(self) -> None:
        self.query_one(Pages).turn(1)

    def action_turn(self, by: int) -> None:
        self.query_one(Pages).turn(by)

    def action_why(self) -> None:
        self.query_one(Pages).turn_to(PAGES.index("terms"))

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)

    def action_log(self) -> None:
        from wargame.tui.board.log import LogScreen

        self.put_up(LogScreen(self.table, None))

    def finished_save(self) -> Path | None:
        if self.table.save is None:
            self.app.notify("This game was kept in no file.", severity="warning", markup=False)
            return None
        return self.table.save.path

    def look_back(self, save: Path) -> None:
        self.ask("look_back")

    def action_back(self) -> None:
        self.conclude()


def _whole(at: int) -> str:
    return f"−{-at}" if at < 0 else str(at)


def _sign(value: float) -> str:
    """+4½, −12, 0."""
    size = halves(abs(value))
    return ("+" if value > 0 else "−" if value < 0 else "") + size


def _axis(line: Line) -> Content:
    """The axis with a mark where the seat ended; beyond an end it points outwards."""
    ticks = "┼".join(["─" * (CELLS - 1)] * (MOST - LEAST))
    cells = list(f"├{ticks}┤")
    at = round((line.margin - LEAST) * CELLS)
    mark = "◂" if at < 0 else "▸" if at >= len(cells) else "▪"
    at = min(max(at, 0), len(cells) - 1)
    style = GOOD if line.won else BAD if line.ruined else "bold"
    return join((put("".join(cells[:at]), DIM), put(mark, style), put("".join(cells[at + 1 :]), DIM)))
