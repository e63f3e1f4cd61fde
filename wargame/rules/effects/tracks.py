"""Operators that move numbers: tracks, goods, influence, points, flags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from wargame.rules.catalogue import Catalogue, audience_and
from wargame.rules.conditions import Per, Read
from wargame.rules.effects.base import shift, shift_track, shifting, tell, within
from wargame.rules.effects.programs import (
    Certain,
    CompiledEffects,
    Expected,
    ExpectedChange,
    Fork,
    Operator,
    Step,
    certain_influence,
    operator,
)
from wargame.rules.events import FlagSet, Out, PointsGiven
from wargame.rules.pieces import Situation
from wargame.rules.predicates import Count, times_of
from wargame.rules.spec import Moved
from wargame.rules.state import Due, Frame, State


@operator("shift")
@dataclass(frozen=True, slots=True)
class Shift(Operator):
    """Move a `track`, a `good` of a `seat`, or the influence of a seat, `by` so many steps.

    With `per` so many for each of another number, as that stands when it happens. With `rounds` the change is
    passing: it is taken back in the news that many rounds later.
    """

    by: int
    track: str | None = None
    good: str | None = None
    influence: str | None = None
    seat: str | None = None
    rounds: int = 0
    per: Per | None = None

    def what(self) -> tuple[str, ...]:
        if self.track:
            return ("track", self.track)
        if self.good:
            return ("good", self.seat or "", self.good)
        return ("influence", self.influence or "")

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        what, rounds, amount = self.what(), self.rounds, self.amount()
        if self.per:
            programs.asked.update(read[0] for read in self.per.reads())
        elif not rounds:
            return shifting(what, self.by)

        def moving(state: State, out: Out, frame: Frame) -> None:
            shift(state, out, what, amount(state), frame)

        if not rounds:
            return moving
        seen = programs.scenario.audience(self.reads())

        def passing(state: State, out: Out, frame: Frame) -> None:
            moved = shift(state, out, what, amount(state), frame)
            if moved:  # how far it really moved tells what it stood at, so only those who see it may know
                to = audience_and(frame.to, seen, state.scenario.seat_ids)
                due = Due(state.round + rounds, "", frame.cause, to, frame.who, what, -moved)
                state.schedule = (*state.schedule, due)

        return passing

    def amount(self) -> Count:
        """Return a function that tells how far it moves in a position."""
        by = self.by
        if self.per is None:
            return lambda _position: by
        times = times_of(self.per)
        return lambda position: by * times(position)

    def reads(self) -> Iterator[Read]:
        if self.per:
            yield from self.per.reads()
        what = self.what()
        if self.track:
            yield ("track", self.track)
        elif self.good:
            yield ("good", self.good, self.seat)
        else:
            yield ("seat", what[-1])

    def moves(self) -> Iterator[Moved]:
        if self.track:
            yield ("track", self.track)
        elif self.good:
            yield ("good", self.good, self.seat or "")
        else:
            yield ("influence", self.influence or "")

    def certain(self, scenario: Catalogue, seat: str) -> Certain | None:
        if self.per is None:
            return self._certain(scenario, self.by)
        known = scenario.audience(self.per.reads())
        if known is not None and seat and seat not in known:
            return None
        amount = self.amount()

        def move(position: Situation) -> None:
            with suppress(KeyError):
                self._certain(scenario, amount(position))(position)

        return move

    def _certain(self, scenario: Catalogue, by: int) -> Certain:
        if self.track:
            return certain_steps(scenario, self.track, lambda now: now + by)
        if self.good:
            return certain_goods(scenario, self.seat or "", self.good, by)
        return certain_influence(scenario, self.influence or "", by)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        by = self.by
        if self.per:
            yield self._by_times(programs, path, self.per)
        elif self.track:
            most = programs.scenario.tracks[self.track].most
            yield ExpectedChange(
                self.what(), steps=lambda now: by if now is None else within(now + by, most) - now
            )
        else:
            yield ExpectedChange(self.what(), by)

    def _by_times(self, programs: CompiledEffects, path: str, per: Per) -> Fork:
        """What it brings once, as many times as it counts; once, and not for sure, if that is not known."""
        reads, times = list(per.reads()), times_of(per)
        boards = programs.boards(path, reads)
        purse = per.influence

        def by_times(position: Situation, weight: float) -> tuple[float, ...]:
            if purse and purse not in position.hands:  # what is seen of it stands still
                return weight, weight
            try:
                return (sum(share * times(then) for share, then in boards(position, weight)),)
            except KeyError:
                return weight, weight

        return Fork(by_times, ((ExpectedChange(self.what(), self.by),), ()))


@operator("ease")
@dataclass(frozen=True, slots=True)
class Ease(Operator):
    """Move a `track` one step toward a value, if it is not there."""

    track: str
    toward: int

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        track, toward = self.track, self.toward

        def ease(state: State, out: Out, frame: Frame) -> None:
            now = state.tracks[track]
            shift_track(state, out, track, (toward > now) - (toward < now), frame)

        return ease

    def reads(self) -> Iterator[Read]:
        yield ("track", self.track)

    def moves(self) -> Iterator[Moved]:
        yield ("track", self.track)

    def certain(self, scenario: Catalogue, seat: str) -> Certain | None:
        return certain_steps(
            scenario, self.track, lambda now: now + (self.toward > now) - (self.toward < now)
        )

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        toward = self.toward

        def step(now: int | None) -> int:
            return 0 if now is None else (toward > now) - (toward < now)

        yield ExpectedChange(("track", self.track), steps=step)


@operator("set")
@dataclass(frozen=True, slots=True)
class SetTrack(Operator):
    """Set a `track` to a value, wherever it stands."""

    track: str
    to: int

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        track, to = self.track, self.to

        def put(state: State, out: Out, frame: Frame) -> None:
            shift_track(state, out, track, to - state.tracks[track], frame)

        return put

    def reads(self) -> Iterator[Read]:
        yield ("track", self.track)

    def moves(self) -> Iterator[Moved]:
        yield ("track", self.track)

    def certain(self, scenario: Catalogue, seat: str) -> Certain | None:
        return certain_steps(scenario, self.track, lambda _now: self.to)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        to = self.to
        yield ExpectedChange(("track", self.track), steps=lambda now: 0 if now is None else to - now)


@operator("flag")
@dataclass(frozen=True, slots=True)
class SetFlag(Operator):
    """Set a flag: for so many `rounds` counting this one, for good (0), or take it down (`on: false`)."""

    flag: str
    rounds: int = 0
    on: bool = True

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        seen = programs.scenario.flags[self.flag].seen_by or None
        flag, on = self.flag, self.on

        def hoist(state: State, out: Out, frame: Frame) -> None:
            until = self.until(state)
            if state.flags.get(flag, -1) == until:
                return
            state.flags = {**state.flags, flag: until}
            tell(state, out, FlagSet(seen, flag, on, frame.cause), frame)

        return hoist

    def until(self, position: Situation) -> int:
        """Return the last round in which the flag is up."""
        if not self.on:
            return -1
        return position.round + self.rounds - 1 if self.rounds else FOREVER

    def reads(self) -> Iterator[Read]:
        yield ("flag", self.flag)

    def moves(self) -> Iterator[Moved]:
        yield ("flag", self.flag)

    def certain(self, scenario: Catalogue, seat: str) -> Certain | None:
        def hoist(position: Situation) -> None:
            position.flags = {**position.flags, self.flag: self.until(position)}

        return hoist

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("flag", self.flag), 1.0 if self.on else -1.0)


FOREVER = 10_000


@operator("points")
@dataclass(frozen=True, slots=True)
class Points(Operator):
    """Give a seat points of its score outright; all are told, but of a quiet card only that seat."""

    seat: str
    by: int

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        seat, by = self.seat, self.by

        def award(state: State, out: Out, frame: Frame) -> None:
            state.points = {**state.points, seat: state.points[seat] + by}
            to = None if frame.to is None else (seat,)
            tell(state, out, PointsGiven(to, seat, by, frame.cause), frame)

        return award

    def reads(self) -> Iterator[Read]:
        yield ("seat", self.seat)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("points", self.seat), self.by)


def certain_goods(scenario: Catalogue, seat: str, good: str, by: int) -> Certain:
    """Return what is certain of goods that come or go: what is left within the cap, if they are seen."""
    cap = scenario.goods[good].cap

    def take(position: Situation) -> None:
        held = position.goods.get(seat)
        if held is not None:
            position.goods = {**position.goods, seat: {**held, good: within(held.get(good, 0) + by, cap)}}

    return take


def certain_steps(scenario: Catalogue, track: str, to: Callable[[int], int]) -> Certain:
    """Return what is certain of a step of a track: where it will stand within its ends, if it is seen."""

    def step(position: Situation) -> None:
        now = position.tracks.get(track)
        if now is not None:
            new = within(to(now), scenario.tracks[track].most)
            position.tracks = {**position.tracks, track: new}

    return step
