"""A line of a saved game as one pair of eyes saw it, painted: the lens of any position, and its tracks."""

from __future__ import annotations

from functools import cached_property

from textual.content import Content

from wargame.debrief.dated_events import of_kind
from wargame.debrief.perspective import Perspective, score_said, seen_score
from wargame.debrief.perspective_line import PerspectiveLine
from wargame.debrief.phrasing import words_for
from wargame.debrief.story import Story
from wargame.rules.events import TrackMoved
from wargame.rules.state import State
from wargame.rules.view import View
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.memory import Memory, Moved
from wargame.tui.widgets.paint import fit
from wargame.tui.widgets.tracks import track_rows


class PastLens(Lens):
    """A position as those eyes saw it then; of the end, before secrets were laid open."""

    def __init__(self, course: EyesCourse, place: int) -> None:
        moment = course.line[place]
        self.course, self.place, self.state = course, place, moment.state
        self.viewer = course.viewer
        self.scenario = moment.state.scenario
        self.words = words_for(moment.state)
        self.view = course.view(moment)
        self._beats = ()

    @cached_property
    def memory(self) -> Memory:
        return Memory(self.course.seen_upto(self.place), self.course.changes_upto(self.place))

    def score(self, seat: str) -> int:
        """Return what the eyes can work out of a seat's score; the whole of it for those that see all."""
        return seen_score(self._position, seat, self.course.perspective)

    def score_said(self, seat: str) -> str:
        return score_said(self._position, seat, self.course.perspective)

    @property
    def _position(self) -> State | View:
        return self.state if self.course.everything else self.view


class EyesCourse(PerspectiveLine):
    """A line from one perspective; `rows` and `boards` keep moves and tracks as they were painted once."""

    def __init__(self, story: Story, perspective: Perspective) -> None:
        super().__init__(story, perspective)
        self.rows: dict[tuple[int, bool, bool, int], Content] = {}
        self.boards: dict[object, list[Content]] = {}

    def lens(self, place: int) -> PastLens:
        return PastLens(self, place)

    @cached_property
    def _all_changes(self) -> tuple[tuple[Moved, ...], tuple[int, ...]]:
        changes: list[Moved] = []
        counts = []
        for part in self.seen:
            changes += of_kind(part, TrackMoved)
            counts.append(len(changes))
        return tuple(changes), tuple(counts)

    def changes_upto(self, place: int) -> tuple[Moved, ...]:
        """Return every move of a track that was seen up to a position."""
        changes, upto = self._all_changes
        return changes[: upto[place]]

    def board_lines(self, place: int, width: int, headings: bool) -> list[Content]:
        """Return the tracks at a position; from one move to the next they are mostly the same."""
        lens = self.lens(place)
        seen, moved = lens.view, self._all_changes[1][place]
        key = (width, headings, seen.round, moved, tuple(seen.tracks.items()), tuple(seen.bands.items()))
        if key not in self.boards:
            self.boards[key] = [fit(row.line, width) for row in track_rows(lens, width, headings)]
        return self.boards[key]
