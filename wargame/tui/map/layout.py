"""Where everything on a map goes: boxes at the edges, places, labels that cover nothing, lines of flows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from textual.content import Content
from textual.geometry import Region

from wargame.tui.map.chart import Box, Chart, Flow, Line, Mark
from wargame.tui.map.raster import Sight, straight
from wargame.tui.text import safe_text

Spot = tuple[int, int]
FRAMES = {False: "┌─┐│└┘┬┴", True: "+-+|++++"}
"""Corners and sides of a box: not ASCII, ASCII."""
ROOM_FOR_FLOWS = 60
"""Columns from which flows have labels."""
SEALED = "▣"
RULE = "$text-muted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A text at a place. `id` is what a click on it chooses; a solid one hides the land under it."""

    x: int
    y: int
    text: Content
    style: str = ""
    lit: bool = False
    bold: bool = False
    id: str = ""
    solid: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """The cells a flow runs through, from its first point to its last, less what is covered."""

    flow: Flow
    cells: tuple[Spot, ...]


@dataclass
class Plan:
    """A laid-out map."""

    pieces: list[Piece] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    taken: dict[Spot, str] = field(default_factory=dict)
    """Cells that are covered, and by what."""

    def add(self, piece: Piece) -> None:
        """Put a piece down and note the cells it covers."""
        self.pieces.append(piece)
        for x in range(piece.x, piece.x + piece.text.cell_length):
            self.taken[x, piece.y] = piece.id

    def free(self, x: int, y: int, width: int, view: Sight) -> bool:
        """Whether a text fits on the map there and covers nothing."""
        if x < 0 or not 0 <= y < view.rows or x + width > view.columns:
            return False
        return not any((at, y) in self.taken for at in range(x, x + width))

    def clear(self, x: int, y: int, width: int, view: Sight, own: str) -> bool:
        """The same, and whether nothing but the `own` piece stands right beside it."""
        beside = (self.taken.get((at, y), own) for at in (x - 1, x + width))
        return self.free(x, y, width, view) and all(each == own for each in beside)


def planned(chart: Chart, view: Sight, ascii_only: bool = False) -> Plan:
    """Lay out what is on the map."""
    plan = Plan()
    regions = _boxes(plan, chart.boxes, view, FRAMES[ascii_only])
    spots = _glyphs(plan, chart.marks, view)
    anchors = {mark.id: view.cell(mark.east, mark.north) for mark in chart.marks} | spots
    courses = [(flow, _course(flow.points, anchors, regions)) for flow in chart.flows]
    passed = {spot for _, course in courses for spot in course}
    _labels(plan, chart.marks, spots, passed, view)
    _flow_labels(plan, courses, view)
    plan.tracks = [Track(flow, tuple(_open(plan, course, view))) for flow, course in courses]
    return plan


# --- boxes ---------------------------------------------------------------------------------------------


def _boxes(plan: Plan, boxes: Sequence[Box], view: Sight, frame: str) -> dict[str, Region]:
    regions: dict[str, Region] = {}
    for corner in dict.fromkeys(box.corner for box in boxes):
        together = [box for box in boxes if box.corner == corner]
        widths = [_inner(box) for box in together]
        height = max(len(box.lines) for box in together) + 2
        if sum(widths) + len(widths) + 1 <= view.columns and height <= view.rows:
            x = view.columns - sum(widths) - len(widths) - 1 if corner.endswith("east") else 0
            y = view.rows - height if corner.startswith("south") else 0
            if all(plan.free(x, at, sum(widths) + len(widths) + 1, view) for at in range(y, y + height)):
                regions |= _row_of_boxes(plan, together, widths, Region(x, y, 0, height), frame)
    return regions


def _text(line: Line) -> Content:
    return safe_text(line) if isinstance(line, str) else line


def _inner(box: Box) -> int:
    return max(_text(line).cell_length for line in (f"{box.title}─", *box.lines))


def _row_of_boxes(
    plan: Plan, boxes: Sequence[Box], widths: Sequence[int], start: Region, frame: str
) -> dict[str, Region]:
    left, flat, right, side, low_left, low_right, down, up = tuple(frame)
    x, height = start.x, start.height
    regions: dict[str, Region] = {}
    for nth, (box, width) in enumerate(zip(boxes, widths, strict=True)):
        first, last = nth == 0, nth == len(boxes) - 1
        lines = [_text(line) for line in box.lines] + [Content("")] * (height - 2 - len(box.lines))
        _piece(plan, box, x, start.y, left if first else down)
        title = safe_text(box.title)
        _piece(plan, box, x + 1, start.y, title, lit=box.lit, bold=True)
        _piece(plan, box, x + 1 + title.cell_length, start.y, flat * (width - title.cell_length))
        for y, line in enumerate(lines, start.y + 1):
            _piece(plan, box, x, y, side)
            _piece(plan, box, x + 1, y, line.pad_right(width - line.cell_length), own="")
        _piece(plan, box, x, start.y + height - 1, (low_left if first else up) + flat * width)
        if last:
            for y, sign in enumerate((right, *side * (height - 2), low_right), start.y):
                _piece(plan, box, x + width + 1, y, sign)
        regions[box.id] = Region(x, start.y, width + 2, height)
        x += width + 1
    return regions


def _piece(
    plan: Plan,
    box: Box,
    x: int,
    y: int,
    text: Line,
    lit: bool = False,
    bold: bool = False,
    own: str = RULE,
) -> None:
    style = own if not (bold or lit) else ""
    plan.add(Piece(x, y, _text(text), style, lit, bold, box.id, solid=True))


# --- places --------------------------------------------------------------------------------------------


def _ordered(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (-mark.rank, not mark.lit))


