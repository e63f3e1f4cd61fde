"""Follows a game from its files alone: which one, what its table shows now, and whether that is still there.

It takes no lock and changes nothing. Whatever can't be read just now is looked at again a moment later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from wargame.errors import WargameError
from wargame.record import EXTENSION, LIVE
from wargame.table import Table
from wargame.table.live import BOARD, FINAL, PublicLine, Shown, live_path, read_live
from wargame.table.seen import SeenTable
from wargame.table.watched import set_clock, stand_after, watched
from wargame.tui.viewer import already_shown

AWAY = 12.0
"""Seconds without a sign of life after which the table is away."""
TRIES = 20
"""Looks at a save that is not what the live file says, before it is shown without that."""

Stamp = tuple[int, int, int]


class Sight(NamedTuple):
    """Holds what the wall is to show; `table` is None while there is no game."""

    table: SeenTable | None
    shown: Shown
    away: bool = False


class Follows(Protocol):
    """Says what a wall is to show; `folder` is where it looks for a game."""

    @property
    def folder(self) -> Path: ...
    def look(self) -> Sight | None: ...


class Follower:
    """Looks at a saved game, or with None for `path` at the newest one of a folder that is being played.

    `steady` gives seconds that never run backwards.
    """

    def __init__(
        self, folder: Path, path: Path | None = None, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self.folder = folder
        self.path = path
        self._named = path is not None
        self._steady = steady
        self._stamp: Stamp | None = None
        self._alive = steady()
        self._shown: Shown | None = None
        self._sight: Sight | None = None
        self._table: Table | None = None  # as it was read for that
        self._answered: Shown | None = None  # what the live file said when that was given
        self._left = False  # whether it was given without the live file
        self._tries = 0

    def look(self) -> Sight | None:
        """Return what is to be shown now; None as long as that is what was returned last."""
        before = self._sight
        if not self._named and (before is None or before.away or before.shown.page in (BOARD, FINAL)):
            self._find()
        if self.path is None:
            return self._give(Sight(None, Shown(BOARD)))
        self._look_for_life()
        shown = self._shown
        away = shown is None or self._steady() - self._alive > AWAY
        before = self._sight
        if before is not None and before.table is not None and shown == self._answered:
            settled = self._left or before.shown.page == FINAL
            return None if settled else self._give(before._replace(away=away))
        if shown is None and before is not None and before.table is not None:  # it was left in order
            self._answered, self._left = None, True
            return self._give(before._replace(away=before.shown.page != FINAL))
        table = self._known(shown) or self._read(shown)
        if table is None:
            return None
        self._left = shown is None or self._tries > TRIES
        self._answered, self._tries = shown, 0
        if shown is None or self._left:
            shown = _as_left(table)
            away = shown.page != FINAL
        set_clock(table, shown, time.time())
        self._table = table
        return self._give(Sight(table, shown, away))

    def _give(self, sight: Sight) -> Sight | None:
        if sight == self._sight:
            return None
        self._sight = sight
        return sight

    # --- which game --------------------------------------------------------------------------------------

    def _find(self) -> None:
        """Take the game whose table gave the newest sign of life, if that is not long ago."""
        try:
            lives = [(stamp[0], live) for live in self.folder.glob(f"*{LIVE}") if (stamp := _stamp(live))]
        except OSError:
            return
        since, live = max(lives, default=(0, None))
        if live is None or time.time() - since / 1e9 > AWAY:
            return
        path = live.with_suffix(EXTENSION)
        if path != self.path and path.is_file():
            self.path, self._stamp, self._shown, self._sight = path, None, None, None
            self._tries = 0

    # --- its files ---------------------------------------------------------------------------------------

    def _look_for_life(self) -> None:
        """Read the live file if it is another, and note when that was."""
        assert self.path is not None
        live = live_path(self.path)
        stamp = _stamp(live)
        if stamp == self._stamp:
            return
        if self._stamp is not None or stamp is None or time.time() - stamp[0] / 1e9 < AWAY:
            self._alive = self._steady()
        else:
            self._alive = self._steady() - AWAY - 1  # it was left behind before we looked
        self._stamp = stamp
        self._shown = read_live(live) if stamp is not None else None

    def _known(self, shown: Shown | None) -> Table | None:
        """Return the table as it was read last, if only the page of the news or the clock is another."""
        before = self._sight
        if shown is None or before is None or self._left or self._tries:
            return None
        same = shown._replace(step=0, left=None, ends=None)
        return self._table if same == before.shown._replace(step=0, left=None, ends=None) else None

    def _read(self, shown: Shown | None) -> Table | None:
        """Return the table as this was shown at it; None if that can't be seen yet."""
        assert self.path is not None
        try:
            if shown is None or self._tries > TRIES:
                return Table.resume(self.path, write=False)
            table = watched(self.path, shown)
        except (WargameError, OSError):
            table = None
        if table is None:
            self._tries += 1
        return table


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def _as_left(table: Table) -> Shown:
    """Return what was shown last at a table that has been left, and let it stand there."""
    line = PublicLine(table.scenario.seat_ids)
    line.follow(table.beats)
    beats = len(table.beats) if table.over else already_shown(table)
    told, mark = line.at(beats)
    stand_after(table, max(beats, 1))
    return Shown(FINAL if table.over else BOARD, told=told, until=told, mark=mark)
