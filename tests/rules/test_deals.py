"""Agreements: offered, signed, delivered or not, broken, and found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.boards import (
    RICH,
    a_game,
    do,
    edit,
    go_on,
    mini,
    next_round,
    of_kind,
    seen,
    sign,
    still,
    still_but,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.errors import IllegalMove
from wargame.rules.deals import mark_of
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import (
    CommuniqueIssued,
    DealAnnounced,
    DealBroken,
    DealOffered,
    DealProved,
    DealSuspected,
    GoodsDelivered,
    OfferLapsed,
    PointsGiven,
    RungGambled,
)
from wargame.rules.game import Game
from wargame.rules.moves import Answer, Commit, Mark, Move, Offer
from wargame.rules.scenario import Scenario
from wargame.rules.spec import DealTemplate, Ladder
from wargame.rules.view import imagine


def stocked(scenario: Scenario | None = None, seed: int = 1) -> Game:
    """Amber has bread and cake, Birch has coin, and they trust each other."""
    game = with_goods(a_game(scenario, seed), "amber", loaves=8, cakes=8)
    with_goods(game, "birch", coin=6)
    return with_tracks(game, trust=4)


def refusal(game: Game, move: Move) -> str:
    return str(dict(game.options())[move])


def under_way(size: str = "small", secrecy: str = "open", rounds: int = 2, seed: int = 1) -> Game:
    """Bread for coin has been signed; this is the round after."""
    game = stocked(still_but("long bread", deals=longer_deals()), seed)
    sign(game, "amber", "bread-for-coin", size, secrecy, rounds)
    next_round(game)
    edit(game, influence=dict.fromkeys(game.scenario.seat_ids, RICH))
    return game


def longer_deals() -> tuple[DealTemplate, ...]:
    """Bread for coin for up to four rounds."""
    first, *rest = still().spec.deals
    return (replace(first, rounds=(1, 2, 3, 4)), *rest)


def hooked() -> tuple[DealTemplate, ...]:
    """Bread for coin warms after a full round and, colder, after one that falls short."""
    first, *rest = longer_deals()
    return (
        replace(first, each=(Shift(2, track="heat"),), short=(Shift(-1, track="heat"),), broken=()),
        *rest,
    )


# --- offering ------------------------------------------------------------------------------------------


def test_an_offer_sets_aside_a_signing_fee_and_reaches_one_seat() -> None:
    """Proposing costs one influence if it is signed; only the other party hears of it."""
    game = stocked()

    events = do(game, "amber", "offer", "bread-for-coin", "small", "secret", 2)

    assert game.state.influence["amber"] == RICH - 1
    assert [event.to for event in events if isinstance(event, DealOffered)] == [("amber", "birch")]
    assert len(game.view("birch").offers) == 1
    assert game.view("cedar").offers == ()
    assert game.view("cedar").influence["amber"] == RICH


def test_a_refused_offer_gives_the_fee_back() -> None:
    """No means no, and costs nobody anything."""
    game = stocked()
    do(game, "amber", "offer", "bread-for-coin", "small", "open", 2)
    turn_of(game, "birch")

    events = game.apply(Answer("birch", "bread-for-coin", "no"))

    assert game.state.influence["amber"] == RICH
    assert [event.to for event in events] == [("amber", "birch")]
    assert game.state.offers == ()


def test_an_unanswered_offer_lapses_at_the_reveal() -> None:
    """Silence is a no; the proposer gets its influence back and is told."""
    game = stocked()
    do(game, "amber", "offer", "bread-for-coin", "small", "open", 2)

    events = next_round(game)

    assert [event.to for event in of_kind(events, OfferLapsed)] == [("amber",)]
    assert game.state.influence["amber"] == RICH
    assert game.state.deals == ()


def test_both_pay_for_the_signature() -> None:
    """One influence each; a seat without any cannot sign."""
    game = stocked()
    do(game, "amber", "offer", "bread-for-coin", "small", "open", 2)
    turn_of(game, "birch")
    edit(game, influence={"birch": 0})
    yes = Answer("birch", "bread-for-coin", "yes")
    assert refusal(game, yes) == "signing costs ¤1, you have none"

    edit(game, influence={"birch": 1})
    game.apply(yes)

    assert game.state.influence["amber"] == RICH - 1
    assert game.state.influence["birch"] == 0


def test_no_more_than_two_offers_and_one_a_pair() -> None:
    """A pair gets one offer a round, a seat makes two, and what runs is not offered again."""
    game = stocked()
    do(game, "amber", "offer", "bread-for-coin", "small", "open", 2)
    cake = Offer("amber", "cake-for-coin", "small", "open", 2)
    assert refusal(game, cake) == "you have made birch an offer already this round"

    do(game, "amber", "offer", "water-rights", "plain", "secret", 2)

    assert refusal(game, cake) == "you have made 2 offers already"


def test_an_offer_that_waits_is_answered_not_made_again() -> None:
    """The other party of an offer on the table answers it; no counter-offers of the same."""
    game = stocked()
    do(game, "amber", "offer", "bread-for-coin", "small", "open", 2)
    turn_of(game, "birch")

    again = Offer("birch", "bread-for-coin", "large", "open", 2)

    assert refusal(game, again) == "amber has offered you this deal: answer it"


def test_a_running_deal_is_not_offered_again() -> None:
    """One deal of a kind at a time."""
    game = under_way(rounds=3)
    turn_of(game, "amber")

    assert refusal(game, Offer("amber", "bread-for-coin", "small", "open", 2)) == (
        "this deal is running already"
    )


def test_a_deal_of_no_influence_cannot_be_offered() -> None:
    """Without influence nothing can be signed."""
    game = edit(stocked(), influence={"amber": 0})

    assert refusal(game, Offer("amber", "bread-for-coin", "small", "open", 2)) == (
        "signing costs ¤1, you have none"
    )


def test_a_deal_can_need_something() -> None:
    """A template's needs are asked of the one who proposes."""
    game = with_tracks(stocked(), heat=10)

    assert refusal(game, Offer("amber", "water-rights", "plain", "secret", 2)) == (
        "it needs deal:water-rights:0"
    )


