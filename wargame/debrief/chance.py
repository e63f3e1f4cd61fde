"""Shares with their intervals: how sure a number of playouts is."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from wargame.lab.intervals import Z, wilson


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


class Shift(NamedTuple):
    """What something did to a chance.

    In `up` of `n` pairs only the second came true, in `down` only the first. `value` is the change of the
    share, between -1 and 1; `low` and `high` are its interval at 95 % for pairs that share their luck (half a
    pair is added to each kind, so that few pairs don't look certain).
    """

    up: int
    down: int
    n: int

    @property
    def value(self) -> float:
        return (self.up - self.down) / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        return max(self._middle - Z * self.error, -1.0)

    @property
    def high(self) -> float:
        return min(self._middle + Z * self.error, 1.0)

    @property
    def _middle(self) -> float:
        return (self.up - self.down) / (self.n + 2)

    @property
    def error(self) -> float:
        """The standard error of the change."""
        n = self.n + 2
        return sqrt(max(self.up + self.down + 1 - (self.up - self.down) ** 2 / n, 0)) / n


def shift(before: Sequence[bool], after: Sequence[bool]) -> Shift:
    """The change between two rows of outcomes that share their luck pair by pair.

    >>> shift([False, False, True], [True, False, True])
    Shift(up=1, down=0, n=3)
    """
    pairs = list(zip(before, after, strict=True))
    up = sum(new and not old for old, new in pairs)
    return Shift(up, sum(old and not new for old, new in pairs), len(pairs))


def per_cent(share: float) -> str:
    """A share as a whole number of per cent: '38 %'.

    >>> per_cent(0.375)
    '38 %'
    """
    return f"{round(share * 100)} %"
