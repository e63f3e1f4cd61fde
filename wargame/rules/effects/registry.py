"""What a card does: operators, each a frozen dataclass that enters itself by the name YAML gives it.

A chance is fixed when a seat decides, and shown before (rules: dice). It therefore counts what the option
itself does first, as far as that is `certain` and the chooser may know it. What is not (an earlier roll, a
hidden condition) no such roll may read; the loader sees to that (`content.limits`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from wargame.rules.catalogue import Catalogue
from wargame.rules.effects.programs import Certain, Operator
from wargame.rules.pieces import Situation
from wargame.rules.spec import Effect

E = TypeVar("E", bound=Operator)

OPERATORS: dict[str, type[Operator]] = {}
"""The closed set of operators, by the name YAML gives them; whole as `effects.operators` has it."""


def operator(name: str) -> Callable[[type[E]], type[E]]:
    """Enter an operator under its name in YAML. Everything else finds it here."""

    def enter(cls: type[E]) -> type[E]:
        OPERATORS[name] = cls
        return cls

    return enter


def before(sequences: Mapping[str, tuple[Effect, ...]], root: str, roll: str) -> list[Effect]:
    """Return, in order, the effects at `root` that happen before the roll at that path, if it comes to it.

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
