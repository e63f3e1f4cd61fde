"""The face that a table shows to one viewer: what their screens get in its place.

It is made of what the viewer may know and of nothing else: their view, what they were told, what all may know
of people and clocks. Its game is an imagined one behind that view, until the end lays everything open. What a
viewer does goes through a `Port`, and so does what they see: it holds no table.

While others have their turns, a seat's face shows the seat's draft, so that its desk is the one it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from wargame.content.exercise_check import Messages
from wargame.errors import IllegalMove
from wargame.host.draft import Draft
from wargame.record import Player
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario
from wargame.rules.view import View, view
from wargame.table.engine import PERSON
from wargame.table.journal import Journal, Line
from wargame.table.press import Message, Poll
from wargame.table.seen import HostedTable, SeenTimers
from wargame.table.table_records import Asked, Beat

NOT_YOURS = "Only who plays a seat can do that."


class Confirm(NamedTuple):
    """What a seat is told when its turn comes, which it could prepare: it stands as laid, to be confirmed."""

    laid: bool
    """Whether anything of what it has prepared lies there."""
    dropped: tuple[Move, ...]
    """Moves that have become impossible."""
    news: tuple[Event, ...]
    """What the seat was told since it began to prepare."""


class Look(NamedTuple):
    """What a viewer may know of a table now."""

    view: View
    beats: tuple[Beat, ...]
    lines: tuple[Line, ...]
    players: Mapping[str, Player]
    paused: bool
    held: bool
    """Whether the white cell lets no turn end."""
    talking: bool
    """Whether people talk, and this viewer has not said that they are done with it."""
    others_talk: bool
    """Whether people talk, and this viewer has said so."""
    done: bool
    """Whether the viewer's seat has ended a turn that is not over yet for the others."""
    draft: Draft | None
    laid: tuple[object, ...]
    """What tells the draft as it is now from what it was."""
    confirms: Confirm | None
    press: Messages | None
    messages: tuple[Message, ...]
    polls: tuple[Poll, ...]
    called: bool
    """Whether the seat has called for the white cell, which has not answered yet."""
    game: Game
    """An imagined one that looks as the viewer's own, until the end lays everything open."""


class Port(Protocol):
    """What a viewer's face may ask of whoever keeps the table. Each method acts for that viewer alone."""

    @property
    def timers(self) -> SeenTimers: ...
    def look(self) -> Look: ...
    def why_not(self) -> str: ...
    def play(self, move: Move) -> Beat: ...
    def undo(self) -> Move: ...
    def can_undo(self) -> bool: ...
    def reopen(self) -> None: ...
    def end_talk(self) -> None: ...
    def aside(self, asked: Sequence[str], line: str) -> None: ...
    def asked(self, answered: bool) -> Asked: ...
    def answers(self) -> tuple[str, dict[str, int]]: ...
    def give_reason(self, text: str) -> None: ...
    def predict(self, question: str, percent: int) -> None: ...
    def outcomes(self) -> dict[str, bool]: ...
    def send(self, to: Sequence[str], text: str) -> None: ...
    def why_not_write(self) -> str: ...
    def estimate(self, percent: int) -> None: ...


