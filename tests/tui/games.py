"""Games and saves for the tests of the whole program, with every name, seed and time fixed.

Saves and finished games are of the small scenario, which no change of the real decks moves.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.tui.boards import honeymoon, mill
from wargame.record import Player
from wargame.rules.scenario import Scenario
from wargame.table import Table
from wargame.tui.app import Backdrop
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.play.aloud import AloudScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen
from wargame.words import Words

LEADS_ON: dict[type, tuple[str, ...]] = {
    ResolutionScreen: ("s", "enter"),
    TalkScreen: ("enter", "space"),
    BoardScreen: ("enter",),
    HandoverScreen: ("space",),
    FirstScreen: ("escape",),
    KnowScreen: ("escape",),
    AloudScreen: ("1", "enter"),
    ChoiceScreen: ("1", "enter"),
    OrdersScreen: ("e", "enter"),
}
"""What leads on from each kind of screen of a game, twice where it asks once."""


def players(
    people: Iterable[str], bots: str = "greedy", scenario: Scenario | None = None
) -> dict[str, Player]:
    """People in these seats, bots in the others, each called by its capital."""
    scenario = scenario or honeymoon()
    words, people = Words(scenario), set(people)
    return {
        seat: Player("person" if seat in people else bots, words.capital(seat)) for seat in scenario.seat_ids
    }


def a_finished_table() -> Table:
    """A game of the small scenario that bots have played to its end and nobody keeps."""
    table = Table.start(mill(), players((), scenario=mill()), seed=1)
    list(table.advance())
    assert table.over
    return table


def a_save(folder: Path, name: str, people: Iterable[str] = ("amber",), *, moves: int | None = 0) -> Path:
    """A saved game: after so many moves of people, or with None finished. Its time is fixed."""
    people = tuple(people) if moves is not None else ()
    who = players(people, "random", mill())
    table = Table.start(mill(), who, seed=5, folder=folder, name=name, app="1")
    list(table.advance())
    for _ in range(moves or 0):
        table.play(table.game.legal_moves()[0])
        list(table.advance())
    table.close()
    path = folder / f"{name}.wargame"
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until all threads and workers but the stage have done their work, and that waits for a person."""
    while True:
        await pilot.pause()
        if not pilot.app.is_running:
            return
        busy = [known for known in pilot.app.workers if known.name != "stage" and not known.is_finished]
        if busy:
            await pilot.app.workers.wait_for_complete(busy)
        elif not isinstance(pilot.app.screen, Backdrop) and pilot.app.screen._compositor.widgets:
            return  # not before the screen has been laid out
