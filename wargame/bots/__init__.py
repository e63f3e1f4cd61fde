"""Players that are not people. They see a view and the moves, nothing else.

A bot is a function of a view, the legal moves and a number of luck; the same three give the same move.
"""

from __future__ import annotations

from wargame.bots.base import Bot, Choice
from wargame.bots.greedy import greedy
from wargame.bots.random import random_move

BOTS: dict[str, Bot] = {"random": random_move, "greedy": greedy}
"""Every bot by the name that commands and set-up give it."""

__all__ = ["BOTS", "Bot", "Choice", "greedy", "random_move"]
