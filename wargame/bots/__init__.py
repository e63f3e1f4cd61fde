"""Players that are not people. They see a view and the moves, nothing else.

A bot is a function of a view, the legal moves and a number of luck; the same three give the same move. Its
name says what it is: `greedy`, `greedy/hawk` (by a plan or character of its seat), `search:256` (that many
playouts a decision), `search/hawk:256`; `random-cards` and the like (`bots.handicaps`) are greedy but for one
thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from wargame.bots.base import Bot, Choice
from wargame.bots.greedy import Greedy, greedy
from wargame.bots.handicaps import HABITS, Habit
from wargame.bots.random import random_move
from wargame.bots.search import PLAYOUTS, search
from wargame.rules.moves import Move
from wargame.rules.view import View

BOTS: dict[str, Bot] = {"random": random_move, "greedy": greedy, "search": search}
"""Every kind of bot by the name that commands and set-up give it."""
STYLED = ("greedy", "search")
"""Kinds that can play by a plan or character."""


@lru_cache(maxsize=64)
def bot(name: str) -> Bot:
    """The bot of that name. `KeyError` if there is none."""
    if name in HABITS:
        return partial(_habitual, HABITS[name])
    start, _, playouts = name.partition(":")
    kind, _, style = start.partition("/")
    made: Any = BOTS[kind]
    if style:
        if kind not in STYLED:
            raise KeyError(name)
        made = partial(made, style=style)
    if playouts:
        if kind != "search" or not playouts.isdecimal() or not 1 <= int(playouts) <= 1_000_000:
            raise KeyError(name)
        made = partial(made, playouts=int(playouts))
    found: Bot = made
    return found


def _habitual(habit: Habit, seen: View, moves: Sequence[Move], luck: int) -> Choice:
    return Choice(habit(Greedy(), seen, moves, luck))


__all__ = ["BOTS", "PLAYOUTS", "STYLED", "Bot", "Choice", "bot", "greedy", "random_move", "search"]
