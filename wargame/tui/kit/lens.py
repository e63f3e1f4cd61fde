"""What one viewer sees of a table now: its view, its memory, and the words for both.

Every pane paints from a lens and from nothing else, so a screen can only show what its viewer may know.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from wargame.debrief.dated_events import points_told, told
from wargame.debrief.perspective import ROOM, score_said, seen_score
from wargame.rules.events import CardRevealed, ChoiceMade, Event, QuietMoveMade
from wargame.rules.scoring import win_line
from wargame.rules.view import View
from wargame.table.seen import SeenTable
from wargame.table.timers import TIMER
from wargame.tui.kit.memory import Memory
from wargame.words import Words
from wargame.words.pages import kit as say


class Lens:
    """`viewer` is a seat, or `None` for the whole room. A lens is of one moment: after a move, a new one."""

    apart = preparing = False
    """Whether people have screens of their own, so that nobody knows how far others are, and whether this one
    shows a turn that has not come yet."""

    def __init__(self, table: SeenTable, viewer: str | None) -> None:
        self.viewer = viewer
        if (face := table.hosted) is not None:
            self.apart, self.preparing = True, face.drafting
        self.scenario = table.scenario
        self.view: View = table.view(viewer)
        self.words = Words(table.scenario, rounds=self.view.rounds)
        self._public: View = self.view if viewer is None else table.view(None)
        self._beats = tuple(table.beats)

    @cached_property
    def memory(self) -> Memory:
        return Memory(told(self._beats, self.viewer or ROOM, self.scenario.seat_ids))

    @cached_property
    def aloud(self) -> Mapping[str, int]:
        """The points that the viewer was told seats were given outright."""
        return points_told(self.memory.seen)

    @cached_property
    def _ran_out(self) -> frozenset[int]:
        """The choices that the clock made; of equal ones a person may have made the other."""
        late = (event for beat in self._beats if beat.by == TIMER for event in beat.events)
        return frozenset(id(event) for event in late if isinstance(event, ChoiceMade))

    @cached_property
    def _laid_open(self) -> Mapping[int, CardRevealed]:
        """The quiet moves with the cards that they were: all once the game is over, none before that."""
        if self.view.phase != "debrief":
            return {}
        pairs = (pair for beat in self._beats for pair in pairwise(beat.events))
        return {
            id(move): card
            for card, move in pairs
            if isinstance(card, CardRevealed) and isinstance(move, QuietMoveMade)
        }

    def said(self, event: Event) -> str:
        """Say what happened: of a choice that the clock made that nobody had answered, of a quiet move which
        card it was once the end has laid that open.
        """
        if isinstance(event, ChoiceMade) and id(event) in self._ran_out:
            return self.words.ran_out(event)
        if card := self._laid_open.get(id(event)):
            return self.words.quiet_move(card)
        return self.words.event(event, self.viewer)

    @property
    def line(self) -> float:
        """The score that wins."""
        return win_line(self.view)

    def score(self, seat: str) -> int:
        """What the viewer can work out of a seat's score."""
        return seen_score(self.view, seat, self.viewer or ROOM, self.aloud)

    def public_score(self, seat: str) -> int:
        """What everybody can work out of a seat's score."""
        happened = told(self._beats, ROOM, self.scenario.seat_ids)
        return seen_score(self._public, seat, ROOM, points_told(happened))

    def score_said(self, seat: str) -> str:
        """The same in words."""
        return score_said(self.view, seat, self.viewer or ROOM, self.aloud)

    def band(self, track: str, room: int) -> str:
        """The word for where a track stands; of one that is sealed to the viewer, who knows, in that room."""
        if track in self.view.tracks:
            return self.words.band(track, self.view.tracks[track])
        if track in self.view.bands:
            return self.words.band_at(track, self.view.bands[track])
        knowing = [self.scenario.seats[seat].short for seat in self.scenario.tracks[track].seen_by]
        return said if len(said := say.know(knowing)) <= room else " ".join(knowing)

    def scored_by(self, track: str) -> list[tuple[str, int]]:
        """The seats whose score a track moves, with the points a step."""
        found = []
        for seat, score in self.scenario.spec.scoring.seats.items():
            each = sum(term.each for term in score.terms if term.track == track)
            if each:
                found.append((seat, each))
        return found
