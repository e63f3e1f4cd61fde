"""Windows and moves as numbers, and the PettingZoo environment over them."""

from __future__ import annotations

import subprocess
import sys
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from pettingzoo.test import api_test, seed_test

from tests.rules import boards
from tests.rules.boards import honeymoon, mini
from tests.table.white_cell import a_card, act, random_act
from wargame.errors import ContentError, IllegalMove
from wargame.lab.encode import Encoder
from wargame.lab.env import WargameEnv, env
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario
from wargame.rules.view import imagine, view

EXAMPLES = Path(__file__).parents[2] / "examples"


def random_moves(game: Game, seed: int) -> Any:
    """Play at random to the end; yields before each move."""
    dice = Random(seed)
    while not game.over:
        yield
        game.apply(dice.choice(game.legal_moves()))


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", [mini(), honeymoon()], ids=lambda scenario: scenario.id)
def test_every_legal_move_has_a_number_of_its_own(scenario: Scenario) -> None:
    """In every position the legal moves and their numbers stand for each other."""
    encoder = Encoder(scenario)
    for seed in range(6):
        game = Game.new(scenario, seed)
        for _ in random_moves(game, seed):
            seen, moves = game.view(game.to_act), game.legal_moves()
            numbers = [encoder.number(seen, move) for move in moves]
            assert sorted(numbers) == encoder.legal(seen)
            assert len(set(numbers)) == len(moves)
            assert [encoder.move(game.state, number) for number in numbers] == list(moves)


def test_the_numbering_is_a_function_of_the_scenario() -> None:
    """Two encoders agree, and no seat has a move twice."""
    one, two = Encoder(honeymoon()), Encoder(honeymoon())

    assert one.moves == two.moves
    assert one.names == two.names
    assert len(set(one.names)) == len(one.names)
    for moves in one.moves.values():
        assert len(set(moves)) == len(moves) <= one.size


def test_only_the_seat_to_act_has_legal_moves() -> None:
    """The mask of everybody else is empty."""
    encoder, game = Encoder(mini()), Game.new(mini(), 3)
    for _ in random_moves(game, 3):
        for seat in mini().seat_ids:
            assert any(encoder.mask(game.view(seat))) == (seat == game.to_act)


@pytest.mark.parametrize("scenario", [mini(), honeymoon()], ids=lambda scenario: scenario.id)
def test_a_row_tells_no_more_than_the_window(scenario: Scenario) -> None:
    """A world that looks the same to a seat gives the same row and the same legal numbers."""
    encoder, game = Encoder(scenario), Game.new(scenario, 11)
    for nth, _ in enumerate(random_moves(game, 11)):
        for seat in scenario.seat_ids if nth % 10 == 0 else ():
            seen = game.view(seat)
            other = view(imagine(seen, nth), seat)
            assert encoder.observe(other) == encoder.observe(seen)
            assert encoder.legal(other) == encoder.legal(seen)


def test_a_row_fits_its_box_and_shows_what_is_known() -> None:
    """Numbers lie between -1 and 1; the public track, the own hand and the own seat can be read off."""
    encoder = Encoder(honeymoon())
    game = Game.new(honeymoon(), 4)
    for _ in random_moves(game, 4):
        seat = game.to_act or ""
        seen = game.view(seat)
        row = encoder.observe(seen)
        read = dict(zip(encoder.names, row, strict=True))
        assert all(-1 <= number <= 1 for number in row)
        assert [name for name in read if name.startswith("seat/") and read[name]] == [f"seat/{seat}"]
        assert read["track/front/value"] == seen.tracks["front"] / 10
        assert read["track/trust/known"] == (seat in ("dprk", "russia"))
        held = {honeymoon().decks[seat][slot] for slot in range(12) if read[f"slot/{slot}/hand"]}
        assert held == set(seen.hands[seat])


def test_a_row_tells_how_lately_a_card_was_played_that_conditions_ask_for() -> None:
    game = boards.a_game(boards.more())
    encoder = Encoder(game.scenario)
    at = encoder.names.index("card/sow/played")
    told = [encoder.observe(game.view("cedar"))[at]]

    boards.play(game, "birch", "sow")
    told.append(encoder.observe(game.view("cedar"))[at])
    boards.next_round(game)
    told.append(encoder.observe(game.view("cedar"))[at])

    assert told == [0.0, 1 / 2, 1 / 3]  # never, a round ago, two
    assert "card/last-loaf/played" not in encoder.names


