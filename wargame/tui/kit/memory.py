"""What one viewer has seen happen so far: the source of changes, causes, sparklines and the log.

Built from what the viewer was told (`None`: what the whole room saw), so a screen that asks only this cannot
show what is not the viewer's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from wargame.debrief.dated_events import Happening, of_kind
from wargame.rules.events import Event, TrackMoved

BEFORE_REVEAL = ("briefing", "news", "orders", "answers")
Moved = Happening[TrackMoved]
"""One move of a track."""


def is_recent(one: Happening[Event], round_: int, phase: str) -> bool:
    """Return whether something happened since orders were last carried out, seen from that phase of a round.

    Until this round's are revealed those are the orders of the round before; the news came before them.
    """
    first = round_ - (phase in BEFORE_REVEAL)
    return one.round > first or (one.round == first and one.phase != "news")


class Memory:
    """The events a viewer may know, in order, and what follows from them; `changes` are moves of tracks."""

    def __init__(self, seen: Iterable[Happening[Event]], changes: Iterable[Moved] | None = None) -> None:
        self.seen = tuple(seen)
        self.changes = tuple(of_kind(self.seen, TrackMoved) if changes is None else changes)

    @cached_property
    def _by_track(self) -> dict[str, list[Moved]]:
        found: dict[str, list[Moved]] = {}
        for change in self.changes:
            found.setdefault(change.event.track, []).append(change)
        return found

    def of_track(self, track: str) -> tuple[Moved, ...]:
        """Every move of a track, the newest last."""
        return tuple(self._by_track.get(track, ()))

    def last(self, track: str) -> Moved | None:
        """The newest move of a track."""
        return next(reversed(self.of_track(track)), None)

    def recent(self, track: str, round_: int, phase: str) -> int:
        """How far a track has moved since orders were last carried out: the change that every page shows."""
        since = (c for c in self.of_track(track) if is_recent(c, round_, phase))
        return sum(change.event.new - change.event.old for change in since)

    def by_round(self, track: str, now: int, rounds: int) -> list[int]:
        """The value at the end of each round up to the present one, from the value it has now."""
        values, value = [0] * (rounds + 1), now
        changes = list(self.of_track(track))
        for round_ in range(rounds, -1, -1):
            values[round_] = value
            while changes and changes[-1].round == round_:
                value = changes.pop().event.old
        return values
