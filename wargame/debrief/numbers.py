"""Numbers of a report that know what they are, so that each can be found again in the export."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from wargame.counting import plural
from wargame.words.en.grammar import joined
from wargame.words.texts import halves


class Number(NamedTuple):
    """A number: what it is (`score.rok`), its value, and how it is printed."""

    key: str
    value: float
    text: str


Part: TypeAlias = str | Number
Sentence: TypeAlias = tuple[Part, ...]
"""Words with numbers among them."""


def whole(key: str, value: int) -> Number:
    """A whole number, with a true minus."""
    return Number(key, value, str(value) if value >= 0 else f"−{-value}")


def gain(key: str, value: int) -> Number:
    """A whole number of points gained or lost: '+4', '−3'."""
    return Number(key, value, f"+{value}" if value >= 0 else f"−{-value}")


def half(key: str, value: float) -> Number:
    """A number to the half: '57½'."""
    return Number(key, value, halves(value))


def decimal(key: str, value: float, digits: int = 1) -> Number:
    """A number with so many decimals."""
    return Number(key, value, f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−"))


def share(key: str, value: float) -> Number:
    """A share from 0 to 1 in per cent."""
    return Number(key, value, f"{round(value * 100)} %")


def step(key: str, value: float) -> Number:
    """A change of a mean, with its sign and one decimal: '+1.7', '−8.0'."""
    return Number(key, value, f"{round(value, 1) + 0.0:+.1f}".replace("-", "−"))


def minutes(key: str, seconds: float) -> Number:
    """A time as minutes and seconds; its value is in seconds."""
    return Number(key, seconds, f"{int(seconds) // 60}:{int(seconds) % 60:02}")


def text_of(sentence: Sentence) -> str:
    """A sentence as plain text."""
    return "".join(part.text if isinstance(part, Number) else part for part in sentence)


def counted(number: Number, thing: str) -> Sentence:
    """'3 deals', '1 deal'."""
    return (number, f" {plural(int(number.value), thing)}")


def listed(parts: Iterable[str]) -> str:
    """'a, b and c'; 'nobody' for none."""
    return joined(parts) or "nobody"
