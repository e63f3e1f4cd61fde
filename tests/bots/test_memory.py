"""Bots that remember: the same choices as those that look at everything anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.rules.boards import bargaining, honeymoon, more
from wargame.bots import bot
from wargame.bots.greedy import STANDING, Worths, beside, gains_of, hope
from wargame.bots.players import Players
from wargame.bots.worth import Appraiser
from wargame.rules.luck import draw
from wargame.rules.moves import Counter, Offer
from wargame.rules.options import legal_moves
from wargame.rules.phases import run_to_decision, step
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.setup import new_state
from wargame.rules.state import State
from wargame.rules.view import Window, view

SCENARIOS = [
    pytest.param(bargaining, id="mini"),
    pytest.param(more, id="more"),
    pytest.param(honeymoon, id="honeymoon"),
]


def positions(scenario: Scenario, seed: int, rounds: int = 3) -> Iterator[State]:
    """One state that is played on: greedily with a random move in between, so that every kind comes up."""
    state, opening = new_state(scenario, seed, rounds)
    run_to_decision(state, opening)
    nth = 0
    while state.to_act is not None:
        yield state
        moves, luck = legal_moves(state), draw(seed, 0, nth, "test")
        greedy = bot("greedy")(view(state, state.to_act), moves, luck).move
        step(state, moves[luck % len(moves)] if nth % 3 == 0 else greedy)
        nth += 1


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("styled", [False, True])
def test_who_remembers_chooses_as_who_looks_anew(scenario: Callable[[], Scenario], styled: bool) -> None:
    """In every position of a game, whatever the others did in between."""
    board = scenario()
    styles = dict(board.styles.keys()) if styled else {}
    names = {seat: f"greedy/{styles[seat]}" if seat in styles else "greedy" for seat in board.seat_ids}
    players = Players(names)
    for nth, state in enumerate(positions(board, 5)):
        moves, luck = legal_moves(state), draw(7, 0, nth, "test")
        seat = moves[0].seat
        assert players.move(state, moves, luck) == bot(names[seat])(view(state, seat), moves, luck).move


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_window_shows_what_a_view_does(scenario: Callable[[], Scenario]) -> None:
    """To every seat, whoever acted since it last looked; looking now and then is enough."""
    board = scenario()
    windows = {seat: Window(seat) for seat in board.seat_ids}
    for nth, state in enumerate(positions(board, 6)):
        for at, (seat, window) in enumerate(windows.items()):
            if (nth + at) % 3 != 1 or seat == state.to_act:
                assert window.look(state) == view(state, seat)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_move_is_worth_the_sum_of_what_it_changes(scenario: Callable[[], Scenario]) -> None:
    """What is laid on a scenario beforehand comes to the same as the changes that a screen shows."""
    board = scenario()
    for nth, state in enumerate(positions(board, 8)):
        if nth % 4:
            continue
        moves = legal_moves(state)
        seen = view(state, moves[0].seat)
        worths = Worths(seen, Appraiser.of(seen, moves[0].seat, ""))
        for move in moves:
            own, instead = beside(seen, move)
            if not own and instead is None:
                share = hope(seen, move) if isinstance(move, Counter) else 1
                assert share * worths.of(move) == pytest.approx(sum(gains_of(seen, move).values())), move


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_ways_to_propose_a_deal_are_worth_what_each_is_alone(scenario: Callable[[], Scenario]) -> None:
    """Also when their worth is known from another position with the same facts."""
    board = scenario()
    for nth, state in enumerate(positions(board, 10)):
        if nth % 4:
            continue
        moves = legal_moves(state)
        seen = view(state, moves[0].seat)
        worths = Worths(seen, Appraiser.of(seen, moves[0].seat, ""))
        for move in moves:
            if isinstance(move, Offer):
                ways = worths.outlooks.ways(move)
                assert ways is not None
                assert worths.of_ways(ways)[id(move)] == worths.of(move), move


class Untouchable:
    """What nothing may look at."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"{name} was asked for")

    def __getitem__(self, key: object) -> object:
        raise AssertionError(f"{key} was asked for")

    def __contains__(self, key: object) -> bool:
        raise AssertionError(f"{key} was asked for")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_a_move_changes_follows_from_what_is_remembered_by(scenario: Callable[[], Scenario]) -> None:
    """Nothing else of a view is looked at, but the offers by an answer."""
    board = scenario()
    for nth, state in enumerate(positions(board, 9)):
        if nth % 4:
            continue
        moves = legal_moves(state)
        seen = view(state, moves[0].seat)
        blind = seen.clone()
        for name in type(seen).__slots__:
            if name not in (*STANDING, "offers"):
                setattr(blind, name, Untouchable())
        for move in moves:
            assert preview(blind, move).changes == preview(seen, move).changes
