"""Questions about a position that content may ask: is this track high, does that deal run?

A `Condition` is plain data. `compile_condition` turns it into a function of a *position*: a `State`, or
the `View` of a seat, which has the same fields with what is hidden left out. A question that a view
cannot answer raises `KeyError` there, which is how a leak shows itself in tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from wargame.rules.state import Deal, Position

Test = Callable[["Position"], bool]

DealIs = Literal["running", "signed", "broken", "kept", "proved", "suspected"]


@dataclass(frozen=True, slots=True)
class DealMatch:
    """Which deals are meant: those between two seats, of at least a rung, secret or not."""

    between: tuple[str, str] | None = None
    rung: int = 0
    secret: bool | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One question, or several joined by `all`, `any` and `not`.

    Subjects: a `track`; a `good` of a `seat`; the count of `deals` that match (or one `deal`) and are
    in the state `is`; a `flag`; the `round` (`now`); the `outcome` (`storm`); a `seat` that `is` ruined.
    A number passes when it is `at_least` and `at_most`. `suspected` asks what `seat` suspects.
    """

    track: str | None = None
    good: str | None = None
    seat: str | None = None
    deal: str | None = None
    deals: DealMatch | None = None
    flag: str | None = None
    round: Literal["now"] | None = None
    outcome: Literal["storm", "time"] | None = None
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
        """Every single question in it."""
        nested = self.all + self.any + ((self.not_,) if self.not_ else ())
        if not nested:
            yield self
        for part in nested:
            yield from part.leaves()


ALWAYS = Condition(round="now", at_least=1)
"""What holds in every round: of an argument that simply counts."""

SUBJECTS = ("track", "deal", "deals", "flag", "round", "outcome", "all", "any", "not_")


def subject(condition: Condition) -> str:
    """Which question it asks: the name of its one subject, or "" if it has none or several."""
    named = [name for name in SUBJECTS if getattr(condition, name)]
    if condition.good:
        named.append("good")
    elif condition.seat and not named:
        named.append("seat")
    return named[0] if len(named) == 1 else ""


def holds_for(deal: Deal, state: str, seat: str | None) -> bool:
    """Whether a deal is in that state, for that seat where it matters.

    A deal counts from the reveal on: until then not even an open one is known beyond its parties.
    """
    if not deal.published:
        return False
    if state == "suspected":
        return seat in deal.suspected
    if state == "proved":
        return deal.proved
    if state == "running":
        return deal.status == "running"
    if state == "broken":
        return deal.status == "broken"
    if state == "kept":
        return deal.status in ("running", "done")
    return deal.status not in ("fallen", "?")


def matches(deal: Deal, what: DealMatch) -> bool:
    if deal.rung < what.rung or (what.secret is not None and deal.secret is not what.secret):
        return False
    return what.between is None or (deal.a in what.between and deal.b in what.between)


def compile_condition(condition: Condition | None) -> Test:
    """A function that answers it for a position; `None` is always true."""
    if condition is None:
        return lambda _position: True
    return COMPILERS[subject(condition)](condition)


def _between(condition: Condition) -> tuple[int, int]:
    least = -(10**9) if condition.at_least is None else condition.at_least
    return least, 10**9 if condition.at_most is None else condition.at_most


def _track(condition: Condition) -> Test:
    name, (least, most) = condition.track, _between(condition)
    return lambda position: least <= position.tracks[name] <= most  # type: ignore[index]


def _good(condition: Condition) -> Test:
    seat, good, (least, most) = condition.seat, condition.good, _between(condition)
    return lambda position: least <= position.goods[seat].get(good, 0) <= most  # type: ignore[index,arg-type]


def _deals(condition: Condition) -> Test:
    what = condition.deals or DealMatch()
    state, seat = condition.is_ or "running", condition.seat
    least = 1 if condition.at_least is None and condition.at_most is None else _between(condition)[0]
    most = _between(condition)[1]

    def test(position: Position) -> bool:
        found = 0
        for deal in position.deals:
            found += matches(deal, what) and holds_for(deal, state, seat)
        return least <= found <= most

    return test


def _deal(condition: Condition) -> Test:
    name, state, seat = condition.deal, condition.is_ or "running", condition.seat

    return lambda position: any(
        deal.template == name and holds_for(deal, state, seat) for deal in position.deals
    )


def _flag(condition: Condition) -> Test:
    name = condition.flag
    return lambda position: position.flags.get(name, -1) >= position.round  # type: ignore[arg-type]


def _round(condition: Condition) -> Test:
    least, most = _between(condition)
    return lambda position: least <= position.round <= most


def _outcome(condition: Condition) -> Test:
    return lambda position: position.outcome == condition.outcome


def _seat(condition: Condition) -> Test:
    name = condition.seat
    if condition.is_ == "won":
        return lambda position: name in position.winners
    return lambda position: name in position.ruined


def _all(condition: Condition) -> Test:
    tests = [compile_condition(part) for part in condition.all]
    return reduce(lambda one, other: lambda position: one(position) and other(position), tests)


def _any(condition: Condition) -> Test:
    tests = [compile_condition(part) for part in condition.any]
    return reduce(lambda one, other: lambda position: one(position) or other(position), tests)


def _not(condition: Condition) -> Test:
    part = compile_condition(condition.not_)
    return lambda position: not part(position)


COMPILERS: dict[str, Callable[[Condition], Test]] = {
    "track": _track,
    "good": _good,
    "deals": _deals,
    "deal": _deal,
    "flag": _flag,
    "round": _round,
    "outcome": _outcome,
    "seat": _seat,
    "all": _all,
    "any": _any,
    "not_": _not,
}
