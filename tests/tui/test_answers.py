"""Answers to a question as cards side by side, and the pages of a turn in panes where there is room."""

from __future__ import annotations

import pytest

from tests.rules.boards import bargaining
from tests.tui.boards import (
    LARGE,
    SMALL,
    Around,
    a_deal,
    a_question,
    a_table,
    an_offer,
    honeymoon,
    painted,
    until,
)
from wargame.rules.moves import Offer
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.rows import Rows
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.counter import CounterScreen
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.words.pages import play as say


@pytest.mark.parametrize("size", [(100, 30), LARGE, (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_question_is_answered_by_picking_a_card(size: tuple[int, int]) -> None:
    """Nothing is lit at first; ← → and digits light, Enter gives the answer, a second click too."""
    table, seat = a_question()
    app = Around(screen := ChoiceScreen(table, seat))
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        assert screen.lit == ""
        assert not app.left
        await pilot.press("right")
        first = screen.lit
        await pilot.press("2")
        assert screen.lit not in ("", first)
        await pilot.press("left", "down", "up")
        assert screen.lit == first
        await pilot.click(list(screen.query(".answer"))[1], offset=(4, 3))
        assert screen.lit not in ("", first)
        assert not app.left
        await pilot.click(list(screen.query(".answer"))[1], offset=(4, 3))
        await pilot.pause()

        assert [beat.move.verb for beat in screen.beats if beat.move] == ["choose"]
        assert screen.lit == ""  # the next question opens with nothing lit


async def test_each_answer_stands_on_its_card_with_what_it_is_worth() -> None:
    """All can be read before one is lit."""
    table, seat = a_question()
    app = Around(screen := ChoiceScreen(table, seat))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        cards = [" ".join(pane.text.split()) for pane in screen.query(".answer").results(FramedPane)]
        choice = table.scenario.programs.choices[screen.path]
        assert len(cards) == len(choice.options)
        for card, option in zip(cards, choice.options, strict=True):
            assert screen.lens.words.said(option.label).split()[0] in card
            assert "Your score" in card


async def test_what_a_question_shows_before_all_is_what_all_may_know() -> None:
    """The tracks beside it are those of the room: what only its seat knows is sealed."""
    table, seat = a_question()
    hidden = [track.id for track in table.scenario.spec.tracks if track.seen_by and seat in track.seen_by]
    app = Around(screen := ChoiceScreen(table, seat))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        lines = str(screen.query_one("#tracks-text").render()).splitlines()
    assert sum("▣" in line for line in lines) >= len(hidden)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_looked_at_alone_a_question_is_titled_as_sealed_and_names_the_way_back(
    size: tuple[int, int],
) -> None:
    """Its title says that nobody else looks; a page with sealed numbers is marked so in any case."""
    for alone in (True, False):
        for keys in ((), ("1",)):
            text = await painted(ChoiceScreen(*a_question(), alone), size, *keys)
            first, last = text.splitlines()[0], text.splitlines()[-1]
            assert "▣" in first
            assert (say.LOOKS_ALONE in first) is alone
            assert (say.TO_TABLE in last) is alone
            assert ("aloud" in first) is not alone


async def test_a_lit_answer_stays_lit_when_the_window_changes() -> None:
    app = Around(screen := ChoiceScreen(*a_question()))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2")
        lit = screen.lit
        for size in (SMALL, LARGE):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.lit == lit


async def test_the_answers_have_no_hand_and_their_line_names_what_works() -> None:
    """With nothing lit Enter is not promised; with an offer lit it says which answer it gives."""
    app = Around(OrdersScreen(until(an_offer(), 1, "answers", "birch"), "birch"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert "Enter" not in app.text.splitlines()[-1]
        await pilot.press("down")
        assert "Enter  say no" in app.text.splitlines()[-1]
        assert "← →  yes, no" in app.text.splitlines()[-1]
        assert not app.screen.query_one("#table").display


async def test_a_counter_offer_says_what_it_changes() -> None:
    table = until(a_table(bargaining()), 1, seat="amber")
    table.play(Offer("amber", "bread-for-coin", "small", "open", 2))
    table = until(table, 1, seat="birch")
    app = Around(screen := CounterScreen(table, "birch", "bread-for-coin"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert "nothing yet" in app.text
        screen.query_one("Rows").light("dial:rounds")  # type: ignore[attr-defined]
        await pilot.press("right")
        await pilot.pause()
        assert f"rounds: {screen.offer.rounds}, not 2" in app.text


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_foot_that_asks_says_what_becomes_of_an_offer(size: tuple[int, int]) -> None:
    """Where nothing but an offer is left, ending the turn leaves that unanswered, and the key says so."""
    app = Around(OrdersScreen(until(an_offer(), 1, "answers", "birch"), "birch"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("e")
        await pilot.pause()
        foot = app.text.splitlines()[-1]

    assert "Enter  leave it unanswered" in foot
    assert "end the turn" not in foot


async def test_the_page_keys_scroll_what_is_told_of_the_lit_answer_on_the_smallest_screen() -> None:
    """They leave lit what is lit: Enter goes on saying what the bottom line says of it."""
    table = until(a_table(honeymoon(), ("us", "japan", "russia", "china"), seed=7), 1, "answers", "rok")
    app = Around(screen := OrdersScreen(table, "rok"))
    async with app.run_test(size=SMALL) as pilot:
        for nth in "123456789":
            await pilot.press(nth)
            await pilot.pause()
            if screen.query_one("#about").max_scroll_y:
                break
        before, lit = app.text, screen.lit
        assert lit
        await pilot.press("pagedown")
        await pilot.pause()
        assert app.text != before
        assert (screen.lit, screen.query_one(Rows).lit) == (lit, lit)
        await pilot.press("pageup")
        await pilot.pause()

        assert app.text == before


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_question_come_back_to_tells_of_no_answer_until_one_is_lit(size: tuple[int, int]) -> None:
    app = Around(screen := ChoiceScreen(*a_question()))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = app.text
        await pilot.press("1")
        await pilot.pause()
        assert app.text != before
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(app.screen, KnowScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert not screen.lit
        assert app.text == before


@pytest.mark.parametrize("key", ["pagedown", "down"])
async def test_what_is_longer_than_its_pane_scrolls(key: str) -> None:
    """The pane says how much more there is, and its frame stays."""
    app = Around(screen := KnowScreen(a_deal(), "amber"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        panes = [pane for pane in screen.query(FramedPane) if pane.display and "PgDn" in pane.text]
        if panes:
            before = panes[0].text
            await pilot.press(key)
            assert panes[0].text != before
            assert panes[0].text.splitlines()[0] == before.splitlines()[0]


async def test_the_desk_has_a_box_for_each_partner() -> None:
    text = await painted(DeskScreen(until(a_table(), 1, seat="amber"), "amber"), LARGE, "1")
    assert "ROUND BY ROUND" in text
    assert "AS BOTH WILL READ IT" in text
    assert text.count("╰") >= 3


@pytest.mark.parametrize("size", [(120, 40), (160, 45), (200, 60)])
async def test_what_is_told_and_what_is_asked_fill_their_box(size: tuple[int, int]) -> None:
    """Side by side, each no wider than can be read: no half of the box stays empty, and no line is cut."""
    app = Around(screen := ChoiceScreen(*a_question()))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        pane = screen.query_one("#asked", FramedPane)
        lines = [line.removeprefix("│ ").removesuffix(" │") for line in pane.text.splitlines()[1:-1]]

        tracks = screen.query_one("#tracks").size.width
        gauges = screen._shown["#tracks-text"]

    assert max(len(line.rstrip()) for line in lines) > len(lines[0]) * 3 // 4
    assert not any("…" in line for line in lines)
    assert all(line.cell_length <= tracks for line in gauges)


@pytest.mark.parametrize(
    ("round_", "first", "then"), [(1, say.BEGIN, say.KNOWN_NOW), (2, say.KNOWN_NOW, say.BEGIN)]
)
async def test_after_the_first_turn_what_one_knows_now_comes_before_what_to_begin_with(
    round_: int, first: str, then: str
) -> None:
    """In one column and in two panes; a heading in the border is not said again below it."""
    app = Around(screen := KnowScreen(until(a_table(honeymoon()), round_, seat="rok"), "rok"))
    async with app.run_test(size=SMALL) as pilot:
        column = "\n".join(line.plain for line in screen.about("", 78))
        await pilot.resize_terminal(*LARGE)
        await pilot.pause()
        pane = list(screen.query(".page").results(FramedPane))[1].text

    assert column.index(first) < column.index(then)
    assert first in pane.splitlines()[0]
    assert pane.count(first) == 1
