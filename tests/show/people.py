"""The people of a shown evening: teams that think as long as people are assumed to, and a white cell."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import NamedTuple

from tests.host.players import ORDERS, WATCH, Player, Terminal, face_down, page_of, round_of

READING, TALKING, ORDERING, CONFIRMING, ANSWERING, CHOOSING = (
    "reading",
    "talk",
    "orders",
    "confirm",
    "answers",
    "choice",
)
THINKS = {
    READING: (250.0, 420.0),
    TALKING: (120.0, 180.0),
    ORDERING: (60.0, 90.0),
    CONFIRMING: (8.0, 15.0),
    ANSWERING: (10.0, 20.0),
    CHOOSING: (20.0, 40.0),
}
"""From and to how many seconds a team thinks: what `docs/evening.md` assumes, and less for the quick."""
ORDER = tuple(THINKS)
FIRST_READING = 1.3 / 7
"""What there is to read before the first talk, of what there is after a round."""
PASSING = 8.0
"""Seconds to pass a keyboard on."""
READY = re.compile(r"READY (\d+ things? prepared)")
POLLED = "m  poll"
"""What the bottom line tells while a poll waits for an answer."""


class Letter(NamedTuple):
    """A message that `by` writes with its orders of a round. `to` are seats, "white" or "all"."""

    round: int
    by: str
    to: tuple[str, ...]
    text: str


class Thought(NamedTuple):
    """How long a team thought about something, in seconds of people."""

    what: str
    round: int
    seat: str
    seconds: float


def prepared(rows: Sequence[str]) -> str:
    """Return what a page says is prepared: the cards that lie face down, or how many things; "" for none."""
    ready = next((found[1] for row in rows if (found := READY.search(row))), "")
    return ready or face_down(rows)


class Team(Player):
    """A team at its own screen that thinks as people do, but `pace` times as fast."""

    def __init__(
        self,
        seat: str,
        seats: Sequence[str],
        comes: Callable[[], Awaitable[Terminal]],
        pace: float,
        seed: int,
    ) -> None:
        super().__init__(seat, comes, 0.1)
        self.seats = seats
        self.pace, self.random = pace, Random(f"{seed} {seat}")
        self.thoughts: list[Thought] = []
        self.letters: list[Letter] = []
        """What it still has to write."""
        self.polled = 0
        self.found: dict[int, str] = {}
        """What its first page said it had prepared, by how often it has come in."""
        self.thought: set[tuple[str, int]] = set()
        """What it has begun to think about, and in which round; in `done` it has come to an end with that."""
        self.done: set[tuple[str, int]] = set()
        self.recalls = False
        """Whether it is shown again what it has read, for the host is another one."""
        self._ordered = 0

    async def _step(self, client: Terminal) -> None:
        self.look()
        rows = client.screen.display
        page, _keys = page_of(rows)
        what = self._about(page, rows)
        if page in (ORDERS, WATCH) and self.came not in self.found:
            await asyncio.sleep(0.5)  # until all of the page is there
            if (found := prepared(client.screen.display)) or page == ORDERS:
                self.found[self.came] = found
        if page == ORDERS:
            self.recalls = False
            self._ordered = round_of(rows) or self._ordered
        round_ = self._ordered + (what in (READING, TALKING))
        if what and (what, round_) not in self.thought:
            self.thought.add((what, round_))
            stays = await self._thinks(client, what, round_, page)
            self.done.add((what, round_))
            if not stays:
                return
        if page == ORDERS and "your orders" in rows[0]:
            await self._writes(client, round_)
        await self._estimates(client)
        await super()._step(client)

    def _about(self, page: str, rows: list[str]) -> str:
        """What there is to think about on a page; nothing where one only goes on."""
        told = page == "news" and "all may look" in rows[0] and not re.search("▸(orders|answers)", rows[0])
        if page == "first" or told:
            return "" if self.recalls else READING
        if page == "talk":
            return TALKING
        if page == "choice":
            return CHOOSING
        if page == ORDERS:
            begun = (ORDERING, round_of(rows)) in self.thought
            confirms = begun and any("YOUR TURN" in row for row in rows)
            return ANSWERING if "your answers" in rows[0] else CONFIRMING if confirms else ORDERING
        return ""

    async def _thinks(self, client: Terminal, what: str, round_: int, page: str) -> bool:
        """Think; return whether the page is still there afterwards."""
        least, most = THINKS[what]
        first = FIRST_READING if (what, round_) == (READING, 1) else 1
        seconds = self.random.uniform(least, most) * first
        self.thoughts.append(Thought(what, round_, self.seat, seconds))
        until = asyncio.get_running_loop().time() + seconds / self.pace
        while (left := until - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(min(left, 0.3))
            await self._estimates(client)
            if client.closed.is_set() or page_of(client.screen.display)[0] not in (page, ""):
                return False
        return True

    async def _writes(self, client: Terminal, round_: int) -> None:
        """Write what it wants to write by this round."""
        while self.letters and self.letters[0].round <= round_:
            letter = self.letters[0]
            others = [seat for seat in self.seats if seat != self.seat]
            digits = [str([*others, "white", "all"].index(one) + 1) for one in letter.to]
            chosen = [(digit + " ", f"{digit} ✓") for digit in digits] if len(digits) > 1 else []
            steps = [*chosen, (digits[-1], ""), ("\r", "leave it"), (letter.text, letter.text[-12:])]
            sent = await does(
                client, ("m", "TO WHOM"), *steps, ("\r", letter.text[:20]), ("\x1b", "your orders")
            )
            if not sent:
                return
            del self.letters[0]

    async def _estimates(self, client: Terminal) -> None:
        """Say how likely it holds what the white cell asks, if that waits for an answer."""
        if not any(POLLED in row for row in client.screen.display[-2:]):
            return
        percent = str(self.random.randrange(15, 70, 5))
        said = await does(
            client, ("m", "TO WHOM"), ("\x1b[H", "▸    answer"), ("\r", "▣ the white cell asks"),
            (percent, "leave it"), ("\r", f"you have said {percent} %"),
            ("\x1b", "TO WHOM"),
        )  # fmt: skip
        client.type("\x1b")
        await asyncio.sleep(1)
        self.polled += said


async def does(client: Terminal, *steps: tuple[str, str], seconds: float = 10.0) -> bool:
    """Type keys, and wait each time until what should come stands there; False if it does not come."""
    for keys, comes in steps:
        client.type(keys)
        await asyncio.sleep(0.4)
        until = asyncio.get_running_loop().time() + seconds
        while not any(comes in row for row in client.screen.display):
            if client.closed.is_set() or asyncio.get_running_loop().time() > until:
                return False
            await asyncio.sleep(0.1)
    return True


Minutes = dict[str, dict[int, float]]
"""Phase → round → minutes. What is read at the end counts to the last round."""
READ_AND_TALKED, ASKED = "reading and talk", "news"


def at_one_keyboard(thoughts: Sequence[Thought], rounds: int) -> Minutes:
    """Return the minutes that this thinking takes where one keyboard is passed on.

    What all may see is read by all at once, and so is the talk; each turn is thought about when it has come.
    """
    spent: Minutes = {}
    for (what, round_), took in _grouped(thoughts).items():
        alone = sum(took) + PASSING * len(took)
        if what in (READING, TALKING):
            _add(spent, READ_AND_TALKED, min(round_, rounds), max(took))
        elif what != CONFIRMING:
            _add(spent, ASKED if what == CHOOSING else what, min(round_, rounds), alone)
    return spent


def at_once(thoughts: Sequence[Thought], rounds: int) -> Minutes:
    """Return the minutes of this thinking where all think at once: those of the slowest, and to confirm."""
    spent: Minutes = {}
    for (what, round_), took in _grouped(thoughts).items():
        if what in (READING, TALKING):
            _add(spent, READ_AND_TALKED, min(round_, rounds), max(took))
        elif what == CONFIRMING:
            _add(spent, ORDERING, min(round_, rounds), sum(took))
        else:
            _add(spent, ASKED if what == CHOOSING else what, min(round_, rounds), max(took))
    return spent


def _grouped(thoughts: Sequence[Thought]) -> dict[tuple[str, int], list[float]]:
    """Return (what, round) → the seconds of all who thought about it, in order."""
    groups: dict[tuple[str, int], list[float]] = {}
    for one in sorted(thoughts, key=lambda one: (one.round, ORDER.index(one.what))):
        groups.setdefault((one.what, one.round), []).append(one.seconds)
    return groups


def _add(spent: Minutes, phase: str, round_: int, seconds: float) -> None:
    of = spent.setdefault(phase, {})
    of[round_] = of.get(round_, 0.0) + seconds / 60