def test_a_number_that_stands_for_nothing_here_is_refused() -> None:
    """Numbers past the seat's last, and answers to a choice that nobody asks, are no moves."""
    encoder, game = Encoder(honeymoon()), Game.new(honeymoon(), 4)
    while game.state.phase != "orders":
        game.apply(game.legal_moves()[0])
    seat = game.to_act or ""
    answer = next(at for at, one in enumerate(encoder.moves[seat]) if one.path)

    with pytest.raises(IllegalMove, match="nobody asks that now"):
        encoder.move(game.state, answer)
    with pytest.raises(IllegalMove, match="has no move of number 9999"):
        encoder.move(game.state, 9999)


def peeks_and_asks() -> str:
    """A card written on the spot: it shows cedar what no card of the deck shows, and asks birch."""
    options = [{"id": "no", "label": "No"}, {"id": "yes", "label": "Yes"}]
    peek = {"peek": {"good": "cakes", "seat": "amber", "to": ["cedar"]}}
    return a_card("A visitor", peek, {"choose": {"seat": "birch", "prompt": "Well?", "options": options}})


def test_what_a_facilitator_writes_on_the_spot_can_be_played_by_number() -> None:
    """Its answers have the numbers of their places; the row has its length and the old numbering holds."""
    world = WargameEnv(mini())
    world.reset(seed=2)
    world.game.apply(act("improvise", peeks_and_asks(), 0))
    world.agent_selection = world.game.to_act or ""
    seen = world.game.view("birch")

    assert world.agent_selection == "birch"
    assert world.encoder.legal(seen) == [0, 1]
    assert [world.encoder.move(seen, at) for at in (0, 1)] == list(world.game.legal_moves())
    with pytest.raises(IllegalMove, match="birch has no move of number 2 here"):
        world.step(2)
    world.step(1)
    assert world.game.view("cedar").findings
    assert world.observation_space("cedar").contains(world.observe("cedar"))
    assert Encoder(world.game.scenario).moves == Encoder(mini()).moves
    assert Encoder(world.game.scenario).names == Encoder(mini()).names


def test_games_with_a_busy_facilitator_can_be_seen_and_played() -> None:
    """After every act every seat has its row, and each legal move is the move of its number."""
    encoder = Encoder(mini())
    for seed in range(8):
        game = Game.new(mini(), seed)
        for nth, _ in enumerate(random_moves(game, seed)):
            if nth % 3 == 0 and (move := random_act(game, seed, nth)) is not None:
                game.apply(move)
            for seat in mini().seat_ids:
                assert len(encoder.observe(game.view(seat))) == len(encoder.names)
            if game.over:
                break
            numbers = encoder.legal(game.view(game.to_act))
            assert {encoder.move(game.state, number) for number in numbers} == set(game.legal_moves())


# --- PettingZoo ----------------------------------------------------------------------------------------

TASTE = (
    "ignore:We recommend agents to be named",  # they are called as at the table
    "ignore:Observation is not a NumPy array",  # a row and a mask, as other card games have it
    "ignore:Observation space for each agent probably should be",
    "ignore:Action mask numpy array is all zeros",  # when the game is over
)


def with_taste(test: Any) -> Any:
    """Let the checker's wishes about names and shapes pass; its other warnings are errors."""
    for wish in TASTE:
        test = pytest.mark.filterwarnings(wish)(test)
    return test


@with_taste
@pytest.mark.parametrize("rounds", [1, 6])
def test_pettingzoo_accepts_it(rounds: int) -> None:
    """The library's own test of an environment passes, in a game that ends and in one that goes on."""
    api_test(env("honeymoon", rounds=rounds), num_cycles=300 if rounds == 1 else 60)


@with_taste
def test_pettingzoo_finds_it_repeatable() -> None:
    """The library's own test that equal seeds give equal games passes."""
    seed_test(lambda: env("honeymoon", rounds=2), num_cycles=60)


