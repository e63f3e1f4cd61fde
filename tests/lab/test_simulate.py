"""Many games add up to the same whoever plays them, and what is kept of them does not grow."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable
from multiprocessing import active_children
from statistics import fmean, pstdev

import pytest

from tests.rules.boards import mini
from wargame.lab.cluster import cluster
from wargame.lab.intervals import Moments
from wargame.lab.simulate import Played, Tally, game_seed, play_game, simulate
from wargame.lab.workers import Workers, processes
from wargame.rules.scoring import final_scores

BOTS = {"amber": "greedy", "birch": "random", "cedar": "greedy"}


def games(count: int, workers: Workers | None = None, seed: int = 5) -> tuple[Tally, list[Played]]:
    """A tally and its games, without the clock."""
    kept: list[Played] = []
    tally = simulate(mini(), BOTS, count, seed, 2, workers=workers, each=kept.append)
    tally.seconds = 0.0
    return tally, [game._replace(seconds=0.0) for game in kept]


def test_a_game_is_told_as_it_was() -> None:
    """Its seed, length, outcome, decisions, scores and tracks, in the order of the run."""
    _tally, kept = games(6)

    assert [game.nth for game in kept] == list(range(6))
    for game in kept:
        state, decisions = play_game(mini(), BOTS, game_seed(5, game.nth), 2)
        assert (game.seed, game.rounds, game.decisions) == (state.seed, 2, decisions)
        assert (game.last_round, game.outcome, game.tracks) == (state.round, state.outcome, state.tracks)
        assert game.lines == final_scores(state)
        assert game.finished


@pytest.mark.soak
def test_two_processes_play_the_same_games() -> None:
    """Seed for seed, with equal sums."""
    assert games(60, processes(2)) == games(60)


def test_a_cluster_plays_the_same_games(two_dask_workers: str) -> None:
    """Seed for seed, with equal sums."""
    assert games(60, cluster(two_dask_workers)) == games(60)


@pytest.mark.soak
def test_a_killed_worker_loses_no_game() -> None:
    """One of two processes is killed when a few games have come."""
    killed: list[int | None] = []

    def kill(done: int) -> None:
        if done > 3 and not killed:
            child = next(child for child in active_children() if not child.name.startswith("Dask"))
            child.kill()
            killed.append(child.pid)

    tally = simulate(mini(), BOTS, 60, 5, 2, kill, processes(2))
    tally.seconds = 0.0

    assert killed
    assert tally == games(60)[0]


def test_a_tally_does_not_grow() -> None:
    """It keeps sums, not games: a hundred games need no more room than ten."""
    ten, hundred = (len(pickle.dumps(games(count)[0])) for count in (10, 100))

    assert hundred < ten + 60


def test_moments_are_those_of_the_numbers() -> None:
    """Mean and both standard deviations, of few numbers, large ones and none."""
    for numbers in ([7], [1, 2, 4], [10**9, 10**9 + 1, 10**9 - 5, -3]):
        moments = Moments()
        for number in numbers:
            moments.add(number)
        assert moments.mean == pytest.approx(fmean(numbers))
        assert moments.sd() == pytest.approx(pstdev(numbers))

    assert Moments().mean == Moments().sd() == Moments().sd(less=1) == 0
    assert Moments(3, 7, 21).sd(less=1) == pytest.approx(1.5275, abs=1e-4)


def press_after(count: int) -> Callable[[int], None]:
    """Ctrl-C when so many games are done."""

    def press(done: int) -> None:
        if done >= count:
            signal.raise_signal(signal.SIGINT)

    return press


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("workers", [None, processes(2)], ids=["alone", "processes"])
def test_ctrl_c_keeps_the_games_so_far(workers: Workers | None) -> None:
    """They are the first of the run, each whole, but for gaps where a worker was not done."""
    kept: list[Played] = []

    tally = simulate(mini(), BOTS, 100_000, 5, 2, press_after(5), workers, kept.append)

    assert tally.interrupted
    assert tally.summary()["interrupted"]
    assert 5 <= tally.games == len(kept) < 1000
    first = {game.nth: game for game in games(kept[-1].nth + 1)[1]}
    assert [game._replace(seconds=0.0) for game in kept] == [first[game.nth] for game in kept]
