"""Colours of a map: tints mixed into the theme's ground, so that labels can be read on them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rich.style import Style as RichStyle
from textual.color import Color, ColorParseError
from textual.style import Style

from wargame.tui.map.outline import outline
from wargame.tui.map.raster import BEYOND, BORDER, SEA

SEAT, NEUTRAL, WATER = 0.28, 0.22, 0.2
"""How much of its colour a seat's land, another land and the sea have; the rest is the theme's ground."""
COAST, EDGE = 0.85, 0.6
"""The same for coasts and borders where they are drawn as lines."""
INK = "#d5dbe3"
GROUND = "#0e1318"


class Pen(NamedTuple):
    """How a cell is painted."""

    ink: Color
    ground: Color
    bold: bool = False
    reverse: bool = False
    underline: bool = False


@lru_cache(maxsize=1024)
def painted(pen: Pen) -> RichStyle:
    """A pen as what a strip is made of."""
    return RichStyle(
        color=pen.ink.rich_color,
        bgcolor=pen.ground.rich_color,
        bold=pen.bold,
        reverse=pen.reverse,
        underline=pen.underline,
    )


class Palette:
    """The colours of classes, from a theme's variables and the styles of some lands.

    Where colours are the terminal's own (`mixing` is False) they are taken as they are.
    """

    def __init__(self, variables: Mapping[str, str], lands: Mapping[str, str], mixing: bool = True) -> None:
        self._variables = variables
        self._mixing = mixing
        self.ground = self._variable("background", GROUND)
        self.ink = self._variable("foreground", INK)
        self.dim = self._variable("text-muted", self._variable("foreground", INK).hex)
        self._sea = self._variable("sea", "#3d5568")
        self._land = self._variable("land", "#7d8a74")
        self._coast = self._variable("coast", "#a9b59c")
        self._lands = {code: self._colour(style) for code, style in lands.items()}
        self._codes = outline().codes

    def _variable(self, name: str, otherwise: str) -> Color:
        for value in (self._variables.get(name, otherwise), otherwise):
            try:
                return Color.parse(value)
            except ColorParseError:
                continue
        return Color.parse(INK)

    def _colour(self, style: str) -> Color:
        return self.parse(style).foreground or self._land

    def parse(self, style: str | Style) -> Style:
        """A style by its text; what can't be read is plain."""
        if isinstance(style, Style):
            return style
        try:
            return Style.parse(style, dict(self._variables))
        except Exception:
            return Style()

    def _mixed(self, colour: Color, part: float) -> Color:
        return self.ground.blend(colour, part) if self._mixing else colour

    def tint(self, number: int) -> Color:
        """The fill of a class."""
        if number == BEYOND:
            return self.ground
        if number in (SEA, BORDER):
            return self._mixed(self._sea, WATER)
        seat = self._lands.get(self._codes[number - 1])
        return self._mixed(seat, SEAT) if seat else self._mixed(self._land, NEUTRAL)

    def line(self, number: int) -> Color:
        """A class as a line: a coast in its land's colour, a border in one of its own."""
        if number == BORDER:
            return self._mixed(self.dim, EDGE)
        if number in (SEA, BEYOND):
            return self.ground
        return self._mixed(self._lands.get(self._codes[number - 1], self._coast), COAST)

    def pen(self, style: Style, ground: Color, reverse: bool = False, bold: bool = False) -> Pen:
        """A text style on a ground."""
        ink = style.foreground if style.foreground and style.foreground.a else self.ink
        return Pen(
            ink, ground, bool(style.bold) or bold, bool(style.reverse) or reverse, bool(style.underline)
        )
