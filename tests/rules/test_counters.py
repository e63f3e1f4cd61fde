"""Yes, but: an offer is answered by other terms, on which its proposer has the last word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rules.boards import (
    a_game,
    edit,
    go_on,
    next_round,
    of_kind,
    still,
    still_bargaining,
    still_but,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.errors import IllegalMove, NotASave
from wargame.rules.deals import could_deliver
from wargame.rules.events import (
    DealAnnounced,
    DealSigned,
    GoodsDelivered,
    OfferCountered,
    OfferLapsed,
    OfferRefused,
    to_plain,
)
from wargame.rules.game import Game
from wargame.rules.moves import Answer, Counter, End, Mark, Move, Offer
from wargame.rules.options import legal_moves
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.view import imagine, view


def offered(scenario: Scenario | None = None, seed: int = 1) -> Game:
    """Amber has offered Birch bread for coin, small, open, for two rounds; it is Birch's turn."""
    game = with_goods(a_game(scenario or still_bargaining(), seed), "amber", loaves=8, cakes=8)
    with_goods(game, "birch", coin=6)
    with_tracks(game, trust=4)
    turn_of(game, "amber")
    game.apply(Offer("amber", "bread-for-coin", "small", "open", 2))
    turn_of(game, "birch")
    return game


BUT = Counter("birch", "bread-for-coin", "large", "secret", 1, "amber/cakes")


def countered(scenario: Scenario | None = None) -> Game:
    """Birch has said yes, but; it is Amber's last word."""
    game = offered(scenario)
    game.apply(BUT)
    go_on(game, lambda state: state.phase == "answers" and state.to_act == "amber")
    return game


def counters(game: Game) -> list[Counter]:
    return [move for move in game.legal_moves() if isinstance(move, Counter)]


def refusal(game: Game, move: Move) -> str:
    return str(dict(game.options())[move])


def test_every_other_way_to_sign_may_be_proposed() -> None:
    """Two sizes, open or secret, one round or two, a lot more from either side or none; but not the same."""
    found = counters(offered())

    assert len(found) == len(set(found)) == 2 * 2 * 2 * 3 - 1
    assert Counter("birch", "bread-for-coin", "small", "open", 2) not in found
    assert BUT in found


def test_what_would_change_nothing_is_refused_in_a_sentence() -> None:
    """The same terms are answered by yes."""
    game = offered()
    same = Counter("birch", "bread-for-coin", "small", "open", 2)

    assert refusal(game, same) == "those are the terms you were offered: say yes or no to them"
    with pytest.raises(IllegalMove, match="the terms you were offered"):
        game.apply(same)


def test_without_the_rule_nobody_counters() -> None:
    """A scenario that does not say so has no such move, not even a refused one."""
    game = offered(still())

    assert not [move for move, _refusal in game.options() if isinstance(move, Counter)]


def test_it_takes_the_offers_place_and_both_have_set_one_aside() -> None:
    """The proposer's influence stays set aside, and the other's is as well."""
    game = offered()
    before = game.state.influence
    [told] = game.apply(BUT)

    [offer] = game.state.offers
    assert (offer.proposer, offer.to, offer.size, offer.secret, offer.rounds) == (
        "birch",
        "amber",
        "large",
        True,
        1,
    )
    assert (offer.more, offer.countered) == ("amber/cakes", True)
    assert game.state.influence == before | {"birch": before["birch"] - 1}
    assert told == OfferCountered(
        ("birch", "amber"), "bread-for-coin", "birch", "amber", "large", True, 1, "amber/cakes"
    )


def test_it_takes_influence_to_set_aside() -> None:
    """Who has none can't counter, as it can't sign."""
    game = offered()
    edit(game, influence={"birch": 0})

    assert refusal(game, BUT) == "signing costs ¤1, you have none"


def test_the_proposer_has_the_last_word_without_another_counter() -> None:
    """Yes or no, in the answers; nobody counters a counter-offer there."""
    game = countered()

    assert game.legal_moves() == (
        End("amber"),
        Answer("amber", "bread-for-coin", "yes"),
        Answer("amber", "bread-for-coin", "no"),
    )


