"""What a full room costs: two people at each of six seats, a wall and a white cell, over ssh on loopback.

`python -m tests.bench.host` prints, each beside its budget: from a key to the first byte that answers it,
memory, the processor's time while nobody does anything, and how long the host's event loop kept everybody
waiting. First at rest, then in an evening in which one person of each team leads their seat through pages and
turns while the others press keys
that change something on their page. The host is a process of its own; it says where people are.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh

from wargame.host.serve import Host, Opening, serve
from wargame.tui import Start

SIZE = (120, 40)
PATIENCE = 1.0
"""Seconds after which a key has changed nothing on a screen."""
SETTLES = 5.0
"""Seconds after which a host has done all that it puts off until nobody types."""
QUIET = 0.6
"""Seconds without a byte after which a screen is at rest."""
PULSE, AT_REST = 0.01, 0.25
"""Seconds between two looks at whether the loop runs; and while it is measured what doing nothing costs."""
STOOD = 0.5
"""Seconds that a page has stood before somebody presses a key on it: one that has just come hears none."""
TOLD = 0.1
"""Seconds between two words of where everybody is."""
LEAST = 1.0
"""Seconds that a turn takes at least in this evening; in a real one people need some more."""

POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""What the pointer of the mouse is to look like: it comes before the answer to a key, and nobody sees it."""
LISTS = ("choice", "orders", "answers", "console")
"""Pages with rows."""
LEADS_ON = {
    "news": "s\r", "talk": "\r ", "meeting": "\x1b", "briefing": "\x1b", "choice": "1\r",
    "orders": "1\r2\re\r", "answers": "e\r", "handover": " ", "time_up": "\r",
}  # fmt: skip
"""What leads on from each page."""


# --- the host, in a process of its own ------------------------------------------------------------------


async def pulse(gaps: list[tuple[float, float, float]], at_rest: Path) -> None:
    """Note when the loop comes back, how many ms too late, and how many of them it was at work."""
    before, worked = time.monotonic(), time.thread_time()
    while True:
        wait = AT_REST if at_rest.exists() else PULSE
        await asyncio.sleep(wait)
        now, work = time.monotonic(), time.thread_time()
        gaps.append((now, (now - before - wait) * 1000, (work - worked) * 1000))
        before, worked = now, work


async def tell(host: Host, places: Path) -> None:
    """Say where everybody is, and since when, whenever it is elsewhere."""
    said = ""
    since: dict[str, tuple[str, float]] = {}
    while True:
        state = host.table.game.state
        for guest in host.room.guests:
            if since.get(guest.name, ("", 0.0))[0] != guest.app.session.state:
                since[guest.name] = guest.app.session.state, time.monotonic()
        now = json.dumps({"round": state.round, "phase": state.phase, "where": since})
        if now != said:
            said = now
            whole = places.with_suffix(".new")
            whole.write_text(now)
            whole.replace(places)
        await asyncio.sleep(TOLD)


def hold(folder: Path) -> None:
    """Hold a table for six people's seats; at the end write how the loop fared."""
    gaps: list[tuple[float, float, float]] = []
    tasks: list[asyncio.Task[None]] = []

    def told(host: Host) -> None:
        assert host.door is not None
        host.course.least = LEAST
        tasks.append(asyncio.create_task(pulse(gaps, folder / "at_rest")))
        tasks.append(asyncio.create_task(tell(host, folder / "places")))
        print(json.dumps({"port": host.door.port, "phrases": host.fresh}), flush=True)

    serve(Start("exercise", saves=folder, seed=7, rounds=2), Opening(port=0), told)
    (folder / "gaps").write_text(json.dumps(gaps))


# --- its visitors -----------------------------------------------------------------------------------------