# --- becoming known ------------------------------------------------------------------------------------


def test_an_open_deal_is_known_from_the_reveal_on() -> None:
    """Until the reveal only the parties know what they signed."""
    game = stocked()
    sign(game, "amber", "bread-for-coin")
    assert game.view("cedar").deals == ()
    assert len(game.view("amber").deals) == 1

    events = next_round(game)

    assert [event.deal for event in of_kind(events, DealAnnounced)] == ["bread-for-coin"]
    assert game.view(None).deals[0].template == "bread-for-coin"


def test_a_secret_deal_shows_as_a_communique_only() -> None:
    """The room hears that two talked, and nothing of what; no field of the view says more."""
    game = stocked()
    sign(game, "amber", "bread-for-coin", "large", "secret", 2)

    events = next_round(game)

    assert of_kind(seen(events, "cedar"), CommuniqueIssued) == [CommuniqueIssued(None, "amber", "birch")]
    assert of_kind(seen(events, "cedar"), GoodsDelivered) == []
    [deal] = game.view("cedar").deals
    assert (deal.template, deal.size, deal.rounds, deal.left, deal.status) == ("?", "", 0, 0, "?")
    assert {d.template for d in imagine(game.view("cedar"), 3).deals} <= {"bread-for-coin", "cake-for-coin"}


