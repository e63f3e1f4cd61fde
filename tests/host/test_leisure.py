"""The collector looks through all there is while nobody types, and at last also while somebody does."""

from __future__ import annotations

import pytest

from tests.host.tables import Watch
from wargame.host.leisure import ENOUGH, MOST, QUIET, Leisure


@pytest.mark.parametrize(
    ("came", "silent", "due"),
    [(ENOUGH - 1, 60.0, False), (ENOUGH, QUIET / 2, False), (ENOUGH, QUIET, True), (MOST, 0.0, True)],
)
def test_all_is_looked_through_when_it_is_worth_while_and_nobody_types(
    came: int, silent: float, due: bool
) -> None:
    watch = Watch()
    heard = watch.now - silent

    assert Leisure(lambda: heard, lambda: came, watch).is_due is due
