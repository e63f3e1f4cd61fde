"""Where somebody stands who looks back on a game: on which move, through whose eyes, on which page and row.

The screen moves it about and the panes paint from it. What is costly is worked out once for a line and eyes.
"""

from __future__ import annotations

from collections.abc import Sequence

from wargame.debrief.curves import Comparison
from wargame.debrief.decisions import decisions, usual
from wargame.debrief.perspective import EVERYTHING, ROOM, Perspective, may_look_at
from wargame.debrief.phrasing import words_for
from wargame.debrief.story import Story
from wargame.debrief.turning import Progress, Turning, known
from wargame.debrief.turning_points import Turnings, turnings
from wargame.debrief.white_cell_log import may_read
from wargame.rules.spec import Reported
from wargame.tui.kit.paint import CHANGE
from wargame.tui.replay.charts import INJECT, Curve, Group, curves, groups_of
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.notes import Shown, shown
from wargame.tui.replay.pages import Item
from wargame.tui.replay.press import MESSAGES, more_pages
from wargame.tui.replay.timeline import Course, Sign

PAGES = ("moves", "board", "charts", "turning", "deals", "lines", "notes", "history", "predictions")
ROWLESS = ("moves", "board", "history", "predictions", MESSAGES)
"""Pages on which ↑ and ↓ go through the moves."""
MARKED = "m"
"""On the timeline: a bookmark or a note."""


