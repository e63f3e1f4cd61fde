"""The replay: a saved game looked back on, move by move, through anybody's eyes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from wargame.debrief.branch import branch
from wargame.debrief.curves import compare
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.story import Moment, Story
from wargame.debrief.timeline import reported
from wargame.debrief.turning import PLAYOUTS, Progress, Turning
from wargame.errors import WargameError
from wargame.record import EXTENSION
from wargame.rules.spec import Reported
from wargame.table.engine import engine
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.guard import GuardedScreen
from wargame.tui.map.view import MapView
from wargame.tui.replay import pages, panes
from wargame.tui.replay.branches import line_name
from wargame.tui.replay.charts import next_step
from wargame.tui.replay.eyes import PastLens
from wargame.tui.replay.notes import keep
from wargame.tui.replay.panes import ALL_KEY
from wargame.tui.replay.seek import find, seek, turn_of
from wargame.tui.replay.stand import PAGES, ROWLESS, Standpoint
from wargame.tui.replay.study import Study
from wargame.tui.replay.timeline import Timeline
from wargame.tui.settings import settings_of
from wargame.tui.topics import Topic
from wargame.tui.widgets.atlas import chart_of
from wargame.tui.widgets.bargains import deal_lines
from wargame.tui.widgets.foot import Foot
from wargame.tui.widgets.lines import Lines
from wargame.tui.widgets.paint import HEAD, put
from wargame.tui.widgets.tabs import Pages

MAP_ROWS = 10
"""Rows from which a map can be read."""
HEADED = 44
"""Rows from which groups of tracks have headings beside a page."""
SPEEDS = (0.5, 1, 2, 4, 8)
"""Moves a second."""
FIRST = "So the room saw it. 1, 2, … are the eyes of a seat, 9 sees everything."

TOPIC = Topic(
    "A game looked back on",
    "← and → go through the moves, [ ] by rounds, < > by phases; j jumps to a round, move, seat, phase, mark "
    "or card, f finds words. The digits choose through whose eyes you look: 0 the room, then the seats, 9 "
    "everything. A seat's eyes show what that seat saw then and nothing else; moves hidden from it are not "
    "even counted. Bookmarks (m) and notes (n) are kept in the save, its moves never change; x makes a new "
    "save that stops here and can be played on. On the page of charts c lays the lit curve over the others "
    "and Enter goes to the next step; on that of lines c lays the lit one beside this one.",
)


class Opened:
    """What a replay needs, read from a file; slow, so made in a thread.

    `lost` is the folder of the scenario, for a save that has lost its own.
    """

    def __init__(self, path: Path, lost: Path | None = None) -> None:
        self.story = Story.open(path, engine=engine(lost))
        self.history = reported(self.story)


class ReplayScreen(GuardedScreen[None]):
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
        "bookmark", "note", "what-if", "further",
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
        self.stand = Standpoint(story, history, playouts)
        self.stand.status = self.stand.status or FIRST
        self.processes = processes
        self._study: Study | None = None
        self._asking: Callable[[str], None] | None = None
        self._searched = ""
        self._playing: Timer | None = None
        self._speed = 1
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

    # --- painting --------------------------------------------------------------------------------------

    def repaint(self) -> None:
        """Paint everything as it is now; what did not change costs nothing."""
        width, height = self.size
        if not self.is_mounted or not width:
            return
        stand, height = self.stand, self._height()
        left, middle, right = panes.widths(stand, width)
        for name, columns in (("#list", left), ("#about", middle), ("#board", right)):
            self._give(name, columns)
        playing = f"{SPEEDS[self._speed]:g}" if self._playing else ""
        self._show("#top", [panes.header(stand, playing, width)])
        self._mark()
        self._show("#list", panes.listed(stand, left - 1, height))
        if middle:
            braille = settings_of(self.app).glyphs == "braille"
            self._show("#about", panes.text(stand, middle - 2, height, braille))
        if right:
            self._board(stand.course.lens(stand.place), right)
        self._show("#status", [panes.status_line(stand, width)])
        self.query_one(Foot).show(panes.hints(stand))

    def _height(self) -> int:
        return max(self.size.height - 6, 4)

    def _show(self, name: str, lines: Sequence[Content]) -> None:
        self.query_one(name, Lines).show(lines)

    def _give(self, name: str, columns: int) -> None:
        """Give a pane so many columns, or hide it."""
        pane = self.query_one(name)
        if pane.display != bool(columns):
            pane.display = bool(columns)
        if columns and self._given.get(name) != columns:
            pane.styles.width = self._given[name] = columns

    def _mark(self) -> None:
        """Point at where we stand on the strip."""
        course, stand = self.stand.course, self.stand
        starts = [(round_, course.nth(at)) for round_, at in stand.rounds]
        marks = [course.nth(one) for one in stand.marks]
        here, count = course.nth(stand.place), len(course.places)
        self.query_one(Timeline).mark(starts, marks, here, count, panes.where(stand))

    def _board(self, lens: PastLens, width: int) -> None:
        """The tracks beside a page, and below them the map, or the deals where there is none."""
        beside, has_map = self.stand.page != "board", bool(lens.scenario.spec.windows)
        tracks, used = self.query_one("#tracks", Lines), 0
        tracks.display = beside
        if beside:
            lines = self.stand.course.board_lines(lens.place, width - 1, self._height() >= HEADED)
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

    # --- going about -----------------------------------------------------------------------------------

    def go(self, place: int | None) -> None:
        """Stand at that place of the line; None: there is no such place."""
        stand = self.stand
        if place is None:
            self._say("There is no such place.")
            return
        if place != stand.at and stand.page == "moves":
            self._scroll_home()
        stand.at, stand.status = place, ""
        self.repaint()

    def _scroll_home(self) -> None:
        self.query_one("#about", Lines).scroll_home(animate=False)

    def _say(self, said: str) -> None:
        self.stand.status = said
        self.repaint()

    def action_step(self, by: int) -> None:
        course, place = self.stand.course, self.stand.place
        nth = min(max(course.nth(place) + by, 0), len(course.places) - 1)
        if course.places[nth] != place:
            self.go(course.places[nth])

    def action_row(self, by: int) -> None:
        """The next row of the page; of the moves, the next move."""
        if self.stand.page in ROWLESS:
            self.action_step(by)
        elif self.stand.items:
            self.stand.row += by
            self._say("")

    def action_edge(self, last: int) -> None:
        self.go(self.stand.course.places[-1] if last else 0)

    def action_turn_of(self, rounds: int, by: int) -> None:
        """The beginning of the next round or phase, or of the one before."""
        self.go(turn_of(self.stand.course, self.stand.place, by, rounds=bool(rounds)))

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
        self.stand.page, self.stand.items = self.query_one(Pages).name_open, []
        self._scroll_home()
        self._say("")

    def on_timeline_clicked(self, event: Timeline.Clicked) -> None:
        places = self.stand.course.places
        self.go(places[min(event.at, len(places) - 1)])

    def on_click(self, event: events.Click) -> None:
        """A click on a row of the list lights it; of the moves, it goes there."""
        if event.widget is not self.query_one("#list"):
            return
        stand, height = self.stand, self._height()
        if stand.page == "moves":
            nth = pages.first_row(stand.course, stand.place, height) + event.y
            if nth < len(stand.course.places):
                self.go(stand.course.places[nth])
        elif stand.items:
            nth = panes.first_item(stand, height) + event.y
            if nth == stand.row:
                self.action_do()
            elif nth < len(stand.items):
                self.action_row(nth - stand.row)

    # --- eyes ------------------------------------------------------------------------------------------

    def look_through(self, eyes: Perspective) -> None:
        """See what those eyes saw. The place stays, also where they can't tell it from an earlier one."""
        self.stand.eyes, self.stand.items = eyes, []
        self._scroll_home()
        self._say("")

    def action_eyes(self) -> None:
        every = self.stand.every_eyes
        self.look_through(every[(every.index(self.stand.eyes) + 1) % len(every)])

    def action_light(self, number: int) -> None:
        every = self.stand.every_eyes
        if number == ALL_KEY:
            self.look_through(EVERYTHING)
        elif number < len(every) - 1:
            self.look_through(every[number])

    # --- playing ---------------------------------------------------------------------------------------

    def action_auto(self) -> None:
        if self._playing is not None:
            self._stop()
        else:
            self._play()
        self.repaint()

    def _play(self) -> None:
        self._playing = self.every(1 / SPEEDS[self._speed], self._tick, name="replay")

    def _stop(self) -> None:
        if self._playing is not None:
            self._playing.stop()
            self._playing = None

    def _tick(self) -> None:
        if self.screen is not self.app.screen:
            return
        if self.stand.place == self.stand.course.places[-1]:
            self._stop()
            self.repaint()
        else:
            self.action_step(1)

    def action_pace(self, by: int) -> None:
        self._speed = min(max(self._speed + by, 0), len(SPEEDS) - 1)
        if self._playing is not None:
            self._stop()
            self._play()
        self._say(
            "1 move a second" if SPEEDS[self._speed] == 1 else f"{SPEEDS[self._speed]:g} moves a second"
        )

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
        self.go(self._sought(said))

    def action_search(self) -> None:
        self._ask("find words in moves, reasons and what came of them", self._found)

    def _found(self, said: str) -> None:
        self._searched = said
        self.go(find(self.stand.course, said, self.stand.place))

    def action_again(self) -> None:
        if self._searched:
            self.go(self._sought(self._searched))

    def _sought(self, said: str) -> int | None:
        return seek(self.stand.course, said, self.stand.place, self.stand.marks)

    # --- what is written -------------------------------------------------------------------------------

    @property
    def _here(self) -> Moment:
        return self.stand.course.line[self.stand.place]

    @property
    def _folder(self) -> Path:
        path = self.stand.story.path
        return path.parent if path else Path()

    def action_bookmark(self) -> None:
        """A bookmark here, or the one that is here no longer."""
        own = self.stand.bookmark
        if own is not None:
            self._keep("bookmark", name=own.text, on=False)
        else:
            state = self._here.state
            self._ask("name of the bookmark", self._marked, f"R{state.round} {state.phase}")

    def _marked(self, name: str) -> None:
        self._keep("bookmark", name=name, on=True)

    def action_note(self) -> None:
        self._ask("a note on this move, kept in the save", self._noted)

    def _noted(self, said: str) -> None:
        self._keep("note", text=said, private=False)

    def _keep(self, kind: str, **own: str | bool) -> None:
        try:
            keep(self.stand.story, kind, self._here.id, **own)
        except WargameError as error:
            self._say(str(error))
        else:
            self.stand.read_notes()
            taken = own.get("on") is False
            self._say(f"The {kind} is {'taken off' if taken else 'kept in the save'}.")

    # --- what if ---------------------------------------------------------------------------------------

    def action_what_if(self) -> None:
        name = f"{self.stand.story.name}-{self._here.id}"
        self._ask("name of the new save that stops here", self._branched, name)

    def _branched(self, name: str) -> None:
        path = self._folder / f"{Path(name).name}{EXTENSION}"
        try:
            made = branch(self.stand.story, self._here.id, path)
        except WargameError as error:
            self._say(str(error))
        else:
            self._say(f"{made.name} stops here; play it on from home, which Esc leads to.")

    def action_compare(self) -> None:
        """Lay a line beside the one looked at, or a curve over the others; or take it away again."""
        stand, lit = self.stand, self.stand.lit
        if stand.page == "charts" and lit is not None:
            keys = {curve.key for curve in stand.group.curves}
            stand.laid_over = stand.laid_over - keys if keys <= stand.laid_over else stand.laid_over | keys
            self._say("")
        elif stand.page == "lines" and not stand.sealed:
            self._compare()

    def _compare(self) -> None:
        stand = self.stand
        if stand.comparison is not None:
            self._close_comparison()
        elif stand.lit_tip is not None and stand.lit_tip != stand.story.tip:
            self._compared(stand.story.along(stand.lit_tip), line_name(stand.story, stand.lit_tip))
        else:
            self._ask("another save to lay beside this one", self._opened)

    def _close_comparison(self) -> None:
        self.stand.comparison = None
        self._scroll_home()
        self._say("")

    def _opened(self, name: str) -> None:
        given = Path(name if name.endswith(EXTENSION) else f"{name}{EXTENSION}")
        path = given if given.is_file() else self._folder / given.name
        if not path.is_file():
            self._say(f"There is no save {path.name} beside this one.")
            return
        self._say("Reading the other game …")
        self.run_worker(partial(self._read_other, path), thread=True, name="other")

    def _read_other(self, path: Path) -> None:
        try:
            other = Story.open(path)
            self.tell(partial(self._compared, other, other.name))
        except WargameError as error:
            self.tell(partial(self._say, str(error)))

    def _compared(self, other: Story, name: str) -> None:
        story = self.stand.story
        try:
            self.stand.comparison = compare(story, other), (line_name(story, story.tip), name)
        except WargameError as error:
            self._say(str(error))
        else:
            self._scroll_home()
            self._say("")

    # --- Enter -----------------------------------------------------------------------------------------

    def action_do(self) -> None:
        """Go to what the lit row is about, look along the lit line, or look for turning points."""
        stand, lit, tip = self.stand, self.stand.lit, self.stand.lit_tip
        if stand.sealed:
            return
        if stand.page == "turning" and stand.turning is None:
            self._look_for_turns()
        elif tip is not None:
            self._along(tip)
        elif stand.page == "charts":
            self.go(next_step(stand.course, stand.drawn, stand.place))
        elif lit is not None and lit.move is not None:
            self.go(stand.place_of(lit.move))

    def _along(self, tip: int) -> None:
        """Look along another line, from where the two part."""
        stand = self.stand
        if tip != stand.story.tip:
            parted = next(one.parted for one in stand.story.lines() if one.tip == tip)
            stand.take_line(tip, parted)
            self._say("")

    # --- turning points --------------------------------------------------------------------------------

    def action_further(self) -> None:
        """Look at the decisions of bots too; where a search was stopped, go on with it."""
        stand = self.stand
        if stand.page != "turning" or stand.sealed or self._study is not None:
            return
        if stand.turning is not None and not stand.turning[0].stopped:
            stand.who = "all"
        if stand.turning is None or stand.turning[0].stopped:
            self._look_for_turns()
        self.repaint()

    def _look_for_turns(self) -> None:
        if self._study is None:
            stand = self.stand
            self._study = Study(stand.story, stand.playouts, stand.who, self.processes)
            stand.studying = True
            self.run_worker(partial(self._studied, self._study), thread=True, name="turning")
            self.repaint()

    def _studied(self, study: Study) -> None:
        """In a thread: the study, step by step."""
        found, said = study.run(lambda step: self._tell(study, step))
        self.post_message(self.Progressed(study, None, found, said))

    def _tell(self, study: Study, step: Progress) -> None:
        self.post_message(self.Progressed(study, step, None, ""))

    def on_replay_screen_progressed(self, event: Progressed) -> None:
        if event.study is not self._study:
            return
        stand = self.stand
        stand.progress = event.step
        if event.step is None:
            self._study, stand.studying, stand.status = None, False, event.said
            if event.found is not None:
                stand.found_turning(event.study.story.tip, event.found)
                stand.status = f"Turning points are found: {len(event.found.turns)}."
        if self.screen is self.app.screen:
            self.repaint()

    # --- leaving ---------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave what is being typed, stop playing, close what is laid beside, or leave the replay."""
        if self._asking is not None:
            self._stop_typing()
        elif self._playing is not None:
            self._stop()
            self.repaint()
        elif self.stand.page == "lines" and self.stand.comparison is not None:
            self._close_comparison()
        else:
            self.conclude()
