"""The collector looks through all there is in a silence, and not because somebody types much."""

from __future__ import annotations

import gc

import pytest

from tests.host.tables import Watch
from wargame.host.leisure import ENOUGH, MOST, QUIET, SILENT, Leisure, looks_at_the_newest


@pytest.mark.parametrize(
    ("came", "silence", "due"),
    [
        (ENOUGH - 1, SILENT, False),
        (ENOUGH, SILENT, True),
        (MOST - 1, SILENT / 2, False),
        (MOST, QUIET / 2, False),
        (MOST, QUIET, True),
    ],
)
def test_it_looks_when_it_is_worth_while_and_nobody_types(came: int, silence: float, due: bool) -> None:
    watch = Watch()
    heard = watch.now - silence

    assert Leisure(lambda: heard, lambda: came, watch).due == due


def test_once_it_has_looked_it_waits_until_as_much_has_come_again() -> None:
    gc.collect()

    assert looks_at_the_newest() == 0
