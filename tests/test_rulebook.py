"""`rules.md`, `docs/cards.md` and `docs/ten-questions.md` say what the engine and the decks say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Markdown

from tests.rulebook import PAGES, QUESTIONS, RULES
from wargame import load_scenario
from wargame.rulebook import Rulebook, rulebook
from wargame.rulebook.markdown import sections
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.rules import RulesScreen
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.rulebook import book_of
from wargame.words import Words


@cache
def the_rules() -> Rulebook:
    return rulebook(load_scenario("honeymoon"))


def headings() -> set[str]:
    """What the printed rules can be linked to by."""
    return {section.slug for section in sections(RULES.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_printed_pages_are_true(path: Path) -> None:
    """Each is what the engine and the decks say now (`make rules` writes them)."""
    assert path.read_text(encoding="utf-8") == PAGES[path]()


def test_the_ten_questions_lead_to_headings() -> None:
    """There are ten, and each of their links leads to a heading of the rules."""
    text = QUESTIONS.read_text(encoding="utf-8")

    assert len(re.findall(r"^## \d+\.", text, re.MULTILINE)) == 10
    assert set(re.findall(r"rules\.md#([^)]+)\)", text)) <= headings()


def test_links_lead_to_headings() -> None:
    """Every link inside the book has a heading to go to."""
    links = set(re.findall(r"\]\(#([^)]+)\)", RULES.read_text(encoding="utf-8")))

    assert links
    assert links <= headings()


async def test_a_link_leads_to_its_section() -> None:
    """On screen a link in the book lights the heading it names."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = RulesScreen(the_rules(), "deals")
        await app.push_screen(screen)
        await pilot.pause()
        rows = screen.query_one(Rows)
        titles = [section.title for section in screen.sections]

        assert rows.lit == f"section:{titles.index('Deals')}"
        screen.on_markdown_link_clicked(Markdown.LinkClicked(screen.query_one(Markdown), "#dice"))
        assert rows.lit == f"section:{titles.index('Dice')}"


async def test_the_cards_stand_behind_the_rules() -> None:
    """A section a deck; the link to them leads there."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = RulesScreen(book_of(load_scenario("honeymoon")))
        await app.push_screen(screen)
        await pilot.pause()
        titles = [section.title for section in screen.sections]
        decks = titles[titles.index("The cards") :]

        assert "(#the-cards)" in screen.sections[0].text
        screen.on_markdown_link_clicked(Markdown.LinkClicked(screen.query_one(Markdown), "#the-cards"))
        assert screen.query_one(Rows).lit == f"section:{titles.index('The cards')}"
        assert decks[1:] == ["◐ South Korea", "★ United States", "● Japan", "◆ North Korea", "◢ Russia",
                             "✚ China", "News", "Deals"]  # fmt: skip
        assert "### The chip rules" in screen.sections[titles.index("★ United States", len(titles) - 8)].text


async def test_a_key_held_down_lays_out_only_where_it_stops() -> None:
    """The section where the light rests is laid out, and the book can be left before it is."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = RulesScreen(the_rules())
        await app.push_screen(screen)
        await pilot.pause()
        book = screen.query_one(Markdown)
        for _ in screen.sections[1:]:
            app.post_message(Key("down", None))
        for _ in range(200):
            await pilot.pause(0.05)
            if book.source == screen.sections[-1].text:
                break
        assert book.source == screen.sections[-1].text
        app.post_message(Key("up", None))
        app.post_message(Key("escape", "\x1b"))
        await pilot.pause()
        await pilot.pause()
        assert app.screen is not screen


def test_the_briefing_page_tells_everything() -> None:
    """What a seat wants and fears, who needs it, how it wins and is ruined, two plans, a first turn."""
    scenario = load_scenario("honeymoon")
    for seat in scenario.seat_ids:
        page = Words(scenario).briefing(seat, 6)

        titles = [told.title for told in page]
        assert titles[0] == ""
        assert {"You want", "You fear", "Who needs you", "What only you know"} < set(titles)
        assert {"How you win", "How you are ruined", "Your first turn"} < set(titles)
        assert len([title for title in titles if title.startswith("A plan: ")]) == 2
        assert all(told.text for told in page)
