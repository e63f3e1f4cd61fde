"""What an operator is, and the few ways in which effects touch a state.

An operator compiles to a *step*: a function of the state, the events so far and the frame it runs in.
Sequences of steps live under stable paths in `Programs`; a game that stops in the middle of a card
holds paths, never functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from wargame.rules.events import Audience, BandChanged, Change, GoodMoved, InfluenceMoved, Out, TrackMoved
from wargame.rules.state import Frame, State

if TYPE_CHECKING:
    from wargame.rules.scenario import Scenario
    from wargame.rules.state import Position

Step = Callable[[State, Out, Frame], str | None]
"""What it returns is the path of the sequence that follows inside it, if one does."""

Read = tuple[Any, ...]
"""Something an operator looks at or names: ("track", id), ("good", id, seat), ("seat", id), ("flag", id),
("deal", id), ("production", id), ("dial", id), or ("deals", the condition that asks)."""

Key = tuple[str, ...]
"""What may change: ("track", id), ("good", seat, id), ("influence", seat), ("points", seat)."""

Changes = dict[Key, float]
"""Expected changes by what changes."""

Certain = Callable[["Position"], None]
"""Does to a position what is certain to come of an effect. Only copies are handed to it."""

Moved = tuple[str, ...]
"""What an effect may move that a chance can read: ("track", id), ("good", id, seat), ("flag", id),
("located",) for the flags of bottlenecks, or ("deals",)."""

T = TypeVar("T")


class Effect(Protocol):
    """What a card does: one operator with what it needs. Each is a frozen dataclass (`effects.registry`)."""

    __slots__ = ()

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        """Return the step that does it; sequences inside it are registered below `path`."""

    def reads(self) -> Iterable[Read]:
        """Yield the ids it names, so that the loader can check them and who may know them."""

    def moves(self) -> Iterable[Moved]:
        """Yield what a chance can read that it may move when it happens, not what it sets off for later."""
        return ()

    def certain(self, scenario: Scenario, seat: str) -> Certain | None:
        """Return what is certain to come of it, as far as that seat can tell; `None` if nothing is."""
        return None

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        """Yield what it may be expected to change, as far as a position tells."""


class ExpectedChange(NamedTuple):
    """An expected change of what `key` names, `by` so much, or of a track by as many `steps` as it says.

    `steps` is asked with the track's value, `None` if that is not known.
    """

    key: Key
    by: float = 0.0
    steps: Callable[[int | None], int] | None = None


Shares = Callable[["Position", float], tuple[float, ...]]
"""How much of a weight each of several sequences gets; none if nothing comes of them."""


class Fork(NamedTuple):
    """Sequences of which one comes, or none: a position tells how it `shares` out a weight among them.

    `fixed` are the shares of a whole where every position gives the same. `asks_deals` if they turn on what
    deals there are.
    """

    shares: Shares
    branches: tuple[tuple[ExpectedChange | Fork, ...], ...]
    fixed: tuple[float, ...] = ()
    asks_deals: bool = False


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


def expect(parts: Iterable[Expected], position: Position, weight: float, into: Changes) -> None:
    """Add to `into` what these parts, which come with that weight, are expected to change."""
    for part in parts:
        if isinstance(part, ExpectedChange):
            key, by, steps = part
            if steps is not None:
                by = float(steps(position.tracks.get(key[1])))
            into[key] = into.get(key, 0.0) + by * weight
        else:
            shares = part.shares(position, weight)
            for share, branch in zip(shares, part.branches, strict=False):  # no shares: none comes
                expect(branch, position, share, into)


class CompiledEffects(dict[str, tuple[Step, ...]]):
    """Every compiled sequence by its path, with the rolls, choices and delays found on the way.

    `kept` is for those who work something out of all this once: by what it is, whatever they made.
    """

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.scenario = scenario
        self.rolls: dict[str, Any] = {}
        self.choices: dict[str, Any] = {}
        self.effects: dict[str, tuple[Effect, ...]] = {}
        self.delayed: set[str] = set()
        self.kept: dict[object, Any] = {}
        self._expected: dict[str, tuple[Expected, ...]] = {}
        self._below: dict[str, tuple[Any, ...]] = {}
        self._of: dict[str, tuple[Any, ...]] = {}

    def add(self, path: str, effects: tuple[Effect, ...]) -> str:
        """Compile a sequence under `path`."""
        self.effects[path] = effects
        self[path] = tuple(effect.compile(self, f"{path}/{at}") for at, effect in enumerate(effects))
        return path

    def expected(self, path: str) -> tuple[Expected, ...]:
        """Return what the sequence at that path may be expected to change."""
        if path not in self._expected:
            effects = enumerate(self.effects[path])
            parts = (part for at, effect in effects for part in effect.expected(self, f"{path}/{at}"))
            self._expected[path] = tuple(parts)
        return self._expected[path]

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


SELF = "self"
"""In what an answer to a crisis brings: the seat that gives it."""


def bind_self(effect: T, seat: str) -> T:
    """Return the same effects with a seat for the word `self`."""
    if isinstance(effect, str):
        return seat if effect == SELF else effect  # type: ignore[return-value]
    if isinstance(effect, tuple):
        return tuple(bind_self(part, seat) for part in effect)  # type: ignore[return-value]
    if is_dataclass(effect) and not isinstance(effect, type):
        return replace(effect, **{f.name: bind_self(getattr(effect, f.name), seat) for f in fields(effect)})
    return effect


def audience_and(one: Audience, other: Audience, seats: tuple[str, ...]) -> Audience:
    """Return those in both audiences; `None` stands for all."""
    if one is None or other is None:
        return other if one is None else one
    return tuple(seat for seat in seats if seat in one and seat in other)


def audience_minus(one: Audience, other: Audience, seats: tuple[str, ...]) -> Audience:
    """Return those in `one` who are not in `other`."""
    if other is None:
        return ()
    return tuple(seat for seat in seats if (one is None or seat in one) and seat not in other)


def tell(state: State, out: Out, change: Change, frame: Frame) -> None:
    """Tell a change to those in `to`, who see the thing, and its cause only to those who may know it."""
    if frame.to is None:
        out.append(change)
        return
    knowing, guessing = state.scenario.splits[change.to, frame.to]
    if knowing is None or knowing:
        out.append(change._replace(to=knowing))
    if guessing:
        out.append(change._replace(to=guessing, cause="", twin=change.twin or bool(knowing)))


def within(number: int, most: int) -> int:
    """Return the nearest number from 0 to `most`."""
    return 0 if number < 0 else most if number > most else number


def shift_track(state: State, out: Out, track: str, by: int, frame: Frame) -> int:
    """Move a track within its ends; returns how far it really moved."""
    spec, old = state.scenario.tracks[track], state.tracks[track]
    new = within(old + by, spec.most)
    if new == old:
        return 0
    state.tracks = {**state.tracks, track: new}
    tell(state, out, TrackMoved(spec.seen_by or None, track, old, new, frame.cause), frame)
    if spec.seen_by and spec.band_public:
        band = state.scenario.band(track, new)
        if band != state.scenario.band(track, old):
            others = audience_minus(None, spec.seen_by, state.scenario.seat_ids)
            out.append(BandChanged(others, track, band))
    blamed = new > old and frame.to is None and track == state.scenario.spec.scoring.blame
    if blamed and frame.who in state.blame:
        state.blame = {**state.blame, frame.who: state.blame[frame.who] + new - old}
    return new - old


def shift_good(state: State, out: Out, seat: str, good: str, by: int, frame: Frame) -> int:
    """Give or take goods within 0 and the cap; returns how many really moved."""
    held = state.goods[seat]
    old = held.get(good, 0)
    new = within(old + by, state.scenario.goods[good].cap)
    if new == old:
        return 0
    state.goods = {**state.goods, seat: {**held, good: new}}
    tell(state, out, GoodMoved((seat,), seat, good, old, new, frame.cause), frame)
    return new - old


def shift_influence(state: State, out: Out, seat: str, by: int, frame: Frame) -> int:
    """Give or take influence within 0 and the cap; returns how much really moved."""
    old = state.influence[seat]
    new = within(old + by, state.scenario.spec.rules.influence_cap)
    if new == old:
        return 0
    state.influence = {**state.influence, seat: new}
    if state.phase not in ("orders", "answers"):
        tell(state, out, InfluenceMoved(None, seat, old, new, frame.cause), frame)
        return new - old
    frozen, cards = state.shown[seat]  # what others see stands still, but for what everybody hears of
    shown = within(frozen + new - old, state.scenario.spec.rules.influence_cap)
    state.shown = {**state.shown, seat: (shown, cards)}
    tell(state, out, InfluenceMoved((seat,), seat, old, new, frame.cause), frame)
    if shown != frozen:
        others = state.scenario.others[seat]
        tell(state, out, InfluenceMoved(others, seat, frozen, shown, frame.cause, twin=True), frame)
    return new - old


def shift(state: State, out: Out, what: tuple[str, ...], by: int, frame: Frame) -> int:
    """Move whatever `what` names; returns how far it really moved."""
    if what[0] == "track":
        return shift_track(state, out, what[1], by, frame)
    if what[0] == "good":
        return shift_good(state, out, what[1], what[2], by, frame)
    return shift_influence(state, out, what[1], by, frame)


def shifting(what: tuple[str, ...], by: int) -> Step:
    """Return the step that moves whatever `what` names."""

    def step(state: State, out: Out, frame: Frame) -> None:
        shift(state, out, what, by, frame)

    return step
