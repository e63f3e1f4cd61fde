"""Why a move is not allowed: the rules' own sentences, with names for ids and needs spelt out."""

from __future__ import annotations

from collections.abc import Callable

from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose
from wargame.rules.moves import Refusal
from wargame.words.en.conditions import needed
from wargame.words.en.grammar import sentence
from wargame.words.en.names import Names


def refusal(names: Names, why: Refusal) -> str:
    """Return the sentence of the rule that forbids it."""
    if why.need:
        need = need_of(names, why.need)
        said = needed(names, need)
        return sentence(said if need.not_ is not None else f"it {said}")
    if why.rule == "trust" and names.scenario.spec.ladder:
        trust = names.track(names.scenario.spec.ladder.track)
        return sentence(f"it wants {trust} {why.number}, you have {why.has}: too far to skip")
    return sentence(str(why._replace(seat=names.party(why.seat)) if why.seat else why))


def need_of(names: Names, fact: str) -> Condition:
    """Return the condition that a fact like `card:<id>:<n>` points at."""
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