def test_it_can_be_made_once() -> None:
    """The offer is gone: neither another counter-offer nor an offer of the same deal."""
    game = offered()
    game.apply(BUT)

    assert counters(game) == []
    again = Offer("birch", "bread-for-coin", "small", "open", 2)
    assert refusal(game, again) == "you have made amber a counter-offer on this deal"


def test_an_offer_of_the_answers_is_not_countered() -> None:
    """What was offered after one's own orders is answered yes or no."""
    game = a_game(still_bargaining())
    turn_of(game, "birch")
    game.apply(Offer("birch", "bread-for-coin", "small", "open", 2))
    go_on(game, lambda state: state.phase == "answers" and state.to_act == "amber")

    assert counters(game) == []
    assert Answer("amber", "bread-for-coin", "yes") in game.legal_moves()


def test_yes_signs_the_new_terms_and_costs_no_more() -> None:
    """Both have paid already."""
    game = countered()
    before = game.state.influence
    [told] = game.apply(Answer("amber", "bread-for-coin", "yes"))

    [deal] = game.state.deals
    assert (deal.a, deal.b, deal.size, deal.secret, deal.rounds) == ("amber", "birch", "large", True, 1)
    assert deal.more == "amber/cakes"
    assert game.state.influence == before
    assert told == DealSigned(
        ("amber", "birch"), "bread-for-coin", "amber", "birch", "large", True, 1, "amber/cakes"
    )


def test_yes_needs_no_influence_of_the_proposer() -> None:
    """What it set aside for its offer pays."""
    game = countered()
    edit(game, influence={"amber": 0})

    assert Answer("amber", "bread-for-coin", "yes") in game.legal_moves()


def test_no_gives_both_their_influence_back() -> None:
    """And no deal is signed."""
    game = countered()
    before = game.state.influence
    [told] = game.apply(Answer("amber", "bread-for-coin", "no"))

    assert game.state.deals == () == game.state.offers
    assert game.state.influence == before | {seat: before[seat] + 1 for seat in ("amber", "birch")}
    assert told == OfferRefused(("birch", "amber"), "bread-for-coin", "birch", "amber")


def test_unanswered_it_lapses_and_both_are_refunded() -> None:
    """At the reveal, as offers do."""
    game = countered()
    before = game.state.influence
    events = game.apply(End("amber")) + go_on(game, lambda state: state.phase == "upkeep" or state.round > 1)

    assert of_kind(events, OfferLapsed) == [OfferLapsed(("birch",), "bread-for-coin", "amber")]
    assert game.state.deals == ()
    assert [game.state.influence[seat] - before[seat] for seat in ("amber", "birch", "cedar")] == [1, 1, 0]


def test_a_lot_more_is_delivered_each_round() -> None:
    """What was added is owed and handed over like the rest."""
    game = countered()
    game.apply(Answer("amber", "bread-for-coin", "yes"))
    deal = game.state.deals[0]
    assert could_deliver(game.state, deal, "amber")
    assert not could_deliver(with_goods(game, "amber", cakes=0).state, deal, "amber")
    with_goods(game, "amber", cakes=8)
    events = next_round(game)

    handed = {(one.giver, one.good): (one.given, one.due) for one in of_kind(events, GoodsDelivered)}
    assert handed == {("amber", "loaves"): (3, 3), ("amber", "cakes"): (1, 1), ("birch", "coin"): (2, 2)}
    assert game.state.deals[0].full == (1, 1)


def test_more_of_what_is_given_already_adds_up() -> None:
    """One coin and one coin more is two."""
    game = offered()
    game.apply(Counter("birch", "bread-for-coin", "small", "open", 2, "birch/coin"))
    go_on(game, lambda state: state.phase == "answers" and state.to_act == "amber")
    game.apply(Answer("amber", "bread-for-coin", "yes"))
    events = next_round(game)

    handed = {(one.giver, one.good): (one.given, one.due) for one in of_kind(events, GoodsDelivered)}
    assert handed == {("amber", "loaves"): (1, 1), ("birch", "coin"): (2, 2)}
    [announced] = of_kind(events, DealAnnounced)
    assert announced.more == "birch/coin"
    assert to_plain(announced)[2] == ("bread-for-coin", "amber", "birch", "small", 0, 2, "birch/coin")


