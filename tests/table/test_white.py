"""The white cell's acts: what each does, that the laws hold after them, and that none is hidden in a log."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.boards import honeymoon, mini
from tests.table.white_cell import random_act
from wargame.lab.fuzz import pick
from wargame.lab.laws import LAWS, ask, play_under_laws
from wargame.lab.spot import Spot
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.scenario import Scenario

OWN = {"private"}
"""Laws about a seat's own move in private: the white cell has no seat and acts aloud."""


def under_laws(scenario: Scenario, seed: int, rounds: int, thorough: bool) -> tuple[Game, int]:
    """A random game with a busy white cell in it, every step under all laws; how often the cell acted."""
    game, acts = Game.new(scenario, seed, rounds), 0
    for nth in range(5000):
        if game.over:
            break
        luck = draw(seed, 0, nth, "white laws")
        if luck % 5 == 0 and (move := random_act(game, seed, nth)) is not None:
            before = game.clone()
            events = game.apply(move)
            acts += 1
            assert any(event.kind == "white" for event in events)
            for law in LAWS:
                if law.name not in OWN and (thorough or draw(luck, 0, 0, law.name) % law.every == 0):
                    breach = ask(law, Spot(before, move, game, events, luck))
                    assert breach is None, (move, breach)
            continue
        move = pick(game.legal_moves(), draw(seed, 0, nth, "white moves"))
        _events, breach = play_under_laws(game, move, luck, thorough)
        assert breach is None, breach
    assert game.over
    return game, acts


@pytest.mark.parametrize("seed", range(6))
def test_all_laws_hold_after_the_white_cell_at_every_step(seed: int) -> None:
    """Nothing sampled: every law after every act and every move of a small game."""
    _game, acts = under_laws(mini(), 100 + seed, 3, thorough=True)

    assert acts > 3


@pytest.mark.parametrize(("scenario", "seeds"), [(mini, range(40)), (honeymoon, range(8))])
def test_laws_hold_in_many_games_with_a_white_cell(scenario: Callable[[], Scenario], seeds: range) -> None:
    """Longer games, with the dear laws sampled by keyed luck."""
    acts = sum(under_laws(scenario(), 300 + seed, 4, thorough=False)[1] for seed in seeds)

    assert acts > 10 * len(seeds)
