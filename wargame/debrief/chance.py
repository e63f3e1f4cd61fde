"""Shares with their intervals: how sure a number of playouts is."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from statistics import NormalDist
from typing import NamedTuple

from wargame.counting import several
from wargame.lab.intervals import student, wilson


class Share(NamedTuple):
    """How many of so many. `value` is between 0 and 1, `low` and `high` are Wilson's interval at 95 %."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        return wilson(self.hits, self.n)[0]

    @property
    def high(self) -> float:
        return wilson(self.hits, self.n)[1]


class Change(NamedTuple):
    """What something did to a number: the mean over `n` pairs that share their luck, and its standard error.

    `low` and `high` are its interval at 95 %.
    """

    mean: float
    error: float
    n: int

    @property
    def low(self) -> float:
        return self.mean - self.half()

    @property
    def high(self) -> float:
        return self.mean + self.half()

    def half(self, outside: float = 0.05) -> float:
        """How far the interval reaches to either side; `outside` is the share of mistakes it may make."""
        return student(self.n - 1, NormalDist().inv_cdf(1 - outside / 2)) * self.error


def paired(differences: Sequence[float]) -> Change:
    """The change that these differences of pairs are a sample of. `ValueError` for fewer than two.

    Half a point up and half a point down are counted besides them, so that a few equal differences don't
    look certain.

    >>> paired([2, 4, 3, 3])
    Change(mean=3.0, error=0.45643546458763845, n=4)
    """
    n = len(differences)
    if n < 2:
        raise ValueError(f"{several(n, 'pair')} can't tell their spread")
    mean = fsum(differences) / n
    squares = fsum((one - mean) ** 2 for one in differences) + 0.5
    return Change(mean, sqrt(squares / (n - 1) / n), n)
