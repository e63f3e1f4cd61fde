"""A seat's page: what it wants and fears, who needs it, how it wins, how it is ruined, how to begin."""

from __future__ import annotations

from wargame.rules.scoring import line_after
from wargame.words.en.conditions import condition
from wargame.words.en.effects import clauses
from wargame.words.en.grammar import points, sentence, signless
from wargame.words.en.names import Names
from wargame.words.en.scores import Told, term
from wargame.words.texts import halves


def briefing(names: Names, seat: str, rounds: int) -> list[Told]:
    """The paragraphs of the page in reading order, without the secret agenda. The first has no title."""
    spec = names.scenario.seats[seat]
    parts = [
        ("", spec.briefing),
        ("You want", spec.wants),
        ("You fear", spec.fears),
        ("Who needs you", spec.needed),
        ("What only you know", spec.knows),
        ("How you win", _winning(names, seat, rounds)),
        ("How you are ruined", _ruin(names, seat)),
        *((f"A plan: {names.said(plan.title)}", plan.text) for plan in spec.plans),
        ("Your first turn", spec.first_turn),
        ("Your printed action", _action(names, seat)),
    ]
    return [Told(title, sentence(names.said(text))) for title, text in parts if text]


def _winning(names: Names, seat: str, rounds: int) -> str:
    scoring = names.scenario.spec.scoring
    line = halves(line_after(names.scenario, rounds))
    terms = " ".join(term(names, one) for one in scoring.seats[seat].terms)
    return f"Everybody starts at {scoring.start}; reach {line} by the end of round {rounds}. {terms}"


def _ruin(names: Names, seat: str) -> str:
    scoring = names.scenario.spec.scoring
    below = f"score below {signless(scoring.ruin_below)}"
    named = scoring.seats[seat].ruin
    said = f"{condition(names, named)}, or a {below}" if named else f"A {below}"
    return f"{said}. Ruin is for good and costs {points(scoring.ruin_costs)}" if scoring.ruin_costs else said


def _action(names: Names, seat: str) -> str:
    action = names.scenario.seats[seat].action
    does = "; ".join(clauses(names, action.effects))
    return f"{names.said(action.title)} (¤{action.cost} and a card of your hand): {does}"
