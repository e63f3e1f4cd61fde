"""Compiled rolls: the odds in a position, and the throw itself (rules: dice)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wargame.rules.effects.base import Step, both
from wargame.rules.events import Audience, Out
from wargame.rules.luck import draw, percent
from wargame.rules.predicates import compile_condition
from wargame.rules.state import Frame, State

if TYPE_CHECKING:
    from wargame.rules.effects.flow import Modifier, Roll
    from wargame.rules.scenario import Scenario
    from wargame.rules.state import Position

Amount = Callable[["Position"], int]
"""What a modifier adds to the chance of a position, in per cent."""

LEAST_CHANCE, MOST_CHANCE = 5, 95
"""No roll is hopeless or certain (rules: dice)."""


def amount_of(modifier: Modifier) -> Amount:
    """A modifier, compiled."""
    track, good, seat = modifier.track, modifier.good, modifier.seat or ""
    above, each = modifier.above, modifier.each
    if track:
        return lambda position: (position.tracks[track] - above) * each
    if good:
        return lambda position: (position.goods[seat].get(good, 0) - above) * each
    test, bonus = compile_condition(modifier.when), modifier.add
    return lambda position: bonus if test(position) else 0


def bounded(chance: int) -> int:
    """A chance within what dice allow."""
    return min(max(chance, LEAST_CHANCE), MOST_CHANCE)


def overruled(state: State, out: Out, frame: Frame, path: str, chance: int, die: int) -> int:
    """What the white cell has set for this die, which is then used up; else what it shows by luck.

    Whoever sees the roll is told that it was set.
    """
    white = state.white
    assert white is not None
    for at, fixed in enumerate(white.dice):
        if not fixed.path or path == fixed.path or path.startswith((fixed.path + "/", fixed.path + ":")):
            state.white = white._replace(dice=white.dice[:at] + white.dice[at + 1 :])
            out.append(("overruled", frame.to, (path, int(fixed.die <= chance), "white")))
            return fixed.die
    return die


class Dice:
    """A compiled roll: `spec` as written, its odds in a position, and the throw itself."""

    __slots__ = ("_amounts", "_hidden", "_purpose", "_whole", "path", "spec")

    def __init__(self, scenario: Scenario, path: str, spec: Roll) -> None:
        self.path, self.spec, self._purpose = path, spec, f"roll/{path}"
        self._amounts = tuple(amount_of(modifier) for modifier in spec.modifiers)
        self._hidden = tuple(scenario.audience(modifier.reads()) for modifier in spec.modifiers)
        self._whole: Audience = None
        for seen in self._hidden:
            self._whole = both(self._whole, seen, scenario.seat_ids)

    def terms(self, position: Position) -> tuple[int, ...]:
        """What the base and each modifier come to now, in the order written."""
        return (self.spec.base, *[amount(position) for amount in self._amounts])

    def chance(self, position: Position) -> int:
        """The percentage of success now."""
        chance = self.spec.base
        for amount in self._amounts:
            chance += amount(position)
        return bounded(chance)

    def knows(self, seat: str | None) -> bool:
        """Whether that seat knows every term."""
        return self._whole is None or seat in self._whole

    def roll(self, state: State, out: Out, frame: Frame) -> bool:
        """Throw against the odds that were promised, or that stand now if none were."""
        terms = self.terms(state)
        chance = dict(frame.chances).get(self.path) or bounded(sum(terms))
        die = percent(draw(state.seed, state.luck, state.round, self._purpose, frame.cause))
        if state.white is not None and state.white.dice:
            die = overruled(state, out, frame, self.path, chance, die)
        self._announce(state, out, frame, (self.path, chance, die, int(die <= chance), terms))
        return die <= chance

    def step(self, success: str, failure: str) -> Step:
        """The step that throws and goes on at one of two paths."""
        return lambda state, out, frame: success if self.roll(state, out, frame) else failure

    def _announce(
        self, state: State, out: Out, frame: Frame, facts: tuple[str, int, int, int, tuple[int, ...]]
    ) -> None:
        """Tell the dice: whole to those who may know every term, without the hidden terms to the others.

        Facts of a whole roll: path, chance, die, works, terms, cause. Of a partial one the chance and die
        are 0 and a hidden term is "?".
        """
        whole, rest = state.scenario.splits[frame.to, self._whole]
        out.append(("rolled", whole, (*facts, frame.cause)))
        if rest:
            path, _chance, _die, works, terms = facts
            hidden = zip(self._hidden, terms[1:], strict=True)
            shown = (terms[0], *("?" if seen is not None else term for seen, term in hidden))
            out.append(("rolled", rest, (path, 0, 0, works, shown, frame.cause)))