def _glyphs(plan: Plan, marks: Iterable[Mark], view: Sight) -> dict[str, Spot]:
    """Put down the glyphs: where two share a cell the higher rank stays, but a lit one moves aside."""
    spots: dict[str, Spot] = {}
    for mark in _ordered(marks):
        x, y = view.cell(mark.east, mark.north)
        text = safe_text(mark.glyph)
        near = ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (2, 0), (1, 1), (1, -1)) if mark.lit else ((0, 0),)
        for dx, dy in near if view.shows(x, y) else ():
            if plan.free(x + dx, y + dy, max(text.cell_length, 1), view):
                spots[mark.id] = (x + dx, y + dy)
                plan.add(Piece(x + dx, y + dy, text, mark.style, mark.lit, True, mark.id))
                break
    return spots


def _labels(
    plan: Plan, marks: Iterable[Mark], spots: dict[str, Spot], passed: set[Spot], view: Sight
) -> None:
    """Labels by rank, lit ones first; one that finds no room is left out unless it is lit."""
    for mark in sorted((m for m in marks if m.id in spots), key=lambda mark: (not mark.lit, -mark.rank)):
        text = safe_text(mark.label)
        width = text.cell_length
        around = list(_around(spots[mark.id], safe_text(mark.glyph).cell_length, width, mark.lit))
        fitting = [at for at in around if plan.clear(*at, width, view, mark.id)]
        if not fitting and mark.lit:
            fitting = [(max(min(x, view.columns - width), 0), y) for x, y in around if 0 <= y < view.rows]
        if fitting and width:
            x, y = min(fitting, key=lambda at: _crossed(at, width, passed))
            plan.add(Piece(x, y, text, mark.style, mark.lit, mark.lit, mark.id))


def _around(spot: Spot, glyph: int, width: int, lit: bool) -> Iterator[Spot]:
    """Right, left, above, below; for what is lit at the corners as well."""
    x, y = spot
    yield x + glyph, y
    yield x - width, y
    for dy in (-1, 1):
        yield x - width // 2, y + dy
    for dy in (-1, 1) if lit else ():
        yield x + glyph, y + dy
        yield x - width, y + dy


def _crossed(at: Spot, width: int, passed: set[Spot]) -> int:
    return sum((x, at[1]) in passed for x in range(at[0], at[0] + width))


# --- flows ---------------------------------------------------------------------------------------------


def _course(points: Iterable[str], anchors: dict[str, Spot], regions: dict[str, Region]) -> list[Spot]:
    """The cells from point to point; a box is met at the edge next to where the line comes from."""
    known = [point for point in points if point in anchors or point in regions]
    course: list[Spot] = []
    for one, other in pairwise(known):
        start = anchors.get(one) or _middle(regions[one])
        end = anchors.get(other) or _middle(regions[other])
        start, end = _edge(start, regions.get(one), end), _edge(end, regions.get(other), start)
        leg = list(straight(start, end))
        course += leg[1:] if course else leg
    return course


def _middle(region: Region) -> Spot:
    return region.x + region.width // 2, region.y + region.height // 2


def _edge(spot: Spot, region: Region | None, towards: Spot) -> Spot:
    if region is None:
        return spot
    x, y = towards
    return min(max(x, region.x + 1), region.right - 2), min(max(y, region.y), region.bottom - 1)


def _open(plan: Plan, course: Iterable[Spot], view: Sight) -> Iterator[Spot]:
    return (spot for spot in dict.fromkeys(course) if view.shows(*spot) and spot not in plan.taken)


def _flow_labels(plan: Plan, courses: Iterable[tuple[Flow, list[Spot]]], view: Sight) -> None:
    """A label beside the middle of a line, on maps that are wide enough, where it covers no line."""
    if view.columns < ROOM_FOR_FLOWS:
        return
    drawn = list(courses)
    passed = {spot for _, course in drawn for spot in course}
    for flow, course in drawn:
        spots = [spot for spot in course if view.shows(*spot)]
        text = _label(flow, course)
        room = _beside(plan, spots, text.cell_length, passed, view) if spots and text.plain else None
        if room:
            plan.add(Piece(*room, text, "$text-muted"))


def _label(flow: Flow, course: Sequence[Spot]) -> Content:
    """A flow's label, what goes there and what comes back each in its style."""
    left = bool(course) and course[-1][0] < course[0][0]
    text = safe_text(turned(flow.label) if left else flow.label)
    ahead, behind = (flow.back_style, flow.there_style) if left else (flow.there_style, flow.back_style)
    at = text.plain.find("◂")
    middle = at if at >= 0 else len(text.plain)
    for style, start, end in ((ahead, 0, middle), (behind, middle, len(text.plain))):
        text = text.stylize(style, start, end) if style and start < end else text
    return Content.assemble(f"{SEALED} ", text) if flow.sealed and flow.label else text


def turned(label: str) -> str:
    """A label whose arrows point the other way.

    >>> turned("3 shells ▸ ◂ 2 oil")
    '2 oil ▸ ◂ 3 shells'
    """
    found = re.fullmatch(r"(?:(.+) ▸)?\s*(?:◂ (.+))?", label)
    if found is None or not any(found.groups()):
        return label
    there, back = found.groups()
    return " ".join(part for part in (back and f"{back} ▸", there and f"◂ {there}") if part)


def _beside(plan: Plan, spots: Sequence[Spot], width: int, passed: set[Spot], view: Sight) -> Spot | None:
    middle = len(spots) // 2
    for at in sorted(range(len(spots)), key=lambda at: abs(at - middle)):
        x, y = spots[at]
        for place in ((x + 3, y), (x - width - 2, y), (x - width // 2, y - 1), (x - width // 2, y + 1)):
            if plan.clear(*place, width, view, "") and not _crossed(place, width, passed):
                return place
    return None
