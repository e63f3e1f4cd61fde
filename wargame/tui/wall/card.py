"""The card that lies on the wall's map: who is asked and how long, or why nothing moves."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from wargame.rules.events import ChoiceAsked
from wargame.table import Table
from wargame.table.live import BACK, CONSOLE, HELD, LATE, PAUSE, TURN, WAITS, Shown
from wargame.table.timers import UP, WARNING
from wargame.tui.kit.digits import HIGH, VAST, large
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.paint import BAD, DIM, SEAT_COLOURS, put, seat_colour, stack, wrapped
from wargame.tui.widgets.white_sight import clock
from wargame.words.pages import wall as say

WIDEST, VASTEST = 46, 60
"""Columns of its text at most, and where its digits are of the largest."""
VAST_FROM = 55
"""Rows of a window with room for these."""
BESIDE = 44
"""Columns that are left for what stands beside the map and around the text."""


class Told(NamedTuple):
    """What the card says: a title, spaced where it is short, lines below it, and whose it is."""

    title: str
    lines: tuple[str, ...] = ()
    seat: str = ""


def told(lens: Lens, shown: Shown, away: bool) -> Told | None:
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
        said = say.first_answer(name) if view.stack else say.laid_stands(name)
        return Told(say.LATE, (said,), shown.seat)
    if shown.page != TURN:
        return None
    symbol = lens.scenario.seats[shown.seat].symbol
    title = f"{symbol} {say.asked(name)}"
    return Told(title, _asked(lens, shown.seat) or _does(lens), shown.seat)


def _asked(lens: Lens, seat: str) -> tuple[str, ...]:
    """The question that is before everybody, if one is."""
    if not lens.view.stack:
        return ()
    asked = [one.event for one in lens.memory.seen if isinstance(one.event, ChoiceAsked)]
    if not asked or asked[-1].seat != seat:
        return ()
    choice = lens.scenario.programs.choices.get(asked[-1].path)
    if choice is None:
        return ()
    return lens.words.said(choice.prompt), *(f"{lens.words.said(one.label)}" for one in choice.options)


def _does(lens: Lens) -> tuple[str, ...]:
    phase = lens.view.phase
    return (say.ANSWERS if phase == "answers" else say.ORDERS,)


class WallCard(Static):
    """Lies on the map. Its clock counts by itself."""

    def __init__(self) -> None:
        super().__init__(id="told", classes="lying", markup=False)
        self._table: Table | None = None
        self._told: Told | None = None
        self._lines: list[Content] = []

    def tell(self, table: Table, lens: Lens, shown: Shown, away: bool) -> None:
        """Say this from now on."""
        self._table, self._told = table, told(lens, shown, away)
        seat = self._told.seat if self._told else ""
        edge = seat_colour(table.scenario, seat)[1:] if seat else ""
        for colour in SEAT_COLOURS:
            self.set_class(colour[1:] == edge, f"-{colour[1:]}")
        self.display = self._told is not None
        self.tick()

    @property
    def said(self) -> str:
        """Return its title and the line below it."""
        return ": ".join((self._told.title, *self._told.lines[:1])) if self._told else ""

    def tick(self) -> None:
        """Show what it says, with the time that is left, if that is another than before."""
        lines = self.lines(min(self.app.size.width - BESIDE, VASTEST if self.vast else WIDEST))
        if lines != self._lines:
            same = [line.cell_length for line in lines] == [line.cell_length for line in self._lines]
            self._lines = lines
            self.update(stack(lines), layout=not same)

    @property
    def vast(self) -> bool:
        """Whether there is room for the largest digits."""
        return self.app.size.height >= VAST_FROM

    def lines(self, width: int) -> list[Content]:
        """Return what it says, in lines of at most so many columns."""
        if self._told is None or self._table is None:
            return []
        title, said, seat = self._told
        spaced = " ".join(title)
        style = f"bold {seat_colour(self._table.scenario, seat)}" if seat else "bold $warning"
        lines = wrapped(put(spaced if len(spaced) <= width else title, style), width)
        for nth, one in enumerate(said):
            lines += [*([Content("")] if nth < 2 else []), *wrapped(put(one, DIM if nth else "bold"), width)]
        left = self._table.timers.left
        if left is not None:
            late = self._table.timers.status in (WARNING, UP)
            digits = large(clock(left), f"bold {BAD if late else ''}".strip(), VAST if self.vast else HIGH)
            lines += [Content(""), *digits]
        return lines
