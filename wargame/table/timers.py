"""How long people have played, how long one may take, and a countdown that the same clock drives.

Nothing here runs by itself. A screen starts the countdown when a person takes the seat, looks at it as often
as it likes, and calls `Table.time_up` when it stands at `UP`. Off unless limits are set. Time is never read
off a calendar: whoever sets the computer's clock back or sleeps over a game changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

TIMER = "timer"
"""Who made a move when a person's time was up."""

OFF, RUNNING, WARNING, PAUSED, UP = "off", "running", "warning", "paused", "up"


class Limit(NamedTuple):
    """Seconds for one turn or decision, and how many before its end the warning comes (0: none)."""

    seconds: int
    warning: int = 0


class PlayClock:
    """Seconds of play in this sitting: steady, and standing still while anybody holds it.

    `steady` gives seconds that never run backwards.
    """

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self.steady = steady
        self._played = 0.0  # up to `_since`
        self._since: float | None = steady()  # None while it stands still
        self._holding: set[str] = set()

    def hold(self, who: str) -> None:
        """Let it stand still until `who` lets go; holding twice changes nothing."""
        self._played, self._since = self(), None
        self._holding.add(who)

    def let_go(self, who: str) -> None:
        """Let it run on, unless somebody else holds it."""
        self._holding.discard(who)
        if not self._holding and self._since is None:
            self._since = self.steady()

    @property
    def stands(self) -> bool:
        """Return whether anybody holds it."""
        return self._since is None

    def __call__(self) -> float:
        return self._played + (0.0 if self._since is None else self.steady() - self._since)


class Timers:
    """The limits by phase, and the countdown of the turn under way.

    `clock` gives seconds that never run backwards.
    """

    def __init__(
        self, limits: Mapping[str, Limit] | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limits = dict(limits or {})
        self.clock = clock
        self._left: float | None = None  # of the countdown, when it was last let go
        self._since: float | None = None  # when that was; None while it stands still
        self._warning = 0
        self.whole = 0.0
        """Seconds that the turn under way has in all, with those that were added; 0 without a countdown."""
        self.phase = ""
        """What the countdown is for, running or not."""

    def limit(self, phase: str) -> Limit | None:
        """Return the limit of a phase, or None if it has none."""
        return self.limits.get(phase)

    def start(self, phase: str) -> None:
        """Begin the countdown of a turn in that phase; without a limit there is none."""
        limit, self.phase = self.limit(phase), phase
        self.whole = float(limit.seconds) if limit else 0.0
        self._left = self.whole if limit else None
        self._warning = limit.warning if limit else 0
        self._since = self.clock() if limit else None

    def take_up(self, phase: str, left: float) -> None:
        """Take up the countdown of a turn that was begun before; it stands still until `go_on`."""
        self.start(phase)
        self._left, self._since = None if self._left is None else left, None
        self.whole = max(self.whole, left) if self._left is not None else 0.0

    def stop(self) -> None:
        """End the turn: no countdown until the next start."""
        self._left = self._since = None

    def pause(self) -> None:
        """Let it stand still."""
        self._left, self._since = self.left, None

    def go_on(self) -> None:
        """Let it run on from where it stood."""
        if self._left is not None and self._since is None:
            self._since = self.clock()

    def add(self, seconds: int) -> None:
        """Give this turn more time, or less; it never falls below nothing."""
        if self._left is not None:
            left = self.left
            assert left is not None
            self._left = max(left + seconds, 0.0)
            self.whole += self._left - left
            self._since = None if self._since is None else self.clock()

    @property
    def left(self) -> float | None:
        """Seconds until the time is up, at least 0; None without a countdown."""
        if self._left is None or self._since is None:
            return self._left
        return max(self._left - (self.clock() - self._since), 0.0)

    @property
    def status(self) -> str:
        """`OFF`, `RUNNING`, `WARNING`, `PAUSED` or `UP`."""
        left = self.left
        if left is None:
            return OFF
        if left == 0:
            return UP
        if self._since is None:
            return PAUSED
        return WARNING if left <= self._warning else RUNNING
