"""Tracks: as rows of the board, and one of them explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from wargame.tui.kit.gauges import filled, group_colour
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.memory import Moved, is_recent
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    columns,
    fit,
    join,
    paragraphs,
    put,
    seat_badge,
    signed,
    spark,
    step,
    wrapped,
)
from wargame.tui.kit.rows import Row
from wargame.words.pages import kit as say

MOST_NUMBERED = 9
ALIGNED = 44
"""Columns from which names and bands have columns of their own."""
NAME, BAND = 20, 13
CAUSE = 8
"""Columns from which a cause can be read."""
HISTORY = 8
"""Rounds that a sparkline goes back."""


def track_rows(lens: Lens, width: int, headings: bool) -> list[Row]:
    """Every track as a row, by group; with `headings` each group has its own line, else a bracket."""
    rows: list[Row] = []
    for group, name in lens.scenario.spec.groups.items():
        members = [track.id for track in lens.scenario.spec.tracks if track.group == group]
        if headings and members:
            rows.append(Row("", put(lens.words.said(name).upper(), HEAD)))
        for at, track in enumerate(members):
            edge = "" if headings else _edge(at, len(members))
            nth = sum(bool(row.key) for row in rows) + 1
            line = _line(lens, track, edge, width - 1)
            rows.append(Row(f"track:{track}", line, nth if nth <= MOST_NUMBERED else 0))
    return rows


def _edge(at: int, count: int) -> str:
    """A bracket that holds a group together without a line of its own."""
    if count == 1:
        return "·"
    return "┌" if at == 0 else "└" if at == count - 1 else "│"


def _line(lens: Lens, track: str, edge: str, width: int) -> Content:
    moved = lens.memory.recent(track, lens.view.round, lens.view.phase)
    change = put(step(moved), CHANGE)
    name = put(lens.words.track(track))
    head = columns((put(edge, DIM), len(edge)), (_value(lens, track), -2), ("", 1))
    if width >= ALIGNED:
        line = join((head, columns((name, NAME), (lens.band(track, BAND), BAND))))
        history = columns((put(sparks(lens, track)[-HISTORY:], DIM), HISTORY + 1), (change, 3))
        room = width - line.cell_length - history.cell_length
        return join((line, history, fit(put(_caused(lens, track, room), DIM), room)))
    room = width - head.cell_length - (change.cell_length + 1 if moved else 0)
    band = put(lens.band(track, room - name.cell_length - 1), DIM)
    return join((head, fit(join((name, " ", band)), room), " " if moved else "", change))


def _caused(lens: Lens, track: str, room: int) -> str:
    """By what a track has moved lately, each with its part; or how many causes that were, in little room."""
    last, view = lens.memory.last(track), lens.view
    if last is None or room < CAUSE:
        return ""
    lately = [one for one in lens.memory.of_track(track) if is_recent(one, view.round, view.phase)]
    parts = caused(lens, lately or [last])
    said = say.caused(parts)
    return said if len(parts) == 1 or len(said) <= room else say.several_causes(len(parts))


def caused(lens: Lens, changes: Iterable[Moved]) -> list[tuple[str, str]]:
    """Return what has moved a track, with the part that each cause gave; not what left it where it was."""
    sums: dict[str, int] = {}
    for one in changes:
        cause = lens.words.cause(one.event.cause) or say.NOT_KNOWN
        sums[cause] = sums.get(cause, 0) + one.event.new - one.event.old
    moved = {cause: by for cause, by in sums.items() if by} or sums
    return [(signed(by), cause) for cause, by in moved.items()]


def _value(lens: Lens, track: str) -> Content:
    if track not in lens.view.tracks:
        return put(SEALED, SECRET)
    hidden = bool(lens.scenario.tracks[track].seen_by)
    return put(str(lens.view.tracks[track]), f"bold {SECRET}" if hidden else "bold")


def about_track(lens: Lens, track: str, width: int) -> list[Content]:
    """What a track is, where it stands and why, and whose score it moves."""
    spec, words = lens.scenario.tracks[track], lens.words
    told = (words.said(lens.scenario.spec.groups[spec.group]), paragraphs(spec.source))
    about = f"   {' · '.join(filter(None, told))}"
    lines = [
        fit(join((put(words.track(track).upper(), HEAD), put(about, DIM))), width),
        *wrapped(put(words.said(spec.text), DIM), width),
        Content(""),
        *_where(lens, track, width),
        Content(""),
    ]
    lines += _history(lens, track, width)
    lines += _stakes(lens, track, width)
    places = [words.said(place.name) for place in lens.scenario.spec.places if place.id in spec.spots]
    if places:
        lines.append(join((fit(put(say.AT, DIM), 7), fit(", ".join(places), width - 7))))
    return lines


def _where(lens: Lens, track: str, width: int) -> Iterator[Content]:
    spec, words = lens.scenario.tracks[track], lens.words
    value, last = lens.view.tracks.get(track), lens.memory.last(track)
    knowing = put(" ").join(seat_badge(lens.scenario, seat) for seat in spec.seen_by)
    before = last.event.old if last and last.round >= lens.view.round - 1 else None
    if value is not None:
        boxes = filled(value, spec.most, group_colour(lens.scenario, track), before)
        yield join(("0 ", boxes, f" {spec.most}   ", put(f"{value}", "bold")))
    if spec.seen_by:
        yield join((put(f"{SEALED} ", SECRET), put(f"{say.NUMBER_KNOWN_TO} ", DIM), knowing))
    now = lens.scenario.band(track, value) if value is not None else lens.view.bands.get(track)
    bands = []
    for at, band in enumerate(spec.bands):
        low, high = lens.scenario.band_range(track, at)
        span = f"{low}" if low == high else f"{low}–{high}"
        bands.append(put(f"{span} {words.said(band.name)}", "bold" if at == now else DIM))
    yield from wrapped(put(" · ").join(bands), width)


def unmoved(lens: Lens, track: str) -> str:
    """What to say of a track of whose moves the viewer was told nothing."""
    spec = lens.scenario.tracks[track]
    if spec.seen_by and lens.viewer not in spec.seen_by:
        return say.only_told([lens.scenario.seats[seat].short for seat in spec.seen_by])
    stands = lens.view.tracks.get(track) == spec.start
    return say.UNMOVED if stands else say.MOVED_UNTOLD


def _history(lens: Lens, track: str, width: int) -> Iterator[Content]:
    changes = lens.memory.of_track(track)[-4:]
    if not changes:
        yield put(unmoved(lens, track), DIM)
    for change in reversed(changes):
        moved = change.event
        cause = lens.words.cause(moved.cause) or say.UNKNOWN
        head = join(
            (
                fit(put(say.in_short(change.round), DIM), 3),
                put(step(moved.new - moved.old), CHANGE),
                f" {moved.old}→{moved.new} ",
            )
        )
        yield fit(join((head, put(cause))), width)


def _stakes(lens: Lens, track: str, width: int) -> Iterator[Content]:
    stakes = [
        join((seat_badge(lens.scenario, seat), f" {signed(each)}")) for seat, each in lens.scored_by(track)
    ]
    if stakes:
        yield from wrapped(join((put(f"{say.STEP_SCORES}  ", DIM), put("  ").join(stakes))), width, indent=2)


def sparks(lens: Lens, track: str) -> str:
    """The track at the end of each round so far, a column a round, on its own range."""
    if track not in lens.view.tracks:
        return ""
    values = lens.memory.by_round(track, lens.view.tracks[track], lens.view.round)
    return "".join(spark(value, lens.scenario.tracks[track].most) for value in values)
