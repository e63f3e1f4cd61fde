"""Players that are not people. They see a view and the moves, nothing else.

A bot is a function of a view, the legal moves and a number of luck; the same three give the same move.
"""

from __future__ import annotations

from functools import lru_cache, partial

from wargame.bots.base import Bot, Choice
from wargame.bots.greedy import greedy
from wargame.bots.random import random_move

BOTS: dict[str, Bot] = {"random": random_move, "greedy": greedy}
"""Every bot by the name that commands and set-up give it."""


@lru_cache(maxsize=64)
def bot(name: str) -> Bot:
    """The bot of that name; `greedy/PLAN` plays by one of its seat's plans. `KeyError` if there is none."""
    kind, _, plan = name.partition("/")
    return partial(greedy, plan=plan) if plan and kind == "greedy" else BOTS[name]


__all__ = ["BOTS", "Bot", "Choice", "bot", "greedy", "random_move"]
