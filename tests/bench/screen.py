"""How the screen answers on a real pseudo-terminal: `make bench-screen`.

First paint, key to first byte (median and worst of 50), bytes a key, and processor time while nobody touches
anything. Other programs can be measured in the same run, by a command and what it shows when it is ready:

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
from pathlib import Path
from typing import NamedTuple

from tests.tui.terminal import visible

SIZES = ((80, 24), (120, 40))
KEYS = 50
STARTS = 5
IDLE = 10.0
"""Seconds of doing nothing."""


class Subject(NamedTuple):
    """A program to measure: its command, what it shows when ready, keys that lead to where it is measured."""

    name: str
    command: tuple[str, ...]
    ready: str
    pressed: tuple[str, ...]
    way: tuple[str, ...] = ()
    there: str = ""


class Tty:
    """A program on a pseudo-terminal."""

    def __init__(self, command: Sequence[str], size: tuple[int, int], **env: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        around = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | env
        self.start = time.perf_counter()
        self.process = subprocess.Popen(
            list(command), stdin=slave, stdout=slave, stderr=slave, env=around, start_new_session=True
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
        first = self.read(2.0)
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
    tty = Tty(subject.command, size, **env)
    try:
        tty.until(subject.ready)
        yield tty
    finally:
        tty.end()


def measured(subject: Subject, size: tuple[int, int]) -> tuple[str, ...]:
    starts = []
    for _ in range(STARTS):
        with running(subject, size) as tty:
            starts.append(time.perf_counter() - tty.start)
    with running(subject, size) as tty:
        tty.quiet(0.5)
        for key in subject.way:
            tty.press(key)
        if subject.there:
            tty.until(subject.there)
        tty.quiet(1.0)
        answers = [tty.press(subject.pressed[nth % len(subject.pressed)]) for nth in range(KEYS)]
        tty.quiet(1.0)
        before = tty.processor()
        end = time.perf_counter() + IDLE
        while time.perf_counter() < end:
            tty.read(0.2)
        idle = (tty.processor() - before) / IDLE
    times = sorted(taken * 1000 for taken, _ in answers)
    sizes = [size for _, size in answers]
    return (
        f"{statistics.median(starts) * 1000:.0f} ms",
        f"{statistics.median(times):.1f} ms",
        f"{times[-1]:.1f} ms",
        f"{statistics.median(sizes):.0f}",
        f"{idle:.1%}",
    )


WARGAME = (sys.executable, "-m", "wargame")
LOOK = ("\x1b[B", "\x1b[A")
EXAMPLE = Path(__file__).parents[2] / "saves" / "example.wargame"
REPLAY = Subject("wargame, replay", (*WARGAME, "replay", str(EXAMPLE)), "The game begins", ("\x1b[C",))


def home_screen(folder: str) -> Subject:
    return Subject("wargame, home", (*WARGAME, "--saves", folder), "New game", LOOK)


def ours(folder: str) -> list[Subject]:
    game = ("play", "--seed", "3", "--seat", "dprk=person", "--saves", folder)
    way = ("s", "\r", "\x1b", "b")
    return [
        home_screen(folder),
        Subject("wargame, board", (*WARGAME, *game), "all may look", LOOK, way, "in order"),
        REPLAY,
    ]


def peer(said: str) -> Subject:
    name, _, rest = said.partition("=")
    command, ready, *keys = rest.split("|")
    return Subject(name, tuple(shlex.split(command)), ready, tuple(keys[0]) if keys else tuple("abcdefgh"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.screen", description=__doc__)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND|READY[|KEYS]")
    given = parser.parse_args()
    print(f"{'what':<20}{'size':<9}{'first paint':>12}{'key':>10}{'worst':>10}{'bytes':>8}{'idle':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            for subject in (*ours(folder), *map(peer, given.peer)):
                start, key, worst, sent, idle = measured(subject, size)
                where = f"{size[0]}×{size[1]}"
                told = f"{subject.name:<20}{where:<9}{start:>12}{key:>10}"
                print(f"{told}{worst:>10}{sent:>8}{idle:>8}", flush=True)


if __name__ == "__main__":
    main()
