"""A grid of painted cells that becomes strips: the base of a map, and text put over it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style

from wargame.tui.map.glyphs import Sheet
from wargame.tui.map.palette import Palette, Pen, painted
from wargame.tui.text import printable
from wargame.words.texts import LETTERS

Spot = tuple[str, Pen]
Ground = tuple[tuple[Spot, ...], ...]
ARROWS = str.maketrans("▸◂▴▾", "><^v")
"""Before the table of all signs, which has no way up."""


def painted_ground(sheet: Sheet, palette: Palette, filled: bool) -> Ground:
    """Lands and coasts in their colours, before anything is put on them."""
    colour = palette.tint if filled else palette.line
    return tuple(
        tuple(
            (cell.glyph, Pen(colour(cell.ground if cell.glyph == " " else cell.ink), colour(cell.ground)))
            for cell in row
        )
        for row in sheet
    )


class Canvas:
    """Cells by row and column. The right half of a wide letter is an empty cell."""

    def __init__(self, ground: Ground, palette: Palette, ascii_only: bool) -> None:
        self.columns, self.rows = len(ground[0]), len(ground)
        self._palette = palette
        self._ascii = ascii_only
        self._grid = [list(row) for row in ground]

    def clear(self, x: int, y: int, width: int) -> None:
        """Blank cells on the theme's ground."""
        pen = Pen(self._palette.ink, self._palette.ground)
        for at in range(max(x, 0), min(x + width, self.columns)):
            self._grid[y][at] = (" ", pen)

    def put(
        self, x: int, y: int, letter: str, style: Style, reverse: bool = False, bold: bool = False
    ) -> int:
        """One letter on whatever ground is there; the columns it took, 0 if it did not fit."""
        if self._ascii:
            letter = plain(letter)
        width = get_character_cell_size(letter) if len(letter) == 1 else len(letter)
        if not (0 <= y < self.rows and x >= 0 and x + width <= self.columns):
            return 0
        row = self._grid[y]
        for at in range(x, x + width):
            self._split(row, at)
        pen = self._palette.pen(style, row[x][1].ground, reverse, bold)
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

    def write(
        self, x: int, y: int, text: Content, style: str = "", reverse: bool = False, bold: bool = False
    ) -> None:
        """Text from a cell to the right, cut at the edge."""
        parse = self._palette.parse
        for part, found in text.render(parse(style), end="", parse_style=parse):
            for letter in printable(part):
                x += self.put(x, y, letter, found, reverse, bold)

    def row(self, y: int) -> Sequence[Spot]:
        """The cells of a row."""
        return self._grid[y]

    def differs_from(self, other: Canvas) -> Iterator[Region]:
        """Where another canvas of the same size is not the same: a stretch of each line that differs."""
        for y, (mine, its) in enumerate(zip(self._grid, other._grid, strict=True)):
            if mine != its:
                xs = [x for x, (one, two) in enumerate(zip(mine, its, strict=True)) if one != two]
                yield Region(xs[0], y, xs[-1] - xs[0] + 1, 1)

    def strip(self, y: int, over: Iterable[tuple[int, str, Style]] = ()) -> Strip:
        """A row, with some letters put over it for this once."""
        row = list(self._grid[y])
        for x, letter, style in over:
            shown = plain(letter) if self._ascii else letter
            row[x] = (shown, self._palette.pen(style, row[x][1].ground, bold=True))
        runs = groupby(row, key=lambda spot: spot[1])
        segments = [Segment("".join(letter for letter, _ in run), painted(pen)) for pen, run in runs]
        return Strip(segments, self.columns)


def plain(letter: str) -> str:
    """A letter in ASCII, as many cells wide as it was; `?` for what has none."""
    shown = letter.translate(ARROWS).translate(LETTERS)
    if shown.isascii():
        return shown
    base = unicodedata.normalize("NFKD", shown)[:1]
    width = get_character_cell_size(letter)
    return base if base.isascii() and width == 1 else "?" * width
