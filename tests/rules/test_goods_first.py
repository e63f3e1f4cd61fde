"""Goods first: one side ships, the other pays a round later for what really came."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.boards import (
    RICH,
    a_game,
    do,
    edit,
    next_round,
    of_kind,
    sign,
    still,
    still_but,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.rules.deals import could_deliver
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import DealEnded, Event, GoodsDelivered, TrackMoved
from wargame.rules.game import Game
from wargame.rules.moves import Mark, Offer
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.view import imagine, view


def on_trust() -> Scenario:
    """Amber brings three loaves first; Birch pays two coins a round later."""
    bread, *rest = still().spec.deals
    deal = replace(
        bread,
        first="amber",
        small={"amber": {"loaves": 3}, "birch": {"coin": 2}},
        rounds=(1, 2, 3),
        each=(Shift(2, track="heat"),),
        short=(Shift(-1, track="heat"),),
        signed=(),
        ended=(),
    )
    return still_but("on trust", deals=(deal, *rest))


def signed(rounds: int = 2, loaves: int = 8, coin: int = 6) -> Game:
    """Signed in round 1, open and small; this is before its first upkeep."""
    game = with_goods(a_game(on_trust()), "amber", loaves=loaves)
    with_goods(game, "birch", coin=coin)
    with_tracks(game, trust=4)
    sign(game, "amber", "bread-for-coin", "small", "open", rounds)
    return game


def handed(events: list[Event]) -> list[tuple[str, str, int, int]]:
    return [(one.giver, one.good, one.given, one.due) for one in of_kind(events, GoodsDelivered)]


def a_round(game: Game) -> list[Event]:
    events = next_round(game)
    edit(game, influence=dict.fromkeys(game.scenario.seat_ids, RICH))
    return events


SHIPS, PAYS = ("amber", "loaves", 3, 3), ("birch", "coin", 2, 2)


def test_so_many_rounds_are_so_many_shipments_and_as_many_payments_one_later() -> None:
    """The deal ends after the last payment."""
    game = signed(2)

    assert handed(a_round(game)) == [SHIPS]
    assert handed(a_round(game)) == [PAYS, SHIPS]
    last = a_round(game)
    assert handed(last) == [PAYS]
    assert len(of_kind(last, DealEnded)) == 1
    assert (game.state.deals[0].status, game.state.deals[0].full) == ("done", (2, 2))


def test_every_lot_comes_out_of_a_store() -> None:
    """What the payer has less the shipper has more, and what is shipped is gone from its store."""
    game = signed(1)
    before = {seat: dict(held) for seat, held in game.state.goods.items()}
    a_round(game)
    a_round(game)
    coins = [
        game.state.goods[seat].get("coin", 0) - before[seat].get("coin", 0) for seat in ("amber", "birch")
    ]

    assert coins == [2, -2]
    assert game.state.goods["amber"]["loaves"] == before["amber"]["loaves"] - 3


@pytest.mark.parametrize(("loaves", "coin"), [(2, 2), (1, 1), (0, 0)])
def test_only_what_was_really_shipped_is_paid(loaves: int, coin: int) -> None:
    """In proportion, rounded up; of nothing, nothing."""
    game = signed(1, loaves=loaves)
    a_round(game)

    assert handed(a_round(game)) == ([("birch", "coin", coin, coin)] if coin else [])


def test_trust_and_what_follows_come_with_the_payment() -> None:
    """A shipment alone moves no trust; shipped and paid in full it does, and short of either it falls."""
    game = signed(2)
    assert of_kind(a_round(game), TrackMoved) == []
    turn_of(game, "birch")
    paid = [(one.track, one.new - one.old) for one in of_kind(a_round(game), TrackMoved)]
    assert sorted(paid) == [("heat", 2), ("trust", 1)]
    with_goods(game, "birch", coin=1)
    short = [(one.track, one.new - one.old) for one in of_kind(a_round(game), TrackMoved)]
    assert sorted(short) == [("heat", -1), ("trust", -1)]


def test_a_short_shipment_that_is_paid_in_proportion_is_short() -> None:
    """The payer kept its word; the shipper did not."""
    game = signed(1, loaves=2)
    a_round(game)
    moved = [(one.track, one.new - one.old) for one in of_kind(a_round(game), TrackMoved)]

    assert sorted(moved) == [("heat", -1), ("trust", -1)]
    assert game.state.deals[0].full == (0, 1)


def test_who_stops_leaves_the_last_shipment_unpaid() -> None:
    """The deal is broken off before the payment, and nothing more moves."""
    game = signed(3)
    a_round(game)
    do(game, "birch", "mark", "bread-for-coin", "stop")

    assert handed(a_round(game)) == []
    deal = game.state.deals[0]
    assert (deal.status, deal.by, deal.unpaid) == ("broken", "birch", 3)


def test_half_a_payment_is_rounded_up() -> None:
    """Half of one coin is that coin; then it is no less than was due."""
    game = signed(1)
    a_round(game)
    do(game, "birch", "mark", "bread-for-coin", "short")
    assert handed(a_round(game)) == [("birch", "coin", 1, 2)]

    game = signed(1, loaves=1)
    a_round(game)
    do(game, "birch", "mark", "bread-for-coin", "short")
    assert handed(a_round(game)) == [("birch", "coin", 1, 1)]


def test_half_a_shipment_is_rounded_up() -> None:
    """Half of three is two, and two are paid for."""
    game = signed(3)
    a_round(game)
    do(game, "amber", "mark", "bread-for-coin", "short")
    assert handed(a_round(game)) == [PAYS, ("amber", "loaves", 2, 3)]
    assert handed(a_round(game))[0] == ("birch", "coin", 2, 2)


def test_once_the_last_shipment_is_made_there_is_nothing_to_give_less_of() -> None:
    """Before the last payment the shipper may only break off; the payer may pay less."""
    game = signed(1)
    a_round(game)
    marks = []
    for seat in ("birch", "amber"):
        turn_of(game, seat) if game.to_act != seat else None
        marks += [(seat, move.mark) for move in game.legal_moves() if isinstance(move, Mark)]

    assert sorted(marks) == [("amber", "stop"), ("birch", "short"), ("birch", "stop")]
    deal = game.state.deals[0]
    assert could_deliver(game.state, deal, "amber")
    assert not could_deliver(with_goods(game, "birch", coin=1).state, deal, "birch")


def test_a_skipped_rung_is_gambled_on_once() -> None:
    """At the first shipment, and not again before the first payment."""
    game = signed(2)
    deal = game.state.deals[0]
    edit(game, deals=(deal._replace(hold=95),))
    told = [type(one).__name__ for _ in range(3) for one in a_round(game)]

    assert told.count("RungGambled") == 1


def test_the_preview_counts_a_payment_less_at_the_end_of_the_game() -> None:
    """Three rounds to go: three shipments, and two payments that still come."""
    game = a_game(on_trust(), rounds=3)
    turn_of(game, "amber")
    changes = preview(game.view("amber"), Offer("amber", "bread-for-coin", "small", "open", 3)).changes

    assert (changes["good", "amber", "loaves"], changes["good", "amber", "coin"]) == (-9, 4)


def test_the_preview_of_holding_back_keeps_the_payment_and_loses_the_shipments() -> None:
    """Birch keeps two payments, one of which waits, and loses the shipment to come."""
    game = signed(2)
    a_round(game)
    turn_of(game, "birch")
    changes = preview(game.view("birch"), Mark("birch", "bread-for-coin", "stop")).changes

    assert (changes["good", "birch", "coin"], changes["good", "birch", "loaves"]) == (4, -3)


def test_behind_a_communique_a_shipment_is_imagined_to_wait_for_its_payment() -> None:
    """The deal runs as long as one that was really signed then could, and what was shipped is still owed."""
    game = a_game(on_trust())
    sign(game, "amber", "bread-for-coin", "small", "secret", 2)
    a_round(game)
    dreams = [imagine(game.view("cedar"), luck).deals[0] for luck in range(60)]
    found = {(deal.rounds, deal.left, deal.unpaid) for deal in dreams if deal.template == "bread-for-coin"}

    assert found == {(rounds, rounds, 3) for rounds in (1, 2, 3)}


@pytest.mark.parametrize("viewer", ["amber", "birch", "cedar"])
def test_window_world_and_bytes_keep_what_waits(viewer: str) -> None:
    """An imagined world looks the same, and a game under way goes to bytes and back."""
    game = signed(2)
    a_round(game)
    seen = game.view(viewer)

    assert game.state.deals[0].unpaid == 3
    assert view(imagine(seen, 3), viewer) == seen
    assert Game.from_bytes(game.to_bytes(), game.scenario) == game
