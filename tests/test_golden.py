"""The golden playthroughs are what the rules do now."""

from __future__ import annotations

import pytest

from tests.golden import FOLDER, SEEDS, goldens, playthrough
from tests.rules.boards import mini

NAMES = [f"{scenario}-{seed}.txt" for scenario in ("mini", "honeymoon") for seed in SEEDS]


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_playthrough_comes_out_the_same(name: str) -> None:
    """If the change is meant, `make golden` writes them anew; read the diff."""
    kept = (FOLDER / name).read_text(encoding="utf-8")

    assert goldens()[name].splitlines() == kept.splitlines()


def test_there_is_a_file_for_each_and_no_other() -> None:
    """A playthrough that nobody compares would rot."""
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(NAMES)


def test_another_seed_is_another_game() -> None:
    """The luck of a playthrough is its seed's."""
    assert playthrough(mini(), 1).splitlines()[3:] != playthrough(mini(), 2).splitlines()[3:]
