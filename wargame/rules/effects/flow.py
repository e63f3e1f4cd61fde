"""Operators that decide what follows: dice, choices, conditions, delays, the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from wargame.rules.catalogue import Catalogue
from wargame.rules.conditions import Condition, Read, asks_deals, condition_reads
from wargame.rules.effects.dice import Dice, limited
from wargame.rules.effects.programs import (
    HERE,
    SELF,
    Certain,
    CompiledEffects,
    Expected,
    ExpectedChange,
    Fork,
    Operator,
    Shares,
    Step,
    before,
    bind_self,
    certainties,
    operator,
)
from wargame.rules.events import Out, OutcomeCame
from wargame.rules.pieces import Situation
from wargame.rules.predicates import compile_condition
from wargame.rules.spec import Effect, Modifier, Moved, Text
from wargame.rules.state import Due, Frame, State


@operator("roll")
@dataclass(frozen=True, slots=True)
class Roll(Operator):
    """A die of a hundred: `success` if it is at most `base` plus the modifiers, else `failure`.

    The chance is kept between 5 and 95 per cent. Of a card it is fixed when that is committed, of an option
    when that is chosen. With a `margin` there are up to four results: `triumph` instead of success where the
    die is at most the chance less so much, `disaster` instead of failure where it is above it by more.
    """

    base: int
    success: tuple[Effect, ...] = ()
    failure: tuple[Effect, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    triumph: tuple[Effect, ...] = ()
    disaster: tuple[Effect, ...] = ()
    margin: int = 0

    def ways(self) -> tuple[str, ...]:
        best, worst = ("triumph",) * bool(self.triumph), ("disaster",) * bool(self.disaster)
        return (*best, "success", "failure", *worst)

    def results(self) -> tuple[Effect, ...]:
        """Return the effects of all its results."""
        return self.triumph + self.success + self.failure + self.disaster

    def shares(self, chance: float) -> tuple[float, ...]:
        """Return how likely each of its `ways` is, of a whole, at a chance in per cent."""
        if not self.margin:
            return chance / 100, 1 - chance / 100
        best = max(chance - self.margin, 0) if self.triumph else 0
        worst = max(100 - chance - self.margin, 0) if self.disaster else 0
        shares = (best,) * bool(self.triumph), (worst,) * bool(self.disaster)
        return tuple(share / 100 for share in (*shares[0], chance - best, 100 - chance - worst, *shares[1]))

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        dice = programs.rolls[path] = Dice(programs.scenario, path, self, self.base, self.modifiers)
        programs.asked.update(read[0] for modifier in self.modifiers for read in modifier.reads())
        for way in self.ways():
            programs.add(f"{path}/{way}", getattr(self, way))

        return dice.step(self.ways(), self.margin)

    def reads(self) -> Iterator[Read]:
        for modifier in self.modifiers:
            yield from modifier.reads()
        for effect in self.results():
            yield from effect.reads()

    def moves(self) -> Iterator[Moved]:
        yield from moved(self.results())

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        dice: Dice = programs.rolls[path]
        unknown = sum(limited([self.base]))

        def by_chance(position: Situation, weight: float) -> tuple[float, ...]:
            try:
                chance = dice.chance(position)
            except KeyError:
                chance = unknown
            return tuple([weight * share for share in self.shares(chance)])

        branches = tuple(programs.expected(f"{path}/{way}") for way in self.ways())
        fixed = () if self.modifiers else self.shares(unknown)
        asks = any(one.when and asks_deals(one.when) for one in self.modifiers)
        yield Fork(by_chance, branches, fixed, asks, path, works=1 + bool(self.triumph))


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a card's question. `needs` are asked of the chooser."""

    id: str
    label: Text
    effects: tuple[Effect, ...] = ()
    needs: tuple[Condition, ...] = ()


