"""Cut the outline of Northeast Asia from a world atlas into the small file that the package ships.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/outline.py package/countries-50m.json wargame/tui/map/northeast_asia.txt

Source: Natural Earth 1:50m Admin 0 countries (https://www.naturalearthdata.com), as TopoJSON in the npm
package `world-atlas`. Licence: Natural Earth is in the public domain; world-atlas is under the ISC licence.
Boundaries: drawn as they are in the source data; no claim about any of them is implied.

Borders are simplified while they are still the arcs that neighbours share, so neighbours stay identical.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Ring = list[Point]
Line = Sequence[Point]

FRAME = (8400, 1400, 16600, 6200)
"""West, south, east, north in hundredths of a degree.

Wider than 100–150°E 20–55°N, for a map grows beyond its window to keep its proportions.
"""

TOLERANCE = 5.0
"""How far, in hundredths of a degree, a simplified line may stray from the true one."""

SPECK = 220.0
"""Rings of a smaller area, in hundredths of a degree squared, are dropped."""

CODES = {
    "104": "MMR", "116": "KHM", "156": "CHN", "158": "TWN", "344": "HKG", "356": "IND", "392": "JPN",
    "398": "KAZ", "408": "PRK", "410": "KOR", "417": "KGZ", "418": "LAO", "446": "MAC", "496": "MNG",
    "050": "BGD", "064": "BTN", "524": "NPL", "608": "PHL", "643": "RUS", "704": "VNM", "764": "THA",
    "840": "USA",
}  # fmt: skip
"""ISO 3166 numeric to alpha-3, for the countries in the frame."""

HEAD = """\
# Northeast Asia, for a map in a terminal. Written by scripts/outline.py; do not edit.
# Natural Earth 1:50m Admin 0 countries, public domain. Boundaries as in the source; no claim is implied.
# A line is a ring: a country, a first point in hundredths of a degree, then steps from point to point.
"""


def decode(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a quantised TopoJSON topology, in hundredths of a degree."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for dx, dy, *_ in steps:
            x, y = x + dx, y + dy
            arc.append((round((x * sx + tx) * 100), round((y * sy + ty) * 100)))
        arcs.append(arc)
    return arcs


def simplify(line: Line, tolerance: float) -> Ring:
    """Douglas–Peucker: both ends stay, and each point that strays more than `tolerance`.

    >>> simplify([(0, 0), (50, 1), (100, 0), (100, 80)], 5.0)
    [(0, 0), (100, 0), (100, 80)]
    """
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        at, far = _furthest(line, first, last)
        if far > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [line[at] for at in sorted(keep)]


def _furthest(line: Line, first: int, last: int) -> tuple[int, float]:
    (ax, ay), (bx, by) = line[first], line[last]
    dx, dy = bx - ax, by - ay
    long = dx * dx + dy * dy
    found, far = first, -1.0
    for at in range(first + 1, last):
        x, y = line[at][0] - ax, line[at][1] - ay
        along = min(max((x * dx + y * dy) / long, 0.0), 1.0) if long else 0.0
        stray = ((x - along * dx) ** 2 + (y - along * dy) ** 2) ** 0.5
        if stray > far:
            found, far = at, stray
    return found, far


def clip(ring: Line, frame: tuple[int, int, int, int]) -> Ring:
    """Sutherland–Hodgman: the part of a ring inside the frame, closed along the frame's edge.

    >>> clip([(-5, 1), (5, 1), (5, 9), (-5, 9)], (0, 0, 10, 10))
    [(0, 1), (5, 1), (5, 9), (0, 9)]
    """
    west, south, east, north = frame
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        ring = list(_beyond(ring, axis, limit, sign))
    return list(ring)


def _beyond(ring: Line, axis: int, limit: int, sign: int) -> Iterator[Point]:
    """One side of the frame: what of the ring lies on its inner side."""
    if not ring:
        return
    before = ring[-1]
    for point in ring:
        inside, was = (sign * (each[axis] - limit) >= 0 for each in (point, before))
        if inside != was:
            yield _crossing(min(before, point), max(before, point), axis, limit)
        if inside:
            yield point
        before = point


def _crossing(a: Point, b: Point, axis: int, limit: int) -> Point:
    """Where the line from a to b meets the limit; the same for both neighbours of a border."""
    other = 1 - axis
    across = round(a[other] + (b[other] - a[other]) * (limit - a[axis]) / (b[axis] - a[axis]))
    return (limit, across) if axis == 0 else (across, limit)


def assemble(indices: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """A ring from its arcs; a complement stands for an arc run backwards. The first point is not repeated."""
    ring: Ring = []
    for at in indices:
        ring += (arcs[at] if at >= 0 else arcs[~at][::-1])[:-1]
    return ring


def area(ring: Line) -> float:
    """The area within a ring, in hundredths of a degree squared."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def rings(topology: dict[str, Any]) -> Iterator[tuple[str, Ring]]:
    """Every country's rings within the frame, by its code, simplified and without specks."""
    arcs = [simplify(arc, TOLERANCE) for arc in decode(topology)]
    for country in topology["objects"]["countries"]["geometries"]:
        code = CODES.get(str(country.get("id")))
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for indices in (ring for shape in shapes for ring in shape if code):
            cut = clip(assemble(indices, arcs), FRAME)
            if len(cut) > 2 and area(cut) >= SPECK:
                yield str(code), cut


def written(ring: Line) -> str:
    """A ring as text: its first point, then the step to each further one."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring)]
    return " ".join(f"{x},{y}" for x, y in (ring[0], *steps))


def main(source: str, target: str) -> None:
    """Read the TopoJSON file `source` and write the outline to `target`."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    lines = sorted(f"{code} {written(ring)}\n" for code, ring in rings(topology))
    frame = "frame {} {} {} {}\n".format(*FRAME)
    Path(target).write_text(HEAD + frame + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
