"""The rulebook of any scenario: the engine's general rules, tables made from the scenario, and its own words.

The general rules are templates, one set a language, in `words/<language>/rulebook/`: they name no scenario,
and their parts stand only where a scenario has what they speak of. The scenario's own words lie beside its
YAML in `rulebook.md` (`own`).

    book = rulebook(scenario)
    book.sections, book.glossary
    book.markdown, book.text(80), book.html()
"""

from __future__ import annotations

from wargame.rulebook.book import Rulebook, Term, card_list, prepare, rulebook
from wargame.rulebook.markdown import Section, body, printed, told_at

__all__ = ["Rulebook", "Section", "Term", "body", "card_list", "prepare", "printed", "rulebook", "told_at"]
