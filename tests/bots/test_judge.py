"""The judge of positions: it learns from greedy games what is still to come, the same for all who ask."""

from __future__ import annotations

import pytest

from tests.rules.boards import mini
from wargame.bots.judge import RIDGE, Fact, Judge, facts_of, fitted, scored, solved
from wargame.bots.playout import play_on
from wargame.rules.phases import run_to_decision
from wargame.rules.scoring import final_score
from wargame.rules.setup import new_state
from wargame.rules.state import State


def begun(seed: int, round_: int) -> State:
    """The first decision of a round after greedy play, or the game's end."""
    state, opening = new_state(mini(), seed, 4)
    run_to_decision(state, opening)
    play_on(state, round_)
    return state


def test_equations_are_solved() -> None:
    """Of a symmetric matrix the lower half is enough."""
    square = [[4.0, 0.0, 0.0], [2.0, 5.0, 0.0], [0.0, 1.0, 3.0]]
    right = [[8.0], [15.0], [11.0]]

    assert [one for (one,) in solved(square, right)] == pytest.approx([1.0, 2.0, 3.0])


def test_what_follows_from_a_fact_is_found_and_drawn_a_little_towards_nothing() -> None:
    """Each of one fact brings the first seat two points and costs the second one; the other says nothing."""
    facts: list[dict[Fact, int]] = [{("track", "heat"): n, ("flag", "rain"): 1} for n in range(10)]
    weights = fitted(facts, [[2.0 * n + 5.0, -1.0 * n] for n in range(10)])

    assert weights.each["track", "heat"] == pytest.approx([2 / (1 + RIDGE), -1 / (1 + RIDGE)], abs=1e-4)
    assert weights.each["flag", "rain"] == pytest.approx([0, 0])
    assert weights.rest(facts[4], 0) == pytest.approx(2.0 * 4.5 + 5.0, abs=1.0)


def test_a_game_that_is_over_is_worth_what_it_scores() -> None:
    state = begun(3, 99)
    assert state.to_act is None
    for seat in state.scenario.seat_ids:
        assert Judge(mini(), 4).expects(state, seat) == scored(state, seat)


def test_everybody_judges_alike() -> None:
    """Two judges of the same scenario have learnt from the same games."""
    state = begun(5, 3)
    one, other = Judge(mini(), 6), Judge(mini(), 6)

    assert [one.expects(state, seat) for seat in mini().seat_ids] == [
        other.expects(state, seat) for seat in mini().seat_ids
    ]


def test_it_tells_more_of_the_final_score_than_the_score_so_far() -> None:
    """Over games it has not learnt from, squared error at the beginning of the last round but one."""
    judge, missed, naive = Judge(mini(), 200), 0.0, 0.0
    for seed in range(60):
        state = begun(seed, 3)
        if state.to_act is None:
            continue
        end = state.clone()
        play_on(end, 99)
        for seat in mini().seat_ids:
            missed += (judge.expects(state, seat) - final_score(end, seat)) ** 2
            naive += (scored(state, seat) - final_score(end, seat)) ** 2

    assert missed < naive


def test_facts_are_numbers_by_name() -> None:
    """Levels, purses and agendas of all seats are among them."""
    facts = facts_of(begun(2, 2))

    assert {fact[0] for fact in facts} >= {"track", "influence", "agenda"}
