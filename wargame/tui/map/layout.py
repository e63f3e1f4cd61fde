"""Where everything on a map goes: boxes at the edges, plates, places and labels, lines of flows.

Nothing covers anything: what finds no room is left out, the lowest ranks first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import Literal

from textual.content import Content
from textual.geometry import Region

from wargame.tui.map.chart import Box, Chart, Entry, Flow, Line, Mark
from wargame.tui.map.raster import Sight, straight
from wargame.tui.terminal.text import safe_text

Spot = tuple[int, int]
FRAMES = {False: "╭─╮│╰╯", True: "+-+|++"}
"""Corners and sides of a box: not ASCII, ASCII."""
ROOM_FOR_FLOWS = 84
"""Columns from which flows have labels."""
ROOMY = 60
"""Columns from which boxes have a margin."""
FEWEST_ROWS, ROWS_A_LINE = 10, 6
"""Rows of a map whose boxes have one line, and how many more for each further one."""
CORNERS = ("north-west", "north-east", "south-west", "south-east")
SEALED = "▣"


@dataclass(frozen=True, slots=True)
class Piece:
    """A text at a place. `id` is what a click on it chooses.

    It is written on the land, as a plate on its own colour, or as part of the box whose style is `box`.
    """

    x: int
    y: int
    text: Content
    style: str = ""
    kind: Literal["land", "plate", "box"] = "land"
    lit: bool = False
    bold: bool = False
    id: str = ""
    box: str = ""

    @property
    def region(self) -> Region:
        """The cells it covers."""
        return Region(self.x, self.y, self.text.cell_length, 1)

    @property
    def cells(self) -> list[Spot]:
        """The same, one by one."""
        return [(x, self.y) for x in range(self.x, self.x + self.text.cell_length)]


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
    """Cells that are covered, and by what; what lies on the map has no name."""

    def add(self, piece: Piece) -> None:
        """Put a piece down and note the cells it covers."""
        self.pieces.append(piece)
        self.take(piece.region, piece.id)

    def remove(self, piece: Piece) -> None:
        """Take a piece off the map."""
        self.pieces.remove(piece)
        for cell in piece.cells:
            del self.taken[cell]

    def take(self, region: Region, id: str) -> None:
        """Note that something covers these cells."""
        for y in range(region.y, region.bottom):
            for x in range(region.x, region.right):
                self.taken[x, y] = id

    def free(self, region: Region, view: Sight) -> bool:
        """Return whether something fits on the map there and covers nothing."""
        if region.x < 0 or region.y < 0 or region.right > view.columns or region.bottom > view.rows:
            return False
        xs, ys = range(region.x, region.right), range(region.y, region.bottom)
        return not any((x, y) in self.taken for y in ys for x in xs)

    def clear(self, x: int, y: int, width: int, view: Sight, own: str = "") -> bool:
        """Return whether a line of text fits there and nothing but the `own` piece stands right beside it."""
        beside = (self.taken.get((at, y), own) for at in (x - 1, x + width))
        return self.free(Region(x, y, width, 1), view) and all(each == own for each in beside)


def planned(chart: Chart, view: Sight, ascii_only: bool = False, covers: Iterable[Region] = ()) -> Plan:
    """Lay out what is on the map, leaving free the `covers`, where something lies on it.

    A place that one of them hides is not lit beside it, where it is not.
    """
    plan, covers = Plan(), tuple(covers)
    for cover in covers:
        plan.take(cover.intersection(Region(0, 0, view.columns, view.rows)), "")
    regions: dict[str, Region] = {}
    for box in chart.boxes:
        _put_box(plan, box, view, FRAMES[ascii_only], regions)
    marks = sorted(chart.marks, key=lambda mark: -mark.rank)
    anchors = {mark.id: view.cell(mark.east, mark.north) for mark in marks}
    courses = [(flow, _course(flow.points, anchors, regions)) for flow in chart.flows]
    passed = {spot for _, course in courses for spot in course}
    for mark in marks:
        if mark.plate and view.shows(*anchors[mark.id]):
            others = {anchors[other.id] for other in marks if other is not mark}
            _put_plate(plan, mark, anchors[mark.id], others, view)
    _put_places(plan, [mark for mark in marks if not mark.plate], anchors, passed, view)
    _flow_labels(plan, courses, view)
    for mark in marks:
        hidden = any(cover.contains(*anchors[mark.id]) for cover in covers)
        if mark.lit and not mark.plate and view.shows(*anchors[mark.id]) and not hidden:
            _light(plan, mark, anchors[mark.id], view)
    plan.tracks = [Track(flow, tuple(_open(plan, course, view))) for flow, course in courses]
    return plan


# --- boxes ---------------------------------------------------------------------------------------------


def _put_box(plan: Plan, box: Box, view: Sight, frame: str, regions: dict[str, Region]) -> None:
    """Put a box into a corner with as many lines as fit, else its title alone as a plate."""
    title, pad = safe_text(box.title), int(view.columns >= ROOMY)
    most = 1 + max(view.rows - FEWEST_ROWS, 0) // ROWS_A_LINE
    for count in range(min(len(box.lines), most), 0, -1):
        lines = [each if isinstance(each, Entry) else Entry(each, box.id) for each in box.lines[:count]]
        longest = max(_text(line.text).cell_length for line in lines)
        width = max(longest + 2 * pad, title.cell_length + 3 + pad) + 2
        if 2 * width <= view.columns + 4 and 2 * (count + 2) <= view.rows:
            region = _corner(plan, box, view, width, count + 2, pad, regions)
            if region is not None:
                regions[box.id] = region
                regions |= {line.id: region for line in lines if line.id != box.id}
                _frame(plan, box, lines, region, frame, pad)
                return
    region = _corner(plan, box, view, title.cell_length, 1, 0, regions)
    if region is not None and 2 * region.width <= view.columns:
        regions[box.id] = region
        plan.add(Piece(region.x, region.y, title, box.style, "plate", box.lit, True, box.id))


def _corner(
    plan: Plan, box: Box, view: Sight, width: int, height: int, pad: int, regions: dict[str, Region]
) -> Region | None:
    """Return the first free place: in its corner or beside what is there, then in the other corners."""
    others = sorted((c for c in CORNERS if c != box.corner), key=lambda c: c[5:] != box.corner[5:])
    for corner in (box.corner, *others):
        x = view.columns - width - pad if corner.endswith("east") else pad
        y = view.rows - height if corner.startswith("south") else 0
        spots = [(x, y)]
        for there in dict.fromkeys(regions.values()):
            spots += [(there.x - width - 1 if corner.endswith("east") else there.right + 1, y)]
            spots += [(x, there.y - height if corner.startswith("south") else there.bottom)]
        for spot in spots:
            if plan.free(Region(*spot, width, height), view):
                return Region(*spot, width, height)
    return None


def _text(line: Line) -> Content:
    return safe_text(line) if isinstance(line, str) else line


def _frame(plan: Plan, box: Box, lines: Sequence[Entry], region: Region, frame: str, pad: int) -> None:
    left, flat, right, side, low_left, low_right = tuple(frame)
    x, y, inner = region.x, region.y, region.width - 2
    title = safe_text(f" {box.title} " if pad else box.title)
    parts: list[tuple[int, int, Content, str, bool, bool, str]] = [
        (x, y, safe_text(left + flat), box.style, False, False, box.id),
        (x + 2, y, title, box.style, box.lit, True, box.id),
    ]
    at = x + 2 + title.cell_length
    parts.append((at, y, safe_text(flat * (x + inner + 1 - at) + right), box.style, False, False, box.id))
    for nth, line in enumerate(lines, y + 1):
        text = _text(line.text)
        text = text.pad_left(pad).pad_right(inner - pad - text.cell_length)
        parts += [
            (x, nth, safe_text(side), box.style, False, False, box.id),
            (x + 1, nth, text, "", line.lit, line.lit, line.id),
            (x + inner + 1, nth, safe_text(side), box.style, False, False, box.id),
        ]
    foot = safe_text(low_left + flat * inner + low_right)
    parts.append((x, region.bottom - 1, foot, box.style, False, False, box.id))
    for left_at, row, text, style, lit, bold, id in parts:
        plan.add(Piece(left_at, row, text, style, "box", lit, bold, id, box.style))


# --- places --------------------------------------------------------------------------------------------


def _put_plate(plan: Plan, mark: Mark, spot: Spot, others: set[Spot], view: Sight) -> None:
    """Put glyph and label down as one plate: on the place with the glyph at either end, else near it.

    It covers no other place if it need not.
    """
    x, y = spot
    for label in dict.fromkeys(mark.names):
        ahead, behind = safe_text(f"{mark.glyph} {label}"), safe_text(f"{label} {mark.glyph}")
        width, middle = ahead.cell_length, x - ahead.cell_length // 2
        tries = [(x, y, ahead), (x - width + 1, y, behind), (middle, y, ahead)]
        for dy in (1, -1):
            tries += [(x, y + dy, ahead), (x - width + 1, y + dy, behind), (middle, y + dy, ahead)]
        sparing = [
            each for each in tries if not others & {(at, each[1]) for at in range(each[0], each[0] + width)}
        ]
        if label and _first(plan, mark, [*sparing, *tries], view):
            return
    _first(plan, mark, [(x, y, safe_text(mark.glyph))], view)


def _first(plan: Plan, mark: Mark, tries: Iterable[tuple[int, int, Content]], view: Sight) -> bool:
    """Put a plate down at the first place where it fits; return whether there was one."""
    for x, y, text in tries:
        if plan.clear(x, y, text.cell_length, view):
            plan.add(Piece(x, y, text, mark.style, "plate", mark.lit, True, mark.id))
            return True
    return False


def _light(plan: Plan, mark: Mark, spot: Spot, view: Sight) -> None:
    """Light a place: where it is if it has its label, else near it, in place of labels that are not lit.

    All else stays where it was, so that a light that wanders moves nothing.
    """
    own = [piece for piece in plan.pieces if piece.id == mark.id]
    for piece in own:
        plan.remove(piece)
    if len(own) > 1:
        for piece in own:
            plan.add(replace(piece, lit=True, bold=True))
        return
    loose = {
        cell: each for each in plan.pieces if each.kind == "land" and not each.lit for cell in each.cells
    }
    best: tuple[int, list[Piece], Piece] | None = None
    for x, y, text in _near(mark, spot, view):
        piece = Piece(x, y, text, mark.style, "land", True, True, mark.id)
        around = [(x - 1, y), *piece.cells, (x + text.cell_length, y)]
        fits = 0 <= x <= view.columns - text.cell_length and 0 <= y < view.rows
        if fits and all(cell in loose or cell not in plan.taken for cell in around):
            hit = {loose[cell] for cell in around if cell in loose}
            ids = {each.id for each in hit if each.id}
            ousted = [each for each in plan.pieces if each in hit or (each.id in ids and each.kind == "land")]
            worse = len(ousted) + 2 * abs(y - spot[1])
            if best is None or (worse < best[0] and mark.label in text.plain):
                best = worse, ousted, piece
    if best is not None:
        _, ousted, piece = best
        for each in ousted:
            plan.remove(each)
        plan.add(piece)


def _near(mark: Mark, spot: Spot, view: Sight) -> Iterator[tuple[int, int, Content]]:
    """Yield where a lit place may go, with its glyph at the end that lies nearer; last the glyph alone."""
    x, y = spot
    sign = mark.signs[0]
    ahead, behind = safe_text(f"{sign} {mark.label}"), safe_text(f"{mark.label} {sign}")
    width = ahead.cell_length
    for dy in (0, 1, -1, 2, -2, 3, -3):
        yield x, y + dy, ahead
        yield x - width + 1, y + dy, behind
        yield min(max(x - width // 2, 0), view.columns - width), y + dy, ahead
    for dx, dy in product((0, 1, -1), (0, 1, -1)):
        yield x + dx, y + dy, safe_text(mark.glyph)


def _put_places(
    plan: Plan, marks: Sequence[Mark], anchors: dict[str, Spot], passed: set[Spot], view: Sight
) -> None:
    """Put down the signs of the other places where nothing is yet, then their labels where they fit.

    Those that stand alone have their labels first, and no label is right above another.
    """
    put: dict[str, tuple[Mark, int]] = {}
    for mark in marks:
        x, y = anchors[mark.id]
        for sign in map(safe_text, mark.signs):
            if plan.clear(x, y, max(sign.cell_length, 1), view):
                plan.add(Piece(x, y, sign, mark.style, bold=True, id=mark.id))
                put[mark.id] = mark, sign.cell_length
                break
    remote = {name: _remoteness(anchors[name], anchors.values()) for name in put}
    labelled: set[Spot] = set()
    for mark, long in sorted(put.values(), key=lambda one: (-one[0].rank, -remote[one[0].id])):
        x, y = anchors[mark.id]
        text = safe_text(f" {mark.label} ")
        width = text.cell_length
        starts = [
            start
            for start in (x + long, x - width)
            if plan.clear(start, y, width, view, mark.id)
            and not any((at, y) in labelled for at in range(start, start + width))
        ]
        if starts and mark.label:
            start = min(starts, key=lambda start: _crossed(start, y, width, passed))
            plan.add(Piece(start, y, text, mark.style, id=mark.id))
            labelled |= {(at, y + dy) for at in range(start, start + width) for dy in (-1, 1)}


def _remoteness(spot: Spot, spots: Iterable[Spot]) -> int:
    """Return how far the nearest other place is, in columns; a row counts as two."""
    far = (max(abs(x - spot[0]), 2 * abs(y - spot[1])) for x, y in spots if (x, y) != spot)
    return min(far, default=0)


def _crossed(x: int, y: int, width: int, passed: set[Spot]) -> int:
    return sum((at, y) in passed for at in range(x, x + width))


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
            plan.add(Piece(*room, text))


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
    """Return a label whose arrows point the other way.

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
            if plan.clear(*place, width, view) and not _crossed(*place, width, passed):
                return place
    return None
