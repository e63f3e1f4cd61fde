"""What happened along a line: every event with its round and phase, as a perspective was told it, each once.

One move may lead through several phases. From the events come headlines, the dice, and the steps in which a
room follows a turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, NamedTuple, Protocol, TypeVar

from wargame.debrief.perspective import EVERYTHING, Perspective, seat_of
from wargame.rules.events import (
    Accused,
    AgendaDealt,
    ArgumentProposed,
    ArgumentRuled,
    CardPlayed,
    CardReturned,
    CardRevealed,
    Change,
    ChoiceAsked,
    ChoiceMade,
    CommuniqueIssued,
    CrisisAnswered,
    CrisisEnded,
    DealAnnounced,
    DealBroken,
    DealProved,
    DialWorked,
    DiceRolled,
    Die,
    Event,
    FinalScored,
    GameEnded,
    InfluenceSpent,
    NewsCame,
    OutcomeCame,
    PhaseBegan,
    PointsGiven,
    QuietMoveMade,
    RoundBegan,
    RungGambled,
    SignalBroken,
    SignalKept,
    StandTaken,
    common_knowledge,
    dated,
    is_twin,
    seen_by,
)
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario
from wargame.words import Words

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


def dated_events(line: Iterable[Played]) -> Iterator[Happening[Event]]:
    """Yield every event of a line in order. Where a moment is not exact nothing is known of what happened."""
    for played in line:
        yield from of_move(played)


def of_move(played: Played, known: Iterable[Event] | None = None) -> Iterator[Happening[Event]]:
    """Yield the events of one move, or those of them that are known (when a phase began always is)."""
    start = (played.round, played.phase) if played.move else (0, "briefing")
    for round_, phase, event in dated(played.events if known is None else known, *start):
        yield Happening(round_, phase, played.id, event)


def told(
    line: Iterable[Played], perspective: Perspective, seats: Sequence[str], *, sealed: bool = False
) -> Iterator[Happening[Event]]:
    """Yield what was seen to happen along a line from a perspective, each thing once.

    `sealed` leaves out what only the end of the game laid open. Of everything it is what truly was: of two
    tellings the fuller one, and where nobody was told both a change and its cause, what was under way then.
    """
    if perspective is EVERYTHING:
        yield from _everything(line)
        return
    seat = seat_of(perspective)
    for played in line:
        if seat is None:
            known = list(common_knowledge(played.events, seats))
        else:
            known = [event for event in played.events if seen_by(event, seat)]
        for one in of_move(played, known):
            if not (sealed and isinstance(one.event, LAID_OPEN)):
                yield one


def of_kind(happenings: Iterable[Happening[Event]], kind: type[E]) -> Iterator[Happening[E]]:
    """Yield those of one kind."""
    for one in happenings:
        if isinstance(one.event, kind):
            yield Happening(one.round, one.phase, one.move, one.event)


def _everything(line: Iterable[Played]) -> Iterator[Happening[Event]]:
    running = ""
    for one in dated_events(line):
        event = one.event
        if is_twin(event):
            continue
        match event:
            case CardPlayed():
                running = f"card/{event.card}"
            case NewsCame() | DialWorked():
                running = event.cause
            case _ if isinstance(event, Change):
                running = event.cause or running
        if isinstance(event, Change | DiceRolled) and not event.cause:
            event = event._replace(cause=running)
        yield one._replace(event=event)


def points_told(
    happened: Iterable[Happening[Event]], before: Mapping[str, int] = MappingProxyType({})
) -> Mapping[str, int]:
    """Return the points that seats were told to have been given outright, with those of `before`."""
    found = dict(before)
    for one in of_kind(happened, PointsGiven):
        found[one.event.seat] = found.get(one.event.seat, 0) + one.event.by
    return found


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
    if kind == "accusation":
        return (name,)
    if kind == "dial" and name in scenario.dials:
        return (scenario.dials[name].seat,)
    if kind == "deal" and name in scenario.deals:
        return tuple(scenario.deals[name].between)
    if kind == "stand" and name in scenario.stands:
        return tuple(scenario.stands[name].seats)
    return (scenario.production[name].seat,) if kind == "production" and name in scenario.production else ()


def headlines(happened: Iterable[Happening[Event]], words: Words) -> dict[int, tuple[str, ...]]:
    """Return by round what made headlines in it, each once, in the order in which it happened."""
    found: dict[int, dict[str, None]] = {}
    for one in happened:
        if line := words.headline(one.event):
            found.setdefault(one.round, {})[line] = None
    return {round_: tuple(lines) for round_, lines in found.items()}


# --- dice -------------------------------------------------------------------------------------------------


class Roll(NamedTuple):
    """One die of a hundred: `works` if it shows the chance or less.

    `terms` are the parts of the chance in per cent, the limit among them where it cuts; they add up to it.
    Where a viewer may not know all of them, `chance` and `die` are None and only what it may know is there.
    """

    what: str
    chance: int | None
    die: int | None
    works: bool
    terms: tuple[tuple[str, int], ...]


def rolls(events: Iterable[Event], words: Words, perspective: Perspective = EVERYTHING) -> Iterator[Roll]:
    """Yield the dice among these events as they were heard; of everything all of them, whole."""
    for event in events:
        whole = perspective is EVERYTHING
        if not isinstance(event, Die) or (
            is_twin(event) if whole else not seen_by(event, seat_of(perspective))
        ):
            continue
        parts: Sequence[tuple[str, int | str]]
        match event:
            case DiceRolled():
                what = words.rolled_for(event.path, event.cause)
                parts = words.roll_terms(event.path, event.terms)
            case RungGambled():
                what, parts = words.held_for(event.deal), words.hold_terms(event.terms)
            case _:
                what, parts = words.watched_for(event.deal), words.watch_terms(event.terms)
        known = tuple((label, value) for label, value in parts if isinstance(value, int))
        yield Roll(what, event.chance, event.die, event.works, known)


# --- steps that a room can follow ------------------------------------------------------------------------

CAUSED = Change | DiceRolled | ArgumentProposed | ArgumentRuled
"""Kinds that belong to the step of their cause."""
HEADS = (
    NewsCame,
    ArgumentProposed,
    Accused,
    CardPlayed,
    CardReturned,
    StandTaken,
    CrisisAnswered,
    DealProved,
    DealBroken,
    OutcomeCame,
    GameEnded,
    ChoiceAsked,
    DealAnnounced,
    CommuniqueIssued,
)
"""Kinds that open a step."""
SILENT = (RoundBegan, PhaseBegan, AgendaDealt, FinalScored)
WHOLE = frozenset({"orders"})
"""Phases that are one step from beginning to end, but for what the white cell does in them."""
INJECTED = (NewsCame, ArgumentProposed)
TOGETHER = (InfluenceSpent, CardRevealed, QuietMoveMade, SignalKept, SignalBroken)
"""Kinds that are turned over at once."""


@dataclass
class Step:
    """Events that belong together. `cause` names the card, news or trigger; `phase` the chapter."""

    round: int
    phase: str
    cause: str
    events: list[Event] = field(default_factory=list)

    @property
    def head(self) -> Event | None:
        """Return the event that opened it, if it is one that says what this is about."""
        return self.events[0] if self.events and isinstance(self.events[0], HEADS) else None

    @property
    def changes(self) -> bool:
        """Tell whether it moved anything or told something new, so that a room should stop at it."""
        return any(not isinstance(event, DiceRolled) for event in self.events)

    @property
    def rolls(self) -> list[DiceRolled]:
        return [event for event in self.events if isinstance(event, DiceRolled)]

    @property
    def works(self) -> bool | None:
        """Tell whether its dice were kind: the last roll's outcome; `None` without dice."""
        return self.rolls[-1].works if self.rolls else None


