"""The show of a step: a card turns over, dice roll against what was promised, tracks move one by one.

A show is a list of frames, worked out when a step begins; the screen plays them at `SECONDS` each, or goes to
the last at once when nothing may move or somebody is in a hurry.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from wargame.debrief.dated_events import Step
from wargame.rules.events import CardPlayed, DiceRolled, NewsCame
from wargame.tui.widgets.frame import framed
from wargame.tui.widgets.paint import DIM, put

SECONDS = 0.09
TURNING = 3
"""Frames in which a card turns over."""
ROLLING = 7
"""Frames in which a die rolls."""
HOLD = 4
"""Frames for which a change is looked at before the next."""


class Frame(NamedTuple):
    """How far a show is.

    `turned`: how much of the card is turned, of `TURNING`; `events`: how many of the step are out; `die`:
    where the die of the next one is just now, 0 if it is not rolling.
    """

    turned: int
    events: int
    die: int = 0


def frames_of(step: Step) -> list[Frame]:
    """The frames of a step's show; the last shows all of it."""
    frames = [Frame(turn, 0) for turn in range(TURNING)] if _has_card(step) else []
    for nth, event in enumerate(step.events):
        if isinstance(event, DiceRolled) and event.die is not None:
            frames += [Frame(TURNING, nth, _tumbling(event.die, left)) for left in range(ROLLING, 0, -1)]
        if event is not step.head:
            frames += [Frame(TURNING, nth + 1)] * HOLD
    return [*frames, Frame(TURNING, len(step.events))]


def _has_card(step: Step) -> bool:
    return isinstance(step.head, CardPlayed | NewsCame)


def _tumbling(die: int, left: int) -> int:
    """Where a die is, so many frames before it comes to rest on `die`."""
    return (die + left * left * 37 - 1) % 100 + 1


def turning_card(turned: int, width: int) -> list[Content]:
    """The back of a card, narrower as it turns."""
    across = max(width * (TURNING - turned) // (TURNING + 1), 6)
    back = framed("", "", [("", [put("░" * (across - 4), DIM)] * 4)], "", across, DIM)
    return [line.pad_left(max(width - across, 0) // 2) for line in back]
