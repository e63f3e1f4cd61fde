"""A game that goes on at another table, read from its save without lock or change, as far as it was told.

The save is always ahead of the telling. So the table that is made here stands after the move up to which the
live file says that the room was told, and nothing painted from it can be ahead.
"""

from __future__ import annotations

from pathlib import Path

from wargame.errors import DamagedSave
from wargame.table.live import PublicLine, Shown
from wargame.table.seen import SeenTable
from wargame.table.table import Table, replayed
from wargame.table.timers import Limit, Timers


def watched(path: Path, shown: Shown) -> Table | None:
    """Return the table as this was shown at it; None if the save is not there yet, or no longer.

    Before anything was told it stands after the opening, which is not the room's to see yet.

    Raises `SaveError` if nothing of the save can be read.
    """
    table = Table.resume(path, write=False)
    line = PublicLine(table.scenario.seat_ids)
    line.follow(table.beats)
    beats = line.beats_for(shown.until, shown.mark)
    if beats is None:
        return None
    stand_after(table, max(beats, 1))
    return table


def stand_after(table: Table, beats: int) -> None:
    """Let a table that is only looked at stand after the first so many moves of its line."""
    if beats < len(table.beats) and table.save is not None:
        tree, tip = table.save.tree, table.beats[beats - 1].id
        try:
            table.game, table.beats = replayed(tree, table.scenario.base, tip)
        except DamagedSave:  # then it stands on a snapshot, and has no line
            return


def beats_told(table: SeenTable, told: int) -> int:
    """Return how many moves of the table's line tell so much to the room."""
    line = PublicLine(table.scenario.seat_ids)
    line.follow(table.beats)
    return line.beats_for(told) or 0


def set_clock(table: Table, shown: Shown, now: float) -> None:
    """Let the clock of a table that is looked at be that of the one that is played."""
    left, phase = shown.seconds(now), "talk" if shown.page == "talk" else table.game.state.phase
    limit = table.timers.limit(phase)
    table.timers = Timers({}, table.clock)
    if left is None:
        return
    table.timers.limits[phase] = limit or Limit(max(int(left), 1))
    table.timers.take_up(phase, left)
    if shown.ends is not None:
        table.timers.go_on()
