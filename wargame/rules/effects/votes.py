"""A vote: several seats are asked the same, one after the other, and their answers are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from typing import cast

from wargame.rules.conditions import Read
from wargame.rules.effects.flow import Choose, Option, moved
from wargame.rules.effects.programs import (
    CompiledEffects,
    Expected,
    Fork,
    Operator,
    Step,
    bind_self,
    operator,
)
from wargame.rules.events import Out
from wargame.rules.pieces import Situation
from wargame.rules.spec import Effect, Moved, Text
from wargame.rules.state import Frame, State

NO, YES = "no", "yes"
"""The answers, the neutral one first."""


@operator("vote")
@dataclass(frozen=True, slots=True)
class Vote(Operator):
    """The `seats` answer the same question aloud, in this order: `no`, which is neutral, or `yes`.

    When all have answered, `then` happens if `at_least` so many have said yes, else `otherwise`. `each`
    happens at once to every seat that says yes; it is `self` in there.
    """

    seats: tuple[str, ...]
    prompt: Text
    yes: Text
    no: Text
    at_least: int
    then: tuple[Effect, ...] = ()
    otherwise: tuple[Effect, ...] = ()
    each: tuple[Effect, ...] = ()

    def ways(self) -> tuple[str, ...]:
        return "then", "otherwise"

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        for way in self.ways():
            programs.add(f"{path}/{way}", getattr(self, way))
        for asked in range(len(self.seats)):
            for agreed in range(asked + 1):
                programs.add(self.turn(path, asked, agreed), (self._ballot(path, asked, agreed),))

        first = self.turn(path, 0, 0)
        return lambda _state, _out, _frame: first

    def turn(self, path: str, asked: int, agreed: int) -> str:
        """Return where it goes on when so many seats have been asked and so many have said yes."""
        if asked < len(self.seats):
            return f"{path}/{asked}-{agreed}"
        return f"{path}/{'then' if agreed >= self.at_least else 'otherwise'}"

    def _ballot(self, path: str, asked: int, agreed: int) -> Choose:
        seat = self.seats[asked]
        against, for_it = (Ballot(self, path, asked + 1, agreed + said) for said in (0, 1))
        options = Option(NO, self.no, (against,)), Option(YES, self.yes, (for_it, *self.bound(seat)))
        return Choose(seat, self.prompt, options)

    def bound(self, seat: str) -> tuple[Operator, ...]:
        """Return what a yes brings that seat."""
        return cast("tuple[Operator, ...]", bind_self(self.each, seat))

    def carries(self, asked: int, agreed: int) -> float:
        """Return how likely it is carried when so many have answered, if the others may say anything."""
        left, wanted = len(self.seats) - asked, max(self.at_least - agreed, 0)
        return float(sum(comb(left, yes) for yes in range(wanted, left + 1)) / 2**left)

    def reads(self) -> Iterator[Read]:
        for seat in self.seats:
            yield ("seat", seat)
            for brought in self.bound(seat):
                yield from brought.reads()
        for effect in self.then + self.otherwise:
            yield from effect.reads()

    def moves(self) -> Iterator[Moved]:
        yield from moved(self.then + self.otherwise)
        for seat in self.seats:
            yield from moved(self.bound(seat))

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        carried, half = self.carries(0, 0), self.carries(1, 1) / 2
        shares = (carried, 1 - carried)
        agreeing = (half / carried, (0.5 - half) / (1 - carried) if carried < 1 else 0.0)
        yield Fork(
            lambda _position, weight: (weight * shares[0], weight * shares[1]),
            tuple(
                (*programs.expected(f"{path}/{way}"), *self._each_expected(programs, path, share))
                for way, share in zip(self.ways(), agreeing, strict=True)
            ),
            shares,
        )

    def _each_expected(self, programs: CompiledEffects, path: str, share: float) -> Iterator[Expected]:
        """Yield what their yes brings the seats, of which each says it with that probability."""
        for asked, seat in enumerate(self.seats if self.each else ()):
            option = f"{self.turn(path, asked, 0)}/0/{YES}"
            brings = tuple(
                part
                for at, effect in enumerate(self.bound(seat), 1)
                for part in effect.expected(programs, f"{option}/{at}")
            )
            yield Fork(lambda _position, weight: (weight * share,), (brings,), (share,))


class Ballot(Operator):
    """What an answer does: the vote goes on, when so many were `asked` and so many `agreed`; in no file."""

    __slots__ = ("agreed", "asked", "path", "vote")

    def __init__(self, vote: Vote, path: str, asked: int, agreed: int) -> None:
        self.vote, self.path, self.asked, self.agreed = vote, path, asked, agreed

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        to = self.vote.turn(self.path, self.asked, self.agreed)

        def go_on(state: State, out: Out, frame: Frame) -> None:
            state.stack = (*state.stack[:-1], state.stack[-1]._replace(path=to, at=0))

        return go_on

    def reads(self) -> Iterator[Read]:
        return iter(())

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        carried = self.vote.carries(self.asked, self.agreed)

        def shares(_position: Situation, weight: float) -> tuple[float, ...]:
            return weight * carried, weight * (1 - carried)

        branches = tuple(programs.expected(f"{self.path}/{way}") for way in self.vote.ways())
        yield Fork(shares, branches, (carried, 1 - carried))
