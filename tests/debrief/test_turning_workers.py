"""The processes that play games on end with the program that started them, whatever ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.debrief.games import a_game

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc"),
]
PATIENCE = 60.0
"""Seconds that starting or ending may take on a busy machine."""


def stat(pid: int) -> tuple[str, int]:
    """The state of a process and its parent; `OSError` if there is none."""
    state, parent = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
    return state, int(parent)


def children(parent: int) -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and stat(int(entry.name))[1] == parent:
                found.add(int(entry.name))
        except OSError:
            continue
    return found


def alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    try:
        return stat(pid)[0] != "Z"
    except OSError:
        return False


def until(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("command", ["report", "outlook"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_stays_behind(command: str, how: signal.Signals, tmp_path: Path) -> None:
    """Neither after a polite end nor after one that nobody can catch."""
    save = str(a_game(tmp_path))
    more = ["-o", str(tmp_path / "page.md"), "--playouts", "100000"] if command == "report" else []
    more = more or ["--at", "2", "--games", "100000"]
    program = subprocess.Popen(
        [sys.executable, "-c", TWO_CORES, command, save, *more],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    workers: set[int] = set()
    try:
        assert until(lambda: len(children(program.pid)) >= 3)  # two workers, and what minds their resources
        workers = children(program.pid)
        os.kill(program.pid, how)
        program.wait(PATIENCE)

        assert until(lambda: not any(map(alive, workers)))
    finally:
        program.kill()
        program.wait(PATIENCE)
        for pid in filter(alive, workers):
            os.kill(pid, signal.SIGKILL)


def test_ctrl_c_writes_the_page_of_what_came_so_far(tmp_path: Path) -> None:
    """It says so, on the page and on stderr, and the program ends as one that was interrupted."""
    save, page = str(a_game(tmp_path)), tmp_path / "page.md"
    program = subprocess.Popen(
        [sys.executable, "-c", TWO_CORES, "report", save, "-o", str(page), "--playouts", "600"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert until((tmp_path / "evening.turning.json").exists)
        program.send_signal(signal.SIGINT)
        _out, errors = program.communicate(timeout=PATIENCE)
    finally:
        program.kill()
        program.wait(PATIENCE)

    assert program.returncode == 130
    assert re.fullmatch(
        r"wargame: interrupted after \d+ of \d+ decisions; the results are of those\.\n", errors
    )
    assert re.search(r"Only \d+ of these w(as|ere) looked at yet\. ", page.read_text(encoding="utf-8"))


TWO_CORES = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
import wargame.debrief.playouts
wargame.debrief.playouts.cores = lambda: 2
from wargame.cli import main
main()
"""
