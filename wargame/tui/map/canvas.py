"""A grid of painted cells that becomes strips: the base of a map, and text put over it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style

from wargame.geo.outline import Outline
from wargame.tui.map.glyphs import QUADRANTS, GlyphSet, drawn, quartered
from wargame.tui.map.layout import Piece
from wargame.tui.map.palette import Palette, Pen, painted
from wargame.tui.map.raster import Sight, areas, levels
from wargame.tui.terminal.text import printable
from wargame.words.texts import LETTERS

Spot = tuple[str, Pen]
Ground = tuple[tuple[Spot, ...], ...]
OTHERWISE = dict(zip(QUADRANTS[1:-1], QUADRANTS[-2:0:-1], strict=True))
"""Glyphs that look the same with ink and ground exchanged."""
BLACK = Color(0, 0, 0)
GROUNDS = 64
"""How many grounds are kept, of a few tens of kB each: a page that is opened again finds its own."""
GAP = 3
"""How many cells that stay the same are painted again rather than jumped over."""
SIGNS = str.maketrans("▸◂▴▾○", "><^vo")
"""Before the table of all signs, which has no way up, and a dot for a coin's empty place."""


@lru_cache(GROUNDS)
def laid(
    view: Sight,
    glyphs: GlyphSet,
    lands: tuple[tuple[str, str], ...],
    variables: tuple[tuple[str, str], ...],
    mixing: bool,
    invented: Outline | None,
) -> tuple[Palette, Ground]:
    """Return the colours of a map and what lies under everything: the same for all screens of a process.

    `lands` are styles by code, `variables` the theme's.
    """
    palette = Palette(dict(variables), dict(lands), mixing, invented)
    return palette, painted_ground(view, glyphs, palette)


def painted_ground(view: Sight, glyphs: GlyphSet, palette: Palette) -> Ground:
    """Return seas and lands in their colours, before anything is put on them."""
    if glyphs != "quadrant":
        line = palette.line
        return tuple(
            tuple((cell.glyph, Pen(line(cell.ink), line(cell.ground))) for cell in row)
            for row in drawn(view, glyphs)
        )
    table, shades = palette.owners, palette.shades
    colours = [colour.rgb for colour in shades]
    known: dict[tuple[int, int, int, int], Spot] = {}
    parts = [_added(row.translate(table), by) for row, by in zip(areas(view), levels(view), strict=True)]
    ground = []
    for up, low in zip(parts[::2], parts[1::2], strict=True):
        row = []
        for quarters in zip(up[::2], up[1::2], low[::2], low[1::2], strict=True):
            if (spot := known.get(quarters)) is None:
                cell = quartered(quarters, colours)
                spot = known[quarters] = (cell.glyph, Pen(shades[cell.ink], shades[cell.ground]))
            row.append(spot)
        ground.append(tuple(row))
    return tuple(ground)


def _added(row: bytes, by: bytes) -> bytes:
    """Return the sums of two rows of small numbers."""
    return (int.from_bytes(row, "big") + int.from_bytes(by, "big")).to_bytes(len(row), "big")


