"""When the collector looks through all there is, which stops everybody: often and little, or in a silence.

What the screens of a room live on is put aside once all have come, so that the collector looks only through
what has come since, some tens of ms. After a long silence it looks through what was put aside as well.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Final, Literal

BY_ITSELF: Final = 1000
"""How many times as rare as usual the collector looks through all by itself: never, in an evening."""
ENOUGH, MOST = 10, 40
"""How often it has looked through what is new, each time after some thousands of new objects, before looking
through all that is not put aside is worth while; and before it is done although people type."""
QUIET: Final = 0.4
"""Seconds without a key from anybody after which it may."""
SETTLED: Final = 1.5
"""Seconds without a key after which, when people have come in since, what is there then is put aside."""
SILENT: Final = 30.0
"""Seconds without a key after which all is looked through: some of what was put aside is in use no more."""
LOOK: Final = 0.1

Due = Literal["nothing", "new", "aside", "all"]
"""What to do: look through what is new, put aside what is left of it, or look through all and then do so."""


def looks_at_the_new() -> int:
    """Return how often the collector has looked through what was new since it last looked through all."""
    return gc.get_count()[2]


class Leisure:
    """Collects at leisure.

    `heard` gives when somebody last typed, by the clock `steady`; `people` how many are in.
    """

    def __init__(
        self,
        heard: Callable[[], float],
        people: Callable[[], int],
        came: Callable[[], int] = looks_at_the_new,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._heard, self._people, self._came, self._steady = heard, people, came, steady
        self._known = 0  # for how many people things are put aside
        self._looked = False  # whether all has been looked through in this silence

    def due(self) -> Due:
        """Return what is to be done now."""
        came, silence = self._came(), self._steady() - self._heard()
        if silence < SILENT:
            self._looked = False
        elif not self._looked:
            return "all"
        if self._people() > self._known and silence >= SETTLED:
            return "aside"
        return "new" if came >= MOST or (came >= ENOUGH and silence >= QUIET) else "nothing"

    def collect(self, due: Due) -> None:
        """Do that."""
        if due == "nothing":
            return
        if due == "all":
            gc.unfreeze()
            self._looked = True
        gc.collect()
        if due != "new":
            gc.freeze()
            self._known = self._people()

    async def run(self) -> None:
        """Collect whenever it is due, until this is cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            self.collect(self.due())
