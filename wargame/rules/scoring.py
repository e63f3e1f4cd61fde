"""Scores, win lines and the final ranking (rules: scoring).

A score starts at the scenario's start and adds its terms. A viewer sees the terms whose every number it
may know; the whole is laid open at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from wargame.rules.spec import Term
from wargame.rules.state import Position, State

if TYPE_CHECKING:
    from wargame.rules.scenario import Scenario


class Line(NamedTuple):
    """How a seat did: score, distance over its own line in its spreads, and what became of it."""

    score: int
    margin: float
    won: bool
    ruined: bool
    agenda: bool
    rank: int


def win_line(position: Position) -> float:
    """Return the score a seat must reach, for this length of game."""
    return line_after(position.scenario, position.rounds)


def line_after(scenario: Scenario, rounds: int) -> float:
    """Return the score that wins a game of so many rounds."""
    return scenario.spec.scoring.start + scenario.spec.scoring.win_eight * rounds / 8


def score_at_start(scenario: Scenario, seat: str, rounds: int) -> int:
    """Return the score a seat opens a game of so many rounds with: its start and what its stores count."""
    scoring, stores = scenario.spec.scoring, scenario.seats[seat].goods
    points = scoring.start_of(seat, rounds)
    for term in scoring.seats[seat].terms:
        if term.good in stores:
            held = stores[term.good].start
            points += term.each * (held if term.most is None else min(held, term.most))
    return points


def term_value(position: Position, seat: str, term: Term) -> int:
    """Return the points of one term now. Raises `KeyError` if the position does not know its number."""
    if term.track is not None:
        steps = position.tracks[term.track] - position.scenario.tracks[term.track].start
    elif term.good is not None:
        steps = position.goods[seat].get(term.good, 0)
    else:
        rungs = [deal.rung for deal in position.deals if deal.status not in ("fallen", "?")]
        steps = max(max(rungs, default=0) - 1, 0)
    if term.most is not None:
        steps = min(steps, term.most)
    return steps * term.each


def terms_of(position: Position, seat: str, viewer: str | None) -> Iterator[tuple[Term, int | None]]:
    """Yield each term of a seat's score with its points, or `None` where the viewer may not know."""
    for term in position.scenario.spec.scoring.seats[seat].terms:
        seen = position.scenario.sees_term(viewer, seat, term)
        yield term, term_value(position, seat, term) if seen else None


def known_score(position: Position, seat: str, viewer: str | None) -> int:
    """Return what a viewer can work out of a seat's score, with what ruin costs, for ruin is public."""
    known = position.scenario.spec.scoring.start_of(seat, position.rounds) - ruin_cost(position, seat)
    for term in position.scenario.seen_terms[viewer, seat]:
        known += term_value(position, seat, term)
    return known + (position.points[seat] if viewer == seat else 0)


def public_score(position: Position, seat: str) -> int:
    """Return the part of a seat's score that everybody can work out."""
    return known_score(position, seat, None)


def score(state: State, seat: str) -> int:
    """Return the score of a seat by its terms and points alone: what is judged for ruin."""
    total = state.scenario.spec.scoring.start_of(seat, state.rounds) + state.points[seat]
    for term in state.scenario.spec.scoring.seats[seat].terms:
        total += term_value(state, seat, term)
    return total


def agenda_kept(state: State, seat: str) -> bool:
    agenda = state.agendas.get(seat)
    return agenda is not None and state.scenario.agenda_when[agenda](state)


def agenda_worth(state: State, seat: str) -> int:
    """Return the points of a seat's secret agenda, were the game to end here: 0 if it is not kept."""
    return state.scenario.agendas[state.agendas[seat]].worth if agenda_kept(state, seat) else 0


def final_score(state: State, seat: str) -> int:
    """Return the score with the agenda in it, and what ruin costs."""
    return score(state, seat) + agenda_worth(state, seat) - ruin_cost(state, seat)


def ruin_cost(position: Position, seat: str) -> int:
    """Return what ruin has cost a seat, 0 for the others."""
    return position.scenario.spec.scoring.ruin_costs if seat in position.ruined else 0


def margin(position: Position, seat: str, score: int) -> float:
    """Return how far a score lies over the line that wins, in the seat's own spreads; below 0 if under it."""
    return (score - win_line(position)) / position.scenario.spec.scoring.seats[seat].spread


def ranking(position: Position, scores: Mapping[str, int]) -> list[str]:
    """Return the seats best first, by the margins of these scores; the ruined come last.

    After an outcome with `blame` they rank by how little they are publicly to blame for it.
    """
    came = position.scenario.outcomes.get(position.outcome)
    blamed = came is not None and came.blame
    return sorted(
        scores,
        key=lambda seat: (
            position.blame[seat] if blamed else seat in position.ruined,
            -margin(position, seat, scores[seat]),
        ),
    )


def wins(position: Position, seat: str, score: int) -> bool:
    """Return whether a seat wins with this score, as the game has ended, or will when its time is up."""
    if seat in position.ruined:
        return False
    came = position.scenario.outcomes.get(position.outcome)
    if came is not None and seat in came.wins:
        return True
    return (came is None or came.line) and score >= win_line(position)


def final_scores(state: State) -> dict[str, Line]:
    """Return how every seat did, were the game to end here; the outcome may say who wins."""
    scores = {seat: final_score(state, seat) for seat in state.scenario.seat_ids}
    order = ranking(state, scores)
    return {
        seat: Line(
            scores[seat],
            margin(state, seat, scores[seat]),
            wins(state, seat, scores[seat]),
            seat in state.ruined,
            agenda_kept(state, seat),
            order.index(seat) + 1,
        )
        for seat in scores
    }
