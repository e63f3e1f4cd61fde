"""Cards that do not come back, deals that are not signed again, and a card that is brought back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.boards import (
    a_card_that,
    a_game,
    edit,
    give,
    go_on,
    more,
    next_round,
    of_kind,
    play,
    sign,
    still_but,
    turn_of,
)
from wargame.rules import piles
from wargame.rules.effects.hands import Give
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import CardsDrawn
from wargame.rules.moves import Commit, Offer
from wargame.rules.options import options
from wargame.rules.preview import preview
from wargame.rules.view import imagine, view
from wargame.words import Words


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("once", [False, True])
def test_a_card_for_once_stays_in_the_discards(once: bool, quiet: bool) -> None:
    """Face up or face down; all others come back when the deck is empty."""
    game = a_game(a_card_that(Shift(1, track="heat"), once=once, quiet=quiet))
    play(game, "amber", "test-card")
    state = edit(game, decks={"amber": ()}).state

    piles.draw_cards(state, [], "amber", 99, "test")

    lies = (*state.discards["amber"], *state.buried["amber"])
    assert lies == (("test-card",) if once else ())
    assert ("test-card" in state.hands["amber"]) is not once


def test_others_imagine_it_where_it_may_be() -> None:
    """The worlds behind a window look like it, whatever lies face down."""
    game = a_game(a_card_that(Shift(1, track="heat"), once=True, quiet=True))
    play(game, "amber", "test-card")

    seen = game.view("birch")

    assert view(imagine(seen, 3), "birch") == seen


def test_its_card_says_so() -> None:
    words = Words(more())

    assert "Once a game: it never comes back from the discards" in words.card_text("open-purse")
    assert "once a game" in " ".join(words.face("open-purse"))


def test_a_deal_for_once_is_not_signed_again() -> None:
    """Nor is one that was broken; who asks is told why."""
    spec = more().spec
    game = a_game(still_but("one bridge", deals=tuple(replace(deal, needs=()) for deal in spec.deals)))
    sign(game, "birch", "bridge", "plain", rounds=1)
    next_round(game)
    next_round(game)
    turn_of(game, "birch")

    refused = dict(options(game.state))[Offer("birch", "bridge", "plain", "open", 1)]

    assert refused is not None
    assert Words(game.scenario).refusal(refused) == "Not once “The bridge” was signed."
    assert "Once a game" in Words(game.scenario).deal_text("bridge")


def test_a_deal_that_names_no_once_is_signed_as_often_as_one_likes() -> None:
    game = give(a_game(), "birch")
    sign(game, "birch", "county-fair", "plain")
    for _ in range(3):
        next_round(game)
    turn_of(game, "birch")

    assert Offer("birch", "county-fair", "plain", "open", 2) in game.legal_moves()


@pytest.mark.parametrize(
    ("pile", "comes"), [("decks", True), ("discards", True), ("buried", True), ("hands", False)]
)
def test_a_card_is_given_from_where_it_lies(pile: str, comes: bool) -> None:
    """From the deck or the discards; only its seat hears of it, and a card in the hand is not given twice."""
    game = give(a_game(a_card_that(Give("stoke"))), "amber", "test-card")
    turn_of(game, "amber")
    piles_ = {"hands": ("test-card",), "decks": (), "discards": (), "buried": ()}
    piles_[pile] = (*piles_[pile], "stoke")
    edit(game, **{name: {"amber": cards} for name, cards in piles_.items()})
    move = Commit("amber", "test-card")
    foreseen = preview(game.view("amber"), move).changes.get(("hand", "amber"), 0)
    game.apply(move)

    events = go_on(game, lambda state: state.phase == "upkeep" or state.round > 1)

    given = [event for event in of_kind(events, CardsDrawn) if event.cards == ("stoke",)]
    assert [event.to for event in given] == [("amber",)] * comes
    assert foreseen == int(comes)
    assert "stoke" in game.state.hands["amber"]


def test_what_others_are_given_is_not_sure() -> None:
    game = give(a_game(a_card_that(Give("sow"))), "amber", "test-card")
    turn_of(game, "amber")
    effect = game.scenario.cards["test-card"].effects[0]

    told = preview(game.view("amber"), Commit("amber", "test-card"))

    assert ("hand", "birch") in told.unsure
    assert Words(game.scenario).effects([effect]) == ["Birch takes “Sow” from its deck or discards"]
