"""The deal desk: terms turn, sentence and stores follow, and what is laid is what was read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from textual.events import Key

from tests.rules.boards import edit
from tests.tui.boards import LARGE, SMALL, Around, a_deal, a_table, honeymoon, painted, until
from tests.tui.games import settled
from wargame import load_scenario
from wargame.rules.moves import Offer
from wargame.table.table import Table
from wargame.tui.play.desk import DeskScreen


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


async def test_why_a_deal_is_refused_stays_when_its_keys_came_in_one_burst() -> None:
    """Enter is done before the screen hears that the digit has lit another row: the reason is not wiped."""
    app = Around(screen := DeskScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await settled(pilot)
        for key in ("1", "enter"):
            app.post_message(Key(key, key if key.isdecimal() else None))
        await settled(pilot)
        assert screen.refused == "This deal is running already."
        await pilot.press("2")
        assert screen.refused == ""


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


@pytest.mark.parametrize("rounds", [2, 4, 6, 8])
async def test_the_table_ends_with_the_game_and_is_never_below_nothing(rounds: int) -> None:
    """No column for a round that is never played, no negative store; what will be missing is said."""
    table = until(a_table(rounds=rounds), 2, seat="amber")
    edit(table.game, goods={"amber": {"loaves": 1, "wood": 0}})
    app = Around(screen := DeskScreen(table, "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1")
        await pilot.pause()
        text = app.text
        told = " ".join(" ".join(line.plain.split()) for line in screen.about("", 60))
    head = next(line for line in text.splitlines() if "BY ROUND" in line)
    rows = [line.split("▣")[1] for line in text.splitlines() if "loaves ▣" in line]

    assert [cell for cell in head.split() if cell[0] == "R" and cell[1:].isdigit()] == [
        f"R{at}" for at in range(2, rounds + 1)
    ]
    assert rows
    assert not any("−" in row for row in rows)
    assert "R2 short 2 loaves" in text
    assert "if both keep it; you would be short of loaves" in told


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["rows", "panes"])
async def test_a_digit_without_a_deal_offers_none(size: tuple[int, int]) -> None:
    """The deal that was lit before it is lit no more."""
    table = ambers_turn()
    app = Around(DeskScreen(table, "amber"))
    async with app.run_test(size=size) as pilot:
        before = table.game.to_bytes()
        await pilot.press("9")
        await pilot.pause()
        assert "There is no 9" in app.text
        await pilot.press("enter")
        await pilot.pause()

    assert table.game.to_bytes() == before


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


async def test_the_page_keys_scroll_what_is_told_as_its_border_says() -> None:
    """The rows are few: PgDn is for the pane in which more follows."""
    app = Around(screen := DeskScreen(until(a_table(honeymoon(), seed=4), 2, seat="dprk"), "dprk"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        before, lit = app.text, screen.lit
        assert "PgDn" in before
        await pilot.press("pagedown")
        await pilot.pause()
        assert app.text != before
        assert screen.lit == lit
        await pilot.press("pageup")
        await pilot.pause()

        assert app.text == before


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_ladder_of_what_all_see_is_not_sealed(size: tuple[int, int]) -> None:
    """The gauge of the Nile stands on everybody's board; Moscow's trust does not."""
    nile = until(a_table(load_scenario("nile")), 2, seat="egypt")
    moscow = until(a_table(honeymoon()), 2, seat="dprk")

    public = await painted(DeskScreen(nile, "egypt"), size, "1")
    hidden = await painted(DeskScreen(moscow, "dprk"), size, "1")

    assert re.search(r"wants *Gauge \d", public)
    assert re.search(r"wants *Trust ▣ \d", hidden)
