"""What a full room costs: two people at each of six seats, a wall and a white cell, over ssh on loopback.

`python -m tests.bench.host`: from a key to the first byte that answers it, memory, and the processor's time
while nobody does anything. The host is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import asyncssh

SIZE = (120, 40)
LINE = re.compile(r"ssh -p (\d+) (\w+)@\S+\s+(\w+ \w+ \w+ \w+)")
QUIET = 0.6
"""Seconds without a byte after which a screen is at rest."""


class Seat:
    """One client; `waits` measures a key."""

    def __init__(self, login: str, process: Any) -> None:
        self.login, self.process = login, process
        self.heard = time.perf_counter()
        self.bytes = 0
        self._woken = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while data := await self.process.stdout.read(1 << 16):
            self.heard = time.perf_counter()
            self.bytes += len(data)
            self._woken.set()

    async def rests(self, most: float = 20.0) -> None:
        """Wait until nothing has come for a while."""
        began = time.perf_counter()
        while time.perf_counter() - self.heard < QUIET and time.perf_counter() - began < most:
            await asyncio.sleep(0.05)

    async def key(self, key: str) -> float:
        """Return the ms from a key to the first byte that comes after it; inf if none does."""
        self._woken.clear()
        began = time.perf_counter()
        self.process.stdin.write(key.encode())
        try:
            async with asyncio.timeout(2):
                await self._woken.wait()
        except TimeoutError:
            return float("inf")
        return (time.perf_counter() - began) * 1000


def ticks(pid: int) -> float:
    """Return the processor's seconds that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Return the MB that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def comes(port: int, login: str, who: str, phrase: str) -> Seat:
    connection = await asyncssh.connect(
        "127.0.0.1",
        port,
        username=f"{login}.{who}",
        password=phrase,
        known_hosts=None,
        client_keys=None,
        config=None,
    )  # fmt: skip
    process = await connection.create_process(term_type="xterm-256color", term_size=SIZE, encoding=None)
    return Seat(login, process)


async def to_a_list(seat: Seat) -> None:
    """Lead a seat from its first page over the news to a page with rows, on which the arrows do something."""
    for key in "\r\rs\r\rs\r" if seat.login not in ("wall", "white") else "":
        await seat.rests(2)
        if await seat.key("\x1b[B") < float("inf"):
            return
        await seat.key(key)


async def measured(port: int, phrases: dict[str, str], pid: int, keys: int, idle: float) -> None:
    print(f"host alone: {memory(pid):.0f} MB")
    seats = []
    for login, phrase in phrases.items():
        for who in ("one", "two")[: 1 if login in ("wall", "white") else 2]:
            seats.append(await comes(port, login, who, phrase))
    for seat in seats:
        await seat.rests()
    sent = sum(seat.bytes for seat in seats) / 1e6
    print(f"{len(seats)} sessions: {memory(pid):.0f} MB, {sent:.1f} MB sent")
    for seat in seats:
        await to_a_list(seat)
    for seat in seats:
        await seat.rests()
    before, began = ticks(pid), time.perf_counter()
    await asyncio.sleep(idle)
    print(f"idle: {(ticks(pid) - before) / (time.perf_counter() - began):.1%} of a core")
    waits: list[float] = []
    for nth in range(keys):
        for seat in seats:
            if seat.login != "wall":
                waits.append(await seat.key("\x1b[B" if nth % 2 == 0 else "\x1b[A"))
                await asyncio.sleep(0.02)
    answered = sorted(wait for wait in waits if wait < float("inf"))
    print(
        f"{len(answered)} of {len(waits)} keys answered: median {statistics.median(answered):.0f} ms, "
        f"95 of 100 under {answered[int(len(answered) * 0.95)]:.0f}, worst {answered[-1]:.0f}"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--keys", type=int, default=20)
    asked.add_argument("--idle", type=float, default=10.0)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        command = [sys.executable, "-m", "wargame", "host", "--listen", "127.0.0.1:0", "--saves", folder]
        host = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert host.stdout is not None
        try:
            phrases, port = {}, 0
            for line in host.stdout:
                if found := LINE.search(line):
                    port, phrases[found[2]] = int(found[1]), found[3]
                if "key:" in line:
                    break
            asyncio.run(measured(port, phrases, host.pid, given.keys, given.idle))
        finally:
            host.terminate()
            host.wait(20)


if __name__ == "__main__":
    main()
