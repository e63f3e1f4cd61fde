"""The search bot: it repeats, sees nothing it may not, says why, and is worth its playouts."""

from __future__ import annotations

import pytest

from tests.rules.boards import honeymoon
from wargame.bots import bot, greedy, search
from wargame.bots.players import Players
from wargame.bots.search import PLAYOUTS, Haste, Impressions, Search
from wargame.lab.simulate import decide, play_game
from wargame.rules.options import legal_moves
from wargame.rules.phases import run_to_decision, step
from wargame.rules.scoring import final_scores
from wargame.rules.setup import new_state
from wargame.rules.state import State
from wargame.rules.view import imagine, view


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


def test_every_candidate_is_played_in_the_same_worlds() -> None:
    """Sequential halving: at first all candidates, each as often; the chosen one most often."""
    state = at_orders(4)
    seat = state.to_act
    assert seat is not None
    seen, moves = view(state, seat), legal_moves(state)
    looked = Search(seen, seat, {}, 3)
    chosen = looked.best(moves, PLAYOUTS).move
    visits = {move: node.visits for move, node in looked.root.below.items()}
    assert min(visits.values()) >= 1
    assert visits[chosen] == max(visits.values())
    assert sum(visits.values()) <= 2 * PLAYOUTS


def test_in_haste_one_seats_extra_decision_changes_no_others_dice() -> None:
    """Whoever thought before, and however often: the next seat's choice hangs on its own dice."""
    varied = 0
    for seed in range(4, 10):
        before = at_orders(seed)
        after = before.clone()
        while after.to_act == before.to_act:
            step(after, legal_moves(after)[0])
        legal, chosen = legal_moves(after), set()
        for luck in range(12):
            calm, busy = Haste(luck, Impressions("us", {})), Haste(luck, Impressions("us", {}))
            for _ in range(luck % 3 + 1):
                busy.move(before, legal_moves(before))
            choice = calm.move(after, legal)
            assert busy.move(after, legal) == choice
            chosen.add(choice)
        varied += len(chosen) > 1
    assert varied


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
