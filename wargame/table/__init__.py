"""One running game: who sits where, whose turn it is, undo, and a save that is always up to date."""

from __future__ import annotations

from wargame.table.engine import ENGINE
from wargame.table.places import saves_folder
from wargame.table.table import PLAYERS, Beat, Table

__all__ = ["ENGINE", "PLAYERS", "Beat", "Table", "saves_folder"]
