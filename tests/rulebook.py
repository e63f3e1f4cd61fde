"""The pages that are made from the shipped scenario: `rules.md`, `docs/cards.md` and `docs/ten-questions.md`.

`python -m tests.rulebook` (or `make rules`) writes them anew; a test compares. A table plays from the first
two alone, so no number that a deck says is written by hand.
"""

from __future__ import annotations

from pathlib import Path

from tests.rulebook_questions import questions
from wargame import load_scenario
from wargame.rulebook import card_list, rulebook
from wargame.words import Words

RULES = Path(__file__).resolve().parents[1] / "rules.md"
CARDS = RULES.parent / "docs" / "cards.md"
QUESTIONS = RULES.parent / "docs" / "ten-questions.md"


def rules() -> str:
    """The rulebook of the shipped scenario."""
    return rulebook(load_scenario("honeymoon"), cards_at="docs/cards.md").markdown


def cards() -> str:
    """Everything that is printed on its cards and deals."""
    later = load_scenario("honeymoon", hindsight=True)
    return card_list(load_scenario("honeymoon"), later, rules_at="../rules.md")


def ten_questions() -> str:
    """The page of questions with its numbers."""
    scenario = load_scenario("honeymoon")
    return questions(scenario, Words(scenario))


PAGES = {RULES: rules, CARDS: cards, QUESTIONS: ten_questions}
"""Each page by its file."""

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.write_text(page(), encoding="utf-8")
