"""A seat at the set-up as a card in its colour: who plays it, by what name, and how a bot does."""

from __future__ import annotations

from textual import events
from textual.content import Content

from wargame.record import Player
from wargame.rules.scenario import Scenario
from wargame.tui.board.seats import SeatCard, fit_title
from wargame.tui.kit.guard import Request
from wargame.tui.kit.paint import DIM, SEAT_COLOURS, put, seat_colour, stack, wrapped
from wargame.tui.kit.pane import cut
from wargame.words import Words
from wargame.words.pages import home as say


class PlayerCard(SeatCard):
    """Says `Chosen` when it is clicked."""

    class Chosen(Request):
        """This seat is meant."""

        def __init__(self, seat: str) -> None:
            super().__init__()
            self.seat = seat

    def deal(
        self, scenario: Scenario, player: Player, kind: str, plays: str, *, pin: bool, lit: bool
    ) -> None:
        """Show who sits there: `kind` in a word, `plays` how it does."""
        width = max(self.content_size.width, 8)
        spec = scenario.seats[self.seat]
        for colour in SEAT_COLOURS:
            self.set_class(colour == seat_colour(scenario, self.seat), f"-{colour[1:]}")
        self.set_class(lit, "-acts")
        words = Words(scenario)
        title = fit_title(f"{spec.symbol} {words.seat(self.seat)}", width)
        if title != self.border_title:
            self.border_title = title
        who = (say.with_pin(player.name) if pin else player.name) if player.kind == "person" else plays
        lines: list[Content] = [
            put(f"‹{kind}›", "bold"),
            *wrapped(who, width),
            Content(""),
            *wrapped(put(words.said(spec.wants), DIM), width),
        ]
        told = stack(cut(lines, width, max(self.content_size.height, 1), "…"))
        if not isinstance(self.content, Content) or not told.is_same(self.content):
            self.update(told)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.seat))
