"""What operators do, in words: the text under a card's flavour, so that the two can't disagree.

One clause an operator. Those that hold others (rolls, choices, ifs, delays) say them inside; there they
stand in brackets, so that a list stays clear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from wargame.rules.conditions import ALWAYS, Condition
from wargame.rules.effects.bargains import Break, Transfer
from wargame.rules.effects.flow import Choose, End, If, Later, Modifier, Option, Roll
from wargame.rules.effects.hands import Draw, Lose
from wargame.rules.effects.operators import Effect
from wargame.rules.effects.secrets import Expose, Locate, Peek
from wargame.rules.effects.tracks import Ease, Points, SetFlag, Shift
from wargame.words.en.conditions import condition, conditional, needed
from wargame.words.en.grammar import (
    capital,
    cards,
    change,
    joined,
    quoted,
    rounds,
    signed,
    signless,
    whose,
)
from wargame.words.en.names import Names


def clauses(names: Names, effects: Sequence[Effect]) -> list[str]:
    """One clause a line for a sequence of effects; what is done otherwise has a line of its own."""
    return [line for effect in effects for line in _open(names, effect)]


def within(names: Names, effects: Sequence[Effect], last: bool = False, asked: str | None = None) -> str:
    """A sequence on one line, as part of a longer clause.

    `last`: nothing follows that it could swallow. `asked`: the flag that the clause has just named.
    """
    over = SetFlag(asked, on=False) if asked else None
    parts = ["that ends" if effect == over else clause_of(names, effect) for effect in effects]
    if len(effects) > 1:
        parts = [
            f"({part})" if isinstance(e, HOLDERS) else part for e, part in zip(effects, parts, strict=True)
        ]
    elif effects and isinstance(effects[0], Roll | If) and not last:
        parts = [f"({parts[0]})"]
    return ", ".join(parts) or "nothing"


def clause_of(names: Names, effect: Effect) -> str:
    return CLAUSES[type(effect)](names, effect)


def _open(names: Names, effect: Effect) -> list[str]:
    if isinstance(effect, If) and effect.then and effect.otherwise:
        then = capital(clause_of(names, replace(effect, otherwise=())))
        return [then, f"Otherwise: {within(names, effect.otherwise, last=True)}"]
    said = clause_of(names, effect)
    named = isinstance(effect, Shift | Ease | Points) and not said.startswith("the ")
    return [said if named else capital(said)]


# --- numbers -------------------------------------------------------------------------------------------


def _shift(names: Names, effect: Shift) -> str:
    lasting = f" for {rounds(effect.rounds)}" if effect.rounds else ""
    return f"{_subject(names, effect)} {change(effect.by)}{lasting}"


def _subject(names: Names, effect: Shift) -> str:
    if effect.track:
        return names.track(effect.track)
    if effect.good:
        return names.stock(effect.seat or "", effect.good)
    return f"{whose(names.party(effect.influence or ''))} influence"


def _ease(names: Names, effect: Ease) -> str:
    return f"{names.track(effect.track)} one step toward {signless(effect.toward)}"


def _flag(names: Names, effect: SetFlag) -> str:
    said = names.flag(effect.flag)
    if not effect.on:
        return f"no longer: {said}"
    return f"for {rounds(effect.rounds)}: {said}" if effect.rounds else f"from now on: {said}"


def _points(names: Names, effect: Points) -> str:
    return f"{whose(names.party(effect.seat))} score {change(effect.by)}"


# --- what decides --------------------------------------------------------------------------------------


def _roll(names: Names, effect: Roll) -> str:
    terms = "; ".join(_modifier(names, modifier) for modifier in effect.modifiers)
    odds = f"{effect.base} %{', ' if terms else ''}{terms}"
    works = within(names, effect.success, last=not effect.failure)
    fails = f"; otherwise: {within(names, effect.failure)}" if effect.failure else ""
    return f"{odds}: {works}{fails}"


def _modifier(names: Names, modifier: Modifier) -> str:
    label = names.said(modifier.label)
    if modifier.when == ALWAYS:
        return f"{signed(modifier.add)} % ({label})"
    if modifier.when is not None:
        said = condition(names, modifier.when)
        return f"{signed(modifier.add)} % {conditional(names, modifier.when)}" + (
            f" ({label})" if label and label != said else ""
        )
    if modifier.track:
        what = f"step of {names.track(modifier.track)}"
    else:
        what = f"lot of {names.stock(modifier.seat or '', modifier.good or '')}"
    above = f" above {modifier.above}" if modifier.above else ""
    return f"{signed(modifier.each)} % for each {what}{above}"


def _choose(names: Names, effect: Choose) -> str:
    options = "; ".join(_option(names, option) for option in effect.options)
    return f"{names.party(effect.seat)} chooses, {quoted(names.said(effect.prompt))}: {options}"


def _option(names: Names, option: Option) -> str:
    needs = "".join(f"{needed(names, need)}; " for need in option.needs)
    return f"{names.said(option.label)} ({needs}{within(names, option.effects, last=True)})"


def _if(names: Names, effect: If) -> str:
    if not effect.then and effect.otherwise:
        asked = effect.when.not_ or Condition(not_=effect.when)
        return f"{conditional(names, asked)}: {within(names, effect.otherwise)}"
    then = f"{conditional(names, effect.when)}: {within(names, effect.then, asked=effect.when.flag)}"
    return f"{then}; otherwise: {within(names, effect.otherwise)}" if effect.otherwise else then


def _later(names: Names, effect: Later) -> str:
    rolls = len(effect.effects) == 1 and isinstance(effect.effects[0], Roll)
    return f"{rounds(effect.rounds)} later: {within(names, effect.effects, last=not rolls)}"


def _end(names: Names, effect: End) -> str:
    return "the storm: the game ends at once and nobody wins"


# --- hands and secrets ---------------------------------------------------------------------------------


def _draw(names: Names, effect: Draw) -> str:
    return f"{names.party(effect.seat)} draws {cards(effect.cards)}"


def _lose(names: Names, effect: Lose) -> str:
    return f"{names.party(effect.seat)} loses {cards(effect.cards)} from its hand, by luck"


def _locate(names: Names, effect: Locate) -> str:
    found = f"which input holds {names.production(effect.production)} back now"
    return f"shows {_parties(names, effect.to)} {found}; it counts as located for {rounds(effect.rounds)}"


def _peek(names: Names, effect: Peek) -> str:
    return f"shows {_parties(names, effect.to)} {_looked_at(names, effect)}"


def _looked_at(names: Names, effect: Peek) -> str:
    if effect.track:
        return f"where {names.track(effect.track)} stands"
    if effect.good:
        return f"{names.stock(effect.seat or '', effect.good)} in store"
    return f"how {quoted(names.dial(effect.dial or ''))} is set"


def _expose(names: Names, effect: Expose) -> str:
    deal = f"a running secret deal between {_parties(names, effect.between)}"
    if effect.suspected_by:
        deal += f" that {names.party(effect.suspected_by)} suspects"
    if effect.what == "proof":
        return f"{deal} is proved before everybody, if there is one"
    verb = "comes" if len(effect.to) == 1 else "come"
    return f"{_parties(names, effect.to)} {verb} to suspect {deal}, if there is one"


def _parties(names: Names, seats: Sequence[str]) -> str:
    return joined(map(names.party, seats))


# --- bargains ------------------------------------------------------------------------------------------


def _break(names: Names, effect: Break) -> str:
    return f"{names.party(effect.by)} breaks {quoted(names.deal(effect.deal))}, if it is running"


def _transfer(names: Names, effect: Transfer) -> str:
    verb = "goes" if effect.count == 1 else "go"
    count = names.lots(effect.count, effect.good)
    return f"up to {count} {verb} from {names.party(effect.from_)} to {names.party(effect.to)}"


HOLDERS = (Roll, Choose, If, Later)
CLAUSES: dict[type, Callable[[Names, Any], str]] = {
    Shift: _shift,
    Ease: _ease,
    SetFlag: _flag,
    Points: _points,
    Roll: _roll,
    Choose: _choose,
    If: _if,
    Later: _later,
    End: _end,
    Draw: _draw,
    Lose: _lose,
    Locate: _locate,
    Peek: _peek,
    Expose: _expose,
    Break: _break,
    Transfer: _transfer,
}
"""An operator → its clause. A test demands all of them."""
