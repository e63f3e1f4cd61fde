"""What one viewer has seen happen so far: the source of changes, causes, sparklines and the log.

Built from the table's beats through the viewer's eyes (`None`: what the whole room saw), so a screen that
asks only this cannot show what is not the viewer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wargame.rules.events import Event
from wargame.rules.scenario import Scenario
from wargame.table.table import Beat


class Seen(NamedTuple):
    """One event with the round and phase it fell in."""

    round: int
    phase: str
    event: Event


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

    def kind(self, *kinds: str) -> tuple[Seen, ...]:
        """The events of these kinds."""
        return tuple(seen for seen in self.seen if seen.event.kind in kinds)


def _seen(scenario: Scenario, beats: Iterable[Beat], viewer: str | None) -> Iterable[Seen]:
    round_, phase = 0, "briefing"
    for beat in beats:
        known = common(scenario, beat.events) if viewer is None else beat.events
        for event in known:
            if event.kind == "round":
                round_, phase = int(str(event.facts[0])), "news"
            elif event.kind == "phase":
                phase = str(event.facts[0])
            if viewer is None or event.seen_by(viewer):
                yield Seen(round_, phase, event)


def common(scenario: Scenario, events: Sequence[Event]) -> list[Event]:
    """What everybody knows of these events, so that the whole room may look.

    Where some know more than the others (the cause of a change, the terms of a roll) there are two events
    in a row for two audiences. Together they are the room, and the second, poorer one is common knowledge.
    """
    room, found = set(scenario.seat_ids), list[Event]()
    for at, event in enumerate(events):
        before = events[at - 1] if at else None
        if event.to is None or room <= _knowing(scenario, event, before):
            found.append(event)
    return found


def _knowing(scenario: Scenario, event: Event, before: Event | None) -> set[str]:
    """The seats that know at least this event."""
    knowing = set(event.to or ())
    if event.kind == "band":
        knowing |= set(scenario.tracks[str(event.facts[0])].seen_by)
    elif before is not None and before.to is not None and _same(before, event):
        knowing |= set(before.to)
    return knowing


def _same(one: Event, other: Event) -> bool:
    """Whether two events tell the same thing, the second with less in it."""
    if one.kind != other.kind or not one.facts or one.facts[0] != other.facts[0]:
        return False
    return other.facts[1] == 0 if other.kind == "rolled" else one.facts[:-1] == other.facts[:-1]


def _changes(seen: Iterable[Seen]) -> Iterable[Change]:
    for round_, phase, event in seen:
        if event.kind == "track":
            track, old, new, cause = event.facts
            yield Change(round_, phase, str(track), int(str(old)), int(str(new)), str(cause))
