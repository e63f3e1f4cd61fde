"""What is so for one viewer at a table: the guards of the session, which say what page is due.

A viewer reads the table and its own view, and remembers what it has been shown; it knows no screen.
What only a game needs is imported when there is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from wargame.table import Table
    from wargame.table.seen import SeenTable
    from wargame.table.table_records import Beat


class Viewer(NamedTuple):
    """Names whom a session belongs to: all people at one keyboard, one `seat`, the room or the white cell."""

    kind: str
    seat: str = ""

    @classmethod
    def of_seat(cls, seat: str) -> Viewer:
        return cls("seat", seat)


KEYBOARD, ROOM, WHITE_CELL = Viewer("keyboard"), Viewer("room"), Viewer("white_cell")


REMEMBERED = ("shown", "places", "has_read", "has_met")
"""What a viewer takes along to another screen."""


class Viewpoint:
    """Knows the course of a game for a viewer. The one that `leads` lets bots move and ends the talk.

    `table` is what this viewer sees of it. `whole` is the table itself, for those who hold it: the one
    keyboard, and the white cell. A seat or the room at a screen of its own is never given it.
    """

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.leads = viewer == KEYBOARD
        self.table: SeenTable | None = None
        self.whole: Table | None = None
        self.forget()

    def forget(self) -> None:
        """Begin anew, with another game."""
        self.called = self.unread = False
        self.tip: int | None = None  # the last move when the console was opened
        self.shown: list[int] = []
        self.sitting = self.viewer.seat
        self.places: dict[str, Any] = {}  # where each kind of page was left
        self.has_read: tuple[object, ...] | None = None
        self.away = False  # whether the facilitator has had the keyboard, and no person since
        self.left_at = -1  # the last move before the game was resumed
        self.has_met = False  # whether the only person has read who they are, before all else
        self.handed: tuple[object, ...] = ()  # the decision that the keyboard had gone on for already
        self.alone: tuple[object, ...] = ()  # the choice that its seat looks at by itself

    def memory(self) -> dict[str, Any]:
        """Return what this viewer has been shown, for when they come back with another screen."""
        return {name: getattr(self, name) for name in REMEMBERED}

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Take up where a viewer was before."""
        for name, value in memory.items():
            setattr(self, name, value)

    @property
    def at_table(self) -> SeenTable:
        """Return the table, for what is only asked while there is one."""
        assert self.table is not None
        return self.table

    @property
    def whole_table(self) -> Table:
        """Return the table itself, for what is only asked of who holds it."""
        assert self.whole is not None
        return self.whole

    def moment(self) -> tuple[object, ...]:
        """Return what tells one decision from the next, and who makes it."""
        if self.table is None:
            return ()
        from wargame.table.table_records import decision

        return decision(self.table.game), self.table.seat_to_play

    @property
    def unseen(self) -> int:
        """Count the beats of the line that is played up to the last one which this viewer has been shown.

        At the end moves are laid open that came before it: they are no news.
        """
        places = {beat.id: at for at, beat in enumerate(self.at_table.beats, 1)}
        return max((places[id_] for id_ in takewhile(places.__contains__, self.shown)), default=0)

    @property
    def news(self) -> Sequence[Beat]:
        """Return what has happened that this viewer has not been shown."""
        return self.at_table.beats[self.unseen :]

    @property
    def tells_again(self) -> bool:
        """Return whether all the news had come before the game was left, when people may have seen it."""
        return all(beat.id <= self.left_at for beat in self.news)

    def plays(self, seat: str | None) -> bool:
        return seat is not None and (self.viewer == KEYBOARD or self.viewer.seat == seat)

    # --- guards ------------------------------------------------------------------------------------------

    def has_notice(self) -> bool:
        return self.unread

    def only_looks(self) -> bool:
        """Return whether the save can only be looked at."""
        return self.whole is not None and self.whole.read_only and not self.whole.over

    def is_called(self) -> bool:
        return self.whole is not None and (self.called or self.viewer == WHITE_CELL)

    def is_white_cell(self) -> bool:
        return self.viewer == WHITE_CELL

    def was_taken_back(self) -> bool:
        """Return whether the move after which the console was opened is no longer on the line played."""
        return self.tip is not None and all(beat.id != self.tip for beat in self.at_table.beats)

    @property
    def only_seat(self) -> str:
        """Return the seat of the one person that this viewer can be; "" where there are several or none."""
        people = self.at_table.people()
        return self.viewer.seat or (people[0] if self.viewer == KEYBOARD and len(people) == 1 else "")

    def has_to_meet(self) -> bool:
        """Return whether a game is so new that its only person does not know yet who they are."""
        return bool(self.only_seat) and not self.has_met and len(self.at_table.beats) == 1

    def has_to_meet_apart(self) -> bool:
        """Return whether that person takes the keyboard from the facilitator first."""
        return self.away and self.has_to_meet()

    def is_paused(self) -> bool:
        return self.at_table.paused

    def bots_are_due(self) -> bool:
        table = self.whole
        if table is None or not self.leads:
            return False
        return not (table.over or table.seat_to_play or table.waits or table.open_for_talk)

    def has_news(self) -> bool:
        """Return whether something happened that everybody should watch: more than what is shown anyway.

        What it has chosen itself a seat knows at a screen of its own, if nothing came of it.
        """
        from wargame.rules.events import AgendaDealt, CardSignalled, ChoiceAsked, ChoiceMade, PhaseBegan
        from wargame.table.timers import TIMER

        shown = PhaseBegan, CardSignalled, ChoiceAsked, AgendaDealt
        events = ((beat, event) for beat in self.news for event in beat.events if event.to is None)
        return any(
            not isinstance(event, shown)
            and not (isinstance(event, ChoiceMade) and event.seat == self.viewer.seat and beat.by != TIMER)
            for beat, event in events
        )

    def is_over(self) -> bool:
        return self.at_table.over

    def waits(self) -> bool:
        return self.whole is not None and self.whole.waits

    def talk_is_due(self) -> bool:
        return (self.leads or self.at_table.hosted is not None) and self.at_table.open_for_talk

    def has_to_pass(self) -> bool:
        """Return whether the keyboard must go to another person first, or come back from the facilitator."""
        seat = self.at_table.seat_to_play
        if self.viewer != KEYBOARD or seat is None:
            return False
        return self.away or (len(self.at_table.people()) > 1 and seat != self.sitting)

    def was_handed(self) -> bool:
        """Return whether the keyboard had gone to that person when the facilitator was called."""
        return self.has_to_pass() and self.handed == self.moment()

    def has_to_read(self) -> bool:
        """Return whether the seat to move has its briefing to read, or was told something alone."""
        table = self.at_table
        seat = table.seat_to_play
        if not self.plays(seat) or table.game.state.stack or self.has_read == self.moment():
            return False
        return (not self.has_met and _is_first_orders(table, str(seat))) or _is_told(table, str(seat))

    def is_asked(self) -> bool:
        return self.has_orders() and bool(self.at_table.game.state.stack)

    def looks_alone(self) -> bool:
        """Return whether the seat that has to choose looks by itself at what only it may know."""
        return bool(self.alone) and self.alone == self.moment()

    def is_asked_aloud(self) -> bool:
        """Return whether a choice is to be made before several people at one keyboard."""
        together = self.viewer == KEYBOARD and len(self.at_table.people()) > 1
        return together and self.is_asked() and not self.looks_alone()

    def has_answers(self) -> bool:
        return self.has_orders() and self.at_table.game.state.phase == "answers"

    def has_orders(self) -> bool:
        return self.plays(self.at_table.seat_to_play)

    def is_kept(self) -> bool:
        return self.at_table.kept is not None


def already_shown(table: SeenTable) -> int:
    """Count what people saw of a game that is resumed: up to the last decision of one, or talk they ended."""
    if table.over:
        return len(table.beats)
    talks = {line.about for line in table.journal.of("floor")}
    own = ((at, beat.by == "person", beat.id in talks) for at, beat in enumerate(table.beats))
    return max((at + talked for at, decided, talked in own if decided or talked), default=0)


def _is_first_orders(table: SeenTable, seat: str) -> bool:
    """Return whether a seat has still to read its briefing."""
    if table.game.state.phase != "orders":
        return False
    return not any(beat.move and beat.move.seat == seat and beat.phase == "orders" for beat in table.beats)


def _is_told(table: SeenTable, seat: str) -> bool:
    """Return whether a seat that is to move in private has been told something alone since it last did."""
    from wargame.rules.events import NewsCame

    for beat in reversed(table.beats):  # what a move sets off comes after it
        if any(isinstance(event, NewsCame) and event.to and seat in event.to for event in beat.events):
            return True
        if beat.move and beat.move.seat == seat and beat.phase in ("orders", "answers"):
            return False
    return False
