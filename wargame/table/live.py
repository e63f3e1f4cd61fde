"""What the room is shown just now, in a small file beside the save, for a wall that follows the game.

It is replaced whole, and only when it says something else. It holds what the room may know and no more: also
its times and counts are those of what was told before everybody, never of what a seat has done by itself.
Nothing that goes wrong with it harms a game: then it is written when that can be done again.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wargame.record import LIVE
from wargame.rules.events import common_knowledge

if TYPE_CHECKING:
    from wargame.table.table_records import Beat

MOST_BYTES = 4096
FORMAT = 1
TURN, NEWS, TALK, BOARD, BACK, LATE, FINAL = "turn", "news", "talk", "board", "back", "late", "final"
"""The pages there are for everybody: somebody is asked, what happened is told, the open table, only the
board, the game has been taken back, time is up, the end."""
PAUSE, CONSOLE, HELD, WAITS = "pause", "console", "held", "waits"
"""What the table stands still for: a pause of whoever plays, the facilitator's console or pause, bots that
have played as far as they should."""
SHOWN, HOLDS = (TURN, NEWS, TALK, BOARD, BACK, LATE, FINAL), ("", PAUSE, CONSOLE, HELD, WAITS)
TEXTS, COUNTS = ("page", "hold", "seat", "mark"), ("told", "until", "step", "noted")
CLOCK = ("left", "ends")
SAME = 0.5
"""Seconds by which a clock may differ and still be the same."""


class Shown(NamedTuple):
    """Says what everybody is shown: a page, who is asked, and how much of the game has been told by then.

    `told` counts what the room was told along the line that is played before this page, `until` with all of
    it; `mark` tells that line from every other. `step` is how far the news have come, `noted` the side talk
    of the round. `left` are the seconds on a clock that stands still, `ends` the time (since 1970) at which
    one that runs will be at nothing.
    """

    page: str
    hold: str = ""
    seat: str = ""
    told: int = 0
    until: int = 0
    mark: str = ""
    step: int = 0
    noted: int = 0
    left: float | None = None
    ends: float | None = None

    @property
    def scene(self) -> tuple[object, ...]:
        """Return what tells one page from the next, whatever goes on on it."""
        return self.page, self.hold, self.seat, self.told, self.until, self.mark

    def seconds(self, now: float) -> float | None:
        """Return what is left on the clock at a time; None without one."""
        return self.left if self.ends is None else max(self.ends - now, 0.0)

    def says_the_same(self, other: Shown) -> bool:
        """Return whether both say the same, but for what a clock that is read twice may differ by."""
        clocks = (self.left, other.left), (self.ends, other.ends)
        near = all(
            one == two or (one is not None and two is not None and abs(one - two) < SAME)
            for one, two in clocks
        )
        return near and self[:-2] == other[:-2]


class PublicLine:
    """Counts what the room was told along a line of moves, and tells that line from others by a mark."""

    def __init__(self, seats: Sequence[str]) -> None:
        self._seats = seats
        self._ids: list[int] = []
        self._counts = [0]
        self._marks = [blake2b(digest_size=8)]

    def follow(self, beats: Sequence[Beat]) -> None:
        """Read the line anew; what is still the same is not counted again."""
        pairs = zip(self._ids, beats, strict=False)
        same = next((at for at, (id_, beat) in enumerate(pairs) if id_ != beat.id), None)
        same = min(len(self._ids), len(beats)) if same is None else same
        del self._ids[same:], self._counts[same + 1 :], self._marks[same + 1 :]
        for beat in beats[same:]:
            known = list(common_knowledge(beat.events, self._seats))
            mark = self._marks[-1].copy()
            for event in known:
                mark.update(repr(event).encode())
            self._ids.append(beat.id)
            self._counts.append(self._counts[-1] + len(known))
            self._marks.append(mark)

    def __len__(self) -> int:
        return len(self._ids)

    def at(self, beats: int) -> tuple[int, str]:
        """Return how much was told by the first so many moves, and the mark of it."""
        return self._counts[beats], self._marks[beats].hexdigest()

    def beats_for(self, told: int, mark: str = "") -> int | None:
        """Return the most moves by which just so much was told; None if that is not this line."""
        for beats in range(len(self._ids), -1, -1):
            if self._counts[beats] == told:
                return beats if mark in ("", self._marks[beats].hexdigest()) else None
        return None


def live_path(save: Path) -> Path:
    """Return where the live file of a saved game lies."""
    return save.with_suffix(LIVE)


class Live:
    """The live file of a running table."""

    def __init__(self, save: Path, seats: Sequence[str]) -> None:
        self.path = live_path(save)
        self.line = PublicLine(seats)
        self.said: Shown | None = None
        """What it was last asked to say."""
        self._kept: Shown | None = None

    def tell(self, shown: Shown) -> None:
        """Say this, unless the file does already. Never raises for what the disk may do."""
        self.said = shown
        if self._kept is not None and shown.says_the_same(self._kept):
            return
        temporary = self.path.with_name(f".{self.path.name}.tmp")
        raw = json.dumps({"format": FORMAT, **shown._asdict()}, separators=(",", ":")).encode()
        try:
            temporary.write_bytes(raw)
            temporary.replace(self.path)
        except OSError:
            self._kept = None
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        else:
            self._kept = shown

    def beat(self) -> None:
        """Show that the table is there, by the time of the file; write it if it could not be before."""
        if self.said is None:
            return
        if self._kept is None:
            self.tell(self.said)
            return
        try:
            os.utime(self.path)
        except OSError:
            self._kept = None

    def remove(self) -> None:
        """Take the file away: the table is left. Never raises."""
        if self.said is not None:
            self.said = self._kept = None
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


def read_live(path: Path) -> Shown | None:
    """Return what a live file says; None if there is none, or if it makes no sense."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        said = json.loads(raw) if len(raw) <= MOST_BYTES else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.pop("format", None) != FORMAT or set(said) != set(Shown._fields):
        return None
    texts, counts = (said[name] for name in TEXTS), (said[name] for name in COUNTS)
    sound = (
        all(isinstance(text, str) and len(text) <= 64 for text in texts)
        and said["page"] in SHOWN
        and said["hold"] in HOLDS
        and all(type(count) is int and 0 <= count < 1 << 32 for count in counts)
        and all(said[name] is None or _is_time(said[name]) for name in CLOCK)
    )
    return Shown(**said) if sound else None


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def ends_in(left: float) -> float:
    """Return the time, in seconds since 1970, that is so many seconds away."""
    return round(time.time() + left, 2)
