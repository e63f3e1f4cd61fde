"""Bots: a view, the moves and luck in; a legal move and its reason out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tests.rules.boards import a_game, edit, give, honeymoon, mini, sign, turn_of, with_tracks
from wargame.bots import BOTS
from wargame.bots.base import bot_luck
from wargame.bots.greedy import COUNTER, NOISE, Greedy, gains_of, greedy, hope
from wargame.lab.simulate import simulate
from wargame.rules.game import Game
from wargame.rules.moves import Answer, Commit, Counter, End, Mark
from wargame.rules.scenario import Scenario
from wargame.rules.view import imagine, view

SLOW = ("search",)
EACH = [pytest.param(name, marks=[pytest.mark.soak] if name in SLOW else []) for name in sorted(BOTS)]


@pytest.mark.parametrize("name", EACH)
def test_a_bot_always_finds_a_legal_move(name: str) -> None:
    """In every position of a whole game, for whoever is to act."""
    game, nth = Game.new(mini(), 3, 4), 0
    while game.to_act is not None:
        choice = BOTS[name](game.view(game.to_act), game.legal_moves(), bot_luck(3, 0, 1, game.to_act, nth))
        assert choice.move in game.legal_moves()
        game.apply(choice.move)
        nth += 1

    assert game.over


@pytest.mark.parametrize("name", EACH)
def test_a_bot_knows_only_its_window(name: str) -> None:
    """In a world that looks the same to its seat, the bot does the same."""
    game = Game.new(mini(), 8, 4)
    for nth in range(60):
        if game.to_act is None:
            break
        seat, luck = game.to_act, nth * 7919
        dream = imagine(game.view(seat), nth)
        choice = BOTS[name](game.view(seat), game.legal_moves(), luck)
        assert BOTS[name](view(dream, seat), game.legal_moves(), luck) == choice
        game.apply(choice.move)


def test_the_same_luck_gives_the_same_choice() -> None:
    """A bot has no memory and no luck of its own."""
    game = Game.new(honeymoon(), 1)
    assert game.to_act is not None
    seen, moves = game.view(game.to_act), game.legal_moves()

    assert greedy(seen, moves, 77) == greedy(seen, moves, 77)


def test_a_bots_luck_is_not_the_dice() -> None:
    """The luck of bots is keyed apart: by seed, what-if, round, seat and decision."""
    lucks = {bot_luck(*key) for key in product((1, 2), (0, 1), (1, 2), "ab", (0, 1))}

    assert len(lucks) == 32


def test_greedy_takes_what_scores() -> None:
    """Birch's score rises with grain: with grain low it looks for the card that brings some."""
    game = with_tracks(a_game(mini()), grain=4)
    turn_of(game, "birch")
    with_tracks(give(game, "birch", "weather-eye", "walk-away"), grain=4)

    cards = [move for move in game.legal_moves() if move.verb in ("end", "commit")]
    choice = greedy(game.view("birch"), cards, 1)

    assert choice.move == Commit("birch", "weather-eye")
    assert "grain" in choice.rationale


def test_greedy_lays_no_card_that_hurts() -> None:
    """Raising the heat scores against Cedar, so the dare stays in hand."""
    game = a_game(mini())
    turn_of(game, "cedar")
    give(game, "cedar", "dare")

    cards = [move for move in game.legal_moves() if move.verb in ("end", "commit")]

    assert gains_of(game.view("cedar"), Commit("cedar", "dare"))["heat"] < 0
    assert greedy(game.view("cedar"), cards, 1).move == End("cedar")


def test_greedy_keeps_a_deal_that_pays() -> None:
    """It does not stop deliveries that bring it points."""
    game = a_game(mini())
    sign(game, "birch", "county-fair", "plain", "open", 2)
    turn_of(edit(game, round=1), "birch")
    while game.to_act is not None and game.state.round < 3:
        choice = greedy(game.view(game.to_act), game.legal_moves(), 5)
        assert not isinstance(choice.move, Mark) or choice.move.deal != "county-fair"
        game.apply(choice.move)


def test_greedy_beats_random() -> None:
    """In the same seat against the same others, looking one step ahead is worth more than luck."""
    for seat in mini().seat_ids:
        means = []
        for bot in ("random", "greedy"):
            seats = dict.fromkeys(mini().seat_ids, "random") | {seat: bot}
            means.append(simulate(mini(), seats, 40, seed=1).summary()["scores"][seat]["mean"])
        assert means[1] > means[0]


def test_greedy_counters_where_that_is_worth_more_than_yes_and_something_to_the_other_side() -> None:
    """It takes a counter-offer for signed by a fixed chance, and never makes one that nobody would sign."""
    spec = honeymoon().spec
    game = Game.new(Scenario(replace(spec, rules=replace(spec.rules, counters=True)), "bargaining"), 2, 3)
    minds, made = {seat: Greedy() for seat in game.scenario.seat_ids}, 0
    for nth in range(400):
        if game.to_act is None:
            break
        seen = game.view(game.to_act)
        move = minds[seen.seat or ""].move(seen, game.legal_moves(), bot_luck(2, 0, 1, game.to_act, nth))
        if isinstance(move, Counter):
            yes = Answer(move.seat, move.deal, "yes")
            gains = {one: sum(gains_of(seen, one).values()) for one in (move, yes)}
            assert hope(seen, move) == COUNTER
            assert gains[move] > gains[yes] - NOISE
            made += 1
        game.apply(move)

    assert made
