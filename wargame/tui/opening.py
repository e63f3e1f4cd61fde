"""How a session comes to its table: a new game, a saved one, an exercise; or a game to look back on.

Slow, so done in a thread. All of it raises `WargameError` with a sentence.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from wargame.content import TUTORIAL
from wargame.tui import Start

if TYPE_CHECKING:
    from wargame.table import Table
    from wargame.tui.home.draft import Setup
    from wargame.tui.replay.replay import Opened


def started(start: Start, setup: Setup | None) -> Table:
    """Start a new game, as its set-up or the command has it."""
    from wargame import __version__
    from wargame.content.load import load_scenario
    from wargame.table import Table

    asked = setup or start
    if setup is not None and not setup.hindsight:
        scenario = setup.scenario
    else:
        scenario = load_scenario(setup.name if setup else start.scenario, hindsight=asked.hindsight)
    return Table.start(
        scenario,
        asked.players,
        seed=secrets.randbelow(2**63) if asked.seed is None else asked.seed,
        rounds=asked.rounds,
        folder=start.saves,
        app=__version__,
        pins=setup.pins if setup else None,
    )


def tutorial(saves: Path | None) -> Start:
    """Return the game that teaches the game: who sits there, and with which luck, as its exercise says."""
    from wargame.content.exercise import open_exercise
    from wargame.table.engine import players_of

    scenario, (plan, _text) = open_exercise(TUTORIAL)
    return Start("play", saves, scenario=TUTORIAL, seed=plan.seed, players=players_of(scenario, plan))


def resumed(start: Start) -> Table:
    """Open a saved game where it stood."""
    from wargame.table import Table

    assert start.save is not None
    return Table.resume(start.save, pins=start.pins, programs=start.programs)


def prepared(start: Start) -> Table:
    """Start a game as its exercise has prepared it, or with people in all seats where none is."""
    from wargame import __version__
    from wargame.content.exercise import open_exercise
    from wargame.content.load import load_scenario
    from wargame.table import Table

    if start.exercise is not None:
        scenario, plan = open_exercise(start.exercise)
        return Table.start(scenario, folder=start.saves, app=__version__, exercise=plan)
    scenario = load_scenario(start.scenario, hindsight=start.hindsight)
    return Table.start(scenario, seed=start.seed, rounds=start.rounds, folder=start.saves, app=__version__)


def looked_at(start: Start) -> Opened:
    """Read what a replay shows."""
    from wargame.tui.replay.replay import Opened

    assert start.save is not None
    return Opened(start.save, start.lost)
