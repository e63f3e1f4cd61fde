"""Accusing at the screen: a row of the orders leads to a page, and it is read out before the cards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules.boards import accusing, bargaining_in_words, wordy
from tests.tui.boards import LARGE, SMALL, Around, a_table, go_on, mill, neutral, painted, until
from wargame.record import Player
from wargame.rules.events import Accused
from wargame.rules.moves import Accuse, Answer, Counter, Offer
from wargame.rules.state import Accusation
from wargame.table.table import Table
from wargame.tui.home.ending import Ending
from wargame.tui.kit.rows import Rows
from wargame.tui.play.accuse import AccuseScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch import lists
from wargame.tui.watch.resolution import ResolutionScreen


def cedars_turn() -> Table:
    """Amber and Birch have signed bread for coin in secret; Cedar gives its orders in round 2."""
    offer = Offer("amber", "bread-for-coin", "small", "secret", 2)
    table = go_on(a_table(accusing()), offer, Answer("birch", "bread-for-coin", "yes"))
    return until(table, 2, seat="cedar")


async def test_a_row_leads_to_the_page_and_the_page_lays_it_down() -> None:
    """Enter on the row, a number, Enter: the accusation lies face down, and the row says so."""
    table = cedars_turn()
    app = Around(OrdersScreen(table, "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one(Rows).light("accuse")
        await pilot.pause()
        assert "It costs ¤1" in app.text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AccuseScreen)
        await pilot.press("1", "enter")
        await pilot.pause()

        assert table.game.state.accused == {"cedar": Accusation("amber+birch", 1)}
        assert "laid down; u takes back" in app.text
        assert "Enter" not in app.text.splitlines()[-1], "there is no second one to be made"
        assert "AAM–BBI, rung 1" in app.text
        await pilot.press("u")
        await pilot.pause()
        assert table.game.state.accused == {}
        assert "accuse …" in app.text


async def test_after_a_resume_the_row_offers_no_taking_back(tmp_path: Path) -> None:
    """What was laid down before the game was left stays: the row says that it lies, and names no key."""
    scenario = accusing()
    people = {seat: Player("person", seat) for seat in scenario.seat_ids}
    offer = Offer("amber", "bread-for-coin", "small", "secret", 2)
    table = Table.start(scenario, people, seed=7, folder=tmp_path)
    list(table.advance())
    go_on(table, offer, Answer("birch", "bread-for-coin", "yes"))
    go_on(until(table, 2, seat="cedar"), Accuse("cedar", "amber+birch", 1))
    table.close()
    assert table.kept is not None

    table = Table.resume(table.kept)
    assert not table.can_undo
    app = Around(OrdersScreen(table, "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one(Rows).light("accuse")
        await pilot.pause()
        assert "laid down." in app.text
        assert "takes back" not in app.text
    table.close()


async def test_the_page_says_what_is_at_stake_and_what_is_known() -> None:
    text = await painted(AccuseScreen(cedars_turn(), "cedar"), SMALL, "2")

    assert "on rung two, cake" in " ".join(text.split())
    assert "you lose 3 points" in " ".join(text.split())
    assert "a friendly visit" in text


async def test_where_there_is_room_the_accused_have_their_names() -> None:
    """As in the sentence beside them, and as partners have on the deal desk."""
    assert "A AMBER – B BIRCH" in await painted(AccuseScreen(cedars_turn(), "cedar"), LARGE, "2")


async def test_esc_says_nothing() -> None:
    app = Around(AccuseScreen(cedars_turn(), "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "escape")

    assert (app.left, app.result) == (True, [])


async def test_a_refused_accusation_says_why() -> None:
    table = cedars_turn()
    table.play(Accuse("cedar", "amber+birch", 2))
    app = Around(AccuseScreen(table, "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "enter")
        assert not app.left
        assert "accused somebody already" in app.text


async def test_a_scenario_without_accusations_shows_nothing_of_them() -> None:
    text = await painted(OrdersScreen(until(a_table(mill()), 1, seat="cedar"), "cedar"), (120, 40))

    assert "accus" not in text.lower()


async def test_the_reveal_reads_it_out_before_the_cards() -> None:
    """A step of its own before what was laid down; the end of the game tells it again."""
    table = cedars_turn()
    table.play(Accuse("cedar", "amber+birch", 1))
    start = len(table.beats)
    while not any(isinstance(event, Accused) for beat in table.beats[start:] for event in beat.events):
        neutral(table)
    screen = ResolutionScreen(table, table.beats[start:])
    heads = [type(step.events[0]).__name__ for step in screen.steps if step.phase == "reveal"]

    assert heads[:2] == ["Accused", "InfluenceSpent"]
    assert "DealProved" in heads
    while not table.over:
        neutral(table)
    told = " ".join(line.plain for line in Ending(table).deals(200))
    assert "R2 Cedar accuses Amber and Birch of a secret deal on rung one, bread, and is right" in told


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_proved_accusation_lies_on_the_map_as_a_card(size: tuple[int, int]) -> None:
    """Who accuses whom, that it is proved, and what it cost and paid: an event, and no line of the list."""
    table = cedars_turn()
    table.play(Accuse("cedar", "amber+birch", 1))
    start = len(table.beats)
    while not any(isinstance(event, Accused) for beat in table.beats[start:] for event in beat.events):
        neutral(table)
    app = Around(screen := ResolutionScreen(table, table.beats[start:]))
    async with app.run_test(size=size) as pilot:
        while screen.page.kind != "reveal" or not any(isinstance(e, Accused) for e in screen.page.events):
            await pilot.press("enter")
        await pilot.pause()
        about = screen.query_one("#about")
        told = " ".join(" ".join(line.plain for line in screen.about(screen.lit, 46)).split())

        assert about.display
        assert about.size.height >= 4
        assert str(about.border_title) == "CEDAR ACCUSES"
        assert "Amber and Birch: a secret deal on rung one, bread " in told
        assert told.lower().count("for all to see") == 1
        assert "CCE ▲3" in told
        listed = " ".join(row.line.plain for row in lists.said(screen.lens, screen.page, 200))
        assert not re.search("accus|prove", f"{told} {listed}"), "it is said in the title, and once"


async def test_who_signs_picks_the_words_on_the_dial() -> None:
    """← and → go through no, yes without a word, and yes with each of the words, on a line of their own."""
    offer = Offer("amber", "bread-for-coin", "small", "secret", 2)
    table = until(go_on(a_table(wordy()), offer), 1, seat="birch")
    app = Around(OrdersScreen(table, "birch"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        app.screen.query_one(Rows).light("answer:bread-for-coin")
        await pilot.press("right")
        assert "nothing is said" in app.text
        await pilot.press("right")
        assert "“a talk about bread”" in app.text
        await pilot.press("enter")
        await pilot.pause()

    assert table.game.state.deals[-1].words == "2"


async def test_who_has_the_last_word_on_a_counter_offer_picks_the_words() -> None:
    offer = Offer("amber", "bread-for-coin", "small", "open", 2)
    but = Counter("birch", "bread-for-coin", "small", "secret", 2, "amber/cakes")
    table = until(go_on(a_table(bargaining_in_words()), offer, but), 1, "answers", "amber")
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        app.screen.query_one(Rows).light("answer:bread-for-coin")
        await pilot.press("right", "right")
        assert "“a talk about bread”" in app.text
        await pilot.press("enter")
        await pilot.pause()

    [deal] = table.game.state.deals
    assert (deal.words, deal.more, deal.secret) == ("2", "amber/cakes", True)


async def test_a_row_publishes_for_nothing_and_u_takes_it_back() -> None:
    table = until(a_table(wordy()), 1, seat="amber")
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        app.screen.query_one(Rows).light("announce:birch")
        await pilot.press("right", "enter")
        await pilot.pause()
        assert [deal.words for deal in table.game.state.deals] == ["2"]
        assert "✓" in app.text
        assert "‹" not in app.text.split("PHRASE, NO DEAL")[1].split("╰")[0]  # nothing to turn any more
        await pilot.press("u")
        await pilot.pause()

    assert table.game.state.deals == ()


async def test_a_wrong_accusation_stands_in_the_list_with_what_it_cost() -> None:
    table = cedars_turn()
    table.play(Accuse("cedar", "amber+birch", 2))
    start = len(table.beats)
    while not any(isinstance(event, Accused) for beat in table.beats[start:] for event in beat.events):
        neutral(table)
    screen = ResolutionScreen(table, table.beats[start:])
    page = next(page for page in screen.pages if any(isinstance(e, Accused) for e in page.events))
    rows = [row.line.plain.strip() for row in lists.said(screen.course.now, page, 200)]

    assert rows[0] == "✗ CCE accuses AAM–BBI of a secret deal on rung two, cake"
    assert rows[1].startswith("CCE ▼")
    assert rows[2:4] == ["Amber's influence ▲1 5→6", "Birch's influence ▲1 6→7"]
    assert not any("accusation" in row for row in rows)
