"""The board: what everybody may see, or what one seat sees of it.

Between seats it is public; a seat that looks up from its orders sees its own private numbers on it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from wargame.errors import CannotWrite, IllegalMove
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.board.log import told_log
from wargame.tui.board.seats import Seats, about_seat, seat_lines
from wargame.tui.kit.banner import banner
from wargame.tui.kit.bargains import deal_lines, legend
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.gauges import CARDED, WHOLE, WHOLE_FROM, gauge_rows
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.news import asked_aloud, headline, log_lines, news_lines
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    fit,
    join,
    put,
    seat_badge,
    signed,
    wrapped,
)
from wargame.tui.kit.pane import Scrolled
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.screen import TableScreen
from wargame.tui.kit.tracks import about_track, track_rows, unmoved
from wargame.tui.kit.world import private_lines, world_lines
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView
from wargame.words.pages import kit, room
from wargame.words.pages import watch as say

PAGES = ("map", "row", "world", "deals", "news", "log", "seats")
MAP_FROM = 112
"""Columns from which the map has a place of its own beside the pages."""
GAUGES = 56
"""Columns of the tracks beside the map, where words may be cut."""
CARDS_FROM, BORDERS_FROM = 33, 38
"""Rows from which there is room for the seats' cards, and for borders around the groups of tracks."""
SHORT_LOG = 40
"""Entries of the log that the board's page has."""
LEAST_GAUGE = 41
"""Columns that a track needs with its boxes."""


