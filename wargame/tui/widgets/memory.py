"""What one viewer has seen happen so far: the source of changes, causes, sparklines and the log.

Built from the table's beats through the viewer's eyes (`None`: what the whole room saw), so a screen that
asks only this cannot show what is not the viewer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wargame.rules.events import Dated, Event, TrackMoved, common_knowledge, dated, seen_by
from wargame.rules.scenario import Scenario
from wargame.table.table import Beat


class Change(NamedTuple):
    """One move of a track. `cause` is "" where the viewer does not know it."""

    round: int
    phase: str
    track: str
    old: int
    new: int
    cause: str


class Memory:
    """The events a viewer may know, in order, and what follows from them."""

    def __init__(self, scenario: Scenario, beats: Iterable[Beat], viewer: str | None) -> None:
        self.viewer = viewer
        self.seen = tuple(_seen(scenario, beats, viewer))
        self.changes = tuple(_changes(self.seen))

    def of_track(self, track: str) -> tuple[Change, ...]:
        """Every move of a track, the newest last."""
        return tuple(change for change in self.changes if change.track == track)

    def last(self, track: str) -> Change | None:
        """The newest move of a track."""
        return next(reversed(self.of_track(track)), None)

    def recent(self, track: str, round_: int) -> int:
        """How far a track moved in this round and the one before."""
        return sum(c.new - c.old for c in self.of_track(track) if c.round >= round_ - 1)

    def by_round(self, track: str, now: int, rounds: int) -> list[int]:
        """The value at the end of each round up to the present one, from the value it has now."""
        values, value = [0] * (rounds + 1), now
        changes = list(self.of_track(track))
        for round_ in range(rounds, -1, -1):
            values[round_] = value
            while changes and changes[-1].round == round_:
                value = changes.pop().old
        return values

    def moved_in(self, round_: int) -> dict[str, tuple[Change, ...]]:
        """The tracks that moved in a round, with each move."""
        moved: dict[str, tuple[Change, ...]] = {}
        for change in self.changes:
            if change.round == round_:
                moved[change.track] = (*moved.get(change.track, ()), change)
        return moved


def _seen(scenario: Scenario, beats: Iterable[Beat], viewer: str | None) -> Iterator[Dated]:
    events: Iterable[Event] = (event for beat in beats for event in beat.events)
    if viewer is None:
        return dated(common_knowledge(events, scenario.seat_ids), 0, "briefing")
    return (seen for seen in dated(events, 0, "briefing") if seen_by(seen.event, viewer))


def _changes(seen: Iterable[Dated]) -> Iterable[Change]:
    for round_, phase, event in seen:
        if isinstance(event, TrackMoved):
            yield Change(round_, phase, event.track, event.old, event.new, event.cause)
