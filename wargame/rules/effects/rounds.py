"""Operators on the rounds to come: who goes first in them, and which event cards they bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wargame.rules.conditions import Read
from wargame.rules.effects.flow import lasting
from wargame.rules.effects.programs import (
    CompiledEffects,
    Expected,
    ExpectedChange,
    Fork,
    Operator,
    Step,
    operator,
)
from wargame.rules.events import Out
from wargame.rules.spec import Effect
from wargame.rules.state import Due, Frame, State


@operator("order")
@dataclass(frozen=True, slots=True)
class Order(Operator):
    """In the next round this seat `goes` first or last; from there the first goes to the end as ever."""

    seat: str
    goes: Literal["first", "last"]

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        what, by = ("order", self.seat), -1 if self.goes == "first" else 1

        def put(state: State, out: Out, frame: Frame) -> None:
            due = Due(state.round + 1, "", frame.cause, frame.to, frame.who, what, by)
            state.schedule = (*state.schedule, due)

        return put

    def reads(self) -> Iterator[Read]:
        yield ("seat", self.seat)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield Fork(lasting(1), ((ExpectedChange(("order", self.seat), 1.0),),))


@operator("news")
@dataclass(frozen=True, slots=True)
class CallNews(Operator):
    """This event `card` comes in the news that many `rounds` from now, whatever its `when` says; with 0 it is
    shuffled into the deck of those that may be drawn.

    One that has come already comes again; whatever calls it, all know that it will.
    """

    card: str
    rounds: int = 1

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        card, rounds, comes = self.card, self.rounds, f"news/{self.card}"

        def call(state: State, out: Out, frame: Frame) -> None:
            others = tuple(other for other in state.news if other != card)
            if rounds:
                state.news = others
                state.schedule = (*state.schedule, Due(state.round + rounds, comes, comes, None, ""))
            else:
                state.news = tuple(sorted((*others, card)))

        return call

    def reads(self) -> Iterator[Read]:
        yield ("news", self.card)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        comes = f"news/{self.card}"
        if self.rounds and not calls_news(programs.effects[comes]):  # else there would be no end of it
            yield Fork(lasting(self.rounds), (programs.expected(comes),))


def calls_news(effects: tuple[Effect, ...]) -> bool:
    """Return whether any of these effects brings an event card."""
    return any(kind == "news" for effect in effects for kind, *_name in effect.reads())
