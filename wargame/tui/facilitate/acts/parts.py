"""What the forms of several acts ask for alike: seats, rounds, moves, who hears of it, and why."""

from __future__ import annotations

from functools import cached_property

from wargame.rules.moves import WHITE
from wargame.rules.state import State
from wargame.table import Facilitator, Table
from wargame.tui.facilitate.fields import Field, Option, reason_field
from wargame.tui.facilitate.records import RecordForms, seat_options
from wargame.tui.facilitate.sight import move_said
from wargame.words import Words
from wargame.words.pages import acts as say

RECENT = 4
"""Reasons given lately that are offered again."""


class Parts:
    """Parts of forms for one table and its facilitator, made from the game as it stands now."""

    def __init__(self, table: Table, cell: Facilitator) -> None:
        self.table, self.cell = table, cell
        self.words = Words(table.scenario)
        self.effects = RecordForms(table.scenario)
        self.seats = seat_options(table.scenario, self.words)

    @property
    def state(self) -> State:
        return self.table.game.state

    @property
    def later(self) -> range:
        """The rounds that are still to come."""
        return range(self.state.round + 1, self.state.rounds + 1)

    @cached_property
    def moves(self) -> list[Option]:
        """The moves of this line, the newest first."""
        first = self.table.opening_move
        whens = {beat.id: say.at(beat.round, beat.phase) for beat in self.table.beats if beat.id != first}
        return [
            (str(beat.id), say.move_row(beat.id, whens.get(beat.id, ""), move_said(self.table, beat)))
            for beat in reversed(self.table.beats)
        ]

    def when(self) -> Field:
        """In which round; 0 is now."""
        rounds = [("0", say.NOW), *((str(at), say.in_news_of(at)) for at in self.later)]
        return Field("when", say.WHEN, "choice", say.WHEN_HELP, rounds)

    def until(self) -> list[Option]:
        """How far bots may play on while nobody sits at the table; 0 is to the end."""
        return [*((str(at), say.start_of(at)) for at in self.later), ("0", say.END_OF_GAME)]

    def places(self) -> Field:
        """Which places of the map light up."""
        known = [(place.id, self.words.said(place.name)) for place in self.table.scenario.spec.places]
        return Field("places", say.PLACES, "seats", say.PLACES_HELP, known, nothing=say.NO_PLACES)

    def heard_by(self) -> Field:
        return Field("to", say.HEARD_BY, "seats", say.HEARD_BY_HELP, self.seats, nothing=say.ALL)

    def reason(self) -> Field:
        """Why it is done: with the reasons given last to be picked."""
        given = [beat.rationale for beat in reversed(self.table.beats) if beat.by == WHITE and beat.rationale]
        return reason_field(list(dict.fromkeys(given))[:RECENT])
