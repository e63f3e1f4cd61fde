"""A facilitated tabletop wargame: rules, content, record, table, lab and debrief.

>>> from wargame import Game, load_scenario
>>> game = Game.new(load_scenario("honeymoon"), seed=7)
>>> game.to_act in game.scenario.seat_ids
True

Importing this package is light: what a name needs is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wargame.content.load import load_scenario
    from wargame.errors import IllegalMove, WargameError
    from wargame.rules.game import Game
    from wargame.rules.moves import Move
    from wargame.rules.view import imagine

__version__ = "0.1.0"
__all__ = ["Game", "IllegalMove", "Move", "WargameError", "imagine", "load_scenario"]

_HOMES = {
    "Game": "wargame.rules.game",
    "Move": "wargame.rules.moves",
    "imagine": "wargame.rules.view",
    "load_scenario": "wargame.content.load",
    "IllegalMove": "wargame.errors",
    "WargameError": "wargame.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'wargame' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
