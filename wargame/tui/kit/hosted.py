"""The lines above the foot of a screen of one's own: whose turn it is, what is prepared, who holds the pen.

Only a table whose people have screens of their own has them; any other says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.table.seen import HostedTable, SeenTable
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import BAD, CHANGE, DIM, join, put, wrapped
from wargame.words.pages import room as say

MOST = 3
"""Lines that are shown at most."""


def hosted_lines(table: SeenTable, lens: Lens, width: int) -> list[Content]:
    """Return at most `MOST` lines of that width; none for a table at one keyboard."""
    face = table.hosted
    if face is None or table.over or table.open_for_talk:
        return []
    return [line for told in _told(face, lens) for line in wrapped(told, width - 1, indent=2)][:MOST]


def _told(face: HostedTable, lens: Lens) -> Iterator[Content]:
    if why := face.why_not:
        yield put(f" {why}", CHANGE)
    if face.held:
        yield put(f" {say.HELD}", DIM)
    if face.seat is None:
        return
    at_turn = lens.view.to_act
    other = lens.scenario.seats[at_turn].short if at_turn and at_turn != face.seat else ""
    if face.drafting:
        yield join((put(f" {say.PREPARE} ", CHANGE), put(say.prepares(other), DIM)))
    elif face.ready and face.draft is None:
        yield put(f" {say.ENDS_SOON}", DIM)
    elif face.ready and face.draft is not None:
        yield join((put(f" {say.READY} ", CHANGE), put(say.ready(len(face.draft.moves), other))))
    elif face.confirms is not None:
        yield join((put(f" {say.YOUR_TURN} ", CHANGE), put(say.CONFIRM)))
        if face.confirms.dropped:
            yield put(f" {say.no_longer(len(face.confirms.dropped))}", BAD)
        if news := [said for event in face.confirms.news if (said := lens.words.event(event, face.seat))]:
            yield put(f" {say.since(' '.join(news))}")
