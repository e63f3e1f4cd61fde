"""Random games under all the laws, and the exact way back to the first breach (design 2; rules: laws).

Every game of a run has a seed of its own, drawn from the run's, and every move comes from keyed luck: a
run can be repeated, and a broken law comes with the seed and the moves that lead to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from wargame.lab.law_case import most_moves
from wargame.lab.laws import Breach, play_under_laws
from wargame.lab.simulate import game_seed
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario

SHORTEST = 1
"""Rounds of the shortest fuzzed game; games vary up to the scenario's `most_rounds`."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken law: a game of `seed` and `rounds` stands at the spot after `moves`.

    The last of `moves` is legal, but may be the one that fails to apply (law `applies`).
    """

    seed: int
    rounds: int
    moves: tuple[Move, ...]
    law: str
    sentence: str


@dataclass(slots=True)
class FuzzReport:
    """How far a run came: whole games, decisions, processor seconds, and the first breach if any."""

    games: int = 0
    decisions: int = 0
    seconds: float = 0.0
    broken: Broken | None = None


def fuzz(
    scenario: Scenario,
    games: int,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> FuzzReport:
    """Play so many random games of all lengths under all laws; stop at the first breach.

    `progress` hears the number of games done. Ctrl-C (KeyboardInterrupt) gives the report so far.
    """
    report = FuzzReport()
    try:
        for nth in range(games):
            start = process_time()
            decisions, broken = fuzz_game(scenario, game_seed(seed, nth))
            report.seconds += process_time() - start
            report.decisions += decisions
            if broken is not None:
                report.broken = broken
                return report
            report.games += 1
            if progress is not None:
                progress(report.games)
    except KeyboardInterrupt:
        pass
    return report


def fuzz_game(
    scenario: Scenario, seed: int, rounds: int | None = None, thorough: bool = False
) -> tuple[int, Broken | None]:
    """Play one random game under all laws; return its decisions, and the breach that stopped it.

    Its length is `rounds`, or drawn from its seed. `thorough` asks every law at every step.
    """
    spread = scenario.spec.rules.most_rounds - SHORTEST + 1
    length = rounds or SHORTEST + draw(seed, 0, 0, "fuzz rounds") % spread
    game = Game.new(scenario, seed, length)
    moves: list[Move] = []
    for nth in range(most_moves(scenario, length)):
        if game.over:
            return len(moves), None
        legal = game.legal_moves()
        luck = draw(seed, 0, game.state.round, "fuzz", "", nth)
        moves.append(pick(legal, luck))
        _events, breach = play_under_laws(game, moves[-1], draw(seed, 0, nth, "fuzz laws"), thorough)
        if breach is not None:
            return len(moves), _broken(seed, length, moves, breach)
    endless = Breach("ends", "a game ends within a stated number of moves", f"it goes on after {len(moves)}")
    return len(moves), _broken(seed, length, moves, endless)


def pick(legal: tuple[Move, ...], luck: int) -> Move:
    """Return a random move; every other time its kind is drawn first, so that rare ones come up."""
    if luck % 2:
        return legal[(luck >> 1) % len(legal)]
    verbs = sorted({move.verb for move in legal if move.verb != "end"}) or ["end"]
    verb = verbs[(luck >> 1) % len(verbs)]
    alike = [move for move in legal if move.verb == verb]
    return alike[(luck >> 32) % len(alike)]


def _broken(seed: int, rounds: int, moves: list[Move], breach: Breach) -> Broken:
    """Return it with moves that a game can be brought through: not the last if that does not apply."""
    kept = moves[:-1] if breach.law == "applies" else moves
    return Broken(seed, rounds, tuple(kept), breach.law, str(breach))
