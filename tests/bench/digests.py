"""Random games boiled down to a digest each, so that two builds of the rules can be compared.

`python -m tests.bench.digests 200` prints a line a game: its seed, how many moves it had, and a digest over
every list of legal moves, every event and every state of it. Two builds that print the same play the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import blake2b

from wargame import Game, load_scenario
from wargame.lab.fuzz import pick
from wargame.lab.simulate import game_seed
from wargame.rules.events import to_plain
from wargame.rules.luck import draw
from wargame.rules.scenario import Scenario

RUN = 11
"""The seed of the run."""


def digests(games: int) -> Iterator[str]:
    """A line a game; lengths go round, and every kind of move comes up (as in `wargame fuzz`)."""
    scenario = load_scenario("honeymoon")
    for nth in range(games):
        yield digest(scenario, game_seed(RUN, nth), nth % scenario.spec.rules.most_rounds + 1)


def digest(scenario: Scenario, seed: int, rounds: int) -> str:
    """Seed, number of moves and digest of one game."""
    game, moves = Game.new(scenario, seed, rounds), 0
    total = blake2b(repr(list(map(to_plain, game.opening))).encode(), digest_size=16)
    while not game.over:
        legal = game.legal_moves()
        move = pick(legal, draw(seed, 0, moves, "digest"))
        events = game.apply(move)
        listed = [(move.seat, move.verb, tuple(move.to_plain()[2:])) for move in legal]
        total.update(repr([listed, list(map(to_plain, events))]).encode())
        total.update(game.to_bytes())
        moves += 1
    total.update(repr([(seat, tuple(line)) for seat, line in game.lines.items()]).encode())
    return f"{seed:<20} {moves:>4} {total.hexdigest()}"


if __name__ == "__main__":
    for line in digests(int(sys.argv[1]) if len(sys.argv) > 1 else 200):
        print(line)
