"""The game for OpenSpiel: its own checks, serialization, and what its players may see."""

from __future__ import annotations

import pickle
from random import Random
from typing import Any

import pyspiel
import pytest
from open_spiel.python import rl_environment

from tests.rules.boards import MINI
from wargame.lab.spiel import BOUND
from wargame.rules.game import Game
from wargame.rules.moves import End, Move


def a_game(**params: Any) -> Any:
    return pyspiel.load_game("wargame", params)


def played(game: Any, moves: int, seed: int = 0) -> Any:
    """A state after so many random moves, or at the end."""
    state, dice = game.new_initial_state(), Random(seed)
    for _ in range(moves):
        if state.is_terminal():
            break
        state.apply_action(dice.choice(state.legal_actions()))
    return state


@pytest.mark.soak
@pytest.mark.parametrize("params", [{"rounds": 1, "seed": 3}, {"rounds": 2}, {"scenario": str(MINI)}])
def test_openspiel_accepts_it(params: dict[str, Any]) -> None:
    """The library's own random simulation passes: legal actions, clones, serialization, bounds."""
    pyspiel.random_sim_test(a_game(**params), num_sims=2, serialize=True, verbose=False)


def test_a_whole_game_stays_inside_its_bounds() -> None:
    """A game of the scenario's own length ends within the length and utilities that are promised."""
    game = a_game(seed=5)
    state = played(game, game.max_game_length())

    assert state.is_terminal()
    assert all(abs(gain) < BOUND / 4 for gain in state.returns())
    assert state.returns() == [line.margin for line in state.position.lines.values()]


def test_it_is_the_game_of_its_seed() -> None:
    """The same moves give the very game that `Game` plays, and another seed another one."""
    state = played(a_game(rounds=2, seed=9), 30, seed=1)
    game = Game.new(state.position.scenario, 9, 2)
    encoder = state.get_game().encoder
    for number in state.history():
        game.apply(encoder.move(game.state, number))

    assert game == state.position
    assert str(a_game(seed=9).new_initial_state()) != str(a_game(seed=10).new_initial_state())


def test_copies_and_pickles_are_the_same_state() -> None:
    """A clone, a state made again from its bytes and one replayed from its history go on alike."""
    game = a_game(rounds=2, seed=4)
    state = played(game, 25)
    replayed = game.new_initial_state()
    for number in state.history():
        replayed.apply_action(number)
    _game, restored = pyspiel.deserialize_game_and_state(pyspiel.serialize_game_and_state(game, state))
    for other in (state.clone(), pickle.loads(pickle.dumps(state)), restored, replayed):
        assert str(other) == str(state)
        assert other.history() == state.history()
        for player in range(game.num_players()):
            assert other.information_state_string(player) == state.information_state_string(player)
    before = str(state)
    state.clone().apply_action(state.legal_actions()[0])
    assert str(state) == before


def at_the_orders_of(seat: str) -> Any:
    state = a_game(rounds=2, seed=6).new_initial_state()
    while state.position.to_act != seat or state.position.state.phase != "orders":
        state.apply_action(state.legal_actions()[0])
    return state


def apply(state: Any, move: Move) -> None:
    seen = state.position.view(state.position.to_act)
    state.apply_action(state.get_game().encoder.number(seen, move))


def test_nobody_sees_what_another_lays_face_down() -> None:
    """Two different cards of one seat look the same to all others, in every form, and not to itself."""
    one, two = at_the_orders_of("japan"), at_the_orders_of("japan")
    cards = [move for move in one.position.legal_moves() if move.verb == "commit"]
    for state, card in ((one, cards[0]), (two, cards[-1])):
        apply(state, card)
        apply(state, End("japan"))
    assert len(cards) > 1
    for player, seat in enumerate(one.position.scenario.seat_ids):
        same = seat != "japan"
        assert (one.information_state_string(player) == two.information_state_string(player)) is same
        assert (one.observation_string(player) == two.observation_string(player)) is same
        assert (one.observation_tensor(player) == two.observation_tensor(player)) is same
        assert (one.information_state_tensor(player) == two.information_state_tensor(player)) is same


def test_the_information_state_remembers_what_the_window_forgets() -> None:
    """Doing two things in another order leaves the same window, and another story."""
    one, two = at_the_orders_of("japan"), at_the_orders_of("japan")
    cards = [move for move in one.position.legal_moves() if move.verb == "commit"]
    signal = next(move for move in one.position.legal_moves() if move.verb == "signal")
    for state, moves in ((one, (cards[0], signal)), (two, (signal, cards[0]))):
        for move in moves:
            apply(state, move)
    player = one.current_player()

    assert one.observation_string(player) == two.observation_string(player)
    assert one.information_state_string(player) != two.information_state_string(player)


def test_actions_have_names() -> None:
    """An action prints as the move it stands for."""
    state = at_the_orders_of("japan")

    names = [state.action_to_string(number) for number in state.legal_actions()]
    assert sorted(names) == sorted(map(str, state.position.legal_moves()))


def test_it_runs_in_the_rl_environment() -> None:
    """OpenSpiel's own environment for learners plays a game of it to the end."""
    world = rl_environment.Environment(a_game(rounds=1, seed=2))
    dice, step = Random(3), world.reset()
    while not step.last():
        player = step.observations["current_player"]
        legal = step.observations["legal_actions"][player]
        assert len(step.observations["info_state"][player]) == world.observation_spec()["info_state"][0]
        step = world.step([dice.choice(legal)])

    assert any(step.rewards)


def test_a_game_that_cannot_be_is_refused() -> None:
    """Too many rounds, or no such scenario, is an error with a sentence."""
    with pytest.raises(Exception, match="rounds must be between 1 and"):
        a_game(rounds=99)
    with pytest.raises(Exception, match="no-such-scenario"):
        a_game(scenario="no-such-scenario")
