"""Outlines: the coasts and borders of the world, read once when they are first asked for, or invented ones.

The world is from Natural Earth 1:50m, public domain, by `scripts/outline.py` (which says how).
Boundaries are drawn as they are in the source data; no claim about any of them is implied.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, pairwise

FILE = "world.json.z"
Extent = tuple[int, int, int, int]
"""West, south, east and north, in hundredths of a degree."""


class Arc:
    """A line of coast or border. `lands` has the code of one land for a coast, of two for a border."""

    def __init__(self, steps: Sequence[int]) -> None:
        self._steps = steps
        self.lands: tuple[str, ...] = ()

    @cached_property
    def points(self) -> tuple[tuple[int, int], ...]:
        """Its points, in hundredths of a degree east and north."""
        return tuple(zip(accumulate(self._steps[::2]), accumulate(self._steps[1::2]), strict=True))

    @cached_property
    def extent(self) -> Extent:
        """Where it lies."""
        xs, ys = zip(*self.points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


class Land:
    """A country or territory: rings of arcs, and where it lies."""

    def __init__(self, extent: Extent, rings: Iterable[tuple[Arc, ...]]) -> None:
        self.extent = extent
        self.rings = tuple(rings)


class Outline:
    """Every land by its ISO 3166 alpha-3 code, in alphabetical order, and every arc once."""

    def __init__(
        self, arcs: Iterable[Sequence[int]], lands: Mapping[str, tuple[Extent, list[list[int]]]]
    ) -> None:
        self.arcs = tuple(map(Arc, arcs))
        self.lands: dict[str, Land] = {}
        for code, (extent, rings) in lands.items():
            around = [tuple(self.arcs[max(at, ~at)] for at in ring) for ring in rings]
            self.lands[code] = Land(extent, around)
            for arc in dict.fromkeys(arc for ring in around for arc in ring):
                arc.lands += (code,)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every land's code; a land's number on a map is its place here, from 1."""
        return tuple(self.lands)


@cache
def outline() -> Outline:
    """Return the outline of the world."""
    packed = files("wargame.geo").joinpath(FILE).read_bytes()
    found = json.loads(zlib.decompress(packed))
    lands = {code: (tuple(land["box"]), land["rings"]) for code, land in found["lands"].items()}
    return Outline(found["arcs"], lands)


def invented(rings: Mapping[str, Sequence[int]]) -> Outline:
    """Return an outline of areas by their ids, each a ring of points `x, y, x, y …` in hundredths."""
    arcs, lands = list[list[int]](), dict[str, tuple[Extent, list[list[int]]]]()
    for at, (id_, ring) in enumerate(rings.items()):
        xs, ys = [*ring[::2], ring[0]], [*ring[1::2], ring[1]]
        steps = [xs[0], ys[0]]
        for (ax, bx), (ay, by) in zip(pairwise(xs), pairwise(ys), strict=True):
            steps += bx - ax, by - ay
        arcs.append(steps)
        lands[id_] = (min(xs), min(ys), max(xs), max(ys)), [[at]]
    return Outline(arcs, lands)
