"""One seed: a few starts of the program over one folder of saves, each with a walk, a random hand and an end.

What was done is written down, so that a start that went wrong can be done again, and made shorter.
"""

from __future__ import annotations

import base64
import json
import shutil
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.monkey.guests import Crowd, HostProgram, see_no_secret, write_keys
from tests.monkey.keys import Event, Hand, press
from tests.monkey.program import Program, Trouble, running
from tests.monkey.scenes import SCENES, newest
from tests.monkey.walks import GAP, HERE, STEPS, WALKS, Start, To, Walk, a_host, a_start, leads_on
from wargame.record import Save, verify
from wargame.table import ENGINE

STARTS = (1, 3)
"""So many starts a session has, from and to."""
GESTURES = (30, 110)
"""So many gestures a start has, from and to."""
CROWD = 3
"""So many times as many has one at which several people are."""
PATIENT = 5
"""Times that a walk which has not arrived asks whether anybody is there, and waits."""
ASKED = 3.0
"""Seconds between two questions whether anybody is there."""
ENDS = {"": 4, "SIGTERM": 2, "SIGHUP": 1, "SIGKILL": 2}
"""How a start ends, and how often; without a signal by the key that leaves."""
WHOLE = press("\x1b[201~\x07", 0.3)
"""The end of whatever string of the terminal has been begun."""
LEAVE, PRESSES = press("\x11", 0.3), 3
"""Ctrl+Q, pressed until it has been heard."""


@dataclass
class Log:
    """A start as it was done: what lay on the table, the words of the command, the events, the end.

    `trouble` is the kind of what went wrong, and what it was.
    """

    seed: int
    start: Start
    files: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    end: str = ""
    trouble: tuple[str, str] = ("", "")
    comment: str = ""

    def to_json(self) -> str:
        plain = {
            "comment": self.comment, "trouble": self.trouble, "seed": self.seed,
            "arguments": self.start.arguments,
            "scene": self.start.scene, "size": self.start.size, "config": self.start.config,
            "end": self.end, "files": self.files, "events": self.events,
        }  # fmt: skip
        head = json.dumps(plain | {"events": []}, ensure_ascii=False, indent=1).removesuffix("[]\n}")
        lines = ",\n".join(f"  {json.dumps(event)}" for event in self.events)
        return f"{head}[\n{lines}\n ]\n}}\n"

    @classmethod
    def from_json(cls, text: str) -> Log:
        plain: dict[str, Any] = json.loads(text)
        width, height = plain["size"]
        start = Start(tuple(plain["arguments"]), plain["scene"], (width, height), plain["config"])
        events = [Event(*event) for event in plain["events"]]
        kind, what = plain["trouble"]
        return cls(plain["seed"], start, plain["files"], events, plain["end"], (kind, what), plain["comment"])


@dataclass
class Failure:
    """What went wrong in a start, and how to do it again."""

    trouble: Trouble
    log: Log


@dataclass
class Tally:
    """What has been done so far."""

    seeds: list[int] = field(default_factory=list)
    starts: int = 0
    events: int = 0
    screens: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)
    saves: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.seeds += other.seeds
        self.starts += other.starts
        self.events += other.events
        self.screens |= other.screens
        self.lost += other.lost
        self.ends += other.ends
        self.saves += other.saves
        self.failures += other.failures


