"""The pages of the wall: those that everybody watches at the keyboard, without what they say of keys.

Each is told what the table shows (`follow`) and paints from the room's eyes; nothing on it can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Center, Container, Middle
from textual.content import Content
from textual.widgets import Static

from wargame.table.live import NEWS, Shown
from wargame.table.seen import SeenTable
from wargame.table.watched import beats_told
from wargame.tui.board.board import BoardScreen, phase_name
from wargame.tui.board.log import aside_line, entries
from wargame.tui.home.final import FinalScreen, Told
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.gauges import gauges_shown
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, HEAD, put, stack, wrapped
from wargame.tui.kit.pane import Pane, Scrolled, cut, entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.map.view import MapView
from wargame.tui.wall.card import WallCard
from wargame.tui.watch.course import Course
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen
from wargame.words import halves
from wargame.words.pages import home, watch
from wargame.words.pages import wall as say

LOOK = 0.25
"""Seconds between two looks at a clock."""
LEAST_LOG, TAKEN, SEATS = 6, 4, 8
"""Rows from which the log has room below the tracks; rows of the lines around, and of the seats."""
EACH_SEAT = 20.0
"""Seconds for which the end tells of one seat."""


def recap(table: SeenTable, shown: Shown) -> Course:
    """Return the course of the news that are shown at a table, which stands after the last of them."""
    return Course(table, table.beats[beats_told(table, shown.told) :])


class WallBoardScreen(BoardScreen):
    """The board, with a card on its map that says who is asked or why nothing moves."""

    def __init__(self, table: SeenTable, shown: Shown, away: bool) -> None:
        super().__init__(table, None, shown.seat or None)
        self.shown, self.away = shown, away
        self.card = WallCard()
        self.logs = False
        """Whether the log stands below the tracks."""
        if not self.has_map:
            self._page = self.pages.index("world")

    def widgets(self) -> ComposeResult:
        yield Rows(id="rows", unlit=True)
        with Container(id="table"):
            yield MapView(None, *([self.card] if self.has_map else []), id="map")
            with Scrolled(*([] if self.has_map else [self.card]), id="about", classes="pane"):
                yield Static(id="about-text", markup=False)

    def follow(self, table: SeenTable, shown: Shown, away: bool) -> None:
        """Show the same page of a table that has changed."""
        self.table, self.shown, self.away = table, shown, away
        self.changed()

    def on_mount(self) -> None:
        self.every(LOOK, self.card.tick, name="clock")

    @property
    def lens(self) -> Lens:
        """Return what the room sees; while the news are being told, as far as they have been."""
        if self._lens is None:
            self._lens, shown = Lens(self.table, None), self.shown
            if shown.page == NEWS or not shown.until:
                course = recap(self.table, shown)
                for page in course.pages[: shown.step + 1][-1:]:
                    self._lens = course.lens(page.last if shown.until else 0, page)
        return self._lens

    def catch_up(self) -> None:
        """The table that is looked at changes only by `follow`."""

    def rows(self, width: int) -> Sequence[Row]:
        """Return the tracks, and below them what has happened of late, where there is room."""
        tracks = list(super().rows(width))
        room = self.size.height - len(tracks) - self.taken
        self.logs = room >= LEAST_LOG and self.maps
        if not self.logs:
            return tracks
        told = [line for one in entries(self.lens, self.table)[:room] for line in wrapped(one, width - 2, 4)]
        lines = [Content(""), put(watch.LOG, HEAD), *told]
        return [*tracks, *(Row("", line) for line in lines[:room])]

    def under(self, width: int) -> Sequence[Content]:
        lines = super().under(width)
        return lines[:-1] if self.logs else lines

    @property
    def taken(self) -> int:
        """Return how many rows the lines around the tracks and the seats take."""
        return TAKEN + (SEATS if self.shows_cards else 2)

    def repaint_lit(self) -> None:
        self.card.tell(self.table, self.lens, self.shown, self.away)
        super().repaint_lit()

    def _asked(self, width: int) -> list[Content]:
        """The card says it."""
        return []

    def _tabs(self) -> Content:
        return Content("")

    def lead(self) -> Content:
        return put(f"{phase_name(self.lens)} ")

    def hints(self, lit: str) -> Sequence[Hint]:
        return ()


class WallRecapScreen(ResolutionScreen):
    """What happened, page by page: at the table's step, or by itself. `done` is asked for after the last."""

    def __init__(self, table: SeenTable, shown: Shown, done: Callable[[], object] | None = None) -> None:
        super().__init__(table, table.beats[beats_told(table, shown.told) :])
        self.reached = min(shown.step, max(len(self.pages) - 1, 0))
        self._done = done

    def follow(self, table: SeenTable, shown: Shown, away: bool) -> None:
        """Turn to the page that the table has come to."""
        step = min(shown.step, self.last)
        if self._done is None and self.pages and step != self.reached:
            self.turn_to(step)

    def on_mount(self) -> None:
        self.call_after_refresh(self._wait)

    def _wait(self) -> None:
        """Stay on this page for as long as it is read, at the wall's own pace."""
        if self._done is not None:
            self.after(self.seconds(), self._go_on_alone)

    def _go_on_alone(self) -> None:
        if self.reached < self.last:
            self.turn_to(self.reached + 1)
            self.call_after_refresh(self._wait)
        elif self._done is not None:
            self._done()

    def catch_up(self) -> None:
        """The table that is looked at changes only by `follow`."""

    @property
    def own(self) -> str:
        """Nobody's: the room looks on, whoever sits before the keyboard."""
        return ""

    def lead(self) -> Content:
        return super().lead() or put(f"{self.page.phase} ")

    def hints(self, lit: str) -> Sequence[Hint]:
        return ()


