"""The example game: `python -m tests.example` plays `saves/example.wargame` anew.

Six rounds between six bots. The same rules, bots and decks make the same file each time. With another seed,
`python -m tests.example SEED`, it is another game; the tests look in it for what they need and pass with any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from wargame import __version__, load_scenario
from wargame.record import Disk, Entry, Header, Player, Save, Sitting, save_path
from wargame.record.files import create_file
from wargame.record.plain import encode
from wargame.record.records import Played
from wargame.table import Table
from wargame.words import Words

FOLDER = Path(__file__).resolve().parents[1] / "saves"
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
CREATED = "2023-09-13T10:00:00Z"
"""A game has the time at which it was played; this one has a time of its own."""
BEGUN, PACE = 1_694_599_200_000, 5_000
"""The same in ms since 1970, and how long each move took."""


def example(folder: Path, seed: int = SEED) -> Path:
    """Play the game and put it into a folder, in the place of the one that is there; its path."""
    path = save_path(folder, NAME)
    with TemporaryDirectory() as played:
        _play(Path(played), seed)
        with Save.open(save_path(Path(played), NAME), write=False) as save:
            records = [encode(entry.to_plain()) for entry in _at_its_own_time(save.tree.entries)]
    path.unlink(missing_ok=True)
    create_file(path, records, Disk()).close()
    return path


def _play(folder: Path, seed: int) -> None:
    scenario = load_scenario("honeymoon")
    words = Words(scenario)
    players = {seat: Player(BOTS[seat], words.capital(seat)) for seat in scenario.seat_ids}
    table = Table.start(
        scenario, players, seed=seed, rounds=ROUNDS, folder=folder, name=NAME, app=__version__
    )
    list(table.advance())
    table.close()
    if table.game.state.round < ROUNDS:
        sys.exit(f"The game of seed {seed} ends in round {table.game.state.round}; choose another seed.")


def _at_its_own_time(entries: tuple[Header | Entry, ...]) -> Iterator[Header | Entry]:
    at = 0
    for entry in entries:
        if isinstance(entry, Header):
            yield replace(entry, created=CREATED)
        elif isinstance(entry, Played):
            at = PACE * entry.id
            yield replace(entry, time=BEGUN + at, at=at)
        elif isinstance(entry, Sitting):
            yield replace(entry, time=BEGUN + at, at=at)
        else:
            yield entry


if __name__ == "__main__":
    print(example(FOLDER, *map(int, sys.argv[1:2])))
