"""Which page is made next where many have screens in one process: one at a time, and first what a key opens.

When a phase turns, everybody's next page is due at once. Made side by side each would stand only when all do,
and whoever opened the log in that second would wait for all of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

LONGEST: Final = 0.3
"""Seconds for which a page is waited for; one that takes longer may be of somebody who has gone."""


class PageQueue:
    """Knows who is just being made a page. `steady` gives seconds that never run backwards."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._making: dict[object, float] = {}
        self._stood = asyncio.Event()

    def begins(self, whose: object) -> None:
        """A page of theirs is being made from now on, in turn or because they have pressed a key."""
        self._making[whose] = self._steady()

    def stands(self, whose: object) -> None:
        """Their page has been painted, or they have gone."""
        if self._making.pop(whose, None) is not None:
            self._stood.set()

    async def comes(self, whose: object) -> None:
        """Wait until no page is being made, and begin theirs. Who waited first comes first.

        What was being made for them is not wanted any more.
        """
        self.stands(whose)
        while (wait := self._wait()) > 0:
            self._stood.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stood.wait(), wait)
        self.begins(whose)

    def _wait(self) -> float:
        """Return for how many seconds the newest page may still be waited for."""
        return max(self._making.values(), default=-LONGEST) + LONGEST - self._steady()
