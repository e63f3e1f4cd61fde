"""From degrees to cells: how a window lies on a grid, and what each part of a cell is.

Grids are rows of bytes from the north, so that whole grids are compared and widened as one large number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, radians

from wargame.geo.outline import Arc, Extent, Land, Outline, outline
from wargame.tui.map.chart import Window

SEA, BORDER, BEYOND = 0, 254, 255
"""Classes besides the lands, which count from 1 in the order of the outline's codes.

`BORDER` is a line between two lands; `BEYOND` is past a pole.
"""
POLE, FLATTEST = 90.0, 0.05
TALL = 2.0
"""How many times as high as wide a cell is."""
DEEPEST = 4
"""The last of the levels: far from any coast."""
SEA_STEPS, LAND_STEPS = (1, 2, 4, 6), (0, 3, 5, 8)
"""How many steps from the other side of the coast each level but the last reaches; a step is half a row."""
Grid = tuple[bytes, ...]
Crossings = dict[int, list[float]]


@dataclass(frozen=True, slots=True)
class Sight:
    """A window laid on cells: the north-west corner, and the size of a cell, in degrees.

    What it shows is the world, or an `invented` outline on a plane.
    """

    west: float
    north: float
    wide: float
    high: float
    columns: int
    rows: int
    invented: Outline | None = None

    @property
    def outline(self) -> Outline:
        """The lands that may be on it."""
        return self.invented or outline()

    def cell(self, east: float, north: float) -> tuple[int, int]:
        """Return the column and row of a place; it may lie outside."""
        turned, across = (east - self.west) % 360, east - self.west
        across = turned if turned < self.wide * self.columns else across
        return int(across // self.wide), int((self.north - north) // self.high)

    def shows(self, x: int, y: int) -> bool:
        """Return whether a cell is on the map."""
        return 0 <= x < self.columns and 0 <= y < self.rows


def sight(window: Window, columns: int, rows: int, invented: Outline | None = None) -> Sight:
    """Lay a window on cells in its true proportions: it grows on two sides rather than distort."""
    squeeze = max(cos(radians((window.south + window.north) / 2)), FLATTEST) if invented is None else 1.0
    wide, high = (window.east - window.west) / columns, (window.north - window.south) / rows
    wide, high = max(wide, high / squeeze / TALL), max(high, wide * squeeze * TALL)
    west = (window.west + window.east - wide * columns) / 2
    low = (window.south + window.north - high * rows) / 2
    low = min(max(low, -POLE), POLE - high * rows) if high * rows <= 2 * POLE else -high * rows / 2
    return Sight(west, low + high * rows, wide, high, columns, rows, invented)


# --- lands ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def areas(view: Sight, across: int = 2, down: int = 2) -> Grid:
    """Return for each part of each cell the land or the sea at its middle."""
    width, height = view.columns * across, view.rows * down
    grid = [bytearray(width) for _ in range(height)]
    for number, land in enumerate(view.outline.lands.values(), 1):
        for turned in _turned(land.extent, view):
            _fill(grid, land, number, turned, across, down)
    _blank_beyond(grid, view, down)
    return tuple(bytes(row) for row in grid)


def _fill(grid: list[bytearray], land: Land, number: int, view: Sight, across: int, down: int) -> None:
    rows: Crossings = {}
    for arc in _around(land, view):
        for row, xs in _crossings(arc, view, across, down).items():
            rows.setdefault(row, []).extend(xs)
    for row, xs in rows.items():
        _paint(grid[row], sorted(xs), number)


def _turned(extent: Extent, view: Sight) -> Iterator[Sight]:
    """Yield the view, and the same once round the world, if what lies there may be on it."""
    for turn in (0, 360, -360):
        turned = replace(view, west=view.west + turn)
        if _meets(extent, turned):
            yield turned


def _meets(extent: Extent, view: Sight) -> bool:
    """Return whether something that lies there may be on the map."""
    west, south, east, north = (each / 100 for each in extent)
    low, right = view.north - view.high * view.rows, view.west + view.wide * view.columns
    return west < right and east > view.west and south < view.north and north > low


def _around(land: Land, view: Sight) -> Iterator[Arc]:
    """Yield the arcs that decide where a land is on the map: of rings on it, all but those to the east."""
    right = 100 * (view.west + view.wide * view.columns)
    low, high = 100 * (view.north - view.high * view.rows), 100 * view.north
    for ring in land.rings:
        extents = [arc.extent for arc in ring]
        wests, souths, easts, norths = zip(*extents, strict=True)
        if _meets((min(wests), min(souths), max(easts), max(norths)), view):
            for arc, (west, south, _, north) in zip(ring, extents, strict=True):
                if west < right and south < high and north > low:
                    yield arc


def _placed(arc: Arc, view: Sight, across: int, down: int) -> list[tuple[float, float]]:
    """Return points in parts of cells, so that the middle of the first part is at 0, 0."""
    by_x, by_y = across / view.wide / 100, down / view.high / 100
    left, top = view.west * 100 * by_x + 0.5, view.north * 100 * by_y - 0.5
    return [(x * by_x - left, top - y * by_y) for x, y in arc.points]


def _crossings(arc: Arc, view: Sight, across: int, down: int) -> Crossings:
    """Return where an arc crosses the middle line of each row."""
    last, found = view.rows * down - 1, Crossings()
    points = _placed(arc, view, across, down)
    ax, ay = points[0]
    for bx, by in points:
        low, high = (ay, by) if ay < by else (by, ay)
        if high >= 0 and low <= last and low != high:
            slope = (bx - ax) / (by - ay)
            for row in range(max(ceil(low), 0), min(ceil(high), last + 1)):
                found.setdefault(row, []).append(ax + (row - ay) * slope)
        ax, ay = bx, by
    return found


def _paint(row: bytearray, xs: list[float], number: int) -> None:
    """Fill between each two crossings, from the last to the end if arcs to the east were left out."""
    width = len(row)
    ends = [*xs, float(width)] if len(xs) % 2 else xs
    for left, right in zip(ends[::2], ends[1::2], strict=True):
        start, end = max(ceil(left), 0), min(ceil(right), width)
        if start < end:
            row[start:end] = bytes((number,)) * (end - start)


def _blank_beyond(grid: list[bytearray], view: Sight, down: int) -> None:
    top, bottom = ((view.north - edge) * down / view.high for edge in (POLE, -POLE))
    for at, row in enumerate(grid):
        if not top <= at + 0.5 <= bottom:
            row[:] = bytes((BEYOND,)) * len(row)


# --- levels --------------------------------------------------------------------------------------------

SEA_ONLY = bytes(each == SEA for each in range(256))
LAND_ONLY = bytes(each not in (SEA, BEYOND) for each in range(256))
SOME = bytes(each != 0 for each in range(256))


@lru_cache(maxsize=8)
def levels(view: Sight) -> Grid:
    """Return for each quarter how far from the coast it is: 0 at it, `DEEPEST` far out or far inland.

    On land 0 is a line along coasts and borders, and the rest begins at 1.
    """
    grid = areas(view)
    framed = (grid[0], *grid, grid[-1])
    whole = b"".join(row[:1] * 2 + row + row[-1:] * 2 for row in framed)
    width = len(grid[0]) + 4
    sea, land = _number(whole.translate(SEA_ONLY)), _number(whole.translate(LAND_ONLY))
    inside = _number(b"".join((b"\0\0", b"\1" * (width - 4), b"\0\0")) * len(framed))
    line = _unlike(whole, width) & land
    near = _reached(land, SEA_STEPS, width, inside, sea) + _reached(sea, LAND_STEPS, width, inside, land)
    deepest = _number(bytes((DEEPEST,)) * len(whole))
    both = _bytes((deepest - near) & ~(line * 255), len(whole))
    return tuple(both[at + 2 : at + width - 2] for at in range(width, len(both) - width, width))


def _number(whole: bytes) -> int:
    return int.from_bytes(whole, "big")


def _bytes(number: int, length: int) -> bytes:
    return number.to_bytes(length, "big")


def _unlike(whole: bytes, width: int) -> int:
    """Return 1 for each part with another class beside, above or below it."""
    classes, found = _number(whole), 0
    for shift in (8, 16, 8 * width):
        for other in (classes >> shift, classes << shift):
            there = _bytes((classes ^ other) % (1 << 8 * len(whole)), len(whole))
            found |= _number(there.translate(SOME))
    return found


def _reached(start: int, steps: Iterable[int], width: int, inside: int, onto: int) -> int:
    """Return for each part of `onto` how many of these distances from `start` it lies within."""
    found, reach, at = 0, start, 0
    for distance in steps:
        while at < distance:
            across = (reach | reach << 8 | reach << 16 | reach >> 8 | reach >> 16) & inside
            down = across if at % 2 else reach
            reach, at = (across | down << 8 * width | down >> 8 * width) & inside, at + 1
        found += reach & onto
    return found


# --- lines ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def lines(view: Sight, across: int = 2, down: int = 2) -> Grid:
    """Return for each part of each cell the land whose coast runs through it, or `BORDER`."""
    width, height = view.columns * across, view.rows * down
    grid = [bytearray(width) for _ in range(height)]
    numbers = {code: number for number, code in enumerate(view.outline.codes, 1)}
    lands = (land for land in view.outline.lands.values() if any(_turned(land.extent, view)))
    for arc in dict.fromkeys(arc for land in lands for ring in land.rings for arc in ring):
        number = BORDER if len(arc.lands) > 1 else numbers[arc.lands[0]]
        for turned in _turned(arc.extent, view):
            points = [(round(x), round(y)) for x, y in _placed(arc, turned, across, down)]
            for start, end in pairwise(points):
                if max(start[0], end[0]) < 0 or min(start[0], end[0]) >= width:
                    continue
                for x, y in straight(start, end):
                    if 0 <= x < width and 0 <= y < height and grid[y][x] in (0, BORDER):
                        grid[y][x] = number
    return tuple(bytes(row) for row in grid)


def straight(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the cells of a line, both ends with it, each touching the next at a side or a corner."""
    (ax, ay), (bx, by) = start, end
    steps = max(abs(bx - ax), abs(by - ay))
    for step in range(steps + 1):
        part = step / steps if steps else 0.0
        yield round(ax + (bx - ax) * part), round(ay + (by - ay) * part)
