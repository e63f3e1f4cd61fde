"""Saves of real games: damage anywhere in a full one is noticed, and the example game always opens."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from wargame import load_scenario
from wargame.errors import NotASave
from wargame.record import Player, Save, restore
from wargame.record.frames import scan
from wargame.table import ENGINE, Table

from .toys import flipped, frame_ends

EXAMPLE = Path(__file__).resolve().parents[2] / "saves" / "example.wargame"
SAMPLES = 1000


@pytest.fixture(scope="module")
def full_game(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a whole six-round game between greedy bots."""
    folder = tmp_path_factory.mktemp("full")
    scenario = load_scenario("honeymoon")
    players = {seat: Player("greedy", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=11, folder=folder, name="full")
    list(table.advance())
    table.close()
    return (folder / "full.wargame").read_bytes()


def test_truncations_of_a_full_game_are_noticed(full_game: bytes) -> None:
    """A thousand cuts: each is noticed and leaves exactly the whole frames before it."""
    ends = frame_ends(full_game)
    for cut in random.Random(1).sample(range(len(full_game)), SAMPLES):
        try:
            found = scan(full_game[:cut])
        except NotASave:
            assert cut < ends[0]
            continue
        assert found.trouble is not None
        assert sum(end <= cut for end in ends) == len(found.frames)


def test_flips_in_a_full_game_are_noticed(full_game: bytes) -> None:
    """A thousand flipped bits: none passes unnoticed, and no frame before the flip is lost."""
    ends, chance = frame_ends(full_game), random.Random(2)
    for _ in range(SAMPLES):
        bit = chance.randrange(len(full_game) * 8)
        try:
            found = scan(flipped(full_game, bit))
        except NotASave:
            continue
        assert found.trouble is not None
        assert len(found.frames) in (sum(end <= bit // 8 for end in ends), len(ends))


def test_the_example_game_opens_for_ever() -> None:
    """The example replays under today's rules or, under later ones, opens read-only at its end."""
    with Save.open(EXAMPLE, write=False) as save:
        end = save.tree.end()
        game = restore(save, ENGINE).game

        assert save.trouble is None
        assert end is not None
        assert game.over
        assert isinstance(end.result, dict)
        assert dict(game.scores) == end.result["scores"]
