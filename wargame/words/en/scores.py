"""Scoring terms, agendas, endings and the briefing of a seat, in words."""

from __future__ import annotations

from typing import NamedTuple

from wargame.counting import several
from wargame.rules.scoring import line_after, score_at_start
from wargame.rules.spec import Term
from wargame.words.en.conditions import condition
from wargame.words.en.effects import clauses
from wargame.words.en.grammar import number, points, sentence, signed
from wargame.words.en.names import Names
from wargame.words.texts import halves, signless


class Told(NamedTuple):
    """Something with a title and a text."""

    title: str
    text: str


def term(names: Names, line: Term) -> str:
    """Say 'Trilateral ±2 per step from its start.' Where a rise costs, what a fall brings is said too."""
    most = f", at most {number(line.most)} of them" if line.most is not None else ""
    if line.track is None:
        what = f"lot of {names.good(line.good)} in store" if line.good else "rung climbed above the first"
        return sentence(f"{points(line.each)} for each {what}{most}")
    if line.each < 0:
        each = f"{signed(line.each)} per step above its start, {signed(-line.each)} below"
    else:
        each = f"±{line.each} per step from its start"
    return sentence(f"{names.track(line.track)} {each}{most and f'{most} upwards'}")


def ranked(names: Names, outcome: str) -> str:
    """Return what the seats are ranked by, in one line."""
    came = names.scenario.outcomes.get(outcome)
    if came is not None and came.blame:
        track = names.track(names.scenario.spec.scoring.blame)
        return f"Ranked by blame: who has raised {track} least in public comes first."
    return "Ranked by (score − line) ÷ spread, a seat's usual scatter; the ruined last."


def agenda(names: Names, id_: str) -> Told:
    spec = names.scenario.agendas[id_]
    text = f"{sentence(names.said(spec.text))} Worth {points(spec.worth)} at the end."
    return Told(names.said(spec.title), text)


def epilogue(names: Names, id_: str) -> Told:
    spec = next(ending for ending in names.scenario.spec.epilogues if ending.id == id_)
    return Told(names.said(spec.title), names.said(spec.text))


def fate(names: Names, id_: str, seat: str) -> str:
    spec = next(ending for ending in names.scenario.spec.epilogues if ending.id == id_)
    return names.said(spec.fates.get(seat, ""))


def briefing(names: Names, seat: str, rounds: int) -> list[Told]:
    """Return the page's paragraphs in reading order, without the secret agenda. The first has no title."""
    spec = names.scenario.seats[seat]
    parts = [
        ("", spec.briefing),
        ("You want", spec.wants),
        ("You fear", spec.fears),
        ("Who needs you", spec.needed),
        ("What only you know", spec.knows),
        ("A rule of your own", spec.rule),
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
    start = score_at_start(names.scenario, seat, rounds)
    stores = start - scoring.start_of(seat, rounds)
    others = "".join(
        f" (at {one.start + stores} in a game of {several(one.rounds, 'round')})"
        for one in scoring.starts
        if one.seat == seat and one.rounds != rounds
    )
    counted = ", your stores counted" if stores else ""
    return f"You start at {start}{others}{counted}; reach {line} by the end of round {rounds}. {terms}"


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
