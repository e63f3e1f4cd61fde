"""The end of a game: who came out how and by what, what made each score, and all that was secret.

With room for it everything lies side by side; on less, the same panes are pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.debrief.story import Story
from wargame.debrief.turning import Turning, known
from wargame.errors import WargameError
from wargame.table.seen import SeenTable
from wargame.table.table import PERSON
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.home.afterwards import AfterwardsScreen
from wargame.tui.home.ending import Ending, signed_halves
from wargame.tui.kit import guide
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import BAD, DIM, GOOD, HEAD, columns, fit, join, put, seat_colour, stack, wrapped
from wargame.tui.kit.pane import Pane, Sheet, cut, entitle
from wargame.tui.kit.rows import Index, Row, Rows
from wargame.tui.kit.study import Study
from wargame.tui.kit.tabs import Pages
from wargame.tui.settings import settings_of
from wargame.words import halves
from wargame.words.pages import guide as advice
from wargame.words.pages import home as say

STORY = ("score", "moments", "unknown", "epilogue")
"""What is told of the lit seat, and how the story ends."""
RECORD = ("terms", "agendas", "deals", "secrets")
PAGES = (*STORY, *RECORD)
WHOLE = "story"
"""The page on which all of `STORY` stands side by side."""
BESIDE, HIGH, TALL = 96, 28, 36
"""Columns from which panes stand side by side; rows from which two rows of them have room, and three."""
TWO_LINES = 33
"""Rows from which a seat has two lines in the ranking."""
ONE_LINE = 76
"""Columns from which both have room in one."""
UNSCROLLED = 6
"""Seats of which the ranking shows all at once; more have a bar to scroll by."""
SCALE = 11
"""Columns of a seat's place on the scale, the line in the middle; a column is half a spread."""
READABLE = 62
"""The most columns that a text to be read runs over."""
PLAYOUTS, PATIENCE = 80, 2.0
"""Playouts a decision, and seconds after which they begin: not for those who only pass by."""


Told = tuple[str, Callable[[int, int], list[Content]]]
"""A page: its title, and its lines for a width and a height."""


