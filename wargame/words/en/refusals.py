"""Why a move is not allowed: the rules' own sentences, with names for ids and needs spelt out."""

from __future__ import annotations

from collections.abc import Callable

from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose
from wargame.rules.moves import Refusal
from wargame.words.en.conditions import needed
from wargame.words.en.grammar import sentence
from wargame.words.en.names import Names

SEATS = frozenset({"turn", "pair", "pending"})
"""Rules whose first fact is a seat."""


def refusal(names: Names, why: Refusal) -> str:
    """The sentence of the rule that forbids it."""
    facts: list[str | int] = list(why.facts)
    if why.rule in SEATS:
        facts[0] = names.party(str(facts[0]))
    elif why.rule == "need":
        return sentence(_needs(names, need_of(names, str(facts[0]))))
    elif why.rule == "trust" and names.scenario.spec.ladder:
        return sentence(_wants(names, names.scenario.spec.ladder.track, *facts))
    return sentence(str(Refusal(why.rule, tuple(facts))))


def _needs(names: Names, need: Condition) -> str:
    said = needed(names, need)
    return said if need.not_ is not None else f"it {said}"


def _wants(names: Names, track: str, wants: str | int, has: str | int) -> str:
    return f"it wants {names.track(track)} {wants}, you have {has}: too far to skip"


def need_of(names: Names, fact: str) -> Condition:
    """The condition that a fact like `card:<id>:<n>` points at."""
    kind, _, rest = fact.partition(":")
    return NEEDS[kind](names, rest)


def _card(names: Names, rest: str) -> Condition:
    card, _, nth = rest.rpartition(":")
    return names.scenario.cards[card].needs[int(nth)]


def _deal(names: Names, rest: str) -> Condition:
    deal, _, nth = rest.rpartition(":")
    return names.scenario.deals[deal].needs[int(nth)]


def _stand(names: Names, rest: str) -> Condition:
    stand, _, nth = rest.rpartition(":")
    return names.scenario.stands[stand].needs[int(nth)]


def _choice(names: Names, rest: str) -> Condition:
    path, option, nth = rest.rsplit(":", 2)
    choice: Choose = names.scenario.programs.choices[path]
    return choice.options[int(option)].needs[int(nth)]


NEEDS: dict[str, Callable[[Names, str], Condition]] = {
    "card": _card,
    "deal": _deal,
    "stand": _stand,
    "choice": _choice,
}
"""What a need belongs to → how to find it."""
