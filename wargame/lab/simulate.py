"""Whole games between bots, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import fmean, pstdev
from time import process_time
from typing import Any

from wargame.bots import bot as find_bot
from wargame.bots.base import bot_luck
from wargame.bots.external import Externals
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves
from wargame.rules.phases import settle, step
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import Line, final_scores
from wargame.rules.setup import new_state
from wargame.rules.state import State
from wargame.rules.view import view

Watch = Callable[[State, Move], None]
"""Called with the state before each move, for statistics."""


def play_game(
    scenario: Scenario,
    seats: Mapping[str, str],
    seed: int,
    rounds: int | None = None,
    watch: Watch | None = None,
) -> tuple[State, int]:
    """One game to its end by the named bots; the last state and the number of decisions."""
    state, opening = new_state(scenario, seed, rounds or scenario.spec.rules.rounds)
    settle(state, opening)
    decisions = 0
    with Externals() as externals:
        while state.to_act is not None:
            move = decide(state, seats[state.to_act], seed, decisions, externals)
            if watch is not None:
                watch(state, move)
            step(state, move)
            decisions += 1
    return state, decisions


def decide(state: State, bot: str, seed: int, nth: int, externals: Externals | None = None) -> Move:
    """A bot's move; the random one needs no window to look through, and only `externals` know programs."""
    moves = legal_moves(state)
    seat = state.to_act
    assert seat is not None
    luck = bot_luck(seed, state.luck, state.round, seat, nth)
    if bot == "random":
        return moves[luck % len(moves)]
    program = externals.get(seat, bot) if externals is not None else None
    return (program or find_bot(bot))(view(state, seat), moves, luck).move


@dataclass
class Tally:
    """Sums over games; `summary` is what a person reads."""

    seats: tuple[str, ...]
    games: int = 0
    finished: int = 0
    decisions: int = 0
    seconds: float = 0.0
    storms: int = 0
    first: dict[str, float] = field(default_factory=dict)
    won: dict[str, int] = field(default_factory=dict)
    ruined: dict[str, int] = field(default_factory=dict)
    scores: dict[str, list[int]] = field(default_factory=dict)

    def add(self, state: State, decisions: int) -> None:
        self.games += 1
        self.finished += state.phase == "debrief"
        self.decisions += decisions
        self.storms += state.outcome == "storm"
        lines = final_scores(state)
        for seat, line in lines.items():
            self._add_seat(seat, line)

    def _add_seat(self, seat: str, line: Line) -> None:
        self.first[seat] = self.first.get(seat, 0) + (line.rank == 1)
        self.won[seat] = self.won.get(seat, 0) + line.won
        self.ruined[seat] = self.ruined.get(seat, 0) + line.ruined
        self.scores.setdefault(seat, []).append(line.score)

    def summary(self) -> dict[str, Any]:
        """Counts, speeds (by processor time), and by seat shares of games and score mean and sd."""
        games, seconds = max(self.games, 1), max(self.seconds, 1e-9)
        return {
            "games": self.games,
            "finished": self.finished,
            "decisions": self.decisions,
            "storms": self.storms,
            "seconds": round(self.seconds, 3),
            "games_per_second": round(self.games / seconds, 1),
            "decisions_per_second": round(self.decisions / seconds),
            "first": {seat: self.first.get(seat, 0) / games for seat in self.seats},
            "won": {seat: self.won.get(seat, 0) / games for seat in self.seats},
            "ruined": {seat: self.ruined.get(seat, 0) / games for seat in self.seats},
            "scores": {seat: _spread(self.scores.get(seat) or [0]) for seat in self.seats},
        }


def _spread(scores: list[int]) -> dict[str, float]:
    return {"mean": round(fmean(scores), 2), "sd": round(pstdev(scores), 2)}


def game_seed(seed: int, nth: int) -> int:
    """The seed of the nth game of a run, unrelated to its neighbours."""
    return draw(seed, 0, 0, "game", "", nth) >> 1


def simulate(
    scenario: Scenario,
    seats: Mapping[str, str],
    games: int,
    seed: int = 0,
    rounds: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """So many games, one process. Ctrl-C (KeyboardInterrupt) gives the tally so far."""
    tally = Tally(scenario.seat_ids)
    try:
        for nth in range(games):
            start = process_time()
            state, decisions = play_game(scenario, seats, game_seed(seed, nth), rounds)
            tally.seconds += process_time() - start
            tally.add(state, decisions)
            if progress is not None:
                progress(tally.games)
    except KeyboardInterrupt:
        pass
    return tally
