"""What the next rounds bring: another order of turns, and event cards that are called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.content.decks import said, texts
from tests.rules.boards import (
    a_card_that,
    a_game,
    edit,
    give,
    go_on,
    mini,
    more,
    next_round,
    of_kind,
    play,
    still,
    turn_of,
)
from wargame.lab.fuzz import fuzz_game
from wargame.rules.effects.flow import Choose, Option
from wargame.rules.effects.rounds import CallNews, Order
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import NewsCame, RoundBegan
from wargame.rules.game import Game
from wargame.rules.moves import Commit
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect, News
from wargame.rules.view import imagine, view
from wargame.words import Words

# --- the order of turns --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effects", "order"),
    [
        ((), ("birch", "cedar", "amber")),
        ((Order("cedar", "first"),), ("cedar", "birch", "amber")),
        ((Order("birch", "last"),), ("cedar", "amber", "birch")),
        ((Order("cedar", "first"), Order("amber", "first")), ("amber", "cedar", "birch")),
    ],
)
def test_a_seat_goes_first_or_last_in_the_next_round(
    effects: tuple[Effect, ...], order: tuple[str, ...]
) -> None:
    """This round keeps its order; from the next on the first goes to the end as ever."""
    game = a_game(a_card_that(*effects, Shift(1, track="heat")))
    before = game.state.order

    events = play(game, "amber", "test-card")

    assert before == ("amber", "birch", "cedar")
    assert game.state.order == of_kind(events, RoundBegan)[-1].order == order
    next_round(game)
    assert game.state.order == order[1:] + order[:1]
    assert game.state.schedule == ()


def test_what_a_quiet_card_does_to_the_order_shows_when_it_is_so() -> None:
    """Until then only its seat knows, and every imagined world agrees with what is seen."""
    asks = Choose("birch", "Well?", (Option("no", "No"), Option("yes", "Yes")))
    scenario = a_card_that(Order("cedar", "first"), quiet=True, speed=1)
    question = replace(scenario.cards["sow"], effects=(asks,), speed=5)
    deck = tuple(question if card.id == "sow" else card for card in scenario.spec.cards["birch"])
    game = a_game(
        Scenario(replace(scenario.spec, cards={**scenario.spec.cards, "birch": deck}), "quiet order")
    )
    for seat, card in (("amber", "test-card"), ("birch", "sow")):
        turn_of(give(game, seat, card), seat)
        game.apply(Commit(seat, card))
    go_on(game, lambda state: bool(state.stack))

    assert {seat: len(game.view(seat).schedule) for seat in game.scenario.seat_ids} == {
        "amber": 1,
        "birch": 0,
        "cedar": 0,
    }
    for seat in game.scenario.seat_ids:
        seen = view(game.state, seat)
        assert view(imagine(seen, 2), seat) == seen
    assert Game.from_bytes(game.to_bytes(), game.scenario) == game
    next_round(game)
    assert game.state.order == ("cedar", "birch", "amber")


def test_the_order_is_foreseen_if_there_is_another_round() -> None:
    game = give(a_game(a_card_that(Order("amber", "last")), rounds=2), "amber", "test-card")
    turn_of(game, "amber")
    assert preview(game.view("amber"), Commit("amber", "test-card")).changes["order", "amber"] == 1
    next_round(game)
    give(game, "amber", "test-card")
    turn_of(game, "amber")
    assert ("order", "amber") not in preview(game.view("amber"), Commit("amber", "test-card")).changes


# --- event cards that are called -----------------------------------------------------------------------


def calling(*effects: Effect, **about: Any) -> Scenario:
    """The still valley with two event cards, `storm` and `calm`, and a card that does this."""
    scenario = a_card_that(*effects, Shift(1, track="grain"), **about)
    storm = News("storm", "A storm", "p1", "", (Shift(2, track="heat"),), aside=True)
    calm = News("calm", "Calm", "p1", "", (Shift(-1, track="heat"),))
    rules = replace(scenario.spec.rules, news=0)
    return Scenario(replace(scenario.spec, news=(storm, calm), rules=rules), f"calling {effects} {about}")


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_called_card_comes_in_its_round(rounds: int) -> None:
    """All see it coming and it is told as any news; what it does is foreseen."""
    game = a_game(calling(CallNews("storm", rounds)))
    turn_of(game, "amber")
    give(game, "amber", "test-card")
    assert game.state.news == ("calm",)
    assert preview(game.view("amber"), Commit("amber", "test-card")).changes["track", "heat"] == 2

    events = play(game, "amber", "test-card")
    if rounds == 2:
        assert of_kind(events, NewsCame) == []
        assert {seat: [due.path for due in game.view(seat).schedule] for seat in ("amber", "cedar")} == {
            "amber": ["news/storm"],
            "cedar": ["news/storm"],
        }
        assert Game.from_bytes(game.to_bytes(), game.scenario) == game
        assert any(
            "“A storm” in the news" in line for line in Words(game.scenario).state_of(game.view("cedar"))
        )
        events = next_round(game)

    assert of_kind(events, NewsCame) == [NewsCame(None, "news/storm")]
    assert game.state.tracks["heat"] == 5


def test_who_called_it_quietly_stays_unknown() -> None:
    """What comes is for all; the card that brought it is nowhere in it."""
    game = a_game(calling(CallNews("storm", 2), quiet=True))
    play(game, "amber", "test-card")

    [due] = game.view("cedar").schedule
    assert (due.to, due.cause, due.who) == (None, "news/storm", "")
    for seat in game.scenario.seat_ids:
        seen = view(game.state, seat)
        assert view(imagine(seen, 2), seat) == seen


def test_a_called_card_is_drawn_no_more_and_may_come_again() -> None:
    """It leaves the deck for good; called anew it is there anew."""
    game = a_game(calling(CallNews("calm")))
    for times in (1, 2):
        events = play(game, "amber", "test-card")
        assert of_kind(events, NewsCame) == [NewsCame(None, "news/calm")]
        assert game.state.news == ()
        assert game.state.tracks["heat"] == 3 - times


def test_a_card_is_shuffled_in_once() -> None:
    game = a_game(calling(CallNews("storm", 0), CallNews("calm", 0)))

    play(game, "amber", "test-card")

    assert game.state.news == ("calm", "storm")
    assert game.state.schedule == ()


def test_a_card_that_calls_itself_is_not_followed_for_ever() -> None:
    scenario = more()

    assert scenario.programs.expected("news/hay-harvest")
    assert scenario.programs.expected("news/first-swallow")


def test_it_is_put_in_words() -> None:
    words = Words(calling(CallNews("storm")))
    effects = (CallNews("storm"), CallNews("storm", 3), CallNews("calm", 0), Order("cedar", "first"))

    assert words.effects(effects) == [
        "“A storm” comes in the news in the next round",
        "“A storm” comes in the news three rounds later",
        "“Calm” is shuffled into the news",
        "Cedar goes first in the next round",
    ]
    assert words.face("test-card")[:2] == ["Next round: A", "storm"]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ("news: {card: drowt}", "there is no news `drowt`"),
        ("news: {card: stoke}", "there is no news `stoke`"),
        ("news: {card: drought, rounds: 21}", "must be 0 to 20"),
        ("order: {seat: heat, goes: first}", "there is no seat `heat`"),
        ("order: {seat: birch, goes: frist}", "did you mean `first`?"),
    ],
)
def test_the_loader_refuses(wrong: str, complaint: str) -> None:
    files = dict(texts())
    files["amber.yaml"] = files["amber.yaml"].replace("  effects:\n", f"  effects:\n    - {wrong}\n", 1)

    assert any(complaint in line for line in said(files)), said(files)


@pytest.mark.parametrize("seed", range(4))
def test_random_games_with_both_keep_the_laws(seed: int) -> None:
    _decisions, broken = fuzz_game(more(), 8200 + seed, rounds=8, thorough=True)

    assert broken is None


def test_what_is_aside_is_in_no_deck() -> None:
    assert "hay-harvest" not in a_game(more()).state.news
    assert set(a_game(mini()).state.news) <= set(mini().news)
    assert edit(a_game(still())).state.news == ()
