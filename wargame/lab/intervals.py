"""What a sample says of what it was taken from: an interval, and a verdict on a line drawn beforehand.

Every table of the lab and every page of a game takes both from here, so that nothing straddles its line and
is called proved. Wilson's for shares, Student's for means; 95 per cent, or stricter where many are read
together. Closed forms, so that a report needs no library; tests hold them against scipy's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, inf, isfinite, nan, pi, sqrt, tan
from statistics import NormalDist, fmean
from typing import Literal, NamedTuple

from wargame.counting import several

Z = 1.96
"""How many standard errors a 95 % interval reaches on either side, where numbers are many."""


class Interval(NamedTuple):
    """An estimate and its interval; infinite ends where so few games tell nothing."""

    value: float
    low: float
    high: float

    def plain(self, name: str = "value") -> dict[str, float | None]:
        """Return it for JSON: to four places, `None` for what is not known; the value under that name."""
        return {name: known(self.value), "low": known(self.low), "high": known(self.high)}


Verdict = Literal["holds", "refuted", "undecided"]
VERDICTS: tuple[Verdict, ...] = ("refuted", "undecided", "holds")
"""The weakest first."""


def verdict(interval: Interval, least: float = -inf, most: float = inf) -> Verdict:
    """Say whether the truth lies from `least` to `most`.

    It *holds* if the whole interval does, is *refuted* if none of it does, and is *undecided* otherwise:
    too few games.
    """
    if least <= interval.low and interval.high <= most:
        return "holds"
    return "refuted" if interval.high < least or interval.low > most else "undecided"


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on a statement that needs all of these: the weakest."""
    return min(verdicts, key=VERDICTS.index)


def z_among(count: int) -> float:
    """Return how far each of so many intervals must reach for 95 % of them together (Bonferroni)."""
    return NormalDist().inv_cdf(1 - 0.025 / count)


def tail(z: float) -> float:
    """Return the chance that luck lies beyond one end of an interval of that reach."""
    return 1 - NormalDist().cdf(z)


def known(number: float) -> float | None:
    """Return a number as JSON takes it: to four places, `None` for what is not known."""
    return round(number, 4) if isfinite(number) else None


# --- shares --------------------------------------------------------------------------------------------


def share(count: int, n: int, z: float = Z) -> Interval:
    """Return a share with Wilson's interval; of nothing it is 0 and may be anything."""
    if not n:
        return Interval(0.0, 0.0, 1.0)
    share = count / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(share, max(middle - half, 0.0), min(middle + half, 1.0))


class Share(NamedTuple):
    """How many of so many. `value` is between 0 and 1, `low` and `high` are its interval at 95 %."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        return share(*self).value

    @property
    def low(self) -> float:
        return share(*self).low

    @property
    def high(self) -> float:
        return share(*self).high


# --- means ---------------------------------------------------------------------------------------------


@dataclass
class Moments:
    """Mean and spread of whole numbers, by sums that are exact: they add up alike in any order."""

    n: int = 0
    total: int = 0
    squares: int = 0

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Moments:
        found = cls()
        for number in numbers:
            found.add(number)
        return found

    def add(self, number: int) -> None:
        self.n += 1
        self.total += number
        self.squares += number * number

    def merge(self, other: Moments) -> None:
        self.n += other.n
        self.total += other.total
        self.squares += other.squares

    @property
    def mean(self) -> float:
        """Return their mean; 0 of no numbers."""
        return self.total / max(self.n, 1)

    def sd(self, less: int = 0) -> float:
        """Return the standard deviation of these numbers; with `less` 1, of what they are a sample of."""
        if self.n <= less:
            return 0.0
        return sqrt((self.n * self.squares - self.total**2) / (self.n * max(self.n - less, 1)))


def mean_interval(numbers: Moments) -> Interval:
    """Return the mean of whole numbers; of fewer than two, no more than the mean is known."""
    return _student(numbers.mean, numbers.n, numbers.sd(less=1) ** 2 * (numbers.n - 1), Z)


def mean_of(numbers: Sequence[float], z: float = Z, step: float = 0.0) -> Interval:
    """Return the mean of any numbers with Student's interval.

    `step` is the least by which two of them can differ. Then numbers that were all alike in a small sample
    don't seem certain: their squares count as if half of z² of them had been a step away (for shares, about
    what Agresti and Coull add).
    """
    mean = fmean(numbers) if numbers else nan
    squares = sum((number - mean) ** 2 for number in numbers)
    return _student(mean, len(numbers), squares + (step * z) ** 2 / 2, z)


def _student(mean: float, n: int, squares: float, z: float) -> Interval:
    if n < 2:
        return Interval(mean, -inf, inf)
    half = student(n - 1, z) * sqrt(squares / (n - 1) / n)
    return Interval(mean, mean - half, mean + half)


def student(freedom: int, z: float = 1.959964) -> float:
    """Return Student's t that leaves as much outside as `z` does under the normal curve.

    Exact for one and two degrees of freedom; above, Fisher's expansion around the normal: good to a per cent
    at 95 %, to some per cent far out with few degrees.
    """
    inside = 2 * NormalDist().cdf(z) - 1
    if freedom == 1:
        return tan(inside * pi / 2)
    if freedom == 2:
        return inside * sqrt(2 / (1 - inside**2))
    n = freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )


# --- paired differences ------------------------------------------------------------------------------


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
        """Return how far the interval reaches to either side, for that share of mistakes."""
        return student(self.n - 1, NormalDist().inv_cdf(1 - outside / 2)) * self.error


def paired(differences: Sequence[float]) -> Change:
    """Return the change that these differences of pairs are a sample of. `ValueError` for fewer than two.

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
