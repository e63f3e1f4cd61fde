"""The bots at the seats of one game that is played on, each at a window of its own.

Whoever plays many games to their end asks these rather than the bots themselves: a bot at a window need not
see everything anew at every decision, and may remember. The choices are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from wargame.bots import bot
from wargame.bots.greedy import Greedy
from wargame.bots.handicaps import HABITS
from wargame.rules.moves import Move
from wargame.rules.state import State
from wargame.rules.view import View, Window

Mind = Callable[[View, Sequence[Move], int], Move]
"""view, legal moves, luck → the move of a bot that may remember what it saw before."""


class Players:
    """Bots by seat. `KeyError` for a seat whose bot there is not, when it first has to act."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self._minds: dict[str, tuple[Window, Mind]] = {}

    def move(self, state: State, moves: Sequence[Move], luck: int) -> Move:
        """Return what the seat that has to act does; what it may know is all that its bot gets to see."""
        seat = moves[0].seat
        if len(moves) == 1 or self.names[seat] == "random":
            return moves[luck % len(moves)]
        known = self._minds.get(seat)
        if known is None:
            known = self._minds[seat] = Window(seat), mind(self.names[seat])
        window, think = known
        return think(window.look(state), moves, luck)


def mind(name: str) -> Mind:
    """Return a bot of that name for one seat of one game. `KeyError` if there is none."""
    kind, _, style = name.partition("/")
    if kind == "greedy":
        return Greedy(style).move
    if name in HABITS:
        return partial(HABITS[name], Greedy())
    decide = bot(name)
    return lambda seen, moves, luck: decide(seen, moves, luck).move
