"""A crisis on the screen: a row among the orders, a page in the resolution."""

from __future__ import annotations

from textual.widgets import Static

from tests.rules.crises import a_crisis
from tests.tui.boards import LARGE, SMALL, Around, a_table, go_on, mill, painted, until
from wargame.rules.moves import Stance
from wargame.table.table import Table
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.rows import Rows
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.resolution import ResolutionScreen

NAME = "dry-stream"


def a_question() -> Table:
    return until(a_table(a_crisis()), 1, seat="amber")


async def test_an_answer_is_turned_and_given_on_its_row() -> None:
    """The row comes after the hand; its pane says what each answer brings. What is given is marked."""
    table = a_question()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("4")
        await pilot.pause()
        assert "ALL ANSWER" in app.text
        assert "‹Keep to yourself›" in app.text
        assert "THE STREAM RUNS DRY" in app.text
        assert "“Who gives up water?”" in " ".join(app.text.split())
        await pilot.press("right", "enter")
        await pilot.pause()
        assert "Share it out ✓" in app.text
        row = app.text.split("ALL ANSWER")[1].split("OFFERS FROM YOU")[0]
        assert "‹" not in row  # there is nothing to turn any more

    assert table.view("amber").crises == {NAME: {"amber": "share"}}


async def test_a_crisis_that_waits_is_among_what_is_still_possible() -> None:
    """Who ends a turn without a word to it is asked once and told which it is; after an answer no more."""
    app = Around(OrdersScreen(a_question(), "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("e")
        await pilot.pause()
        before = " ".join(app.text.split())
        app.screen.query_one(Rows).light(f"crisis:{NAME}")
        await pilot.press("enter", "e")
        await pilot.pause()
        after = " ".join(app.text.split())

    assert "an answer to “The stream runs dry”." in before
    assert "Still possible: " in after
    assert "an answer to" not in after


async def test_the_page_says_your_score_to_who_answers() -> None:
    """What an answer brings is told to the seat that reads it, not of some seat."""
    app = Around(screen := OrdersScreen(a_question(), "amber"))
    async with app.run_test(size=LARGE) as pilot:
        screen.light(f"crisis:{NAME}")
        await pilot.pause()
        page = " ".join(screen.query_one("#told", FramedPane).text.replace("│", " ").split())

    assert "Share it out: your influence ▼1" in page
    assert "the answering seat" not in page


async def test_the_next_seat_sees_nothing_of_it() -> None:
    """Its screen is the same whatever was answered before."""
    pages = []
    for answer in ("share", "take"):
        table = until(go_on(a_question(), Stance("amber", NAME, answer)), 1, seat="birch")
        pages.append(await painted(OrdersScreen(table, "birch"), SMALL, "1"))

    assert pages[0] == pages[1]
    assert "‹Keep to yourself›" in pages[0]


async def test_a_scenario_without_a_crisis_shows_nothing_of_it() -> None:
    """No heading and no row."""
    assert "ALL ANSWER" not in await painted(OrdersScreen(until(a_table(mill()), 1, seat="amber"), "amber"))


async def test_the_resolution_has_a_page_for_it() -> None:
    """All answers and the outcome at once, with what follows from them."""
    table = go_on(a_question(), Stance("amber", NAME, "share"), Stance("cedar", NAME, "share"))
    table = until(table, 2)
    app, page = Around(screen := ResolutionScreen(table, table.beats)), ""
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(40):
            if "is settled" in app.text:
                page = " ".join(str(screen.query_one("#about-text", Static).render()).split())
            await pilot.press("enter")
            await pilot.pause()
            if app.left:
                break

    assert "Amber and Cedar: Share it out; Birch: Keep to yourself." in page
    assert "is settled with at least two for “Share it out”." in page
    assert "Grain" in page
