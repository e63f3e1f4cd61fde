"""The list of flags in the rulebook: what raises each, and what asks for it, read off the decks.

Nobody can keep such a list by hand: a flag is raised in one deck and asked for in five others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from tests.rulebook_text import table
from wargame.rules.conditions import Condition
from wargame.rules.effects.secrets import Locate
from wargame.rules.effects.tracks import SetFlag
from wargame.rules.scenario import Scenario
from wargame.words import Words
from wargame.words.en.grammar import capital, rounds


def flags(scenario: Scenario, words: Words) -> str:
    """Every flag with who sees it, what raises or takes it down, and what asks for it."""
    spec = scenario.spec
    found: dict[str, dict[str, list[str]]] = {
        flag.id: {"up": [], "down": [], "read": []} for flag in spec.flags
    }
    for carrier, thing in _carriers(scenario, words):
        for name, does, note in _of_flags(scenario, thing):
            said = f"{carrier}{note}"
            if name in found and said not in found[name][does]:
                found[name][does].append(said)
    merged = dict[tuple[str, ...], str]()
    for flag in spec.flags:
        how = found[flag.id]
        if not how["up"]:
            continue
        ends = f"; ended by {_grouped(how['down'])}" if how["down"] else ""
        seen = ", ".join(scenario.seats[seat].short for seat in flag.seen_by) or "all"
        row = (seen, f"{_grouped(how['up'])}{ends}", _grouped(how["read"]) or "–")
        merged[row] = f"{merged[row]}; or {words.flag(flag.id)}" if row in merged else words.flag(flag.id)
    rows = ((capital(said), *row) for row, said in merged.items())
    return table(("flag", "seen by", "raised by", "asked for by"), rows)


def _grouped(said: list[str]) -> str:
    """Join them; deals at the same moment of theirs stand together: '“A”, “B”; proved: “C”, “D”'."""
    parts = [", ".join(one for one in said if not one.endswith(tuple(MOMENTS.values())))]
    for moment in MOMENTS.values():
        deals = [one.removesuffix(f" {moment}") for one in said if one.endswith(f"” {moment}")]
        parts += [f"{moment}: {', '.join(deals)}"] if deals else []
    return "; ".join(filter(None, parts))


def _carriers(scenario: Scenario, words: Words) -> Iterator[tuple[str, Any]]:
    """Everything that can raise or ask for a flag, with its name."""
    spec = scenario.spec
    for seat in spec.seats:
        yield f"“{words.said(seat.action.title)}”", seat.action
    for deck in spec.cards.values():
        yield from ((f"“{words.said(card.title)}”", card) for card in deck)
    for kind in (spec.news, spec.triggers):
        yield from ((f"“{words.said(one.title)}”", one) for one in kind)
    for dial in spec.dials:
        yield from ((f"{words.said(dial.title)}: {words.said(one.title)}", one) for one in dial.settings)
    for stand in spec.stands:
        yield words.said(stand.title), stand
    yield from (("an agenda", agenda) for agenda in spec.agendas)
    for deal in spec.deals:
        yield f"“{words.deal(deal.id)}”", deal.needs
        for moment, said in MOMENTS.items():
            yield f"“{words.deal(deal.id)}” {said}", getattr(deal, moment)


MOMENTS = {
    "signed": "announced", "each": "kept in full", "short": "short", "broken": "broken", "proved": "proved",
    "ended": "run out",
}  # fmt: skip


def _of_flags(scenario: Scenario, thing: Any) -> Iterator[tuple[str, str, str]]:
    """Every flag in it: its id, whether it goes "up" or "down" or is "read", and for how long it is up."""
    match thing:
        case SetFlag():
            lasts = f" (for {rounds(thing.rounds)})" if thing.on and thing.rounds else ""
            yield thing.flag, "up" if thing.on else "down", lasts
        case Locate():
            for good in scenario.production[thing.production].inputs:
                yield f"located-{good}", "up", f" (for {rounds(thing.rounds)})"
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
