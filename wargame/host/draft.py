"""A turn prepared while others have theirs: an imagined game in which it has come already.

Nothing of the true game goes into it but what the seat may know. What is laid in a draft is a list of moves,
laid anew whenever the seat's view changes, and at last at the real table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from wargame.errors import IllegalMove
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.moves import End, Move
from wargame.rules.state import Position
from wargame.rules.view import View, imagine

PREPARED = ("orders", "answers")
"""Phases in which every seat has a turn, so that one can be prepared."""
LUCK = 1
"""Which imagined world: nothing that a seat sees before its turn is over depends on it."""


def to_be_prepared(position: Position) -> bool:
    """Return whether the turns of this phase may be prepared: nobody has to choose something before all."""
    return position.phase in PREPARED and not position.stack


def to_come(view: View) -> bool:
    """Return whether the view's own seat will have a turn in this phase, and has it not now."""
    if not to_be_prepared(view) or view.seat is None or view.to_act == view.seat:
        return False
    last = len(view.order) - (view.phase == "answers")  # whose orders come last has no offers to answer
    return view.seat in view.order[view.turn + 1 : last]


def imagined(view: View) -> Game:
    """Return a game that looks like this from the view's seat, with nothing else of the true one in it."""
    return Game(imagine(view, LUCK))


def brought_forward(view: View) -> Game:
    """Return an imagined game in which those before the view's seat have had their turns, without a move.

    Where they never come to it, the game in which they have stopped.
    """
    game, phase = imagined(view), view.phase
    while game.to_act != view.seat and not game.over and game.state.phase == phase:
        game.apply(game.legal_moves()[0])
    return game


class Laid(NamedTuple):
    """A move of a draft with what followed from it."""

    move: Move
    events: tuple[Event, ...]


class Recalled(NamedTuple):
    """What is known of a draft after its host has died: its moves, and whether it was said to be ready."""

    moves: tuple[Move, ...] = ()
    ready: bool = False


NOTHING = Recalled()


class Draft:
    """What a seat has prepared for one turn; `ready` once it has said that this is all."""

    def __init__(self, view: View, recalled: Recalled = NOTHING, told: int = 0) -> None:
        self.turn = turn_of(view)
        """Which turn it is for."""
        self.told = told
        """How much the seat had been told when it began to prepare it."""
        self.ready = recalled.ready
        self.laid: list[Laid] = []
        self.dropped: list[Move] = []
        """Moves that have become impossible since they were laid."""
        self._wanted = list(recalled.moves)
        self.rebase(view)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Return what has been laid, in order."""
        return tuple(laid.move for laid in self.laid)

    def rebase(self, view: View) -> None:
        """Lay all anew in the game as it looks now; what is not allowed any more is dropped."""
        self.seen = view
        self.game = brought_forward(view)
        self.laid, wanted = [], self._wanted
        dropped = lay(wanted, self._lay)
        self.dropped += dropped
        self._wanted = [move for move in wanted if move not in dropped]

    def _lay(self, move: Move) -> None:
        self.laid.append(Laid(move, tuple(self.game.apply(move))))

    def play(self, move: Move) -> Laid:
        """Lay a move; the one that ends the turn makes it ready. Raises `IllegalMove`."""
        if isinstance(move, End):
            self.ready = True
            return Laid(move, ())
        self._lay(move)
        self._wanted.append(move)
        return self.laid[-1]

    def undo(self, view: View) -> Move:
        """Take the last move back. `IllegalMove` if there is none."""
        if not self.laid:
            raise IllegalMove("There is nothing to take back in this turn.")
        undone = self._wanted.pop()
        self.rebase(view)
        return undone


def turn_of(view: View) -> tuple[int, str]:
    """Return which of a seat's turns is on or to come: its round and phase."""
    return view.round, view.phase


def lay(moves: Iterable[Move], play: Callable[[Move], object]) -> list[Move]:
    """Make these moves one after the other, and return those that are refused."""
    refused = []
    for move in moves:
        try:
            play(move)
        except IllegalMove:
            refused.append(move)
    return refused
