"""What a bot is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.view import View


class Choice(NamedTuple):
    """A bot's move and, in one line, what moved it ("" if nothing did)."""

    move: Move
    rationale: str = ""


Bot = Callable[[View, Sequence[Move], int], Choice]
"""view, legal moves (never empty), a number of luck (0 to 2**64 - 1) → its choice."""


def bot_luck(seed: int, luck: int, round_: int, seat: str, nth: int) -> int:
    """A bot's own luck for its nth decision of a game; never the luck of the dice."""
    return draw(seed, luck, round_, "bot", seat, nth)