def test_a_deal_counts_for_needs_from_the_reveal_on() -> None:
    """Odds, needs and targets never tell a third seat what two others have just signed."""
    game = a_game()
    stall = Commit("amber", "stall-at-the-fair")
    edit(game, hands={"amber": ("stall-at-the-fair",)}, order=("birch", "cedar", "amber"), to_act="birch")
    game.apply(Offer("birch", "county-fair", "plain", "open", 2))
    turn_of(game, "cedar")
    game.apply(Answer("cedar", "county-fair", "yes"))
    turn_of(game, "amber")

    assert refusal(game, stall) == "it needs card:stall-at-the-fair:0"
    next_round(game)
    turn_of(game, "amber")
    assert game.view("amber").deals[0].template == "county-fair"
    assert dict(game.options()).get(stall, "not in hand") is None


# --- delivering ----------------------------------------------------------------------------------------


def test_a_full_delivery_moves_goods_and_builds_trust() -> None:
    """Both give what they promised; bread becomes feast in the hands of the one who eats it."""
    game = stocked()
    sign(game, "amber", "bread-for-coin", "large", "open", 2)

    events = next_round(game)

    assert game.state.goods["amber"]["loaves"] == 5
    assert game.state.goods["birch"]["feast"] == 3
    assert game.state.goods["amber"]["coin"] == 2
    assert game.state.goods["birch"]["coin"] == 4
    assert game.state.tracks["trust"] == 5
    assert game.state.tracks["nerve"] == 6
    assert of_kind(events, GoodsDelivered) == [
        GoodsDelivered(None, "bread-for-coin", "amber", "birch", "loaves", 3, 3),
        GoodsDelivered(None, "bread-for-coin", "birch", "amber", "coin", 2, 2),
    ]


def test_dearer_goods_make_more_of_it() -> None:
    """A cake feeds three."""
    game = stocked()
    sign(game, "amber", "cake-for-coin")

    next_round(game)

    assert game.state.goods["birch"]["feast"] == 3


def test_a_marked_delivery_is_halved_and_costs_trust() -> None:
    """Short means half, rounded up, of what that side gives; the other side still gives all."""
    game = under_way("large", rounds=3)
    goods, trust = game.state.goods, game.state.tracks["trust"]

    do(game, "amber", "mark", "bread-for-coin", "short")
    next_round(game)

    assert game.state.goods["amber"]["loaves"] == goods["amber"]["loaves"] - 2
    assert game.state.goods["birch"]["coin"] == goods["birch"]["coin"] - 2
    assert game.state.tracks["trust"] == trust - 1
    assert game.state.deals[0].full == (1, 2)


def test_empty_stores_deliver_short_against_ones_will() -> None:
    """What is not there can't be delivered; it counts as short."""
    game = with_goods(under_way("large", rounds=3), "amber", loaves=1)
    trust = game.state.tracks["trust"]

    events = next_round(game)

    assert [(e.given, e.due) for e in of_kind(events, GoodsDelivered)] == [(1, 3), (2, 2)]
    assert game.state.tracks["trust"] == trust - 1


@pytest.mark.parametrize(("loaves", "by"), [(8, 2), (1, -1), (0, -1)])
def test_a_round_that_falls_short_has_effects_of_its_own(loaves: int, by: int) -> None:
    """Either the deal's `each` follows or its `short`, never both, and neither when it is broken off."""
    game = stocked(still_but("warm bread", deals=hooked()))
    sign(game, "amber", "bread-for-coin", "large", "open", 4)
    next_round(game)
    with_goods(game, "amber", loaves=loaves)
    edit(game, influence=dict.fromkeys(game.scenario.seat_ids, RICH))
    heat = game.state.tracks["heat"]

    next_round(game)

    assert game.state.tracks["heat"] == heat + by
    do(game, "amber", "mark", "bread-for-coin", "stop")
    next_round(game)
    assert game.state.tracks["heat"] == heat + by


