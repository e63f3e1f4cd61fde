"""When the collector looks through all there is: in a silence, for it stops everybody for half a second.

A page that is left goes without it (`wargame.tui.terminal.loose`). What it finds besides is little, and can
wait.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Final

BY_ITSELF: Final = 1000
"""How many times as rare as usual the collector looks through all by itself: never, in an evening."""
ENOUGH, MOST = 100, 4000
"""How often it has looked through the newest, each time after some thousands of new objects, before looking
through all is worth while; and before no long silence is waited for. Of the latter some 150 MB are left."""
SILENT, QUIET = 5.0, 0.4
"""Seconds without a key from anybody that are long, and that are waited for in any case."""
LOOK: Final = 0.1


def looks_at_the_newest() -> int:
    """Return how often the collector has looked through the newest since it last looked through all."""
    return gc.get_count()[2]


class Leisure:
    """Collects at leisure. `heard` gives when somebody last typed, by the clock `steady`."""

    def __init__(
        self,
        heard: Callable[[], float],
        came: Callable[[], int] = looks_at_the_newest,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._heard, self._came, self._steady = heard, came, steady

    @property
    def due(self) -> bool:
        """Return whether all is to be looked through now."""
        came, silence = self._came(), self._steady() - self._heard()
        return (came >= ENOUGH and silence >= SILENT) or (came >= MOST and silence >= QUIET)

    async def run(self) -> None:
        """Collect whenever it is due, until this is cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            if self.due:
                gc.collect()
