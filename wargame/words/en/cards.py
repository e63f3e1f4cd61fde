"""The made text of cards, dials, stands and triggers."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.rules.conditions import Condition
from wargame.rules.effects.base import bind_target
from wargame.rules.effects.operators import Effect
from wargame.rules.spec import Card
from wargame.words.en.conditions import conditional, needed
from wargame.words.en.effects import clauses, within
from wargame.words.en.grammar import capital, joined
from wargame.words.en.names import Names


def card_text(names: Names, card: str | Card, target: str = "") -> list[str]:
    """Describe needs, aim, effects, and whether it is quiet; with `target`, the effects as aimed at it."""
    spec = names.scenario.cards[card] if isinstance(card, str) else card
    lines = needs(names, spec.needs)
    if spec.targets and not target:
        lines.append(f"Aim at {joined((names.target(spec, id_) for id_ in spec.targets.ids()), 'or')}")
    effects = tuple(bind_target(effect, target) for effect in spec.effects) if target else spec.effects
    lines += clauses(names, effects)
    return [*lines, "Quiet: others see only a quiet move"] if spec.quiet else lines


def needs(names: Names, conditions: Sequence[Condition]) -> list[str]:
    """Return one line for each thing that must hold."""
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
