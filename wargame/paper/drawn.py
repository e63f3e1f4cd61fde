"""The map as a drawing for print, of the same lands, places and links as the map in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians
from typing import NamedTuple

from wargame.geo.outline import Arc, Land, outline
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Place
from wargame.tui.look import PALETTES
from wargame.tui.map.atlas import blank_chart
from wargame.tui.map.chart import Window
from wargame.words import Words

WIDTH, HEIGHT = 277.0, 178.0
"""The most that a drawing takes on its page, in millimetres."""
LETTER, LINE = 1.75, 4.2
"""About how wide a letter of a label is, and how high its line."""
TURN = 360
FLATTEST = 0.2
SIDES = (("start", 1), ("end", -1))
"""How a label is anchored to the right and to the left of its place."""
Spot = tuple[float, float]
Box = tuple[float, float, float, float]


class Shape(NamedTuple):
    """A land: the path around it, and its colour, "" if it is nobody's."""

    path: str
    colour: str


class Plate(NamedTuple):
    """A place with its label: where both stand, and whose it is ("" for nobody's)."""

    x: float
    y: float
    sign: str
    label: str
    label_x: float
    label_y: float
    anchor: str
    colour: str


class Corner(NamedTuple):
    """What lies beyond an edge of the map: the corner, its names, and their colour."""

    edge: str
    names: tuple[str, ...]
    colour: str


class Drawing(NamedTuple):
    """The whole map, in millimetres from its upper left corner."""

    width: float
    height: float
    lands: tuple[Shape, ...]
    links: tuple[tuple[Spot, Spot], ...]
    places: tuple[Plate, ...]
    corners: tuple[Corner, ...]


def colour_of(scenario: Scenario, seat: str) -> str:
    """Return a seat's colour on a light ground, '' of nobody."""
    nth = scenario.seat_ids.index(seat) % 6 if seat in scenario.seat_ids else -1
    return PALETTES["light"].colours[f"seat-{nth + 1}"] if nth >= 0 else ""


def drawing(scenario: Scenario) -> Drawing | None:
    """Draw a scenario's map as large as the page allows; None if it has none."""
    return _Pen(scenario).drawn() if scenario.mapped else None


