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
    Operator,
    Step,
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


UNKNOWN_CARD = "?"
"""Stands for a card that luck will choose."""


def certain_cards(seat: str, by: int) -> Certain:
    """Return what is certain of cards that come or go: how many are in the hand then, if it is seen."""

    def count(position: Situation) -> None:
        hand = position.hands.get(seat)
        if hand is not None:
            hand = (*hand, *[UNKNOWN_CARD] * by) if by > 0 else hand[: max(len(hand) + by, 0)]
            position.hands = {**position.hands, seat: hand}

    return count
