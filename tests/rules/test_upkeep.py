"""What happens by itself at the end of a round: the mill, the dial, triggers, income, refills, ruin."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.boards import (
    RICH,
    a_game,
    do,
    edit,
    give,
    go_on,
    mini,
    next_round,
    of_kind,
    seen,
    sign,
    still,
    still_but,
    with_goods,
    with_tracks,
)
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import End, Later, Roll
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import (
    CardsDrawn,
    DialWorked,
    GameEnded,
    GoodMoved,
    GoodsDelivered,
    GoodsProduced,
    LowestHelped,
    NewsCame,
    SeatRuined,
    TrackMoved,
)
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect, News, Trigger

# --- the mill ------------------------------------------------------------------------------------------


def running_mill() -> Scenario:
    """The still valley, but the mill turns."""
    return still_but("mill", production=mini().spec.production)


@pytest.mark.parametrize(
    ("wood", "water", "salt", "units"), [(9, 9, 9, 4), (2, 5, 5, 2), (5, 1, 5, 1), (5, 5, 0, 0)]
)
def test_the_mill_makes_the_least_of_capacity_and_inputs(
    wood: int, water: int, salt: int, units: int
) -> None:
    """The bottleneck decides; what is made for nobody becomes the usual good."""
    game = with_goods(a_game(running_mill()), "amber", wood=wood, water=water, salt=salt, loaves=0)

    events = next_round(game)

    assert of_kind(events, GoodsProduced) == [GoodsProduced(("amber",), "mill", units)]
    assert game.state.goods["amber"]["loaves"] == units
    assert game.state.goods["amber"]["wood"] == wood


def test_what_is_owed_is_made_first() -> None:
    """A cake takes two units: of four, two go into the cake that is promised and two into loaves."""
    game = with_goods(a_game(running_mill()), "amber", wood=9, water=9, salt=9, loaves=0, cakes=0)
    with_tracks(game, trust=4)
    sign(game, "amber", "cake-for-coin")

    events = next_round(game)

    assert [(e.given, e.due) for e in of_kind(events, GoodsDelivered)][:1] == [(1, 1)]
    assert game.state.goods["amber"]["loaves"] == 2


def test_inputs_are_dealt_secretly() -> None:
    """The starting inputs are the same numbers in an order that luck decides, known to the owner alone."""
    dealt = {
        tuple(Game.new(mini(), seed).state.goods["amber"][g] for g in ("wood", "water", "salt"))
        for seed in range(60)
    }

    assert all(sorted(one) == [1, 3, 5] for one in dealt)
    assert len(dealt) == 6
    assert "amber" not in Game.new(mini(), 1).view("cedar").goods


# --- the dial ------------------------------------------------------------------------------------------


def test_a_dial_stays_where_it_was_left() -> None:
    """Its setting works each upkeep until it is set anew; only its seat knows how it stands."""
    game = with_goods(a_game(), "amber", water=6)

    events = do(game, "cedar", "dial", "sluice", "shut")
    assert seen(events, "amber") == []
    events = next_round(game)

    assert game.state.goods["amber"]["water"] == 5
    assert game.view("amber").dials == {}
    assert game.view("cedar").dials == {"sluice": "shut"}
    assert [e.to for e in of_kind(events, DialWorked)] == [("cedar",)]
    [moved] = [e for e in of_kind(events, GoodMoved) if e.good == "water"]
    assert (moved.to, moved.cause, moved.twin) == (("amber",), "", False)
    next_round(game)
    assert game.state.goods["amber"]["water"] == 4


def test_a_dial_is_set_once_a_round() -> None:
    """A lever can't be moved to and fro in one turn."""
    game = a_game()
    do(game, "cedar", "dial", "sluice", "open")

    assert {str(refusal) for move, refusal in game.options() if move.verb == "dial"} == {
        "you have set this already this round"
    }


# --- triggers ------------------------------------------------------------------------------------------


def with_triggers(*triggers: Trigger, **parts: Any) -> Scenario:
    return still_but(f"triggers {triggers!r} {sorted(parts)}", triggers=triggers, **parts)


def trigger(name: str, *effects: Effect, when: Condition | None = None, **about: Any) -> Trigger:
    return Trigger(id=name, title=name, source="p1", effects=effects, when=when, **about)


def test_triggers_run_in_file_order_once_each() -> None:
    """The first lets the second fire; the third, which would need the first again, does not chain."""
    game = with_tracks(
        a_game(
            with_triggers(
                trigger("early", Shift(5, track="grain"), when=Condition(track="heat", at_least=4)),
                trigger("one", Shift(1, track="heat"), when=Condition(track="heat", at_most=3)),
                trigger("two", Shift(-1, track="grain"), when=Condition(track="heat", at_least=4)),
            )
        ),
        heat=3,
    )

    events = next_round(game)

    assert [e.cause for e in of_kind(events, TrackMoved)] == ["trigger/one", "trigger/two"]
    assert (game.state.tracks["heat"], game.state.tracks["grain"]) == (4, 4)


