"""What a sample says of what it was taken from: 95 per cent intervals.

Wilson's for shares, Student's for means.
"""

from __future__ import annotations

from math import pi, sqrt, tan
from statistics import NormalDist
from typing import NamedTuple

from wargame.lab.simulate import Moments

Z = 1.96
"""How many standard errors the normal interval reaches on either side, where numbers are many."""


class Interval(NamedTuple):
    """An estimate and its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(count: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    share = count / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def share(count: int, n: int) -> Interval:
    """A share; 0 of nothing."""
    return Interval(count / max(n, 1), *wilson(count, n))


def mean_interval(numbers: Moments) -> Interval:
    """The mean of what the numbers are a sample of; of fewer than two, no more than the mean is known."""
    if numbers.n < 2:
        return Interval(numbers.mean, float("-inf"), float("inf"))
    half = student(numbers.n - 1) * numbers.sd(less=1) / sqrt(numbers.n)
    return Interval(numbers.mean, numbers.mean - half, numbers.mean + half)


def student(freedom: int, outside: float = 0.05) -> float:
    """Student's t that leaves 5 % outside, or another share, for so many degrees of freedom.

    Exact for one and two; above, Fisher's expansion around the normal. It leaves 5.1 % where 5 were meant; of
    a ten-thousandth it leaves 2.4 times as much for three degrees, 1.1 times for nine.
    """
    if freedom <= 2:
        inside = 1 - outside
        return tan(pi / 2 * inside) if freedom == 1 else inside * sqrt(2 / (1 - inside**2))
    z, n = NormalDist().inv_cdf(1 - outside / 2), freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )
