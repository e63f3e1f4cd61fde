"""Look ahead by playing on: what a turn could begin with against what greedy would do, in imagined worlds.

A playout imagines a world that fits what the seat sees (`imagine`; hidden state is never touched), begins a
plan in it and plays on, every seat greedily through its own window. So the bot improves upon greedy play by
one decision at a time, the next ones included, for they are thought over again when they come (rollout:
Tesauro and Galperin, 1996). It stops where the round ends, and a judge says what is to be expected from there
(truncated rollouts: ibid.; `bots.judge`): played to the game's end, luck would hide anything less than ten
points from so few playouts. Only the last rounds are played to the end.

A plan is a move with greedy play after it, or greedy play that leaves something alone this turn: to hold a
card back is tried as well. All plans begin in the same worlds with the same dice, and count by what they
gain there over greedy's own. Half of them are dropped again and again, and the playouts go to the others
(sequential halving: Karnin, Koren and Somekh, 2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, log2, sqrt
from typing import NamedTuple

from wargame.bots.base import Choice
from wargame.bots.greedy import Greedy, gains_of, rationale
from wargame.bots.judge import Judge
from wargame.bots.playout import Minds, play_on
from wargame.bots.worth import values_of
from wargame.rules.luck import draw
from wargame.rules.moves import Commit, Discard, End, Move
from wargame.rules.phases import step
from wargame.rules.state import State
from wargame.rules.view import View, Window, imagine

PLAYOUTS = 64
"""Playouts a decision, unless the bot's name says otherwise (`search:256`)."""
PLANS = 2.0
"""So many plans are tried, times the square root of the playouts, greedy's own among them."""
LAST = 1
"""So many rounds at the end of a game are played to its end."""
CAUTION = 0.6
"""Standard errors that are taken from what a plan gained before it is believed."""
TRUST = 2.0
"""For so many playouts counts that most plans gain nothing."""

Kind = tuple[type[Move], str]
CARDS = (Commit, Discard)


class Plan(NamedTuple):
    """A move to begin with, and what is left alone after it until the turn ends: kinds and what they are of.

    A kind about "" is left alone altogether.
    """

    move: Move
    barred: frozenset[Kind] = frozenset()


@dataclass(slots=True)
class Arm:
    """A plan that is tried, and what it gained over greedy's own, world by world."""

    plan: Plan
    gained: list[float] = field(default_factory=list)

    @property
    def mean(self) -> float:
        return sum(self.gained) / max(len(self.gained), 1)

    def surely(self, spread: float) -> float:
        """Return what it gains less some standard errors; `spread` is the mean square of what plans gain."""
        n = len(self.gained) + TRUST
        squares = sum(gain * gain for gain in self.gained) + TRUST * spread
        return (sum(self.gained) - CAUTION * sqrt(squares)) / n


def search(seen: View, moves: Sequence[Move], luck: int, style: str = "", playouts: int = PLAYOUTS) -> Choice:
    """Return the move whose playouts ended best. `style` lays a plan's or character's values over its own."""
    return Choice(moves[0]) if len(moves) == 1 else Search(seen, moves, luck, style).best(playouts)


