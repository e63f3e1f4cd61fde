"""A game of the small world with a facilitator, and its file, for the tests."""

from __future__ import annotations

from pathlib import Path

from tests.rules.boards import mini
from wargame.record import Head, Player, Save, verify
from wargame.table import ENGINE, Table

CARD = {"title": "A stranger", "text": "He asks the way.", "effects": [{"shift": {"track": "heat", "by": 1}}]}
ROUNDS = 3
"""Rounds of the games here."""


def a_table(
    folder: Path | None, people: tuple[str, ...] = ("amber", "birch", "cedar"), seed: int = 4
) -> Table:
    """A game of the small world, with random bots where there are no people."""
    scenario = mini()
    players = {seat: Player("person" if seat in people else "random", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=seed, rounds=ROUNDS, folder=folder, name="evening")
    list(table.advance())
    return table


def the_file(folder: Path) -> Path:
    return next(folder.glob("*.wargame"))


def heads_of(save: Save) -> list[Head]:
    return [entry for entry in save.tree.entries if isinstance(entry, Head)]


def whole(folder: Path) -> bool:
    report = verify(the_file(folder), ENGINE)
    assert report.problems == ()
    return report.ok
