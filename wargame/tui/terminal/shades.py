"""The colours that a terminal has, put in the place of those that were meant, at the very last.

Rich keeps with each style the codes it was first drawn with, and styles are shared by all apps of a process:
two terminals of different colours would be sent each other's. A style that goes through here is another one,
whose codes are the same for every terminal.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color as RichColour
from rich.color import ColorSystem
from rich.palette import Palette
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

FIXED: Final = 16
"""The first of the 256 colours that are the same in every terminal; those before are its owner's."""
SYSTEMS: Final = {
    "standard": ColorSystem.STANDARD,
    "windows": ColorSystem.WINDOWS,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}
CUBE: Final = Palette([(*EIGHT_BIT_PALETTE[number],) for number in range(FIXED, 256)])


@lru_cache(16384)
def _downgraded(style: Style, system: ColorSystem) -> Style:
    return style + Style.from_color(_nearest(style.color, system), _nearest(style.bgcolor, system))


def _nearest(colour: RichColour | None, system: ColorSystem) -> RichColour | None:
    """Return the nearest colour that there is. Of 256, Rich would take a dark blue-grey for a bright teal."""
    if colour is not None and colour.triplet is not None and system is ColorSystem.EIGHT_BIT:
        return RichColour.from_ansi(FIXED + CUBE.match(colour.triplet))
    return colour and colour.downgrade(system)


class Shades(LineFilter):
    """Puts the nearest colour that a terminal has in the place of every other."""

    def __init__(self, system: ColorSystem) -> None:
        super().__init__()
        self._system = system

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        system = self._system
        return [
            Segment(text, style and _downgraded(style, system), control) for text, style, control in segments
        ]


def keep_to_own_colours(app: App[Any]) -> None:
    """Let an app that shares its process with others send the colours of its own console, whatever theirs."""
    system = app.console._color_system
    if system not in (None, ColorSystem.TRUECOLOR):
        app._filters.append(Shades(system))
