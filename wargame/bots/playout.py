"""Plays a game on with greedy players, as fast as that goes, for playouts and for who learns from games.

Each seat has a mind and a window of its own. Their luck is keyed by turn, so that a move more or less changes
nobody's mind later, and two playouts in one world differ by what was done in them and not by the luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wargame.bots.base import bot_luck
from wargame.bots.greedy import Greedy
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves
from wargame.rules.phases import step
from wargame.rules.state import State
from wargame.rules.view import Window

Narrow = Callable[[State, Sequence[Move]], Sequence[Move]]
"""A position and its legal moves → those that may be made; never none."""
Minds = dict[str, tuple[Window, Greedy]]
"""By seat. They only remember, so those of one playout may go on in the next: much of that is the same."""


def play_on(state: State, until: int, minds: Minds | None = None, narrow: Narrow | None = None) -> None:
    """Play a state that you own on to the first decision of the round `until`, or to its end.

    `minds` come to be where there are none; `narrow` keeps moves from players.
    """
    minds = {} if minds is None else minds
    while state.to_act is not None and state.round < until:
        moves: Sequence[Move] = legal_moves(state)
        if narrow is not None:
            moves = narrow(state, moves)
        if len(moves) == 1:
            step(state, moves[0])
            continue
        seat = state.to_act
        if seat not in minds:
            minds[seat] = Window(seat), Greedy()
        window, mind = minds[seat]
        luck = bot_luck(state.seed, state.luck, state.round, f"{state.phase} {seat}", 0)
        step(state, mind.move(window.look(state), moves, luck))
