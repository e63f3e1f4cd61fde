"""The list of flags: what raises each, and what asks for it, read off the decks.

Nobody can keep such a list by hand: a flag is raised in one deck and asked for in five others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from wargame.rules.conditions import Condition
from wargame.rules.effects.secrets import Locate
from wargame.rules.effects.tracks import SetFlag
from wargame.rules.scenario import Scenario
from wargame.words import Words
from wargame.words.grammar import capital, quoted, rounds
from wargame.words.pages import rulebook as say


class FlagLine(NamedTuple):
    """What a flag says, the seats that see it (none: all), what raises and ends it, and what asks for it."""

    says: str
    seen_by: tuple[str, ...]
    raised: str
    asked: str


def flag_lines(scenario: Scenario, words: Words) -> list[FlagLine]:
    """Return a line for each flag that can be raised; those that go alike share one."""
    spec = scenario.spec
    found: dict[str, dict[str, list[str]]] = {
        flag.id: {"up": [], "down": [], "read": []} for flag in spec.flags
    }
    for carrier, thing in _carriers(scenario, words):
        for name, does, note in _of_flags(scenario, thing):
            said = f"{carrier}{note}"
            if name in found and said not in found[name][does]:
                found[name][does].append(said)
    merged = dict[tuple[tuple[str, ...], str, str], str]()
    for flag in spec.flags:
        how = found[flag.id]
        if not how["up"]:
            continue
        ends = say.ended_by(_grouped(how["down"])) if how["down"] else ""
        key = flag.seen_by, f"{_grouped(how['up'])}{ends}", _grouped(how["read"])
        merged[key] = f"{merged[key]}{say.OR}{words.flag(flag.id)}" if key in merged else words.flag(flag.id)
    return [FlagLine(capital(said), *key) for key, said in merged.items()]


def _grouped(said: list[str]) -> str:
    """Join them; deals at the same moment of theirs stand together: '“A”, “B”; proved: “C”, “D”'."""
    parts = [", ".join(one for one in said if not one.endswith(tuple(say.MOMENTS.values())))]
    for moment in say.MOMENTS.values():
        deals = [one.removesuffix(f" {moment}") for one in said if one.endswith(f"” {moment}")]
        parts += [f"{moment}: {', '.join(deals)}"] if deals else []
    return "; ".join(filter(None, parts))


def _carriers(scenario: Scenario, words: Words) -> Iterator[tuple[str, Any]]:
    """Everything that can raise or ask for a flag, with its name."""
    spec = scenario.spec
    for seat in spec.seats:
        yield quoted(words.said(seat.action.title)), seat.action
    for deck in spec.cards.values():
        yield from ((quoted(words.said(card.title)), card) for card in deck)
    for kind in (spec.news, spec.triggers):
        yield from ((quoted(words.said(one.title)), one) for one in kind)
    for dial in spec.dials:
        yield from ((f"{words.said(dial.title)}: {words.said(one.title)}", one) for one in dial.settings)
    for stand in spec.stands:
        yield words.said(stand.title), stand
    yield from ((say.AN_AGENDA, agenda) for agenda in spec.agendas)
    for deal in spec.deals:
        yield quoted(words.deal(deal.id)), deal.needs
        for moment, said in say.MOMENTS.items():
            yield f"{quoted(words.deal(deal.id))} {said}", getattr(deal, moment)


def _of_flags(scenario: Scenario, thing: Any) -> Iterator[tuple[str, str, str]]:
    """Every flag in it: its id, whether it goes "up" or "down" or is "read", and for how long it is up."""
    match thing:
        case SetFlag():
            lasts = f" {say.for_rounds(rounds(thing.rounds))}" if thing.on and thing.rounds else ""
            yield thing.flag, "up" if thing.on else "down", lasts
        case Locate():
            for good in scenario.production[thing.production].inputs:
                yield f"located-{good}", "up", f" {say.for_rounds(rounds(thing.rounds))}"
        case Condition(flag="located-target"):
            for made in scenario.spec.production:
                yield from ((f"located-{good}", "read", "") for good in made.inputs)
        case Condition(flag=str(flag)):
            yield flag, "read", ""
    if is_dataclass(thing):
        for one in fields(thing):
            yield from _of_flags(scenario, getattr(thing, one.name))
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from _of_flags(scenario, part)
