"""A save made of moves that broke a law, so that it opens at the spot."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from wargame.record import Player
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario
from wargame.table.table import PERSON, Table


class Broken(Protocol):
    """What a fuzzer says of a broken law: the game's seed, length and moves up to the spot."""

    @property
    def seed(self) -> int: ...
    @property
    def rounds(self) -> int: ...
    @property
    def moves(self) -> tuple[Move, ...]: ...
    @property
    def sentence(self) -> str: ...


def keep(scenario: Scenario, broken: Broken, folder: Path) -> Path:
    """Write the game up to the spot as a save with a note on it; its path. Raises `CannotWrite`."""
    players = {seat: Player(PERSON, seat) for seat in scenario.seat_ids}
    table = Table.start(
        scenario, players, seed=broken.seed, rounds=broken.rounds, folder=folder, name=f"fuzz {broken.seed}"
    )
    assert table.save is not None
    try:
        with table.save.together():
            for move in broken.moves:
                table.play(move)
        table.save.append_remark("note", broken.sentence)
        return table.save.path
    finally:
        table.close()
