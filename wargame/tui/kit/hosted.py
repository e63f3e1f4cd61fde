"""What a table tells besides whose people have screens of their own: to a seat, and to a console its room.

To a seat it tells above the foot whose turn it is, what is prepared, who holds the pen. Any other table says
nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from textual.app import App
from textual.content import Content

from wargame.table.seen import HostedTable, SeenTable
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import BAD, CHANGE, DIM, fit, join, put, wrapped
from wargame.words.pages import room as say

MOST = 3
"""Lines that are shown at most."""


class Person(Protocol):
    """Somebody who is in, at a screen of their own."""

    login: str
    who: str
    """What they call themselves; "" for nothing."""
    at_console: bool
    """Whether that screen is the console of the white cell, which plays a seat from there."""

    @property
    def name(self) -> str: ...
    @property
    def app(self) -> App[Any]: ...


class Presence(NamedTuple):
    """Who is in as what: a seat, or another login. The one with the `pen` writes for a seat."""

    login: str
    people: Sequence[Person]
    pen: Person | None = None
    waited_for: bool = False


class HostedRoom(Protocol):
    """The room of a hosted table, as one console has it: what is done there is done in its person's name."""

    @property
    def held(self) -> bool:
        """Return whether no turn ends."""

    @property
    def trouble(self) -> str:
        """Return in a sentence why the disk does not take what is to be kept; "" while it does."""

    @property
    def on_leaving(self) -> str:
        """Return in a sentence what happens to the others when this console is left."""

    def hold(self) -> str:
        """Let no turn end, or let the table go; return what there is to say of it."""

    def present(self) -> Sequence[Presence]:
        """Return who is in: every seat in order, then the other logins."""

    def watch(self, person: Person) -> App[Any]:
        """Return the program that somebody is at, to look at their screen; the journal says so."""

    def play_seat(self, seat: str) -> tuple[HostedTable, Callable[[], object]]:
        """Take a seat; return its face of the table, and what gives it back. Raises `IllegalMove`."""


def room_of(app: App[Any]) -> HostedRoom | None:
    """Return the room that this console is the console of; None at a table of one keyboard."""
    return getattr(app, "room", None)


def hosted_lines(table: SeenTable, lens: Lens, width: int) -> list[Content]:
    """Return at most `MOST` lines of that width; none for a table at one keyboard."""
    face = table.hosted
    if face is None or table.over:
        return []
    lines = [line for told in _told(face, lens) for line in wrapped(told, width - 1, indent=2)]
    if len(lines) > MOST:
        lines[MOST - 1] = fit(join((lines[MOST - 1].truncate(width - 2), put("…"))), width - 1)
    return lines[:MOST]


def _told(face: HostedTable, lens: Lens) -> Iterator[Content]:
    if face.opens_console:
        yield put(f" {say.AT_CONSOLE}", DIM)
    if face.called:
        yield put(f" {say.CALLED}", DIM)
    if why := face.why_not:
        yield put(f" {why}", CHANGE)
    if face.open_for_talk:
        return
    if face.held:
        yield put(f" {say.HELD}", DIM)
    if face.seat is None:
        return
    at_turn = lens.view.to_act
    other = lens.scenario.seats[at_turn].short if at_turn and at_turn != face.seat else ""
    busy = say.busy(other, face.others_talk)
    if face.drafting:
        does = say.prepares(busy, lens.view.phase == "answers")
        yield join((put(f" {say.PREPARE} ", CHANGE), put(does, DIM)))
    elif face.ready and face.draft is None:
        yield put(f" {say.ENDS_SOON}", DIM)
    elif face.ready and face.draft is not None:
        yield join((put(f" {say.READY} ", CHANGE), put(say.ready(len(face.draft.moves), busy))))
    elif face.confirms is not None:
        yield join(
            (put(f" {say.YOUR_TURN} ", CHANGE), put(say.CONFIRM if face.confirms.laid else say.UNPREPARED))
        )
        if face.confirms.dropped:
            yield put(f" {say.no_longer(len(face.confirms.dropped))}", BAD)
        if news := [said for event in face.confirms.news if (said := lens.words.event(event, face.seat))]:
            yield put(f" {say.since(say.BETWEEN.join(reversed(news)))}")  # the newest is read if nothing else
