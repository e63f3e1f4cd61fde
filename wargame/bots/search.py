"""Look ahead by playing on: information-set Monte Carlo tree search.

Each playout imagines a world that fits what the seat sees (`imagine`; hidden state is never touched), makes
a candidate's move in it, follows the tree of the seat's own decisions as far as it has grown, and plays on in
haste, every seat by its first impressions, until the next round is over. There the scenario's scoring says
what the seat has.

At the root the candidates are thinned out by sequential halving (Karnin and others, 2013), every candidate in
the same worlds with the same dice, so that what differs is what it did and not its luck. Below, a decision
of the seat is taken by an upper confidence bound. What greedy thinks of a move counts as a few playouts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, inf, log, log2, sqrt

from wargame.bots.base import Choice
from wargame.bots.greedy import BROKEN, INFLUENCE, LAST_INFLUENCE, STORM, gains_of, rationale, values_of
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves
from wargame.rules.phases import step
from wargame.rules.scoring import final_score
from wargame.rules.state import State
from wargame.rules.view import View, imagine, view

PLAYOUTS = 64
"""How many worlds a decision is played on in, unless the bot's name says otherwise (`search:256`)."""
CANDIDATES = 6
"""Moves that are looked into: the best by what greedy thinks of them, and the neutral one."""
TRUST = 8.0
"""How many playouts a greedy estimate counts for."""
CURIOSITY = 2.0
"""Points of bonus for a decision below the root that has been tried little."""
RUIN = -15.0
WAVER = 0.5
"""Points by which a hasty player's choice wavers, so that no two playouts are the same."""


class Node:
    """A decision of the seat within the tree: how often it was reached, and what became of each answer."""

    __slots__ = ("below", "prior", "total", "visits")

    def __init__(self, prior: float = 0.0) -> None:
        self.prior = prior
        self.visits = 0
        self.total = 0.0
        self.below: dict[Move, Node] = {}

    def mean(self, base: float) -> float:
        """The value of this answer: its playouts, and greedy's estimate upon the usual value `base`."""
        return (self.total + TRUST * (base + self.prior)) / (self.visits + TRUST)

    def add(self, value: float) -> None:
        self.visits += 1
        self.total += value


def search(seen: View, moves: Sequence[Move], luck: int, style: str = "", playouts: int = PLAYOUTS) -> Choice:
    """The move whose playouts ended best. `style` lays a plan's or character's values over the seat's own."""
    if len(moves) == 1:
        return Choice(moves[0])
    seat = moves[0].seat
    looked = Search(seen, seat, values_of(seen, seat, style), luck)
    return looked.best(moves, playouts)


