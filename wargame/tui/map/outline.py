"""The shipped outline: the coasts and borders of the world, read once, when the first map is drawn.

From Natural Earth 1:50m, public domain, by `scripts/outline.py`, which says how the file is made. Boundaries
are drawn as they are in the source data; no claim about any of them is implied.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate

FILE = "world.json.z"
WORLD = (-180.0, -90.0, 180.0, 90.0)
"""West, south, east, north of what there is, in degrees."""


@dataclass(frozen=True, eq=False)
class Arc:
    """A line of coast or border, in hundredths of a degree east and north.

    `lands` has the code of one land for a coast, of two for a border.
    """

    east: tuple[int, ...]
    north: tuple[int, ...]
    lands: tuple[str, ...]

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """West, south, east, north."""
        return min(self.east), min(self.north), max(self.east), max(self.north)


@dataclass(frozen=True, eq=False)
class Outline:
    """The arcs around every land, by its ISO 3166 alpha-3 code in alphabetical order."""

    arcs: tuple[Arc, ...]
    lands: Mapping[str, tuple[Arc, ...]]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every land's code; a land's number on a map is its place here, from 1."""
        return tuple(self.lands)


@cache
def outline() -> Outline:
    """Return the outline of the world."""
    packed = files("wargame.tui.map").joinpath(FILE).read_bytes()
    found = json.loads(zlib.decompress(packed))
    around = {code: [max(at, ~at) for ring in rings for at in ring] for code, rings in found["lands"].items()}
    lands: dict[int, tuple[str, ...]] = {}
    for code, nths in around.items():
        for nth in dict.fromkeys(nths):
            lands[nth] = (*lands.get(nth, ()), code)
    arcs = tuple(
        Arc(tuple(accumulate(steps[::2])), tuple(accumulate(steps[1::2])), lands[nth])
        for nth, steps in enumerate(found["arcs"])
    )
    return Outline(arcs, {code: tuple(arcs[nth] for nth in nths) for code, nths in around.items()})
