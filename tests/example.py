"""The example game: `python -m tests.example` plays `saves/example.wargame` anew.

Six rounds between six bots. The same rules, bots and decks make the same file each time. With another seed,
`python -m tests.example SEED`, it is another game; the tests look in it for what they need and pass with any.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.kept import FOLDER, Clock, keep
from wargame import __version__, load_scenario
from wargame.record import Player
from wargame.record.records import Played
from wargame.table import Table
from wargame.words import Words

NAME = "example"
SEED = 2023
ROUNDS = 6
BOTS = {
    "rok": "greedy",
    "us": "greedy/cautious",
    "japan": "greedy/opportunist",
    "dprk": "greedy/opportunist",
    "russia": "greedy/cautious",
    "china": "greedy",
}
CLOCK = Clock(
    "2023-09-13T10:00:00Z", 1_694_599_200_000, lambda entry: 5_000 if isinstance(entry, Played) else 0
)
"""It began on the day of the column, and each move took five seconds."""


def example(folder: Path, seed: int = SEED) -> Path:
    """Play the game and put it into a folder, in the place of the one that is there; its path."""
    return keep(folder, NAME, lambda where, name: _play(where, name, seed), CLOCK)


def _play(folder: Path, name: str, seed: int) -> None:
    scenario = load_scenario("honeymoon")
    words = Words(scenario)
    players = {seat: Player(BOTS[seat], words.capital(seat)) for seat in scenario.seat_ids}
    table = Table.start(
        scenario, players, seed=seed, rounds=ROUNDS, folder=folder, name=name, app=__version__
    )
    list(table.advance())
    table.close()
    if table.game.state.round < ROUNDS:
        sys.exit(f"The game of seed {seed} ends in round {table.game.state.round}; choose another seed.")


if __name__ == "__main__":
    print(example(FOLDER, *map(int, sys.argv[1:2])))
