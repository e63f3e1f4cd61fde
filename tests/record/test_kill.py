"""Killed at any moment, a game has lost at most the move that was being made."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wargame.record import Save, list_saves

SCRIPT = Path(__file__).with_name("killed.py")
KILLS = 100


def kill_after(folder: Path, name: str, wait: float, *, from_birth: bool = False) -> list[int]:
    """Kill a scripted game some seconds after its first sign of life, or its birth; what it said."""
    child = subprocess.Popen([sys.executable, SCRIPT, folder, name], stdout=subprocess.PIPE)
    assert child.stdout is not None
    said = b"" if from_birth else child.stdout.readline()
    time.sleep(wait)
    child.send_signal(signal.SIGKILL)
    said += child.stdout.read()
    child.stdout.close()
    child.wait()
    return [int(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]


@pytest.mark.soak
def test_a_killed_game_has_every_acknowledged_move(tmp_path: Path) -> None:
    """A hundred times `kill -9`: all acknowledged moves are there, at most one more, each as it was made."""
    chance = random.Random(3)
    wrong, played = [], 0
    for kill in range(KILLS):
        acknowledged = kill_after(tmp_path, f"game {kill}", chance.uniform(0, 0.03))[-1]
        with Save.open(tmp_path / f"game {kill}.wargame") as save:
            made = [move.id for move in save.tree.line()]
            as_made = made == [move.move[1] for move in save.tree.line()] == list(range(1, len(made) + 1))
        if not as_made or not acknowledged <= len(made) <= acknowledged + 1:
            wrong.append((kill, acknowledged, made))
        played += len(made)

    assert wrong == []
    assert played > KILLS


def test_a_game_killed_while_it_is_made_is_there_or_not(tmp_path: Path) -> None:
    """Killed during creation, the folder lists a whole game or none that could be mistaken for one."""
    chance = random.Random(4)
    for kill in range(20):
        kill_after(tmp_path, f"game {kill}", chance.uniform(0.02, 0.12), from_birth=True)

    for listed in list_saves(tmp_path):
        if listed.header is None:
            assert listed.size == 0
        else:
            Save.open(listed.path).close()
