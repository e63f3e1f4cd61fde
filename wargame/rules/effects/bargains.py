"""Operators on agreements and on what changes hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from wargame.rules import deals
from wargame.rules.bargaining import Bargain
from wargame.rules.conditions import Read
from wargame.rules.effects.base import shift_good
from wargame.rules.effects.programs import (
    CompiledEffects,
    Expected,
    ExpectedChange,
    Operator,
    Step,
    operator,
)
from wargame.rules.events import Out
from wargame.rules.scenario import sizes
from wargame.rules.spec import Moved
from wargame.rules.state import Frame, State


@operator("break")
@dataclass(frozen=True, slots=True)
class Break(Operator):
    """A seat breaks a running `deal` of its own by what it does here."""

    deal: str
    by: str

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        def breaking(state: State, out: Out, frame: Frame) -> None:
            for at, deal in enumerate(state.deals):
                if deal.template == self.deal and deal.status == "running":
                    deals.break_off(state, out, at, self.by)

        return breaking

    def reads(self) -> Iterator[Read]:
        yield ("deal", self.deal)
        yield ("seat", self.by)

    def moves(self) -> Iterator[Moved]:
        yield ("deals",)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        if programs.within is not programs:
            template = programs.scenario.deals[self.deal]
            for size, more in product(sizes(template), ("", *template.extras)):
                yield from Bargain(programs, template, size, more).breaches(self.by, (size, more))


@operator("transfer")
@dataclass(frozen=True, slots=True)
class Transfer(Operator):
    """Up to `count` of a `good` move from one seat to another, as many as there are and fit."""

    good: str
    from_: str
    to: str
    count: int

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        def hand_over(state: State, out: Out, frame: Frame) -> None:
            room = state.scenario.goods[self.good].cap - state.goods[self.to].get(self.good, 0)
            moved = -shift_good(state, out, self.from_, self.good, -min(self.count, room), frame)
            shift_good(state, out, self.to, self.good, moved, frame)

        return hand_over

    def reads(self) -> Iterator[Read]:
        yield ("good", self.good, self.from_)
        yield ("good", self.good, self.to)

    def moves(self) -> Iterator[Moved]:
        yield ("good", self.good, self.from_)
        yield ("good", self.good, self.to)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("good", self.from_, self.good), -self.count)
        yield ExpectedChange(("good", self.to, self.good), self.count)
