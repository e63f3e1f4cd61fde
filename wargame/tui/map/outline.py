"""The shipped outline: rings of countries, read once, when the first map is drawn.

From Natural Earth 1:50m, public domain, by `scripts/outline.py`. Boundaries are drawn as they are in the
source data; no claim about any of them is implied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Point = tuple[int, int]
"""Hundredths of a degree east and north."""
Ring = tuple[Point, ...]
FILE = "northeast_asia.txt"


@dataclass(frozen=True)
class Stretch:
    """A straight piece of coast or border: `codes` has one country for a coast, two for a border."""

    start: Point
    end: Point
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """Rings by ISO alpha-3 code within a frame (west, south, east, north), in hundredths of a degree."""

    frame: tuple[int, int, int, int]
    rings: tuple[tuple[str, Ring], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries, in alphabetical order."""
        return tuple(sorted({code for code, _ in self.rings}))

    def of(self, code: str) -> tuple[Ring, ...]:
        """The rings of one country."""
        return tuple(ring for country, ring in self.rings if country == code)


def parsed(lines: Iterable[str]) -> Outline:
    """An outline from the lines of its file."""
    frame, rings = (0, 0, 0, 0), []
    for line in lines:
        head, *rest = line.split() or ["#"]
        if head == "frame":
            west, south, east, north = map(int, rest)
            frame = (west, south, east, north)
        elif head != "#":
            rings.append((head, tuple(_walked(rest))))
    return Outline(frame, tuple(rings))


def _walked(steps: Iterable[str]) -> Iterator[Point]:
    x = y = 0
    for step in steps:
        dx, dy = step.split(",")
        x, y = x + int(dx), y + int(dy)
        yield x, y


@cache
def outline() -> Outline:
    """The outline of Northeast Asia."""
    source = files("wargame.tui.map").joinpath(FILE).read_text(encoding="utf-8")
    return parsed(source.splitlines())


@cache
def stretches() -> tuple[Stretch, ...]:
    """Every piece of coast and border once, without the cuts along the frame."""
    west, south, east, north = outline().frame
    owners: dict[tuple[Point, Point], list[str]] = {}
    for code, ring in outline().rings:
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
            cut = a[0] == b[0] in (west, east) or a[1] == b[1] in (south, north)
            if not cut:
                owners.setdefault((min(a, b), max(a, b)), []).append(code)
    return tuple(Stretch(a, b, tuple(sorted(set(codes)))) for (a, b), codes in owners.items())
