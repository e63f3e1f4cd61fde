"""Operators that let somebody know something: bottlenecks, hidden tracks, secret deals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wargame.rules import deals
from wargame.rules.conditions import Read
from wargame.rules.effects.programs import CompiledEffects, Expected, ExpectedChange, Operator, Step, operator
from wargame.rules.events import BottleneckLocated, Out, SecretPeeked
from wargame.rules.spec import Moved
from wargame.rules.state import Deal, Finding, Frame, State


def note(state: State, finding: Finding) -> None:
    """Keep a finding, the newest of its kind."""
    kept = [old for old in state.findings if (old.to, old.kind, old.what) != finding[:1] + finding[2:4]]
    state.findings = (*kept, finding)


@operator("locate")
@dataclass(frozen=True, slots=True)
class Locate(Operator):
    """Show the seats in `to` the input that holds a production back now.

    Raises the flag `located-<input>` for so many `rounds`, counting this one.
    """

    production: str
    to: tuple[str, ...]
    rounds: int = 2

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        made = programs.scenario.production[self.production]

        def locate(state: State, out: Out, frame: Frame) -> None:
            held = state.goods[made.seat]
            worst = min(made.inputs, key=lambda good: held.get(good, 0))
            note(state, Finding(self.to, state.round, "bottleneck", made.id, worst))
            out.append(BottleneckLocated(self.to, made.id, worst))
            state.flags = {**state.flags, f"located-{worst}": state.round + self.rounds - 1}

        return locate

    def reads(self) -> Iterator[Read]:
        yield ("production", self.production)
        for seat in self.to:
            yield ("seat", seat)

    def moves(self) -> Iterator[Moved]:
        yield ("located",)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        for seat in self.to:
            yield ExpectedChange(("knowledge", seat), 1.0)


@operator("peek")
@dataclass(frozen=True, slots=True)
class Peek(Operator):
    """Show the seats in `to` the present value of a hidden `track`, or a `good` or `dial` of a `seat`."""

    to: tuple[str, ...]
    track: str | None = None
    good: str | None = None
    seat: str | None = None
    dial: str | None = None

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        def peek(state: State, out: Out, frame: Frame) -> None:
            kind, what, value = self.look(state)
            note(state, Finding(self.to, state.round, kind, what, value))
            out.append(SecretPeeked(self.to, what, value))

        return peek

    def look(self, state: State) -> tuple[str, str, str | int]:
        if self.track:
            return "track", self.track, state.tracks[self.track]
        if self.good:
            held = state.goods[self.seat or ""].get(self.good, 0)
            return "good", f"{self.seat}/{self.good}", held
        return "dial", self.dial or "", state.dials[self.dial or ""]

    def reads(self) -> Iterator[Read]:
        if self.track:
            yield ("track", self.track)
        if self.good:
            yield ("good", self.good, self.seat)
        if self.dial:
            yield ("dial", self.dial)
        for seat in self.to:
            yield ("seat", seat)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        for seat in self.to:
            yield ExpectedChange(("knowledge", seat), 1.0)


@operator("expose")
@dataclass(frozen=True, slots=True)
class Expose(Operator):
    """Bring a running secret deal between two seats one step to light, if there is one.

    `suspicion` goes to the seats in `to`; `proof` is laid open for all. With `suspected_by` only deals
    that this seat suspects.
    """

    between: tuple[str, str]
    what: Literal["suspicion", "proof"]
    to: tuple[str, ...] = ()
    suspected_by: str | None = None

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        def expose(state: State, out: Out, frame: Frame) -> None:
            for at, deal in enumerate(state.deals):
                if self.meant(deal):
                    if self.what == "proof":
                        deals.prove(state, out, at)
                    else:
                        deals.suspect(state, out, at, self.to)
                    return

        return expose

    def meant(self, deal: Deal) -> bool:
        if {deal.a, deal.b} != set(self.between) or not deal.secret or deal.proved:
            return False
        if deal.status != "running" or not deal.published:
            return False
        if self.what == "suspicion":
            return not set(self.to) <= set(deal.suspected)
        return self.suspected_by is None or self.suspected_by in deal.suspected

    def reads(self) -> Iterator[Read]:
        for seat in (*self.between, *self.to, *([self.suspected_by] if self.suspected_by else [])):
            yield ("seat", seat)

    def moves(self) -> Iterator[Moved]:
        yield ("deals",)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        for seat in self.between:
            yield ExpectedChange(("exposed", seat), 2.0 if self.what == "proof" else 1.0)