class BoardScreen(TableScreen[bool]):
    """The board. Returns True when `next_seat` takes its seat, False when one goes back."""

    messages = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("message", "back")
    DEFAULT_CSS = """
    BoardScreen #table { width: 1fr; layers: ground above; }
    BoardScreen.-mapped #about {
        layer: above; dock: bottom; height: auto; max-height: 70%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    """

    def __init__(self, table: SeenTable, viewer: str | None = None, next_seat: str | None = None) -> None:
        super().__init__(table, viewer)
        self.next_seat = next_seat
        self.pages = PAGES if self.has_map else PAGES[1:]
        self._begin()

    def begin_again(self, *given: Any) -> None:
        super().begin_again(*given)
        self._begin()

    def _begin(self) -> None:
        self._page = 0
        self.settles = self._has_prepared  # whoever types one key too many does not take the turn up again

    @property
    def has_map(self) -> bool:
        """Whether the scenario has one."""
        return self.table.scenario.mapped

    @property
    def maps(self) -> bool:
        """Whether there is room for the map beside everything else."""
        return self.has_map and self.size.width >= MAP_FROM

    @property
    def page(self) -> str:
        """What the pages are open at; where the map is always there, it is no page."""
        page = self.pages[self._page % len(self.pages)]
        return "row" if page == "map" and self.maps else page

    def widgets(self) -> ComposeResult:
        yield Rows(id="rows", unlit=self.has_map)
        with Container(id="table"):
            yield MapView(id="map")
            with Scrolled(id="about", classes="pane"):
                yield Static(id="about-text", markup=False)

    def below(self) -> ComposeResult:
        yield Seats(self.table.scenario.seat_ids)

    @property
    def shows_cards(self) -> bool:
        """Whether there is room for the seats as cards."""
        return self.size.height >= CARDS_FROM and self.size.width >= CARDED

    def widths(self) -> tuple[int, int, int]:
        width = self.size.width
        if self.maps:
            left = WHOLE if width >= WHOLE_FROM else GAUGES
            return left, width - left - 4, 0
        left = min(34 + max(width - 90, 0), 44)
        return left, width - left, 0

    def fitting(self) -> Mapping[str, bool]:
        return {"-mapped": self.maps}

    def lay_out(self) -> None:
        maps = self.maps
        self.query_one("#rows").styles.width = self.widths()[0]
        self.query_one("#map").display = maps or self.page == "map"
        self.query_one(Seats).display = self.shows_cards

    def top(self, width: int) -> Sequence[Content]:
        return [banner(self.lens, width), fit(put(f" {headline(self.lens)}", "bold $warning"), width)]

    def rows(self, width: int) -> Sequence[Row]:
        if width >= LEAST_GAUGE and self.tall:
            return gauge_rows(self.lens, width, self.size.height >= BORDERS_FROM and self.maps)
        return track_rows(self.lens, width, headings=self.tall)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        lens = self.lens
        pages: dict[str, Callable[[], list[Content]]] = {
            "map": list,
            "row": lambda: about_track(lens, lit.removeprefix("track:"), width) if lit else [],
            "world": lambda: [*world_lines(lens, width), *private_lines(lens, width)],
            "deals": lambda: [*deal_lines(lens, width), Content(""), *legend(width)],
            "news": lambda: news_lines(lens, width),
            "log": lambda: told_log(lens, self.table, width, SHORT_LOG),
            "seats": lambda: [
                line for seat in lens.view.order for line in (*about_seat(lens, seat, width), Content(""))
            ],
        }
        asked = self._asked(width) if self.maps else []
        told = [self._tabs(), *pages[self.page]()] if self._tells else []
        return [*asked, *([Content("")] if asked and told else []), *told]

    def _tabs(self) -> Content:
        names = [
            put(say.PAGE[name].upper(), HEAD if name == self.page else DIM)
            for name in self.pages
            if name != "map" or not self.maps
        ]
        return put("  ").join(names)

    def repaint_lit(self) -> None:
        super().repaint_lit()
        self.query_one(Seats).show(self.lens, self.next_seat)
        self.query_one("#about").display = bool(
            self.page != "map" and (not self.maps or self._tells or self._asked(1))
        )
        view = self.query_one(MapView)
        if view.display:
            view.show(chart_of(self.lens, self._lit_places()))

    @property
    def _tells(self) -> bool:
        """Whether there is something to be told that lies on the map: a page, or the lit track."""
        return self.page != "row" or bool(self.lit)

    @property
    def _reads(self) -> bool:
        """Whether a page is open that does not follow the lit track: ↑↓ scroll it."""
        return self.page not in ("map", "row")

    def _lit_places(self) -> Sequence[str]:
        """The places of the lit track, and of the newest card in the papers."""
        track = self.lens.scenario.tracks.get(self.lit.removeprefix("track:"))
        return track.spots if track else ()

    def on_map_view_chosen(self, event: MapView.Chosen) -> None:
        """A click on a place lights the first track that has to do with it, or the next one."""
        tracks = [track.id for track in self.lens.scenario.spec.tracks if event.id in track.spots]
        lit = self.lit.removeprefix("track:")
        if tracks:
            after = tracks[(tracks.index(lit) + 1) % len(tracks)] if lit in tracks else tracks[0]
            self.query_one(Rows).light(f"track:{after}")

    def why(self, lit: str) -> str:
        track = lit.removeprefix("track:")
        return why_track(self.lens, track) if track else ""

    def why_more(self, lit: str) -> Sequence[str]:
        track = lit.removeprefix("track:")
        lens = self.lens
        changes = reversed(lens.memory.of_track(track)[-6:])
        return [
            f"{kit.in_short(change.round)} {lens.words.event(change.event, lens.viewer)}"
            for change in changes
        ]

    def under(self, width: int) -> Sequence[Content]:
        lines = [] if self.shows_cards else seat_lines(self.lens, self.next_seat, width)
        asked = [] if self.maps else self._asked(width - 1)
        return [*asked, *lines, last_line(self.lens, width)]

    def _asked(self, width: int) -> list[Content]:
        """What another seat is asked before everybody."""
        seat, said = asked_aloud(self.lens)
        if not seat or seat == self.viewer:
            return []
        badge = seat_badge(self.lens.scenario, seat)
        first = join((" ", badge, put(f" {said[0]}: ", CHANGE), put(said[1], "bold")))
        lines = [first, *(put(f"   {answer}") for answer in said[2:])]
        return [part for line in lines for part in wrapped(line, width, indent=5)]

    def lead(self) -> Content:
        if self.next_seat is None:
            return Content("")
        spec = self.lens.scenario.seats[self.next_seat]
        return put(f"{spec.symbol} {say.is_next(spec.short)}: ")

    def hints(self, lit: str) -> Sequence[Hint]:
        go = [Hint("Enter", say.HAND_OVER, "do")] if self.next_seat else usual("back")
        if self._has_prepared:
            go = [Hint("Enter", room.CHANGE_IT, "do"), *go]
        look = [Hint("↑↓", say.SCROLL if self._reads else say.LOOK), Hint("Tab", say.PAGES, "next_pane")]
        return [*go, *look, *usual("why", "help")]

    @property
    def _has_prepared(self) -> bool:
        """Whether the viewer has said that its turn is all it wants, and may still take it up again."""
        face = self.table.hosted
        return face is not None and face.ready and not face.why_not

    def do(self, lit: str) -> None:
        face = self.table.hosted
        if face is None or not self._has_prepared:
            self.conclude(True)
            return
        try:
            face.reopen()
        except (IllegalMove, CannotWrite) as error:  # the turn has ended, and this screen has not heard yet
            self.refuse(str(error))

    def action_next_pane(self) -> None:
        self._turn_to(self._page + (2 if self.maps and self.page == "row" and not self._page else 1))

    def action_log(self) -> None:
        self._turn_to(self.pages.index("log"))

    def action_board(self) -> None:
        self._turn_to(0)

    def _turn_to(self, page: int) -> None:
        """Open the pages at that one; past the last comes the first."""
        self._page = page % len(self.pages)
        self.lay_out()
        self.repaint_lit()
        about = self.query_one("#about", Scrolled)
        about.scroll_home(animate=False)
        (about if self._reads else self.query_one(Rows)).focus()

    def action_back(self) -> None:
        if self.next_seat is not None or not self.conclude(False):
            self.pause()


def last_line(lens: Lens, width: int) -> Content:
    """The newest line of the log, which says where it is cut."""
    log = log_lines(lens, width - 5, 1)
    last = join((log[0], put(" …"))) if len(log) > 1 and log[1].plain.startswith("    ") else log[0]
    return fit(join((put(f" {say.A_LOG}  ", DIM), last)), width)


def phase_name(lens: Lens) -> str:
    """The phase, and how far the orders have come."""
    view = lens.view
    if view.phase not in ("orders", "answers") or view.turn >= len(view.order):
        return kit.PHASES[view.phase]
    return say.turn_of(kit.PHASES[view.phase], view.turn + 1, len(view.order))


def why_track(lens: Lens, track: str) -> str:
    """The last change with its cause, and whose score a step moves."""
    change, words = lens.memory.last(track), lens.words
    moved = f"{words.track(track)}: {unmoved(lens, track)}"
    if change is not None:
        moved = say.in_which_round(words.event(change.event, lens.viewer), change.round)
    short = {seat: lens.scenario.seats[seat].short for seat in lens.scenario.seat_ids}
    stakes = ", ".join(f"{short[seat]} {signed(each)}" for seat, each in lens.scored_by(track))
    return f"{moved} · {kit.STEP_SCORES} {stakes}" if stakes else moved
