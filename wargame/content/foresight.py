"""Rolls whose odds could not be told in time: they read what their seat can't foresee when it decides.

A chance is fixed when its card is committed or its option chosen (`rules.effects.registry`). What an
earlier roll or a hidden condition of the same card or option moves is not known then, so no such roll may
read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wargame.rules.conditions import Read, condition_reads
from wargame.rules.effects.flow import If, Roll
from wargame.rules.effects.registry import before
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect, Moved

Unsure = dict[Moved, str]
"""What may or may not have been moved → by what."""


def unforeseen(scenario: Scenario, root: str, roll: str, seat: str) -> Iterator[tuple[int, str]]:
    """Yield the modifiers of a roll that a seat can't foresee when deciding on the card or option at `root`.

    Each as its place among the others, and what is wrong with it.
    """
    unsure: Unsure = {}
    _follow(scenario, seat, before(scenario.programs.effects, root, roll), unsure)
    for at, modifier in enumerate(scenario.programs.rolls[roll].modifiers):
        for read in modifier.reads():
            if why := _moved_by(scenario, read, unsure):
                said = "deals" if read[0] == "deals" else f"the {read[0]} `{read[1]}`"
                yield at, f"reads {said}, which {why} may move first: the chance is fixed and shown before"


def _follow(scenario: Scenario, seat: str, effects: Iterable[Effect], unsure: Unsure) -> None:
    """Add what the effects, one after the other, may or may not move."""
    for effect in effects:
        if isinstance(effect, Roll):
            unsure |= dict.fromkeys(effect.moves(), "an earlier roll")
        elif isinstance(effect, If):
            reads = list(condition_reads(effect.when))
            known = scenario.audience(reads)
            why = next(filter(None, (_moved_by(scenario, read, unsure) for read in reads)), "")
            if known is not None and seat not in known:
                why = "a hidden condition"
            if why:
                unsure |= dict.fromkeys(effect.moves(), why)
            else:
                _follow(scenario, seat, effect.then + effect.otherwise, unsure)


def _moved_by(scenario: Scenario, read: Read, unsure: Unsure) -> str:
    """What may have moved something that is read; "" if nothing has."""
    kind, name = read[0], read[1]
    ladder = scenario.spec.ladder
    asked: list[Moved] = [("deals",)] if kind == "deals" else [read]
    if kind == "track" and ladder and ladder.track == name:
        asked.append(("deals",))  # a broken deal costs trust
    if kind == "flag" and str(name).startswith("located-"):
        asked.append(("located",))
    return next((unsure[one] for one in asked if one in unsure), "")
