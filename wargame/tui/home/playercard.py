"""A seat at the set-up as a card in its colour: who plays it, by what name, and how a bot does."""

from __future__ import annotations

from textual import events
from textual.content import Content

from wargame.record import Player
from wargame.tui.board.seats import SeatCard
from wargame.tui.home.draft import CHARACTER, Draft
from wargame.tui.kit.guard import Request
from wargame.tui.kit.paint import DIM, clip, join, put, stack, wrapped
from wargame.words import Words
from wargame.words.pages import home as say


class PlayerCard(SeatCard):
    """Says `Chosen` when it is clicked."""

    class Chosen(Request):
        """This seat is meant."""

        def __init__(self, seat: str) -> None:
            super().__init__()
            self.seat = seat

    def deal(self, draft: Draft, lit: bool) -> None:
        """Show who sits there: in a word, by what name or how a bot plays, and what the seat wants."""
        width = max(self.content_size.width, 8)
        scenario, player, words = draft.scenario, draft.players[self.seat], Words(draft.scenario)
        self.head(scenario, words.seat(self.seat), lit, width)
        if draft.is_person(self.seat):
            who = say.with_pin(player.name) if self.seat in draft.pins else player.name
        else:
            character = draft.character(self.seat)
            who = words.said(character.name) if character else say.SHORT.get(player.kind, "")
        lines: list[Content] = [
            put(f"‹{in_a_word(player)}›", "bold"),
            *wrapped(who, width),
            Content(""),
            *wrapped(put(words.said(scenario.seats[self.seat].wants), DIM), width),
        ]
        room = max(self.content_size.height, 1)
        if len(lines) > room:
            lines[room - 1 :] = [clip(join((lines[room - 1], " …")), width)]
        told = stack(lines)
        if not isinstance(self.content, Content) or not told.is_same(self.content):
            self.update(told)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.seat))


def in_a_word(player: Player) -> str:
    """Who plays: a person, what kind of bot, or as which character."""
    kind = player.kind.removeprefix(CHARACTER)
    return say.PLAYERS.get(kind, kind)
