"""The made text of cards, dials, stands and triggers, and the reasons of a roll."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.rules.conditions import Condition
from wargame.rules.effects.base import aim
from wargame.rules.effects.dice import LEAST_CHANCE, MOST_CHANCE
from wargame.rules.effects.flow import Modifier, Roll
from wargame.rules.effects.operators import Effect
from wargame.rules.spec import Card
from wargame.words.en.conditions import condition, conditional, needed
from wargame.words.en.effects import clauses, within
from wargame.words.en.grammar import capital, joined
from wargame.words.en.names import Names


def card_text(names: Names, card: str | Card, target: str = "") -> list[str]:
    """Needs, aim, effects, and whether it is quiet; with `target`, the effects as aimed at it."""
    spec = names.scenario.cards[card] if isinstance(card, str) else card
    lines = needs(names, spec.needs)
    if spec.targets and not target:
        lines.append(f"Aim at {joined((names.target(spec, id_) for id_ in spec.targets.ids()), 'or')}")
    effects = tuple(aim(effect, target) for effect in spec.effects) if target else spec.effects
    lines += clauses(names, effects)
    return [*lines, "Quiet: others see only a quiet move"] if spec.quiet else lines


def needs(names: Names, conditions: Sequence[Condition]) -> list[str]:
    """One line for each thing that must hold."""
    return [capital(needed(names, need)) for need in conditions]


def news_text(names: Names, news: str) -> list[str]:
    card = names.scenario.event_card(news)
    return clauses(names, card.effects) if card else []


def stand_text(names: Names, stand: str) -> list[str]:
    spec = names.scenario.stands[stand]
    together: tuple[tuple[str, tuple[Effect, ...]], ...] = (
        (f"If {joined(map(names.party, spec.seats))} all stand", spec.together),
        ("If only some stand", spec.deserted),
    )
    return [
        *needs(names, spec.needs),
        *(f"{when}: {within(names, then, last=True)}" for when, then in together),
    ]


def trigger_text(names: Names, trigger: str) -> list[str]:
    spec = names.scenario.triggers[trigger]
    when = f"Each upkeep {conditional(names, spec.when)}" if spec.when else "Each upkeep"
    return [when, *clauses(names, spec.effects)]


Reason = tuple[str, int | str]
"""A part of a chance: what it is, and what it comes to in per cent ("?" where that is hidden)."""

START = "to start with"


def roll_terms(names: Names, path: str, terms: Sequence[int | str]) -> list[Reason]:
    """The parts of the chance of the roll at that path; the limit of all dice only where it cuts.

    Without any parts, where they were not written down, there is nothing to say.
    """
    roll: Roll = names.scenario.programs.rolls[path].spec
    labels = [START, *(label_of(names, modifier) for modifier in roll.modifiers)]
    return [*zip(labels, terms, strict=False), *limit(terms[len(labels) :])]


def limit(
    terms: Sequence[int | str], least: int = LEAST_CHANCE, most: int = MOST_CHANCE
) -> list[tuple[str, int]]:
    """What the limits of a chance add or take away, if they do."""
    return [(f"at least {least}" if int(by) > 0 else f"at most {most}", int(by)) for by in terms if by]


def hold_terms(names: Names, terms: Sequence[int]) -> list[Reason]:
    """The parts of the chance that a deal on a skipped rung holds."""
    ladder = names.scenario.spec.ladder
    missing = f"{names.track(ladder.track)} that is missing" if ladder else "what is missing"
    return list(zip((START, missing), terms, strict=True))


def watch_terms(names: Names, terms: Sequence[int]) -> list[Reason]:
    """The parts of the chance that a secret delivery is noticed."""
    spec = names.scenario.spec.detection
    if spec is None:
        return []
    said = (START, names.track(spec.track), "the rung of the deal")
    return [*zip(said, terms, strict=False), *limit(terms[len(said) :], spec.least, spec.most)]


def label_of(names: Names, modifier: Modifier) -> str:
    """A modifier's own label, else what it reads."""
    label = names.said(modifier.label)
    if label:
        return label
    if modifier.when is not None:
        return capital(condition(names, modifier.when))
    if modifier.track:
        return names.track(modifier.track)
    return names.stock(modifier.seat or "", modifier.good or "")
