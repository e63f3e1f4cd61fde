"""What happened along a line, in which round and phase (one move may lead through several), and who was told.

A perspective is a seat, None for what everybody may know, or `ALL` for everything as it truly was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from wargame.rules.events import (
    CardPlayed,
    Change,
    DialWorked,
    DiceRolled,
    Event,
    FinalScored,
    NewsCame,
    common_knowledge,
    dated,
    is_twin,
    seen_by,
)
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario

ALL = "*"
"""The perspective that sees everything."""
LAID_OPEN = (FinalScored,)
"""Kinds that lay open at the end what nobody could see before."""

E = TypeVar("E", bound=Event)
E_co = TypeVar("E_co", bound=Event, covariant=True)


class Played(Protocol):
    """A move that was made, at a table or in a saved game, and what followed."""

    @property
    def id(self) -> int: ...
    @property
    def round(self) -> int: ...
    @property
    def phase(self) -> str: ...
    @property
    def move(self) -> Move | None: ...
    @property
    def events(self) -> Sequence[Event]: ...


class Happening(NamedTuple, Generic[E_co]):
    """An event with the round and phase in which it happened, and the move that led to it (0: the start)."""

    round: int
    phase: str
    move: int
    event: E_co


def course(line: Iterable[Played]) -> Iterator[Happening[Event]]:
    """Yield every event of a line in order. Where a moment is not exact nothing is known of what happened."""
    for played in line:
        yield from of(played)


def of(played: Played, known: Iterable[Event] | None = None) -> Iterator[Happening[Event]]:
    """Yield the events of one move, or those of them that are known (when a phase began always is)."""
    start = (played.round, played.phase) if played.move else (0, "briefing")
    for round_, phase, event in dated(played.events if known is None else known, *start):
        yield Happening(round_, phase, played.id, event)


def told(
    line: Iterable[Played], perspective: str | None, seats: Sequence[str], *, sealed: bool = False
) -> Iterator[Happening[Event]]:
    """Yield what was seen to happen along a line from a perspective, each thing once.

    `sealed` leaves out what only the end of the game laid open.
    """
    if perspective == ALL:
        yield from everything(line)
        return
    for played in line:
        if perspective is None:
            known = list(common_knowledge(played.events, seats))
        else:
            known = [event for event in played.events if seen_by(event, perspective)]
        for one in of(played, known):
            if not (sealed and isinstance(one.event, LAID_OPEN)):
                yield one


def of_kind(happenings: Iterable[Happening[Event]], kind: type[E]) -> Iterator[Happening[E]]:
    """Yield those of one kind."""
    for one in happenings:
        if isinstance(one.event, kind):
            yield Happening(one.round, one.phase, one.move, one.event)


def everything(line: Iterable[Played]) -> Iterator[Happening[Event]]:
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
