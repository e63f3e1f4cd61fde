"""The card that lies on the wall's map: who is asked and how long, or why nothing moves."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from wargame.table.live import BACK, CONSOLE, HELD, LATE, PAUSE, TURN, WAITS, Shown
from wargame.table.seen import SeenTable
from wargame.table.timers import TIMER, UP, WARNING
from wargame.tui.board.seats import wear
from wargame.tui.facilitate.sight import clock
from wargame.tui.kit.digits import HIGH, LOW, VAST, large
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.news import asked_aloud
from wargame.tui.kit.paint import BAD, DIM, beside, put, seat_colour, stack, wrapped
from wargame.words.pages import wall as say

TURNS = ("orders", "answers")
"""Phases in which a seat has a turn, and not only a question."""
WIDEST, LEAST = 110, 24
"""Columns of the card at most, and of its words at least."""
VAST_FROM, HIGH_FROM = 55, 30
"""Rows of a window with room for the largest digits, and for large ones."""
GAP, SIDES = 3, 6
"""Columns between the words and the clock, and around both."""


class Told(NamedTuple):
    """What the card says: a title in spaced letters, lines below it, and whose it is."""

    title: str
    lines: tuple[str, ...] = ()
    seat: str = ""


def told(table: SeenTable, lens: Lens, shown: Shown, away: bool) -> Told | None:
    """Return what is to be said beside the board; None if the board says it all."""
    if away:
        return Told(say.AWAY, (say.GOES_ON,))
    holds = {
        PAUSE: Told(say.PAUSE, (say.PAUSED,)),
        CONSOLE: Told(say.CONSOLE, (say.AT_CONSOLE,)),
        HELD: Told(say.PAUSE, (say.HELD,)),
        WAITS: Told(say.NOBODY, (say.BOTS_WAIT,)),
    }
    if shown.hold:
        return holds[shown.hold]
    words, view = lens.words, lens.view
    if shown.page == BACK:
        return Told(say.TAKEN_BACK, (say.goes_on_from(view.round, view.phase),))
    if shown.seat not in lens.scenario.seats:
        return Told(say.LATE, (say.talk_over(),)) if shown.page == LATE else None
    name = words.capital(shown.seat)
    if shown.page == LATE:
        late = next((beat.phase for beat in reversed(table.beats) if beat.by == TIMER), "")
        said = say.laid_stands(name) if late in TURNS else say.first_answer(name)
        return Told(say.LATE, (said,), shown.seat)
    if shown.page != TURN:
        return None
    symbol = lens.scenario.seats[shown.seat].symbol
    seat, question = asked_aloud(lens)
    return Told(f"{symbol} {name.upper()}", question if seat == shown.seat else _does(lens), shown.seat)


def _does(lens: Lens) -> tuple[str, ...]:
    phase = lens.view.phase
    return (say.ASKED, say.ANSWERS if phase == "answers" else say.ORDERS)


class WallCard(Static):
    """Lies on the map. Its clock counts by itself."""

    def __init__(self) -> None:
        super().__init__(id="told", classes="edged", markup=False)
        self._table: SeenTable | None = None
        self._told: Told | None = None
        self._away = False
        self._lines: list[Content] = []

    def tell(self, table: SeenTable, lens: Lens, shown: Shown, away: bool) -> None:
        """Say this from now on."""
        self._table, self._told, self._away = table, told(table, lens, shown, away), away
        seat = self._told.seat if self._told else ""
        wear(self, table.scenario, seat)
        self.display = self._told is not None
        self.tick()

    def tick(self) -> None:
        """Show what it says, with the time that is left, if that is another than before."""
        lines = self.lines(self.room)
        if lines != self._lines:
            same = [line.cell_length for line in lines] == [line.cell_length for line in self._lines]
            self._lines = lines
            self.update(stack(lines), layout=not same)

    @property
    def room(self) -> int:
        """The columns that it has for text."""
        under = self.parent.size.width if isinstance(self.parent, Widget) else 0
        return max(min(under, WIDEST) - SIDES, LEAST)

    def lines(self, width: int) -> list[Content]:
        """Return what it says, in lines of at most so many columns: the words, and beside them the clock."""
        if self._told is None or self._table is None:
            return []
        digits = self._clock()
        room = width - (digits[0].cell_length + GAP if digits else 0)
        room = room if room >= LEAST else width
        title, said, seat = self._told
        spaced = " ".join(title)
        style = f"bold {seat_colour(self._table.scenario, seat)}" if seat else "bold $warning"
        lines = wrapped(put(spaced if len(spaced) <= room else title, style), room)
        for nth, one in enumerate(said):
            lines += wrapped(put(one, DIM if nth else "bold"), room, indent=2 * (nth > 1))
        if not digits:
            return lines
        if room == width:
            return [*lines, Content(""), *digits]
        rows = max(len(lines), len(digits))
        words, clock = ([Content("")] * ((rows - len(one)) // 2) + one for one in (lines, digits))
        return beside(words, clock, room + GAP)

    def _clock(self) -> list[Content]:
        """The time that is left in large digits, nothing without a clock."""
        assert self._table is not None
        left = self._table.timers.left
        if left is None or self._away:  # nobody knows what has become of it
            return []
        late = self._table.timers.status in (WARNING, UP)
        return large(clock(left), f"bold {BAD}" if late else "bold", self._rows())

    def _rows(self) -> int:
        """The rows of the digits."""
        high = self.app.size.height
        return VAST if high >= VAST_FROM else HIGH if high >= HIGH_FROM else LOW
