"""The rulebook of the scenario in sight, for the screens that read from it."""

from __future__ import annotations

from functools import lru_cache

from wargame.rulebook import Rulebook, rulebook
from wargame.rules.scenario import Scenario


def book_of(scenario: Scenario) -> Rulebook:
    """Return the rulebook of a scenario, made once however often it is opened."""
    return _made(scenario.base, CARDS)


CARDS = "#the-cards"
"""Where the list of cards begins: behind the rules."""
_made = lru_cache(maxsize=4)(rulebook)
