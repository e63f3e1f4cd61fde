"""Operators that move numbers: tracks, goods, influence, points, flags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wargame.rules.effects.base import (
    Changes,
    Programs,
    Read,
    Step,
    add,
    both,
    shift,
    shift_track,
    shifting,
    tell,
)
from wargame.rules.events import Out
from wargame.rules.state import Due, Frame, State

if TYPE_CHECKING:
    from wargame.rules.state import Position


@dataclass(frozen=True, slots=True)
class Shift:
    """Move a `track`, a `good` of a `seat`, or the influence of a seat, `by` so many steps.

    With `rounds` the change is passing: it is taken back in the news that many rounds later.
    """

    by: int
    track: str | None = None
    good: str | None = None
    influence: str | None = None
    seat: str | None = None
    rounds: int = 0

    def what(self) -> tuple[str, ...]:
        if self.track:
            return ("track", self.track)
        if self.good:
            return ("good", self.seat or "", self.good)
        return ("influence", self.influence or "")

    def compile(self, programs: Programs, path: str) -> Step:
        what, by, rounds = self.what(), self.by, self.rounds
        if not rounds:
            return shifting(what, by)

        seen = programs.scenario.audience(self.reads())

        def passing(state: State, out: Out, frame: Frame) -> None:
            moved = shift(state, out, what, by, frame)
            if moved:  # how far it really moved tells what it stood at, so only those who see it may know
                to = both(frame.to, seen, state.scenario.seat_ids)
                due = Due(state.round + rounds, "", frame.cause, to, frame.who, what, -moved)
                state.schedule = (*state.schedule, due)

        return passing

    def reads(self) -> Iterator[Read]:
        what = self.what()
        if self.track:
            yield ("track", self.track)
        elif self.good:
            yield ("good", self.good, self.seat)
        else:
            yield ("seat", what[-1])

    def expect(self, position: Position, path: str, weight: float, into: Changes) -> None:
        what, by = self.what(), self.by
        if self.track and self.track in position.tracks:
            now = position.tracks[self.track]
            by = min(max(now + by, 0), position.scenario.tracks[self.track].most) - now
        add(into, what, by * weight)


@dataclass(frozen=True, slots=True)
class Ease:
    """Move a `track` one step toward a value, if it is not there."""

    track: str
    toward: int

    def compile(self, programs: Programs, path: str) -> Step:
        track, toward = self.track, self.toward

        def ease(state: State, out: Out, frame: Frame) -> None:
            now = state.tracks[track]
            shift_track(state, out, track, (toward > now) - (toward < now), frame)

        return ease

    def reads(self) -> Iterator[Read]:
        yield ("track", self.track)

    def expect(self, position: Position, path: str, weight: float, into: Changes) -> None:
        now = position.tracks.get(self.track, self.toward)
        add(into, ("track", self.track), weight * ((self.toward > now) - (self.toward < now)))


@dataclass(frozen=True, slots=True)
class SetFlag:
    """Set a flag: for so many `rounds` counting this one, for good (0), or take it down (`on: false`)."""

    flag: str
    rounds: int = 0
    on: bool = True

    def compile(self, programs: Programs, path: str) -> Step:
        seen = programs.scenario.flags[self.flag].seen_by or None
        flag, rounds, on = self.flag, self.rounds, self.on

        def hoist(state: State, out: Out, frame: Frame) -> None:
            until = (state.round + rounds - 1 if rounds else FOREVER) if on else -1
            if state.flags.get(flag, -1) == until:
                return
            state.flags = {**state.flags, flag: until}
            tell(state, out, "flag", seen, frame, (flag, int(on)))

        return hoist

    def reads(self) -> Iterator[Read]:
        yield ("flag", self.flag)

    def expect(self, position: Position, path: str, weight: float, into: Changes) -> None:
        add(into, ("flag", self.flag), weight if self.on else -weight)


FOREVER = 10_000


@dataclass(frozen=True, slots=True)
class Points:
    """Give a seat points of its score outright; only that seat is told."""

    seat: str
    by: int

    def compile(self, programs: Programs, path: str) -> Step:
        seat, by = self.seat, self.by

        def award(state: State, out: Out, frame: Frame) -> None:
            state.points = {**state.points, seat: state.points[seat] + by}
            tell(state, out, "points", (seat,), frame, (seat, by))

        return award

    def reads(self) -> Iterator[Read]:
        yield ("seat", self.seat)

    def expect(self, position: Position, path: str, weight: float, into: Changes) -> None:
        add(into, ("points", self.seat), weight * self.by)