class Screen:
    """One client. `heard` is when something came last."""

    def __init__(self, name: str, process: Any) -> None:
        self.name, self.process = name, process
        self.heard = time.perf_counter()
        self.bytes = 0
        self._woken = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while data := await self.process.stdout.read(1 << 16):
            self.heard = time.perf_counter()
            self.bytes += len(data)
            if POINTER.sub(b"", data):
                self._woken.set()

    async def rests(self, most: float = 20.0) -> None:
        """Wait until nothing has come for a while."""
        began = time.perf_counter()
        while time.perf_counter() - self.heard < QUIET and time.perf_counter() - began < most:
            await asyncio.sleep(0.05)

    def type(self, keys: str) -> None:
        self.process.stdin.write(keys.encode())

    async def key(self, key: str) -> float:
        """Return the ms from a key to the first byte that is seen after it; inf if none is."""
        self._woken.clear()
        began = time.perf_counter()
        self.type(key)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._woken.wait()
        except TimeoutError:
            return float("inf")
        return (time.perf_counter() - began) * 1000


async def comes(port: int, login: str, who: str, phrase: str) -> Screen:
    name = f"{login}.{who}"
    connection = await asyncssh.connect(
        "127.0.0.1", port, username=name, password=phrase, known_hosts=None, client_keys=None, config=None
    )
    process = await connection.create_process(term_type="xterm-256color", term_size=SIZE, encoding=None)
    return Screen(name, process)


