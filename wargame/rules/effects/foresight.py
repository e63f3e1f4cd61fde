"""What an option is certain to do before its roll, so that the odds can count it (rules: dice).

A chance is fixed when a seat decides, and shown before. It therefore counts what the option itself does
first, as far as that is certain and the chooser may know it. What is not (an earlier roll, a hidden
condition) no such roll may read; the loader sees to that (`content.foresight`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wargame.rules.effects.operators import Effect
    from wargame.rules.scenario import Scenario
    from wargame.rules.state import Position

Certain = Callable[["Position"], None]
"""Does to a position what is certain to come of an effect. Only copies are handed to it."""

Moved = tuple[str, ...]
"""What an effect may move that a chance can read: ("track", id), ("good", id, seat), ("flag", id),
("located",) for the flags of bottlenecks, or ("deals",)."""


class Foreseeable:
    """What may be asked of an operator before it happens. Most move nothing that a chance reads."""

    __slots__ = ()

    def moves(self) -> Iterable[Moved]:
        """What it may move when it happens; not what it sets off for later."""
        return ()

    def certain(self, scenario: Scenario, seat: str) -> Certain | None:
        """What is certain to come of it, as far as that seat can tell; `None` if nothing is."""
        return None


def before(sequences: Mapping[str, tuple[Effect, ...]], root: str, roll: str) -> list[Effect]:
    """The effects at `root` that happen before the roll at that path, if it comes to it, in their order.

    What is delayed comes after everything around it.
    """
    found: list[Effect] = []
    around: list[tuple[Effect, ...]] = []
    path = root
    steps = roll.removeprefix(root + "/").split("/")
    for at, branch in zip(steps[::2], [*steps[1::2], ""], strict=True):
        effects = sequences[path]
        found += effects[: int(at)]
        around.append(effects[int(at) + 1 :])
        if branch == "later":
            while around:
                found += around.pop()
        path = f"{path}/{at}/{branch}"
    return found


def certainties(scenario: Scenario, seat: str, effects: Iterable[Effect]) -> tuple[Certain, ...]:
    """What is certain to come of these effects, as far as that seat can tell."""
    return tuple(certain for effect in effects if (certain := effect.certain(scenario, seat)) is not None)


def foreseen(position: Position, certain: Iterable[Certain]) -> Position:
    """A copy of a position in which that has happened."""
    seen = position.clone()
    for happen in certain:
        happen(seen)
    return seen
