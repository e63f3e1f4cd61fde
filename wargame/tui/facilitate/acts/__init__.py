"""The facilitator's acts as forms: what each asks for, what it would do, and the call that does it."""

from __future__ import annotations

from collections.abc import Callable

from wargame.tui.facilitate.acts import cards, course, journal, numbers
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import Form

ACTS: dict[str, Callable[[Parts], Form]] = {
    "inject": cards.inject,
    "write": cards.write,
    "scheduled": cards.scheduled,
    "adjust": numbers.adjust,
    "roll": numbers.roll,
    "adjudicate": numbers.adjudicate,
    "pause": course.pause,
    "skip": course.skip,
    "seats": course.seats,
    "bots": course.bots,
    "timers": course.timers,
    "rewind": course.rewind,
    "talk": journal.talk,
    "note": journal.note,
}
"""By the console's name for it, the form of an act as the game stands now."""
