"""A disk that takes no more: the real program says so in a sentence, loses nothing and can be left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tui.boards import MILL
from tests.tui.games import a_save
from tests.tui.terminal import PATIENT, terminal
from wargame.record import verify
from wargame.table import ENGINE

LIMITED = (
    "import resource, sys; size = int(sys.argv.pop(1));"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size));"
) + PATIENT
"""The program in a process that may write no file longer than so many bytes."""


def size_at_start(folder: Path) -> int:
    """How long a save is before its first move."""
    return a_save(folder, "evening").stat().st_size


@pytest.mark.soak
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """When a move can't be written it is not made: try again, or leave for home; the save is whole."""
    size = size_at_start(tmp_path / "first") + 700
    saves = tmp_path / "saves"
    game = ("play", str(MILL), "--seed", "3", "--seat", "amber=person", "--saves", str(saves))
    with terminal([sys.executable, "-c", LIMITED, str(size), *game]) as tty:
        tty.wait_for("YOU ARE AMBER")
        tty.press_until("\r", "FACE DOWN")
        tty.send("e")
        tty.press_until("\r", "NOT SAVED")
        tty.press_until("\r", "NOT SAVED")  # try again
        tty.send("\x1b[B")
        tty.press_until("\r", "New game")  # leave for home
        tty.leave("q")
    report = verify(next(saves.glob("*.wargame")), ENGINE)

    assert report.ok
    assert not report.finished
