"""Communiqués that are chosen: one of several, none, or one for nothing."""

from __future__ import annotations

from functools import cache

import pytest

from tests.rules.boards import (
    a_game,
    bargaining_in_words,
    do,
    edit,
    go_on,
    mini,
    next_round,
    of_kind,
    still,
    still_but,
    turn_of,
    wordy,
)
from wargame.bots.plain import plain_view, read_view
from wargame.content.load import check_texts
from wargame.lab.fuzz import fuzz_game
from wargame.lab.laws import play_under_laws
from wargame.rules.events import Accused, CommuniqueIssued, DealSigned, InfluenceSpent, to_plain
from wargame.rules.game import Game
from wargame.rules.moves import Accuse, Announce, Answer, Counter, Move
from wargame.rules.options import refusal_of
from wargame.rules.scenario import Scenario
from wargame.rules.state import SILENT
from wargame.rules.view import imagine, view
from wargame.words import Words

EMPTY = Announce("amber", "birch", "2")


@cache
def still_wordy() -> Scenario:
    return still_but("still wordy", pairs=wordy().spec.pairs)


def offered(scenario: Scenario | None = None, secrecy: str = "secret") -> Game:
    """Birch has to answer Amber's offer of bread for coin."""
    game = a_game(scenario or still_wordy())
    do(game, "amber", "offer", "bread-for-coin", "small", secrecy, 2)
    go_on(game, lambda state: state.to_act == "birch")
    return game


def replies(game: Game) -> list[Move]:
    return [move for move in game.legal_moves() if isinstance(move, Answer)]


# --- signing -------------------------------------------------------------------------------------------


def test_who_signs_in_secret_picks_the_words_or_none() -> None:
    yes = [Answer("birch", "bread-for-coin", "yes", words) for words in ("1", "2", "")]

    assert replies(offered()) == [*yes, Answer("birch", "bread-for-coin", "no")]
    assert replies(offered(secrecy="open")) == [yes[-1], Answer("birch", "bread-for-coin", "no")]
    assert replies(offered(still())) == [yes[-1], Answer("birch", "bread-for-coin", "no")]


def test_an_answer_with_words_goes_to_plain_and_back() -> None:
    worded, bare = Answer("birch", "bread-for-coin", "yes", "2"), Answer("birch", "bread-for-coin", "yes")

    assert worded.to_plain() == ["birch", "answer", "bread-for-coin", "yes", "2"]
    assert bare.to_plain() == ["birch", "answer", "bread-for-coin", "yes"]
    assert [Move.from_plain(move.to_plain()) for move in (worded, bare)] == [worded, bare]


@pytest.mark.parametrize(("words", "said"), [("1", "a friendly visit"), ("2", "a talk about bread")])
def test_the_public_hears_what_was_picked(words: str, said: str) -> None:
    game = offered()
    game.apply(Answer("birch", "bread-for-coin", "yes", words))

    events = next_round(game)

    [issued] = of_kind(events, CommuniqueIssued)
    assert issued == CommuniqueIssued(None, "amber", "birch", words)
    assert Words(game.scenario).event(issued) == f"Amber and Birch speak of “{said}”."
    assert [(deal.template, deal.words) for deal in game.view("cedar").deals] == [("?", words)]


def test_of_a_deal_without_words_the_public_hears_nothing() -> None:
    """Not even that there was a meeting; but a suspicion is one all the same."""
    game = offered()
    game.apply(Answer("birch", "bread-for-coin", "yes"))

    assert of_kind(next_round(game), CommuniqueIssued) == []
    assert game.state.deals[0].words == SILENT
    assert game.view("cedar").deals == ()
    assert game.view(None).deals == ()
    edit(game, deals=(game.state.deals[0]._replace(suspected=("cedar",)),))
    assert [deal.suspected for deal in game.view("cedar").deals] == [("cedar",)]
    assert view(imagine(game.view("cedar"), 3), "cedar") == game.view("cedar")


def test_a_pair_with_one_phrase_is_as_ever() -> None:
    """Its bytes, its windows and what is told of it."""
    game = offered(still())
    game.apply(Answer("birch", "bread-for-coin", "yes"))
    next_round(game)

    assert game.state.deals[0].words == ""
    assert "words" not in plain_view(game.view("amber"))["deals"][0]
    assert b',[0,0],""]' not in game.to_bytes()
    assert to_plain(CommuniqueIssued(None, "amber", "birch"))[2] == ("amber", "birch")
    assert not [move for move, _why in game.options() if isinstance(move, Announce)]


# --- for nothing ---------------------------------------------------------------------------------------


def test_one_for_nothing_reads_like_any_other() -> None:
    """To all but the two: the same event, and the same window."""
    real, empty = offered(), a_game(still_wordy())
    real.apply(Answer("birch", "bread-for-coin", "yes", "2"))
    turn_of(empty, "amber")
    empty.apply(EMPTY)

    one, two = next_round(real), next_round(empty)

    assert of_kind(one, CommuniqueIssued) == of_kind(two, CommuniqueIssued) != []
    for seat in ("cedar", None):
        assert real.view(seat).deals == empty.view(seat).deals != ()
    assert not of_kind(two, DealSigned)
    assert [event.amount for event in of_kind(two, InfluenceSpent) if event.seat == "amber"] == [1]


