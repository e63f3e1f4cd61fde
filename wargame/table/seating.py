"""Who sits where at the start of a game, and where a saved one left off."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.content.exercise_check import Exercise
from wargame.record import Player, Save
from wargame.rules.scenario import Scenario
from wargame.table.journal import text_of
from wargame.words import Words

PERSON, ABSENT = "person", "absent"
"""Players that are no bots: somebody at the keyboard, and nobody, whose turns go by."""

STANDS_IN = "stands in"
"""What a `seat` record says of a bot that plays only until the save is opened again."""


def players_of(scenario: Scenario, exercise: Exercise | None) -> dict[str, Player]:
    """Return the players of an exercise; people where it names nobody."""
    words, players = Words(scenario), {}
    for seat in scenario.seat_ids:
        chair = exercise.seats.get(seat) if exercise else None
        players[seat] = Player(
            chair.player if chair else PERSON, (chair.name if chair else "") or words.capital(seat)
        )
    return players


def seated(save: Save) -> dict[str, Player]:
    """Return who plays each seat: as the save began, and as seats were handed over since."""
    players = dict(save.header.seats)
    for remark in save.tree.remarks("seat"):
        data = remark.data if isinstance(remark.data, Mapping) else {}
        seat, kind = text_of(data, "seat"), text_of(data, "player")
        if seat in players and kind and text_of(data, "what") != STANDS_IN:
            players[seat] = Player(kind, text_of(data, "name"))
    return players
