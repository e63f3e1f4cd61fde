"""Bots answer a crisis: by what it brings them, or by luck; and programs get the move by its number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.boards import turn_of
from tests.rules.crises import a_crisis
from wargame.bots import bot
from wargame.bots.greedy import greedy
from wargame.rules.game import Game
from wargame.rules.moves import Move, Stance
from wargame.rules.scenario import Scenario

NAME = "dry-stream"


def stances(game: Game) -> list[Move]:
    return [move for move in game.legal_moves() if move.verb in ("end", "stance")]


def worth(track: str, points: int) -> Scenario:
    """The crisis when birch is paid for nothing but one track."""
    spec = a_crisis().spec
    term = replace(
        spec.scoring.seats["birch"].terms[0], track=track, good=None, rung=False, each=points, most=None
    )
    seats = {**spec.scoring.seats, "birch": replace(spec.scoring.seats["birch"], terms=(term,), values={})}
    return Scenario(replace(spec, scoring=replace(spec.scoring, seats=seats)), f"worth {track} {points}")


@pytest.mark.parametrize(("points", "answer"), [(20, "share"), (-20, "take")])
def test_greedy_answers_by_what_its_answer_makes_likely(points: int, answer: str) -> None:
    """More grain is likelier where one shares, less where one takes."""
    game = Game.new(worth("grain", points), 1)
    turn_of(game, "birch")

    chosen = greedy(game.view("birch"), stances(game), 7)

    assert chosen.move == Stance("birch", NAME, answer)
    assert "grain" in chosen.rationale


def test_greedy_keeps_quiet_where_the_neutral_answer_is_best() -> None:
    """It is what counts anyway."""
    scenario = worth("grain", 0)
    game = Game.new(scenario, 1)
    turn_of(game, "birch")
    only = [move for move in stances(game) if move.verb == "end" or move == Stance("birch", NAME, "keep")]

    assert greedy(game.view("birch"), only, 7).move.verb == "end"


def test_random_answers_to_cards_are_random_answers_to_a_crisis() -> None:
    """Each answer comes, also the neutral one."""
    game = Game.new(a_crisis(), 1)
    decide = bot("random-choices")

    given = {decide(game.view("amber"), game.legal_moves(), luck).move for luck in range(200)}

    assert given == {Stance("amber", NAME, option) for option in ("keep", "share", "take")}


@pytest.mark.parametrize("name", ["random", "greedy", "search:8"])
def test_every_bot_plays_a_game_with_a_crisis(name: str) -> None:
    """To its end, by legal moves."""
    game, decide = Game.new(a_crisis(), 3, 2), bot(name)
    for nth in range(500):
        if game.over:
            break
        assert game.to_act is not None
        game.apply(decide(game.view(game.to_act), game.legal_moves(), nth * 7919).move)

    assert game.over
