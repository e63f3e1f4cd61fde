"""Luck that is keyed, not counted.

A draw is a hash of the game's seed and of what the draw is for, never the next number of a stream. Two
games that part at one decision therefore keep the same luck everywhere else (design 2, promise 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def draw(seed: int, luck: int, round_: int, purpose: str, who: str = "", nth: int = 0) -> int:
    """Return a number from 0 to 2**64 - 1, the same for the same words on every machine.

    >>> draw(7, 0, 1, "roll") == draw(7, 0, 1, "roll") != draw(7, 0, 2, "roll")
    True
    """
    key = f"{seed}|{luck}|{round_}|{purpose}|{who}|{nth}"
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


def percent(number: int) -> int:
    """Return a die of a hundred sides, 1 to 100, from a draw."""
    return number % 100 + 1


def shuffled(items: Sequence[T], seed: int, luck: int, round_: int, purpose: str, who: str = "") -> list[T]:
    """Return the items in an order that luck decides."""
    keys = [draw(seed, luck, round_, purpose, who, nth) for nth in range(len(items))]
    return [items[nth] for nth in sorted(range(len(items)), key=keys.__getitem__)]
