"""The arena: the same games with one bot and with another, and what their difference is worth."""

from __future__ import annotations

import signal

import pytest

from tests.rules.boards import honeymoon, mini
from wargame.lab.arena import Contest, Measure, arena, as_json, report
from wargame.lab.cluster import cluster
from wargame.lab.intervals import Moments, mean_interval, student
from wargame.lab.simulate import game_seed, play_game
from wargame.lab.workers import processes
from wargame.rules.scoring import Line, final_scores

GREEDY = Contest("birch", "greedy", others="random")


def a_line(score: int, *, first: bool = False, won: bool = False) -> Line:
    return Line(score, 0.0, won, False, False, 1 if first else 2)


def a_measure(*scores: tuple[int, int]) -> Measure:
    """Pairs of scores, of the bot and of the other."""
    measure = Measure(Contest("birch", "one", "two"))
    for bot, against in scores:
        measure.add(a_line(bot, first=bot > against), a_line(against, first=against > bot))
    return measure


@pytest.mark.soak
@pytest.mark.parametrize("seat", ["rok", "russia"])
def test_greedy_is_ahead_of_random(seat: str) -> None:
    """Among greedy others on the real table, by more than luck explains."""
    [measure] = arena(honeymoon(), [Contest(seat, "greedy")], 24, seed=2, rounds=4).measures

    assert measure.pairs == 24
    assert measure.points().low > 0
    assert measure.bot.score.mean > measure.against.score.mean
    deviations = measure.deviations()
    assert deviations is not None
    assert deviations.low > 0


def test_a_bot_against_itself_makes_no_difference() -> None:
    """Both games of a pair have the same luck, so they are the same game."""
    [measure] = arena(mini(), [Contest("amber", "random", "random", "random")], 20).measures

    assert measure.bot == measure.against
    assert measure.points() == (0, 0, 0)


def test_the_sums_are_those_of_the_games() -> None:
    """Every pair is the same seed twice, with only the one seat changed."""
    [measure] = arena(mini(), [GREEDY], 8, seed=4, rounds=2).measures
    scores: dict[str, list[int]] = {}
    for bot in ("greedy", "random"):
        seats = dict.fromkeys(mini().seat_ids, "random") | {"birch": bot}
        ends = [play_game(mini(), seats, game_seed(4, nth), 2)[0] for nth in range(8)]
        scores[bot] = [final_scores(end)["birch"].score for end in ends]
        side = measure.bot if bot == "greedy" else measure.against
        assert side.score.total == sum(scores[bot])
        assert side.won == sum(final_scores(end)["birch"].won for end in ends)
        assert side.first == sum(final_scores(end)["birch"].rank == 1 for end in ends)

    gaps = [one - two for one, two in zip(scores["greedy"], scores["random"], strict=True)]
    assert measure.difference.total == sum(gaps)
    assert measure.difference.squares == sum(gap * gap for gap in gaps)


def test_every_seat_is_measured_on_its_own() -> None:
    """Together two contests give what each gives alone."""
    other = Contest("amber", "greedy", "random", "random")

    together = arena(mini(), [GREEDY, other], 6, seed=1).measures

    assert together == [arena(mini(), [one], 6, seed=1).measures[0] for one in (GREEDY, other)]


@pytest.mark.soak
def test_workers_change_nothing(two_dask_workers: str) -> None:
    """Two processes and a cluster give the sums of one."""
    alone = arena(mini(), [GREEDY], 30, seed=6, rounds=2)

    assert arena(mini(), [GREEDY], 30, seed=6, rounds=2, workers=processes(2)) == alone
    assert arena(mini(), [GREEDY], 30, seed=6, rounds=2, workers=cluster(two_dask_workers)) == alone


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_keeps_the_pairs_so_far() -> None:
    """Only whole pairs count."""

    def press(done: int) -> None:
        if done == 4:
            signal.raise_signal(signal.SIGINT)

    found = arena(mini(), [GREEDY], 100_000, seed=4, rounds=2, progress=press)

    assert found.interrupted
    assert found.measures == arena(mini(), [GREEDY], 4, seed=4, rounds=2).measures


# --- intervals -----------------------------------------------------------------------------------------


def test_the_interval_of_a_difference() -> None:
    """Student's on the pairs: for 3, 5, 7, 9 a mean of 6 with 2.582 / 2 * 3.182 on either side."""
    measure = a_measure((13, 10), (17, 12), (27, 20), (23, 14))

    points, deviations = measure.points(), measure.deviations()

    assert points.value == 6
    assert (points.low, points.high) == pytest.approx((6 - 4.108, 6 + 4.108), abs=0.05)
    assert deviations is not None
    assert deviations.value == pytest.approx(6 / 4.3205, rel=1e-3)


def test_a_bot_is_called_better_only_beyond_luck() -> None:
    """The whole interval above nothing, below it, or across it; the same bot twice is no better."""
    assert a_measure((10, 5), (11, 5), (12, 7)).better() == "holds"
    assert a_measure((5, 10), (5, 11), (7, 12)).better() == "refuted"
    assert a_measure((10, 5), (5, 10)).better() == "undecided"
    assert a_measure((10, 5)).better() == "undecided"
    assert a_measure((5, 5), (7, 7)).better() == "refuted"
    assert report([a_measure((10, 5), (11, 5), (12, 7))]).endswith(": better")


def test_one_pair_tells_no_difference() -> None:
    """Nor do scores that are all alike tell how far they spread."""
    assert mean_interval(Moments(1, 5, 25)) == (5, float("-inf"), float("inf"))
    assert a_measure((4, 2), (5, 2), (7, 2)).deviations() is None


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_students_t_is_that_of_the_tables(freedom: int, t: float) -> None:
    """Within a per cent."""
    assert student(freedom) == pytest.approx(t, rel=0.01)


# --- telling -------------------------------------------------------------------------------------------


def test_the_report_reads_as_a_table() -> None:
    """Two lines a contest and its difference, under heads that stand in line with them."""
    found = arena(mini(), [GREEDY, GREEDY._replace(seat="amber")], 10, seed=1, rounds=2)

    head, greedy, other, difference, *more = report(found.measures).splitlines()

    assert head.split() == ["seat", "player", "score", "sd", "first", "(95", "%)", "won", "(95", "%)"]
    assert greedy.split()[:2] == ["birch", "greedy"]
    assert other.split()[:2] == ["birch", "random"]
    assert greedy.index("%") > head.index("first") > greedy.index(greedy.split()[3])
    assert difference.strip().startswith("difference ")
    assert " points (" in difference
    assert " sd (" in difference
    assert len(more) == 3


def test_the_json_says_the_same_in_numbers() -> None:
    """Values with their intervals; what is not known is null."""
    found = as_json(arena(mini(), [GREEDY], 10, seed=1, rounds=2))
    [one] = found["contests"]

    assert (found["pairs"], found["interrupted"]) == (10, False)
    assert (one["seat"], one["bot"], one["against"], one["others"]) == ("birch", "greedy", "random", "random")
    means = [one[side]["score"]["mean"] for side in ("bot_result", "against_result")]
    assert one["difference"]["points"]["value"] == pytest.approx(means[0] - means[1])
    for side in ("bot_result", "against_result"):
        for part in ("first", "won"):
            assert 0 <= one[side][part]["low"] <= one[side][part]["value"] <= one[side][part]["high"] <= 1
    [single] = as_json(arena(mini(), [GREEDY], 1))["contests"]
    assert single["difference"]["points"]["low"] is None
    assert single["difference"]["verdict"] == "undecided"
    assert single["difference"]["deviations"] is None
