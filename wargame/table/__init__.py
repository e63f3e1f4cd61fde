"""One running game: who sits where, whose turn it is, undo, and a save that is always up to date.

`Table` is what everybody sits at; `Facilitator` is what the white cell does to it.
"""

from __future__ import annotations

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