class FinalScreen(AfterwardsScreen[str]):
    """Dismissed with None when everybody has seen enough, with "replay" to look back on the game."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back", "why", "log", "next-pane", "turn-back", "turn-on", "look-back", "report", "new", "hints",
        *LIGHT,
    )  # fmt: skip

    def __init__(self, table: SeenTable) -> None:
        super().__init__()
        self.table = table
        self.ending = Ending(table)
        self.lines = table.game.lines
        self.seats = sorted(self.lines, key=lambda seat: self.lines[seat].rank)
        self.names: tuple[str, ...] = (WHOLE, *RECORD)
        self._first = True
        self._study: Study | None = None
        self._progress = ""
        self._cut: set[str] = set()
        """What has no room beside the rest of the story, and so a page of its own as well."""

    def compose(self) -> ComposeResult:
        yield Static(id="top", markup=False)
        with Horizontal(id="upper"):
            with Vertical(id="who", classes="framed"):
                yield Index(id="seats")
            yield Pane(id="score")
        yield Pages([say.PAGES[name] for name in self.names], id="pages")
        with Vertical(id="story"):
            with Horizontal():
                yield Pane(id="moments")
                yield Pane(id="unknown")
            yield Pane(id="epilogue")
        with Sheet(id="text", classes="framed", can_focus=False):
            yield Static(id="page", markup=False)
        yield Static(id="hint", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self._repaint()
        if self.table.over and self.table.kept is not None and self.table.people():
            self.after(PATIENCE, lambda: self.run_worker(self._look, thread=True, name="hindsight"))

    def on_unmount(self) -> None:
        if self._study is not None:
            self._study.stop()

    def on_resize(self) -> None:
        self._repaint()

    # --- what strong play would have done --------------------------------------------------------------

    def _look(self) -> None:
        """In a thread, in the background: play out what people decided."""
        assert self.table.kept is not None
        try:
            story = Story.open(self.table.kept)
            found = known(story, PERSON, PLAYOUTS)
            if found is None or found.stopped:
                self._study = Study(story, PLAYOUTS, PERSON)
                found, _why_not = self._study.run(
                    lambda step: self.tell(partial(self._came_to, say.working_out(step.done, step.total)))
                )
        except WargameError:  # nothing that anybody asked for
            return
        if found is not None:
            self.tell(partial(self._came_to, "", (story, found)))

    def _came_to(self, progress: str, found: tuple[Story, Turning] | None = None) -> None:
        if progress != self._progress or found:
            self._progress, self.ending.studied = progress, found or self.ending.studied
            self._tell()

    # --- what there is room for ------------------------------------------------------------------------

    @property
    def roomy(self) -> bool:
        """Whether the story of a seat has room side by side."""
        return self.size.width >= BESIDE and self.size.height >= HIGH

    @property
    def tall(self) -> bool:
        """Whether the end of the story has room below it."""
        return self.roomy and self.size.height >= TALL

    @property
    def own(self) -> str:
        """The seat whose end it is: that of this screen, or where only one person played; else ""."""
        people, face = self.table.people(), self.table.hosted
        if face is not None:
            return face.seat or ""
        return people[0] if len(people) == 1 else ""

    @property
    def lit(self) -> str:
        return self.query_one(Rows).lit or self.seats[0]

    @property
    def open_name(self) -> str:
        """The page that is open, by its id."""
        return self.names[self.query_one(Pages).open]

    def open_page(self, name: str) -> None:
        """Open the page of that name; where it stands beside others, the page with all of them."""
        pages = self.query_one(Pages)
        pages.turn_to(self.names.index(name if name in self.names else WHOLE))

    def fitting(self) -> Mapping[str, bool]:
        return {"-two-lines": self.size.height >= TWO_LINES, "-crowded": len(self.seats) > UNSCROLLED}

    def _lay_out(self) -> None:
        """Which panes are there, and which pages that leaves."""
        pages, beside = self.query_one(Pages), self.size.width >= BESIDE
        apart = [name for name in STORY[1:] if name in self._cut or (name == "epilogue" and not self.tall)]
        names = (WHOLE, *apart, *RECORD) if self.roomy else PAGES[beside:]
        if self.names != names:
            opened = self.open_name
            fallback = WHOLE if self.roomy else "moments"
            self.names, pages.names = names, tuple(say.PAGES[name] for name in names)
            pages.open = names.index(opened if opened in names else fallback)
            pages.refresh()
        self.fit()
        told = self.roomy and self.open_name == WHOLE
        self.query_one("#story").display = told
        self.query_one("#text").display = not told
        self.query_one("#score").display = beside
        self.query_one("#epilogue").display = self.tall

    # --- painting --------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        if self.gone or not self.is_attached or not self.size.width:
            return
        self._lay_out()
        self._hint()
        self.query_one("#top", Static).update(stack(self._top()))
        rows = self.query_one(Rows)
        rows.show([row for seat in self.seats for row in self._rows(seat)])
        if self._first and rows.option_count:
            self._first = False
            own = (self.own,) if self.own else self.table.people()
            rows.light(next((seat for seat in self.seats if seat in own), self.seats[0]))
        entitle(self.query_one("#who"), say.WHO_CAME_OUT, say.below_above(halves(self.ending.line)))
        self.call_after_refresh(self._tell)

    def _hint(self) -> None:
        """The scenario's own hint on what can be read here, if it has one."""
        line, wanted = self.query_one("#hint", Static), guide.hints_on(self.app, self.table)
        said = guide.declared(self.table, Lens(self.table, None), "end", "") if wanted else ""
        line.display = bool(said)
        if said:
            keys = settings_of(self.app).keys
            line.update(stack(guide.lines(said, self.size.width - 1, keys, advice.HINT)))

    def _top(self) -> list[Content]:
        width, ending = self.size.width, self.ending
        title = put(f" {ending.words.said(ending.scenario.spec.title).upper()}", HEAD)
        left = join((title, f"   {say.the_end(ending.when(), ending.early())}"))
        right = put(f"{ending.length()} ", DIM)
        room = width - right.cell_length
        first = join((fit(left, room), right)) if left.cell_length < room else fit(left, width)
        headline = put(f" {ending.headline().upper()}", "bold $warning")
        ranked = put(f"   {ending.words.ranked(ending.state.outcome)}", DIM)
        if headline.cell_length + ranked.cell_length > width:
            ranked = put(f"   {ending.came_out(self.seats[0])}" if ending.lost else "", DIM)
        second = join((headline, ranked))
        lines = [first.stylize_before("on $surface"), fit(second, width)]
        return [lines[0], Content(""), lines[1]] if self.tall else lines

    def _rows(self, seat: str) -> list[Row]:
        """A seat in the ranking: its score against the line, its place on the scale, and what came of it."""
        line, colour = self.lines[seat], seat_colour(self.table.scenario, seat)
        over = line.score - self.ending.line
        spec = self.table.scenario.seats[seat]
        name = put(f"{spec.symbol} {self.ending.words.seat(seat)}", f"bold {colour}")
        far = put(signed_halves(over), GOOD if over >= 0 else BAD)
        cells = columns(
            (str(line.rank), 2),
            (name, 16),
            (put(str(line.score).replace("-", "−"), "bold"), -4),
            (far, -5),
            ("", 2),
            (_axis(line.margin, GOOD if line.won else BAD if line.ruined else "bold"), SCALE),
        )
        if self.ending.lost:  # it is said above, once for all
            return [Row(seat, cells, line.rank)]
        said = put(f"    {self.ending.came_out(seat)}", DIM)
        if self.size.height < TWO_LINES and ONE_LINE <= self.size.width < BESIDE:
            cells = join((cells, said[2:]))
        rows = [Row(seat, cells, line.rank)]
        if self.size.height >= TWO_LINES:
            room = self.query_one(Rows).size.width - 1
            rows += [Row("", part) for part in wrapped(said, room, indent=4)] if room > 0 else [Row("", said)]
        return rows

    def _tell(self) -> None:
        """Tell of the lit seat in the panes that are there."""
        if self.gone or not self.is_attached:
            return
        seat = self.lit
        told = self._told(seat)
        if self.size.width >= BESIDE:
            self._fill("score", told)
        open_ = self.open_name
        if open_ == WHOLE:
            cut_ = {name for name in STORY[1 : 4 if self.tall else 3] if self._fill(name, told)}
            if cut_ != self._cut:
                self._cut = cut_
                self._lay_out()
        else:
            text = self.query_one("#text")
            title, lines = told[open_]
            entitle(text, title)
            if room := text.scrollable_content_region:  # else it says when it has some
                self.query_one("#page", Static).update(stack(lines(room.width, room.height)))
        self.query_one(Foot).show(self._hints(), put(f"{say.THE_END}.  ", "bold"))

    def _told(self, seat: str) -> dict[str, Told]:
        """Every page by name."""
        ending, mine = self.ending, seat == self.own
        name = ending.words.party(seat).upper()
        return {
            "score": (say.score_of(name, mine), lambda w, h: ending.score(seat, w, h)),
            "moments": (say.MOMENTS, lambda w, h: ending.moments(seat, w)),
            "unknown": (say.not_known_by(name, mine), lambda w, h: ending.unknown(seat, w)),
            "epilogue": (ending.epilogue_title().upper(), lambda w, h: ending.epilogue(w, h, seat)),
            "terms": (say.came_to(name), lambda w, h: ending.terms(seat, min(w, READABLE))),
            "agendas": (say.AGENDAS, lambda w, h: ending.agendas(min(w, READABLE))),
            "deals": (say.DEALS, lambda w, h: ending.deals(min(w, 2 * READABLE))),
            "secrets": (say.SECRETS, lambda w, h: ending.secrets(min(w, 2 * READABLE))),
        }

    def _fill(self, name: str, told: dict[str, Told]) -> bool:
        """Tell a page in its pane; whether it is cut there."""
        pane, (title, lines) = self.query_one(f"#{name}", Pane), told[name]
        under = {
            "moments": self._progress or f"↑↓ {say.ANOTHER_SEAT}",
            "score": say.the_line(halves(self.ending.line)),
            "epilogue": say.READ_ALOUD,
        }
        pane.entitle(title, under.get(name, ""))
        width, height = pane.room
        page = lines(width, height)
        pane.tell(cut(page, width, height, say.REST_WITH_TAB))
        return len(page) > height

    def _hints(self) -> list[Hint]:
        return [
            *(usual("look-back", "report") if self.table.hosted is None else ()),
            Hint("Tab", say.RECORD if self.roomy else say.NEXT_PAGE, "next_pane"),
            Hint("↑↓", say.SEAT),
            Hint("Esc", say.HOME if self.table.hosted is None else say.OUT_OF_THE_ROOM, "back"),
            *(usual("facilitate", "new") if self.table.hosted is None else ()),
            Hint("w", say.ITS_TERMS, "why"),
            *usual("log"),
            Hint("PgDn", say.SCROLL),
            *usual("help"),
        ]

    # --- keys ------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the game's file to whoever hosts it."""
        return self.table.hosted is None or action not in ("look_back", "report", "new")

    def on_rows_lit(self) -> None:
        self._tell()

    def do_lit(self) -> None:
        self.action_next_pane()

    def on_pane_sized(self) -> None:
        self._tell()

    def on_pages_turned(self) -> None:
        self.query_one("#text", Sheet).scroll_home(animate=False)
        self._lay_out()
        self.call_after_refresh(self._tell)

    def action_hints(self) -> None:
        guide.switch(self.app, self.table)
        self._repaint()

    def action_next_pane(self) -> None:
        self.query_one(Pages).turn(1)

    def action_turn(self, by: int) -> None:
        self.query_one(Pages).turn(by)

    def action_why(self) -> None:
        self.open_page("terms")

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)

    def action_log(self) -> None:
        from wargame.tui.board.log import LogScreen

        self.put_up(self.guard.shelved(LogScreen, self.table, None))

    def action_new(self) -> None:
        self.ask("new_game")

    def finished_save(self) -> Path | None:
        if self.table.kept is None:
            self.app.notify(say.NO_FILE, severity="warning", markup=False)
        return self.table.kept

    def look_back(self, save: Path) -> None:
        self.ask("look_back")

    def action_back(self) -> None:
        """Leave the table, which takes a moment, and say so first."""
        self.query_one(Foot).say(say.LEAVING if self.table.hosted is None else say.LEAVING_THE_ROOM)
        self.call_after_refresh(self.conclude)


def _axis(margin: float, style: str) -> Content:
    """The scale with the line in its middle, and a mark where the seat ended; it points beyond an end."""
    middle = SCALE // 2
    at = round(margin * 2) + middle
    mark = "◂" if at < 0 else "▸" if at >= SCALE else "■"
    at = min(max(at, 0), SCALE - 1)
    return join(
        put(mark, style) if cell == at else put("┃", "bold") if cell == middle else put("─", DIM)
        for cell in range(SCALE)
    )