class Search:
    """One decision being thought over."""

    def __init__(self, seen: View, moves: Sequence[Move], luck: int, style: str = "") -> None:
        self.seen, self.moves, self.luck, self.style, self.seat = seen, moves, luck, style, moves[0].seat
        self.greedy = self._greedily(moves)
        self._turn = seen.round, seen.phase
        self._until = seen.round + 1 if seen.rounds - seen.round >= LAST else seen.rounds + 1
        self._judge = Judge.of(seen.scenario)
        self._minds: Minds = {self.seat: (Window(self.seat), Greedy(style))}
        self.arms: list[Arm] = []
        self.worlds: list[tuple[State, float]] = []

    def best(self, playouts: int) -> Choice:
        """Return greedy's own move, or how a plan begins that gains more than luck is likely to show."""
        plans = self.plans()[: max(int(PLANS * sqrt(playouts)) - 1, 1)]
        alive = arms = self.arms = [Arm(plan) for plan in plans]
        left, stages = playouts, ceil(log2(len(arms) + 1))
        for stage in range(stages):
            alive = sorted(alive, key=lambda arm: -arm.mean)[: max(len(arms) >> stage, 1)]
            each = max(left // (stages - stage) // (len(alive) + 1), stage == 0)
            left -= each * (len(alive) + 1)
            for _ in range(each):
                for arm in alive:
                    world, usual = self.world(len(arm.gained))
                    arm.gained.append(self.played(world, arm.plan) - usual)
        spread = self._spread(arms)
        surest = max(alive, key=lambda arm: arm.surely(spread))
        if surest.surely(spread) <= 0:
            return Choice(self.greedy, self._why(self.greedy, 0.0))
        return Choice(surest.plan.move, self._why(surest.plan.move, surest.mean))

    @staticmethod
    def _spread(arms: Sequence[Arm]) -> float:
        """Return the mean square of what plans gained in a world."""
        gains = [gain for arm in arms for gain in arm.gained]
        return sum(gain * gain for gain in gains) / len(gains)

    def _why(self, move: Move, edge: float) -> str:
        """Say what the move is thought to be worth more than greedy's, and why."""
        reasons = rationale(gains_of(self.seen, move, values_of(self.seen.scenario, self.seat, self.style)))
        worlds = f"{round(edge, 1) + 0.0:+.1f} in {len(self.worlds)} worlds"
        return worlds + (f": {reasons}" if reasons else "")

    # --- plans -----------------------------------------------------------------------------------------

    def plans(self) -> list[Plan]:
        """Return what may be tried besides greedy's own, what is likeliest to be good first.

        First to leave alone what greedy begins with, or all cards, or all there is; then of each card, deal
        and the like the best move by greedy's estimate; then what is left.
        """
        held = [] if isinstance(self.greedy, End) else [frozenset({kind_of(self.greedy)})]
        held.append(frozenset((kind, "") for kind in CARDS))
        plans = []
        for barred in held if self.seen.phase == "orders" and not self.seen.stack else ():
            rest = without(self.moves, barred)
            if len(rest) < len(self.moves) and (begun := self._greedily(rest)) != self.moves[0]:
                plans.append(Plan(begun, barred))
        values = values_of(self.seen.scenario, self.seat, self.style)
        gains = {move: sum(gains_of(self.seen, move, values).values()) for move in self.moves}
        moves = sorted(self.moves[1:], key=lambda move: -gains[move])
        firsts = {kind_of(move): move for move in reversed(moves)}
        moves.sort(key=lambda move: firsts[kind_of(move)] is not move)
        return plans + [Plan(move) for move in (self.moves[0], *moves) if move != self.greedy]

    def _greedily(self, moves: Sequence[Move]) -> Move:
        return Greedy(self.style).move(self.seen, moves, self.luck)

    # --- playouts --------------------------------------------------------------------------------------

    def world(self, nth: int) -> tuple[State, float]:
        """Return the nth world, and what greedy's own move comes to in it."""
        if nth == len(self.worlds):
            world = imagine(self.seen, draw(self.luck, 0, self.seen.round, "search", self.seat, nth))
            self.worlds.append((world, self.played(world, Plan(self.greedy))))
        return self.worlds[nth]

    def played(self, world: State, plan: Plan) -> float:
        """Follow a plan in a copy of that world, all others play greedily; return what may be expected."""
        state = world.clone()
        step(state, plan.move)

        def narrow(state: State, moves: Sequence[Move]) -> Sequence[Move]:
            mine = state.to_act == self.seat and (state.round, state.phase) == self._turn and not state.stack
            return without(moves, plan.barred) if mine else moves

        play_on(state, self._until, self._minds, narrow if plan.barred else None)
        return self._judge.expects(state, self.seat)


def kind_of(move: Move) -> Kind:
    return type(move), move.about


def without(moves: Sequence[Move], barred: frozenset[Kind]) -> Sequence[Move]:
    """Return the moves that are not left alone, the neutral one always among them."""
    return [move for move in moves if not {kind_of(move), (type(move), "")} & barred] or moves[:1]


__all__ = ["PLAYOUTS", "Search", "search"]
