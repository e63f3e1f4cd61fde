"""The first page of a seat: who it is, what counts for it, what it can do, and how one goes on from there."""

from __future__ import annotations

import re

import pytest
from textual.events import Key

from tests.tui.boards import Around, a_table, honeymoon, until
from tests.tui.games import settled
from wargame.rules.moves import End
from wargame.table.table import Table
from wargame.tui.home.first import FirstScreen, briefing
from wargame.tui.map.view import MapView
from wargame.tui.play.know import KnowScreen
from wargame.words import Words

SIZES = ((80, 24), (100, 30), (120, 40), (160, 45), (200, 60))


def at_first_orders(seat: str) -> Table:
    """The shipped scenario, when that seat gives its first orders among people who do nothing."""
    return until(a_table(honeymoon(), seed=3), 1, seat=seat)


def said(screen: FirstScreen) -> str:
    """All that the page says, whatever has to be scrolled to."""
    width = screen.widths()[1] - 2
    lines = [*screen.top(200), *screen.about("", width), *screen._things(60)]
    return " ".join(" ".join(line.plain.split()) for line in lines)


@pytest.mark.parametrize("seat", honeymoon().seat_ids)
async def test_each_seat_is_told_who_it_is_and_what_counts(seat: str) -> None:
    """Its aim, its line, every term of its score, who needs it, its agenda, and three things it can do."""
    table = at_first_orders(seat)
    app = Around(screen := FirstScreen(table, seat))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        told, shown = said(screen), app.text
        words, spec = Words(table.scenario), table.scenario.seats[seat]

    assert f"YOU ARE {words.party(seat).upper()}" in shown
    assert "THREE THINGS YOU CAN DO" in shown
    for text in (spec.wants, spec.fears, spec.needed):
        assert " ".join(words.said(text).split()) in told
    assert "Reach 62 by the end of round 6" in told
    for term in table.scenario.spec.scoring.seats[seat].terms:
        assert f"{words.said(term.label)[:20]}" in told
        assert words.counts(term) in told
    assert words.agenda(table.game.state.agendas[seat]).title in told
    assert re.search(r" 1 .+ 2 .+ 3 ", told)


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_lies_beside_where_there_is_room(size: tuple[int, int]) -> None:
    """On a small screen all of it is one text to scroll."""
    app = Around(screen := FirstScreen(at_first_orders("dprk"), "dprk"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        beside = screen.query_one(MapView).parent
        things = [line.plain for line in screen.about("", 70)]

        assert beside is not None
        assert beside.display == (size[0] >= 112)
        assert ("THREE THINGS YOU CAN DO" in things) == (size[0] < 112)
        assert all(len(line) <= size[0] for line in app.text.split("\n"))


@pytest.mark.parametrize("size", SIZES[2:])
async def test_every_capital_can_be_seen_above_what_can_be_done(size: tuple[int, int]) -> None:
    """What can be done covers half of the map at most."""
    table = at_first_orders("dprk")
    app = Around(screen := FirstScreen(table, "dprk"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        spec = table.scenario.spec
        homes = {seat.place for seat in spec.seats}
        capitals = {place.id for place in spec.places if place.id in homes and place.edge is None}

        board, things = screen.query_one(MapView), screen.query_one("#things")
        assert capitals <= {piece.id for piece in board.plan.pieces}
        assert things.outer_size.height <= board.size.height // 2


async def test_nothing_of_another_seat_is_on_it() -> None:
    """No agenda, no card of another hand, no sealed number."""
    table = at_first_orders("dprk")
    app = Around(FirstScreen(table, "dprk"))
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        words, state = Words(table.scenario), table.game.state
        for other in table.scenario.seat_ids:
            if other != "dprk":
                assert words.agenda(state.agendas[other]).title not in app.text
                own = {words.card(card) for card in state.hands["dprk"]}
                hidden = {words.card(card) for card in state.hands[other]} - own
                assert not any(card in app.text for card in hidden)


async def test_enter_leads_on_and_i_to_all_that_one_knows() -> None:
    """i opens the whole page, and Esc comes back from it; Enter is done with the page."""
    app = Around(screen := FirstScreen(at_first_orders("dprk"), "dprk"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert type(app.screen) is KnowScreen
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen
        await pilot.press("enter")
        await settled(pilot)
        assert app.left


def test_only_the_first_briefing_is_that_page() -> None:
    """Whoever has ended orders once reads all that the seat knows instead."""
    table = until(a_table(), 1, seat="amber")
    assert isinstance(briefing(table, "amber"), FirstScreen)
    table.play(End("amber"))
    assert type(briefing(table, "amber")) is KnowScreen


async def test_a_key_scrolls_it_at_once() -> None:
    """It does not glide there: what a key does is painted with the next frame, as everywhere."""
    app = Around(FirstScreen(at_first_orders("dprk"), "dprk"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        text = app.screen.query_one("#about")
        app.post_message(Key("down", None))
        await pilot.pause()
        assert text.scroll_y == 1
