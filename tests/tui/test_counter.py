"""Yes, but: a row below an offer opens its terms, and what is laid is what was read."""

from __future__ import annotations

from tests.rules.boards import bargaining
from tests.tui.boards import LARGE, SMALL, Around, a_table, painted, until
from wargame.rules.moves import Counter, Offer
from wargame.table.table import Table
from wargame.tui.kit.rows import Rows
from wargame.tui.play.counter import CounterScreen
from wargame.tui.play.orders import OrdersScreen

OFFER = Offer("amber", "bread-for-coin", "small", "open", 2)


def birchs_turn() -> Table:
    """Amber has offered bread for coin; it is Birch's turn."""
    table = until(a_table(bargaining()), 1, seat="amber")
    table.play(OFFER)
    return until(table, 1, seat="birch")


async def test_the_row_opens_a_page_and_enter_lays_the_terms() -> None:
    """From the offer's own terms: one dial turned, and one lot more."""
    app = Around(screen := OrdersScreen(birchs_turn(), "birch"))
    async with app.run_test(size=SMALL) as pilot:
        screen.query_one(Rows).light("counter:bread-for-coin")
        await pilot.press("enter")
        await pilot.pause()
        page = app.screen
        assert isinstance(page, CounterScreen)
        page.query_one(Rows).light("dial:rounds")
        await pilot.press("right", "down", "right", "enter")
        await pilot.pause()
        assert app.screen is screen
        [beat] = screen.beats

    assert beat.move == Counter("birch", "bread-for-coin", "small", "open", 1, "birch/coin")


async def test_it_opens_on_the_terms_that_were_offered() -> None:
    """They can't be laid as they are: that is what yes is for."""
    app = Around(page := CounterScreen(birchs_turn(), "birch", "bread-for-coin"))
    async with app.run_test(size=SMALL) as pilot:
        assert page.offer.move == Counter("birch", "bread-for-coin", "small", "open", 2)
        await pilot.press("1", "enter")
        assert not app.left
        assert "the terms you were offered" in app.text


async def test_what_is_added_is_read_before_it_is_laid() -> None:
    """The sentence and the stores hold the lot more."""
    text = await painted(
        CounterScreen(birchs_turn(), "birch", "bread-for-coin"), SMALL, "1", *["down"] * 4, "right"
    )

    assert "‹1 coin from BBI›" in text
    assert "Birch gives 2 coin" in " ".join(text.split())


async def test_the_first_proposer_reads_it_as_a_counter_offer() -> None:
    """In the answers, with what the fee is."""
    table = birchs_turn()
    table.play(Counter("birch", "bread-for-coin", "large", "secret", 1, "amber/cakes"))
    table = until(table, 1, "answers", "amber")
    text = " ".join((await painted(OrdersScreen(table, "amber"), SMALL, "1")).split())

    assert "a counter-offer from" in text
    assert "which is set aside" in text
    assert "yes, but …" not in text


async def test_esc_leaves_the_offer_as_it_was() -> None:
    """Nothing is countered by looking."""
    app = Around(CounterScreen(birchs_turn(), "birch", "bread-for-coin"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "right", "escape")

    assert (app.left, app.result) == (True, [])


async def test_it_is_taken_back_as_an_offer_is() -> None:
    """The offer is there again, and the row that it was countered on is lit."""
    table = birchs_turn()
    app = Around(screen := OrdersScreen(table, "birch"))
    async with app.run_test(size=SMALL) as pilot:
        screen.play(Counter("birch", "bread-for-coin", "small", "open", 1))
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert screen.lit == "counter:bread-for-coin"

    [offer] = table.game.state.offers
    assert (offer.proposer, offer.countered) == ("amber", False)


async def test_a_seat_that_can_pay_nothing_is_told_so() -> None:
    """The row stays, and says why."""
    table = birchs_turn()
    state = table.game.state
    state.influence, state.menu = state.influence | {"birch": 0}, None
    text = await painted(OrdersScreen(table, "birch"), SMALL)

    assert "yes, but … ×" in text


async def test_an_offer_that_was_made_is_told_like_any_other() -> None:
    """Lit among one's own offers, beside the hand as in the list."""
    for size in (SMALL, LARGE):
        table = birchs_turn()
        app = Around(screen := OrdersScreen(table, "birch"))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            screen.play(next(move for move in table.game.legal_moves() if isinstance(move, Counter)))
            await pilot.pause()
            assert screen.light("laid:offer:bread-for-coin")
            await pilot.pause()

            assert "BREAD FOR COIN" in app.text
