"""Operators on hands of cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wargame.rules import piles
from wargame.rules.catalogue import Catalogue
from wargame.rules.conditions import Read
from wargame.rules.effects.programs import (
    Certain,
    CompiledEffects,
    Expected,
    ExpectedChange,
    Fork,
    Operator,
    Step,
    certain_cards,
    operator,
)
from wargame.rules.events import Out
from wargame.rules.pieces import Situation
from wargame.rules.spec import Moved
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

    def moves(self) -> Iterator[Moved]:
        yield ("hand", self.seat)

    def certain(self, scenario: Catalogue, seat: str) -> Certain:
        return certain_cards(self.seat, self.cards)

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

    def moves(self) -> Iterator[Moved]:
        yield ("hand", self.seat)

    def certain(self, scenario: Catalogue, seat: str) -> Certain:
        return certain_cards(self.seat, -self.cards)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("hand", self.seat), -self.cards)


@operator("give")
@dataclass(frozen=True, slots=True)
class Give(Operator):
    """A seat gets this `card` of its own to its hand, from its deck or its discards, if it lies there."""

    card: str

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        seat = programs.scenario.owner(self.card)

        def give(state: State, out: Out, frame: Frame) -> None:
            piles.fetch_card(state, out, seat, self.card)

        return give

    def reads(self) -> Iterator[Read]:
        yield ("card", self.card)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        seat = programs.scenario.owner(self.card)

        def if_it_lies_there(position: Situation, weight: float) -> tuple[float, ...]:
            hand = position.hands.get(seat)
            if hand is None:  # nobody but its seat knows
                return weight, weight
            return () if self.card in hand else (weight,)

        yield Fork(if_it_lies_there, ((ExpectedChange(("hand", seat), 1),), ()))