def test_the_two_know_that_it_is_empty() -> None:
    """The other side from the reveal on."""
    game = a_game(still_wordy())
    turn_of(game, "amber")
    before = {seat: game.view(seat) for seat in ("birch", "cedar", None)}
    game.apply(EMPTY)
    assert {seat: game.view(seat) for seat in before} == before

    next_round(game)

    for seat in ("amber", "birch"):
        assert [deal.empty for deal in game.view(seat).deals] == [True]
        told = " ".join(Words(game.scenario).state_of(game.view(seat)))
        assert "spoke of “a talk about bread”; nothing is signed" in told
    assert [deal.empty for deal in game.view("cedar").deals] == [False]


def test_one_a_round_and_one_influence() -> None:
    game = a_game(still_wordy())
    turn_of(game, "amber")
    game.apply(EMPTY)

    assert str(refusal_of(game.state, EMPTY)) == "you have published something already this round"
    next_round(game)
    turn_of(game, "amber")
    assert refusal_of(game.state, EMPTY) is None
    edit(game, influence={"amber": 0})
    assert str(refusal_of(game.state, EMPTY)) == "it costs ¤1, you have ¤0"


def test_a_position_with_an_empty_one_is_saved_whole() -> None:
    game = a_game(still_wordy())
    turn_of(game, "amber")
    game.apply(EMPTY)
    next_round(game)

    assert Game.from_bytes(game.to_bytes(), game.scenario) == game
    for seat in game.scenario.seat_ids:
        assert read_view(plain_view(game.view(seat)), game.scenario) == game.view(seat)


def test_an_empty_one_may_be_imagined_behind_any_communique() -> None:
    game = a_game(still_wordy())
    turn_of(game, "amber")
    game.apply(EMPTY)
    next_round(game)

    dreams = [imagine(game.view("cedar"), luck).deals[0].empty for luck in range(40)]

    assert {True, False} == set(dreams)
    assert all(imagine(game.view("birch"), luck).deals[0].empty for luck in range(10))


# --- with counter-offers -------------------------------------------------------------------------------


@cache
def still_bargaining_in_words() -> Scenario:
    spec = bargaining_in_words().spec
    parts = {"pairs": spec.pairs, "accusations": spec.accusations, "deals": spec.deals}
    return still_but("still bargaining in words", rules=spec.rules, **parts)


def countered() -> Game:
    """Birch has said yes to Amber's open offer, but in secret; it is Amber's last word, without influence."""
    game = offered(still_bargaining_in_words(), "open")
    game.apply(Counter("birch", "bread-for-coin", "small", "secret", 2, "amber/cakes"))
    edit(game, influence={"amber": 0})
    go_on(game, lambda state: state.phase == "answers" and state.to_act == "amber")
    return game


def test_yes_to_a_secret_counter_offer_picks_the_words_and_costs_no_more() -> None:
    game = countered()
    yes = [Answer("amber", "bread-for-coin", "yes", words) for words in ("1", "2", "")]
    assert replies(game) == [*yes, Answer("amber", "bread-for-coin", "no")]

    game.apply(yes[1])

    assert game.state.influence["amber"] == 0
    assert of_kind(next_round(game), CommuniqueIssued) == [CommuniqueIssued(None, "amber", "birch", "2")]
    assert (game.state.deals[0].more, game.state.deals[0].words) == ("amber/cakes", "2")
    assert [deal.more for deal in game.view("cedar").deals] == [""]
    assert Game.from_bytes(game.to_bytes(), game.scenario) == game
    assert read_view(plain_view(game.view("amber")), game.scenario) == game.view("amber")


def test_a_deal_signed_by_counter_offer_can_be_accused() -> None:
    game = countered()
    game.apply(Answer("amber", "bread-for-coin", "yes", "1"))
    next_round(game)
    turn_of(game, "cedar")
    edit(game, influence={"cedar": 2})
    game.apply(Accuse("cedar", "amber+birch", 1))

    assert [said.right for said in of_kind(next_round(game), Accused)] == [True]


@pytest.mark.parametrize("seed", range(4))
def test_random_games_with_all_of_it_keep_all_laws(seed: int) -> None:
    _decisions, broken = fuzz_game(bargaining_in_words(), 720 + seed, rounds=3, thorough=True)

    assert broken is None


# --- in a scenario -------------------------------------------------------------------------------------


def test_a_pair_has_one_phrase_or_several() -> None:
    for keys in ("", ", communique: a, communiques: [b]"):
        texts = {name: text.encode() for name, text in mini().texts.items()}
        texts["scenario.yaml"] = texts["scenario.yaml"].replace(
            b", communique: a friendly visit", keys.encode()
        )

        assert [one.message for one in check_texts(texts).complaints] == [
            "needs exactly one of `communique`, `communiques`"
        ]


@pytest.mark.parametrize("seed", range(8))
def test_random_games_with_chosen_words_keep_all_laws_at_every_step(seed: int) -> None:
    decisions, broken = fuzz_game(wordy(), 700 + seed, rounds=2 + seed % 2, thorough=True)

    assert broken is None
    assert decisions > 5


def test_a_game_full_of_words_keeps_the_laws() -> None:
    """Whoever may publish, answer with words or accuse does."""
    game, said, kinds = Game.new(wordy(), 4, 3), 0, (Announce, Accuse, Answer)
    for nth in range(400):
        if game.over:
            break
        moves = game.legal_moves()
        eager = [move for move in moves if isinstance(move, kinds)]
        move = eager[nth % len(eager)] if eager and nth % 3 else moves[nth * 31 % len(moves)]
        events, breach = play_under_laws(game, move, nth)
        assert breach is None
        said += len(of_kind(events, CommuniqueIssued))

    assert game.over
    assert said > 2
