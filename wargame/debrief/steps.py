"""What happened in public, cut into steps that a room can follow: one card, one event, one cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wargame.debrief.course import Happening
from wargame.rules.events import (
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
    DealAnnounced,
    DealBroken,
    DealProved,
    DiceRolled,
    Event,
    FinalScored,
    GameEnded,
    InfluenceSpent,
    NewsCame,
    PhaseBegan,
    QuietMoveMade,
    RoundBegan,
    SignalBroken,
    SignalKept,
    StandTaken,
    StormBroke,
)

CAUSED = Change | DiceRolled | ArgumentProposed | ArgumentRuled
"""Kinds that belong to the step of their cause."""
HEADS = (
    NewsCame,
    ArgumentProposed,
    CardPlayed,
    CardReturned,
    StandTaken,
    DealProved,
    DealBroken,
    StormBroke,
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
        """The event that opened it, if it is one that says what this is about."""
        return self.events[0] if self.events and isinstance(self.events[0], HEADS) else None

    @property
    def changes(self) -> bool:
        """Whether it moved anything or told something new, so that a room should stop at it."""
        return any(not isinstance(event, DiceRolled) for event in self.events)

    @property
    def rolls(self) -> list[DiceRolled]:
        return [event for event in self.events if isinstance(event, DiceRolled)]

    @property
    def works(self) -> bool | None:
        """Whether its dice were kind: the last roll's outcome; `None` without dice."""
        return self.rolls[-1].works if self.rolls else None


def steps_of(happened: Iterable[Happening[Event]]) -> list[Step]:
    """Cut what the room was told into its steps."""
    steps: list[Step] = []
    chapter = ""
    for round_, phase, _move, event in happened:
        chapter = (
            chapter if isinstance(event, FinalScored | GameEnded) else phase
        )  # the end is told where it came
        if not isinstance(event, SILENT):
            _place(steps, event, round_, chapter)
    return steps


def _place(steps: list[Step], event: Event, round_: int, phase: str) -> None:
    """Into the step it belongs to, or one of its own.

    Deals are announced together before any of them has effects; a deal is told where its effects come.
    """
    cause = _cause(event)
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
                steps.append(steps.pop(at))
                return
    steps.append(Step(round_, phase, cause, [event]))


def _belongs(last: Step, event: Event, cause: str) -> bool:
    """Whether an event goes on with the step before it."""
    if isinstance(event, (ChoiceAsked, ChoiceMade, *TOGETHER)):
        return True
    if isinstance(event, HEADS):
        return False
    return cause == last.cause if isinstance(event, CAUSED) else last.phase == "upkeep" and not last.cause


def _cause(event: Event) -> str:
    match event:
        case CardPlayed() | CardReturned():
            return f"card/{event.card}"
        case ChoiceAsked() | ChoiceMade():
            return "/".join(event.path.split("/")[:2]).partition(":")[0]
        case StandTaken():
            return f"stand/{event.stand}"
        case DealBroken() | DealProved() | DealAnnounced():  # what follows has the deal as its cause
            return f"deal/{event.deal}"
        case _:
            return event.cause if isinstance(event, CAUSED | NewsCame) else ""
