"""The panes of a replay that change with every step: the text that lies on the map, and the seats.

They are painted line by line, frames and all, so that a step lays nothing out and asks no style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from wargame.tui.board.seats import card_lines
from wargame.tui.kit.frame import SIDES
from wargame.tui.kit.framed import Border, FramedPane
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.paint import put, seat_colour
from wargame.tui.replay.eyes import PastLens

EDGE = "$primary 45%"
"""The edge of what is no seat's."""
LEFT_OUT = 1
"""Lines of a card at its end that tell of who is to move, which a replay shows by the edge."""


class Laid(Message):
    """A pane has been given other room."""


class ListPane(Lines):
    """The list, or the tracks."""

    def on_resize(self, event: events.Resize) -> None:
        self.post_message(Laid())


class TextPane(FramedPane):
    """A text in a frame of its seat's colour."""

    @property
    def text(self) -> str:
        """All that is told, without styles and frame."""
        return "\n".join(line.plain for line in self._body)

    @property
    def width(self) -> int:
        """The columns of its lines."""
        return self.size.width - SIDES

    def put_up(self, title: str, colour: str, lines: Sequence[Content]) -> None:
        """Show lines under a title; with a `colour`, as a seat's."""
        head = put(title, f"bold {colour or '$primary'}")
        self.tell(Border(head, edge=EDGE), lines)

    def on_resize(self, event: events.Resize) -> None:
        self.post_message(Laid())


class SeatsThen(Horizontal):
    """All seats in the order of play, as cards; the one that has moved is lit."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self._shown: dict[FramedPane, tuple[object, ...]] = {}

    def compose(self) -> ComposeResult:
        for _ in range(self._count):
            yield FramedPane()

    def show(self, lens: PastLens, moved: str) -> None:
        """Show how all stand; a card that is as it was costs nothing."""
        view, scenario = lens.view, lens.scenario
        deals = tuple(view.deals)
        panes = self.query_children(FramedPane).results(FramedPane)
        for pane, seat in zip(panes, view.order or scenario.seat_ids, strict=True):
            room = pane.size
            hand, purse = view.hand_counts[seat], view.influence[seat]
            key = (seat, lens.score(seat), hand, purse, deals, seat == moved, seat in view.ruined, room)
            if self._shown.get(pane) != key and room.width > SIDES:
                self._shown[pane] = key
                colour, spec = seat_colour(scenario, seat), scenario.seats[seat]
                name = lens.words.heading(seat)
                fits = len(name) + len(spec.symbol) + 2 * SIDES <= room.width
                lit = "bold reverse" if seat == moved else "bold"
                title = put(f"{spec.symbol} {name if fits else spec.short}", f"{lit} {colour}")
                lines = card_lines(lens, seat, room.width - SIDES, to_move=False)[:-LEFT_OUT]
                pane.tell(Border(title, edge=f"{colour} 60%"), lines)

    def seat_on(self, pane: FramedPane) -> str:
        """Return the seat whose card that is; "" for any other pane."""
        return str(self._shown.get(pane, ("",))[0])
