"""What happened in public, cut into steps that a room can follow: one card, one event, one cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wargame.rules.events import Event
from wargame.rules.scenario import Scenario
from wargame.table.table import Beat
from wargame.tui.widgets.memory import common

CAUSED = frozenset({"track", "good", "influence", "points", "flag", "rolled", "proposed", "ruled"})
"""Kinds whose last fact is their cause."""
HEADS = frozenset(
    {
        "news",
        "proposed",
        "card",
        "returned",
        "stood",
        "proved",
        "broken",
        "storm",
        "over",
        "asked",
        "announced",
        "communique",
    }
)
"""Kinds that open a step."""
SILENT = frozenset({"round", "phase", "agenda", "final"})
CHAPTERS = {
    "news": "NEWS",
    "orders": "ORDERS",
    "reveal": "REVEAL",
    "resolution": "SPEED, THEN INITIATIVE",
    "upkeep": "UPKEEP",
}
WHOLE = frozenset({"orders"})
"""Phases that are one step from beginning to end, but for what the white cell does in them."""
INJECTED = frozenset({"news", "proposed"})
TOGETHER = frozenset({"spent", "revealed", "quiet", "signal-kept", "signal-false"})
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
        return self.events[0] if self.events and self.events[0].kind in HEADS else None

    @property
    def changes(self) -> bool:
        """Whether it moved anything or told something new, so that a room should stop at it."""
        return any(event.kind != "rolled" for event in self.events)

    @property
    def rolls(self) -> list[Event]:
        return [event for event in self.events if event.kind == "rolled"]

    @property
    def works(self) -> bool | None:
        """Whether its dice were kind: the last roll's outcome; `None` without dice."""
        return bool(self.rolls[-1].facts[3]) if self.rolls else None


def steps_of(scenario: Scenario, beats: Iterable[Beat], round_: int, phase: str) -> list[Step]:
    """The public steps of some beats, which began in that round and phase."""
    steps: list[Step] = []
    for beat in beats:
        for event in common(scenario, beat.events):
            if event.kind == "round":
                round_, phase = int(str(event.facts[0])), "news"
            elif event.kind == "phase":
                phase = str(event.facts[0])
            if event.kind not in SILENT:
                _place(steps, event, round_, phase)
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
        and ((phase in WHOLE and event.kind not in INJECTED) or _belongs(last, event, cause))
    ):
        last.events.append(event)
        return
    if phase == "reveal" and event.kind in CAUSED:
        for at, step in enumerate(steps):
            if (step.round, step.phase, step.cause) == (round_, phase, cause):
                step.events.append(event)
                steps.append(steps.pop(at))
                return
    steps.append(Step(round_, phase, cause, [event]))


def _belongs(last: Step, event: Event, cause: str) -> bool:
    """Whether an event goes on with the step before it."""
    if event.kind in ("asked", "chose") or event.kind in TOGETHER:
        return True
    if event.kind in HEADS:
        return False
    return cause == last.cause if event.kind in CAUSED else last.phase == "upkeep" and not last.cause


def _cause(event: Event) -> str:
    if event.kind in CAUSED:
        return str(event.facts[-1])
    if event.kind == "news":
        return str(event.facts[0])
    if event.kind in ("card", "returned"):
        return f"card/{event.facts[1]}"
    if event.kind in ("asked", "chose"):
        return "/".join(str(event.facts[1]).split("/")[:2]).partition(":")[0]
    if event.kind == "stood":
        return f"stand/{event.facts[0]}"
    if event.kind in ("broken", "proved", "announced"):  # what follows from them has the deal as its cause
        return f"deal/{event.facts[0]}"
    return ""