class Canvas:
    """Cells by row and column. The right half of a wide letter is an empty cell."""

    def __init__(self, ground: Ground, palette: Palette, ascii_only: bool) -> None:
        self.columns, self.rows = len(ground[0]), len(ground)
        self._palette = palette
        self._ascii = ascii_only
        self._grid = [list(row) for row in ground]
        self._strips: dict[int, Strip] = {}

    def put(
        self,
        x: int,
        y: int,
        letter: str,
        style: Style,
        on: Color | None = None,
        *,
        reverse: bool = False,
        bold: bool = False,
        faint: bool = False,
    ) -> int:
        """Put one letter on a ground of its own or on what is there; return how many columns it took."""
        if self._ascii:
            letter = plain(letter)
        width = get_character_cell_size(letter) if len(letter) == 1 else len(letter)
        if not (0 <= y < self.rows and x >= 0 and x + width <= self.columns):
            return 0
        row = self._grid[y]
        for at in range(x, x + width):
            self._split(row, at)
        pen = self._palette.pen(style, on or row[x][1].ground, reverse, bold, faint)
        if len(letter) == 1:
            row[x] = (letter, pen)
            row[x + 1 : x + width] = [("", pen)] * (width - 1)
        else:
            row[x : x + width] = [(each, pen) for each in letter]
        return width

    @staticmethod
    def _split(row: list[Spot], at: int) -> None:
        """Blank the other half of a wide letter that is about to be overwritten."""
        if not row[at][0] and at:
            row[at - 1] = (" ", row[at - 1][1])
        if at + 1 < len(row) and not row[at + 1][0]:
            row[at + 1] = (" ", row[at + 1][1])

    def write(self, piece: Piece) -> None:
        """Put a piece's text down from its cell to the right, cut at the edge."""
        palette, x = self._palette, piece.x
        on = None
        if piece.kind == "plate":
            on = palette.ground
        elif piece.kind == "box":
            on = palette.inside(piece.box)
        style = "underline" if piece.lit and piece.kind == "plate" else piece.style
        reverse = piece.kind == "plate" or (piece.lit and piece.kind == "box")
        for part, found in piece.text.render(palette.parse(style), end="", parse_style=palette.parse):
            for letter in printable(part):
                x += self.put(x, piece.y, letter, found, on, reverse=reverse, bold=piece.bold)

    def kept_strip(self, y: int) -> Strip:
        """Return a row, made once."""
        if y not in self._strips:
            self._strips[y] = self.strip(y)
        return self._strips[y]

    def keep_strips_of(self, other: Canvas) -> None:
        """Take over the rows of another canvas that are the same on this one."""
        if self.columns == other.columns:
            for y, strip in other._strips.items():
                if y < self.rows and self._grid[y] == other._grid[y]:
                    self._strips.setdefault(y, strip)

    def differs_from(self, other: Canvas) -> Iterator[Region]:
        """Yield where another canvas of the same size is not the same: stretches of lines that differ."""
        for y, (mine, its) in enumerate(zip(self._grid, other._grid, strict=True)):
            if mine != its:
                xs = [x for x, (one, two) in enumerate(zip(mine, its, strict=True)) if one != two]
                ends = [nth for nth, (x, after) in enumerate(pairwise(xs), 1) if after - x > GAP]
                for start, end in pairwise((0, *ends, len(xs))):
                    yield Region(xs[start], y, xs[end - 1] - xs[start] + 1, 1)

    def strip(self, y: int, over: Iterable[tuple[int, str, Style]] = ()) -> Strip:
        """A row, with some letters put over it for this once."""
        row = list(self._grid[y])
        for x, letter, style in over:
            shown = plain(letter) if self._ascii else letter
            row[x] = (shown, self._palette.pen(style, row[x][1].ground, bold=True))
        return Strip([Segment(text, painted(pen)) for text, pen in _runs(row)], self.columns)


def _runs(row: Iterable[Spot]) -> Iterator[Spot]:
    """Yield a row in as few runs of one pen as look the same: every change of pen is sent to the terminal.

    A blank goes with any neighbour on its ground, and quarters may be drawn the other way about.
    """
    text, pen = "", Pen(BLACK, BLACK)
    for letter, own in row:
        exchanged = (
            OTHERWISE.get(letter) if own == Pen(pen.ground, pen.ink) and pen == Pen(*pen[:2]) else None
        )
        if own == pen:
            text += letter
        elif exchanged or (letter == " " and _bare(own) and _bare(pen) and own.ground == pen.ground):
            text += exchanged or letter
        elif text.isspace() and _bare(own) and _bare(pen) and own.ground == pen.ground:
            text, pen = text + letter, own
        else:
            if text:
                yield text, pen
            text, pen = letter, own
    yield text, pen


def _bare(pen: Pen) -> bool:
    """Return whether a blank in this pen is nothing but its ground."""
    return not (pen.reverse or pen.underline)


def plain(letter: str) -> str:
    """A letter in ASCII, as many cells wide as it was; `?` for what has none."""
    shown = letter.translate(SIGNS).translate(LETTERS)
    if shown.isascii():
        return shown
    base = unicodedata.normalize("NFKD", shown)[:1]
    width = get_character_cell_size(letter)
    return base if base.isascii() and width == 1 else "?" * width
