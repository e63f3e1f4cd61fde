"""The search bot: it repeats, sees nothing it may not, says why, and is worth its playouts."""

from __future__ import annotations

import pytest

from tests.rules.boards import honeymoon
from wargame.bots import bot, greedy, search
from wargame.bots.judge import Judge
from wargame.bots.players import Players
from wargame.bots.search import Plan, Search, kind_of
from wargame.lab.simulate import decide, play_game
from wargame.rules.options import legal_moves
from wargame.rules.phases import run_to_decision, step
from wargame.rules.scoring import final_scores
from wargame.rules.setup import new_state
from wargame.rules.state import State
from wargame.rules.view import imagine, view


@pytest.fixture(scope="module", autouse=True)
def _taught() -> None:
    """Have a judge that has seen few games: it is soon there."""
    honeymoon().programs.kept.setdefault(Judge, Judge(honeymoon(), 20))


def at_orders(seed: int, round_: int = 2) -> State:
    """Somebody's first decision in the orders of a round, after greedy play."""
    state, opening = new_state(honeymoon(), seed, 6)
    run_to_decision(state, opening)
    nth, players = 0, Players(dict.fromkeys(honeymoon().seat_ids, "greedy"))
    while not (state.round == round_ and state.phase == "orders" and not state.stack):
        step(state, decide(state, players, seed, nth))
        nth += 1
    return state


@pytest.mark.parametrize("name", ["search", "search:8", "search/hawk:8", "greedy/cautious", "greedy/climb"])
def test_names_of_bots(name: str) -> None:
    state = at_orders(1)
    assert state.to_act is not None
    moves = legal_moves(state)
    assert bot(name)(view(state, state.to_act), moves, 5).move in moves


@pytest.mark.parametrize("name", ["seach", "search:0", "search:x", "greedy:8", "random/hawk"])
def test_what_is_no_bot(name: str) -> None:
    with pytest.raises(KeyError):
        bot(name)


def test_the_same_luck_gives_the_same_move() -> None:
    state = at_orders(2)
    assert state.to_act is not None
    seen, moves = view(state, state.to_act), legal_moves(state)
    assert search(seen, moves, 7, playouts=16) == search(seen, moves, 7, playouts=16)


def test_it_never_touches_the_hidden_state() -> None:
    """Two worlds that look the same from the seat get the same move and the same reasons."""
    state = at_orders(3)
    seat = state.to_act
    assert seat is not None
    seen = view(state, seat)
    other = imagine(seen, 99)
    moves = legal_moves(state)
    assert view(other, seat) == seen
    assert search(seen, moves, 1, playouts=16) == search(view(other, seat), moves, 1, playouts=16)


@pytest.mark.parametrize("seed", [8, 11])
def test_more_playouts_let_more_plans_in_and_the_best_get_most_of_them(seed: int) -> None:
    """Each counts against greedy's own; half of those that are tried are dropped again and again."""
    state = at_orders(seed)
    seat = state.to_act
    assert seat is not None
    seen, moves = view(state, seat), legal_moves(state)
    searches = []
    for playouts in (4, 64):
        looked = Search(seen, moves, 3)
        searches.append(looked)
        assert looked.best(playouts).move in moves
        assert Plan(looked.greedy) not in [arm.plan for arm in looked.arms]
        assert all(arm.gained for arm in looked.arms)
        assert sum(len(arm.gained) for arm in looked.arms) + len(looked.worlds) <= playouts
    few, many = searches
    assert 1 <= len(few.arms) < len(many.arms)
    assert min(len(arm.gained) for arm in many.arms) < len(many.worlds)


def test_to_leave_something_alone_is_a_plan_too() -> None:
    """Greedy play that holds back what it would begin with, or all cards, begins with something else."""
    held = 0
    for seed in range(4):
        state = at_orders(seed)
        seat = state.to_act
        assert seat is not None
        looked = Search(view(state, seat), legal_moves(state), 3)
        for plan in looked.plans():
            held += bool(plan.barred)
            assert kind_of(plan.move) not in plan.barred
            assert plan.move in legal_moves(state)
    assert held


def test_a_move_that_does_what_greedy_does_gains_nothing_by_luck() -> None:
    """The same world and the same luck: greedy's own move played twice ends the same."""
    state = at_orders(6)
    seat = state.to_act
    assert seat is not None
    looked = Search(view(state, seat), legal_moves(state), 3)
    world, usual = looked.world(0)
    assert looked.played(world, Plan(looked.greedy)) == usual


def test_it_says_why() -> None:
    state = at_orders(5)
    assert state.to_act is not None
    reason = search(view(state, state.to_act), legal_moves(state), 1, playouts=16).rationale
    assert " worlds" in reason
    assert reason.count("\n") == 0


def test_a_character_weighs_things_otherwise() -> None:
    """Over some decisions, a hawk does not always do what the cautious one does."""
    differing = 0
    for seed in range(6):
        state = at_orders(seed)
        assert state.to_act is not None
        seen, moves = view(state, state.to_act), legal_moves(state)
        differing += greedy(seen, moves, 1, style="hawk") != greedy(seen, moves, 1, style="cautious")
    assert differing > 0


@pytest.mark.soak
def test_it_beats_a_random_player() -> None:
    """Washington by a search of few playouts and by luck, over the same seeds."""
    gaps = []
    for seed in range(6):
        scores = []
        for name in ("search:8", "random"):
            bots = dict.fromkeys(honeymoon().seat_ids, "greedy") | {"us": name}
            state, _ = play_game(honeymoon(), bots, seed, rounds=4)
            scores.append(final_scores(state)["us"].score)
        gaps.append(scores[0] - scores[1])
    assert sum(gaps) > 0