class Session:
    """All starts of one seed. `most` writes are done in all, by a hand `without` these gestures.

    If it `hosts`, the first is a table for people who come in over ssh, and no walk.
    """

    def __init__(
        self,
        seed: int,
        most: int | None = None,
        without: frozenset[str] = frozenset(),
        hosts: bool = False,
    ) -> None:
        self.seed, self.most, self.without, self.hosts = seed, most, without, hosts
        self.walk = sorted(WALKS)[seed % len(WALKS)]
        self.tally = Tally([seed])

    def run(self) -> Tally:
        """Do it; what goes wrong is in the tally, and ends the start, not the session."""
        with TemporaryDirectory(prefix="monkey-") as name:
            folder = Path(name)
            (folder / "saves").mkdir()
            for nth in range(Random(self.seed).randint(*STARTS)):
                if self.most is None or self.tally.events < self.most:
                    self._start(folder, nth)
        return self.tally

    def _start(self, folder: Path, nth: int) -> None:
        random = Random(f"{self.seed} {nth}")  # whatever the start before has done, this one is the same
        first = a_host(random) if self.hosts else WALKS[self.walk].start
        start = first if nth == 0 else self._later(folder, random)
        log = Log(self.seed, start, kept(folder))
        with self._watched(log), open_program(start, folder, log.files) as program:
            try:
                if nth == 0 and not self.hosts:
                    self._walk(program, WALKS[self.walk], log)
                self._play(program, random, log)
                self._do(program, log, Event("ask"))
                log.end = random.choices(list(ENDS), list(ENDS.values()))[0]
                leave(program, log.end)
            finally:
                self.tally.screens |= program.screens
        with self._watched(log):
            self.tally.saves += whole_saves(folder / "saves", killed=log.end == "SIGKILL")
            judge(program, log, folder)
        self.tally.starts += 1
        self.tally.ends[log.end or "left"] += 1

    @contextmanager
    def _watched(self, log: Log) -> Iterator[None]:
        """Note what goes wrong."""
        try:
            yield
        except Trouble as trouble:
            self.tally.failures.append(Failure(trouble, log))

    @staticmethod
    def _later(folder: Path, random: Random) -> Start:
        """How it goes on in the same folder: mostly with the game that was played last."""
        save = newest(folder / "saves")
        if save is None or random.random() < 0.3:
            return a_start(random)
        command = random.choices(("resume", "replay", "facilitate", "host"), (5, 1, 2, 1))[0]
        return Start((command, f"{HERE}/saves/{save.name}"), size=random.choice(((80, 24), (120, 40))))

    # --- what is done ----------------------------------------------------------------------------------

    def _do(self, program: Program, log: Log, event: Event) -> None:
        log.events.append(event)
        self.tally.events += event.kind == "write"
        program.do(event)

    def _walk(self, program: Program, walk: Walk, log: Log) -> None:
        self._do(program, log, Event("settle"))
        for step in walk.steps:
            if isinstance(step, To):
                self._go_on(program, step, log)
            else:
                self._do(program, log, press(step) if isinstance(step, str) else step)
                self._do(program, log, Event("settle", pause=GAP))
        for _ in range(PATIENT):
            if self.walk not in program.screens:  # it may be slow to come, on a busy machine
                self._do(program, log, Event("ask"))
                self._do(program, log, Event("settle", pause=GAP))
        if self.walk not in program.screens:
            self.tally.lost.append(f"{self.walk}: the walk ended at {program.front}")

    def _go_on(self, program: Program, to: To, log: Log) -> None:
        for nth in range(STEPS):
            if program.front == to.screen or not program.running:
                self._do(program, log, Event("settle", pause=GAP))  # it may drop what is typed ahead
                return
            self._do(program, log, press(leads_on(program.front, nth)))
            self._do(program, log, Event("settle", pause=GAP))

    def _play(self, program: Program, random: Random, log: Log) -> None:
        hand: Hand | Crowd = Hand(random, program.size, self.without)
        gestures, asked = random.randint(*GESTURES), time.monotonic()
        if isinstance(program, HostProgram):
            hand, gestures = Crowd(random, program.seats, program.size, self.without), gestures * CROWD
            for event in hand.begin():
                self._do(program, log, event)
        for _ in range(gestures):
            for event in hand.gesture():
                self._do(program, log, event)
            if not program.running or (self.most is not None and self.tally.events >= self.most):
                return
            if time.monotonic() > asked + ASKED:
                self._do(program, log, Event("ask"))
                asked = time.monotonic()


@contextmanager
def open_program(start: Start, folder: Path, files: dict[str, str]) -> Iterator[Program]:
    """The program, on a table laid anew; it has painted its first screen, or has ended."""
    saves = folder / "saves"
    SCENES[start.scene](saves)
    for name, text in files.items():
        (saves / name).write_bytes(zlib.decompress(base64.b64decode(text)))
    (folder / "config.toml").write_text(start.config, encoding="utf-8")
    if start.hosts:
        write_keys(folder / "keys")
    kind = HostProgram if start.hosts else Program
    with running(start.words(folder), folder, start.size, kind=kind) as program:
        program.begun()
        yield program


def judge(program: Program, log: Log, folder: Path) -> None:
    """See that no guest was shown what was never told to it. `Trouble` if one was."""
    if isinstance(program, HostProgram):
        see_no_secret(program.guests.shown, played(log, folder))


def played(log: Log, folder: Path) -> list[Path]:
    """The saves that were played in a start: others may lie beside them, of the same seats."""
    now, words = kept(folder), " ".join(log.start.arguments)
    return [
        folder / "saves" / name for name, text in now.items() if name in words or text != log.files.get(name)
    ]


def leave(program: Program, end: str) -> None:
    """End the program in this way, and see how it has left things."""
    if not end:
        program.do(WHOLE)
        for _ in range(PRESSES):
            program.do(LEAVE)
    program.end(end)


def kept(folder: Path) -> dict[str, str]:
    """The saves that lie there, packed for a log."""
    return {
        path.name: base64.b64encode(zlib.compress(path.read_bytes())).decode()
        for path in sorted((folder / "saves").glob("*.wargame"))
    }


HURT = ("damaged", "torn", "older", "none")
"""Saves of a scene that were not whole to begin with."""


def whole_saves(saves: Path, killed: bool) -> int:
    """See that every save is whole; how many there are. One torn by a kill is mended first, as by going on.

    `Trouble` with what is wrong.
    """
    found = [path for path in sorted(saves.glob("*.wargame")) if not path.stem.startswith(HURT)]
    for path in found:
        report = verify(path, ENGINE)
        if not report.ok and killed:
            copy = path.with_suffix(".copy")
            shutil.copy(path, copy)
            Save.open(copy).close()
            report = verify(copy, ENGINE)
            copy.unlink()
        if not report.ok:
            raise Trouble("save", "; ".join(report.problems), details=report.summary)
    return len(found)


def again(log: Log, events: Sequence[Event]) -> Trouble | None:
    """Do a start again with these events; what went wrong, if anything."""
    with TemporaryDirectory(prefix="monkey-") as name:
        folder = Path(name)
        (folder / "saves").mkdir()
        try:
            with open_program(log.start, folder, log.files) as program:
                for event in events:
                    program.do(event)
                    if not program.running:
                        break
                leave(program, log.end)
            whole_saves(folder / "saves", log.end == "SIGKILL")
            judge(program, log, folder)
        except Trouble as trouble:
            return trouble
    return None