def test_a_trigger_can_have_a_cause_that_only_some_learn() -> None:
    """Everybody sees the public track move; only those who may know are told why."""
    game = a_game(with_triggers(trigger("hidden", Shift(1, track="heat"), seen_by=("cedar",))))

    events = of_kind(next_round(game), TrackMoved)

    assert [e.cause for e in seen(events, "cedar")] == ["trigger/hidden"]
    assert [e.cause for e in seen(events, "amber")] == [""]


def test_what_a_trigger_or_an_event_delays_comes_once_and_unasked() -> None:
    """A delay runs by itself in the news: no condition is asked again, and no card is drawn twice."""
    flood = News("flood-to-come", "x", "p1", "x", (Later(1, (Shift(2, track="grain"),)),))
    delay = Later(1, (Shift(1, track="heat"),))
    scenario = with_triggers(trigger("slow", delay, when=Condition(round="now", at_most=1)), news=(flood,))
    game = a_game(scenario)

    events = next_round(game)

    assert game.state.tracks["heat"] == 4
    assert game.state.tracks["grain"] == 7
    assert of_kind(events, NewsCame) == []
    next_round(game)
    assert game.state.tracks["heat"] == 4


def test_an_outcome_in_upkeep_ends_the_game_at_once() -> None:
    """No later trigger, no income, no next round."""
    fire = trigger("fire", Roll(95, (End("fire"),), (End("fire"),)), Shift(1, track="heat"))
    game = a_game(with_triggers(fire, trigger("after", Shift(1, track="grain"))))
    game = with_tracks(game, heat=3)

    events = next_round(game)

    assert game.over
    assert game.state.outcome == "fire"
    assert (game.state.tracks["heat"], game.state.tracks["grain"]) == (3, 5)
    assert isinstance(events[-1], GameEnded)


# --- income --------------------------------------------------------------------------------------------


def test_income_comes_in_and_the_lowest_gets_a_little_more() -> None:
    """Influence by the seat's income, up to the cap; the seats with the lowest public score get one more."""
    scenario = still_but("income", seats=mini().spec.seats, rules=mini().spec.rules)
    game = edit(a_game(scenario), influence={"amber": 1, "birch": 1, "cedar": 7})
    with_tracks(game, grain=3)

    events = next_round(game)

    assert game.state.influence == {"amber": 4, "birch": 5, "cedar": 8}
    assert of_kind(events, LowestHelped) == [LowestHelped(None, "birch", 1)]


def test_goods_come_in_up_to_their_cap() -> None:
    """What a seat gets each round is private and stops at the cap."""
    scenario = still_but("goods", seats=mini().spec.seats)
    game = with_goods(a_game(scenario), "birch", coin=5)

    next_round(game)
    assert game.state.goods["birch"]["coin"] == 6
    assert [e for e in of_kind(next_round(game), GoodMoved) if e.seat == "birch"] == []


def test_hands_are_filled_from_the_deck_and_the_deck_from_the_discards() -> None:
    """When the deck is empty all discards go back in, face up and face down alike."""
    game = give(a_game(), "amber", "baskets")
    deck = game.state.decks["amber"]
    edit(game, decks={"amber": deck[:1]}, discards={"amber": deck[1:3]}, buried={"amber": deck[3:]})

    next_round(game)

    assert len(game.state.hands["amber"]) == 3
    assert (game.state.discards["amber"], game.state.buried["amber"]) == ((), ())
    assert len(game.state.decks["amber"]) == 4
    assert sorted((*game.state.hands["amber"], *game.state.decks["amber"])) == sorted(still().decks["amber"])


def test_a_hand_stays_short_when_no_card_is_left() -> None:
    """A seat that holds all its cards draws none."""
    game = give(a_game(), "amber", *still().decks["amber"])

    assert [e for e in of_kind(next_round(game), CardsDrawn) if e.seat == "amber"] == []


# --- judgement -----------------------------------------------------------------------------------------


def test_ruin_is_named_or_a_score_too_low_and_is_for_good() -> None:
    """A ruined seat plays on, but stays ruined when things look up."""
    game = with_tracks(a_game(), nerve=1)

    events = next_round(game)

    assert of_kind(events, SeatRuined) == [SeatRuined(None, "amber")]
    with_tracks(game, nerve=9)
    assert of_kind(next_round(game), SeatRuined) == []
    assert game.state.ruined == ("amber",)
    assert "amber" in {move.seat for move in go_to(game, "amber").legal_moves()}


def go_to(game: Game, seat: str) -> Game:
    go_on(game, lambda state: state.to_act == seat)
    return game


def test_a_score_below_the_line_of_ruin_ruins() -> None:
    """Below 10 in this world, whatever the reason."""
    game = edit(a_game(), points={"birch": -30})

    next_round(game)

    assert game.state.ruined == ("birch",)


def test_nothing_else_moves_in_a_still_valley() -> None:
    """The ground the other tests stand on: a round of passing changes no number."""
    game = a_game()
    before = game.state

    next_round(game)

    assert game.state.tracks == before.tracks
    assert game.state.goods == before.goods
    assert game.state.influence == dict.fromkeys(still().seat_ids, RICH)
    assert game.state.points == before.points
    assert game.state.flags == {}
