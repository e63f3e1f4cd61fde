"""Any legal move, all alike."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.bots.base import Choice
from wargame.rules.moves import Move
from wargame.rules.view import View


def random_move(_seen: View, moves: Sequence[Move], luck: int) -> Choice:
    return Choice(moves[luck % len(moves)])
