"""The replay: a saved game looked back on, move by move, through anybody's eyes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from wargame.debrief.branch import branch
from wargame.debrief.charts import round_starts
from wargame.debrief.compare import Comparison, compare
from wargame.debrief.history import reported
from wargame.debrief.ledger import Entry
from wargame.debrief.story import Story
from wargame.debrief.turning import PLAYOUTS, Progress, Turning, known
from wargame.errors import WargameError
from wargame.record import EXTENSION
from wargame.rules.spec import Reported
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.map.view import MapView
from wargame.tui.screens import replay_pages as pages
from wargame.tui.screens.replay_notes import MARKS, Shown, keep, readable, shown
from wargame.tui.screens.replay_pages import Item
from wargame.tui.screens.replay_seek import find, seek, turn_of
from wargame.tui.screens.replay_study import Study
from wargame.tui.settings import settings_of
from wargame.tui.topics import Topic
from wargame.tui.widgets.atlas import chart_of
from wargame.tui.widgets.bargains import deal_lines
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.lines import Lines
from wargame.tui.widgets.paint import CHANGE, DIM, HEAD, fit, join, put, seat_badge, wrapped
from wargame.tui.widgets.tabs import Pages
from wargame.tui.widgets.timeline import Timeline
from wargame.tui.widgets.timeline_eyes import ALL, EyesCourse, PastLens
from wargame.tui.widgets.world import world_lines

PAGES = ("moves", "board", "charts", "turning", "deals", "lines", "notes", "history", "predictions")
WITH_BOARD = ("moves", "turning", "deals", "notes")
"""Pages that have the board beside them where there is room."""
TRUE_ONLY = ("turning", "lines", "predictions")
"""Pages that are made from the whole truth."""
WIDE, HUGE = 112, 160
"""Columns from which the board has a place of its own, and from which all is broader."""
CHART_ROWS = 8
ROOMY, CAUSELESS = 58, 50
"""Columns from which causes stand beside the tracks, and those of a row without."""
MAP_ROWS = 10
"""Rows from which a map can be read."""
BOARD = 52
"""Columns of the board beside a page: what its rows need."""
SPEEDS = (0.5, 1, 2, 4, 8)
"""Moves a second."""
EVERYTHING = 9
"""The digit of the eyes that see everything; 0 is the room, seats lie between."""


TOPIC = Topic(
    "A game looked back on",
    "← and → go through the moves, [ ] by rounds, < > by phases; j jumps to a round, move, seat, phase, mark "
    "or card, f finds words. The digits choose through whose eyes you look: 0 the room, then the seats, 9 "
    "everything. A seat's eyes show what that seat saw then and nothing else; moves hidden from it are not "
    "even counted. Bookmarks (m) and notes (n) are kept in the save, its moves never change; x makes a new "
    "save that stops here and can be played on.",
)


class Opened:
    """What a replay needs, read from a file; slow, so made in a thread."""

    def __init__(self, path: Path) -> None:
        self.story = Story.open(path)
        self.history = reported(self.story)


class ReplayScreen(Screen[None]):
    """A save that is looked at. `playouts` and `processes` are for its turning points."""

    DEFAULT_CSS = """
    ReplayScreen {
        layout: vertical;
        background: $background;
        & #top { height: 1; }
        & Timeline { height: 2; }
        & Pages { height: 1; }
        & #body { height: 1fr; }
        & #list { height: 100%; }
        & #about { height: 100%; width: 1fr; }
        & #board { height: 100%; }
        & #tracks { height: auto; }
        & #status { height: 1; }
        & Foot { height: 1; background: $foreground; color: $background; }
        & Input { display: none; height: 1; border: none; dock: bottom; padding: 0 1; }
        & Input:focus { border: none; }
        &.-typing Input { display: block; }
        &.-typing Foot { display: none; }
    }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back", "do", "next-pane", "pane-back", "page-on", "page-back", *LIGHT, "compare", "auto",
        "step-back", "step-on", "row-up", "row-down", "first", "last", "round-back", "round-on",
        "phase-back", "phase-on", "eyes", "eyes-room", "slower", "faster", "jump", "search", "again",
        "bookmark", "note", "what-if",
    )  # fmt: skip

    class Progressed(Message):
        """The study of turning points came further, ended (`found`), or failed (`said`)."""

        def __init__(self, study: Study, step: Progress | None, found: Turning | None, said: str) -> None:
            super().__init__()
            self.study, self.step, self.found, self.said = study, step, found, said

    def __init__(
        self,
        story: Story,
        history: Sequence[Reported] = (),
        *,
        playouts: int = PLAYOUTS,
        processes: int | None = None,
    ) -> None:
        super().__init__()
        self.story, self.history = story, history
        self.playouts, self.processes = playouts, processes
        self.at = 0
        self.status = story.notice or ""
        self.eyes: str | None = None
        self._courses: dict[tuple[int, str | None], EyesCourse] = {}
        self._curves: dict[tuple[int, str | None], tuple[pages.Curve, ...]] = {}
        self._notes: tuple[Shown, ...] = shown(story)
        self._cursor: dict[str, int] = {}
        self._items: list[Item] = []
        self._turning: dict[int, Turning | None] = {}
        self._study: Study | None = None
        self._progress: Progress | None = None
        self._comparison: tuple[Comparison, tuple[str, str]] | None = None
        self._asking: Callable[[str], None] | None = None
        self._searched = ""
        self._playing: Timer | None = None
        self._speed = 1
        self._ledger: tuple[object, list[tuple[Item, Entry]]] | None = None
        self._given: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Timeline(id="strip")
        yield Pages(PAGES, id="pages")
        with Horizontal(id="body"):
            yield Lines(id="list")
            yield Lines(id="about", scrolls=True)
            with Vertical(id="board"):
                yield Lines(id="tracks")
                yield MapView(id="map")
        yield Lines(id="status")
        yield Foot(id="foot")
        yield Input(id="typed", max_length=80, select_on_focus=True)

    def on_mount(self) -> None:
        self.repaint()

    def on_unmount(self) -> None:
        if self._study is not None:
            self._study.stop()

    def on_resize(self) -> None:
        self.call_after_refresh(self.repaint)
        self.repaint()

    def on_settings_changed(self) -> None:
        self.repaint()

    def topic(self, lit: str) -> Topic:
        """What help says here."""
        return TOPIC

    # --- what is looked at -----------------------------------------------------------------------------

    @property
    def course(self) -> EyesCourse:
        """The line through the present eyes."""
        key = (self.story.tip, self.eyes)
        if key not in self._courses:
            self._courses[key] = EyesCourse(self.story, self.eyes)
        return self._courses[key]

    @property
    def place(self) -> int:
        """Where we stand, as far as these eyes can tell."""
        return self.course.nearest(self.at)

    @property
    def page(self) -> str:
        return self.query_one(Pages).name_open

    @property
    def marks(self) -> tuple[int, ...]:
        """The places with a mark or a note."""
        course, on = self.course, {note.about for note in self._notes}
        return tuple(sorted({course.nearest(p) for p, moment in enumerate(course.line) if moment.id in on}))

    @property
    def notes(self) -> tuple[Shown, ...]:
        """The notes that these eyes may read."""
        return tuple(readable(self.story, self._notes, self.eyes, ALL))

    @property
    def sealed(self) -> bool:
        """Whether the open page is not for these eyes."""
        return self.page in TRUE_ONLY and self.eyes != ALL

    @property
    def wide(self) -> bool:
        return self.size.width >= WIDE

    def widths(self) -> tuple[int, int, int]:
        """The columns of list, text and board; 0 for one that is not shown."""
        width, page = self.size.width, self.page
        broad = 48 if width >= HUGE else 34
        has_map = bool(self.story.scenario.spec.windows)
        if page == "board":
            left = 46 if self.wide else 36
            return (left, 0, width - left) if has_map else (left, width - left, 0)
        if page in ("history", "predictions") or self.sealed:
            return 0, width, 0
        if page in ("charts", "lines"):
            left = width * 9 // 16 if page == "charts" else 42
            return left, width - left, 0
        if self.wide and page in WITH_BOARD:
            board = 62 if width >= HUGE else BOARD
            return broad, width - broad - board, board
        left = 38 if page == "moves" else 42
        return left, width - left, 0

    # --- painting --------------------------------------------------------------------------------------

    def repaint(self) -> None:
        """Paint everything as it is now."""
        if not self.is_mounted or not self.size.width:
            return
        course, place = self.course, self.place
        lens = course.lens(place)
        left, middle, right = self.widths()
        for name, width in (("#list", left), ("#about", middle), ("#board", right)):
            pane = self.query_one(name)
            if pane.display != bool(width):
                pane.display = bool(width)
            if width and self._given.get(name) != width:
                pane.styles.width = self._given[name] = width
        self._set("#top", [self._header()])
        self._strip(course, place)
        height = self._height()
        self._set("#list", self._listed(lens, left - 1, height))
        if middle:
            self._set("#about", self._text(lens, middle - 2))
        if right:
            self._board(lens, right)
        self._set("#status", [self._status_line()])
        self.query_one(Foot).show(self._hints())

    def _height(self) -> int:
        return max(self.size.height - 6, 4)

    def _set(self, name: str, lines: Sequence[Content]) -> None:
        self.query_one(name, Lines).show(lines)

    def _header(self) -> Content:
        lines = self.story.lines() if len(self.story.tree.lines()) > 1 else ()
        here = next((one.number for one in lines if one.tip == self.story.tip), 1)
        line = f" · line {here} of {len(lines)}" if lines else ""
        play = f" · playing, {SPEEDS[self._speed]:g} a second" if self._playing else ""
        head = join(
            (put(" REPLAY ", HEAD), put(self.story.name), put(" · eyes ‹"), self._eyes_named(), put("›"))
        )
        return fit(join((head, put(line + play, DIM))), self.size.width)

    def _eyes_named(self) -> Content:
        if self.eyes == ALL:
            return put(f"{EVERYTHING} everything, secrets included", "bold $secret")
        if self.eyes is None:
            return put("0 the whole room", "bold")
        number = self.story.scenario.seat_ids.index(self.eyes) + 1
        badge = seat_badge(self.story.scenario, self.eyes)
        return join((put(f"{number} "), badge, put(", as it was then")))

    def _strip(self, course: EyesCourse, place: int) -> None:
        places = course.places
        starts = [(round_, course.nth(at)) for round_, at in self._rounds()]
        marks = [course.nth(one) for one in self.marks]
        here = course.nth(place)
        self.query_one(Timeline).mark(starts, marks, here, len(places), self._where(course, place))

    def _rounds(self) -> tuple[tuple[int, int], ...]:
        return round_starts(self.story)

    def _where(self, course: EyesCourse, place: int) -> str:
        moment, scenario = course.line[place], self.story.scenario
        seat = course.mover(place)
        badge = f", {scenario.seats[seat].symbol}{scenario.seats[seat].short}" if seat else ""
        phase = f"R{moment.round if place else moment.state.round} {moment.phase}"
        if course.everything:
            return f"move {moment.id} of {self.story.end.id}: {phase}{badge}"
        return f"{phase}{badge}"

    def _listed(self, lens: PastLens, width: int, height: int) -> list[Content]:
        """The pane at the left."""
        if width <= 0:
            return []
        if self.page == "moves":
            return pages.move_rows(self.course, lens.place, width, height, self.marks)
        if self.page == "board":
            return self.course.board_lines(lens.place, width, height >= 26)
        self._items = self._of_page(lens, width - 1)
        if not self._items:
            return [put(self._nothing(), DIM)]
        lit = self._lit_row()
        first = max(min(lit - height // 2, len(self._items) - height), 0)
        return [
            fit(join((put(pages.LIT if nth == lit else pages.UNLIT, "bold"), item.line)), width)
            for nth, item in enumerate(self._items)
        ][first : first + height]

    def _lit_row(self) -> int:
        return min(max(self._cursor.get(self.page, 0), 0), max(len(self._items) - 1, 0))

    @property
    def lit(self) -> Item | None:
        """The lit row of a page that has rows."""
        return self._items[self._lit_row()] if self._items and self.page not in ("moves", "board") else None

    def _of_page(self, lens: PastLens, width: int) -> list[Item]:
        place, page = lens.place, self.page
        if self.sealed:
            return []
        if page == "charts":
            return pages.chart_items(self.course, self._drawn(), place, width)
        if page == "turning":
            found = self.turning
            return pages.turning_items(self.story, found, width) if found else []
        if page == "deals":
            return [item for item, _entry in self._deals(place, width)]
        if page == "lines":
            return pages.line_items(self.story, width)
        if page == "notes":
            return [self._note_item(note) for note in self.notes]
        return []

    def _deals(self, place: int, width: int) -> list[tuple[Item, Entry]]:
        """The deals known at a place, painted anew only where something became of them."""
        key = (self.story.tip, self.eyes, id(self.course.deals[place]), width)
        if self._ledger is None or self._ledger[0] != key:
            self._ledger = key, pages.deal_items(self.course, place, width)
        return self._ledger[1]

    def _note_item(self, note: Shown) -> Item:
        where = put(f"m{note.about:<4} " if self.eyes == ALL else "", DIM)
        return Item(
            join((where, put(f"{note.kind} ", CHANGE), put(note.text))), note.about, f"note:{note.about}"
        )

    def _nothing(self) -> str:
        return {
            "turning": "none known yet",
            "deals": "no deal is known",
            "notes": "nothing these eyes may read",
        }.get(self.page, "")

    def _drawn(self) -> tuple[pages.Curve, ...]:
        key = (self.story.tip, self.eyes)
        if key not in self._curves:
            self._curves[key] = pages.curves(self.course)
        return self._curves[key]

    def _text(self, lens: PastLens, width: int) -> list[Content]:
        """The pane in the middle."""
        if self.sealed:
            return [put(pages.TRUTH_ONLY, DIM)]
        course, place, lit = self.course, lens.place, self.lit
        if self.page == "moves":
            return pages.about_move(course, place, self.notes, width)
        if self.page == "board":
            return world_lines(lens, width)
        if self.page == "charts":
            curve = self._drawn()[self._lit_row()]
            braille = settings_of(self.app).glyphs == "braille"
            return pages.about_curve(course, curve, place, width, CHART_ROWS, braille)
        if self.page == "turning":
            return self._turning_text(place, width)
        if self.page == "deals":
            entries = self._deals(place, self.widths()[0] - 2)
            return pages.about_deal(course, place, entries[self._lit_row()][1], width) if entries else []
        if self.page == "lines":
            return self._lines_text(width)
        if self.page == "notes":
            return [] if lit is None or lit.move is None else self._note_text(lit.move, width)
        if self.page == "history":
            return pages.history_lines(course, place, self.history, width)
        return pages.prediction_lines(self.story, width)

    def _note_text(self, move: int, width: int) -> list[Content]:
        course = self.course
        at = next((p for p, moment in enumerate(course.line) if moment.id == move), 0)
        return pages.about_move(course, course.nearest(at), self.notes, width)

    def _turning_text(self, place: int, width: int) -> list[Content]:
        found = self.turning
        if found is not None:
            lit = self.lit.key if self.lit else ""
            return pages.about_turning(self.story, found, place, lit, width)
        if self._progress is not None:
            lines = wrapped(pages.progress_line(self._progress, width), width)
            return [*lines, put("Go on looking: the replay does not wait for it.", DIM)]
        if self._study is not None:
            return [put("Starting …", DIM)]
        said = (
            f"Enter looks for them: bots play every decision on {self.playouts} times, which takes minutes; "
            "what is found is kept beside the save."
        )
        return wrapped(put(said), width)

    def _lines_text(self, width: int) -> list[Content]:
        tip = self._lit_tip()
        lines = [] if tip is None else [*pages.about_line(self.story, tip, width), Content("")]
        if self._comparison is not None:
            return [*lines, *pages.about_lines(*self._comparison, width)]
        said = (
            "Enter looks along the lit line. c lays it beside the one looked at; on that one itself, it asks "
            "for another save to lay beside it. x makes a new save that stops here and can be played on."
        )
        return [*lines, *wrapped(put(said, DIM), width)]

    def _board(self, lens: PastLens, width: int) -> None:
        beside, has_map = self.page != "board", bool(lens.scenario.spec.windows)
        tracks = self.query_one("#tracks", Lines)
        tracks.display = beside
        used = 0
        if beside:
            lines = self.course.board_lines(lens.place, width - 1, self._height() >= 44)
            used = len(lines) + 1
            if not has_map:
                lines = [*lines, Content(""), put("DEALS", HEAD), *deal_lines(lens, width - 2)]
                used = self._height()
            if self._given.get("#tracks") != used:
                tracks.styles.height = self._given["#tracks"] = used
            tracks.show(lines)
        view = self.query_one(MapView)
        view.display = has_map and self._height() - used >= MAP_ROWS
        if view.display:
            view.set_glyphs(settings_of(self.app).glyphs)
            view.show(chart_of(lens, (), width))

    def _status_line(self) -> Content:
        said = self.status
        if not said and self._progress is not None and self._study is not None:
            return pages.progress_line(self._progress, self.size.width - 2)
        if not said:
            here = self.course.line[self.place].id
            said = "; ".join(f"{one.kind}: {one.text}" for one in self.notes if one.about == here)
        return fit(put(f" {said}"), self.size.width)

    def _hints(self) -> list[Hint]:
        enter = {
            "turning": Hint("Enter", "go there" if self.turning else "look for them", "do"),
            "deals": Hint("Enter", "go there", "do"),
            "notes": Hint("Enter", "go there", "do"),
            "lines": Hint("Enter", "look along it", "do"),
        }.get(self.page)
        first = [] if enter is None or self.sealed else [enter]
        compared = [Hint("c", "compare", "compare")] if self.page == "lines" else []
        return [
            Hint("←→", "step"), *first, *compared, Hint("Tab", "pages", "next_pane"),
            Hint("e", "eyes", "eyes"), Hint("a", "play", "auto"), Hint("j", "jump", "jump"),
            Hint("f", "find", "search"), Hint("m", "mark", "bookmark"), Hint("n", "note", "note"),
            Hint("x", "what if", "what_if"), Hint("F1", "help", "app.help"),
        ]  # fmt: skip

    # --- going about -----------------------------------------------------------------------------------

    def go(self, place: int | None) -> None:
        """Stand at that place of the line; None: there is no such place."""
        if place is None:
            self.status = "There is no such place."
        else:
            self.status = ""
            if place != self.at and self.page == "moves":
                self.query_one("#about", Lines).scroll_home(animate=False)
            self.at = place
        self.repaint()

    def action_step(self, by: int) -> None:
        places = self.course.places
        nth = min(max(places.index(self.place) + by, 0), len(places) - 1)
        if places[nth] != self.place:
            self.go(places[nth])

    def action_row(self, by: int) -> None:
        """The next row of the page; of the moves, the next move."""
        if self.page in ("moves", "board"):
            self.action_step(by)
        elif self._items:
            self._cursor[self.page] = min(max(self._lit_row() + by, 0), len(self._items) - 1)
            self.status = ""
            self.repaint()

    def action_edge(self, last: int) -> None:
        self.go(self.course.places[-1] if last else 0)

    def action_turn_of(self, rounds: int, by: int) -> None:
        """The beginning of the next round or phase, or of the one before."""
        self.go(turn_of(self.course, self.place, by, rounds=bool(rounds)))

    def action_page(self, by: int) -> None:
        about = self.query_one("#about", Lines)
        if by > 0:
            about.scroll_page_down(animate=False)
        else:
            about.scroll_page_up(animate=False)

    def action_next_pane(self, by: int = 1) -> None:
        if self._asking is None:
            self.query_one(Pages).turn(by)

    def on_pages_turned(self) -> None:
        self.status = ""
        self._items = []
        self.query_one("#about", Lines).scroll_home(animate=False)
        self.repaint()

    def on_timeline_clicked(self, event: Timeline.Clicked) -> None:
        self.go(self.course.places[min(event.at, len(self.course.places) - 1)])

    def on_click(self, event: events.Click) -> None:
        """A click on a row of the list lights it; of the moves, it goes there."""
        if event.widget is not self.query_one("#list"):
            return
        height = self._height()
        if self.page == "moves":
            nth = pages.first_row(self.course, self.place, height) + event.y
            if nth < len(self.course.places):
                self.go(self.course.places[nth])
        elif self._items:
            lit = self._lit_row()
            nth = max(min(lit - height // 2, len(self._items) - height), 0) + event.y
            if nth == lit:
                self.action_do()
            elif nth < len(self._items):
                self.action_row(nth - lit)

    # --- eyes ------------------------------------------------------------------------------------------

    @property
    def every_eyes(self) -> tuple[str | None, ...]:
        """The room, each seat, everything."""
        return (None, *self.story.scenario.seat_ids, ALL)

    def look_through(self, eyes: str | None) -> None:
        """See what those eyes saw. The place stays, also where they can't tell it from an earlier one."""
        self.eyes, self.status, self._items = eyes, "", []
        self.query_one("#about", Lines).scroll_home(animate=False)
        self.repaint()

    def action_eyes(self) -> None:
        every = self.every_eyes
        self.look_through(every[(every.index(self.eyes) + 1) % len(every)])

    def action_light(self, number: int) -> None:
        seats = self.story.scenario.seat_ids
        if number == EVERYTHING:
            self.look_through(ALL)
        elif number == 0:
            self.look_through(None)
        elif number <= len(seats):
            self.look_through(seats[number - 1])

    # --- playing ---------------------------------------------------------------------------------------

    def action_auto(self) -> None:
        if self._playing is not None:
            self._stop()
        else:
            self._play()
        self.repaint()

    def _play(self) -> None:
        self._playing = self.set_interval(1 / SPEEDS[self._speed], self._tick, name="replay")

    def _stop(self) -> None:
        if self._playing is not None:
            self._playing.stop()
            self._playing = None

    def _tick(self) -> None:
        if self.screen is not self.app.screen:
            return
        if self.place == self.course.places[-1]:
            self._stop()
            self.repaint()
        else:
            self.action_step(1)

    def action_pace(self, by: int) -> None:
        self._speed = min(max(self._speed + by, 0), len(SPEEDS) - 1)
        if self._playing is not None:
            self._stop()
            self._play()
        self.status = f"{SPEEDS[self._speed]:g} moves a second"
        self.repaint()

    # --- asking for words ------------------------------------------------------------------------------

    def _ask(self, what: str, then: Callable[[str], None], value: str = "") -> None:
        """Let somebody type a line; Esc leaves it."""
        self._stop()
        self._asking = then
        typed = self.query_one(Input)
        typed.placeholder, typed.value = what, value
        self.add_class("-typing")
        typed.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        then, said = self._asking, event.value.strip()
        self._stop_typing()
        if then is not None and said:
            then(said)

    def _stop_typing(self) -> None:
        self._asking = None
        self.remove_class("-typing")
        self.set_focus(None)

    def action_jump(self) -> None:
        self._ask("to R3, 74, a seat, a phase, mark, or words of a card", self._jumped)

    def _jumped(self, said: str) -> None:
        self._searched = said
        self.go(seek(self.course, said, self.place, self.marks))

    def action_search(self) -> None:
        self._ask("find words in moves, reasons and what came of them", self._found)

    def _found(self, said: str) -> None:
        self._searched = said
        self.go(find(self.course, said, self.place))

    def action_again(self) -> None:
        if self._searched:
            self.go(seek(self.course, self._searched, self.place, self.marks))

    # --- what is written -------------------------------------------------------------------------------

    def action_bookmark(self) -> None:
        """A bookmark here, or the one that is here no longer."""
        here = self.course.line[self.place].id
        own = next((one for one in self._notes if one.about == here and one.kind == "bookmark"), None)
        if own is not None:
            self._keep("bookmark", name=own.text, on=False)
        else:
            moment = self.course.line[self.place]
            self._ask("name of the bookmark", self._marked, f"R{moment.state.round} {moment.state.phase}")

    def _marked(self, name: str) -> None:
        self._keep("bookmark", name=name, on=True)

    def action_note(self) -> None:
        self._ask("a note on this move, kept in the save", self._noted)

    def _noted(self, said: str) -> None:
        self._keep("note", text=said, private=False)

    def _keep(self, kind: str, **own: str | bool) -> None:
        try:
            keep(self.story, kind, self.course.line[self.place].id, **own)
        except WargameError as error:
            self.status = str(error)
        else:
            self._notes = shown(self.story)
            taken = kind in MARKS and own.get("on") is False
            self.status = f"The {kind} is {'taken off' if taken else 'kept in the save'}."
        self.repaint()

    # --- what if ---------------------------------------------------------------------------------------

    def action_what_if(self) -> None:
        here = self.course.line[self.place].id
        self._ask("name of the new save that stops here", self._branched, f"{self.story.name}-{here}")

    def _branched(self, name: str) -> None:
        folder = self.story.path.parent if self.story.path else Path()
        try:
            made = branch(
                self.story, self.course.line[self.place].id, folder / f"{Path(name).name}{EXTENSION}"
            )
        except WargameError as error:
            self.status = str(error)
        else:
            self.status = f"{made.name} stops here; play it on: wargame resume {made.name}"
        self.repaint()

    def action_compare(self) -> None:
        if self.page != "lines" or self.sealed:
            return
        tip = self._lit_tip()
        if tip is not None and tip != self.story.tip:
            self._compared(self.story.along(tip), "the lit line")
        else:
            self._ask("another save to lay beside this one", self._opened)

    def _opened(self, name: str) -> None:
        folder = self.story.path.parent if self.story.path else Path()
        given = Path(name if name.endswith(EXTENSION) else f"{name}{EXTENSION}")
        path = given if given.is_file() else folder / given.name
        if not path.is_file():
            self.status = f"There is no save {path.name} beside this one."
            self.repaint()
            return
        self.status = "Reading the other game …"
        self.repaint()
        self.run_worker(partial(self._read_other, path), thread=True, name="other")

    def _read_other(self, path: Path) -> None:
        try:
            other = Story.open(path)
            self.app.call_from_thread(self._compared, other, other.name)
        except WargameError as error:
            self.app.call_from_thread(self._say, str(error))

    def _say(self, said: str) -> None:
        self.status = said
        self.repaint()

    def _compared(self, other: Story, name: str) -> None:
        try:
            self._comparison = compare(self.story, other), ("this line", name)
        except WargameError as error:
            self.status = str(error)
        else:
            self.status = ""
        self.repaint()

    def _lit_tip(self) -> int | None:
        lit = self.lit
        return int(lit.key.removeprefix("line:")) if lit and lit.key.startswith("line:") else None

    # --- Enter -----------------------------------------------------------------------------------------

    def action_do(self) -> None:
        """Go to what the lit row is about, look along the lit line, or look for turning points."""
        if self.sealed:
            return
        tip = self._lit_tip()
        if self.page == "turning" and self.turning is None:
            self._look_for_turns()
        elif self.page == "lines" and tip is not None:
            self._along(tip)
        elif self.lit is not None and self.lit.move is not None:
            move = self.lit.move
            self.go(next((p for p, moment in enumerate(self.story.line) if moment.id == move), None))

    def _along(self, tip: int) -> None:
        """Look along another line, from where the two part."""
        if tip == self.story.tip:
            return
        parted = next(one.parted for one in self.story.lines() if one.tip == tip)
        self.story = self.story.along(tip)
        self._notes, self._comparison = shown(self.story), None
        self.go(next((p for p, moment in enumerate(self.story.line) if moment.id == parted), 0))

    # --- turning points --------------------------------------------------------------------------------

    @property
    def turning(self) -> Turning | None:
        """The turning points of this line, if they are known."""
        if self.story.tip not in self._turning:
            self._turning[self.story.tip] = known(self.story)
        return self._turning[self.story.tip]

    def _look_for_turns(self) -> None:
        if self._study is not None:
            return
        self._study = Study(self.story, self.playouts, self.processes)
        self.run_worker(partial(self._studied, self._study), thread=True, name="turning")
        self.repaint()

    def _studied(self, study: Study) -> None:
        """In a thread: the study, step by step."""
        found, said = None, ""
        try:
            found = study.run(lambda step: self._tell(study, step))
        except WargameError as error:
            said = str(error)
        except OSError as error:
            said = f"The processes that play on can't be started: {error.strerror or error}."
        except BrokenProcessPool:
            said = "The processes that play on were stopped from outside; try again."
        self.post_message(self.Progressed(study, None, found, said))

    def _tell(self, study: Study, step: Progress) -> None:
        self.post_message(self.Progressed(study, step, None, ""))

    def on_replay_screen_progressed(self, event: Progressed) -> None:
        if event.study is not self._study:
            return
        self._progress = event.step
        if event.step is None:
            self._study = None
            self.status = event.said
            if event.found is not None:
                self._turning[event.study.story.tip] = event.found
                self.status = f"Turning points are found: {len(event.found.turns)}."
        if self.screen is self.app.screen:
            self.repaint()

    # --- leaving ---------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave what is being typed, stop playing, or leave the replay."""
        if self._asking is not None:
            self._stop_typing()
        elif self._playing is not None:
            self._stop()
            self.repaint()
        else:
            self.dismiss(None)
