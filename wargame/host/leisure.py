"""When the collector looks through all there is: that stops everybody for a while, so when nobody types."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Final

BY_ITSELF: Final = 1000
"""How many times as rare as usual the collector looks through all by itself: never, in an evening."""
QUIET: Final = 1.5
"""Seconds without a key from anybody in which it may."""
ENOUGH, MOST = 20, 150
"""How often it has looked through what is new, each time after some thousands of new objects, before looking
through all is worth while; and before it is done although people type."""
LOOK: Final = 0.5


def looks_at_the_new() -> int:
    """Return how often the collector has looked through what was new since it last looked through all."""
    return gc.get_count()[2]


class Leisure:
    """Collects at leisure. `heard` gives when somebody last typed, by the clock `steady`."""

    def __init__(
        self,
        heard: Callable[[], float],
        came: Callable[[], int] = looks_at_the_new,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._heard, self._came, self._steady = heard, came, steady

    @property
    def is_due(self) -> bool:
        """Return whether to look through all now."""
        came = self._came()
        return came >= MOST or (came >= ENOUGH and self._steady() - self._heard() >= QUIET)

    async def run(self) -> None:
        """Collect whenever it is due, until this is cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            if self.is_due:
                gc.collect()
