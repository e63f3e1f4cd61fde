"""The least and the greatest that a number in a scenario may be, by record and field.

The schema knows that a number is a number; these say which numbers a game can be played with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wargame.rules import spec as s
from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.flow import Later
from wargame.rules.effects.hands import Draw, Lose
from wargame.rules.effects.secrets import Locate
from wargame.rules.effects.tracks import SetFlag, Shift

MANY = 99
"""More than any count at this table."""

LONG = 20
"""More rounds than anybody plays."""

LIMITS: dict[type, dict[str, tuple[int, int]]] = {
    s.Clock: {"year": (1, 9999), "quarter": (1, 4)},
    s.Rules: {
        "rounds": (1, LONG),
        "most_rounds": (1, LONG),
        "hand": (1, MANY),
        "news": (0, 9),
        "commits": (1, 9),
        "offers": (0, 9),
        "influence": (0, MANY),
        "influence_cap": (1, MANY),
        "lowest_bonus": (0, MANY),
        "signal": (0, MANY),
        "odds": (5, 95),
    },
    s.Band: {"upto": (0, MANY)},
    s.Track: {"most": (1, MANY)},
    s.Good: {"cap": (1, MANY), "output": (0, MANY), "fire": (0, MANY), "outrage": (0, MANY)},
    s.Stock: {"start": (0, MANY), "each": (0, MANY)},
    s.Seat: {"income": (0, MANY)},
    s.DealTemplate: {"small": (0, MANY), "large": (0, MANY)},
    s.Detection: {"least": (0, 100), "most": (0, 100)},
    s.Production: {"capacity": (0, MANY), "shuffle": (0, MANY)},
    s.SeatScore: {"spread": (1, 1000)},
    s.Place: {"east": (-18_000, 18_000), "north": (-9_000, 9_000)},
    s.Window: {
        "west": (-18_000, 18_000),
        "east": (-18_000, 18_000),
        "south": (-9_000, 9_000),
        "north": (-9_000, 9_000),
    },
    Shift: {"rounds": (0, LONG)},
    SetFlag: {"rounds": (0, LONG)},
    Later: {"rounds": (1, LONG)},
    Locate: {"rounds": (1, LONG)},
    Draw: {"cards": (1, MANY)},
    Lose: {"cards": (1, MANY)},
    Transfer: {"count": (1, MANY)},
}


def beyond(record: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every number of a record that is out of its limits: the path to it, and a sentence."""
    for name, (least, most) in LIMITS.get(type(record), {}).items():
        for path, value in _numbers(getattr(record, name), (name,)):
            if not least <= value <= most:
                yield path, f"must be {least} to {most}, not {value}"


def _numbers(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
    if isinstance(value, int):
        yield path, value
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _numbers(part, (*path, at))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(part, (*path, key))