def play(world: Any, seed: int | None = None) -> tuple[list[int], dict[str, float], dict[str, Any]]:
    """A game at random: the moves, the reward of every seat, and the last infos."""
    world.reset(seed=seed)
    dice, moves, gained = Random(5), list[int](), dict.fromkeys(world.possible_agents, 0.0)
    infos: dict[str, Any] = {}
    for seat in world.agent_iter():
        seen, reward, over, _, infos[seat] = world.last()
        gained[seat] += reward
        move = None if over else dice.choice([int(at) for at in seen["action_mask"].nonzero()[0]])
        moves += [] if move is None else [move]
        world.step(move)
    return moves, gained, infos


def test_rewards_are_margins_at_the_end() -> None:
    """Each seat gets, once, its distance from the line in its spreads; the sum is not zero."""
    world = env(mini(), rounds=3)
    _moves, gained, infos = play(world, seed=8)
    lines = world.unwrapped.game.lines

    assert gained == {seat: line.margin for seat, line in lines.items()}
    assert sum(gained.values()) != 0
    assert {seat: info["rank"] for seat, info in infos.items()} == {s: li.rank for s, li in lines.items()}


def test_a_seed_fixes_the_row_of_games() -> None:
    """The same seed gives the same games one after another, and they are not all the same game."""
    one, two = env(mini()), env(mini())
    first = [play(one, 8), play(one), play(one)]
    second = [play(two, 8), play(two), play(two)]

    assert first == second
    assert first[0] != first[1] != first[2]


def test_the_first_game_of_a_seed_is_the_tables() -> None:
    """`reset(seed)` starts the very game that a table starts with that seed."""
    world = WargameEnv(mini(), rounds=4)
    world.reset(seed=31)

    assert world.game == Game.new(mini(), 31, 4)


def test_an_illegal_number_changes_nothing() -> None:
    """What the mask forbids is refused with one sentence, and the game goes on as if nothing was said."""
    world = WargameEnv(mini())
    world.reset(seed=1)
    mask = world.observe(world.agent_selection)["action_mask"]
    before = world.game.to_bytes()

    with pytest.raises(IllegalMove):
        world.step(int(np.flatnonzero(mask == 0)[0]))
    with pytest.raises(IllegalMove, match="None is no move"):
        world.step(None)

    assert before == world.game.to_bytes()


def test_what_cannot_be_played_is_said_at_once() -> None:
    """An unknown scenario and an impossible length are errors when the environment is made."""
    with pytest.raises(ContentError):
        env("no-such-scenario")
    with pytest.raises(ValueError, match="rounds must be between 1 and"):
        env(mini(), rounds=99)


def test_it_shows_only_what_the_room_may_know() -> None:
    """The text of `render` has the public tracks and nothing that is hidden."""
    world = WargameEnv(honeymoon(), render_mode="ansi")
    world.reset(seed=1)
    shown = world.render() or ""

    assert "front" in shown
    assert "trust" not in shown
    assert WargameEnv(honeymoon()).render() is None


@pytest.mark.soak
def test_the_example_trains() -> None:
    """The example in `examples/` runs, and what it learned is better than the average game."""
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", EXAMPLES / "train.py"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    best = [float(line.split()[0]) for line in done.stdout.splitlines()]

    assert done.stderr == ""
    assert len(best) == 5
    assert best == sorted(best, reverse=True)


def test_the_page_has_the_layout() -> None:
    """`docs/players.md` has the length of the list, Japan's ranges, and the first word of every name."""
    page = (EXAMPLES.parent / "docs" / "players.md").read_text(encoding="utf-8")
    encoder, at = Encoder(honeymoon()), 0
    for verb, group in groupby(encoder.moves["japan"], key=lambda one: one.move.verb):
        count = len(list(group))
        numbers = f"{at}–{at + count - 1}" if count > 1 else f"{at}"
        assert f"| {numbers} | `{verb}` |" in page
        at += count
    assert f"that length is {encoder.size}," in page
    for name in encoder.names:
        first, *rest = name.split("/")
        assert f"`{first}/" in page if rest else f"`{first}`" in page
