"""Every sentence that people read: moves, events, card texts, refusals, pages. One package a language.

The rules deal in ids and numbers; here they get names. `Words` is the class that speaks the language the
program runs in (see `pages`), `words("en")` the one of another; the texts of a scenario may be in more
languages than the sentences around them.

    speak = Words(scenario)
    speak.move(move)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.words.pages import LANGUAGE, spoken
from wargame.words.texts import halves, text

if TYPE_CHECKING:
    from wargame.words.en import Told, Words

__all__ = ["Told", "Words", "halves", "text", "words"]


def words(language: str = LANGUAGE) -> type[Words]:
    """Return the class that makes that language's sentences; English where there is none."""
    found: type[Words] = spoken("", language).Words
    return found


def __getattr__(name: str) -> object:
    """Return the class of the program's language when it is asked for: it knows all the rules."""
    if name not in ("Told", "Words"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(spoken(""), name)
