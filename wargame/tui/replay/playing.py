"""A replay that goes on by itself, at a speed that can be changed."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from wargame.tui.kit.guard import GuardedScreen
from wargame.words.pages import replay as say

SPEEDS = (0.5, 1, 2, 4, 8)
"""Moves a second."""


class Playing:
    """Calls `step` so many times a second while it is on and its screen in front."""

    def __init__(self, screen: GuardedScreen[None], step: Callable[[], None]) -> None:
        self._screen, self._step = screen, step
        self._timer: Timer | None = None
        self._nth = 1

    @property
    def on(self) -> bool:
        return self._timer is not None

    @property
    def speed(self) -> str:
        """Moves a second, as they are told."""
        return f"{SPEEDS[self._nth]:g}"

    def start(self) -> None:
        self._timer = self._screen.every(1 / SPEEDS[self._nth], self._step, name="replay")

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def pace(self, by: int) -> str:
        """Go on faster or more slowly, and return how fast in words."""
        self._nth = min(max(self._nth + by, 0), len(SPEEDS) - 1)
        if self.on:
            self.stop()
            self.start()
        return say.ONE_A_SECOND if SPEEDS[self._nth] == 1 else say.speed(self.speed)
