"""The show of a card: a card turns over, dice roll against what was promised, tracks move one by one.

A show is a list of frames, worked out when a page begins; the screen plays them at `SECONDS` each, or goes to
the last at once when nothing may move or somebody is in a hurry. All of it takes about a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from wargame.debrief.dated_events import Step
from wargame.rules.events import CardPlayed, DiceRolled, NewsCame
from wargame.tui.kit.paint import DIM, put

SECONDS = 0.09
TURNING = 2
"""Frames in which a card turns over."""
ROLLING = 5
"""Frames in which a die rolls."""
APART = 3
"""How many changes of a page are told one after the other; more come together, for a show is short."""


class Frame(NamedTuple):
    """How far a show is.

    `turned`: how much of the card is turned, of `TURNING`; `events`: how many of the page are out; `die`:
    where the die of the next one is just now, 0 if it is not rolling.
    """

    turned: int
    events: int
    die: int = 0


def frames_of(steps: Sequence[Step]) -> list[Frame]:
    """Return the frames of the show of these steps; the last shows all of it."""
    events = [event for step in steps for event in step.events]
    has_card = any(isinstance(step.head, CardPlayed | NewsCame) for step in steps)
    frames = [Frame(turn, 0) for turn in range(TURNING)] if has_card else []
    rolls = [
        nth for nth, event in enumerate(events) if isinstance(event, DiceRolled) and event.die is not None
    ]
    begun = 0
    for nth in rolls[-1:]:
        die = getattr(events[nth], "die", 0)
        frames += [Frame(TURNING, nth, _tumbling(die, left)) for left in range(ROLLING, 0, -1)]
        begun = nth + 1
    if len(events) - begun <= APART:
        frames += [Frame(TURNING, nth) for nth in range(max(begun, 1), len(events))]
    return [*frames, Frame(TURNING, len(events))]


def _tumbling(die: int, left: int) -> int:
    """Where a die is, so many frames before it comes to rest on `die`."""
    return (die + left * left * 37 - 1) % 100 + 1


def turning_card(turned: int, width: int, rows: int) -> list[Content]:
    """The back of a card, narrower as it turns."""
    across = max(width * (TURNING - turned) // (TURNING + 1), 2)
    margin = max(width - across, 0) // 2
    return [put("░" * across, DIM).pad_left(margin)] * rows
