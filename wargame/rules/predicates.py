"""Conditions as functions of a *position*: a `State`, or the `View` of a seat.

A view has the fields of a state with what is hidden left out. A question that it cannot answer raises
`KeyError` there, which is how a leak shows itself in tests.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from wargame.rules.conditions import Condition, DealMatch, Number, Per, subject
from wargame.rules.moves import Refusal
from wargame.rules.pieces import Deal, Situation

Test = Callable[[Situation], bool]

Count = Callable[[Situation], int]
"""A number of a position."""

Need = tuple[Test, Refusal]
"""Something that must hold, and the refusal of what needs it."""


def holds_for(deal: Deal, state: str, seat: str | None) -> bool:
    """Return whether a deal is in that state, for that seat where it matters.

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
    if state == "delivered":
        return deal.left < deal.rounds
    if state == "kept":
        return deal.status in ("running", "done")
    return deal.status not in ("fallen", "?")


def compile_condition(condition: Condition | None) -> Test:
    """Return a function that answers it for a position; `None` is always true."""
    if condition is None:
        return lambda _position: True
    return COMPILERS[subject(condition)](condition)


def _between(condition: Condition) -> tuple[int, int]:
    least = -(10**9) if condition.at_least is None else condition.at_least
    return least, 10**9 if condition.at_most is None else condition.at_most


def count_of(number: Number | Condition) -> Count:
    """Return a function that reads the number, of whichever record names one, off a position."""
    seat, name = number.seat or "", number.good or number.track or number.influence or number.hand or ""
    if number.good:
        return lambda position: position.goods[seat].get(name, 0)
    if number.track:
        return lambda position: position.tracks[name]
    if number.influence:
        return lambda position: position.influence[name]
    return lambda position: len(position.hands[name])


def times_of(per: Per) -> Count:
    """Return a function that tells how many times something counts in a position."""
    count, above, every = count_of(per), per.above, per.every
    return lambda position: max(count(position) - above, 0) // every


def _number(condition: Condition) -> Test:
    count, (least, most) = count_of(condition), _between(condition)
    if condition.over:
        other = count_of(condition.over)
        return lambda position: least <= count(position) - other(position) <= most
    return lambda position: least <= count(position) <= most


def _track(condition: Condition) -> Test:
    if condition.over:
        return _number(condition)
    name, (least, most) = condition.track, _between(condition)
    return lambda position: least <= position.tracks[name] <= most  # type: ignore[index]


def _dial(condition: Condition) -> Test:
    dial, setting = condition.dial, condition.setting
    return lambda position: position.dials[dial] == setting  # type: ignore[index]


def _card(condition: Condition) -> Test:
    card, rounds = condition.card, condition.rounds
    if rounds is None:
        return lambda position: card in position.played
    return lambda position: position.played.get(card, -rounds) > position.round - rounds  # type: ignore[arg-type]


def _deals(condition: Condition) -> Test:
    what = condition.deals or DealMatch()
    rung, secret, between = what.rung, what.secret, what.between
    state, seat = condition.is_ or "running", condition.seat
    least = 1 if condition.at_least is None and condition.at_most is None else _between(condition)[0]
    most = _between(condition)[1]

    def test(position: Situation) -> bool:
        found = 0
        for deal in position.deals:
            if deal.rung < rung or (secret is not None and deal.secret is not secret):
                continue
            if between is None or (deal.a in between and deal.b in between):
                found += holds_for(deal, state, seat)
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
    "good": _number,
    "influence": _number,
    "hand": _number,
    "dial": _dial,
    "card": _card,
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
