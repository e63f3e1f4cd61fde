"""Every sentence that people read: moves, events, card texts, refusals. One package a language.

The rules deal in ids and numbers; here they get names. `words("en")` is the class that speaks a language;
the texts of a scenario may be in more languages than the sentences around them.

    speak = words("en")(scenario)
    speak.move(move)
"""

from __future__ import annotations

from wargame.words.en import Words
from wargame.words.texts import halves, text

LANGUAGES: dict[str, type[Words]] = {"en": Words}
"""A language's code → the class that makes its sentences."""


def words(language: str = "en") -> type[Words]:
    """Return the class that makes that language's sentences; English where there is none."""
    return LANGUAGES.get(language, Words)


__all__ = ["LANGUAGES", "Words", "halves", "text", "words"]
