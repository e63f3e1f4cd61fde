"""Colours of a map: mixed into the theme's ground, so that text can be read on all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rich.style import Style as RichStyle
from textual.color import Color, ColorParseError
from textual.style import Style

from wargame.geo.outline import Outline, outline
from wargame.tui.map.raster import BEYOND, BORDER, DEEPEST, SEA

LAND, BRIGHT_LAND = (0.5, 0.36, 0.33, 0.3, 0.27), (0.5, 0.22, 0.25, 0.28, 0.32)
"""How much of its colour a land has, by level: a line along its edge, then darker inland."""
COAST, EDGE = 0.85, 0.6
"""The same for coasts and borders where the map is drawn as lines."""
KEPT = 0.34
"""How much of the contrast that text has on the theme's ground it has everywhere on land."""
FAINT = 0.6
"""How much of its own colour a faint sign has."""
BOX = 0.05
"""How much of its colour the inside of a box has."""
LEVELS = DEEPEST + 1
NOTHING, WATER, NEUTRAL = 0, LEVELS, 2 * LEVELS
"""The first shade of what is beyond the map, the sea and lands that are nobody's; then come the others."""
INK = "#d5dbe3"
GROUND = "#0e1318"


class Pen(NamedTuple):
    """How a cell is painted."""

    ink: Color
    ground: Color
    bold: bool = False
    reverse: bool = False
    underline: bool = False


@lru_cache(maxsize=2048)
def painted(pen: Pen) -> RichStyle:
    """Return a pen as what a strip is made of."""
    return RichStyle(
        color=pen.ink.rich_color,
        bgcolor=pen.ground.rich_color,
        bold=pen.bold,
        reverse=pen.reverse,
        underline=pen.underline,
    )


class Palette:
    """The colours of a map, from a theme's variables and the styles of some lands.

    A shade is what a quarter of a cell may be filled with: one of so many levels of the sea or of the lands
    that share a style. Where colours are the terminal's own (`mixing` is False) they are taken as they are.
    """

    def __init__(
        self,
        variables: Mapping[str, str],
        lands: Mapping[str, str],
        mixing: bool = True,
        invented: Outline | None = None,
    ) -> None:
        self._variables = dict(variables)
        self._parsed: dict[str, Style] = {}
        self._mixing = mixing
        self._outline = invented or outline()
        self.ground = self._variable("background", GROUND)
        self.ink = self._variable("foreground", INK)
        self.dim = self._variable("text-muted", INK)
        self._coast = self._variable("coast", "#a9b59c")
        self._styles = tuple(dict.fromkeys(lands.values()))
        self._lands = lands

    @property
    def owners(self) -> bytes:
        """The first shade of each class, as a table for grids of classes."""
        table = bytearray((NEUTRAL,)) * 256
        table[SEA], table[BEYOND] = WATER, NOTHING
        for number, code in enumerate(self._outline.codes, 1):
            if code in self._lands:
                table[number] = NEUTRAL + LEVELS * (1 + self._styles.index(self._lands[code]))
        return bytes(table)

    @property
    def shades(self) -> tuple[Color, ...]:
        """The colour of each shade."""
        shallow, deep = self._variable("sea", "#1d3a4f"), self._variable("deep", "#0f2030")
        seas = [shallow.blend(deep, level / DEEPEST) for level in range(LEVELS)]
        lands = [self._variable("land", "#7d8a74"), *(self._colour(style) for style in self._styles)]
        parts = LAND if self.ground.brightness < 0.5 else BRIGHT_LAND
        tints = [self._tint(land, part) for land in lands for part in parts]
        return (*(self.ground,) * LEVELS, *seas, *tints)

    def _tint(self, colour: Color, part: float) -> Color:
        """Return a colour mixed into the ground, as far as text on it keeps enough of its contrast."""
        least = _contrast(self.ink, self.ground) * KEPT
        while part > 0 and _contrast(self.ink, self._mixed(colour, part)) < least:
            part -= 0.02
        return self._mixed(colour, part)

    def _variable(self, name: str, otherwise: str) -> Color:
        for value in (self._variables.get(name, otherwise), otherwise):
            try:
                return Color.parse(value)
            except ColorParseError:
                continue
        return Color.parse(INK)

    def _colour(self, style: str) -> Color:
        return self.parse(style).foreground or self._coast

    def parse(self, style: str | Style) -> Style:
        """Return a style by its text; what can't be read is plain."""
        if isinstance(style, Style):
            return style
        if style not in self._parsed:
            try:
                self._parsed[style] = Style.parse(style, self._variables)
            except Exception:
                self._parsed[style] = Style()
        return self._parsed[style]

    def _mixed(self, colour: Color, part: float) -> Color:
        return self.ground.blend(colour, part) if self._mixing else colour

    def line(self, number: int) -> Color:
        """Return the colour of a class as a line: a coast in its land's, a border in one of its own."""
        if number == BORDER:
            return self._mixed(self.dim, EDGE)
        if number in (SEA, BEYOND):
            return self.ground
        style = self._lands.get(self._outline.codes[number - 1])
        return self._mixed(self._colour(style) if style else self._coast, COAST)

    def inside(self, style: str) -> Color:
        """Return the ground of a box whose frame has this style."""
        own = self.parse(style).foreground
        return self.ground.blend(own, BOX) if own and self._mixing else self.ground

    def pen(
        self, style: Style, ground: Color, reverse: bool = False, bold: bool = False, faint: bool = False
    ) -> Pen:
        """Return a text style on a ground; a faint one is half of it."""
        ink = style.foreground if style.foreground and style.foreground.a else self.ink
        if faint and self._mixing:
            ink = ground.blend(ink, FAINT)
        return Pen(
            ink, ground, bool(style.bold) or bold, bool(style.reverse) or reverse, bool(style.underline)
        )


def _contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as WCAG 2.2 has it, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