def test_who_only_gives_what_was_added_may_deliver_short() -> None:
    """A quiet deal with a lot more has something to hold back, and only for whom it is from."""
    *rest, water = still().spec.deals
    parts = {
        "deals": (*rest, replace(water, extras=("cedar/water",))),
        "rules": still_bargaining().spec.rules,
    }
    for more, marks in (("cedar/water", ["short", "stop"]), ("", ["stop"])):
        game = a_game(still_but("sweet water", **parts))
        turn_of(game, "amber")
        game.apply(Offer("amber", "water-rights", "plain", "secret", 2))
        turn_of(game, "cedar")
        if more:
            game.apply(Counter("cedar", "water-rights", "plain", "secret", 2, more))
            go_on(game, lambda state: state.phase == "answers" and state.to_act == "amber")
        game.apply(Answer(str(game.to_act), "water-rights", "yes"))
        next_round(game)
        turn_of(game, "cedar")

        assert [move.mark for move in game.legal_moves() if isinstance(move, Mark)] == marks


def test_the_room_and_the_third_see_nothing_of_it() -> None:
    """A counter-offer is between two."""
    before, after = offered(), offered()
    after.apply(BUT)

    for viewer in ("cedar", None):
        assert before.view(viewer) == after.view(viewer)
    for viewer in ("amber", "birch"):
        assert after.view(viewer).offers == after.state.offers


@pytest.mark.parametrize("viewer", ["amber", "birch", "cedar"])
@pytest.mark.parametrize("position", [offered, countered])
def test_an_imagined_world_has_the_same_options(position: Any, viewer: str) -> None:
    """Whoever looks, the world behind its window looks the same from there."""
    game = position()
    seen = game.view(viewer)
    dreamt = imagine(seen, 7)

    assert view(dreamt, viewer) == seen
    if viewer == game.to_act:
        assert legal_moves(dreamt) == game.legal_moves() == legal_moves(seen)


def test_a_game_with_one_goes_to_bytes_and_back() -> None:
    """Offer and deal keep what was added; without it the bytes are those of before."""
    game = countered()
    assert Game.from_bytes(game.to_bytes(), game.scenario) == game
    game.apply(Answer("amber", "bread-for-coin", "yes"))
    assert Game.from_bytes(game.to_bytes(), game.scenario) == game
    assert b"amber/cakes" in game.to_bytes()
    assert b'["bread-for-coin","amber","birch","small",false,2,100]' in offered().to_bytes()


def test_a_lot_more_that_no_deal_knows_is_unsound() -> None:
    """Bytes that were sealed anew can't slip in another good, nor a counter-offer where there are none."""
    game = countered()
    [offer] = game.state.offers
    for forged in (offer._replace(more="amber/loaves"), offer._replace(countered=False)):
        edit(game, offers=(forged,))
        with pytest.raises(NotASave, match="`offers` is not sound"):
            Game.from_bytes(game.to_bytes(), game.scenario)


def test_preview_adds_what_comes_and_goes() -> None:
    """A cake a round less than the large deal itself, for the one round that it runs."""
    game = offered()
    plain = preview(game.view("birch"), replace(BUT, more=""))
    more = preview(game.view("birch"), BUT)

    assert more.hold == plain.hold == 100
    assert more.changes["good", "birch", "cakes"] == 1
    assert more.changes["good", "birch", "coin"] == plain.changes["good", "birch", "coin"] == -2
    assert more.changes["influence", "birch"] == -1


def test_a_move_goes_to_a_list_and_back() -> None:
    """The lot more is left out where there is none."""
    assert BUT.to_plain() == ["birch", "counter", "bread-for-coin", "large", "secret", 1, "amber/cakes"]
    assert replace(BUT, more="").to_plain() == ["birch", "counter", "bread-for-coin", "large", "secret", 1]
    assert Move.from_plain(BUT.to_plain()) == BUT
