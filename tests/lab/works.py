"""Work for the tests of many workers: games, and jobs that are slow, fail, press Ctrl-C or kill their worker.

Apart from the tests, because every worker loads the module that its work is from.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from wargame.lab.simulate import game_seed, play_game
from wargame.lab.workers import Chunk
from wargame.rules.codec import to_bytes
from wargame.rules.scenario import Scenario


def games(scenario: Scenario, chunk: Chunk) -> list[bytes]:
    """The last position of each game of a chunk, byte for byte."""
    seats = dict.fromkeys(scenario.seat_ids, "random")
    return [to_bytes(play_game(scenario, seats, game_seed(1, nth), 2)[0]) for nth in chunk.games]


def slow_first(_scenario: Scenario, nth: int) -> int:
    """The first job comes last."""
    if nth == 0:
        time.sleep(0.3)
    return nth


def interrupting(_scenario: Scenario, nth: int) -> int:
    """The third job presses Ctrl-C while the first is busy."""
    if nth == 0:
        time.sleep(0.5)
    if nth == 2:
        os.kill(os.getpid(), signal.SIGINT)
    return nth


def pid(_scenario: Scenario, _nth: int) -> int:
    """Who does it."""
    time.sleep(0.02)
    return os.getpid()


def fail(_scenario: Scenario, chunk: Chunk) -> None:
    """Work with a mistake in it."""
    raise LookupError(f"nothing in {chunk}")


def die(_scenario: Scenario, _chunk: Chunk) -> None:
    """Work that no worker survives."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(scenario: Scenario, chunk: Chunk, grave: Path) -> list[bytes]:
    """The worker that is the first at game 9 dies before it can hand in its chunk."""
    played = games(scenario, chunk)
    if 8 in chunk.games and not grave.exists():
        grave.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return played


class Counted:
    """Work that counts how often it is sent anywhere."""

    sent = 0

    def __reduce__(self) -> tuple[type[Counted], tuple[()]]:
        Counted.sent += 1
        return Counted, ()

    def __call__(self, _scenario: Scenario, nth: int) -> int:
        """Give the job back."""
        return nth


def large(_scenario: Scenario, _nth: int) -> bytes:
    """Give a result that no pipe takes in one go."""
    return bytes(50_000_000)
