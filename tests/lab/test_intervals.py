"""Intervals and the verdict on a line: one place for every table of the lab."""

from __future__ import annotations

from math import inf, nan

import pytest

from wargame.lab.intervals import (
    Interval,
    known,
    mean_of,
    share,
    student,
    together,
    verdict,
    wilson,
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
    assert wilson(5, 20, z_among(18))[1] > wilson(5, 20)[1]


@pytest.mark.parametrize(
    ("freedom", "t"), [(1, 229.18), (2, 18.934), (5, 5.471), (10, 3.939), (30, 3.259), (200, 3.029)]
)
def test_students_t_beyond_the_tables(freedom: int, t: float) -> None:
    """For eighteen tests: 0.139 per cent beyond each end."""
    assert student(freedom, z_among(18)) == pytest.approx(t, rel=0.02)


def test_numbers_all_alike_are_not_certain() -> None:
    """Twenty games without a storm leave room for some in a hundred; so says Wilson's too."""
    found = mean_of([0.0] * 20, step=1)
    assert found.low < 0 < found.high
    assert found.high == pytest.approx(share(0, 20).high, abs=0.1)
    assert mean_of([0.0] * 20) == (0, 0, 0)


def test_what_is_not_known_is_null() -> None:
    assert [known(number) for number in (0.123456, inf, -inf, nan)] == [0.1235, None, None, None]
