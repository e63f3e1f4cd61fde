"""The sittings of a saved game, and how long each move took in them.

Durations come from the steady clock of a sitting alone (`Played.at`), which stands still in a pause and knows
nothing of the calendar: a night between two sittings counts for nothing, and no time is ever below zero. A
sitting that was not closed, because the plug was pulled, ends with the last thing that happened in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wargame.record.records import Entry, Head, Played, Remark, Sitting
from wargame.record.shapes import OPENED
from wargame.record.tree import ROOT


class Span(NamedTuple):
    """A sitting: when it was opened and closed (ms since 1970 UTC; None: it broke off), and ms of play."""

    opened: int
    closed: int | None
    played: int


def sittings(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """Return the sittings in the order of the records; none in a save from before sittings were recorded."""
    found: list[Span] = []
    for entry in entries:
        if isinstance(entry, Sitting) and entry.what == OPENED:
            found.append(Span(entry.time, None, 0))
        elif found and isinstance(entry, Sitting):
            last = found[-1]
            found[-1] = Span(last.opened, entry.time, max(last.played, entry.at))
        elif found and isinstance(entry, Played | Head | Remark) and entry.at is not None:
            found[-1] = found[-1]._replace(played=max(found[-1].played, entry.at))
    return tuple(found)


def spent(entries: Iterable[Entry]) -> dict[int, int]:
    """Move → ms of play since the move before it, or since the game was taken back to that one.

    What was undone in between counts, for it is part of the same decision. Moves from before sittings were
    recorded are left out.
    """
    found: dict[int, int] = {}
    reached = {ROOT: 0}  # move → ms of play in all sittings up to it
    before = now = back = 0
    sitting = False
    for entry in entries:
        if isinstance(entry, Sitting) and entry.what == OPENED:
            sitting, before = True, now
        elif sitting and isinstance(entry, Played | Head | Remark | Sitting) and entry.at is not None:
            now = max(now, before + entry.at)
        if isinstance(entry, Head) and entry.why != "undo":
            back = now
        elif isinstance(entry, Played) and sitting and entry.at is not None:
            reached[entry.id] = now
            found[entry.id] = now - max(reached.get(entry.parent, 0), back)
    return found
