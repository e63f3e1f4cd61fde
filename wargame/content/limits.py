"""What the schema can't say of a number or a roll: with which of them a game can be played.

A number has a least and a greatest, by record and field. A chance is fixed when its card is committed or its
option chosen (`rules.effects.programs`); what an earlier roll or a hidden condition of the same card or
option moves is not known then, so no such roll may read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wargame.rules import spec as s
from wargame.rules.conditions import Condition, Per, Read, condition_reads
from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.dice import LEAST_CHANCE, MOST_CHANCE
from wargame.rules.effects.flow import Each, If, Later, Roll
from wargame.rules.effects.hands import Draw, Lose
from wargame.rules.effects.programs import before
from wargame.rules.effects.rounds import CallNews
from wargame.rules.effects.secrets import Locate
from wargame.rules.effects.tracks import SetFlag, Shift
from wargame.rules.effects.votes import Vote
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect, Moved

MANY = 99
"""More than any count at this table."""

TABLE = 12
"""More seats than any table has."""

LONG = 20
"""More rounds than anybody plays."""

LIMITS: dict[type, dict[str, tuple[int, int]]] = {
    s.Calendar: {"years": (0, 999), "months": (0, 99), "days": (0, 999)},
    s.Rules: {
        "rounds": (1, LONG),
        "most_rounds": (1, LONG),
        "hand": (1, MANY),
        "news": (0, 9),
        "commits": (1, 9),
        "offers": (0, 9),
        "influence": (0, MANY),
        "influence_cap": (1, MANY),
        "lowest_bonus": (0, MANY),
        "signal": (0, MANY),
        "signal_from": (0, MANY),
        "odds": (LEAST_CHANCE, MOST_CHANCE),
    },
    s.Band: {"upto": (0, MANY)},
    s.Track: {"most": (1, MANY)},
    s.Good: {"cap": (1, MANY), "output": (0, MANY), "fire": (0, MANY), "outrage": (0, MANY)},
    s.Stock: {"start": (0, MANY), "each": (0, MANY)},
    s.Seat: {"income": (0, MANY)},
    s.News: {"fixed": (0, LONG)},
    s.DealTemplate: {"small": (0, MANY), "large": (0, MANY)},
    s.Detection: {"least": (0, 100), "most": (0, 100)},
    s.Accusations: {"cost": (0, MANY), "right": (0, MANY), "wrong": (0, MANY)},
    s.Production: {"capacity": (0, MANY), "shuffle": (0, MANY)},
    s.SeatScore: {"spread": (1, 1000)},
    s.Place: {"east": (-18_000, 18_000), "north": (-9_000, 9_000)},
    s.Area: {"ring": (-9_000, 9_000)},
    s.Window: {
        "west": (-18_000, 18_000),
        "east": (-18_000, 36_000),
        "south": (-9_000, 9_000),
        "north": (-9_000, 9_000),
    },
    Shift: {"by": (-MANY, MANY), "rounds": (0, LONG)},
    Condition: {"rounds": (1, LONG)},
    Per: {"above": (0, MANY), "every": (1, MANY)},
    s.Modifier: {"each": (-95, 95), "add": (-95, 95), "above": (0, MANY)},
    Roll: {"base": (0, 100), "margin": (0, 95)},
    CallNews: {"rounds": (0, LONG)},
    Vote: {"at_least": (1, TABLE)},
    SetFlag: {"rounds": (0, LONG)},
    Later: {"rounds": (1, LONG)},
    Locate: {"rounds": (1, LONG)},
    Draw: {"cards": (1, MANY)},
    Lose: {"cards": (1, MANY)},
    Transfer: {"count": (1, MANY)},
}


CHANCES = {(s.Rules, "odds"), (Roll, "base")}
"""Numbers that are a chance: one a little out of bounds is cut to them, and warned of (`content.lint`)."""

ON_A_TRACK = {"toward", "to", "at_least", "at_most"}
"""Numbers that are a value of the track that the same record names."""


def beyond(record: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every number of a record that is out of its limits: the path to it, and a sentence."""
    for name, (least, most) in LIMITS.get(type(record), {}).items():
        for path, value in _numbers(getattr(record, name), (name,)):
            if not least <= value <= most:
                chance = f"a chance is {LEAST_CHANCE} to {MOST_CHANCE} per cent"
                must = chance if (type(record), name) in CHANCES else f"must be {least} to {most}"
                yield path, f"{must}, not {value}"


def _numbers(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
    if isinstance(value, int):
        yield path, value
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _numbers(part, (*path, at))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(part, (*path, key))


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
            if why := _unknown(scenario, seat, condition_reads(effect.when), unsure, "a hidden condition"):
                unsure |= dict.fromkeys(effect.moves(), why)
            else:
                _follow(scenario, seat, effect.then + effect.otherwise, unsure)
        elif isinstance(effect, Each):
            _follow(scenario, seat, effect.bound(), unsure)
        elif isinstance(effect, Shift):
            asked = effect.per.reads() if effect.per else ()
            if why := _unknown(scenario, seat, asked, unsure, "a hidden number"):
                unsure |= dict.fromkeys(effect.moves(), why)


def _unknown(scenario: Scenario, seat: str, asked: Iterable[Read], unsure: Unsure, hidden: str) -> str:
    """Why a seat can't tell what is read: it is `hidden`, or something may have moved it; "" if it can."""
    reads = list(asked)
    known = scenario.audience(reads)
    if known is not None and seat not in known:
        return hidden
    return next(filter(None, (_moved_by(scenario, read, unsure) for read in reads)), "")


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
