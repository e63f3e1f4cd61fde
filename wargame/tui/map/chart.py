"""What is on a map, as plain frozen data: windows, tinted lands, places, boxes at its edges, and flows.

A style is one that Textual can parse: `#7fb2ff`, `$seat-1`, `bold $text-primary`; empty for plain ink.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from textual.content import Content

from wargame.geo.outline import Outline

Line = Content | str


@dataclass(frozen=True, slots=True)
class Window:
    """What has to be on the map, in degrees east and north."""

    west: float
    east: float
    south: float
    north: float


NOWHERE = Window(0, 1, 0, 1)
"""Open sea, where 0° east meets 0° north: nobody's coast."""
Zoom = tuple[int, int, Window]
"""The least columns and rows of a map from which it shows a window."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place. A higher `rank` keeps glyph and label longer where room is short; a lit one ousts lower ones.

    A `plate` is glyph and label together on the mark's own colour; where that finds no room, glyph and
    `short`, then the glyph alone. Any other place is its glyph, and its label beside it where there is room.
    A `number` stands right behind the glyph, or behind the label of a plate, and goes where there is no room.
    """

    id: str
    east: float
    north: float
    glyph: str
    label: str
    style: str = ""
    rank: int = 1
    lit: bool = False
    plate: bool = False
    short: str = ""
    number: str = ""

    @property
    def signs(self) -> tuple[str, ...]:
        """Return the ways to put its sign, the fullest first."""
        return (f"{self.glyph}{self.number}", self.glyph) if self.number else (self.glyph,)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the ways to name a plate, the fullest first."""
        bare = self.label, self.short
        return (*(f"{name} {self.number}" for name in bare), *bare) if self.number else bare


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a box that stands for something of its own: `id` is what a click on it chooses."""

    text: Line
    id: str
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A frame in its `style` for what is beyond the map, in a corner (`north-west` …) or, if that is covered,
    in another; of its `lines` the first, as many as there is room for."""

    id: str
    corner: str
    title: str
    lines: tuple[Line | Entry, ...] = ()
    lit: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """What moves along a line through `points`, ids of marks and boxes.

    `there` and `back` are how much moves each way, a particle for each as far as there is room. Arrows in
    the `label` are read as `▸` there and `◂` back, and turned round where the line runs to the left. On a
    `way` nothing moves: it is there for what may.
    """

    id: str
    points: tuple[str, ...]
    there: int = 0
    back: int = 0
    there_style: str = ""
    back_style: str = ""
    label: str = ""
    sealed: bool = False
    way: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole map. Of `windows`, largest first, the first that the size reaches is shown, else the last;
    without any, open sea.

    What lies there is the world, or an `invented` outline.
    """

    windows: tuple[Zoom, ...] = ()
    lands: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    boxes: tuple[Box, ...] = ()
    flows: tuple[Flow, ...] = ()
    invented: Outline | None = None

    def window(self, columns: int, rows: int) -> Window:
        """Return the window for a map of this size."""
        for least_columns, least_rows, window in self.windows:
            if columns >= least_columns and rows >= least_rows:
                return window
        return self.windows[-1][2] if self.windows else NOWHERE
