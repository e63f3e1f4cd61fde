"""The one way from a string to the terminal.

Decks and saves are written by strangers. Textual passes some control sequences through even where markup
is off, so everything painted is made here: never markup, never a byte that a terminal obeys, nothing
that is invisible or turns the reading direction.
"""

from __future__ import annotations

import unicodedata

from textual.content import Content

HIDDEN = frozenset({"Cc", "Cf", "Cs"})
"""Unicode categories that are left out: control (C0, C1), format (zero-width, bidirectional), surrogates."""

BLANKS = dict.fromkeys(map(ord, "\t\v\f\x85\u2028\u2029"), " ")
"""What separates words and must not vanish between them."""


def printable(text: str) -> str:
    """`text` with nothing in it but what can be seen, and line feeds."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(BLANKS)
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in HIDDEN)


def safe_text(text: str) -> Content:
    """`text` as it may be painted: `[red]` stays five letters, an escape sequence loses its escape."""
    return Content(printable(text))
