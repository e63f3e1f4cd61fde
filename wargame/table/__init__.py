"""One running game: who sits where, whose turn it is, undo, and a save that is always up to date.

`Table` is what everybody sits at; `Facilitator` is what the white cell does to it. What a name needs is
loaded when it is first used: the home screen asks only where saved games are kept.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wargame.table.engine import ENGINE
    from wargame.table.facilitator import Facilitator
    from wargame.table.journal import Journal, Line, Prediction
    from wargame.table.storage import saves_folder
    from wargame.table.table import PLAYERS, Beat, Table
    from wargame.table.timers import Limit, Timers

__all__ = [
    "ENGINE",
    "PLAYERS",
    "Beat",
    "Facilitator",
    "Journal",
    "Limit",
    "Line",
    "Prediction",
    "Table",
    "Timers",
    "saves_folder",
]

_HOMES = {
    "ENGINE": "engine",
    "Facilitator": "facilitator",
    "Journal": "journal",
    "Line": "journal",
    "Prediction": "journal",
    "saves_folder": "storage",
    "PLAYERS": "table",
    "Beat": "table",
    "Table": "table",
    "Limit": "timers",
    "Timers": "timers",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
