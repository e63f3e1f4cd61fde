"""Operators on hands of cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wargame.rules import piles
from wargame.rules.conditions import Read
from wargame.rules.effects.programs import CompiledEffects, Expected, ExpectedChange, Operator, Step, operator
from wargame.rules.events import Out
from wargame.rules.state import Frame, State


@operator("draw")
@dataclass(frozen=True, slots=True)
class Draw(Operator):
    """A seat draws cards at once, beyond its usual hand if need be."""

    seat: str
    cards: int

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        def drawing(state: State, out: Out, frame: Frame) -> None:
            piles.draw_cards(state, out, self.seat, self.cards, path)

        return drawing

    def reads(self) -> Iterator[Read]:
        yield ("seat", self.seat)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("hand", self.seat), self.cards)


@operator("lose")
@dataclass(frozen=True, slots=True)
class Lose(Operator):
    """A seat loses cards from its hand, chosen by luck, face down."""

    seat: str
    cards: int

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        def losing(state: State, out: Out, frame: Frame) -> None:
            piles.lose_cards(state, out, self.seat, self.cards, path)

        return losing

    def reads(self) -> Iterator[Read]:
        yield ("seat", self.seat)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("hand", self.seat), -self.cards)