@pytest.mark.parametrize(("seat", "trust"), [("amber", -3), ("birch", -2)])
def test_stopping_breaks_the_deal(seat: str, trust: int) -> None:
    """Nothing is delivered, trust falls by what that word is worth, and the deal's consequence follows."""
    game = under_way(rounds=4)
    with_tracks(game, trust=8)
    goods = game.state.goods

    do(game, seat, "mark", "bread-for-coin", "stop")
    events = next_round(game)

    assert game.state.tracks["trust"] == 8 + trust
    assert game.state.goods == goods
    assert (game.state.deals[0].status, game.state.deals[0].by) == ("broken", seat)
    assert game.state.tracks["heat"] == 4
    other = "birch" if seat == "amber" else "amber"
    assert of_kind(events, DealBroken) == [DealBroken(None, "bread-for-coin", seat, other)]


def test_a_deal_is_marked_once_a_round_and_only_by_its_parties() -> None:
    """A mark can't be taken back; one that has just been signed can't be marked yet."""
    game = under_way(rounds=3)
    do(game, "amber", "mark", "bread-for-coin", "short")

    assert refusal(game, Mark("amber", "bread-for-coin", "stop")) == ("you have marked this deal already")
    turn_of(game, "cedar")
    assert not [move for move in game.legal_moves() if move.verb == "mark"]
    assert mark_of(game.state, game.state.deals[0], "birch") == "deliver"


def test_a_deal_ends_after_its_rounds() -> None:
    """A deal of two rounds delivers twice; what its end brings comes then."""
    game = under_way(rounds=2)

    events = next_round(game)

    assert game.state.deals[0].status == "done"
    assert [(e.seat, e.by, e.cause) for e in of_kind(events, PointsGiven)] == [
        ("amber", 1, "deal/bread-for-coin")
    ]
    assert of_kind(next_round(game), GoodsDelivered) == []


def test_a_quiet_deal_pays_both_by_the_round() -> None:
    """No goods: points for both each round, the last number repeating, and a sum at the end if unbroken."""
    game = a_game()
    sign(game, "birch", "county-fair", "plain", "open", 2)

    next_round(game)
    assert (game.state.points["birch"], game.state.points["cedar"]) == (1, 1)
    next_round(game)
    assert (game.state.points["birch"], game.state.points["cedar"]) == (3, 3)
    go_on(game, lambda state: False)
    assert (game.state.points["birch"], game.state.points["cedar"]) == (6, 6)


def test_a_late_breach_costs_points() -> None:
    """In the last two rounds who breaks a deal loses three points; before, none."""
    early, late = under_way(rounds=4), under_way(rounds=4)
    next_round(late)
    edit(late, round=5)

    for game in (early, late):
        do(game, "birch", "mark", "bread-for-coin", "stop")
        next_round(game)

    assert early.state.points["birch"] == 0
    assert late.state.points["birch"] == -3


# --- the ladder ----------------------------------------------------------------------------------------


def test_a_rung_too_far_is_refused_with_the_trust_it_wants() -> None:
    """The chance falls with each step of trust that is missing; where none is left, the rung is refused."""
    wary = still_but("wary", ladder=with_wants(0, 9))
    game = with_tracks(a_game(wary), trust=2)

    assert refusal(game, Offer("amber", "cake-for-coin", "small", "open", 2)) == (
        "it wants trust 9, you have 2: too far to skip"
    )


def with_wants(*wants: int) -> Ladder:
    ladder = still().spec.ladder
    assert ladder is not None
    return replace(ladder, wants=wants)


@pytest.mark.parametrize(("trust", "hold"), [(4, 100), (7, 100), (3, 40), (1, 20)])
def test_a_skipped_rung_holds_by_chance(trust: int, hold: int) -> None:
    """50 less 10 a step short; no chance is needed where trust allows the rung."""
    game = with_tracks(stocked(), trust=trust)

    do(game, "amber", "offer", "cake-for-coin", "small", "open", 2)

    assert game.state.offers[0].hold == hold