@operator("choose")
@dataclass(frozen=True, slots=True)
class Choose(Operator):
    """A named seat decides, aloud.

    The first option is the neutral one, the answer of a seat that says nothing: it has no `needs`, though it
    may have effects.
    """

    seat: str
    prompt: Text
    options: tuple[Option, ...]

    def ways(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        programs.choices[path] = self
        for option in self.options:
            root = programs.add(f"{path}/{option.id}", option.effects)
            for dice in programs.dice_of(root):
                dice.count(before(programs.effects, root, dice.path), self.seat)

        return ChoiceStep(path, self.seat)

    def reads(self) -> Iterator[Read]:
        yield ("seat", self.seat)
        for option in self.options:
            for need in option.needs:
                yield from condition_reads(need)
            for effect in option.effects:
                yield from effect.reads()

    def moves(self) -> Iterator[Moved]:
        for option in self.options:
            yield from moved(option.effects)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        branches = tuple(programs.expected(f"{path}/{option.id}") for option in self.options)
        many = len(branches)
        yield Fork(lambda _position, weight: (weight / many,) * many, branches, (1 / many,) * many)


class ChoiceStep:
    """The step of a choice: the game stands still at it until its seat chooses."""

    __slots__ = ("path", "seat")

    def __init__(self, path: str, seat: str) -> None:
        self.path, self.seat = path, seat

    def __call__(self, state: State, out: Out, frame: Frame) -> None:
        raise AssertionError("a choice is made by a move, not run")


@operator("if")
@dataclass(frozen=True, slots=True)
class If(Operator):
    """`then` if the condition holds when the effect happens, else `otherwise`. The truth decides."""

    when: Condition
    then: tuple[Effect, ...] = ()
    otherwise: tuple[Effect, ...] = ()

    def ways(self) -> tuple[str, ...]:
        return "then", "otherwise"

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        yes = programs.add(f"{path}/then", self.then)
        no = programs.add(f"{path}/otherwise", self.otherwise)
        test = compile_condition(self.when)
        programs.asked.update(read[0] for read in condition_reads(self.when))
        return lambda state, _out, _frame: yes if test(state) else no

    def reads(self) -> Iterator[Read]:
        yield from condition_reads(self.when)
        for effect in self.then + self.otherwise:
            yield from effect.reads()

    def moves(self) -> Iterator[Moved]:
        yield from moved(self.then + self.otherwise)

    def certain(self, scenario: Catalogue, seat: str) -> Certain | None:
        known = scenario.audience(condition_reads(self.when))
        if known is not None and seat not in known:
            return None
        test = compile_condition(self.when)
        then, otherwise = (certainties(scenario, seat, part) for part in (self.then, self.otherwise))

        def branch(position: Situation) -> None:
            for happen in then if test(position) else otherwise:
                happen(position)

        return branch

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        reads = list(condition_reads(self.when))
        test, boards = compile_condition(self.when), programs.boards(path, reads)
        purses = [read[1] for read in reads if read[0] == "influence"]

        def by_condition(position: Situation, weight: float) -> tuple[float, float]:
            try:
                if any(purse not in position.hands for purse in purses):  # what is seen of it stands still
                    return weight / 2, weight / 2
                return (weight, 0.0) if test(position) else (0.0, weight)
            except KeyError:
                return weight / 2, weight / 2

        def by_then(position: Situation, weight: float) -> tuple[float, float]:
            """The same on the board as the effects before it leave it."""
            shares = [by_condition(then, share) for share, then in boards(position, weight)]
            return sum(share[0] for share in shares), sum(share[1] for share in shares)

        branches = programs.expected(f"{path}/then"), programs.expected(f"{path}/otherwise")
        asks = asks_deals(self.when) or boards.ask_deals
        yield Fork(by_then if boards.moved else by_condition, branches, (), asks)


@operator("each")
@dataclass(frozen=True, slots=True)
class Each(Operator):
    """The `effects` happen for each of the `seats` in turn, which is `self` in them, or for each of the
    `tracks`, which is `here`: the numbers of several places.
    """

    effects: tuple[Effect, ...]
    seats: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()

    def bound(self) -> tuple[Operator, ...]:
        """Return all that happens, one after another."""
        word = HERE if self.tracks else SELF
        each = (bind_self(self.effects, name, word) for name in self.tracks or self.seats)
        return cast("tuple[Operator, ...]", tuple(effect for effects in each for effect in effects))

    def ways(self) -> tuple[str, ...]:
        return ("each",)

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        inner = programs.add(f"{path}/each", self.bound())
        return lambda _state, _out, _frame: inner

    def reads(self) -> Iterator[Read]:
        for seat in self.seats:
            yield ("seat", seat)
        for track in self.tracks:
            yield ("track", track)
        for effect in self.bound():
            yield from effect.reads()

    def moves(self) -> Iterator[Moved]:
        yield from moved(self.bound())

    def certain(self, scenario: Catalogue, seat: str) -> Certain:
        happening = certainties(scenario, seat, self.bound())

        def happen(position: Situation) -> None:
            for one in happening:
                one(position)

        return happen

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield Fork(lambda _position, weight: (weight,), (programs.expected(f"{path}/each"),), (1.0,))


@operator("later")
@dataclass(frozen=True, slots=True)
class Later(Operator):
    """The effects happen in the news so many `rounds` from now, if the game lasts."""

    rounds: int
    effects: tuple[Effect, ...]

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        later, rounds = programs.add(f"{path}/later", self.effects), self.rounds
        programs.delayed.add(later)

        def wait(state: State, out: Out, frame: Frame) -> None:
            due = Due(state.round + rounds, later, frame.cause, frame.to, frame.who, odds=frame.odds)
            state.schedule = (*state.schedule, due)

        return wait

    def reads(self) -> Iterator[Read]:
        for effect in self.effects:
            yield from effect.reads()

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield Fork(lasting(self.rounds), (programs.expected(f"{path}/later"),))


@operator("end")
@dataclass(frozen=True, slots=True)
class End(Operator):
    """The game ends at once, for everybody, with an outcome of the scenario."""

    outcome: str

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        def end(state: State, out: Out, frame: Frame) -> None:
            state.outcome = self.outcome
            state.stack = state.queue = ()
            out.append(OutcomeCame(None, self.outcome))

        return end

    def reads(self) -> Iterator[Read]:
        yield ("outcome", self.outcome)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("outcome", self.outcome), 1.0)


def lasting(rounds: int) -> Shares:
    """Return the shares of what comes so many rounds from now, if the game lasts."""
    return lambda position, weight: (weight,) if position.round + rounds <= position.rounds else ()


def moved(effects: tuple[Effect, ...]) -> Iterator[Moved]:
    """Yield what these effects may move when they happen."""
    for effect in effects:
        yield from effect.moves()
