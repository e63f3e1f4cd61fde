"""What a seat is told of the rounds to come is what comes if all goes as marked.

The forecast is held against the same game played on: the other side says yes and has what it owes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.rules.boards import (
    a_game,
    bargaining,
    edit,
    go_on,
    mini,
    next_round,
    sign,
    still_but,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.rules.conditions import Condition
from wargame.rules.effects.tracks import Shift
from wargame.rules.forecast import Forecast, Shortfall, forecast
from wargame.rules.game import Game
from wargame.rules.moves import Answer, Mark, Move, Offer
from wargame.rules.scenario import OfferMove, Scenario
from wargame.rules.spec import Trigger


@pytest.fixture
def calm() -> Scenario:
    return quiet("calm", mini())


def quiet(name: str, like: Scenario) -> Scenario:
    """The mill with its wheel, its incomes and its deals, but without news, dice and watchers."""
    return Scenario(replace(like.spec, news=(), triggers=(), agendas=(), detection=None), name)


def offer_of(scenario: Scenario, seat: str, deal: str, size: str, rounds: int) -> OfferMove:
    return next(
        one
        for one in scenario.offer_moves[seat]
        if (one.template.id, one.size, one.rounds, one.secret) == (deal, size, rounds, False)
    )


def told(game: Game, seat: str, offer: OfferMove | None = None) -> Forecast:
    turn_of(game, seat)
    return forecast(game.view(seat), offer)


def played(game: Game, seat: str, offer: Move | None = None) -> tuple[dict[str, list[int]], list[int]]:
    """The stores and the purse of a seat at the end of each round, everybody doing nothing more."""
    game = game.clone()
    if isinstance(offer, Offer):
        game.apply(offer)
        other = next(made.to for made in game.state.offers if made.template == offer.deal)
        go_on(game, lambda state: state.to_act == other)
        game.apply(Answer(other, offer.deal, "yes"))
    stores: dict[str, list[int]] = {}
    purse: list[int] = []
    while not game.over:
        next_round(game)
        purse.append(game.state.influence[seat])
        for good, count in game.state.goods[seat].items():
            stores.setdefault(good, []).append(count)
    return stores, purse


def agrees(foreseen: Forecast, stores: dict[str, list[int]], purse: list[int]) -> None:
    assert foreseen.goods == {good: tuple(after) for good, after in stores.items()}
    assert foreseen.influence == tuple(purse)


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("late", [0, 1, 3])
def test_income_production_and_the_offer_are_in_it(calm: Scenario, size: str, rounds: int, late: int) -> None:
    """What the mill makes, what comes in by itself, and what the drafted deal moves as long as it runs."""
    game = with_goods(a_game(calm, rounds=4), "birch", coin=6)
    for _ in range(late):
        next_round(game)
    turn_of(game, "amber")
    edit(game, goods={"birch": {**game.state.goods["birch"], "coin": 6}})
    offer = offer_of(calm, "amber", "bread-for-coin", size, rounds)

    agrees(told(game, "amber", offer), *played(game, "amber", offer.move))
    agrees(told(game, "amber"), *played(game, "amber"))


def test_there_is_no_round_after_the_last(calm: Scenario) -> None:
    """In a game of two rounds a deal of two that is signed in the last one shows that round alone."""
    game = a_game(calm, rounds=2)
    next_round(game)
    turn_of(game, "amber")
    foreseen = told(game, "amber", offer_of(calm, "amber", "bread-for-coin", "small", 2))

    assert foreseen.first == 2
    assert {len(after) for after in (foreseen.influence, *foreseen.goods.values())} == {1}


def test_running_deals_and_this_rounds_marks_are_in_it(calm: Scenario) -> None:
    """A deal that runs goes on beside the offer; what is held back this round is kept this round."""
    game = with_goods(a_game(calm, rounds=4), "amber", loaves=9, cakes=9)
    with_goods(game, "birch", coin=6)
    with_tracks(game, trust=6)
    sign(game, "amber", "bread-for-coin", "large", "open", 2)
    next_round(game)
    turn_of(game, "amber")
    edit(game, goods={"birch": {**game.state.goods["birch"], "coin": 6}})
    offer = offer_of(calm, "amber", "cake-for-coin", "small", 2)

    agrees(told(game, "amber", offer), *played(game, "amber", offer.move))
    for mark in ("short", "stop"):
        marked = game.clone()
        marked.apply(Mark("amber", "bread-for-coin", mark))
        agrees(told(marked, "amber"), *played(marked, "amber"))


def test_nothing_falls_below_nothing_and_what_is_missing_is_said(calm: Scenario) -> None:
    """A mill that stands still and one loaf: three are due a round."""
    game = with_goods(a_game(calm, rounds=3), "amber", loaves=1, wood=0)
    with_goods(game, "birch", coin=6)
    turn_of(game, "amber")
    foreseen = told(game, "amber", offer_of(calm, "amber", "bread-for-coin", "large", 2))

    assert foreseen.goods["loaves"] == (0, 0, 0)
    assert foreseen.short == (Shortfall(1, "loaves", 2), Shortfall(2, "loaves", 3))


def test_who_gives_first_is_paid_a_round_later() -> None:
    """Cakes go out in the first two rounds, coin comes in after each, and trust with it."""
    scenario = quiet("goods first", bargaining())
    game = with_goods(a_game(scenario, rounds=4), "amber", cakes=8, coin=0)
    with_tracks(game, trust=5)
    turn_of(game, "amber")
    foreseen = told(game, "amber", offer_of(scenario, "amber", "cake-for-coin", "small", 2))

    assert foreseen.goods["coin"] == (0, 2, 4, 4)
    assert [value - 5 for value in foreseen.trust] == [0, 1, 2, 2]


def test_what_eats_the_stores_in_the_upkeep_is_in_it() -> None:
    """A trigger that its seat can foresee works in each round in which its condition holds."""
    eaten = Trigger("eaten", "Breakfast", "p1", (Shift(-2, good="loaves", seat="amber"),),
                    when=Condition(good="loaves", seat="amber", at_least=2))  # fmt: skip
    game = with_goods(a_game(still_but("eaten", triggers=(eaten,)), rounds=4), "amber", loaves=5)

    assert told(game, "amber").goods["loaves"] == (3, 1, 1, 1)


@pytest.mark.parametrize("seat", ["amber", "birch", "cedar"])
def test_what_is_foreseen_follows_from_what_is_seen(seat: str) -> None:
    """Whatever the others hold, the same is told: nothing of it is known."""
    game = with_goods(a_game(mini(), rounds=4), "amber", loaves=3)
    turn_of(game, seat)
    first = forecast(game.view(seat))
    others: Callable[[str], dict[str, int]] = lambda one: dict.fromkeys(game.state.goods[one], 1)  # noqa: E731
    edit(game, goods={one: others(one) for one in game.scenario.seat_ids if one != seat})

    assert forecast(game.view(seat)) == first
