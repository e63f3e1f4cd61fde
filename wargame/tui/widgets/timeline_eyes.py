"""A line of a saved game as one pair of eyes saw it: which moves it noticed, and the lens of any position.

Eyes are a seat, None for the whole room, or `ALL` for everything. For a seat and for the room there are only
positions that differ for them, so that not even the number of another seat's hidden moves shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from textual.content import Content

from wargame.debrief.course import ALL, Happening, of_kind
from wargame.debrief.course import told as told_to
from wargame.debrief.eyes import seen_sealed
from wargame.debrief.ledger import Entry, entries, entries_by_place
from wargame.debrief.story import Moment, Story
from wargame.debrief.tell import happened, reason, told, words_for
from wargame.rules.events import (
    ChoiceAsked,
    Event,
    InfluenceSpent,
    LowestHelped,
    OfSeat,
    PhaseBegan,
    RoundBegan,
    TrackMoved,
)
from wargame.rules.scoring import final_scores
from wargame.rules.state import State
from wargame.rules.view import View, view
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.memory import Memory, Moved
from wargame.tui.widgets.paint import fit
from wargame.tui.widgets.tracks import track_rows

SILENT = (PhaseBegan, ChoiceAsked, InfluenceSpent, LowestHelped, RoundBegan)
"""Kinds that are not told: another line says it already."""


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
        return self.course.memory(self.place)

    def score(self, seat: str) -> int:
        """What the eyes can work out of a seat's score; the whole of it for those that see everything."""
        return final_scores(self.state)[seat].score if self.course.everything else super().score(seat)


