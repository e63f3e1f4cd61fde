"""What happened in which round and phase, along a line: one move may lead through several of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wargame.debrief.story import Moment
from wargame.rules.events import Event
from wargame.rules.scenario import Scenario


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


TWICE = frozenset({"rolled", "track", "good", "influence", "points", "flag"})
"""Kinds that are told to some with their cause (or odds) and to others without."""


def everything(line: Iterable[Moment]) -> Iterator[Dated]:
    """Yield every event of a line once, as it truly was: of two tellings the fuller one.

    Where nobody was told both a change and its cause, its cause is what was under way then.
    """
    running, kept = "", None
    for one in course(line):
        event = one.event
        if event.kind == "quiet" or (kept is not None and _told_again(kept, event)):
            continue
        running = _running(event, running)
        if event.kind in TWICE and not event.facts[-1]:
            event = event._replace(facts=(*event.facts[:-1], running))
        kept = event
        yield one._replace(event=event)


def _told_again(kept: Event, event: Event) -> bool:
    """Tell whether an event says to others what the last one said, with less in it."""
    same = event.kind in TWICE and event.kind == kept.kind and event.facts[0] == kept.facts[0]
    if not same or event.to is None or kept.to is None or set(event.to) & set(kept.to):
        return False
    if event.kind == "rolled":
        return not event.facts[2]
    # of influence, others may see another number, for what they see stands still while orders are given
    return event.kind == "influence" or event.facts[:-1] == kept.facts[:-1]


def _running(event: Event, before: str) -> str:
    """Return what is under way after an event, by its own cause or as a card, news or dial that starts."""
    if event.kind in TWICE and event.kind != "rolled":
        return str(event.facts[-1]) or before
    if event.kind == "card":
        return f"card/{event.facts[1]}"
    return str(event.facts[0]) if event.kind in ("news", "dial") else before


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
