"""Who comes first where many have screens in one process: whoever waits for the answer to a key.

When a phase turns, everybody's next page is due at once. Made side by side each would stand only when all do,
and whoever pressed a key in that second would wait for all of them. So pages are made one at a time, but at
once for people who have pressed something, and nobody paints while somebody else waits for an answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

LONGEST: Final = 0.3
"""Seconds for which a page is waited for, and for which at most somebody gives way to keys of others.

What takes longer may be of somebody who has gone.
"""
ANSWERED: Final = 0.1
"""Seconds after which a key on a page that stands has changed nothing."""
LOOK: Final = 0.005
"""Seconds between two looks at whether others still wait for an answer."""


class Precedence:
    """Knows who is just being made a page, and who waits for an answer to a key.

    `steady` gives seconds that never run backwards.
    """

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._making: dict[object, float] = {}
        self._due: dict[object, asyncio.Future[None]] = {}
        self._pressed: dict[object, float] = {}
        self._gives_way: dict[object, float] = {}

    # --- pages -------------------------------------------------------------------------------------------

    def begins(self, whose: object) -> None:
        """A page of theirs is being made from now on, in turn or because they have pressed a key."""
        self._making[whose] = self._steady()

    def stands(self, whose: object) -> None:
        """Their page has been painted."""
        if self._making.pop(whose, None) is not None:
            self.answered(whose)
            self._call_next()

    async def comes(self, whose: object) -> None:
        """Wait until no page is being made, and begin theirs: of those who have pressed a key first.

        What was being made for them is not wanted any more.
        """
        self._making.pop(whose, None)
        turn = self._due[whose] = asyncio.get_running_loop().create_future()
        try:
            self._call_next()
            while not turn.done():
                await asyncio.wait({turn}, timeout=self._wait())
                self._call_next()
        finally:
            if self._due.get(whose) is turn:  # they are not called, but have gone
                del self._due[whose]

    def _call_next(self) -> None:
        """Let the next page begin that is due, if it waits for none that is being made.

        That of somebody who has pressed a key waits only for those of others who have.
        """
        pressed = [whose for whose in self._due if whose in self._pressed]
        if self._due and (self._wait() <= 0 or (pressed and self._pressed.keys().isdisjoint(self._making))):
            whose = [*pressed, *self._due][0]
            self.begins(whose)
            self._due.pop(whose).set_result(None)

    def _wait(self) -> float:
        """Return for how many seconds the newest page may still be waited for."""
        return max(self._making.values(), default=-LONGEST) + LONGEST - self._steady()

    @property
    def still(self) -> bool:
        """Whether no page is due or being made, and nobody has pressed a key just now."""
        since = self._steady() - max(self._pressed.values(), default=-LONGEST)
        return not self._due and self._wait() <= 0 and since >= LONGEST

    # --- keys --------------------------------------------------------------------------------------------

    def presses(self, whose: object) -> None:
        """They have pressed a key, and wait for what it does; more of them count if that was a while ago."""
        now = self._steady()
        if now - self._pressed.get(whose, -2 * ANSWERED) >= 2 * ANSWERED:
            self._pressed[whose] = now
            self._call_next()

    def answered(self, whose: object) -> None:
        """Something has been painted for them. What they wait for where a page is due is that page."""
        if not self._comes(whose):
            self._pressed.pop(whose, None)

    def goes(self, whose: object) -> None:
        """They have gone, and wait for nothing."""
        self.stands(whose)
        self._pressed.pop(whose, None)
        self._gives_way.pop(whose, None)

    def gives_way(self, whose: object) -> bool:
        """Return whether they paint nothing now: somebody else waits for an answer, and they do not.

        They give way for `LONGEST` seconds at most, then paint once in any case.
        """
        now = self._steady()
        waits = any(self._waits(one, now - then) for one, then in self._pressed.items() if one is not whose)
        if not waits or whose in self._pressed or now - self._gives_way.setdefault(whose, now) >= LONGEST:
            self._gives_way.pop(whose, None)
            return False
        return True

    def _waits(self, whose: object, seconds: float) -> bool:
        """Return whether a key that was pressed so long ago may still be answered."""
        return seconds < (LONGEST if self._comes(whose) else ANSWERED)

    def _comes(self, whose: object) -> bool:
        """Return whether a page of theirs is being made or is due."""
        return whose in self._making or whose in self._due

    async def let_others(self, whose: object) -> None:
        """Wait as long as they give way, and let everybody have a turn in any case."""
        await asyncio.sleep(0)
        while self.gives_way(whose):
            await asyncio.sleep(LOOK)