class WallTalkScreen(TalkScreen):
    """The open table: its clock, what is in the news, who asked whom aside."""

    settles = False

    def follow(self, table: SeenTable, shown: Shown, away: bool) -> None:
        """Show the same page of a table that has changed."""
        self.table = table
        self.changed()

    def catch_up(self) -> None:
        """The table that is looked at changes only by `follow`."""

    def rows(self, width: int) -> Sequence[Row]:
        inner = width - 3
        entitle(self.query_one(Rows), watch.OPEN_TABLE)
        said = [line for one in self.table.asides() for line in wrapped(aside_line(self.lens, one), inner, 2)]
        asides = [Row("", put(watch.ASIDES, HEAD)), *(Row("", line) for line in said)] if said else []
        gauges = gauges_shown(self.lens, inner)
        room = self.size.height - (12 if self.carded else 5)
        return [*asides, *gauges][:room]

    def lead(self) -> Content:
        return put(say.ORDERS_FOLLOW)

    def hints(self, lit: str) -> Sequence[Hint]:
        return ()


class WallEndScreen(FinalScreen):
    """The end: who came out how, and the story of one seat after the other."""

    def follow(self, table: SeenTable, shown: Shown, away: bool) -> None:
        """There is nothing more to tell."""

    def on_mount(self) -> None:
        self.every(EACH_SEAT, self._next_seat, name="seats")

    def _next_seat(self) -> None:
        at = self.seats.index(self.lit)
        self.query_one(Rows).light(self.seats[(at + 1) % len(self.seats)])

    @property
    def own(self) -> str:
        return ""

    def _fill(self, name: str, told: dict[str, Told]) -> bool:
        pane, (title, lines) = self.query_one(f"#{name}", Pane), told[name]
        under = {"score": say.line_of(halves(self.ending.line)), "epilogue": home.READ_ALOUD}
        pane.entitle(title, under.get(name, ""))
        width, height = pane.room
        pane.tell(cut(lines(width, height), width, height, say.LEFT_OUT))
        return False  # nobody turns pages on a wall

    def _hints(self) -> list[Hint]:
        return []


class WallWaitScreen(GuardedScreen[None]):
    """There is no game to be shown yet."""

    hideable = False

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        lines = [put(" ".join(say.WAITING), "bold $primary"), Content(""), put(say.NO_GAME, "bold")]
        lines += [Content(""), *wrapped(put(self._where, DIM), 60), Content(""), put(say.LEAVES, DIM)]
        yield Middle(Center(Static(stack(lines), id="waits", markup=False)))
        yield Foot()
