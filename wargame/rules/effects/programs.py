"""What an operator is, and a scenario's effects compiled.

An operator compiles to a *step*: a function of the state, the events so far and the frame it runs in.
Sequences of steps live under stable paths in `CompiledEffects`; a game that stops in the middle of a card
holds paths, never functions.

A chance is fixed when a seat decides, and shown before (rules: dice). It therefore counts what the option
itself does first, as far as that is `certain` and the chooser may know it. What is not (an earlier roll, a
hidden condition) no such roll may read; the loader sees to that (`content.limits`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from wargame.rules.catalogue import Catalogue
from wargame.rules.conditions import Read
from wargame.rules.events import Out
from wargame.rules.pieces import Frame, Situation
from wargame.rules.spec import Effect

Step = Callable[[Any, Out, Frame], str | None]
"""Does it to a state (of a scenario that holds the step: `Any`, or their types would go round in a circle).

What it returns is the path of the sequence that follows inside it, if one does.
"""

Key = tuple[str, ...]
"""What may change: ("track", id), ("good", seat, id), ("influence", seat), ("points", seat)."""

Changes = dict[Key, float]
"""Expected changes by what changes."""

Certain = Callable[[Situation], None]
"""Does to a position what is certain to come of an effect. Only copies are handed to it."""

T = TypeVar("T")


class Operator(Effect, ABC):
    """An effect with all that the rules ask of it. Each is a frozen dataclass, entered as `operator`."""

    __slots__ = ()

    @abstractmethod
    def compile(self, programs: CompiledEffects, path: str) -> Step:
        """Return the step that does it; sequences inside it are registered below `path`."""

    def certain(self, scenario: Catalogue, seat: str) -> Certain | None:
        """Return what is certain to come of it, as far as that seat can tell; `None` if nothing is."""
        return None

    def ways(self) -> tuple[str, ...]:
        """Return the names of the sequences of which one follows at once; none if it decides nothing."""
        return ()

    @abstractmethod
    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        """Yield what it may be expected to change, as far as a position tells."""


E = TypeVar("E", bound=Operator)

OPERATORS: dict[str, type[Operator]] = {}
"""The closed set of operators, by the name YAML gives them; whole as `effects.operators` has it."""


def operator(name: str) -> Callable[[type[E]], type[E]]:
    """Enter an operator under its name in YAML. Everything else finds it here."""

    def enter(cls: type[E]) -> type[E]:
        OPERATORS[name] = cls
        return cls

    return enter


Steps = Callable[[int | None], int]
"""How far a track moves from where it stands; `None`: that is not known."""


class ExpectedChange(NamedTuple):
    """An expected change of what `key` names, `by` so much, or of a track by as many `steps` as it says.

    `steps` is asked with the track's value, `None` if that is not known.
    """

    key: Key
    by: float = 0.0
    steps: Steps | None = None


Shares = Callable[[Situation, float], tuple[float, ...]]
"""How much of a weight each of several sequences gets; none if nothing comes of them."""


class Fork(NamedTuple):
    """Sequences of which one comes, or none: a position tells how it `shares` out a weight among them.

    `fixed` are the shares of a whole where every position gives the same. `asks_deals` if they turn on what
    deals there are. Of a roll `roll` is the path, and the first so many of its branches come if it `works`.
    """

    shares: Shares
    branches: tuple[tuple[ExpectedChange | Fork, ...], ...]
    fixed: tuple[float, ...] = ()
    asks_deals: bool = False
    roll: str = ""
    works: int = 1


Expected = ExpectedChange | Fork


class Sequel:
    """A sequence of what may be expected. One object a sequence, so that it may be known by its identity."""

    __slots__ = ("asks_deals", "parts")

    def __init__(self, parts: Iterable[Expected]) -> None:
        self.parts = tuple(parts)
        self.asks_deals = ask_deals(self.parts)


def ask_deals(parts: Iterable[Expected]) -> bool:
    """Return whether what is expected turns on what deals there are."""
    forks = [part for part in parts if isinstance(part, Fork)]
    return any(fork.asks_deals or any(map(ask_deals, fork.branches)) for fork in forks)


Came = Mapping[str, bool]
"""Rolls by their path that are taken to succeed, or to fail."""


def expect(
    parts: Iterable[Expected], position: Situation, weight: float, into: Changes, came: Came | None = None
) -> None:
    """Add to `into` what these parts, which come with that weight, are expected to change."""
    for part in parts:
        if isinstance(part, ExpectedChange):
            key, by, steps = part
            if steps is not None:
                by = float(steps(position.tracks.get(key[1])))
            into[key] = into.get(key, 0.0) + by * weight
        else:
            for share, branch in _branches(part, position, weight, came):
                expect(branch, position, share, into, came)


def _branches(
    fork: Fork, position: Situation, weight: float, came: Came | None
) -> Iterable[tuple[float, tuple[Expected, ...]]]:
    """The sequences of a fork with their shares; where none comes there are none."""
    shares = fork.shares(position, weight)
    if came and fork.roll in came:
        works = came[fork.roll]
        taken = [(at < fork.works) is works for at in range(len(shares))]
        known = sum(share for share, is_taken in zip(shares, taken, strict=True) if is_taken)
        each = weight / sum(taken)  # of what cannot come, or would not be reached
        shares = tuple(
            (weight * share / known if known else each) * is_taken
            for share, is_taken in zip(shares, taken, strict=True)
        )
    return zip(shares, fork.branches, strict=False)


def unsure(parts: Iterable[Expected], position: Situation, came: Came | None = None) -> Iterator[Key]:
    """Yield what may change otherwise than expected: by a roll, a question, or what is not known."""
    for part in parts:
        if isinstance(part, Fork):
            live = [branch for share, branch in _branches(part, position, 1.0, came) if share]
            for branch in live:
                yield from unsure(branch, position, came) if len(live) == 1 else keys(branch)


def keys(parts: Iterable[Expected]) -> Iterator[Key]:
    """Yield whatever may change at all."""
    for part in parts:
        if isinstance(part, ExpectedChange):
            yield part.key
        else:
            for branch in part.branches:
                yield from keys(branch)


class CompiledEffects(dict[str, tuple[Step, ...]]):
    """Every compiled sequence by its path, with the rolls, choices and delays found on the way.

    `asked` are the kinds of what effects and their odds read (`Read`); `laid` has, by the path of a card,
    whose it is and what comes of laying it down. `kept` is for those who work something
    out of all this once: by what it is, whatever they made.
    """

    def __init__(self, scenario: Catalogue) -> None:
        super().__init__()
        self.scenario = scenario
        self.rolls: dict[str, Any] = {}
        self.choices: dict[str, Any] = {}
        self.effects: dict[str, tuple[Operator, ...]] = {}
        self.delayed: set[str] = set()
        self.asked: set[str] = set()
        self.laid: dict[str, tuple[str, tuple[Certain, ...]]] = {}
        self.kept: dict[object, Any] = {}
        self._expected: dict[str, tuple[Expected, ...]] = {}
        self._below: dict[str, tuple[Any, ...]] = {}
        self._of: dict[str, tuple[Any, ...]] = {}

    def add(self, path: str, effects: tuple[Effect, ...]) -> str:
        """Compile a sequence under `path`."""
        self.effects[path] = operators = cast("tuple[Operator, ...]", effects)
        self[path] = tuple(effect.compile(self, f"{path}/{at}") for at, effect in enumerate(operators))
        return path

    def expected(self, path: str) -> tuple[Expected, ...]:
        """Return what the sequence at that path may be expected to change."""
        if path not in self._expected:
            effects = enumerate(self.effects[path])
            parts = (part for at, effect in effects for part in effect.expected(self, f"{path}/{at}"))
            self._expected[path] = tuple(in_turn(parts))
        return self._expected[path]

    def root_of(self, path: str) -> str:
        """Return the card, event or option that a path lies in: what starts when somebody decides on it."""
        steps = path.split("/")
        ways = ("/".join(steps[:depth]) for depth in range(1, len(steps) + 1))
        root = next(way for way in ways if way in self.effects)
        for choice in self.choices:
            if path.startswith(f"{choice}/") and len(choice) >= len(root):
                root = f"{choice}/{path.removeprefix(f'{choice}/').split('/')[0]}"
        return root

    def boards(self, path: str, reads: Iterable[Read]) -> Boards:
        """Return the boards on which the effect at that path may read that."""
        reads = list(reads)
        return Boards(self, self.leading_to(path, reads), self.paid(path, reads))

    def paid(self, path: str, reads: Iterable[Read]) -> tuple[Certain, ...]:
        """Return what playing the card that a path lies in costs its seat and shows, if that is read."""
        root = self.root_of(path)
        seat, price = self.laid.get(root, ("", ()))
        own = ("influence", seat), ("hand", seat), ("played", root.partition(":")[0].removeprefix("card/"))
        return price if any(read in own for read in reads) else ()

    def leading_to(self, path: str, reads: Iterable[Read]) -> list[Stretch]:
        """Return what happens before the effect at that path, if any of it may move what that reads."""
        asked = {read[:2] if read[0] != "deals" else ("deals",) for read in reads}
        found = stretches(self.effects, self.root_of(path), path)
        before = (effect for way, start, end in found for effect in self.effects[way][start:end])
        return found if any(moved[:2] in asked for effect in before for moved in effect.moves()) else []

    @cached_property
    def within(self) -> CompiledEffects:
        """The same for what follows from a deal: a deal that breaks by that is not followed further."""
        inner = copy(self)
        inner._expected = {}
        inner.__dict__["within"] = inner
        return inner

    def dice_below(self, root: str) -> tuple[Any, ...]:
        """Return the dice of all rolls in a card, in the order they are written."""
        if root not in self._below:
            self._below[root] = tuple(
                dice for path, dice in self.rolls.items() if path.startswith(root + "/")
            )
        return self._below[root]

    def dice_of(self, root: str) -> tuple[Any, ...]:
        """Return the dice decided with a card or an option: all below it but those of choices in it."""
        if root not in self._of:
            inner = tuple(f"{path}/" for path in self.choices if path.startswith(root + "/"))
            self._of[root] = tuple(d for d in self.dice_below(root) if not d.path.startswith(inner))
        return self._of[root]


def bind_target(effect: T, target: str) -> T:
    """Return the same effects with an id for the word `target` (also at the end: `located-target`)."""
    if isinstance(effect, str):
        if effect == "target" or effect.endswith("-target"):
            return effect[: -len("target")] + target  # type: ignore[return-value]
        return effect
    if isinstance(effect, tuple):
        return tuple(bind_target(part, target) for part in effect)  # type: ignore[return-value]
    if is_dataclass(effect) and not isinstance(effect, type):
        changed = {f.name: bind_target(getattr(effect, f.name), target) for f in fields(effect)}
        return replace(effect, **changed)
    return effect


SELF, HERE = "self", "here"
"""Of what an answer to a crisis brings: the seat that gives it. In a loop: the seat or track in its turn."""


def bind_self(effect: T, name: str, word: str = SELF) -> T:
    """Return the same effects with a seat for the word `self`, or a name for another word."""
    if isinstance(effect, str):
        return name if effect == word else effect  # type: ignore[return-value]
    if isinstance(effect, tuple):
        return tuple(bind_self(part, name, word) for part in effect)  # type: ignore[return-value]
    if is_dataclass(effect) and not isinstance(effect, type):
        bound = {f.name: bind_self(getattr(effect, f.name), name, word) for f in fields(effect)}
        return replace(effect, **bound)
    return effect


Stretch = tuple[str, int, int]
"""Effects in a row: the path of their sequence, the place of the first, and the place behind the last."""


def stretches(sequences: Mapping[str, Sequence[Effect]], root: str, path: str) -> list[Stretch]:
    """Return what happens at `root` before the effect at that path, in order, if it comes to it.

    What is delayed comes after everything around it.
    """
    found: list[Stretch] = []
    around: list[Stretch] = []
    way = root
    steps = path.removeprefix(root + "/").split("/")
    for at, branch in zip(steps[::2], [*steps[1::2], ""], strict=True):
        found.append((way, 0, int(at)))
        around.append((way, int(at) + 1, len(sequences[way])))
        if branch == "later":
            while around:
                found.append(around.pop())
        way = f"{way}/{at}/{branch}"
    return found


def before(sequences: Mapping[str, Sequence[Effect]], root: str, roll: str) -> list[Effect]:
    """Return, in order, the effects at `root` that happen before the roll at that path, if it comes to it."""
    found = stretches(sequences, root, roll)
    return [effect for way, start, end in found for effect in sequences[way][start:end]]


World = tuple[float, Situation]
"""A board that may come, and how likely, or what weight it has."""


class Boards:
    """The boards on which an effect happens, after those before it, as far as a position tells.

    Rolls, questions and conditions share out the weight; a chance fixed with a card is that of before it.
    `moved`: they may be others than the one that is asked. `ask_deals`: which, turns on the deals.
    """

    def __init__(self, programs: CompiledEffects, first: list[Stretch], paid: tuple[Certain, ...]) -> None:
        self._programs, self._first, self._paid = programs, first, paid
        self.moved = bool(first or paid)
        self.ask_deals = any(
            ask_deals(programs.effects[way][at].expected(programs, f"{way}/{at}"))
            for way, start, end in first
            for at in range(start, end)
        )

    def __call__(self, position: Situation, weight: float) -> list[World]:
        """Return them for a position, each with its share of that weight."""
        start = foreseen(position, self._paid) if self._paid else position
        return self._after(self._first, (weight, start), start)

    def _after(self, happened: Iterable[Stretch], world: World, start: Situation) -> list[World]:
        programs, found = self._programs, [world]
        for way, first, end in happened:
            for at in range(first, end):
                effect, here = programs.effects[way][at], f"{way}/{at}"
                if names := effect.ways():
                    found = [one for then in found for one in self._ways_out(names, here, then, start)]
                elif certain := effect.certain(programs.scenario, ""):
                    found = [(share, foreseen(then, (certain,))) for share, then in found]
        return found

    def _ways_out(self, names: Iterable[str], path: str, world: World, start: Situation) -> Iterator[World]:
        """What may come of an effect that decides which of several sequences follows."""
        programs, dice = self._programs, self._programs.rolls.get(path)
        way, _, at = path.rpartition("/")
        (fork,) = programs.effects[way][int(at)].expected(programs, path)
        assert isinstance(fork, Fork)
        shares = fork.shares(start if dice is not None and dice.counts_first else world[1], world[0])
        for share, name in zip(shares, names, strict=True):
            if share:
                inner = f"{path}/{name}"
                yield from self._after([(inner, 0, len(programs.effects[inner]))], (share, world[1]), start)


def in_turn(parts: Iterable[Expected]) -> Iterator[Expected]:
    """Yield the same, where a track that moves again takes its steps from where it stands by then.

    What a fork before it moves is left out: only a position tells which of its branches comes.
    """
    moved: dict[Key, tuple[Steps, ...]] = {}
    for part in parts:
        yield behind(part, moved) if moved else part
        if isinstance(part, ExpectedChange) and part.steps is not None:
            moved[part.key] = (*moved.get(part.key, ()), part.steps)


def behind(part: Expected, moved: Mapping[Key, tuple[Steps, ...]]) -> Expected:
    """Return a part as it is once tracks have taken those steps; of a fork, all that is in its branches."""
    if isinstance(part, Fork):
        branches = (tuple(behind(inner, moved) for inner in branch) for branch in part.branches)
        return part._replace(branches=tuple(branches))
    if part.steps is None or part.key not in moved:
        return part
    return part._replace(steps=after(moved[part.key], part.steps))


def after(earlier: Iterable[Steps], steps: Steps) -> Steps:
    """Return the steps of a track as they are once it has taken the earlier ones."""

    def then(now: int | None) -> int:
        for one in earlier:
            now = None if now is None else now + one(now)
        return steps(now)

    return then


def certainties(scenario: Catalogue, seat: str, effects: Iterable[Effect]) -> tuple[Certain, ...]:
    """Return what is certain to come of these effects, as far as that seat can tell."""
    found = (effect.certain(scenario, seat) for effect in effects if isinstance(effect, Operator))
    return tuple(certain for certain in found if certain is not None)


def foreseen(position: Situation, certain: Iterable[Certain]) -> Situation:
    """Return a copy of a position in which that has happened."""
    seen = position.clone()
    for happen in certain:
        happen(seen)
    return seen


def certain_influence(scenario: Catalogue, seat: str, by: int) -> Certain:
    """Return what is certain of influence that comes or goes: what is left within the cap."""

    def pay(position: Situation) -> None:
        cap = scenario.spec.rules.influence_cap
        position.influence = {**position.influence, seat: min(max(position.influence[seat] + by, 0), cap)}

    return pay


def certain_play(card: str) -> Certain:
    """Return what is certain of a card that takes effect: that it has been played."""

    def show(position: Situation) -> None:
        position.played = {**position.played, card: position.round}

    return show


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