class Face:
    """A table as one `seat` sees it, or with None the room: a `HostedTable`, and so a `SeenTable`."""

    kept = None
    opens_console = False
    """Whether F2 leads to a console: where a seat is played from one."""

    def __init__(self, port: Port, seat: str | None) -> None:
        self._port, self.seat = port, seat
        self.timers = port.timers
        self.version = 0
        self._observers: list[Callable[[], object]] = []
        self._look, self._barred = port.look(), port.why_not()
        self._see()

    @property
    def scenario(self) -> Scenario:
        """Return what is played, with the cards that the white cell has written up to now."""
        return self._look.view.scenario

    @property
    def hosted(self) -> HostedTable:
        """Return this face: others have screens of their own, so this one turns no clock and moves no bot."""
        return self

    # --- what is seen ----------------------------------------------------------------------------------

    def look_again(self) -> bool:
        """Look at the table anew, and return whether it has changed; only then who looks at this is told."""
        seen, barred = self._port.look(), self._port.why_not()
        if seen == self._look and barred == self._barred:
            return False
        self._look, self._barred = seen, barred
        self._changed()
        return True

    def _changed(self) -> None:
        self._see()
        self.version += 1
        for told in tuple(self._observers):
            told()

    def _see(self) -> None:
        seen = self._look
        self.game = seen.game
        self.beats = list(seen.beats)
        if self.draft is not None and self.drafting:
            state = self.game.state
            self.beats += (
                Beat(-1 - nth, state.round, state.phase, laid.move, PERSON, laid.events)
                for nth, laid in enumerate(self.draft.laid)
            )
        self.journal = Journal()
        self.journal.lines = list(seen.lines)
        self.players = dict(seen.players)

    @property
    def draft(self) -> Draft | None:
        """Return what the seat has prepared for a turn that others come before, if it has one to come."""
        return self._look.draft

    @property
    def drafting(self) -> bool:
        """Return whether the seat's turn has not come, and what it does now is only prepared."""
        return self.draft is not None and not self.draft.ready

    @property
    def confirms(self) -> Confirm | None:
        """Return what the seat should know before it confirms the turn that it has prepared."""
        return self._look.confirms

    @property
    def ready(self) -> bool:
        """Return whether the seat has said that a turn is all it wants, which is not over yet."""
        return self._look.done

    @property
    def held(self) -> bool:
        """Return whether the white cell lets no turn end."""
        return self._look.held

    @property
    def why_not(self) -> str:
        """Return why whoever looks at this face may not write for its seat; "" if they may."""
        return self._port.why_not()

    @property
    def called(self) -> bool:
        """Return whether the seat has called for the white cell, which has not answered yet."""
        return self._look.called

    @property
    def paused(self) -> bool:
        return self._look.paused

    @property
    def over(self) -> bool:
        return self._look.view.phase == "debrief"

    @property
    def seat_to_play(self) -> str | None:
        """Return the viewer's own seat while it has something to decide or to prepare, else whose turn it is.

        None while a bot has it, or the seat has said that it is done.
        """
        if self.over or self._look.done:
            return None
        seat = self.game.to_act
        return seat if seat is not None and self.players[seat].kind == PERSON else None

    def view(self, seat: str | None) -> View:
        """Return what that seat may know, which no face shows but the viewer's own; None for the room."""
        if self.over or seat == self.seat:
            return self.game.view(seat)
        if seat is None:
            return view(self.game.state, None)
        raise IllegalMove(NOT_YOURS)

    def people(self) -> tuple[str, ...]:
        """Return the seats that people play."""
        return tuple(seat for seat in self.scenario.seat_ids if self.players[seat].kind == PERSON)

    @property
    def open_for_talk(self) -> bool:
        """Return whether people may talk now and this viewer has not said that they are done with it."""
        return self._look.talking

    @property
    def others_talk(self) -> bool:
        """Return whether this viewer is done talking and somebody else is not."""
        return self._look.others_talk

    def asides(self) -> tuple[Line, ...]:
        """Return what side talk was noted at the open table this round, in order."""
        return tuple(line for line in self.journal.of("talk") if line.public and line.round == self.round)

    @property
    def round(self) -> int:
        return self._look.view.round

    def observe(self, told: Callable[[], object]) -> Callable[[], None]:
        """Have `told` called after every change that this viewer can see; return what ends that."""
        self._observers.append(told)

        def ends() -> None:
            if told in self._observers:  # else the viewer has left already
                self._observers.remove(told)

        return ends

    # --- what is done ----------------------------------------------------------------------------------

    def _act(self, does: Callable[[], object]) -> None:
        does()
        self.look_again()

    def play(self, move: Move) -> Beat:
        """Make a move of this seat, or lay it in its draft. `IllegalMove`, `CannotWrite`."""
        if self.seat is None:
            raise IllegalMove(NOT_YOURS)
        beat = self._port.play(move)
        self.look_again()
        return beat

    @property
    def can_undo(self) -> bool:
        return self._port.can_undo()

    def undo(self) -> Move:
        """Take back the last move of this turn, or of the draft. `IllegalMove` if there is none."""
        undone = self._port.undo()
        self.look_again()
        return undone

    def reopen(self) -> None:
        """Take up a draft again that was said to be ready. `IllegalMove` if there is none."""
        self._act(self._port.reopen)

    def end_talk(self) -> None:
        """Say that this seat is done talking. The talk ends when all are."""
        self._act(self._port.end_talk)

    def aside(self, asker: str, asked: Sequence[str], line: str = "") -> None:
        """Note whom this seat asks to step aside. `IllegalMove` for another asker."""
        if asker != self.seat:
            raise IllegalMove(NOT_YOURS)
        self._act(lambda: self._port.aside(asked, line))

    def asked(self, seat: str, *, answered: bool = False) -> Asked:
        """Return what the exercise still wants of this seat with its orders this round."""
        return self._port.asked(answered) if seat == self.seat else Asked((), ())

    def answers(self, seat: str) -> tuple[str, dict[str, int]]:
        """Return this seat's reason this round, and what it held likely."""
        return self._port.answers() if seat == self.seat else ("", {})

    def give_reason(self, seat: str, text: str) -> None:
        """Keep this seat's reason for its orders."""
        self._own(seat)
        self._act(lambda: self._port.give_reason(text))

    def predict(self, seat: str, question: str, percent: int) -> None:
        """Keep how likely this seat holds something."""
        self._own(seat)
        self._act(lambda: self._port.predict(question, percent))

    @property
    def press(self) -> Messages | None:
        """Return how much seats may write to each other; None where they may not."""
        return self._look.press

    def messages(self, viewer: str | None) -> tuple[Message, ...]:
        """Return what this seat has written and been written."""
        return self._look.messages if viewer == self.seat else ()

    def polls(self, viewer: str | None) -> tuple[Poll, ...]:
        """Return what the white cell has asked all seats, with what this one may know of the answers."""
        return self._look.polls if viewer == self.seat else ()

    def poll_open(self, viewer: str | None) -> Poll | None:
        """Return the poll that is open, if one is."""
        return next((poll for poll in self.polls(viewer) if not poll.closed), None)

    def send(self, by: str, to: Sequence[str], text: str) -> None:
        """Write to other seats, or the white cell. `IllegalMove` with why not, `CannotWrite`."""
        self._own(by)
        self._act(lambda: self._port.send(to, text))

    def why_not_write(self, by: str) -> str:
        """Return in a sentence why this seat can send nothing from here now; "" if it can."""
        return self._port.why_not_write() if by == self.seat else NOT_YOURS

    def estimate(self, seat: str, percent: int) -> None:
        """Say how likely this seat holds what is asked. `IllegalMove`, `CannotWrite`."""
        self._own(seat)
        self._act(lambda: self._port.estimate(percent))

    def outcomes(self) -> dict[str, bool]:
        """Return question → whether it came about; empty while the game runs."""
        return self._port.outcomes()

    def _own(self, seat: str) -> None:
        if seat != self.seat:
            raise IllegalMove(NOT_YOURS)

    # --- a screen of one's own needs no lock -------------------------------------------------------------

    def has_pin(self, seat: str) -> bool:
        """Return False: who came in has said a pass phrase."""
        return False

    def set_pin(self, seat: str, pin: str) -> None:
        """Refuse it. `ValueError`."""
        raise ValueError(NOT_YOURS)

    def check_pin(self, seat: str, pin: str) -> bool:
        """Return whether it is the viewer's own seat."""
        return seat == self.seat

    def pin_wait(self, seat: str) -> float:
        """Return 0: no PIN is asked for."""
        return 0.0

    def close(self) -> None:
        """Leave; the table stays where it is."""
        self._observers.clear()
