"""Compiled rolls: their odds, worked out here and nowhere else, and the throw itself (rules: dice).

Chance and parts are one record, made when a card is committed or an option chosen, kept in the state until
the throw, and told with it. A roll that nobody decides on gets its odds when it is thrown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from wargame.rules.catalogue import Catalogue, audience_and
from wargame.rules.effects.programs import Certain, Step, certainties, foreseen
from wargame.rules.events import Audience, DiceRolled, DieSet, Out
from wargame.rules.luck import draw, percent
from wargame.rules.predicates import compile_condition
from wargame.rules.spec import Effect, Modifier
from wargame.rules.state import Frame, Odds, Situation, State

Amount = Callable[[Situation], int]
"""What a modifier adds to the chance of a position, in per cent."""

LEAST_CHANCE, MOST_CHANCE = 5, 95
"""No roll is hopeless or certain (rules: dice)."""


def amount_of(modifier: Modifier) -> Amount:
    """Compile a modifier."""
    track, good, seat = modifier.track, modifier.good, modifier.seat or ""
    above, each = modifier.above, modifier.each
    if track:
        return lambda position: (position.tracks[track] - above) * each
    if good:
        return lambda position: (position.goods[seat].get(good, 0) - above) * each
    test, bonus = compile_condition(modifier.when), modifier.add
    return lambda position: bonus if test(position) else 0


def limited(terms: Iterable[int], least: int = LEAST_CHANCE, most: int = MOST_CHANCE) -> tuple[int, ...]:
    """Return the parts of a chance and one more that keeps their sum within the limits: 0 if it is anyway."""
    terms = tuple(terms)
    total = sum(terms)
    return (*terms, min(max(total, least), most) - total)


def overruled(state: State, out: Out, frame: Frame, path: str, chance: int, die: int) -> int:
    """Return what the white cell has set for this die, which is then used up; else what luck shows.

    Whoever sees the roll is told that it was set.
    """
    white = state.white
    assert white is not None
    for at, fixed in enumerate(white.dice):
        if not fixed.path or path == fixed.path or path.startswith((fixed.path + "/", fixed.path + ":")):
            state.white = white._replace(dice=white.dice[:at] + white.dice[at + 1 :])
            out.append(DieSet(frame.to, path, fixed.die <= chance, "white"))
            return fixed.die
    return die


def odds_of(path: str, terms: Iterable[int]) -> Odds:
    """Return the odds of a roll at that path whose base and modifiers come to these."""
    terms = limited(terms)
    return Odds(path, sum(terms), terms)


class Dice:
    """A compiled roll: `spec` as written, with its `base` and `modifiers`, its odds, and the throw itself."""

    __slots__ = (
        "_always", "_amounts", "_certain", "_hidden", "_purpose", "_scenario", "_whole",
        "base", "modifiers", "path", "spec",
    )  # fmt: skip

    def __init__(
        self, scenario: Catalogue, path: str, spec: Effect, base: int, modifiers: tuple[Modifier, ...]
    ) -> None:
        self._scenario, self.path, self.spec, self._purpose = scenario, path, spec, f"roll/{path}"
        self.base, self.modifiers = base, modifiers
        self._always = odds_of(path, [base])
        self._certain: tuple[Certain, ...] = ()
        self._amounts = tuple(amount_of(modifier) for modifier in modifiers)
        self._hidden = tuple(scenario.audience(modifier.reads()) for modifier in modifiers)
        self._whole: Audience = None
        for seen in self._hidden:
            self._whole = audience_and(self._whole, seen, scenario.seat_ids)

    def count(self, before: Iterable[Effect], seat: str) -> None:
        """Let what its option does first count in the promise, as far as the seat that chooses can tell."""
        asked = {read[:2] for modifier in self.modifiers for read in modifier.reads()}
        before = tuple(before)
        if any(moved[:2] in asked for effect in before for moved in effect.moves()):
            self._certain = certainties(self._scenario, seat, before)

    @property
    def counts_first(self) -> bool:
        """Tell whether the promise counts what its option does first."""
        return bool(self._certain)

    def odds(self, position: Situation) -> Odds:
        """Return the chance and its parts as they stand."""
        if not self._amounts:
            return self._always
        terms = [self.base, *[amount(position) for amount in self._amounts]]
        chance = sum(terms)
        if LEAST_CHANCE <= chance <= MOST_CHANCE:
            return Odds(self.path, chance, (*terms, 0))
        return odds_of(self.path, terms)

    def chance(self, position: Situation) -> int:
        """Return the chance of `promise`, in per cent, without its parts."""
        if self._certain:
            return self.promise(position).chance
        chance = self.base
        for amount in self._amounts:
            chance += amount(position)
        return LEAST_CHANCE if chance < LEAST_CHANCE else MOST_CHANCE if chance > MOST_CHANCE else chance

    def promise(self, position: Situation) -> Odds:
        """Return the odds before the card is committed, or the option chosen, that the roll stands in."""
        return self.odds(foreseen(position, self._certain) if self._certain else position)

    def knows(self, seat: str | None) -> bool:
        """Return whether that seat knows every term."""
        return self._whole is None or seat in self._whole

    def roll(self, state: State, out: Out, frame: Frame) -> int:
        """Throw against the odds that were promised, or that stand now if none were, and tell of it.

        Whole to those who may know every part; to the others without the hidden ones, without chance and die,
        and without the limit, which would tell of the sum. Returns by how much the die stays below the
        chance; less than 0 where it fails.
        """
        odds = None
        for kept in frame.odds:
            if kept.path == self.path:
                odds = kept
        path, chance, terms = odds or self.odds(state)
        die = percent(draw(state.seed, state.luck, state.round, self._purpose, frame.cause))
        if state.white is not None and state.white.dice:
            die = overruled(state, out, frame, path, chance, die)
        works = die <= chance
        if self._whole is None:
            out.append(DiceRolled(frame.to, path, chance, die, works, terms, frame.cause))
            return chance - die
        whole, rest = state.scenario.splits[frame.to, self._whole]
        out.append(DiceRolled(whole, path, chance, die, works, terms, frame.cause))
        if rest:
            hidden = zip(self._hidden, terms[1:], strict=False)
            shown = (*terms[:1], *(None if seen is not None else term for seen, term in hidden))
            out.append(DiceRolled(rest, path, None, None, works, shown, frame.cause, twin=True))
        return chance - die

    def step(self, ways: Collection[str], margin: int) -> Step:
        """Return the step that throws and goes on at one of these ways below its path."""
        success, failure = f"{self.path}/success", f"{self.path}/failure"
        if not margin:
            return lambda state, out, frame: success if self.roll(state, out, frame) >= 0 else failure
        triumph = f"{self.path}/triumph" if "triumph" in ways else success
        disaster = f"{self.path}/disaster" if "disaster" in ways else failure

        def throw(state: State, out: Out, frame: Frame) -> str:
            below = self.roll(state, out, frame)
            if below >= 0:
                return triumph if below >= margin else success
            return disaster if below < -margin else failure

        return throw
