"""The public face: games from seeds, moves and refusals, clones, bytes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.boards import a_game, honeymoon, mini, turn_of
from wargame import Game, IllegalMove, Move, WargameError, imagine, load_scenario
from wargame.errors import NotASave
from wargame.rules.events import NewsCame
from wargame.rules.luck import draw, percent, shuffled
from wargame.rules.moves import (
    REFUSALS,
    SEAT_MOVES,
    Choose,
    Commit,
    Dial,
    Discard,
    End,
    Mark,
    Refusal,
    Signal,
    Stand,
)


def played(seed: int, moves: int = 10_000) -> Game:
    """A random game of the mini scenario, so many moves long."""
    game = Game.new(mini(), seed)
    for nth in range(moves):
        if game.over:
            break
        legal = game.legal_moves()
        game.apply(legal[draw(seed, 0, 0, "test", "", nth) % len(legal)])
    return game


def test_a_game_goes_as_the_front_page_says() -> None:
    """The loop other programs are written against."""
    game = Game.new(load_scenario("honeymoon"), seed=7)
    assert game.state.rounds == 6

    while not game.over:
        seat = game.to_act
        assert seat in game.scenario.seat_ids
        moves = game.legal_moves()
        game.apply(moves[0])
        assert game.view(seat).seat == seat

    assert game.scores.keys() == set(game.scenario.seat_ids)
    assert Game.from_bytes(game.to_bytes(), game.scenario) == game


def test_the_same_seed_and_moves_make_the_same_game() -> None:
    """Byte for byte; another seed makes another."""
    assert played(3).to_bytes() == played(3).to_bytes()
    assert played(3).to_bytes() != played(4).to_bytes()


def test_luck_is_keyed_not_counted() -> None:
    """Two games that part at one decision keep the same luck everywhere else: the same news come."""
    one, other = Game.new(mini(), 11, 6), Game.new(mini(), 11, 6)
    turn_of(other, "birch")
    other.apply(Signal("birch", "sow"))
    news = []
    for game in (one, other):
        drawn = [event.cause for event in game.opening if isinstance(event, NewsCame)]
        while not game.over:
            drawn += [
                event.cause for event in game.apply(game.legal_moves()[0]) if isinstance(event, NewsCame)
            ]
        news.append(drawn)

    assert news[0] == news[1]


@pytest.mark.parametrize("rounds", [0, 9, -1])
def test_a_length_the_scenario_does_not_have_is_refused(rounds: int) -> None:
    """From one round to the most that the scenario allows."""
    with pytest.raises(ValueError, match=f"rounds must be between 1 and 8, not {rounds}"):
        Game.new(mini(), 1, rounds)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_is_a_whole_number_of_63_bits(seed: int) -> None:
    """Negative and larger seeds are refused."""
    with pytest.raises(ValueError, match="a seed is a whole number"):
        Game.new(mini(), seed)


def test_a_clone_is_independent() -> None:
    """Neither sees what is done to the other."""
    game = played(5, 20)
    raw, copy = game.to_bytes(), game.clone()
    assert copy == game

    copy.apply(copy.legal_moves()[-1])

    assert game.to_bytes() == raw
    assert copy != game


def test_bytes_without_a_scenario_are_looked_up() -> None:
    """Among the scenarios loaded in this process, by hash."""
    game = played(6, 30)

    assert Game.from_bytes(game.to_bytes()) == game


SPOILERS: list[Callable[[bytes], bytes]] = [
    lambda raw: raw[:-1],
    lambda raw: b"",
    lambda raw: raw[:40] + b"x" + raw[41:],
    lambda raw: b"x" + raw,
    lambda raw: raw + b" ",
]


@pytest.mark.parametrize("spoil", SPOILERS)
def test_other_bytes_are_refused(spoil: Callable[[bytes], bytes]) -> None:
    """Anything that `to_bytes` did not make is one sentence, not a slightly different game."""
    raw = played(6, 30).to_bytes()

    with pytest.raises(NotASave):
        Game.from_bytes(spoil(raw), mini())


def test_bytes_of_another_scenario_are_refused() -> None:
    """The hash of the scenario is part of the bytes."""
    with pytest.raises(NotASave, match="another scenario"):
        Game.from_bytes(a_game(mini()).to_bytes(), honeymoon())


def test_a_game_equals_only_a_game() -> None:
    """And it does not hash, because it changes."""
    assert a_game() != "a game"
    with pytest.raises(TypeError):
        hash(a_game())
    assert repr(a_game()) == "<Game mini round 1 orders>"


NO_MOVES: list[list[object]] = [
    [],
    ["amber"],
    ["amber", "fly"],
    [1, "end"],
    ["amber", ["end"]],
    ["amber", "end", "now"],
    ["amber", "commit"],
    ["amber", "commit", 1.5],
    ["amber", "commit", None],
    ["amber", "commit", True],
    ["amber", "commit", "squeeze", ""],
    ["amber", "commit", "squeeze", "wood", "salt"],
    ["amber", "offer", ["x"]],
    ["amber", "offer", "bread-for-coin", "small", "open", "2"],
    ["amber", "set-track", "heat", 7],
]


@pytest.mark.parametrize("plain", NO_MOVES, ids=repr)
def test_what_is_no_move_is_refused(plain: list[object]) -> None:
    """A move is a seat, a known verb, and what goes with that verb: texts and whole numbers."""
    with pytest.raises(ValueError, match="not a move"):
        Move.from_plain(plain)


def test_moves_are_values() -> None:
    """They hash, compare, print on one line, and survive any file format."""
    moves = {move for seed in range(6) for move in played(seed, 15).legal_moves()}

    for move in moves:
        assert Move.from_plain(move.to_plain()) == move
        assert "\n" not in str(move)
        assert move.verb in SEAT_MOVES


def test_moves_of_different_kinds_are_never_equal() -> None:
    """Even if the same words stand in both."""
    alike = {Commit("amber", "x"), Discard("amber", "x"), Signal("amber", "x"), Stand("amber", "x")}
    alike |= {Choose("amber", "x"), Mark("amber", "x", "y"), Dial("amber", "x", "y")}

    assert len(alike) == 7
    assert Commit("amber", "x") == Commit("amber", "x", "")


def test_every_refusal_is_a_whole_clause() -> None:
    """The sentence for each rule has every fact that it names."""
    for rule in REFUSALS:
        assert "{" not in str(Refusal(rule, seat="amber", number=2, has=1, need="card:listen:0"))


def test_an_illegal_move_is_one_of_our_errors() -> None:
    """Callers may catch the whole tree at its root."""
    with pytest.raises(WargameError):
        a_game().apply(End("cedar"))
    assert issubclass(IllegalMove, WargameError)


def test_an_imagined_world_is_not_the_true_one() -> None:
    """Its seed is its own, and other luck imagines other hands."""
    game = played(7, 25)
    seat = game.to_act
    assert seat is not None
    dreams = [imagine(game.view(seat), luck) for luck in range(30)]

    assert game.state.seed not in {dream.seed for dream in dreams}
    other = next(one for one in mini().seat_ids if one != seat)
    assert len({dream.hands[other] for dream in dreams}) > 5
    assert all(dream.hands[seat] == game.state.hands[seat] for dream in dreams)


def test_the_die_is_fair_enough() -> None:
    """Over many keys every face comes up about as often."""
    faces = [percent(draw(1, 0, 1, "roll", str(nth))) for nth in range(20_000)]

    assert (min(faces), max(faces)) == (1, 100)
    assert all(120 < faces.count(face) < 280 for face in range(1, 101))


def test_shuffling_keeps_what_is_shuffled() -> None:
    """Every order of three comes up."""
    orders = {tuple(shuffled("abc", seed, 0, 0, "test")) for seed in range(100)}

    assert len(orders) == 6