def ticks(pid: int) -> float:
    """Return the processor's seconds that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Return the MB that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def row(what: str, value: str, budget: str = "") -> None:
    print(f"{what:<40}{value:<44}{budget}", flush=True)


def told_of(numbers: Sequence[float], unit: str = "ms") -> str:
    """Return the median, the 95th and 99th of a hundred, and the worst."""
    if not numbers:
        return "none"
    found = sorted(numbers)
    parts = (found[min(int(len(found) * part), len(found) - 1)] for part in (0.95, 0.99))
    return " / ".join(f"{one:.1f}" for one in (statistics.median(found), *parts, found[-1])) + f" {unit}"


class Evening:
    """The clients of one host, and where it says that they are."""

    def __init__(self, screens: Sequence[Screen], places: Path) -> None:
        self.screens, self._places = screens, places
        self.leaders = [one for one in screens if one.name.endswith(".one") and one.name[0] != "w"]
        self.others = [one for one in screens if one.name.endswith(".two")]

    def told(self) -> dict[str, Any]:
        """Return what the host has said last of its table."""
        found: dict[str, Any] = json.loads(self._places.read_text())
        return found

    def where(self) -> dict[str, str]:
        """Return the page on which each screen is."""
        return {name: state for name, (state, _since) in self.told()["where"].items()}

    def stands(self, screen: Screen) -> str:
        """Return the page on which a screen has been for a while; "" if it has just come to another."""
        state, since = self.told()["where"].get(screen.name, ("", math.inf))
        return state if time.monotonic() - since > STOOD else ""

    async def lead(self, screen: Screen) -> None:
        """Lead a seat through pages and turns, for as long as this is let."""
        while True:
            state = self.where().get(screen.name, "")
            for key in LEADS_ON.get(state, ""):
                if self.where().get(screen.name) == state:
                    screen.type(key)
                    await asyncio.sleep(0.15)
            await asyncio.sleep(0.2)

    async def to_a_list(self) -> None:
        """Lead everybody over the first pages to one with rows, on which arrows do something."""
        for _ in range(40):
            where = self.where()
            waits = [one for one in self.screens if where.get(one.name) in ("news", "meeting", "briefing")]
            if not waits:
                return
            for one in waits:
                for key in LEADS_ON[where[one.name]]:
                    one.type(key)
                    await asyncio.sleep(0.1)
            await asyncio.sleep(0.5)


class Keys:
    """The ms from a key to the first byte: arrows on a list, and the log that is opened or left elsewhere."""

    def __init__(self) -> None:
        self.arrows: list[float] = []
        self.pages: list[float] = []

    async def press(self, evening: Evening, screens: Sequence[Screen], until: float, pause: float) -> None:
        """Press a key here and there until that time; it counts if its page was there before and after."""
        nth, logs = 0, dict[Screen, str]()  # on which page of a screen the log lies
        while time.perf_counter() < until:
            for screen in screens:
                await asyncio.sleep(pause)
                state = evening.stands(screen)
                if not state:
                    continue
                if state in LISTS:
                    waits, wait = self.arrows, await screen.key("\x1b[B" if nth % 2 == 0 else "\x1b[A")
                else:
                    lies = logs.pop(screen, "") == state
                    waits, wait = self.pages, await screen.key("\x1b" if lies else "l")
                    if not lies:
                        logs[screen] = state
                if evening.where().get(screen.name) == state:
                    waits.append(wait)
            nth += 1
        for screen, state in logs.items():
            if evening.where().get(screen.name) == state:
                await screen.key("\x1b")

    def say(self, when: str) -> None:
        for what, waits in (("arrows", self.arrows), ("log opened or left", self.pages)):
            answered = [wait for wait in waits if wait < float("inf")]
            row(f"{what}, {when}", told_of(answered), "median 50, worst 150 ms")
            row("  answered", f"{len(answered)} of {len(waits)}")


@contextmanager
def window(name: str, windows: dict[str, tuple[float, float]]) -> Iterator[None]:
    began = time.monotonic()
    yield
    windows[name] = began, time.monotonic()


async def measured(
    port: int, phrases: dict[str, str], pid: int, given: argparse.Namespace, folder: Path
) -> dict[str, tuple[float, float]]:
    windows: dict[str, tuple[float, float]] = {}
    row("host alone", f"{memory(pid):.0f} MB")
    screens = []
    with window("coming in", windows):
        for login, phrase in phrases.items():
            for who in ("one", "two")[: 1 if login in ("wall", "white") else 2]:
                screens.append(await comes(port, login, who, phrase))
        for screen in screens:
            await screen.rests()
    evening = Evening(screens, folder / "places")
    await evening.to_a_list()
    for screen in screens:
        await screen.rests()
    pages = ", ".join(f"{count} {state}" for state, count in Counter(evening.where().values()).items())
    row(f"{len(screens)} sessions", f"{memory(pid):.0f} MB", "under 500 MB")
    row("on these pages", pages)
    await asyncio.sleep(SETTLES)
    with window("idle", windows):
        before, began = ticks(pid), time.perf_counter()
        (folder / "at_rest").touch()
        await asyncio.sleep(given.idle)
        (folder / "at_rest").unlink()
        share = (ticks(pid) - before) / (time.perf_counter() - began)
    row("idle, of a core", f"{share:.1%}", "under 3 %")
    with window("keys", windows):
        keyed = [one for one in screens if not one.name.startswith("wall")]
        pressed = Keys()
        await pressed.press(evening, keyed, time.perf_counter() + given.keys, 0.02)
    pressed.say("at rest")
    with window("evening", windows):
        leading = [asyncio.create_task(evening.lead(one)) for one in evening.leaders]
        before, began = ticks(pid), time.perf_counter()
        pressed = Keys()
        await pressed.press(evening, evening.others, time.perf_counter() + given.evening, 0.3)
        share = (ticks(pid) - before) / (time.perf_counter() - began)
        for task in leading:
            task.cancel()
    row("then the table is at", f"round {evening.told()['round']}, {evening.told()['phase']}")
    pressed.say("in the evening")
    row("busy in the evening, of a core", f"{share:.0%}")
    row("memory after it", f"{memory(pid):.0f} MB", "under 500 MB")
    return windows


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--keys", type=float, default=10.0, help="seconds of keys at rest")
    asked.add_argument("--idle", type=float, default=10.0, help="seconds of doing nothing")
    asked.add_argument("--evening", type=float, default=60.0, help="seconds of play")
    asked.add_argument("--hold", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.hold is not None:
        hold(given.hold)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "tests.bench.host", "--hold", name]
        environment = os.environ | {"XDG_DATA_HOME": name, "XDG_CONFIG_HOME": name}
        host = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert host.stdout is not None
        row("", "median / 95 of 100 / 99 of 100 / worst", "budget")
        try:
            opened = json.loads(host.stdout.readline())
            windows = asyncio.run(measured(opened["port"], opened["phrases"], host.pid, given, folder))
        finally:
            host.terminate()
            host.wait(60)
        gaps = json.loads((folder / "gaps").read_text())
        for what, (began, ended) in windows.items():
            late = [(gap, work) for at, gap, work in gaps if began <= at <= ended]
            row(f"loop late, {what}", told_of([gap for gap, _work in late]))
            row("  at work at a stretch", told_of([work for _gap, work in late]), "worst under 50 ms")


if __name__ == "__main__":
    main()
