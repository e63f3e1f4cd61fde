"""Crises: a question that seats answer in secret with their orders, and how their answers are counted.

News poses one; it waits in the state with the answers given so far, until the resolution tells them all.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from math import comb, factorial

from wargame.rules.events import CrisisAnswered, CrisisEnded, Out
from wargame.rules.scenario import stance_path
from wargame.rules.spec import Crisis
from wargame.rules.state import Frame, State

MOST_COUNTS = 5000
"""Ways in which answers may be spread that are still counted one by one."""


def pose(state: State, news: str) -> None:
    """Put the crisis of an event card on the table, if it has one that is not there already."""
    if news in state.scenario.crises and news not in state.crises:
        state.crises = {**state.crises, news: {}}


def settle(state: State, out: Out) -> None:
    """Tell all answers and count them. First each has what its own brings, then comes the outcome.

    Who has said nothing has given the first answer. Two crises of one round come in the scenario's order.
    """
    scenario = state.scenario
    for name, crisis in scenario.crises.items():
        if name not in state.crises:
            continue
        given, cause, asked = state.crises[name], f"news/{name}", scenario.asked_by(name)
        seats = tuple(seat for seat in state.order if seat in asked)
        answers = tuple(given.get(seat, crisis.options[0].id) for seat in seats)
        ends = crisis.ends_with(answers)
        out += CrisisAnswered(None, name, seats, answers), CrisisEnded(None, name, ends)
        for seat, option in zip(seats, answers, strict=True):
            path = stance_path(name, option, seat)
            state.queue = (*state.queue, Frame(path, 0, cause, None, seat))
        state.queue = (*state.queue, Frame(f"crisis/{name}/{ends}", 0, cause, None, ""))
    state.crises = {}


def endings(crisis: Crisis, own: str, others: int) -> list[float]:
    """Return how likely each end of a crisis is if one seat gives its `own` answer and the others any.

    Where there are too many ways to count, as if all others gave the same answer.
    """
    options, shares = [option.id for option in crisis.options], [0.0] * len(crisis.outcomes)
    if comb(others + len(options) - 1, others) > MOST_COUNTS:
        for option in options:
            shares[crisis.ends_with([own, *[option] * others])] += 1 / len(options)
        return shares
    for answers in combinations_with_replacement(options, others):
        ways = factorial(others)
        for option in options:
            ways //= factorial(answers.count(option))
        shares[crisis.ends_with([own, *answers])] += ways / len(options) ** others
    return shares
