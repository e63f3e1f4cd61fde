"""Enter held down from the first screen to the end of a game: `python -m tests.monkey --enter`.

Enter comes each 33 ms, or three in one write each 100 ms as ssh and tmux bring them. Where Enter alone does
nothing by design (a hand-over, a decision with nothing lit) the key that leads on is pressed once a while.
"""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.monkey.keys import DOWN, ENTER, SPACE, press
from tests.monkey.program import Trouble, running
from tests.monkey.session import leave, whole_saves
from tests.monkey.walks import ORDERS, Start
from wargame.record import Report, verify
from wargame.table import ENGINE

END = "home.final.FinalScreen"
STILL = 1.5
"""Seconds on one screen after which Enter alone is taken to lead nowhere."""
LONGEST = 300.0
"""Seconds in which a game of three rounds must have come to its end."""
HELPS = {ORDERS.screen: ("e",), "play.choice.ChoiceScreen": (DOWN,), "play.aloud.AloudScreen": (DOWN,)}
"""What is pressed besides; Space at any other screen."""


class Way(NamedTuple):
    """How a held key comes, and where the game begins."""

    name: str
    arguments: tuple[str, ...]
    keys: str
    pause: float

    def start(self, seed: int) -> Start:
        """Its own game, where the command line says which."""
        return Start((*self.arguments, "--seed", str(seed)) if self.arguments else ())


GAME = ("play", "--rounds", "3", "--seat", "rok=person")
WAYS = (
    Way("each 33 ms, three rounds", GAME, ENTER, 0.033),
    Way("three each 100 ms, three rounds", GAME, ENTER * 3, 0.1),
    Way("each 33 ms, from home", (), ENTER, 0.033),
    Way("three each 100 ms, from home", (), ENTER * 3, 0.1),
)


def a_game(way: Way, seed: int, folder: Path) -> tuple[Report, int, float]:
    """Hold the key until the end of a game is in front: what its save says, how many keys, how many seconds.

    `Trouble` if something goes wrong, or the end does not come.
    """
    (folder / "saves").mkdir(exist_ok=True)
    pressed, begun = 0, time.monotonic()
    with running(way.start(seed).words(folder), folder) as program:
        program.begun()
        since, front = time.monotonic(), program.front
        while program.running and program.front != END:
            program.do(press(way.keys, way.pause))
            pressed += len(way.keys)
            if program.front != front:
                since, front = time.monotonic(), program.front
            elif time.monotonic() > since + STILL:
                for key in HELPS.get(front, (SPACE,)):
                    program.do(press(key, way.pause))
                program.ask()
                since = time.monotonic()
            if time.monotonic() > begun + LONGEST:
                raise Trouble("no end", f"after {pressed} times Enter", program.front)
        program.ask()
        leave(program, "")
    whole_saves(folder / "saves", killed=False)
    (save,) = (folder / "saves").glob("*.wargame")
    report = verify(save, ENGINE)
    if not report.finished:
        raise Trouble("no end", "the end is in front, and the save is not finished", program.front)
    return report, pressed, time.monotonic() - begun


def held(minutes: float) -> int:
    """Games one after the other for so long, at least one each way; the exit status."""
    end, failed, done = time.monotonic() + minutes * 60, 0, 0
    for seed, way in ((seed, way) for seed in count(5) for way in WAYS):
        if done >= len(WAYS) and time.monotonic() > end:
            break
        done += 1
        with TemporaryDirectory(prefix="monkey-") as folder:
            try:
                report, pressed, seconds = a_game(way, seed, Path(folder))
                print(f"{way.name}: {pressed} times Enter in {seconds:.0f} s. {report.summary}", flush=True)
            except Trouble as trouble:
                failed += 1
                print(f"{way.name}: {trouble}", flush=True)
    print(f"{done} games, {failed} failed" if failed else f"{done} games, nothing is wrong")
    return 1 if failed else 0
