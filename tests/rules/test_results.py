"""A table of results: one die against one chance, and what comes by a margin."""

from __future__ import annotations

import pytest

from tests.content.decks import said, texts
from tests.rules.boards import a_card_that, a_game, edit, give, play, turn_of
from wargame.rules.effects.flow import Roll
from wargame.rules.effects.tracks import Shift
from wargame.rules.moves import Commit
from wargame.rules.preview import preview
from wargame.rules.spec import Modifier
from wargame.rules.state import Fixed, White
from wargame.words import Words

TABLE = Roll(
    40,
    success=(Shift(1, track="heat"),),
    failure=(Shift(-1, track="heat"),),
    modifiers=(Modifier("Grain", track="grain", each=2),),
    triumph=(Shift(3, track="heat"),),
    disaster=(Shift(-3, track="heat"),),
    margin=30,
)
"""Grain stands at 5: a chance of 50."""


@pytest.mark.parametrize(
    ("die", "by"), [(1, 3), (20, 3), (21, 1), (50, 1), (51, -1), (80, -1), (81, -3), (100, -3)]
)
def test_the_die_says_which_row_comes(die: int, by: int) -> None:
    """By 30 or better, at most the chance, above it, by more than 30."""
    game = a_game(a_card_that(TABLE))
    edit(game, white=White(dice=(Fixed("card/test-card", die),)))

    play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == max(3 + by, 0)


def test_a_table_is_foreseen_by_the_shares_of_its_rows() -> None:
    """20, 30, 30 and 20 in a hundred; if it works, two in five by the margin."""
    game = give(a_game(a_card_that(TABLE)), "amber", "test-card")
    turn_of(game, "amber")
    seen, move, path = game.view("amber"), Commit("amber", "test-card"), "card/test-card/0"

    assert [odds.chance for odds in preview(seen, move).odds] == [50]
    assert preview(seen, move).changes["track", "heat"] == pytest.approx(0)
    assert preview(seen, move, {path: True}).changes["track", "heat"] == pytest.approx(3 * 0.4 + 0.6)
    assert preview(seen, move, {path: False}).changes["track", "heat"] == pytest.approx(-3 * 0.4 - 0.6)


def test_a_table_is_put_in_words() -> None:
    words = Words(a_card_that(TABLE))

    assert words.effects([TABLE]) == [
        "40 %, +2 % for each step of Grain: Heat ▲1 (by 30 or better: Heat ▲3); "
        "otherwise: Heat ▼1 (by more than 30: Heat ▼3)"
    ]
    assert words.face("test-card") == [
        "40%: Heat +1", "By 30+: Heat +3", "Else Heat −1", "By 31+: Heat −3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("margin: 20", "a `margin` goes with"),
        ("triumph: [{shift: {track: heat, by: 1}}]", "`triumph` needs a `margin`"),
    ],
)
def test_a_margin_and_its_results_go_together(wrong: str, told: str) -> None:
    files = dict(texts())
    files["amber.yaml"] = files["amber.yaml"].replace(
        "        base: 30\n", f"        base: 30\n        {wrong}\n"
    )

    assert any(told in line for line in said(files))
