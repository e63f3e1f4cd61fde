"""The replay: a saved game looked back on, move by move, through anybody's eyes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from wargame.debrief.branch import branch
from wargame.debrief.curves import compare
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.story import Moment, Story
from wargame.debrief.timeline import reported
from wargame.debrief.turning import PLAYOUTS
from wargame.errors import WargameError
from wargame.record import EXTENSION
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Reported
from wargame.table.engine import engine
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.kit.foot import Foot
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.paint import put
from wargame.tui.kit.pane import entitle
from wargame.tui.kit.study import Study
from wargame.tui.kit.tabs import Pages
from wargame.tui.kit.topics import Topic
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView, ground
from wargame.tui.replay import pages, panes
from wargame.tui.replay.branches import line_name
from wargame.tui.replay.cards import ListPane, SeatsThen, TextPane
from wargame.tui.replay.charts import next_step
from wargame.tui.replay.eyes import PastLens
from wargame.tui.replay.notes import keep
from wargame.tui.replay.panes import ALL_KEY
from wargame.tui.replay.playing import Playing
from wargame.tui.replay.question import Question
from wargame.tui.replay.search import Search
from wargame.tui.replay.seek import find, seek, turn_of
from wargame.tui.replay.stand import ROWLESS, Standpoint
from wargame.tui.replay.timeline import Timeline
from wargame.words.pages import replay as say

LOOKS = 1.0
"""Seconds between two looks for turning points that are found elsewhere, while that page waits for some."""
TOPIC = Topic(say.TITLE, say.ABOUT)


class Opened:
    """What a replay needs, read from a file; slow, so made in a thread.

    `lost` is the folder of the scenario, for a save that has lost its own.
    """

    def __init__(self, path: Path, lost: Path | None = None) -> None:
        self.story = Story.open(path, engine=engine(lost))
        self.history = reported(self.story)


class ReplayScreen(GuardedScreen[None]):
    """A save that is looked at. `playouts` and `processes` are for its turning points."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back", "do", "next-pane", "pane-back", "page-on", "page-back", *LIGHT, "compare", "auto",
        "step-back", "step-on", "row-up", "row-down", "first", "last", "round-back", "round-on",
        "phase-back", "phase-on", "eyes", "eyes-room", "slower", "faster", "jump", "search", "again",
        "bookmark", "note", "what-if", "further",
    )  # fmt: skip

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
        self.stand.status = self.stand.status or say.FIRST
        self.processes = processes
        self._search, self._playing = Search(self), Playing(self, self._tick)
        self._searched = ""
        self._stale = self._follows = False
        self._titled = ""

    @property
    def scenario_shown(self) -> Scenario:
        return self.stand.story.scenario

    def compose(self) -> ComposeResult:
        scenario = self.stand.story.scenario
        yield Lines(id="top")
        yield Timeline(id="timeline")
        yield Pages(panes.page_names(self.stand), id="pages")
        with Horizontal(id="body"):
            yield ListPane(id="list")
            yield ground(scenario, TextPane(id="about"))
            yield ListPane(id="tracks")
        yield Lines(id="status")
        yield SeatsThen(len(scenario.seat_ids))
        yield Question()
        yield Foot(id="foot")

    def on_mount(self) -> None:
        self.repaint()
        self.every(LOOKS, self._look_beside)

    def on_unmount(self) -> None:
        self._search.stop()

    def on_resize(self) -> None:
        self.repaint()

    def on_laid(self) -> None:
        """Another page or another size has given a pane other room."""
        if not self._stale:
            self._stale = True
            self.call_later(self._repaint_laid)

    def _repaint_laid(self) -> None:
        self._stale = False
        self.repaint()

    def on_settings_changed(self) -> None:
        self.repaint()

    def topic(self, lit: str) -> Topic:
        """What help says here."""
        return TOPIC

    # --- painting --------------------------------------------------------------------------------------

    def repaint(self) -> None:
        """Paint everything as it is now; what did not change costs nothing.

        What happened is there at once; the board beside it follows with the next frame.
        """
        width = self.size.width
        if not self.is_mounted or not width:
            return
        stand = self.stand
        self.fit()
        playing = self._playing.speed if self._playing.on else ""
        self._show("#top", [panes.header(stand, playing, width)])
        self.query_one(Timeline).mark(stand.timeline, stand.course.nth(stand.place), panes.where(stand))
        self._list("#list", panes.listed)
        listed, titled, colour = panes.titles(stand)
        if self._titled != listed:
            self._titled = listed
            entitle(self.query_one("#list"), listed)
        about = self.query_one(TextPane)
        if about.display and about.width > 0:
            about.put_up(titled, colour, panes.text(stand, about.width, about.room))
        carded = self.query_one(SeatsThen).display
        self._show("#status", [panes.status_line(stand, width, carded=carded)])
        question = self.query_one(Question)
        if question.asked:
            self.query_one(Foot).show(panes.ASKING, put(f"{question.what}  ", "bold"))
        else:
            self.query_one(Foot).show(panes.hints(stand))
        if not self._follows:
            self._follows = True
            self.call_after_refresh(self._repaint_board)

    def _repaint_board(self) -> None:
        """Paint the tracks, the map and the seats as they stood."""
        self._follows = False
        if not self.is_mounted:
            return
        stand, seats = self.stand, self.query_one(SeatsThen)
        lens = stand.course.lens(stand.place)
        self._list("#tracks", panes.tracks)
        if stand.story.scenario.mapped:
            self._map(lens)
        if seats.display:
            seats.show(lens, stand.course.mover(stand.place))

    def _list(self, name: str, told: Callable[..., Sequence[Content]]) -> None:
        pane = self.query_one(name, ListPane)
        if pane.display and pane.size:
            self._show(name, told(self.stand, *pane.size))

    def _show(self, name: str, lines: Sequence[Content]) -> None:
        self.query_one(name, Lines).show(lines)

    def fitting(self) -> Mapping[str, bool]:
        stand = self.stand
        return {
            **{f"-{page}": page == stand.page for page in stand.pages},
            "-bare": panes.bare(stand),
            "-compared": stand.page == "lines" and stand.comparison is not None,
            "-mapless": not stand.story.scenario.mapped,
        }

    def _map(self, lens: PastLens) -> None:
        """Show the map, as far as the text does not lie on all of it."""
        view, about = self.query_one(MapView), self.query_one(TextPane)
        if not about.display or about.outer_size != view.size:
            view.show(chart_of(lens))

    # --- going about -----------------------------------------------------------------------------------

    def go(self, place: int | None) -> None:
        """Stand at that place of the line; None: there is no such place."""
        stand = self.stand
        if place is None:
            self._say(say.NO_SUCH_PLACE)
            return
        if place != stand.at and stand.page == "moves":
            self.query_one(TextPane).to_top()
        stand.at, stand.status = place, ""
        self.repaint()

    def _say(self, said: str) -> None:
        self.stand.status = said
        self.repaint()

    def _anew(self) -> None:
        """Show another text from its top."""
        self.query_one(TextPane).to_top()
        self._say("")

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
            self._anew()

    def action_edge(self, last: int) -> None:
        self.go(self.stand.course.places[-1] if last else 0)

    def action_turn_of(self, rounds: int, by: int) -> None:
        """The beginning of the next round or phase, or of the one before."""
        self.go(turn_of(self.stand.course, self.stand.place, by, rounds=bool(rounds)))

    def action_page(self, by: int) -> None:
        about = self.query_one(TextPane)
        about.scroll_lines(by * (about.room - 1))

    def action_next_pane(self, by: int = 1) -> None:
        if not self.query_one(Question).asked:
            self.query_one(Pages).turn(by)

    def on_pages_turned(self) -> None:
        self.stand.page, self.stand.items = self.stand.pages[self.query_one(Pages).open], []
        self._anew()

    def on_timeline_clicked(self, event: Timeline.Clicked) -> None:
        places = self.stand.course.places
        self.go(places[min(event.at, len(places) - 1)])

    def on_click(self, event: events.Click) -> None:
        """A click on a row of the list lights it; of the moves, it goes there."""
        pane = self.query_one("#list")
        spot = event.get_content_offset(pane) if event.widget is pane else None
        if spot is None:
            return
        stand, height = self.stand, pane.size.height
        if stand.page == "moves":
            nth = pages.first_row(stand.course, stand.place, height) + spot.y
            if nth < len(stand.course.places):
                self.go(stand.course.places[nth])
        elif stand.items:
            nth = panes.first_item(stand, height) + spot.y
            if nth == stand.row:
                self.action_do()
            elif nth < len(stand.items):
                self.action_row(nth - stand.row)

    # --- eyes ------------------------------------------------------------------------------------------

    def look_through(self, eyes: Perspective) -> None:
        """See what those eyes saw. The place stays, also where they can't tell it from an earlier one."""
        self.stand.eyes, self.stand.items = eyes, []
        self._anew()

    def on_framed_pane_clicked(self, event: FramedPane.Clicked) -> None:
        """A click on a seat looks through its eyes."""
        if seat := self.query_one(SeatsThen).seat_on(event.pane):
            self.look_through(seat)

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
        if self._playing.on:
            self._playing.stop()
        else:
            self._playing.start()
        self.repaint()

    def _tick(self) -> None:
        if self.stand.place == self.stand.course.places[-1]:
            self._playing.stop()
            self.repaint()
        else:
            self.action_step(1)

    def action_pace(self, by: int) -> None:
        self._say(self._playing.pace(by))

    # --- asking for words ------------------------------------------------------------------------------

    def _ask(self, what: str, then: Callable[[str], None], value: str = "") -> None:
        """Let somebody type a line; Esc leaves it."""
        self._playing.stop()
        self.query_one(Question).ask(what, then, value)
        self.repaint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Question).answered(event.value.strip())
        self.repaint()

    def action_jump(self) -> None:
        self._ask(say.JUMP_TO, self._jumped)

    def _jumped(self, said: str) -> None:
        self._searched = said
        self.go(self._sought(said))

    def action_search(self) -> None:
        self._ask(say.FIND_WORDS, self._found)

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
            self._ask(say.NAME_MARK, self._marked, say.mark_name(state.round, state.phase))

    def _marked(self, name: str) -> None:
        self._keep("bookmark", name=name, on=True)

    def action_note(self) -> None:
        self._ask(say.WRITE_NOTE, self._noted)

    def _noted(self, said: str) -> None:
        self._keep("note", text=said, private=False)

    def _keep(self, kind: str, **own: str | bool) -> None:
        try:
            keep(self.stand.story, kind, self._here.id, **own)
        except WargameError as error:
            self._say(str(error))
        else:
            self.stand.read_notes()
            self._say(say.kept(kind, taken=own.get("on") is False))

    # --- what if ---------------------------------------------------------------------------------------

    def action_what_if(self) -> None:
        name = f"{self.stand.story.name}-{self._here.id}"
        self._ask(say.NAME_SAVE, self._branched, name)

    def _branched(self, name: str) -> None:
        path = self._folder / f"{Path(name).name}{EXTENSION}"
        try:
            made = branch(self.stand.story, self._here.id, path)
        except WargameError as error:
            self._say(str(error))
        else:
            self._say(say.branched(made.name))

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
            self._ask(say.OTHER_SAVE, self._opened)

    def _close_comparison(self) -> None:
        self.stand.comparison = None
        self._anew()

    def _opened(self, name: str) -> None:
        given = Path(name if name.endswith(EXTENSION) else f"{name}{EXTENSION}")
        path = given if given.is_file() else self._folder / given.name
        if not path.is_file():
            self._say(say.no_save(path.name))
            return
        self._say(say.READING)
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
            self._anew()

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
        if stand.page != "turning" or stand.sealed or self._search.on:
            return
        if stand.turning is not None and not stand.turning[0].stopped:
            stand.who = "all"
        if stand.turning is None or stand.turning[0].stopped:
            self._look_for_turns()
        self.repaint()

    def _look_beside(self) -> None:
        """Take in what the end of the game, left a moment ago, has still written down."""
        stand = self.stand
        if stand.page == "turning" and not stand.sealed and not self._search.on and stand.look_beside():
            self.repaint()

    def _look_for_turns(self) -> None:
        if not self._search.on:
            stand = self.stand
            stand.studying = True
            self._search.begin(Study(stand.story, stand.playouts, stand.who, self.processes))
            self.repaint()

    def on_search_progressed(self, event: Search.Progressed) -> None:
        stand = self.stand
        stand.progress = event.step and (event.step, self._search.left(event.step))
        if self._search.is_over(event):
            stand.studying, stand.status = False, event.said
            if event.found is not None:
                stand.found_turning(event.study.story.tip, event.found)
                stand.status = say.found(len(event.found.turns))
        if self.screen is self.app.screen:
            self.repaint()

    # --- leaving ---------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave what is being typed, stop playing, close what is laid beside, or leave the replay."""
        if self.query_one(Question).asked:
            self.query_one(Question).close()
            self.repaint()
        elif self._playing.on:
            self._playing.stop()
            self.repaint()
        elif self.stand.page == "lines" and self.stand.comparison is not None:
            self._close_comparison()
        else:
            self.conclude()
