"""A screen on which a seat makes moves: playing, undo, refusals, and a disk that will not take it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.events import Click

from wargame.errors import CannotWrite, IllegalMove
from wargame.rules.moves import Move
from wargame.table.seen import SeenTable
from wargame.table.table_records import Beat
from wargame.tui.actions import bindings
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.pane import turn_page
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.screen import TableScreen
from wargame.words.pages import play as say

PANED = 100, 30
"""Columns and rows from which there are panes with borders."""


class PlayingScreen(TableScreen[list[Beat]]):
    """The screen of `seat` while it must decide. Returns the beats of its moves once it need not any more."""

    settles = True
    messages = unlit = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("undo", "know", "message", "back")

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__(table, seat)
        self.seat = seat
        self._begin()

    def _begin(self) -> None:
        """Begin a turn of which nothing has been seen or done here."""
        self.beats: list[Beat] = []
        self._began = self._moment()

    def begin_again(self, *given: Any) -> None:
        super().begin_again(*given)
        self._begin()

    @property
    def paned(self) -> bool:
        """Whether there is room for panes with borders."""
        return self.size.width >= PANED[0] and self.size.height >= PANED[1]

    def _moment(self) -> tuple[object, ...]:
        state = self.table.game.state
        return state.round, state.phase, self.table.seat_to_play, len(state.stack)

    def play(self, move: Move) -> None:
        """Make a move; leave when the turn has gone elsewhere."""
        if self.leave_if_done():
            return
        try:
            beat = self.table.play(move)
        except IllegalMove as error:
            self.refuse(str(error))
            return
        except CannotWrite as error:
            self.ask("save_failed", str(error), partial(self.play, move))
            return
        self.beats.append(beat)
        self.refused = ""
        if not self.played():
            self.changed()

    def played(self) -> bool:
        """A move has been made: whether the screen is left now."""
        return self.leave_if_done()

    def leave_if_done(self) -> bool:
        """Whether the seat's turn is over; if so the screen is left."""
        over = self._moment() != self._began
        if over:
            self.conclude(self.beats)
        return over

    def on_screen_resume(self) -> None:
        """Back in front: the turn may have gone elsewhere meanwhile."""
        self.leave_if_done()

    def action_undo(self) -> None:
        try:
            undone = self.table.undo()
        except (IllegalMove, CannotWrite) as error:
            self.refuse(str(error))
            return
        if self.beats:
            self.beats.pop()
        self.refused = ""
        self.changed()
        self.relight(undone)

    def relight(self, undone: Move) -> None:
        """Light what a move was about that has been taken back."""

    @on(Click, "#top")
    def on_top_clicked(self) -> None:
        self.action_know()

    def action_light(self, number: int) -> None:
        if not self.query_one(Rows).light_number(number):
            self.missed(number)

    def missed(self, number: int) -> None:
        """Nothing has that digit: say so, and let nothing be lit that Enter would do instead."""
        self.query_one(Rows).highlighted = None
        self.refuse(say.there_is_no(number))

    def action_know(self) -> None:
        from wargame.tui.play.know import KnowScreen

        self.put_up(self.guard.shelved(KnowScreen, self.table, self.seat))

    def action_page(self, by: int) -> None:
        """Scroll what is told by a page."""
        if self.paned:
            pane = self.query_one("#told", FramedPane)
            pane.scroll_lines(by * (pane.room - 1))
            return
        turn_page(self.query_one("#about"), by)

    @property
    def writer(self) -> str:
        return self.seat if self.viewer == self.seat else ""

    def action_back(self) -> None:
        """At the bottom: pause."""
        self.pause()


def stepped(keys: Sequence[str], lit: str, by: int) -> str:
    """Return the key so many places from the lit one; it goes round. "" where there is none."""
    if lit not in keys:
        return (keys[0] if by > 0 else keys[-1]) if keys else ""
    return keys[(keys.index(lit) + by) % len(keys)]
