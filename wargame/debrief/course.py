"""What happened in which round and phase, along a line: one move may lead through several of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wargame.debrief.story import Moment
from wargame.rules.events import (
    CardPlayed,
    Change,
    DialWorked,
    DiceRolled,
    Event,
    NewsCame,
    dated,
    is_twin,
)
from wargame.rules.scenario import Scenario


class Happening(NamedTuple):
    """An event with the round and phase in which it happened, and the move that led to it (0: the start)."""

    round: int
    phase: str
    move: int
    event: Event


def course(line: Iterable[Moment]) -> Iterator[Happening]:
    """Every event of a line in order. Where a moment is not exact nothing is known of what happened."""
    for moment in line:
        yield from of(moment)


def of(moment: Moment) -> Iterator[Happening]:
    """The events of one move."""
    start = (moment.round, moment.phase) if moment.move else (0, "briefing")
    for round_, phase, event in dated(moment.events, *start):
        yield Happening(round_, phase, moment.id, event)


def everything(line: Iterable[Moment]) -> Iterator[Happening]:
    """Yield every event of a line once, as it truly was: of two tellings the fuller one.

    Where nobody was told both a change and its cause, its cause is what was under way then.
    """
    running = ""
    for one in course(line):
        event = one.event
        if is_twin(event):
            continue
        running = _running(event, running)
        if isinstance(event, Change | DiceRolled) and not event.cause:
            event = event._replace(cause=running)
        yield one._replace(event=event)


def _running(event: Event, before: str) -> str:
    """Return what is under way after an event, by its own cause or as a card, news or dial that starts."""
    match event:
        case CardPlayed():
            return f"card/{event.card}"
        case NewsCame() | DialWorked():
            return event.cause
        case _:
            return (event.cause if isinstance(event, Change) else "") or before


def seats_behind(scenario: Scenario, cause: str) -> tuple[str, ...]:
    """Return the seats whose doing a cause is: of a card whose it is, of a lever who sets it, of a deal or
    joint stand its sides. Nobody's are news, triggers and what the white cell does.
    """
    kind, _, rest = cause.partition("/")
    name = rest.partition("/")[0]
    if kind == "over":
        return seats_behind(scenario, rest)
    if kind == "card":
        return tuple(
            seat
            for seat in scenario.seat_ids
            if name in scenario.decks[seat] or name == scenario.actions[seat].id
        )
    if kind == "dial" and name in scenario.dials:
        return (scenario.dials[name].seat,)
    if kind == "deal" and name in scenario.deals:
        return tuple(scenario.deals[name].between)
    if kind == "stand" and name in scenario.stands:
        return tuple(scenario.stands[name].seats)
    return (scenario.production[name].seat,) if kind == "production" and name in scenario.production else ()
