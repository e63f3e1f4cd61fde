"""Who has come in and what their terminal can show, as ssh tells it; never from the host's environment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Colours = Literal["truecolor", "256", "standard"]

COLUMNS: Final = 320
ROWS: Final = 100
"""The largest window that is drawn; a larger one stays empty at the right and below. To draw it all takes the
host a tenth of a second, in which nobody else is served."""
USUAL: Final = (80, 24)

NO_PLACES: Final = frozenset({"", "dumb", "unknown", "network", "emacs"})
"""Terminals on whose screen text can't be placed."""
NO_COLOURS: Final = re.compile(r"vt\d|ansi-m|xterm-mono|.*-m$")
TRUE_COLOURS: Final = re.compile(
    r".*-direct|(xterm-)?(kitty|ghostty|alacritty|contour|rio)|wezterm|foot|iterm2?$|konsole"
)
LETTERS_ONLY: Final = re.compile(r"linux|vt\d|ansi|cons\d|sun|cygwin|xterm-mono")
"""How terminals are called that have no colours, or all, or whose fonts hold letters but few signs."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person who has come in: as whom, from where, with which terminal.

    `size` is columns and rows when they came; `utf8` whether their terminal said it reads UTF-8, None if it
    said nothing.
    """

    login: str
    address: str
    term: str
    size: tuple[int, int] = USUAL
    utf8: bool | None = None

    @property
    def places_text(self) -> bool:
        """Whether a screen can be drawn there at all."""
        return self.term not in NO_PLACES

    @property
    def colours(self) -> Colours | None:
        """What Rich calls the colours of that terminal; None if it has none."""
        if not self.places_text or NO_COLOURS.match(self.term):
            return None
        if TRUE_COLOURS.match(self.term):
            return "truecolor"
        return "256" if "256" in self.term else "standard"

    @property
    def may_have_more(self) -> bool:
        """Whether it may have all colours, for many bear the name of xterm. `screen` hands questions on."""
        asked = self.colours not in (None, "truecolor") and not LETTERS_ONLY.match(self.term)
        return asked and not self.term.startswith("screen")

    @property
    def shows_signs(self) -> bool:
        """Whether it shows more than plain letters."""
        return self.utf8 is not False and not LETTERS_ONLY.match(self.term)


def drawable(columns: int, rows: int) -> tuple[int, int]:
    """Return the size to draw in a window of that size, whatever its owner says; the usual one for none."""
    if columns < 1 or rows < 1:
        return USUAL
    return min(columns, COLUMNS), min(rows, ROWS)