def steps_of(happened: Iterable[Happening[Event]]) -> list[Step]:
    """Cut what the room was told into its steps."""
    steps: list[Step] = []
    chapter = ""
    for round_, phase, _move, event in happened:
        if not isinstance(event, FinalScored | GameEnded):  # the end is told where it came
            chapter = phase
        if not isinstance(event, SILENT):
            _place(steps, event, round_, chapter)
    return steps


def _place(steps: list[Step], event: Event, round_: int, phase: str) -> None:
    """Into the step it belongs to, or one of its own.

    Deals are announced together before any of them has effects; a deal is told where its effects come.
    """
    cause = cause_of(event)
    last = steps[-1] if steps else None
    same_chapter = last is not None and (last.round, last.phase) == (round_, phase)
    if (
        last is not None
        and same_chapter
        and ((phase in WHOLE and not isinstance(event, INJECTED)) or _belongs(last, event, cause))
    ):
        last.events.append(event)
        return
    if phase == "reveal" and isinstance(event, CAUSED):
        for at, step in enumerate(steps):
            if (step.round, step.phase, step.cause) == (round_, phase, cause):
                step.events.append(event)
                if not isinstance(step.head, Accused):  # which is told before the cards
                    steps.append(steps.pop(at))
                return
    steps.append(Step(round_, phase, cause, [event]))


def _belongs(last: Step, event: Event, cause: str) -> bool:
    """Tell whether an event goes on with the step before it."""
    if isinstance(event, TOGETHER) and isinstance(last.head, Accused | DealProved):
        return False
    if isinstance(event, ChoiceAsked) and isinstance(last.head, INJECTED) and not last.cause.endswith(cause):
        return False  # what came in between is no part of the question that is still open
    if isinstance(event, (ChoiceAsked, ChoiceMade, CrisisEnded, *TOGETHER)):
        return True
    if isinstance(event, HEADS):
        return False
    return cause == last.cause if isinstance(event, CAUSED) else last.phase == "upkeep" and not last.cause


def cause_of(event: Event) -> str:
    """Return the cause of what an event is about, in the form of `Step.cause`; "" where none is known."""
    match event:
        case CardPlayed() | CardReturned():
            return f"card/{event.card}"
        case ChoiceAsked() | ChoiceMade():
            return "/".join(event.path.split("/")[:2]).partition(":")[0]
        case StandTaken():
            return f"stand/{event.stand}"
        case Accused():
            return f"accusation/{event.seat}"
        case CrisisAnswered() | CrisisEnded():
            return f"news/{event.crisis}"
        case DealBroken() | DealProved() | DealAnnounced():  # what follows has the deal as its cause
            return f"deal/{event.deal}"
        case _:
            return event.cause if isinstance(event, CAUSED | NewsCame) else ""
