"""Players who are greedy but for one thing: that thing, and no other, is left to luck or to a habit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.boards import honeymoon
from wargame.bots import bot
from wargame.bots.handicaps import HABITS
from wargame.lab.simulate import play_game
from wargame.rules.luck import draw
from wargame.rules.moves import Choose, Commit, Move, Stance, Stand
from wargame.rules.options import legal_moves
from wargame.rules.state import State
from wargame.rules.view import view

LUCKS = [draw(nth, 0, 0, "test") for nth in range(40)]
Decision = tuple[State, Move]


def decisions(name: str, seed: int = 3) -> list[Decision]:
    """Every decision of a seat that such a player has, in a game among greedy others."""
    found: list[Decision] = []

    def watch(state: State, move: Move) -> None:
        if move.seat == "japan" and len(legal_moves(state)) > 1:
            found.append((state.clone(), move))

    seats = dict.fromkeys(honeymoon().seat_ids, "greedy") | {"japan": name}
    play_game(honeymoon(), seats, seed, watch=watch)
    return found


def agreed(name: str, about: Callable[[Move], bool]) -> tuple[int, int]:
    """How often it did what greedy would where that is about something else, and of how many times."""
    same = among = 0
    for seed in range(4):
        for state, move in decisions(name, seed):
            moves, seen = legal_moves(state), view(state, "japan")
            plain = [bot("greedy")(seen, moves, luck).move for luck in LUCKS]
            if not any(map(about, (move, *plain))):
                among += 1
                same += move in plain
    return same, among


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("random-cards", (Commit,)), ("random-choices", (Choose, Stance)), ("always-stand", (Stand,))],
)
def test_all_else_is_greedy(name: str, kinds: tuple[type[Move], ...]) -> None:
    """Where neither it nor greedy play would do that, it does what greedy would."""
    same, among = agreed(name, lambda move: isinstance(move, kinds))

    assert among > 40
    assert same >= 0.9 * among


def test_cards_are_drawn_from_all_that_can_be_paid() -> None:
    """In one position, by the luck, every card that greedy could commit comes up, and nothing else."""
    state = next(state for state, move in decisions("greedy") if isinstance(move, Commit))
    moves, seen = legal_moves(state), view(state, "japan")
    cards = {move.card for move in moves if isinstance(move, Commit)}

    drawn = [bot("random-cards")(seen, moves, luck).move for luck in range(200)]

    assert {move.card for move in drawn if isinstance(move, Commit)} == cards
    assert len(cards) > 1


@pytest.mark.parametrize(("name", "stood"), [("always-stand", True), ("never-stand", False)])
def test_habits_of_standing_are_kept(name: str, stood: bool) -> None:
    """Whoever always stands does so as soon as that is legal; whoever never does has no stand in a game."""
    asked = [
        (state, move)
        for state, move in decisions(name)
        if any(isinstance(legal, Stand) for legal in legal_moves(state))
    ]

    assert asked
    assert all(isinstance(move, Stand) is stood for _state, move in asked)


@pytest.mark.parametrize("name", sorted(HABITS))
def test_the_same_game_comes_of_the_same_luck(name: str) -> None:
    """They remember nothing that changes what they do."""
    assert [move for _state, move in decisions(name)] == [move for _state, move in decisions(name)]
