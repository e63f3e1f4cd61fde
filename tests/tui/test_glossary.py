"""The glossary comes from the rulebook, holds every word of the screens, and is there by key and by mouse."""

from __future__ import annotations

import re
from typing import Any

import pytest
from textual.widgets._tooltip import Tooltip

from tests.tui.boards import LARGE, SMALL, Around, a_deal, a_table, honeymoon, mill, painted, until
from tests.tui.games import settled
from wargame.rulebook import Term
from wargame.rules.view import imagine
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.glossary import GlossaryScreen
from wargame.tui.home.rules import RulesScreen
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.rulebook import book_of
from wargame.tui.kit.topics import TOPICS
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen

BOOK = book_of(honeymoon())
SAID = """
agenda, band, bottleneck, briefing, brink, chance, commit, communiqué, contest, deal, deliver,
detection, dial, discard, fire, flag, front, goods, hand, influence, initiative, intel, kremlin, ladder,
hold, lot, margin, need, news, offer, policy card, printed action, proof, quiet, regime, resolution,
reveal, roll, round, ruin line, rung, sanctions, score, seat, secret, short, signal, speed, spread,
stand, standing, stop, storm, suspicion, target, tell, track, trilateral, trust, upkeep, win line
"""
"""Words that the screens use."""


def test_the_glossary_is_alphabetical() -> None:
    """In the order in which one looks a word up, and no name twice."""
    leading = [term.names[0].casefold() for term in BOOK.glossary]
    every = [name.casefold() for term in BOOK.glossary for name in term.names]

    assert leading == sorted(leading)
    assert len(every) == len(set(every))


@pytest.mark.parametrize("term", BOOK.glossary, ids=lambda term: term.key)
def test_a_term_is_said_in_a_sentence_or_two(term: Term) -> None:
    """Short, plain, without the marks of Markdown, and with a section of the book to read on."""
    assert 1 <= len(re.findall(r"[.](?: |$)", term.text)) <= 2
    assert not re.search(r"[\[\]*`]", term.text)
    assert term.section in BOOK.titles
    assert term.section != "glossary"


@pytest.mark.parametrize("word", [" ".join(word.split()) for word in SAID.split(",")])
def test_every_word_of_the_screens_is_in_it(word: str) -> None:
    """Each is the leading name of a term or another name of one."""
    assert BOOK.term(word) is not None


def test_every_track_of_the_board_is_in_it() -> None:
    """Under its id or under the name that is printed on the board."""
    for id_, track in honeymoon().tracks.items():
        assert BOOK.term(id_, str(track.name)) is not None, id_


def test_every_entry_of_the_book_is_read() -> None:
    """No entry of the printed list is lost on the way to the screen."""
    printed = BOOK.markdown.partition("\n## Glossary\n")[2]

    assert len(re.findall(r"^- \*\*", printed, re.MULTILINE)) == len(BOOK.glossary)


async def test_g_opens_at_the_terms_of_the_lit_row() -> None:
    """They stand first and the leading one is lit; all others follow. Enter leads to its section."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await app.push_screen(OrdersScreen(a_deal(), "amber"))
        await pilot.pause()
        await pilot.press("4", "g")
        await pilot.pause()
        assert isinstance(app.screen, GlossaryScreen)
        assert app.screen.query_one(Rows).lit == "near:deliver"
        await pilot.press("3")
        await pilot.pause()
        assert app.screen.lit == book_of(mill()).term("ladder")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RulesScreen)
        lit = int(app.screen.query_one(Rows).lit.partition(":")[2])
        assert app.screen.sections[lit].title == "Deals"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, OrdersScreen)


@pytest.mark.soak
async def test_every_term_can_be_read() -> None:
    """Its meaning stands beside it whole, at the smallest size."""
    app = Around(screen := GlossaryScreen(BOOK, TOPICS["board"]))
    async with app.run_test(size=SMALL) as pilot:
        for term in BOOK.glossary:
            screen.query_one(Rows).light(f"term:{term.key}")
            await pilot.pause()
            shown = " ".join(" ".join(line[34:].strip("│ ").split()) for line in app.text.splitlines())

            assert term.text in shown
            assert BOOK.titles[term.section] in shown


async def test_without_a_scenario_it_says_so() -> None:
    """Where none can be read the glossary is empty and says so, without a traceback."""
    assert "none here that can be read" in await painted(GlossaryScreen(None))


# --- on hover ----------------------------------------------------------------------------------------


def tooltip(app: Around[Any]) -> Tooltip:
    return app.screen.get_child_by_type(Tooltip)


async def test_a_row_under_the_mouse_explains_itself() -> None:
    """The tooltip holds the leading term of that row, and follows the mouse to another row."""
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    app.TOOLTIP_DELAY = 0.01
    async with app.run_test(size=SMALL, tooltips=True) as pilot:
        rows = screen.query_one(Rows)
        await pilot.hover(Rows, offset=(4, 2))
        await pilot.pause(0.1)
        assert tooltip(app).display
        assert str(rows.tooltip).startswith("Commit: ")
        deal = next(at for at, row in enumerate(rows._rows) if row.key.startswith("deal:"))
        for _ in range(2):  # the first move is onto the tooltip, and takes it away
            await pilot.hover(Rows, offset=(4, deal))
        await pilot.pause(0.1)
        assert str(rows.tooltip).startswith("Deliver: ")
        await pilot.hover(Rows, offset=(4, 0))
        await pilot.pause(0.1)
        assert rows.tooltip is None


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_tooltips_give_nothing_away(size: tuple[int, int]) -> None:
    """Row by row the same in every world that the room could be in."""
    table = until(a_table(honeymoon()), 2)

    async def tips() -> list[str]:
        app = Around(screen := BoardScreen(table))
        async with app.run_test(size=size):
            return [screen.topic(row.key).tip(BOOK) for row in screen.query_one(Rows)._rows if row.key]

    before = await tips()
    table.game.state = imagine(table.view(None), luck=3)
    assert await tips() == before


async def test_no_tooltip_outlives_its_turn() -> None:
    """At the hand-over nothing of the last seat's is left under the mouse."""
    table = a_deal()
    app = Around(screen := OrdersScreen(table, "amber"))
    app.TOOLTIP_DELAY = 0.01
    async with app.run_test(size=SMALL, tooltips=True) as pilot:
        await pilot.hover(Rows, offset=(4, 2))
        await pilot.pause(0.1)
        assert tooltip(app).display
        await pilot.press("e", "enter")
        await pilot.pause()
        await app.push_screen(HandoverScreen(table, str(table.seat_to_play)))
        await pilot.pause(0.1)

        assert app.left
        assert not screen.is_attached
        assert not tooltip(app).display
        assert "Commit" not in app.text
