"""Saves of real games: damage anywhere in a full one is noticed, and one of older rules always opens."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from wargame import load_scenario
from wargame.errors import NotASave
from wargame.record import Player, Save, restore, verify
from wargame.record.frames import scan
from wargame.table import ENGINE, Table

from .toys import flipped, frame_ends

OLDER_RULES = Path(__file__).parent / "data" / "older-rules.wargame"
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


def test_a_game_of_older_rules_opens_for_ever() -> None:
    """It opens read-only at its end, with the scores that were written down then, and says why."""
    with Save.open(OLDER_RULES, write=False) as save:
        end = save.tree.end()
        found = restore(save, ENGINE)

        assert save.trouble is None
        assert end is not None
        assert isinstance(end.result, dict)
        assert dict(found.game.scores) == end.result["scores"]
        assert found.game.over
        assert found.read_only
        assert found.notice is not None
        assert found.notice.startswith("Move 1 can't be played again by these rules")
        assert found.notice.endswith("The game opens read-only as it stood after move 230, in round 6.")


def test_a_game_of_older_rules_is_not_called_whole() -> None:
    """The file is whole, the game can't be played again: one sentence says from where on."""
    report = verify(OLDER_RULES, ENGINE)

    assert not report.ok
    assert "not whole" in report.summary
    assert [problem.partition(":")[0] for problem in report.problems] == [
        "Move 1 can't be played again by these rules"
    ]


def test_a_game_of_older_rules_is_not_written_to(tmp_path: Path) -> None:
    """A table shows it and changes nothing in it."""
    path = tmp_path / "older.wargame"
    path.write_bytes(OLDER_RULES.read_bytes())
    table = Table.resume(path)
    table.close()

    assert table.over
    assert table.read_only
    assert table.notice is not None
    assert path.read_bytes() == OLDER_RULES.read_bytes()
