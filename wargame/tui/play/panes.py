"""The panes around a hand: what is in store, what the seat knows, and the tracks."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, GOOD, SECRET, fit, join, put, wrapped
from wargame.tui.play.told import holds_now
from wargame.words.pages import play as say

LOT, NO_LOT = "▮", "·"
NAME = 12
"""Columns of a good's name."""


def store_lines(lens: Lens, width: int) -> list[Content]:
    """What a seat holds, a bar each; what it holds none of is left out."""
    held = lens.view.goods.get(str(lens.viewer), {})
    name = min(
        max((len(lens.words.good(good)) for good, count in held.items() if count), default=0) + 1, NAME
    )
    lines = []
    for good, count in held.items():
        if not count:
            continue
        cap = lens.scenario.goods[good].cap
        number = put(str(count), "bold")
        room = width - name - 3
        cells = min(cap, room)
        full = min(count, cells)
        bar = join((put(LOT * full, SECRET), put(NO_LOT * (cells - full), f"{DIM} 50%")))
        title = _short(lens, good) if len(lens.words.good(good)) >= name else lens.words.good(good)
        lines.append(join((fit(title, name), fit(bar, room), fit(number, 3, "right"))))
    return lines


def store_line(lens: Lens, width: int) -> list[Content]:
    """The same in a sentence, where there is no room for bars."""
    held = lens.view.goods.get(str(lens.viewer), {})
    parts = [f"{_short(lens, good)} {count}" for good, count in held.items() if count]
    return wrapped(" · ".join(parts), width)


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