class Standpoint:
    """What is looked at, and from where. `at` is a place on the line, whether or not the eyes can tell it."""

    def __init__(self, story: Story, history: Sequence[Reported], playouts: int) -> None:
        self.story, self.history, self.playouts = story, history, playouts
        self.at, self.page = 0, PAGES[0]
        self.pages = (*PAGES, *more_pages(story))
        self.eyes: Perspective = ROOM
        self.status = story.notice or ""
        self.items: list[Item] = []
        self.rows: dict[str, int] = {}
        self.laid_over: set[str] = set()
        self.comparison: tuple[Comparison, tuple[str, str]] | None = None
        self.progress: tuple[Progress, float | None] | None = None
        """How far a study is, and the seconds that it will still take, once that can be told."""
        self.studying = False
        self.deals_painted: tuple[object, list[Item]] | None = None
        self._written: tuple[Shown, ...] = shown(story)
        self._courses: dict[tuple[int, Perspective], EyesCourse] = {}
        self._curves: dict[tuple[int, Perspective], tuple[tuple[Curve, ...], tuple[Group, ...]]] = {}
        self.who = usual(story)
        self._turning: dict[tuple[int, str], tuple[Turning, Turnings] | None] = {}
        self._timeline: tuple[object, Course] | None = None

    # --- the line and the eyes -------------------------------------------------------------------------

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
    def every_eyes(self) -> tuple[Perspective, ...]:
        """The room, each seat, everything."""
        return (ROOM, *self.story.scenario.seat_ids, EVERYTHING)

    @property
    def sealed(self) -> bool:
        """Whether the open page is not for these eyes."""
        return not may_look_at(self.page, self.eyes)

    def place_of(self, move: int) -> int | None:
        """The place of a move on the line; None if it is on another."""
        return next((place for place, moment in enumerate(self.story.line) if moment.id == move), None)

    def take_line(self, tip: int, at: int) -> None:
        """Look along another line, standing at that place of it."""
        self.story = self.story.along(tip)
        self.at, self.comparison = at, None
        self.read_notes()

    # --- the timeline ----------------------------------------------------------------------------------

    @property
    def timeline(self) -> Course:
        """What is on the timeline for these eyes: rounds, phases, injects, marks, turning points."""
        course, marks, points = self.course, self.marks, self._turns
        key = (self.story.tip, self.eyes, marks, points)
        if self._timeline is None or self._timeline[0] != key:
            words = words_for(self.story.end.state)
            signs = [Sign(nth, INJECT) for nth in course.injects]
            signs += [Sign(course.nth(place), MARKED) for place in marks]
            signs += [Sign(course.nth(place), number, f"bold reverse {CHANGE}") for place, number in points]
            rounds = tuple((f"{round_} {words.date(round_)}", start) for round_, start in course.rounds)
            self._timeline = key, Course(len(course.places), rounds, course.phases, tuple(signs))
        return self._timeline[1]

    @property
    def _turns(self) -> tuple[tuple[int, str], ...]:
        """The places of turning points with their numbers, once known; for everything's eyes alone."""
        found = self._turning.get((self.story.tip, self.who))
        if not found or self.eyes is not EVERYTHING:
            return ()
        places = ((self.place_of(turn.move), str(nth)) for nth, turn in enumerate(found[1].turns[:9], 1))
        return tuple((place, number) for place, number in places if place is not None)

    # --- the page and its rows -------------------------------------------------------------------------

    @property
    def row(self) -> int:
        """The number of the lit row."""
        return min(max(self.rows.get(self.page, 0), 0), max(len(self.items) - 1, 0))

    @row.setter
    def row(self, row: int) -> None:
        self.rows[self.page] = min(max(row, 0), max(len(self.items) - 1, 0))

    @property
    def lit(self) -> Item | None:
        """The lit row of a page that has rows."""
        return self.items[self.row] if self.items and self.page not in ROWLESS else None

    @property
    def lit_tip(self) -> int | None:
        """The last move of the lit line."""
        lit = self.lit
        return int(lit.key.removeprefix("line:")) if lit and lit.key.startswith("line:") else None

    # --- what is on the pages --------------------------------------------------------------------------

    @property
    def charts(self) -> tuple[tuple[Curve, ...], tuple[Group, ...]]:
        """Every score and track that these eyes saw; and the rows of the page: groups of them, and each."""
        key = (self.story.tip, self.eyes)
        if key not in self._curves:
            found = curves(self.course)
            self._curves[key] = found, groups_of(self.course, found)
        return self._curves[key]

    @property
    def group(self) -> Group:
        """The lit row of the page of charts."""
        _curves, groups = self.charts
        return groups[min(self.rows.get("charts", 0), len(groups) - 1)]

    @property
    def drawn(self) -> tuple[Curve, ...]:
        """The curves of the lit row, and those that are laid over it."""
        lit = {curve.key for curve in self.group.curves}
        return tuple(one for one in self.charts[0] if one.key in lit | self.laid_over)

    @property
    def turning(self) -> tuple[Turning, Turnings] | None:
        """The turning points of this line and how they are told, if enough playouts were made before."""
        key = self.story.tip, self.who
        if key not in self._turning:
            found = known(self.story, self.who, self.playouts)
            self._turning[key] = None if found is None else self._told(found)
        return self._turning[key]

    def look_beside(self) -> bool:
        """Return whether turning points have been found by now that were not there before."""
        known_of = self.turning is not None
        self._turning = {key: found for key, found in self._turning.items() if found is not None}
        return not known_of and self.turning is not None

    @property
    def decisions(self) -> int:
        """How many decisions a search looks at."""
        return len(decisions(self.story, self.who))

    def found_turning(self, tip: int, found: Turning) -> None:
        self._turning[tip, found.who] = self._told(found)

    def _told(self, found: Turning) -> tuple[Turning, Turnings]:
        return found, turnings(self.story, words_for(self.story.end.state), found)

    # --- notes -----------------------------------------------------------------------------------------

    def read_notes(self) -> None:
        """Take in what was written since."""
        self._written = shown(self.story)

    @property
    def notes(self) -> tuple[Shown, ...]:
        """The notes that these eyes may read."""
        return tuple(one for one in self._written if may_read(one.by, self.eyes, public=one.public))

    @property
    def bookmark(self) -> Shown | None:
        """The bookmark on the move where we stand."""
        here = self.course.line[self.place].id
        return next((one for one in self._written if one.about == here and one.kind == "bookmark"), None)

    @property
    def marks(self) -> tuple[int, ...]:
        """The places with a mark or a note."""
        course, on = self.course, {note.about for note in self._written}
        return tuple(sorted({course.nearest(p) for p, moment in enumerate(course.line) if moment.id in on}))
