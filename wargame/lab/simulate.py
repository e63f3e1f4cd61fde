"""Whole games between bots, and what they add up to."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from time import process_time
from typing import Any, NamedTuple

from wargame.bots.base import bot_luck
from wargame.bots.external import Externals
from wargame.bots.players import Players
from wargame.lab.intervals import Moments
from wargame.lab.workers import Chunk, Chunks, Workers, run
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves
from wargame.rules.phases import run_to_decision, step
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
    """Play one game to its end by the named bots; return the last state and the number of decisions."""
    state, opening = new_state(scenario, seed, rounds or scenario.spec.rules.rounds)
    run_to_decision(state, opening)
    decisions, players = 0, Players(seats)
    with Externals() as externals, collector_off():
        while state.to_act is not None:
            move = decide(state, players, seed, decisions, externals)
            if watch is not None:
                watch(state, move)
            step(state, move)
            decisions += 1
    return state, decisions


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep Python from looking for circular garbage all through a game, which makes none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def decide(state: State, players: Players, seed: int, nth: int, externals: Externals | None = None) -> Move:
    """Return the move of the seat that has to act; only `externals` know programs."""
    moves = legal_moves(state)
    seat = moves[0].seat
    luck = bot_luck(seed, state.luck, state.round, seat, nth)
    program = externals.get(seat, players.names[seat]) if externals is not None else None
    return program(view(state, seat), moves, luck).move if program else players.move(state, moves, luck)


class Played(NamedTuple):
    """A game that was played: its number in the run (from 0) and what is kept of it.

    `rounds` is its agreed length, `last_round` where it ended; `seconds` are of processor time.
    """

    nth: int
    seed: int
    rounds: int
    last_round: int
    outcome: str
    decisions: int
    lines: dict[str, Line]
    tracks: dict[str, int]
    finished: bool
    seconds: float


def _play(
    scenario: Scenario, chunk: Chunk, seats: Mapping[str, str], seed: int, rounds: int | None
) -> list[Played]:
    found = []
    for nth in chunk.games:
        own, start = game_seed(seed, nth), process_time()
        state, decisions = play_game(scenario, seats, own, rounds)
        seconds = process_time() - start
        found.append(
            Played(
                nth, own, state.rounds, state.round, state.outcome, decisions, final_scores(state),
                dict(state.tracks), state.phase == "debrief", seconds,
            )
        )  # fmt: skip
    return found


@dataclass
class Tally:
    """Sums over games; `summary` is what a person reads. No game is kept, so it never grows."""

    seats: tuple[str, ...]
    games: int = 0
    finished: int = 0
    decisions: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    first: Counter[str] = field(default_factory=Counter)
    won: Counter[str] = field(default_factory=Counter)
    ruined: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    scores: dict[str, Moments] = field(init=False)

    def __post_init__(self) -> None:
        self.scores = {seat: Moments() for seat in self.seats}

    def add(self, game: Played) -> None:
        self.games += 1
        self.finished += game.finished
        self.decisions += game.decisions
        self.seconds += game.seconds
        self.outcomes[game.outcome] += 1
        for seat, line in game.lines.items():
            self.first[seat] += line.rank == 1
            self.won[seat] += line.won
            self.ruined[seat] += line.ruined
            self.scores[seat].add(line.score)

    def summary(self) -> dict[str, Any]:
        """Return counts, speeds (by processor time), and by seat shares of games and score mean and sd."""
        games, seconds = max(self.games, 1), max(self.seconds, 1e-9)
        return {
            "games": self.games,
            "finished": self.finished,
            "interrupted": self.interrupted,
            "decisions": self.decisions,
            "outcomes": dict(sorted(self.outcomes.items())),
            "seconds": round(self.seconds, 3),
            "games_per_second": round(self.games / seconds, 1),
            "decisions_per_second": round(self.decisions / seconds),
            "first": {seat: self.first[seat] / games for seat in self.seats},
            "won": {seat: self.won[seat] / games for seat in self.seats},
            "ruined": {seat: self.ruined[seat] / games for seat in self.seats},
            "scores": {
                seat: {"mean": round(scores.mean, 2), "sd": round(scores.sd(), 2)}
                for seat, scores in self.scores.items()
            },
        }


TUNING = range(1_000_000_000)
"""Seeds of runs by which a deck may be changed: where every command begins that is not told otherwise."""
JUDGING = range(1_000_000_000, 2_000_000_000)
"""Seeds of runs that only judge, so that no deck was ever fitted to their games."""


def seed_range(seed: int) -> str:
    """Return what the games of a run are for: `tuning`, `judging` or, beyond both ranges, `other`."""
    return "tuning" if seed in TUNING else "judging" if seed in JUDGING else "other"


def game_seed(seed: int, nth: int) -> int:
    """Return the seed of the nth game of a run, unrelated to its neighbours."""
    return draw(seed, 0, 0, "game", "", nth) >> 1


def simulate(
    scenario: Scenario,
    seats: Mapping[str, str],
    games: int,
    seed: int = 0,
    rounds: int | None = None,
    progress: Callable[[int], None] | None = None,
    workers: Workers | None = None,
    each: Callable[[Played], None] | None = None,
) -> Tally:
    """Play so many games, by `workers` or in this process; what they are and add up to is the same.

    `progress` hears the number of games done; `each` gets every game, in order. Ctrl-C (KeyboardInterrupt)
    gives the tally so far, `interrupted`. `WorkersError` if the workers can't do it.
    """
    tally = Tally(scenario.seat_ids)
    work = partial(_play, seats=dict(seats), seed=seed, rounds=rounds)
    try:
        for _chunk, played in run(work, Chunks(games), scenario, workers):
            for game in played:
                tally.add(game)
                if each is not None:
                    each(game)
            if progress is not None:
                progress(tally.games)
    except KeyboardInterrupt:
        tally.interrupted = True
    return tally
