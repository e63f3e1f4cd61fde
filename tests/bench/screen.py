"""How the screen answers on a real pseudo-terminal: `make bench-screen`.

First paint, key to first byte (median and 95th of a hundred), processor time and bytes a key, and processor
time while nobody touches anything, on every screen and size (`--screen`, `--size` for some). The processor
time of a key is all it takes until nothing more comes, and moves less with what else the machine does. A
bare app of Textual's, which paints one word, is measured in the same run: first paint is judged against it.
Other programs can be measured in the same run, by a command and what it shows when it is ready:

    python -m tests.bench.screen --peer "posting=posting|Collection|x"

The last part of a peer is the keys to press in turn; without it, letters are typed.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import shlex
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from tests.tui.terminal import visible

SIZES = ((80, 24), (120, 40), (160, 45), (200, 60))
KEYS = 100
STARTS = 5
IDLE = 5.0
"""Seconds of doing nothing."""
SETTLED = 0.6
"""Seconds in which a decision drops what was typed ahead, and more."""


class Subject(NamedTuple):
    """A program to measure: its command, what it shows when ready, keys that lead to where it is measured."""

    name: str
    command: tuple[str, ...]
    ready: str
    pressed: tuple[str, ...]
    way: tuple[str, ...] = ()
    there: str = ""
    home: str = ""
    """The folder that it starts in and keeps its data in, if that is not the usual one."""


class Tty:
    """A program on a pseudo-terminal."""

    def __init__(self, command: Sequence[str], size: tuple[int, int], home: str = "", **env: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        around = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | env
        if home:
            around |= {"XDG_DATA_HOME": home, "PYTHONPATH": str(Path(__file__).parents[2])}
        self.start = time.perf_counter()
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=around,
            cwd=home or None,
            start_new_session=True,
        )
        os.close(slave)
        self.received = b""

    def read(self, seconds: float) -> bytes:
        part = b""
        if select.select([self.master], [], [], seconds)[0]:
            part = os.read(self.master, 1 << 17)
            self.received += part
        return part

    def quiet(self, seconds: float = 0.3, limit: float = 4.0) -> None:
        """Take in what comes until nothing comes for so long; a cursor that blinks never ends."""
        end = time.perf_counter() + limit
        while self.read(seconds) and time.perf_counter() < end:
            pass

    def until(self, text: str, limit: float = 60) -> float:
        """Seconds from the start of the process until this text has come."""
        while text not in visible(self.received):
            assert time.perf_counter() - self.start < limit, visible(self.received)[-1500:]
            self.read(0.2)
        return time.perf_counter() - self.start

    def press(self, key: str) -> tuple[float, int]:
        """Seconds to the first byte of the answer, and how many bytes came in all."""
        start = time.perf_counter()
        os.write(self.master, key.encode())
        first = self.read(0.5)
        taken = time.perf_counter() - start
        size = len(first)
        while (part := self.read(0.06)) and time.perf_counter() < start + 2:
            size += len(part)
        return taken, size

    def processor(self) -> float:
        """Seconds of processor time the process has used."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            parts = file.read().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


@contextmanager
def running(subject: Subject, size: tuple[int, int], **env: str) -> Iterator[Tty]:
    tty = Tty(subject.command, size, subject.home, **env)
    try:
        tty.until(subject.ready)
        yield tty
    finally:
        tty.end()


def measured(subject: Subject, size: tuple[int, int]) -> tuple[str, ...]:
    starts: list[float] = []
    for _ in range(0 if subject.way else STARTS):
        with running(subject, size) as tty:
            starts.append(time.perf_counter() - tty.start)
    with running(subject, size) as tty:
        tty.quiet(0.5)
        for key in subject.way:
            tty.press(key)
            tty.quiet(SETTLED)
        if subject.there:
            tty.until(subject.there)
        tty.quiet(1.0)
        before = tty.processor()
        answers: list[tuple[float, int]] = []
        for _, key in zip(range(KEYS), cycle(subject.pressed), strict=False):
            answers.append(tty.press(key))
            if not any(size for _, size in answers[-3:]) and len(answers) > 2:
                del answers[-3:]
                break  # there is nothing more to light, to scroll or to step to
        tty.quiet(1.0)
        work = (tty.processor() - before) / len(answers) if answers else 0.0
        before = tty.processor()
        end = time.perf_counter() + IDLE
        while time.perf_counter() < end:
            tty.read(0.2)
        idle = (tty.processor() - before) / IDLE
    start = f"{statistics.median(starts) * 1000:.0f} ms" if starts else ""
    times = sorted(taken * 1000 for taken, size in answers if size)
    sizes = [size for _, size in answers if size]
    if not sizes:
        return start, "", "", "", "", f"{idle:.1%}"
    return (
        start,
        f"{statistics.median(times):.1f} ms",
        f"{times[len(times) * 95 // 100 - 1]:.1f} ms",
        f"{work * 1000:.1f} ms",
        f"{statistics.median(sizes):.0f}",
        f"{idle:.1%}",
    )


