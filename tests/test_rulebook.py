"""`rules.md` says what the machine and the decks say."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Markdown

from tests.rulebook import CARDS, MARK, PARTS, RULES, cards, filled
from wargame import load_scenario
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.rulebook import sections, slug
from wargame.tui.screens.rules import RulesScreen
from wargame.tui.widgets.rows import Rows
from wargame.words import Words


def test_generated_parts_are_true() -> None:
    """Tables and the state diagram are what the code would write now (`make rules` writes them)."""
    text = RULES.read_text(encoding="utf-8")

    assert text == filled(text)


def test_the_printed_cards_are_true() -> None:
    """`docs/cards.md` is what the decks say now."""
    assert CARDS.read_text(encoding="utf-8") == cards()


def test_every_part_is_in_the_book() -> None:
    """Each generated part has its place."""
    assert set(PARTS) == {found[2] for found in MARK.finditer(RULES.read_text(encoding="utf-8"))}


def test_links_lead_to_headings() -> None:
    """Every link inside the book has a heading to go to."""
    text = RULES.read_text(encoding="utf-8")
    headings = {slug(section.title) for section in sections(text)}

    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= headings


@pytest.mark.soak
async def test_a_link_leads_to_its_section() -> None:
    """On screen a link in the book lights the heading it names; the whole book can be read at once."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = RulesScreen("deals")
        await app.push_screen(screen)
        await pilot.pause()
        rows = screen.query_one(Rows)
        titles = [section.title for section in screen.sections]

        assert rows.lit == f"section:{titles.index('Deals')}"
        screen.on_markdown_link_clicked(Markdown.LinkClicked(screen.query_one(Markdown), "#dice"))
        assert rows.lit == f"section:{titles.index('Dice')}"
        rows.light(f"section:{titles.index('The whole book')}")
        for _ in range(200):  # the book is read in in the background
            if len(screen.query_one(Markdown).children) > 50:
                break
            await pilot.pause(0.05)
        assert len(screen.query_one(Markdown).children) > 50


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
