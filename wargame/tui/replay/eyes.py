"""A line of a saved game as one pair of eyes saw it, painted: the lens of any position, and its tracks."""

from __future__ import annotations

from functools import cached_property

from textual.content import Content

from wargame.debrief.dated_events import of_kind
from wargame.debrief.perspective import Perspective, score_said, seen_score
from wargame.debrief.perspective_line import PerspectiveLine
from wargame.debrief.phrasing import by_white_cell, words_for
from wargame.debrief.story import Story
from wargame.rules.events import TrackMoved, WhiteActed
from wargame.rules.state import State
from wargame.rules.view import View
from wargame.tui.kit.curve import Chart
from wargame.tui.kit.gauges import gauge_rows
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.memory import Memory, Moved
from wargame.tui.kit.news import log_line
from wargame.tui.kit.paint import HEAD, put, wrapped
from wargame.words.pages import replay as say

LOGGED = 8
"""Entries of the log below the tracks."""


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
        return seen_score(self._position, seat, self.course.perspective, self.course.aloud[self.place])

    def score_said(self, seat: str) -> str:
        return score_said(self._position, seat, self.course.perspective, self.course.aloud[self.place])

    @property
    def _position(self) -> State | View:
        return self.state if self.course.everything else self.view


class EyesCourse(PerspectiveLine):
    """A line from one perspective; `rows`, `boards` and `charts` keep what was painted once."""

    def __init__(self, story: Story, perspective: Perspective) -> None:
        super().__init__(story, perspective)
        self.rows: dict[tuple[int, bool, bool, int], Content] = {}
        self.boards: dict[object, list[Content]] = {}
        self.charts: dict[object, Chart] = {}

    def lens(self, place: int) -> PastLens:
        return PastLens(self, place)

    @cached_property
    def rounds(self) -> tuple[tuple[int, int], ...]:
        """Return each round with the number of the position at which it begins, counted from 0."""
        first: dict[int, int] = {}
        for nth, place in enumerate(self.places):
            first.setdefault(self.line[place].state.round, nth)
        return tuple(first.items())

    @cached_property
    def phases(self) -> tuple[tuple[str, int], ...]:
        """Return the phases in their order, each with the number of the position at which it begins."""
        found: list[tuple[str, int]] = []
        before: tuple[int, str] | None = None
        for nth, place in enumerate(self.places):
            state = self.line[place].state
            if (state.round, state.phase) != before:
                before = state.round, state.phase
                found.append((state.phase, nth))
        return tuple(found)

    @cached_property
    def injects(self) -> tuple[int, ...]:
        """Return the numbers of the positions at which the white cell was seen to act, or what came of it."""
        parts = ([one.event for one in self.seen[place]] for place in self.places)
        if self.everything:
            return tuple(
                nth for nth, part in enumerate(parts) if any(isinstance(e, WhiteActed) for e in part)
            )
        return tuple(nth for nth, part in enumerate(parts) if any(map(by_white_cell, part)))

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

    def board_lines(self, place: int, width: int, height: int) -> list[Content]:
        """Return the tracks at a position, their groups in borders or with names where there is room.

        From one move to the next they are mostly the same.
        """
        lens = self.lens(place)
        spec, seen, moved = lens.scenario.spec, lens.view, self._all_changes[1][place]
        key = (width, height, seen.round, moved, tuple(seen.tracks.items()), tuple(seen.bands.items()))
        if key not in self.boards:
            spare, groups = height - len(spec.tracks), len(spec.groups)
            rows = gauge_rows(lens, width, bordered=spare >= 2 * groups, named=spare >= groups)
            self.boards[key] = [row.line for row in rows]
        return self.boards[key]

    def log(self, place: int, width: int) -> list[Content]:
        """Return the newest entries of what was seen to happen, the newest first; each is wrapped once."""
        (every, upto), lens = self._all_seen, self.lens(place)
        lines, told = [put(say.LOG, HEAD)], 0
        for nth in reversed(range(upto[place])):
            key = (nth, width)
            if key not in self.boards:
                line = log_line(lens, every[nth])
                self.boards[key] = [] if line is None else wrapped(line, width, indent=4)
            lines += self.boards[key]
            told += bool(self.boards[key])
            if told == LOGGED:
                break
        return lines