WARGAME = (sys.executable, "-m", "wargame")
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("bare")

Bare().run()
"""
LOOK, ACROSS, TURN = ("\x1b[B", "\x1b[A"), ("\x1b[C", "\x1b[D"), ("\x1b[C",)
F2 = "\x1bOQ"
REPLAY = Subject(
    "replay",
    (*WARGAME, "replay", str(Path(__file__).parents[2] / "saves" / "evening.wargame")),
    "The game begins",
    TURN,
)


def home_screen(folder: str) -> Subject:
    return Subject("wargame, home", WARGAME, "New game", LOOK, home=folder)


def ours(folder: str) -> Iterator[Subject]:
    """Yield the screens: a way of keys leads from the first one of a program to where it is measured."""
    yield Subject("bare Textual", (sys.executable, "-c", BARE), "bare", ())
    home = home_screen(folder)
    yield home
    yield home._replace(name="set-up", way=(LOOK[0], "\r"), there="NEW GAME")  # the tutorial is first
    for name, way in (("rules", "r"), ("glossary", "g"), ("settings", ",")):
        yield home._replace(name=name, way=(way,))
    play = (*WARGAME, "play", "--seed", "3", "--seat", "dprk=person", "--saves", folder)
    first = Subject("first page", play, "YOU ARE", LOOK)
    yield first
    yield first._replace(name="news", way=("\r", "\r"))
    yield first._replace(name="console", way=(F2, " "))
    orders = ("\r", "s", "\r")
    around = (ACROSS[0], LOOK[0], ACROSS[1], LOOK[1])  # cards lie side by side, or on a narrow screen in rows
    yield first._replace(name="orders", way=orders, pressed=around)
    yield first._replace(name="orders, rows", way=(*orders, "\t"), pressed=(*[LOOK[0]] * 3, *[LOOK[1]] * 3))
    yield first._replace(name="orders, a dial", way=(*orders, "\t"), pressed=TURN)
    for name, key in (("an offer", "o"), ("what I know", "i"), ("board", "b"), ("log", "l")):
        yield first._replace(name=name, way=(*orders, key))
    yield REPLAY
    for page in range(2, 10):
        yield REPLAY._replace(name=f"replay, page {page}", way=(str(page),))


def peer(said: str) -> Subject:
    name, _, rest = said.partition("=")
    command, ready, *keys = rest.split("|")
    return Subject(name, tuple(shlex.split(command)), ready, tuple(keys[0]) if keys else tuple("abcdefgh"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.screen", description=__doc__)
    parser.add_argument("--screen", action="append", default=[], metavar="NAME")
    parser.add_argument("--size", action="append", default=[], metavar="WxH")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND|READY[|KEYS]")
    given = parser.parse_args()
    heads = f"{'first paint':>12}{'key':>10}{'95th':>10}{'work':>10}{'bytes':>8}{'idle':>8}"
    print(f"{'what':<20}{'size':<9}{heads}")
    asked = (size.partition("x") for size in given.size)
    sizes = [(int(width), int(height)) for width, _, height in asked] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            for subject in (*ours(folder), *map(peer, given.peer)):
                if given.screen and subject.name not in given.screen:
                    continue
                start, key, slow, work, sent, idle = measured(subject, size)
                where = f"{size[0]}×{size[1]}"
                told = f"{subject.name:<20}{where:<9}{start:>12}{key:>10}"
                print(f"{told}{slow:>10}{work:>10}{sent:>8}{idle:>8}", flush=True)


if __name__ == "__main__":
    main()
