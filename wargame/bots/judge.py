"""What a position is still worth to each seat at the beginning of a round, over what it scores already.

Rules of thumb don't tell it: a step that others will undo is worth little, one that opens a door is worth
more than it scores. So it is learnt from games of greedy players with this scenario, when it is first asked
for. Backwards from the last round, what the next round begins with is regressed on the facts of a position
(fitted value iteration; by simulated games: Longstaff and Schwartz, 2001), with a ridge, for the games are
few. The games have seeds of their own: the same scenario is judged in the same way everywhere.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from itertools import count
from math import sqrt
from typing import NamedTuple

from wargame.bots.playout import play_on
from wargame.bots.worth import outcome_worth
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.phases import run_to_decision
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import agenda_kept, final_score
from wargame.rules.setup import new_state
from wargame.rules.state import State

GAMES = 400
"""Games that it learns from."""
RIDGE = 0.25
"""How strongly it is drawn to "the score stays as it is": by so much of each fact's variance."""

STRAY = 20
"""One decision in so many is left to luck in them, to see what greedy players never do."""

Fact = tuple[str, ...]


class Row(NamedTuple):
    """A position at the beginning of a round: its facts, and what every seat scored."""

    facts: dict[Fact, int]
    scores: list[float]


class Weights(NamedTuple):
    """What every seat may expect over its score: a steady part, and so much for each of a fact."""

    steady: list[float]
    each: dict[Fact, list[float]]

    def rest(self, facts: dict[Fact, int], at: int) -> float:
        """Return what the seat at that place may expect."""
        total, each = self.steady[at], self.each
        for fact, value in facts.items():
            if value and fact in each:
                total += value * each[fact][at]
        return total


class Judge:
    """Weights by how many rounds are left, the present one included."""

    def __init__(self, scenario: Scenario, games: int = GAMES) -> None:
        self._seats = {seat: at for at, seat in enumerate(scenario.seat_ids)}
        self._weights: list[Weights] = []
        rounds = scenario.spec.rules.rounds
        played = [list(_game(scenario, nth)) for nth in range(games)]
        for round_ in range(rounds, 1, -1):
            rows = [(game[round_ - 2], game[round_ - 1]) for game in played if len(game) >= round_]
            if len(rows) < 2:
                break
            gains = [self._gains(now, after) for now, after in rows]
            self._weights.append(fitted([now.facts for now, _after in rows], gains))

    @classmethod
    def of(cls, scenario: Scenario) -> Judge:
        """Return the one for that scenario, which is kept with its programs."""
        kept = scenario.base.programs.kept
        if cls not in kept:
            kept[cls] = cls(scenario.base)
        found: Judge = kept[cls]
        return found

    def expects(self, state: State, seat: str) -> float:
        """Return the score that a seat may expect of a position at the beginning of a round, or its end."""
        score = scored(state, seat)
        if state.to_act is None or not self._weights:
            return score
        left = min(state.rounds - state.round, len(self._weights) - 1)
        return score + self._weights[left].rest(facts_of(state), self._seats[seat])

    def _gains(self, now: Row, after: Row) -> list[float]:
        """Return what every seat gained in a round, with what it could expect after it."""
        gains = [one - other for one, other in zip(after.scores, now.scores, strict=True)]
        if after.facts:
            gains = [gain + self._weights[-1].rest(after.facts, at) for at, gain in enumerate(gains)]
        return gains


def scored(state: State, seat: str) -> float:
    """Return a seat's score, were the game to end here; what the outcome is worth is in it."""
    return final_score(state, seat) + outcome_worth(state.scenario, seat, state.outcome)


def facts_of(state: State) -> dict[Fact, int]:
    """Return what a position is judged by: levels, stocks, purses, deals that run, flags, agendas so far."""
    facts: dict[Fact, int] = {("track", track): value for track, value in state.tracks.items()}
    for seat, held in state.goods.items():
        facts |= {("good", seat, good): lots for good, lots in held.items()}
        facts["influence", seat] = state.influence[seat]
        facts["agenda", seat] = agenda_kept(state, seat)
    for deal in state.deals:
        if deal.status == "running":
            facts["deal", deal.template] = deal.left
            facts["unpaid", deal.template] = max(deal.unpaid, 0)
    return facts | {("flag", flag): 1 for flag in state.flags}


def _game(scenario: Scenario, nth: int) -> Iterator[Row]:
    """Play the nth game that is learnt from; yield its rounds from the second on, and how it ended."""
    state, opening = new_state(scenario, draw(0, 0, 0, "judge", "", nth) >> 1, scenario.spec.rules.rounds)
    decided = count()

    def strays(state: State, moves: Sequence[Move]) -> Sequence[Move]:
        luck = draw(state.seed, 0, state.round, "stray", state.to_act or "", next(decided))
        return moves if luck % STRAY else [moves[luck // STRAY % len(moves)]]

    collecting = gc.isenabled()
    gc.disable()
    try:
        run_to_decision(state, opening)
        while state.to_act is not None:
            play_on(state, state.round + 1, narrow=strays)
            facts = {} if state.phase == "debrief" else facts_of(state)
            yield Row(facts, [scored(state, seat) for seat in scenario.seat_ids])
    finally:
        if collecting:
            gc.enable()


def fitted(all_facts: Sequence[dict[Fact, int]], gains: Sequence[Sequence[float]]) -> Weights:
    """Return the weights by which the facts tell the gains best (least squares with a ridge)."""
    names = sorted({fact for facts in all_facts for fact in facts})
    n, k, seats = len(all_facts), len(names), range(len(gains[0]))
    means = [sum(facts.get(name, 0) for facts in all_facts) / n for name in names]
    middle = [sum(gain[at] for gain in gains) / n for at in seats]
    square = [[0.0] * k for _name in names]
    right = [[0.0] * len(seats) for _name in names]
    for facts, gain in zip(all_facts, gains, strict=True):
        row = [facts.get(name, 0) - mean for name, mean in zip(names, means, strict=True)]
        over = [gain[at] - middle[at] for at in seats]
        for i, one in enumerate(row):
            if one:
                sums, line = right[i], square[i]
                for at in seats:
                    sums[at] += one * over[at]
                for j in range(i + 1):
                    line[j] += one * row[j]
    for i in range(k):
        square[i][i] = square[i][i] * (1 + RIDGE) + 1e-6
    each = solved(square, right)
    steady = [
        middle[at] - sum(mean * weights[at] for mean, weights in zip(means, each, strict=True))
        for at in seats
    ]
    return Weights(steady, dict(zip(names, each, strict=True)))


def solved(square: list[list[float]], right: list[list[float]]) -> list[list[float]]:
    """Solve a system whose matrix is symmetric and positive, given its lower half, by Cholesky; in place."""
    for i, line in enumerate(square):
        for j in range(i + 1):
            above = square[j]
            total = line[j] - sum(one * other for one, other in zip(line[:j], above[:j], strict=True))
            line[j] = sqrt(total) if i == j else total / above[j]
        for at in range(len(right[i])):
            total = right[i][at] - sum(line[j] * right[j][at] for j in range(i))
            right[i][at] = total / line[i]
    for i in reversed(range(len(square))):
        for at in range(len(right[i])):
            total = right[i][at] - sum(square[j][i] * right[j][at] for j in range(i + 1, len(square)))
            right[i][at] = total / square[i][i]
    return right
