"""The deal desk: terms turn, sentence and stores follow, and what is laid is what was read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.boards import bargaining, edit
from tests.tui.boards import LARGE, SMALL, Around, a_deal, a_table, honeymoon, mill, painted, until
from wargame.rules.moves import Offer
from wargame.table.table import Table
from wargame.tui.screens.desk import DeskScreen
from wargame.tui.widgets.forecast import stores, trust


def ambers_turn() -> Table:
    return until(a_table(), 1, seat="amber")


async def test_enter_lays_the_offer_as_it_stands() -> None:
    """A deal, its dials turned, Enter: the move has just these terms."""
    app = Around(DeskScreen(ambers_turn(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "down", "right", "down", "right", "down", "right", "enter")
        await pilot.pause()

    assert [beat.move for beat in app.result or ()] == [Offer("amber", "bread-for-coin", "small", "open", 1)]


async def test_arrows_on_a_deal_go_through_all_its_forms() -> None:
    """→ on a deal turns to its next form, and after the last to the first."""
    app = Around(screen := DeskScreen(ambers_turn(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        seen = set()
        for _ in range(8):
            seen.add(screen.offer.move)
            await pilot.press("right")
        assert len(seen) == 8


async def test_both_read_the_same_sentence() -> None:
    """The sentence on the desk is the one that the other side will read."""
    app = Around(screen := DeskScreen(ambers_turn(), "amber"))
    async with app.run_test(size=SMALL):
        offer = screen.offer
        said = screen.lens.words.offer_sentence(offer.template, offer.size, offer.secret, offer.rounds)
        assert " ".join(said.split()[:6]) in " ".join(app.text.split())


async def test_a_refused_deal_says_why_and_is_not_laid() -> None:
    """A deal that runs already stays in the list with its reason."""
    app = Around(DeskScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "enter")
        assert not app.left
        assert "running already" in app.text


async def test_esc_drops_it() -> None:
    """Nothing is offered by looking."""
    app = Around(DeskScreen(ambers_turn(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("right", "escape")

    assert (app.left, app.result) == (True, [])


async def test_a_skipped_rung_shows_the_chance_that_it_holds() -> None:
    """Above what trust allows the desk shows how likely the deal is to hold, and how many steps are short."""
    text = await painted(DeskScreen(ambers_turn(), "amber"), SMALL, "2")

    assert "▰▱▱▱ 30 % 2 short" in text


def test_stores_go_down_by_what_is_given_and_up_by_what_comes() -> None:
    """Round by round: what is due goes out of the store or the factory, what is promised comes in."""
    view = ambers_turn().view("amber")
    offers = mill().offer_moves["amber"]
    offer = next(o for o in offers if (o.template.id, o.size, o.rounds) == ("bread-for-coin", "small", 2))
    lines = {line.name: line for line in stores(view, offer)}

    assert lines["loaves"].now == view.goods["amber"]["loaves"]
    assert lines["loaves"].short == 0
    assert lines["coin"].after == (1, 2)


def test_a_promise_too_large_is_seen_before_it_is_made() -> None:
    """Three loaves a round are more than the mill makes: stores fall below nothing, and trust with them."""
    view = ambers_turn().view("amber")
    offers = mill().offer_moves["amber"]
    offer = next(o for o in offers if (o.template.id, o.size, o.rounds) == ("bread-for-coin", "large", 2))
    loaves = next(line for line in stores(view, offer) if line.name == "loaves")
    track = trust(view, offer, loaves.short)

    assert loaves.short > 0
    assert track is not None
    assert track.after[-1] < track.now + 2


def test_who_gives_first_is_paid_a_round_later() -> None:
    """A round more than the deal's own: cakes go out in the first two, coin comes in after each."""
    table = until(a_table(bargaining()), 1, seat="amber")
    view = edit(table.game, goods={"amber": {"cakes": 8, "coin": 0}}).view("amber")
    offers = bargaining().offer_moves["amber"]
    offer = next(o for o in offers if (o.template.id, o.rounds) == ("cake-for-coin", 2))
    lines = {line.name: line.after for line in stores(view, offer)}
    track = trust(view, offer, 0)

    assert lines["coin"] == (0, 2, 4)
    assert lines["cakes"][:2] == (7, 6)
    assert track is not None
    assert [value - track.now for value in track.after] == [0, 1, 2]


@pytest.mark.parametrize("seat", honeymoon().seat_ids)
async def test_every_deal_of_a_seat_can_be_looked_at(seat: str) -> None:
    """Each deal of the shipped scenario opens on the desk at the smallest size with its sentence in sight."""
    table = until(a_table(honeymoon()), 1, seat=seat)
    app = Around(screen := DeskScreen(table, seat))
    async with app.run_test(size=SMALL) as pilot:
        for nth in range(1, min(len(honeymoon().offer_groups[seat]), 9) + 1):
            await pilot.press(str(nth))
            assert "AS BOTH WILL READ IT" in app.text
            assert screen.template == app.lit.removeprefix("deal:")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot(snap_compare: Any, size: tuple[int, int]) -> None:
    """A promise on a rung that trust does not reach."""
    assert snap_compare(Around(DeskScreen(ambers_turn(), "amber")), press=["2"], terminal_size=size)
