"""Intervals and the verdict on a line: one place for every table of the lab."""

from __future__ import annotations

from math import inf, nan
from statistics import fmean

import pytest
from scipy import stats

from wargame.lab.intervals import (
    Interval,
    Moments,
    known,
    mean_interval,
    mean_of,
    share,
    student,
    together,
    verdict,
    z_among,
)


@pytest.mark.parametrize(
    ("low", "high", "least", "most", "said"),
    [
        (0.4, 0.6, 0.3, inf, "holds"),
        (0.3, 0.6, 0.3, inf, "holds"),
        (0.2, 0.6, 0.3, inf, "undecided"),
        (0.1, 0.2, 0.3, inf, "refuted"),
        (-0.6, -0.4, -inf, -0.3, "holds"),
        (-0.2, 0.4, -inf, -0.3, "refuted"),
        (0.12, 0.2, 0.1, 0.25, "holds"),
        (0.05, 0.2, 0.1, 0.25, "undecided"),
        (0.05, 0.4, 0.1, 0.25, "undecided"),
        (0.3, 0.4, 0.1, 0.25, "refuted"),
        (-inf, inf, 0.3, inf, "undecided"),
        (nan, nan, 0.3, inf, "undecided"),
    ],
)
def test_a_verdict_needs_the_whole_interval(
    low: float, high: float, least: float, most: float, said: str
) -> None:
    """Beyond the line, short of it, or across it; what is not known decides nothing."""
    assert verdict(Interval(0.0, low, high), least, most) == said


def test_together_they_are_as_good_as_the_weakest() -> None:
    assert together(["holds", "undecided"]) == "undecided"
    assert together(["holds", "refuted", "undecided"]) == "refuted"
    assert together(["holds"]) == "holds"


def test_many_intervals_reach_further() -> None:
    """Bonferroni: for eighteen 2.99 standard errors, where one alone needs 1.96."""
    assert z_among(1) == pytest.approx(1.96, abs=0.001)
    assert z_among(18) == pytest.approx(2.991, abs=0.001)
    assert share(5, 20, z_among(18)).high > share(5, 20).high


@pytest.mark.parametrize("tests", [1, 18])
@pytest.mark.parametrize("freedom", [1, 2, 4, 5, 7, 10, 30, 200, 2000])
def test_students_t_is_that_of_scipy(freedom: int, tests: int) -> None:
    """Alone at 95 per cent to one in a hundred, and for eighteen tests, far out, to a few."""
    found = student(freedom, z_among(tests))
    assert found == pytest.approx(stats.t.isf(0.025 / tests, freedom), rel=0.01 if tests == 1 else 0.05)
    if freedom >= 30:
        assert found == pytest.approx(stats.t.isf(0.025 / tests, freedom), rel=2e-4)


@pytest.mark.parametrize(("count", "n"), [(0, 7), (7, 7), (3, 10), (61, 400)])
def test_wilsons_interval_is_that_of_scipy(count: int, n: int) -> None:
    """Also of none and of all."""
    ends = stats.binomtest(count, n).proportion_ci(method="wilson")
    assert share(count, n, z_among(1)) == pytest.approx((count / n, ends.low, ends.high), abs=1e-6)


def test_a_means_interval_is_that_of_scipy() -> None:
    """Student's, from a sample of any numbers and from sums of whole ones alike."""
    sample = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]
    ends = stats.t.interval(0.95, len(sample) - 1, loc=fmean(sample), scale=stats.sem(sample))
    for found in (mean_of(sample), mean_interval(Moments.of(sample))):
        assert found[1:] == pytest.approx(ends, abs=1e-3)


def test_numbers_all_alike_are_not_certain() -> None:
    """Twenty games without a storm leave room for some in a hundred; so says Wilson's too."""
    found = mean_of([0.0] * 20, step=1)
    assert found.low < 0 < found.high
    assert found.high == pytest.approx(share(0, 20).high, abs=0.1)
    assert mean_of([0.0] * 20) == (0, 0, 0)


def test_what_is_not_known_is_null() -> None:
    assert [known(number) for number in (0.123456, inf, -inf, nan)] == [0.1235, None, None, None]