class EyesCourse:
    """One line through one pair of eyes; what is costly is worked out once.

    `places` are the positions on the line (0 is the start) that these eyes can tell from the one before;
    `rows` and `boards` keep moves and tracks as they were painted once.
    """

    def __init__(self, story: Story, eyes: str | None) -> None:
        self.story, self.eyes, self.line = story, eyes, story.line
        self.everything = eyes == ALL
        self.viewer = None if self.everything else eyes
        self.rows: dict[tuple[int, bool, bool, int], Content] = {}
        self.boards: dict[object, list[Content]] = {}

    def view(self, moment: Moment) -> View:
        return whole(moment.state) if self.everything else seen_sealed(moment, self.viewer)

    def lens(self, place: int) -> PastLens:
        return PastLens(self, place)

    # --- what was noticed ------------------------------------------------------------------------------

    @cached_property
    def places(self) -> tuple[int, ...]:
        if self.everything:
            return tuple(range(len(self.line)))
        found, before = [0], self.view(self.line[0])
        for place, moment in enumerate(self.line[1:], 1):
            now = self.view(moment)
            if self._own(moment) or self.seen[place] or now != before:
                found.append(place)
            before = now
        return tuple(found)

    def nearest(self, place: int) -> int:
        """The last position at or before that one which these eyes can tell from others."""
        return self.places[max(bisect_right(self.places, place) - 1, 0)]

    def nth(self, place: int) -> int:
        """How many positions that these eyes can tell lie before it."""
        return bisect_right(self.places, place) - 1

    def _own(self, moment: Moment) -> bool:
        return self.everything or (bool(moment.seat) and moment.seat == self.viewer)

    @cached_property
    def seen(self) -> tuple[tuple[Happening[Event], ...], ...]:
        """By position, what these eyes saw happen."""
        seen: dict[int, list[Happening[Event]]] = {moment.id: [] for moment in self.line}
        for one in told_to(self.line, self.eyes, self.story.scenario.seat_ids, sealed=True):
            seen[one.move].append(one)
        return tuple(map(tuple, seen.values()))

    @cached_property
    def _all_seen(self) -> tuple[tuple[Happening[Event], ...], tuple[int, ...]]:
        """Everything seen, and how much of it by each position."""
        seen: list[Happening[Event]] = []
        counts = []
        for part in self.seen:
            seen += part
            counts.append(len(seen))
        return tuple(seen), tuple(counts)

    @cached_property
    def _all_changes(self) -> tuple[tuple[Moved, ...], tuple[int, ...]]:
        changes: list[Moved] = []
        counts = []
        for part in self.seen:
            changes += of_kind(part, TrackMoved)
            counts.append(len(changes))
        return tuple(changes), tuple(counts)

    def memory(self, place: int) -> Memory:
        seen, upto = self._all_seen
        changes, moved = self._all_changes
        return Memory(seen[: upto[place]], changes[: moved[place]])

    @cached_property
    def deals(self) -> tuple[tuple[Entry, ...], ...]:
        """The ledger of deals that these eyes knew of, by position; everything's eyes know it all."""
        if self.everything:
            return (entries(self.story),) * len(self.line)
        return entries_by_place(self.story, self.viewer or "")

    def board_lines(self, place: int, width: int, headings: bool) -> list[Content]:
        """The tracks at a position; from one move to the next they are mostly the same."""
        lens = self.lens(place)
        seen, moved = lens.view, self._all_changes[1][place]
        key = (width, headings, seen.round, moved, tuple(seen.tracks.items()), tuple(seen.bands.items()))
        if key not in self.boards:
            self.boards[key] = [fit(row.line, width) for row in track_rows(lens, width, headings)]
        return self.boards[key]

    def changes_of(self, track: str) -> Iterator[tuple[int, Moved]]:
        """Every change of a track that these eyes saw, with its position."""
        changes, upto = self._all_changes
        for nth, change in enumerate(changes):
            if change.event.track == track:
                yield bisect_right(upto, nth), change

    # --- in words --------------------------------------------------------------------------------------

    def title(self, place: int) -> str:
        """The move in one sentence, as far as these eyes know it."""
        moment = self.line[place]
        if not place or self._own(moment):
            return told(self.story, moment)
        said = self.happenings(place)
        return said[0] if said else self._next(moment)

    def _next(self, moment: Moment) -> str:
        """Who has to decide now, where a move itself stays hidden."""
        seat = moment.state.to_act
        return f"Next: {words_for(moment.state).seat(seat)}." if seat else "Others go on."

    def rationale(self, place: int) -> str:
        """Why, in the maker's own words, which are its secret."""
        moment = self.line[place]
        return reason(moment) if self._own(moment) else ""

    def happenings(self, place: int) -> tuple[str, ...]:
        """What came of the move, in sentences."""
        if place not in self._told:
            state = self.line[place].state
            lines = (
                happened(seen.event, state, self.viewer)
                for seen in self.seen[place]
                if not isinstance(seen.event, SILENT)
            )
            self._told[place] = tuple(dict.fromkeys(lines))
        return self._told[place]

    @cached_property
    def _told(self) -> dict[int, tuple[str, ...]]:
        return {}

    def text(self, place: int) -> str:
        """All that can be searched for at a position, in small letters."""
        return "\n".join((self.title(place), self.rationale(place), *self.happenings(place))).casefold()

    def mover(self, place: int) -> str:
        """The seat that made the move, where these eyes may know; "" otherwise."""
        moment = self.line[place]
        if self._own(moment):
            return moment.seat
        first = next((s.event for s in self.seen[place] if not isinstance(s.event, SILENT)), None)
        return moment.seat if isinstance(first, OfSeat) and first.seat == moment.seat else ""


def whole(state: State) -> View:
    """A position with nothing left out."""
    return replace(
        view(state, None),
        tracks=dict(state.tracks),
        bands={},
        goods=dict(state.goods),
        influence=dict(state.influence),
        hand_counts={seat: len(hand) for seat, hand in state.hands.items()},
        hands=dict(state.hands),
        decks=dict(state.decks),
        buried=dict(state.buried),
        orders=dict(state.orders),
        dials=dict(state.dials),
        offers=state.offers,
        deals=state.deals,
        flags=dict(state.flags),
        schedule=state.schedule,
        findings=state.findings,
        points=dict(state.points),
        agendas=dict(state.agendas),
        queue=state.queue,
        quiet={},
    )
