"""From degrees to cells: how a window lies on a grid, and which country or coast each part of a cell is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians

from wargame.tui.map.chart import Window
from wargame.tui.map.outline import Point, Ring, Stretch, outline, stretches

SEA, BORDER, BEYOND = 0, 254, 255
"""Classes besides the countries, which count from 1 in the order of the outline's codes.

`BORDER` is a line between two countries; `BEYOND` is outside of the outline's frame.
"""
TALL = 2.0
"""How many times as high as wide a cell is."""
Grid = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """A window laid on cells: the north-west corner, and the size of a cell, in degrees."""

    west: float
    north: float
    wide: float
    high: float
    columns: int
    rows: int

    def cell(self, east: float, north: float) -> tuple[int, int]:
        """The column and row of a place; it may lie outside."""
        return int((east - self.west) // self.wide), int((self.north - north) // self.high)

    def shows(self, x: int, y: int) -> bool:
        """Whether a cell is on the map."""
        return 0 <= x < self.columns and 0 <= y < self.rows


def sight(window: Window, columns: int, rows: int) -> Sight:
    """The window in its true proportions: it grows on two sides rather than distort.

    What it grows stays within the outline as far as possible.
    """
    south, north = window.south, window.north
    squeeze = cos(radians((south + north) / 2))
    wide = (window.east - window.west) / columns
    high = (north - south) / rows
    wide, high = max(wide, high / squeeze / TALL), max(high, wide * squeeze * TALL)
    frame_west, frame_south, frame_east, frame_north = (edge / 100 for edge in outline().frame)
    west = _shifted((window.west + window.east - wide * columns) / 2, wide * columns, frame_west, frame_east)
    low = _shifted((south + north - high * rows) / 2, high * rows, frame_south, frame_north)
    return Sight(west, low + high * rows, wide, high, columns, rows)


def _shifted(start: float, length: float, least: float, most: float) -> float:
    if length > most - least:
        return (least + most - length) / 2
    return min(max(start, least), most - length)


@lru_cache(maxsize=8)
def areas(view: Sight, across: int = 2, down: int = 2) -> Grid:
    """For each part of each cell the country or the sea at its middle; rows from the north."""
    width, height = view.columns * across, view.rows * down
    grid = [bytearray(width) for _ in range(height)]
    for number, code in enumerate(outline().codes, 1):
        crossings: list[list[float]] = [[] for _ in range(height)]
        for ring in outline().of(code):
            _cross(_placed(ring, view, across, down), crossings)
        for row, xs in zip(grid, crossings, strict=True):
            _paint(row, sorted(xs), number)
    _blank_beyond(grid, view, across, down)
    return tuple(bytes(row) for row in grid)


def _placed(ring: Ring, view: Sight, across: int, down: int) -> list[tuple[float, float]]:
    """Points in parts of cells, so that the middle of the first part is at 0, 0."""
    by_x, by_y = across / view.wide, down / view.high
    return [((x / 100 - view.west) * by_x - 0.5, (view.north - y / 100) * by_y - 0.5) for x, y in ring]


def _cross(points: list[tuple[float, float]], crossings: list[list[float]]) -> None:
    """Note where a ring crosses the middle line of each row."""
    last = len(crossings) - 1
    ax, ay = points[-1]
    for bx, by in points:
        low, high = (ay, by) if ay < by else (by, ay)
        if high >= 0 and low <= last and low != high:
            slope = (bx - ax) / (by - ay)
            for row in range(max(ceil(low), 0), min(ceil(high), last + 1)):
                crossings[row].append(ax + (row - ay) * slope)
        ax, ay = bx, by


def _paint(row: bytearray, xs: list[float], number: int) -> None:
    width = len(row)
    for left, right in zip(xs[::2], xs[1::2], strict=True):
        start, end = max(ceil(left), 0), min(ceil(right), width)
        if start < end:
            row[start:end] = bytes((number,)) * (end - start)


def _blank_beyond(grid: list[bytearray], view: Sight, across: int, down: int) -> None:
    west, south, east, north = outline().frame
    ((left, top), (right, bottom)) = _placed(((west, north), (east, south)), view, across, down)
    for at, row in enumerate(grid):
        if not top - 0.5 <= at <= bottom + 0.5:
            row[:] = bytes((BEYOND,)) * len(row)
        else:
            _paint(row, [-1.0, left - 0.5], BEYOND)
            _paint(row, [right + 0.5, float(len(row))], BEYOND)


@lru_cache(maxsize=8)
def lines(view: Sight, across: int = 2, down: int = 2) -> Grid:
    """For each part of each cell the country whose coast runs through it, or `BORDER`; from the north."""
    width, height = view.columns * across, view.rows * down
    grid = [bytearray(width) for _ in range(height)]
    numbers = {code: number for number, code in enumerate(outline().codes, 1)}
    for stretch in stretches():
        number = BORDER if len(stretch.codes) > 1 else numbers[stretch.codes[0]]
        for x, y in _parts(stretch, view, across, down):
            if 0 <= x < width and 0 <= y < height:
                grid[y][x] = number if grid[y][x] in (0, BORDER) else grid[y][x]
    return tuple(bytes(row) for row in grid)


def _parts(stretch: Stretch, view: Sight, across: int, down: int) -> Iterator[tuple[int, int]]:
    ends: tuple[Point, Point] = (stretch.start, stretch.end)
    (ax, ay), (bx, by) = _placed(ends, view, across, down)
    if max(ax, bx) < -1 or max(ay, by) < -1:
        return iter(())
    if min(ax, bx) > view.columns * across or min(ay, by) > view.rows * down:
        return iter(())
    return straight((round(ax), round(ay)), (round(bx), round(by)))


def straight(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The cells of a line, both ends with it, each touching the next at a side or a corner."""
    (ax, ay), (bx, by) = start, end
    steps = max(abs(bx - ax), abs(by - ay))
    for step in range(steps + 1):
        part = step / steps if steps else 0.0
        yield round(ax + (bx - ax) * part), round(ay + (by - ay) * part)
