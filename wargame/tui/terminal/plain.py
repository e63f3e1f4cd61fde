"""Signs and maps in plain letters, for fonts that lack the rest and terminals that draw it two cells wide.

One letter for one cell, put in at the very last, so that no screen has to know of it.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from wargame.words.texts import LETTERS


class PlainSigns(LineFilter):
    """Puts a plain letter in the place of every sign."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text.translate(LETTERS), style, control) for text, style, control in segments]
