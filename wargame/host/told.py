"""What a viewer was told along the line of a table, move by move, followed as it grows.

A move of which the viewer knows nothing is left out, so that not even their number tells anything. Who made
one nobody is told, but that the clock made a choice all had watched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.rules.events import ChoiceMade, Event, common_knowledge, is_twin
from wargame.rules.moves import End
from wargame.table.table_records import Beat
from wargame.table.timers import TIMER

SOMEBODYS = End("")
"""What stands for a move of another seat: only what followed from it is told."""


class Told:
    """What was told to a seat, or with None to the room."""

    def __init__(self, seat: str | None, seats: Sequence[str]) -> None:
        self.seat, self.seats = seat, tuple(seats)
        self._others = tuple(one for one in seats if one != seat)
        self._followed: list[Beat] = []
        self._told: list[Beat | None] = []
        self._seen: tuple[Beat, ...] = ()

    def follow(self, beats: Sequence[Beat]) -> tuple[Beat, ...]:
        """Return what of this line the viewer was told; what is still the same is not read again."""
        pairs = zip(self._followed, beats, strict=False)
        same = next((at for at, (one, other) in enumerate(pairs) if one is not other), None)
        same = min(len(self._followed), len(beats)) if same is None else same
        if same == len(beats) == len(self._followed):
            return self._seen
        del self._followed[same:], self._told[same:]
        for beat in beats[same:]:
            self._followed.append(beat)
            self._told.append(self._of(beat))
        self._seen = tuple(beat for beat in self._told if beat is not None)
        return self._seen

    def _of(self, beat: Beat) -> Beat | None:
        own = beat.move is not None and beat.move.seat == self.seat
        events = tuple(self._known(beat.events))
        if own:
            return beat._replace(events=events)
        if not events and beat.id:
            return None
        move = SOMEBODYS if beat.move is not None else None
        ran_out = beat.by == TIMER and any(isinstance(event, ChoiceMade) for event in events)
        return beat._replace(move=move, by=TIMER if ran_out else "", events=events, rationale="", who="")

    def _known(self, events: Sequence[Event]) -> Iterator[Event]:
        """Yield what the viewer may know, and what the whole room may, with audiences that say no more."""
        common = [id(event) for event in common_knowledge(events, self.seats)]
        for event in events:
            sees = event.to is None or self.seat in event.to
            if id(event) in common and is_twin(event):  # what others know better may have been left out
                yield event._replace(to=self.seats if sees or self.seat is None else self._others)
            elif sees or id(event) in common:
                yield event
