"""Look ahead by playing on: every legal move against what greedy would do, in imagined worlds, to the end.

A playout imagines a world that fits what the seat sees (`imagine`; hidden state is never touched), makes a
move in it and plays the game to its end, every seat greedily through its own window. There the scoring says
what the seat has. So the bot improves upon greedy play by one decision at a time, the next ones included, for
they are thought over again when they come (rollout: Tesauro and Galperin, 1996).

Any move may be tried; the more playouts there are, the more get in, best first by greedy's estimate
(progressive widening: Coulom, 2007). Which one is played next says an upper confidence bound. A move's nth
playout is in the nth world, and counts by what it gained there over greedy's own move, so that what differs
is what was done and not the luck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt

from wargame.bots.base import Choice, bot_luck
from wargame.bots.greedy import Greedy, gains_of, rationale
from wargame.bots.worth import STORM, values_of
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves
from wargame.rules.phases import step
from wargame.rules.scoring import final_score
from wargame.rules.state import State
from wargame.rules.view import View, Window, imagine

PLAYOUTS = 64
"""Games that a decision is played on in, unless the bot's name says otherwise (`search:256`)."""
WIDENING = 1.0
"""So many moves besides greedy's are tried after n playouts, times the square root of n."""
TRUST = 6.0
"""How many playouts greedy's estimate of a move counts for."""
SPREAD = 8.0
"""Points by which two playouts in one world differ before any has been seen."""
CURIOSITY, CAUTION = 1.0, 0.6
"""Standard errors that are added to a move while it may be tried, and taken away when it is judged."""


class Arm:
    """A move that may be tried: what greedy thinks it gains over its own, and what it gained by world."""

    __slots__ = ("gained", "move", "prior", "total")

    def __init__(self, move: Move, prior: float) -> None:
        self.move, self.prior = move, prior
        self.gained: list[float] = []
        self.total = 0.0

    def add(self, gain: float) -> None:
        self.gained.append(gain)
        self.total += gain

    @property
    def weight(self) -> float:
        """How many playouts are behind it, greedy's estimate included."""
        return len(self.gained) + TRUST

    @property
    def mean(self) -> float:
        """What it is thought to gain, in points."""
        return (self.total + TRUST * self.prior) / self.weight


def search(seen: View, moves: Sequence[Move], luck: int, style: str = "", playouts: int = PLAYOUTS) -> Choice:
    """Return the move whose playouts ended best. `style` lays a plan's or character's values over its own."""
    return Choice(moves[0]) if len(moves) == 1 else Search(seen, moves, luck, style).best(playouts)


class Search:
    """One decision being thought over."""

    def __init__(self, seen: View, moves: Sequence[Move], luck: int, style: str = "") -> None:
        self.seen, self.luck, self.style, self.seat = seen, luck, style, moves[0].seat
        self.greedy = Greedy(style).move(seen, moves, luck)
        values = values_of(seen.scenario, self.seat, style)
        gains = {move: sum(gains_of(seen, move, values).values()) for move in moves}
        others = sorted((move for move in moves if move != self.greedy), key=lambda move: -gains[move])
        self.arms = [Arm(move, gains[move] - gains[self.greedy]) for move in others]
        self._worlds: list[tuple[State, float]] = []

    def best(self, playouts: int) -> Choice:
        """Return greedy's own move, or one that gains more over it than luck is likely to show."""
        played = 0
        while played < playouts:
            tried = self.arms[: 1 + int(WIDENING * sqrt(played))]
            spread = self._spread(tried)
            arm = max(tried, key=lambda arm: arm.mean + CURIOSITY * spread / sqrt(arm.weight))
            nth = len(arm.gained)
            played += 1 + (nth == len(self._worlds))
            world, usual = self.world(nth)
            arm.add(self.played(world, arm.move) - usual)
        spread = self._spread(self.arms)
        tried = [arm for arm in self.arms if arm.gained]
        surest = max(tried, key=lambda arm: arm.mean - CAUTION * spread / sqrt(arm.weight))
        if surest.mean - CAUTION * spread / sqrt(surest.weight) <= 0:
            return Choice(self.greedy, self._why(self.greedy, 0.0))
        return Choice(surest.move, self._why(surest.move, surest.mean))

    @staticmethod
    def _spread(arms: Sequence[Arm]) -> float:
        """Return the standard deviation of what moves gained, with a few playouts' worth of what is usual."""
        squares, count = TRUST * SPREAD**2, TRUST
        for arm in arms:
            squares += sum(gain * gain for gain in arm.gained)
            count += len(arm.gained)
        return sqrt(squares / count)

    def _why(self, move: Move, edge: float) -> str:
        """Say what the move is thought to be worth more than greedy's, and why."""
        reasons = rationale(gains_of(self.seen, move, values_of(self.seen.scenario, self.seat, self.style)))
        worlds = f"{round(edge, 1) + 0.0:+.1f} in {len(self._worlds)} worlds"
        return worlds + (f": {reasons}" if reasons else "")

    # --- playouts --------------------------------------------------------------------------------------

    def world(self, nth: int) -> tuple[State, float]:
        """Return the nth world, and what greedy's own move comes to in it."""
        if nth == len(self._worlds):
            world = imagine(self.seen, draw(self.luck, 0, self.seen.round, "search", self.seat, nth))
            self._worlds.append((world, self.played(world, self.greedy)))
        return self._worlds[nth]

    def played(self, world: State, move: Move) -> float:
        """Make the move in a copy of that world, let all seats play on greedily; return what the seat has."""
        state = world.clone()
        step(state, move)
        minds: dict[str, tuple[Window, Greedy]] = {}
        decided: Counter[tuple[int, str, str]] = Counter()
        while state.to_act is not None:
            moves, seat = legal_moves(state), state.to_act
            if len(moves) == 1:
                step(state, moves[0])
                continue
            if seat not in minds:
                minds[seat] = Window(seat), Greedy(self.style if seat == self.seat else "")
            window, mind = minds[seat]
            turn = state.round, state.phase, seat
            decided[turn] += 1  # luck by turn: a move more changes nobody's mind later
            luck = bot_luck(world.seed, world.luck, state.round, f"{state.phase} {seat}", decided[turn])
            step(state, mind.move(window.look(state), moves, luck))
        return final_score(state, self.seat) + (STORM if state.outcome == "storm" else 0.0)


__all__ = ["PLAYOUTS", "Search", "search"]
