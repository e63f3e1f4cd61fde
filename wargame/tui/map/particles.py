"""What moves along flows: a particle for each of what is sent, an arrow that shows the way it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wargame.tui.map.layout import Spot, Track

TRACE = "·"
SPACING, SEALED_SPACING, WAY_SPACING = 3, 5, 2
"""Every how many columns the line of a flow has a dot; a sealed one has fewer, a way more."""
APART, MOST = 4, 3
"""Cells of a line that a particle needs, and how many there are at most each way."""
RIGHT, LEFT, UP, DOWN = "▸◂▴▾"


class Particle(NamedTuple):
    """One glyph at one moment."""

    x: int
    glyph: str
    style: str


def trail(tracks: Iterable[Track]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the dots that lie still: column, row, glyph, style. Lines that run together share them."""
    for track in tracks:
        spacing = WAY_SPACING if track.flow.way else SEALED_SPACING if track.flow.sealed else SPACING
        for x, y in track.cells:
            if (x + 2 * y) % spacing == 0:
                yield x, y, TRACE, track.flow.there_style or track.flow.back_style


def particles(tracks: Iterable[Track], frame: int) -> dict[int, list[Particle]]:
    """Return the particles of a frame by row. One that goes there covers one that comes back."""
    found: dict[Spot, Particle] = {}
    for track in tracks:
        flow, cells = track.flow, track.cells
        for at in spread(flow.back, len(cells), frame):
            _add(found, cells[::-1], at, flow.back_style)
        for at in spread(flow.there, len(cells), frame):
            _add(found, cells, at, flow.there_style)
    rows: dict[int, list[Particle]] = {}
    for (_, y), particle in sorted(found.items()):
        rows.setdefault(y, []).append(particle)
    return rows


def spread(amount: int, length: int, frame: int) -> list[int]:
    """Return where on a line of `length` cells particles are: evenly apart, and few.

    >>> spread(3, 12, 1)
    [1, 5, 9]
    """
    count = min(amount, MOST, max(length // APART, 1)) if length else 0
    return [(frame + nth * length // count) % length for nth in range(count)]


def _add(found: dict[Spot, Particle], cells: Sequence[Spot], at: int, style: str) -> None:
    x, y = cells[at]
    found[x, y] = Particle(x, arrow(cells, at), style)


def arrow(cells: Sequence[Spot], at: int) -> str:
    """Return the arrow of the way a line runs at one of its cells; a row counts as two columns."""
    (ax, ay), (bx, by) = cells[max(at - 1, 0)], cells[min(at + 1, len(cells) - 1)]
    across, down = bx - ax, 2 * (by - ay)
    if abs(across) >= abs(down):
        return LEFT if across < 0 else RIGHT
    return UP if down < 0 else DOWN
