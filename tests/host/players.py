"""People who know nothing but what stands on their screen, and type what leads on, with a card each round."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import asyncssh
import pyte

FINAL, ORDERS, WATCH = "final", "orders", "watch"
PAGES: tuple[tuple[str, str, str], ...] = (
    (FINAL, r"The end\.", ""),
    ("hidden", r"Space  show it again", " "),
    ("writing", r"Esc  leave it|per cent|type it|keep it|Enter  (write|send|answer)  ", "\x1b"),
    ("talk", r"Esc  talk on", " "),
    ("talk", r"end the talk", "\r"),
    ("first", r"to your orders|to the news", "\r"),
    ("news", r"s  skip to", "s"),
    ("sure", r"keep playing", "\r"),
    (ORDERS, r"e  end turn", "e"),
    ("choice", r"Enter  choose", "\r"),
    ("choice", r"1–9  look", "1"),
    ("paused", r"Esc  go on", "\x1b"),
    (WATCH, r"Tab  pages|change what you have prepared", ""),
    ("news", r"Enter  ", "\r"),
    ("other", r"Esc  ", "\x1b"),
)
"""The bottom line of each page at 120×40, and what leads on from it."""
TRIES = 8
"""Times that a card is tried to be laid: a page hears nothing at first, and a bad line loses some."""
NO_LONGER = "can't be done any more"


def page_of(rows: Sequence[str]) -> tuple[str, str]:
    """Return which page it is, and the keys that lead on from it; "" for none that is known."""
    foot = next((row for row in reversed(rows) if row.strip()), "")
    return next(((page, keys) for page, sign, keys in PAGES if re.search(sign, foot)), ("", ""))


def round_of(rows: Sequence[str]) -> int:
    """Return the round that the first line tells; 0 for none."""
    found = re.search(r"round (\d+) of", rows[0])
    return int(found[1]) if found else 0


def face_down(rows: Sequence[str]) -> str:
    """Return what lies face down on a page of orders, as its box tells it; "" for nothing."""
    head = next((at for at, row in enumerate(rows) if "FACE DOWN" in row), None)
    if head is None:
        return ""
    left, right = rows[head].rfind("╭", 0, rows[head].index("FACE DOWN")), rows[head].rfind("╮")
    told = []
    for row in rows[head + 1 :]:
        if row[left : left + 1] != "│":
            break
        inner = row[left + 1 : right].strip()
        if "╳" not in inner and "▒" not in inner:
            told.append(inner)
    return " ".join(" ".join(told).split())


class Terminal(Protocol):
    """What somebody looks at and types at. `sent` is all that came, `closed` set when the line has gone."""

    screen: pyte.Screen
    sent: bytearray
    closed: asyncio.Event

    def type(self, keys: str) -> None: ...


class Player:
    """Somebody at a seat, who comes in by `comes` and again whenever the line has dropped.

    `laid` is what their screen has shown face down, by round; in the rounds of `dropped` it has told that
    something prepared can't be done any more. `words` are lines of their own that their screen has shown.
    """

    def __init__(self, seat: str, comes: Callable[[], Awaitable[Terminal]], pause: float = 0.12) -> None:
        self.seat, self.comes, self.pause = seat, comes, pause
        self.client: Terminal | None = None
        self.laid: dict[int, str] = {}
        self.dropped: set[int] = set()
        self.came = 0
        self.over = False
        self._tried: Counter[int] = Counter()

    async def plays(self) -> None:
        """Play to the end of the game."""
        while not self.over:
            if self.client is None or self.client.closed.is_set():
                try:
                    self.client = await self.comes()
                    self.came += 1
                except (OSError, asyncssh.Error):
                    await asyncio.sleep(0.2)
                    continue
            await self._step(self.client)

    def look(self) -> None:
        """Take note of what the screen shows."""
        if self.client is None or self.over:
            return
        rows = self.client.screen.display
        page, _keys = page_of(rows)
        self.over = page == FINAL
        if page in (ORDERS, "sure") and (round_ := round_of(rows)):
            shown = face_down(rows)
            if len(shown) > len(self.laid.get(round_, "")):
                self.laid[round_] = shown
            if any(NO_LONGER in row for row in rows):
                self.dropped.add(round_)

    async def _step(self, client: Terminal) -> None:
        self.look()
        rows = client.screen.display
        page, keys = page_of(rows)
        if page == ORDERS and "your orders" in rows[0] and not face_down(rows):
            round_ = round_of(rows)
            self._tried[round_] += 1
            keys = "1\r" if self._tried[round_] <= TRIES else keys
        for key in keys:
            client.type(key)
            await self._wait(client)
            self.look()
        if not keys:
            await self._wait(client)

    async def _wait(self, client: Terminal) -> None:
        """Wait until something has come, and a moment more; not for long."""
        before = len(client.sent)
        for _ in range(5):
            await asyncio.sleep(self.pause)
            if len(client.sent) != before or client.closed.is_set():
                break
        await asyncio.sleep(self.pause / 2)