class Search:
    """One decision being thought over."""

    def __init__(self, seen: View, seat: str, values: Mapping[str, int], luck: int) -> None:
        self.seen, self.seat, self.luck = seen, seat, luck
        self.values = dict(values)
        self.gains: dict[Move, float] = {}
        self.root = Node()
        self.memory = Impressions(seat, self.values)
        self.until = seen.round + 1

    def best(self, moves: Sequence[Move], playouts: int) -> Choice:
        """Halve the candidates until one is left."""
        alive = self._candidates(moves)
        halvings = max(ceil(log2(len(alive))), 1)
        world = 0
        while len(alive) > 1:
            for _ in range(max(playouts // halvings // len(alive), 1)):
                for move in alive:
                    self._play(move, world)
                world += 1
            base = self.root.total / self.root.visits
            alive.sort(key=lambda move: -self.root.below[move].mean(base))
            alive = alive[: (len(alive) + 1) // 2]
        return Choice(alive[0], self._why(alive[0], moves[0], world))

    def _candidates(self, moves: Sequence[Move]) -> list[Move]:
        """The neutral move and those that greedy thinks most of."""
        for move in moves:
            self.gains[move] = sum(gains_of(self.seen, move, self.values).values())
        ranked = sorted(moves[1:], key=lambda move: -self.gains[move])
        chosen = [moves[0], *ranked[: CANDIDATES - 1]]
        self.root.below = {move: Node(self.gains[move]) for move in chosen}
        return chosen

    def _why(self, move: Move, neutral: Move, worlds: int) -> str:
        """What the move is thought to be worth more than doing nothing, and why."""
        base = self.root.total / self.root.visits
        edge = self.root.below[move].mean(base) - self.root.below[neutral].mean(base)
        reasons = rationale(gains_of(self.seen, move, self.values))
        return f"{round(edge, 1) + 0.0:+.1f} in {worlds} worlds" + (f": {reasons}" if reasons else "")

    # --- one playout -----------------------------------------------------------------------------------

    def _play(self, move: Move, world: int) -> None:
        """Make a candidate's move in the nth imagined world and play on."""
        dream = draw(self.luck, 0, self.seen.round, "search", self.seat, world)
        state = imagine(self.seen, dream)
        path = [self.root, self.root.below[move]]
        step(state, move)
        haste = Haste(dream, self.memory)
        growing = True
        while state.to_act is not None and state.round <= self.until:
            legal = legal_moves(state)
            if growing and state.to_act == self.seat and state.round == self.seen.round:
                answer, known = self._below(path[-1], legal)
                path.append(path[-1].below[answer])
                growing = known
            else:
                answer = haste.move(state, legal)
            step(state, answer)
        value = self.value(state)
        for node in path:
            node.add(value)

    def _below(self, node: Node, legal: Sequence[Move]) -> tuple[Move, bool]:
        """A decision inside the tree; the second part says whether it had been taken before."""
        base = node.total / node.visits if node.visits else 0.0
        best, bound = legal[0], -inf
        curiosity = CURIOSITY * sqrt(log(node.visits + 1))
        for move in legal:
            child = node.below.get(move)
            if child is None:
                prior = self.gains.get(move, 0.0)
                score = base + prior + curiosity if prior >= 0 or move is legal[0] else -inf
            else:
                score = child.mean(base) + curiosity / sqrt(child.visits + 1)
            if score > bound:
                best, bound = move, score
        known = best in node.below
        if not known:
            node.below[best] = Node(self.gains.get(best, 0.0))
        return best, known

    def value(self, state: State) -> float:
        """What the seat has: its score, what its rules of thumb expect of the rest, and what is over."""
        seat, values = self.seat, self.values
        worth = float(final_score(state, seat))
        if state.outcome == "storm":
            worth += STORM
        if seat in state.ruined:
            worth += RUIN
        price = INFLUENCE if state.round <= state.rounds and state.to_act is not None else LAST_INFLUENCE
        worth += price * state.influence[seat]
        worth += BROKEN * sum(deal.by == seat for deal in state.deals)
        for name, tenths in values.items():
            worth += tenths / 10 * _level(state, seat, name)
        return worth


def _level(state: State, seat: str, name: str) -> int:
    """How much there is of what a rule of thumb is about: a track, an own good, or `seat/good`."""
    if name in state.tracks:
        return state.tracks[name]
    owner, _, good = name.rpartition("/")
    return state.goods.get(owner or seat, {}).get(good, 0)


class Haste:
    """Moves for those who are not thought about: by first impressions, as greedy would.

    Dice are kept by round and seat, so that one player's extra move does not change all others' minds.
    """

    def __init__(self, luck: int, memory: Impressions) -> None:
        self.luck, self.memory = luck, memory
        self.turn: tuple[int, str | None] = (0, None)
        self.nth = 0

    def move(self, state: State, legal: Sequence[Move]) -> Move:
        if len(legal) == 1:
            return legal[0]
        turn = (state.round, state.to_act)
        self.nth = self.nth + 1 if turn == self.turn else 0
        self.turn = turn
        die = draw(self.luck, 0, state.round, "haste", str(state.to_act), self.nth)
        known = self.memory.of(state, legal)
        best, worth = legal[0], -inf if state.stack else WAVER
        for nth, move in enumerate(legal):
            value = known[move] + WAVER * ((die >> (nth % 53)) % 1024) / 1024
            if value > worth and move.verb != "end":
                best, worth = move, value
        return best


class Impressions:
    """What a move looked worth when it first came up, in any playout of a search.

    Later playouts go by that, so that they cost little more than their rules. A choice within a card is known
    by where in the card it stands.
    """

    def __init__(self, seat: str, values: dict[str, int]) -> None:
        self.seat, self.values = seat, values
        self.by_choice: dict[object, dict[Move, float]] = {}

    def of(self, state: State, legal: Sequence[Move]) -> dict[Move, float]:
        top = state.stack[-1] if state.stack else None
        known = self.by_choice.setdefault((top.path, top.at) if top else None, {})
        fresh = [move for move in legal if move not in known]
        if fresh:
            seat = legal[0].seat
            seen = view(state, seat)
            values = self.values if seat == self.seat else values_of(seen, seat, "")
            for move in fresh:
                known[move] = sum(gains_of(seen, move, values).values())
        return known


__all__ = ["PLAYOUTS", "Search", "search"]
