"""What happened in which round and phase, along a line: one move may lead through several of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wargame.debrief.story import Moment
from wargame.rules.events import Event


class Dated(NamedTuple):
    """An event with the round and phase in which it happened, and the move that led to it (0: the start)."""

    round: int
    phase: str
    move: int
    event: Event


def course(line: Iterable[Moment]) -> Iterator[Dated]:
    """Every event of a line in order. Where a moment is not exact nothing is known of what happened."""
    for moment in line:
        yield from of(moment)


def of(moment: Moment) -> Iterator[Dated]:
    """The events of one move."""
    round_, phase = (moment.round, moment.phase) if moment.move else (0, "briefing")
    for event in moment.events:
        if event.kind == "round":
            round_, phase = int(str(event.facts[0])), "news"
        elif event.kind == "phase":
            phase = str(event.facts[0])
        elif event.kind == "final":
            phase = "debrief"
        yield Dated(round_, phase, moment.id, event)