def skipped(seed: int) -> tuple[Game, RungGambled]:
    """Cake for coin signed at trust 3, and how its gamble came out."""
    game = with_tracks(stocked(seed=seed), trust=3)
    sign(game, "amber", "cake-for-coin")
    [held] = of_kind(next_round(game), RungGambled)
    return game, held


@pytest.mark.parametrize("holds", [True, False])
def test_a_skipped_rung_is_rolled_at_its_first_delivery(holds: bool) -> None:
    """If it holds, it goes on like any other; if not, it has fallen, nothing moves, and trust suffers."""
    game, held = skipped(0)
    for seed in range(1, 60):
        if held.works is holds:
            break
        game, held = skipped(seed)

    assert held.chance == 40
    assert game.state.deals[0].status == ("running" if holds else "fallen")
    assert game.state.tracks["trust"] == (4 if holds else 2)
    assert game.state.goods["birch"]["feast"] == (3 if holds else 0)
    assert of_kind(next_round(game), RungGambled) == []


# --- coming to light -----------------------------------------------------------------------------------


def found_out(least: int, most: int) -> Scenario:
    """The still valley, with eyes on secret deliveries that see with a chance between those two."""
    detection = mini().spec.detection
    assert detection is not None
    return still_but(
        f"watched {least} {most}", detection=replace(detection, least=least, most=most), deals=longer_deals()
    )


def test_a_secret_delivery_is_first_suspected_then_proved() -> None:
    """Suspicion goes to the watchers alone; the next notice lays the deal open to all."""
    game = stocked(found_out(100, 100))
    sign(game, "amber", "bread-for-coin", "small", "secret", 4)

    first = next_round(game)

    assert [e.to for e in of_kind(first, DealSuspected)] == [("cedar",)]
    assert game.view("cedar").deals[0].suspected == ("cedar",)
    assert game.view("cedar").deals[0].template == "?"
    assert game.view("birch").deals[0].suspected == ()
    assert game.state.tracks["rumour"] == 3
    second = next_round(game)
    [proved] = of_kind(second, DealProved)
    assert proved == DealProved(None, "bread-for-coin", "amber", "birch", "small", (2, 2), 1)
    assert game.view(None).deals[0].template == "bread-for-coin"
    assert game.state.tracks["heat"] == 4
    assert of_kind(next_round(game), DealProved) == []


def test_an_open_delivery_is_not_detected() -> None:
    """There is nothing to find out."""
    game = stocked(found_out(100, 100))
    sign(game, "amber", "bread-for-coin", "small", "open", 4)

    assert of_kind(next_round(game), DealSuspected) == []


def test_what_does_not_move_is_not_noticed() -> None:
    """Without a delivery there is no sign."""
    game = with_goods(stocked(found_out(100, 100)), "amber", loaves=0)
    with_goods(game, "birch", coin=0)
    sign(game, "amber", "bread-for-coin", "small", "secret", 4)

    assert of_kind(next_round(game), DealSuspected) == []


def test_detection_gets_likelier_with_the_watchers_knowledge() -> None:
    """20 and 10 a step of rumour: over many seeds the share noticed is near the chance."""
    noticed = {0: 0, 6: 0}
    scenario = found_out(5, 95)
    for rumour in noticed:
        for seed in range(60):
            game = with_tracks(stocked(scenario, seed), rumour=rumour)
            sign(game, "amber", "bread-for-coin", "small", "secret", 2)
            noticed[rumour] += bool(of_kind(next_round(game), DealSuspected))

    assert noticed[0] < 25
    assert noticed[6] > 40


def test_a_move_about_a_strangers_deal_is_refused() -> None:
    """Marks and answers are for the parties; anything else changes nothing."""
    game = under_way(rounds=3)
    turn_of(game, "cedar")
    raw = game.to_bytes()

    with pytest.raises(IllegalMove, match="no such move"):
        game.apply(Mark("cedar", "bread-for-coin", "stop"))
    assert game.to_bytes() == raw
