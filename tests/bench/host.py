"""What a full room costs: two people at each of six seats, a wall and a white cell, over ssh on loopback.

`python -m tests.bench.host` prints, each beside its budget: from a key to the first byte that answers it,
memory, the processor's time while nobody does anything, and how long the host's event loop kept everybody
waiting. First at rest, then in an evening: one person of each team leads their seat through pages and turns,
the others look at lists and at the log, each by themselves. They read a page some seconds and press a key
about each second; `--rush` lets those who lead do so without ever pausing, which no person does.

The host is a process of its own that says where people are. All clients are in this one, on the other of two
cores; what they take of it is said too.
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
from random import Random
from typing import Any, NamedTuple

import asyncssh
from textual.widget import Widget
from textual.widgets import OptionList

from wargame.host.room import Guest
from wargame.host.serve import Host, Opening, serve
from wargame.tui import Start

SIZE = (120, 40)
PATIENCE = 1.0
"""Seconds after which a key has changed nothing on a screen."""
SETTLES = 7.0
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
DOWN, UP, LOG, BACK = "\x1b[B", "\x1b[A", "l", "\x1b"
LOOKED = (DOWN, DOWN, UP, DOWN)
"""Arrows that somebody presses on one page."""
TELLS = ("news", "talk", "choice", "orders", "answers")
"""Pages that the log is laid over."""
LEADS_ON = {
    "news": "s\r", "talk": "\r ", "meeting": BACK, "briefing": BACK, "choice": "1\r",
    "orders": "1\r2\re\r", "answers": "e\r", "handover": " ", "time_up": "\r", "paused": BACK,
}  # fmt: skip
"""What leads on from each page."""
READS_ON = {
    state: keys for state, keys in LEADS_ON.items() if state in ("news", "meeting", "briefing", "paused")
}
"""What leads on from the pages that each reads by themselves."""


class Pace(NamedTuple):
    """Between how many seconds lie from page to page, and from key to key."""

    reads: tuple[float, float]
    types: tuple[float, float]

    async def read(self, random: Random) -> None:
        await asyncio.sleep(random.uniform(*self.reads))

    async def type(self, random: Random) -> None:
        await asyncio.sleep(random.uniform(*self.types))


PEOPLES, RUSHED = Pace((2.0, 6.0), (0.5, 1.0)), Pace((0.2, 0.2), (0.15, 0.15))
LOOKS = Pace((0.8, 1.2), (0.8, 1.2))
"""Of those who look on."""
AT_ONCE = Pace((0.05, 0.05), (0.05, 0.05))


class Place(NamedTuple):
    """Where somebody is: the page of their session, the screen before it, and since when.

    `moves`: whether an arrow changes something there.
    """

    state: str = ""
    front: str = ""
    moves: bool = False
    since: float = math.inf

    @property
    def in_log(self) -> bool:
        return self.front == "LogScreen"


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


def place_of(guest: Guest, before: Place) -> Place:
    """Return where somebody is, who was at another place before, or at this one."""
    app, front = guest.app, guest.app.screen_stack[-1:]
    moves = any(moved_by_arrows(screen.focused) for screen in front)
    now = Place(app.session.state, "".join(type(screen).__name__ for screen in front), moves, before.since)
    return now if now == before else now._replace(since=time.monotonic())


def moved_by_arrows(widget: Widget | None) -> bool:
    """Return whether an arrow lights another row of it, or scrolls it."""
    if isinstance(widget, OptionList):
        return sum(not option.disabled for option in widget.options) > 1
    return widget is not None and widget.max_scroll_y > 0


async def tell(host: Host, places: Path) -> None:
    """Say where everybody is whenever it is elsewhere."""
    said = ""
    where: dict[str, Place] = {}
    while True:
        state = host.table.game.state
        for guest in host.room.guests:
            where[guest.name] = place_of(guest, where.get(guest.name, Place()))
        now = json.dumps({"round": state.round, "phase": state.phase, "where": where})
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


class Pressed(NamedTuple):
    """A key, by whom and on which page it was pressed, and the ms to the first byte; inf if none came."""

    ms: float
    who: str
    place: Place


LIST, IN_LOG, OPENED, LEFT = "arrows on a list", "arrows in the log", "log opened", "log left"


class Keys:
    """What was pressed: arrows on lists and in the log, and keys that open or leave the log."""

    def __init__(self) -> None:
        self.pressed: dict[str, list[Pressed]] = {what: [] for what in (LIST, IN_LOG, OPENED, LEFT)}

    def add(self, key: str, one: Pressed) -> None:
        arrows = IN_LOG if one.place.in_log else LIST
        self.pressed[{LOG: OPENED, BACK: LEFT}.get(key, arrows)].append(one)

    def say(self, when: str) -> None:
        for what, pressed in self.pressed.items():
            answered = [one for one in pressed if one.ms < math.inf]
            row(f"{what}, {when}", told_of([one.ms for one in answered]), "median 50, worst 150 ms")
            row("  answered", f"{len(answered)} of {len(pressed)}")
            slowest = sorted(answered, reverse=True)[:3]
            row("  slowest", ", ".join(f"{one.ms:.0f} {one.who} at {one.place.state}" for one in slowest))


class Evening:
    """The clients of one host, and where it says that they are."""

    def __init__(self, screens: Sequence[Screen], places: Path) -> None:
        self.screens, self._places = screens, places
        self.keyed = [one for one in screens if not one.name.startswith("wall")]
        self.leaders = [one for one in self.keyed if one.name.endswith(".one") and one.name != "white.one"]
        self.others = [one for one in self.keyed if one not in self.leaders]

    def told(self) -> dict[str, Any]:
        """Return what the host has said last of its table."""
        found: dict[str, Any] = json.loads(self._places.read_text())
        return found

    def places(self) -> dict[str, Place]:
        """Return where everybody is."""
        return {name: Place(*place) for name, place in self.told()["where"].items()}

    def place(self, screen: Screen) -> Place:
        """Return where somebody is."""
        return self.places().get(screen.name, Place())

    async def stands(self, screen: Screen) -> Place:
        """Return where somebody is, once they have been there for a while."""
        while time.monotonic() - (place := self.place(screen)).since < STOOD:
            await asyncio.sleep(TOLD)
        return place

    async def type(self, screen: Screen, keys: dict[str, str], pace: Pace, random: Random) -> None:
        """Type what leads on from the page that somebody is on, as long as they are there."""
        state = self.place(screen).state
        for key in keys.get(state, ""):
            if self.place(screen).state == state:
                screen.type(key)
                await pace.type(random)

    async def lead(self, screen: Screen, pace: Pace) -> None:
        """Lead a seat through pages and turns, for as long as this is let."""
        random = Random(screen.name)
        while True:
            await pace.read(random)
            await self.type(screen, LEADS_ON, pace, random)

    async def look_on(self, screen: Screen, keys: Keys) -> None:
        """Look at lists and at the log, and read on where that is everybody's own, as long as this is let."""
        random = Random(screen.name)
        while True:
            await LOOKS.read(random)
            await self.look(screen, keys, LOOKS, random)
            await self.type(screen, READS_ON, LOOKS, random)

    async def look(self, screen: Screen, keys: Keys, pace: Pace, random: Random) -> None:
        """Press arrows where they change something, then look at the log and press some there."""
        for key in (*LOOKED, LOG, *LOOKED, BACK):
            place = await self.stands(screen)
            if key == LOG and (place.in_log or place.state not in TELLS):
                continue
            if (key == BACK and not place.in_log) or (key in LOOKED and not place.moves):
                continue
            pressed = Pressed(await screen.key(key), screen.name, place)
            await pace.type(random)
            if self.place(screen).state == place.state:
                keys.add(key, pressed)

    async def to_a_list(self) -> None:
        """Lead everybody over the first pages to one with rows, on which arrows do something."""
        for _ in range(40):
            waits = [one for one in self.keyed if self.place(one).state in READS_ON]
            if not waits:
                return
            await asyncio.gather(*(self.type(one, READS_ON, AT_ONCE, Random(0)) for one in waits))
            await asyncio.sleep(STOOD)


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
    states = Counter(place.state for place in evening.places().values())
    row(f"{len(screens)} sessions", f"{memory(pid):.0f} MB", "under 500 MB")
    row("on these pages", ", ".join(f"{count} {state}" for state, count in states.items()))
    await asyncio.sleep(SETTLES)
    with window("idle", windows):
        before, began = ticks(pid), time.perf_counter()
        (folder / "at_rest").touch()
        await asyncio.sleep(given.idle)
        (folder / "at_rest").unlink()
        share = (ticks(pid) - before) / (time.perf_counter() - began)
    row("idle, of a core", f"{share:.1%}", "under 3 %")
    with window("keys", windows):
        pressed, until = Keys(), time.perf_counter() + given.keys
        while time.perf_counter() < until:
            for screen in evening.keyed:
                await evening.look(screen, pressed, AT_ONCE, Random(0))
    pressed.say("at rest")
    pressed, pace = Keys(), RUSHED if given.rush else PEOPLES
    late: list[tuple[float, float, float]] = []
    with window("evening", windows):
        tasks = [asyncio.create_task(evening.lead(one, pace)) for one in evening.leaders]
        tasks += [asyncio.create_task(evening.look_on(one, pressed)) for one in evening.others]
        tasks.append(asyncio.create_task(pulse(late, folder / "at_rest")))
        before, own, began = ticks(pid), time.process_time(), time.perf_counter()
        await asyncio.sleep(given.evening)
        seconds = time.perf_counter() - began
        share, own = (ticks(pid) - before) / seconds, (time.process_time() - own) / seconds
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            assert isinstance(ended, asyncio.CancelledError), ended
    told = evening.told()
    row("then the table is at", f"round {told['round']}, {told['phase']}")
    pressed.say("in the evening")
    row("busy in the evening, of a core", f"{share:.0%}, and {own:.0%} these clients")
    row("  these clients late", told_of([gap for _at, gap, _work in late]))
    row("memory after it", f"{memory(pid):.0f} MB", "under 500 MB")
    return windows


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--keys", type=float, default=20.0, help="seconds of keys at rest")
    asked.add_argument("--idle", type=float, default=10.0, help="seconds of doing nothing")
    asked.add_argument("--evening", type=float, default=180.0, help="seconds of play")
    asked.add_argument("--rush", action="store_true", help="let those who lead never pause")
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
