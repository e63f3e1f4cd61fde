"""Whether a card has been played: this round, lately, or ever; of what all could see."""

from __future__ import annotations

import pytest

from tests.content.decks import said, texts
from tests.rules.boards import a_game, edit, give, more, next_round, odds_of, play, turn_of
from wargame.content.exercise_check import card_problems
from wargame.rules.conditions import Condition
from wargame.rules.game import Game
from wargame.rules.moves import Commit
from wargame.rules.predicates import compile_condition
from wargame.rules.preview import preview
from wargame.rules.view import imagine, view
from wargame.words import Words

EVER, NOW, LATELY = (Condition(card="sow", rounds=rounds) for rounds in (None, 1, 2))


def asked(game: Game) -> list[bool]:
    return [compile_condition(one)(game.view("cedar")) for one in (EVER, NOW, LATELY)]


def test_a_played_card_is_remembered_by_the_round() -> None:
    """Counting this one; what comes later, the discards going back into the deck, makes no odds."""
    game = a_game(more())
    assert asked(game) == [False, False, False]

    play(game, "birch", "sow")
    assert asked(game) == [True, False, True]

    edit(game, discards={"birch": ()})
    next_round(game)
    assert asked(game) == [True, False, False]
    assert game.state.played == {"sow": 1}


def test_it_is_put_in_words() -> None:
    words = Words(more())

    assert [words.condition(one) for one in (EVER, NOW, LATELY)] == [
        "Birch has played “Sow”",
        "Birch has played “Sow” this round",
        "Birch has played “Sow” in the last two rounds",
    ]
    assert words.card_text("second-helping")[:2] == [
        "Needs: Birch has played “Sow”",
        "If Amber has played “Stoke the oven” this round: Birch's influence ▲2",
    ]
    assert words.face("second-helping")[:2] == ["needs Sow played", "If Stoke the"]


def test_who_only_lays_a_card_down_has_not_played_it() -> None:
    """Face down it is nobody's business; what is discarded for the printed action was never played."""
    game = give(a_game(more()), "birch", "sow")
    turn_of(game, "birch")
    game.apply(Commit("birch", "sow"))

    assert game.state.played == {}
    assert not compile_condition(EVER)(game.view("birch"))


def test_a_card_counts_itself_once_it_turns_over() -> None:
    """Its own `if` is answered after it has been played, and foreseen so; its odds are from before."""
    game = a_game(more())
    play(game, "birch", "sow")
    give(game, "birch", "second-helping")
    turn_of(game, "birch")
    coin = game.state.goods["birch"]["coin"]

    told = preview(game.view("birch"), Commit("birch", "second-helping"))

    assert told.changes["good", "birch", "coin"] == 1
    assert told.changes["track", "grain"] == 1
    assert [odds.chance for odds in told.odds] == [40]
    play(game, "birch", "second-helping")
    assert game.state.goods["birch"]["coin"] >= coin + 1


def test_odds_count_what_lies_open() -> None:
    game = edit(a_game(more()), played={"stall-at-the-fair": 1, "sow": 1})

    assert odds_of(game, "second-helping") == 60
    next_round(game)
    assert odds_of(game, "second-helping") == 60
    next_round(game)
    assert odds_of(game, "second-helping") == 40


def test_everybody_sees_and_imagines_the_same() -> None:
    """It is public, so every window and every world behind it has it; a save keeps it."""
    game = a_game(more())
    play(game, "birch", "sow")

    for seat in game.scenario.seat_ids:
        seen = view(game.state, seat)
        assert seen.played == imagine(seen, 3).played == {"sow": 1}
    assert Game.from_bytes(game.to_bytes(), game.scenario).state.played == {"sow": 1}


def test_only_what_is_asked_for_is_kept() -> None:
    """A scenario that never asks plays the same bytes as ever."""
    game = a_game(more())
    play(game, "amber", "mill-song")
    assert game.state.played == {}


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ("card: sew", "there is no card `sew`"),
        ("card: nightwatch", "is quiet: nobody else can tell"),
        ("card: sow, rounds: 0", "must be 1 to 20"),
        ("flag: market, rounds: 1", "only a `card` was played"),
        ("card: sow, flag: market", "several things at once"),
    ],
)
def test_the_loader_refuses(wrong: str, complaint: str) -> None:
    files = dict(texts())
    files["birch.yaml"] = files["birch.yaml"].replace(
        "  text: Red sky", f"  needs: [{{{wrong}}}]\n  text: Red sky"
    )

    assert any(complaint in line for line in said(files))


def test_what_is_written_on_the_spot_asks_for_what_is_kept() -> None:
    """Of other cards nobody has kept note, and the answer would be wrong."""
    card = {"title": "-", "text": "", "effects": []}
    asks = [
        {"if": {"when": {"card": name}, "then": [{"ease": {"track": "heat", "toward": 2}}]}}
        for name in ("sow", "levy")
    ]

    assert card_problems(more(), card | {"effects": asks[:1]}) == []
    assert any("keeps note of it" in line for line in card_problems(more(), card | {"effects": asks[1:]}))
