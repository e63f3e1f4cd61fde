"""`rules.md` says what the machine and the decks say."""

from __future__ import annotations

import re

from tests.rulebook import CARDS, MARK, PARTS, RULES, cards, filled


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
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).strip().replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }

    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= headings
