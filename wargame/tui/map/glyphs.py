"""From colours to glyphs: cells in quarters, or coasts and borders as quadrants, braille or letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from wargame.tui.map.raster import BEYOND, BORDER, SEA, Grid, Sight, lines

GlyphSet = Literal["quadrant", "outline", "braille", "ascii"]
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By which quarters are filled: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""
DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""The bits of a braille cell's dots, row by row."""
LETTERS = {
    "|": ("10101010", "01010101", "00101010", "00010101", "10101000", "01010100"),
    "-": ("00110000", "00001100"),
    "_": ("00000011",),
    '"': ("11000000",),
    "/": ("01011010", "01010110", "01101010", "00010110", "01101000", "01100110", "00011000"),
    "\\": ("10100101", "10101001", "10010101", "00101001", "10010100", "10011001", "00100100"),
    ".": ("00000010", "00000001", "00001000", "00000100"),
    "'": ("10000000", "01000000", "00100000", "00010000"),
    "L": ("10101011", "00101011"),
    "J": ("01010111",),
    "+": ("11111111", "01111110"),
}
"""What ASCII letters look like in two columns and four rows."""


class Cell(NamedTuple):
    """A glyph and the numbers of the colours of its ink and of its ground."""

    glyph: str
    ink: int
    ground: int


Sheet = tuple[tuple[Cell, ...], ...]
RGB = tuple[int, int, int]
SPLITS = tuple(mask for mask in range(1, 15) if mask.bit_count() <= 2)
"""Every way to part the quarters of a cell in ink and ground, by the bits of the glyph."""


def drawn(view: Sight, glyphs: GlyphSet) -> Sheet:
    """Return the whole map as lines, cell by cell; colours are classes."""
    across, down = (2, 2) if glyphs == "outline" else (2, 4)
    return _lined(lines(view, across, down), down, glyphs)


def quartered(parts: tuple[int, int, int, int], colours: Sequence[RGB]) -> Cell:
    """Return the cell that comes nearest to these quarters, of whose colours it can show two.

    The ground is what fills the larger part, for text is put on it.
    """
    different = set(parts)
    if len(different) == 1:
        return Cell(" ", parts[0], parts[0])
    if len(different) == 2:
        counts = Counter(parts).most_common()
        ground, ink = counts[0][0], counts[1][0]
        return Cell(QUADRANTS[sum(1 << at for at, part in enumerate(parts) if part == ink)], ink, ground)
    best: tuple[int, Cell] | None = None
    for split in SPLITS:
        inked = [part for at, part in enumerate(parts) if split >> at & 1]
        bare = [part for at, part in enumerate(parts) if not split >> at & 1]
        (loss, ink), (lost, ground) = _middle(inked, colours), _middle(bare, colours)
        if best is None or loss + lost < best[0]:
            best = loss + lost, Cell(QUADRANTS[split], ink, ground)
    assert best is not None
    return best[1]


def _middle(parts: Sequence[int], colours: Sequence[RGB]) -> tuple[int, int]:
    """Return the part that stands best for all of them, after how far they differ from it."""
    return min((sum(_apart(colours[each], colours[one]) for each in parts), one) for one in set(parts))


def _apart(one: RGB, other: RGB) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _lined(grid: Grid, down: int, glyphs: GlyphSet) -> Sheet:
    sheet = []
    for top in range(0, len(grid), down):
        rows = grid[top : top + down]
        columns = range(0, len(rows[0]), 2)
        sheet.append(tuple(_line_cell(b"".join(row[x : x + 2] for row in rows), glyphs) for x in columns))
    return tuple(sheet)


@cache
def _line_cell(parts: bytes, glyphs: GlyphSet) -> Cell:
    coasts = Counter(part for part in parts if part not in (SEA, BORDER))
    ink = coasts.most_common(1)[0][0] if coasts else BORDER
    mask = sum(1 << at for at, part in enumerate(parts) if part != SEA)
    if glyphs == "outline":
        return Cell(QUADRANTS[mask], ink, BEYOND)
    if glyphs == "braille":
        dots = sum(bit for at, bit in enumerate(DOTS) if mask >> at & 1)
        return Cell(chr(0x2800 + dots) if dots else " ", ink, BEYOND)
    return Cell(_letter(mask), ink, BEYOND)


@cache
def _letter(mask: int) -> str:
    """The ASCII letter that looks most like a pattern of 2 × 4 dots."""
    if not mask:
        return " "
    bits = f"{mask:08b}"[::-1]
    unlike = {
        letter: min(sum(a != b for a, b in zip(bits, shape, strict=True)) for shape in shapes)
        for letter, shapes in LETTERS.items()
    }
    return min(unlike, key=lambda letter: unlike[letter])