class _Pen:
    """Puts what lies in the largest window on the page."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.words, self.chart = scenario, Words(scenario), blank_chart(scenario)
        self.window = self.chart.windows[0][2]
        self.outline = self.chart.invented or outline()
        middle = (self.window.south + self.window.north) / 2
        self.squeeze = 1.0 if self.chart.invented else max(cos(radians(middle)), FLATTEST)
        wide = (self.window.east - self.window.west) * self.squeeze
        high = self.window.north - self.window.south
        self.scale = min(WIDTH / wide, HEIGHT / high)
        self.width, self.height = round(wide * self.scale, 1), round(high * self.scale, 1)

    def drawn(self) -> Drawing:
        spots = {place.id: self._spot(place) for place in self.scenario.spec.places if place.edge is None}
        links = tuple(
            (spots[one], spots[other])
            for one, other in (link.between for link in self.scenario.spec.links)
            if one in spots and other in spots
        )
        return Drawing(
            self.width, self.height, tuple(self._lands()), links, self._places(spots), tuple(self._corners())
        )

    def _at(self, east: float, north: float) -> Spot:
        x = (east - self.window.west) * self.squeeze * self.scale
        return round(x, 2), round((self.window.north - north) * self.scale, 2)

    def _spot(self, place: Place) -> Spot:
        east = place.east / 100
        if not self.chart.invented and east < self.window.west:
            east += TURN
        return self._at(east, place.north / 100)

    # --- lands ---------------------------------------------------------------------------------------------

    def _lands(self) -> Iterator[Shape]:
        owners = {land: seat.id for seat in self.scenario.spec.seats for land in seat.lands}
        owners |= {area.id: area.seat for area in self.scenario.spec.areas}
        for code, land in self.outline.lands.items():
            for shift in (0,) if self.chart.invented else (-TURN, 0, TURN):
                if _meets(land, self.window, shift):
                    yield Shape(self._path(land, shift), colour_of(self.scenario, owners.get(code, "")))

    def _path(self, land: Land, shift: int) -> str:
        return "".join(
            f"M{' '.join(f'{x:g},{y:g}' for x, y in self._thinned(ring, shift))}Z"
            for arcs in land.rings
            if (ring := _ring(arcs))
        )

    def _thinned(self, ring: list[tuple[int, int]], shift: int) -> Iterator[Spot]:
        """Yield a ring's points, without those that no eye could tell from the one before."""
        last: Spot | None = None
        for east, north in ring:
            spot = self._at(east / 100 + shift, north / 100)
            if last is None or abs(spot[0] - last[0]) + abs(spot[1] - last[1]) > 0.25:
                yield spot
                last = spot

    # --- places --------------------------------------------------------------------------------------------

    def _places(self, spots: dict[str, Spot]) -> tuple[Plate, ...]:
        """Put every label where it covers no other: beside its place, above or below it, or aslant."""
        homes = {seat.place: seat for seat in self.scenario.spec.seats}
        places = [place for place in self.scenario.spec.places if place.id in spots]
        taken = [(x - 2, y - 2, x + 2, y + 2) for x, y in spots.values()]
        found: list[Plate] = []
        for place in sorted(places, key=lambda one: one.id not in homes):
            (x, y), owner = spots[place.id], homes.get(place.id)
            name = self.words.said(place.name)
            wide = len(name) * LETTER * (1.25 if owner else 1) + 2
            ways = [
                ("start", x + 4, y + 1.3),
                ("end", x - 4, y + 1.3),
                ("middle", x, y - 4),
                ("middle", x, y + 6.4),
                *((anchor, x + side * 3, y + down) for down in (4.4, -2.4) for anchor, side in SIDES),
            ]
            boxes = [_box(anchor, left, base, wide) for anchor, left, base in ways]
            clear = [nth for nth, box in enumerate(boxes) if self._free(box, taken)]
            nth = clear[0] if clear else 0
            taken.append(boxes[nth])
            anchor, left, base = ways[nth]
            sign = owner.symbol if owner else ""
            colour = colour_of(self.scenario, owner.id) if owner else ""
            found.append(Plate(x, y, sign, name, round(left, 2), round(base, 2), anchor, colour))
        return tuple(found)

    def _free(self, box: Box, taken: Sequence[Box]) -> bool:
        west, north, east, south = box
        inside = west >= 0 and north >= 0 and east <= self.width and south <= self.height
        return inside and not any(
            west < other[2] and other[0] < east and north < other[3] and other[1] < south for other in taken
        )

    def _corners(self) -> Iterator[Corner]:
        homes = {seat.place: seat for seat in self.scenario.spec.seats}
        beyond = [place for place in self.scenario.spec.places if place.edge is not None]
        for edge in dict.fromkeys(str(place.edge) for place in beyond):
            here = [place for place in beyond if place.edge == edge]
            owner = next((homes[place.id] for place in here if place.id in homes), None)
            names = tuple(
                f"{homes[place.id].symbol if place.id in homes else '○'} {self.words.said(place.name)}"
                for place in here
            )
            yield Corner(edge, names, colour_of(self.scenario, owner.id) if owner else "")


def _box(anchor: str, x: float, base: float, wide: float) -> Box:
    west = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
    return west, base - LINE + 0.8, west + wide, base + 0.8


def _meets(land: Land, window: Window, shift: int) -> bool:
    west, south, east, north = (side / 100 for side in land.extent)
    across = west + shift < window.east and window.west < east + shift
    return across and south < window.north and window.south < north


def _ring(arcs: tuple[Arc, ...]) -> list[tuple[int, int]]:
    """Return the points around a land, its arcs laid end to end whichever way each runs."""
    first, *others = (list(arc.points) for arc in arcs)
    if others and first[-1] not in (others[0][0], others[0][-1]):
        first.reverse()
    for points in others:
        if points[0] != first[-1]:
            points.reverse()
        first += points[1:]
    return first
