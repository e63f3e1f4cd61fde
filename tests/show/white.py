"""The hands of a white cell at its console: rows found by what stands in them, and forms filled in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from tests.show.people import does
from tests.show.windows import Window
from wargame.words.en.pages.facilitate import LEAVE_TITLE

HOLD, RELEASE, ANSWER, LOOK_AT, END = "\x1bOR", "i", "a", "s", "\x11"
UP, LAST, BEGIN_ANEW, BACK, ENTER = "\x1b[A", "\x1b[F", "\x15", "\x1b", "\r"
FORM, LEFT = "End  to", "WHO IS IN"
"""What stands on a form, and on the console when it has been left."""
LOOKED = 3.0
"""Seconds that it looks at somebody's screen."""


class WhiteCell:
    """Somebody at the console in `window`. Each act raises `TimeoutError` if what should come does not."""

    def __init__(self, window: Window) -> None:
        self.window = window

    async def _does(self, *steps: tuple[str, str]) -> None:
        if not await does(self.window, *steps, seconds=30.0):
            raise TimeoutError("\n".join((f"after {steps}", *self.window.screen.display)))

    def _digit(self, label: str) -> str:
        """Return the digit of a row, which may have a box to mark and a badge before its name."""
        rows = "\n".join(self.window.screen.display)
        found = re.search(rf"(\d) (\[.\] )?([^\w\s]\w\w )?{re.escape(label)}(?!\w)", rows)
        if found is None:
            raise TimeoutError(f"no row {label!r}\n{rows}")
        return found[1]

    async def _opens(self, act: str) -> None:
        await self._does((self._digit(act), f"▸{self._digit(act)} {act}"), (ENTER, FORM))

    async def _types(self, label: str, text: str) -> None:
        await self._does((self._digit(label), ""), (ENTER, "keep it"), (BEGIN_ANEW, ""), (text, text[-12:]))
        await self._does((ENTER, FORM))

    async def _says(self, does_it: str) -> None:
        """Do what the form is for."""
        await self._does((LAST, ""), (ENTER, does_it))

    async def goes_back(self) -> None:
        """Leave what is open on the console."""
        for _ in range(4):
            if not self.window.shows(LEFT):
                self.window.type(BACK)
                await asyncio.sleep(1)

    async def leaves(self) -> None:
        """Leave the console, which asks first and is not in a hurry."""
        await self._does((END, LEAVE_TITLE))
        await asyncio.sleep(LOOKED)
        self.window.type(f"{UP}{ENTER}")

    async def hold(self) -> None:
        """Hold the table, or let it go."""
        await self._does((HOLD, ""))

    async def asks(self, question: str) -> None:
        """Ask all seats for odds."""
        await self._opens("poll…")
        await self._types("question", question)
        await self._says("all seats are asked")

    async def closes(self) -> None:
        """Close the poll."""
        await self._opens("poll…")
        await self._says("all read what the poll came to")

    async def writes(self, to: Sequence[str], text: str) -> None:
        """Write to seats by their names."""
        await self._opens("write to seats…")
        await self._does((self._digit("to"), ""), (ENTER, "[ ]"))
        for seat in to:
            await self._does((self._digit(seat), ""), (ENTER, "[x]"))
        await self._does((BACK, FORM))
        await self._types("text", text)
        await self._says("the message is sent")

    async def answers(self, text: str) -> None:
        """Answer what has been asked first."""
        await self._does((ANSWER, FORM))
        await self._types("text", text)
        await self._says("the message is sent")

    async def rewrites(self, text: str, reason: str) -> None:
        """Let the inject that comes next tell something else."""
        await self._opens("scheduled injects")
        await self._types("text", text)
        await self._types("reason (required)", reason)
        await self._says(LEFT)

    async def releases(self) -> None:
        """Let the inject that comes next come now."""
        await self._does((RELEASE, "done  "))

    async def looks_at(self, login: str) -> None:
        """Look at somebody's screen for a while."""
        await self._does((LOOK_AT, "WHOSE SCREEN"), ("", f" {login} "))
        await self._does((self._digit(login), ""), (ENTER, "YOU LOOK AT"))
        await asyncio.sleep(LOOKED)
        await self._does((BACK, LEFT))
