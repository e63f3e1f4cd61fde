"""What a chance is made of, and how a die came out, in words."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.rules.effects.dice import LEAST_CHANCE, MOST_CHANCE
from wargame.rules.effects.flow import Roll
from wargame.rules.moves import WHITE
from wargame.rules.spec import Modifier
from wargame.words.en.conditions import condition
from wargame.words.en.grammar import capital
from wargame.words.en.names import Names, option_label

Reason = tuple[str, int | str]
"""A part of a chance: what it is, and what it comes to in per cent ("?" where that is hidden)."""

START = "to start with"
ODDS_WORDS = {25: "long shot", 50: "even", 75: "likely", 90: "nearly sure"}
"""What a table says for the chances it knows; for others, the word of the nearest."""


def odds_words(names: Names, base: int) -> str:
    """Return the word for a chance that rolls may start from; empty where the scenario lists none."""
    if base not in names.scenario.spec.rules.odds:
        return ""
    return ODDS_WORDS[min(ODDS_WORDS, key=lambda known: abs(known - base))]


def roll_terms(names: Names, path: str, terms: Sequence[int | None]) -> list[Reason]:
    """Return the parts of the chance of the roll at that path; the limit of all dice only where it cuts.

    Nothing where they were not written down, as under the first rules.
    """
    roll = names.scenario.programs.rolls[path]
    word = odds_words(names, roll.base)
    labels = [
        f"{START}: {word}" if word else START,
        *(label_of(names, modifier) for modifier in roll.modifiers),
    ]
    known = ["?" if term is None else term for term in terms]
    return [*zip(labels, known, strict=False), *limit(terms[len(labels) :])]


def limit(
    terms: Sequence[int | None], least: int = LEAST_CHANCE, most: int = MOST_CHANCE
) -> list[tuple[str, int]]:
    """Return what the limits of a chance add or take away, if they do."""
    return [(f"at least {least}" if by > 0 else f"at most {most}", by) for by in terms if by]


def hold_terms(names: Names, terms: Sequence[int]) -> list[Reason]:
    """Return the parts of the chance that a deal on a skipped rung holds."""
    ladder = names.scenario.spec.ladder
    missing = f"{names.track(ladder.track)} that is missing" if ladder else "what is missing"
    return list(zip((START, missing), terms, strict=False))


def watch_terms(names: Names, terms: Sequence[int]) -> list[Reason]:
    """Return the parts of the chance that a secret delivery is noticed."""
    spec = names.scenario.spec.detection
    if spec is None:
        return []
    labels = (START, names.track(spec.track), "the rung of the deal")
    parts = [(label, term) for label, term in zip(labels, terms, strict=False) if term or spec.rung]
    return [*parts, *limit(terms[len(labels) :], spec.least, spec.most)]


def label_of(names: Names, modifier: Modifier) -> str:
    """Return a modifier's own label, else what it reads."""
    label = names.said(modifier.label)
    if label:
        return label
    if modifier.when is not None:
        return capital(condition(names, modifier.when))
    if modifier.track:
        return names.track(modifier.track)
    return names.stock(modifier.seat or "", modifier.good or "")


def rolled_for(names: Names, path: str, cause: str) -> str:
    """Return what the roll at that path is for: the card, event or trigger, and the answer it belongs to."""
    above = [choice for choice in names.scenario.programs.choices if path.startswith(f"{choice}/")]
    what = names.cause(cause) or "something hidden"
    if not above or not cause:
        return what
    choice = max(above, key=len)
    option = path.removeprefix(f"{choice}/").split("/")[0]
    return f"{what}: {option_label(names, '', option, choice)}"


def is_tried(names: Names, path: str) -> bool:
    """Return whether somebody tries something with the roll at that path; else it may just happen."""
    if path.startswith(("card/", "stand/", f"news/{WHITE}-")):
        return True
    return any(path.startswith(f"{choice}/") for choice in names.scenario.programs.choices)


def outcome(names: Names, path: str, works: bool) -> str:
    """Return how the die of a roll came out: 'it works', or of what nobody tried 'it happens'.

    Of what brings something either way: 'the roll works' or 'fails'.
    """
    if is_tried(names, path):
        return "it works" if works else "it fails"
    roll = names.scenario.programs.rolls.get(path)
    if roll is not None and isinstance(roll.spec, Roll) and roll.spec.failure:
        return "the roll works" if works else "the roll fails"
    return "it happens" if works else "it does not happen"
