"""Fuzzing is repeatable, and a breach comes with the way back to it."""

from __future__ import annotations

import pytest

from tests.rules.boards import changed, honeymoon, mini
from wargame.lab.fuzz import fuzz, fuzz_game
from wargame.lab.simulate import game_seed, simulate
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import If
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Trigger


def test_a_run_can_be_repeated() -> None:
    """The same seed plays the same games; another seed others."""
    one, again, other = (fuzz(mini(), 5, seed) for seed in (1, 1, 2))

    assert (one.games, one.decisions) == (again.games, again.decisions)
    assert one.decisions != other.decisions


def test_progress_hears_of_every_game() -> None:
    """Once a game, with the number done."""
    heard: list[int] = []

    fuzz(mini(), 4, 1, progress=heard.append)

    assert heard == [1, 2, 3, 4]


def test_games_vary_in_length() -> None:
    """From one round to the most that the scenario allows."""
    lengths = {fuzz_game(mini(), game_seed(1, nth))[0] // 30 for nth in range(12)}

    assert len(lengths) > 2


def a_flawed_world() -> Scenario:
    """A world whose trigger asks about a track that is not there: the rules fail when it comes up."""
    asks = If(Condition(track="no-such-track", at_least=1))
    heat = Condition(track="heat", at_least=5)
    flaw = Trigger("flaw", "x", "p1", (asks,), when=heat)
    return changed("flawed", triggers=(*mini().spec.triggers, flaw))


def test_a_breach_comes_with_the_exact_way_back() -> None:
    """Seed, length and moves bring a fresh game to the spot, from which it fails when it goes on."""
    report = fuzz(a_flawed_world(), 50, seed=1)

    broken = report.broken
    assert broken is not None
    assert f"`{broken.law}`" in broken.sentence
    assert "no-such-track" in broken.sentence
    game = Game.new(a_flawed_world(), broken.seed, broken.rounds)
    for move in broken.moves:
        game.apply(move)
    assert not game.over
    with pytest.raises(KeyError, match="no-such-track"):
        while not game.over:
            game.apply(game.legal_moves()[0])


def test_simulated_games_can_be_repeated_and_add_up() -> None:
    """The same seed gives the same tally, and shares and counts fit together."""
    seats = dict.fromkeys(honeymoon().seat_ids, "greedy") | {"japan": "random"}

    one, again = (simulate(honeymoon(), seats, 3, seed=4, rounds=2).summary() for _ in range(2))

    for timed in ("seconds", "games_per_second", "decisions_per_second"):
        del one[timed], again[timed]
    assert one == again
    assert one["games"] == one["finished"] == 3
    assert sum(one["first"].values()) == pytest.approx(1)
    assert one["first"].keys() == set(honeymoon().seat_ids)


def test_the_games_of_a_run_are_unrelated() -> None:
    """Neighbouring runs don't share seeds."""
    seeds = {game_seed(seed, nth) for seed in range(20) for nth in range(20)}

    assert len(seeds) == 400
    assert all(0 <= seed < 2**63 for seed in seeds)
