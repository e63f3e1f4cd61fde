"""The panes around a hand: what is in store, what the seat knows, and the tracks."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, GOOD, HEAD, SEALED, SECRET, fit, join, put, wrapped
from wargame.tui.kit.tracks import track_rows
from wargame.tui.play.told import holds_now
from wargame.words.pages import play as say

LOT, NO_LOT = "▮", "·"
NAME = 12
"""Columns of a good's name."""


def store_lines(lens: Lens, width: int, most: int) -> list[Content]:
    """What a seat holds, a bar each; where there are more than `most`, in a sentence all of it."""
    held = {good: count for good, count in lens.view.goods.get(str(lens.viewer), {}).items() if count}
    if not 0 < len(held) <= most:
        return wrapped(" · ".join(f"{_short(lens, good)} {count}" for good, count in held.items()), width)
    name = min(max(len(lens.words.good(good)) for good in held) + 1, NAME)
    lines = []
    for good, count in held.items():
        room = width - name - 3
        cells = min(lens.scenario.goods[good].cap, room)
        full = min(count, cells)
        bar = join((put(LOT * full, SECRET), put(NO_LOT * (cells - full), f"{DIM} 50%")))
        title = _short(lens, good) if len(lens.words.good(good)) >= name else lens.words.good(good)
        lines.append(join((fit(title, name), fit(bar, room), fit(put(str(count), "bold"), 3, "right"))))
    return lines


def stores_told(lens: Lens, width: int) -> list[Content]:
    """The same by their whole names, below what is told of a row."""
    held = lens.view.goods.get(str(lens.viewer), {})
    parts = [f"{lens.words.good(good)} {count}" for good, count in held.items() if count]
    label = put(f"{say.STORES} {SEALED}  ", f"bold {SECRET}")
    return wrapped(join((label, put(" · ".join(parts)))), width) if parts else []


def _short(lens: Lens, good: str) -> str:
    return lens.words.said(lens.scenario.goods[good].short) or lens.words.good(good)


def known_lines(lens: Lens, width: int) -> Iterator[Content]:
    """The seat's agenda and whether it holds now, then what it knows that not all do."""
    agenda = lens.view.agendas.get(str(lens.viewer))
    if agenda:
        told = lens.words.agenda(agenda)
        yield from wrapped(put(told.title, "bold"), width)
        yield from wrapped(told.text, width)
        holds = holds_now(lens, lens.scenario.agendas[agenda].when)
        if holds is not None:
            yield put(say.AGENDA_HOLDS if holds else say.AGENDA_OPEN, GOOD if holds else DIM)
        yield Content("")
    for said in lens.words.state_of(lens.view):
        yield from wrapped(put(said, DIM), width, indent=2)


def seat_lines(lens: Lens, width: int) -> list[Content]:
    """The tracks, what the seat knows and its agenda, one below the other."""
    tracks = [row.line for row in track_rows(lens, width, headings=True)]
    known = [line for said in lens.words.state_of(lens.view) for line in wrapped(said, width, indent=2)]
    lines = [*tracks, Content(""), put(f"{say.KNOWN} {SEALED}", HEAD), *known]
    if agenda := lens.view.agendas.get(str(lens.viewer)):
        told = lens.words.agenda(agenda)
        lines += [Content(""), join((put(f"{say.AGENDA} {SEALED}  ", HEAD), told.title))]
        lines += wrapped(told.text, width)
    return lines
