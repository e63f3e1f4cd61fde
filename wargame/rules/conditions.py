"""Questions about a position that content may ask: is this track high, does that deal run?

A `Condition` is plain data; `predicates` answers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

Read = tuple[Any, ...]
"""Something an operator looks at or names: ("track", id), ("good", id, seat), ("seat", id), ("flag", id),
("deal", id), ("production", id), ("dial", id), ("influence", seat), ("hand", seat), ("played", card), or
("deals", the condition that asks)."""

DealIs = Literal["running", "signed", "broken", "kept", "delivered", "proved", "suspected"]


@dataclass(frozen=True, slots=True)
class DealMatch:
    """Which deals are meant: those between two seats, of at least a rung, secret or not."""

    between: tuple[str, str] | None = None
    rung: int = 0
    secret: bool | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number on the board: where a `track` stands, how much of a `good` a `seat` holds, or the `influence`
    or the cards in the `hand` of a seat.
    """

    track: str | None = None
    good: str | None = None
    seat: str | None = None
    influence: str | None = None
    hand: str | None = None

    def reads(self) -> Iterator[Read]:
        """Yield what it is read from."""
        if self.good:
            yield ("good", self.good, self.seat)
        for kind in ("track", "influence", "hand"):
            if getattr(self, kind):
                yield (kind, getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Per(Number):
    """How many times something counts: once for `every` so many that a number on the board is above `above`;
    for what is below that, not at all.
    """

    above: int = 0
    every: int = 1


@dataclass(frozen=True, slots=True)
class Condition:
    """One question, or several joined by `all`, `any` and `not`.

    It asks one thing. A number: a `track`, a `good` of a `seat`, the `influence` or the cards in the `hand`
    of a seat. The count of `deals` that match, or one `deal`, in the state `is`. A `flag`. The `round`
    (`now`). A `dial` and its `setting`. A `card` that its seat has played face up, in the last so many
    `rounds` counting this one, or ever. The `outcome` (`time`: after the last round). A `seat` that `is`
    ruined or has `won`. A number passes when it is `at_least` and `at_most`; with `over` another, the
    difference is meant: 1 more, 0 as much, −1 less. `suspected` asks what `seat` suspects. `delivered` asks
    whether the deal has ever run for a round, whatever became of it.
    """

    track: str | None = None
    good: str | None = None
    influence: str | None = None
    hand: str | None = None
    over: Number | None = None
    seat: str | None = None
    deal: str | None = None
    deals: DealMatch | None = None
    flag: str | None = None
    round: Literal["now"] | None = None
    dial: str | None = None
    setting: str | None = None
    card: str | None = None
    rounds: int | None = None
    outcome: str | None = None
    is_: DealIs | Literal["ruined", "won"] | None = None
    at_least: int | None = None
    at_most: int | None = None
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    not_: Condition | None = None

    def __str__(self) -> str:
        shown = ((name.rstrip("_"), getattr(self, name)) for name in self.__slots__)
        return ", ".join(
            f"{name.replace('_', ' ')} {value}" for name, value in shown if value not in (None, ())
        )

    def leaves(self) -> Iterator[Condition]:
        """Yield every single question in it."""
        nested = self.all + self.any + ((self.not_,) if self.not_ else ())
        if not nested:
            yield self
        for part in nested:
            yield from part.leaves()


ALWAYS = Condition(round="now", at_least=1)
"""What holds in every round: of an argument that simply counts."""

NUMBERS = ("track", "good", "influence", "hand")
"""What of a question is a number that may be compared with another."""

SUBJECTS = (
    "track", "influence", "hand", "deal", "deals", "flag", "round", "dial", "card", "outcome", "all", "any",
    "not_",
)  # fmt: skip


def subject(condition: Condition) -> str:
    """Return the name of the one subject that a question asks of, or "" if it has none or several."""
    named = [name for name in SUBJECTS if getattr(condition, name)]
    if condition.good:
        named.append("good")
    elif condition.seat and not named:
        named.append("seat")
    return named[0] if len(named) == 1 else ""


def asks_deals(condition: Condition) -> bool:
    return any(kind == "deals" for kind, *_what in condition_reads(condition))


def condition_reads(condition: Condition) -> Iterator[Read]:
    """Yield the ids a condition names, and what it asks of deals."""
    for leaf in condition.leaves():
        if leaf.deals or leaf.deal:
            yield ("deals", leaf)
        elif leaf.good:
            yield ("good", leaf.good, leaf.seat)
        elif leaf.seat:
            yield ("seat", leaf.seat)
        for kind in ("track", "influence", "hand", "flag", "dial"):
            if getattr(leaf, kind):
                yield (kind, getattr(leaf, kind))
        if leaf.card:
            yield ("played", leaf.card)
        if leaf.over:
            yield from leaf.over.reads()


def conditions_in(value: Any) -> Iterator[Condition]:
    """Yield every condition in a record and in what stands in it."""
    if isinstance(value, Condition):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from conditions_in(part)
    elif isinstance(value, dict):
        yield from conditions_in(tuple(value.values()))
    elif is_dataclass(value):
        for f in fields(value):
            yield from conditions_in(getattr(value, f.name))


def cards_asked_for(value: Any) -> frozenset[str]:
    """Return the cards that conditions in a record ask for as played."""
    leaves = (leaf for asked in conditions_in(value) for leaf in asked.leaves())
    return frozenset(leaf.card for leaf in leaves if leaf.card)
