"""The real program on a pseudo-terminal of its own: events go in, what is wrong comes out as `Trouble`.

What is in front is told by the feed of `launch`; everything else is seen from outside, as a person would.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.monkey.control import Control
from tests.monkey.keys import Event
from tests.tui.terminal import visible

PATIENCE = 5.0
"""Seconds without an answer that are a freeze, if another process got so many of a processor meanwhile."""
TO_BEGIN, TO_END = 4, 2
"""So many times as long a program may take to begin, and to end."""
STARVED = 240.0
"""Seconds after which the machine itself is too busy for anything to be said."""
RESTS = 4
"""So many looks in a row at which the program sleeps and is silent are rest."""

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = "tests.monkey.launch"

OFF = ("1000", "1002", "1003", "1004", "1005", "1006", "1015", "1016", "1049", "2004", "2048")
"""Modes of the terminal that must be off when a program has ended."""
ON = ("25", "7")
"""Those that must be on: the cursor, and lines that wrap."""
MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
PROTOCOL = re.compile(rb"\x1b\[([<>])[0-9;]*u")
TRACE = b"Traceback (most recent call last)"
STATUS_OF_A_CRASH = 70
BOTTOM = "app.Backdrop"
"""What lies under all other screens, in front only while something is being prepared."""


class Trouble(Exception):
    """Something no hand may do to the program. `kind` and `what` are the same each time it comes."""

    def __init__(self, kind: str, what: str, front: str = "", details: str = "") -> None:
        super().__init__(kind, what, front, details)
        self.kind, self.what, self.front, self.details = kind, what, front, details

    def __str__(self) -> str:
        return f"{self.kind} at {self.front or '(no screen)'}: {self.what}"


class Program:
    """A program that runs. `screens` are the names of all that were in front, `front` the one that is."""

    def __init__(
        self, command: Sequence[str], feed: Path, size: tuple[int, int], env: Mapping[str, str]
    ) -> None:
        self.feed = feed
        feed.write_bytes(b"")
        self._before_it = self._crashes()
        self._master, self._slave = pty.openpty()
        self._before = termios.tcgetattr(self._slave)
        self._resize(*size)
        self.process = subprocess.Popen(
            command, stdin=self._slave, stdout=self._slave, stderr=self._slave, env=env, cwd=ROOT,
            start_new_session=True,
        )  # fmt: skip
        self.received = bytearray()
        self.front, self.screens = "", set[str]()
        self._answers, self._fed, self._error, self._stacks = 0, 0, "", ""
        self._stopped = False

    # --- what comes out --------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def read(self, seconds: float) -> int:
        """Take in what comes for so long; how many bytes that was."""
        before, end = len(self.received), time.monotonic() + seconds
        while True:
            left = max(end - time.monotonic(), 0)
            if select.select([self._master], [], [], left)[0]:
                self.received += os.read(self._master, 1 << 16)
            elif left == 0:
                return len(self.received) - before

    def _listen(self) -> None:
        """What the feed has said since the last time."""
        with self.feed.open("rb") as file:
            file.seek(self._fed)
            lines = file.read()
        lines = lines[: lines.rfind(b"\n") + 1]
        self._fed += len(lines)
        for line in lines.decode("utf-8", "replace").splitlines():
            word, _, what = line.partition(" ")
            if word == "front":
                self.front = what
                self.screens.add(what)
            elif word == "guest":
                self.screens.add(what)
            elif word == "size":
                self._answers += 1
            elif word == "error" and not self._error:
                self._error = what

    @property
    def rests(self) -> bool:
        """No thread of the program runs, or would if the processor were free."""
        return not self._states() & {"R", "D"}

    def _states(self) -> set[str]:
        """What its threads do, as `/proc` has it: R runs, D waits for a disk, S sleeps, T is stopped."""
        found = set()
        for stat in Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
            with suppress(OSError):  # a thread that has just ended
                found.add(stat.read_text().rpartition(")")[2].split()[0])
        return found

    def begun(self) -> None:
        """Wait until the first screen is in front, or the program has ended."""
        if not self._in_time(lambda: self.front not in ("", BOTTOM), TO_BEGIN):
            raise Trouble("freeze", f"it never begins: {self._where()}", "", self._stacks)
        self.settle()

    # --- what goes in ----------------------------------------------------------------------------------

    def do(self, event: Event) -> None:
        """Do it, and be patient afterwards. `Trouble` if the program freezes over an `ask`."""
        start = time.monotonic()
        if event.kind == "write":
            self._write(event.bytes)
        elif event.kind == "size":
            width, height = map(int, event.what.split())
            self._resize(width, height)
        elif event.kind == "signal":
            self._signal(event.what)
        elif event.kind == "settle":
            self.settle()
        else:
            self.ask()
        self.read(max(start + event.pause - time.monotonic(), 0))
        self._listen()

    def _write(self, data: bytes) -> None:
        """Send it; a program that takes nothing in for so long gets no more, and will be asked."""
        os.set_blocking(self._master, False)
        end = time.monotonic() + 1
        try:
            while data and self.running and time.monotonic() < end:
                with suppress(BlockingIOError):
                    data = data[os.write(self._master, data) :]
                if data:
                    self.read(0.01)
        finally:
            os.set_blocking(self._master, True)

    def _resize(self, width: int, height: int) -> None:
        self.size = width, height
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def _signal(self, name: str) -> None:
        number = signal.Signals[name]
        if self.running:
            self.process.send_signal(number)
        self._stopped = number in (signal.SIGSTOP, signal.SIGTSTP)
        end = time.monotonic() + PATIENCE
        while self._stopped and self.running and self._states() != {"T"} and time.monotonic() < end:
            self.read(0.02)  # a shell, too, lets it go on only when it has stopped

    def settle(self, limit: float = PATIENCE) -> bool:
        """Wait until the program sleeps and is silent, but no longer than the limit."""
        still, end = 0, time.monotonic() + limit
        while still < RESTS and self.running and time.monotonic() < end:
            still = 0 if self.read(0.01) or not self.rests else still + 1
        self._listen()
        return still >= RESTS

    def ask(self) -> None:
        """Is anybody there? A change of size goes through to the screen in front, and is painted.

        `Trouble` if it does not come back, or if nothing at all is in front and nothing goes on.
        """
        if self._stopped or self.process.poll() is not None:
            return
        (width, height), answers, before = self.size, self._answers, len(self.received)

        def nudge() -> None:  # again, for a screen that goes may take an answer along
            self._resize(width, height if self.size[1] > height else height + 1)

        if not self._in_time(lambda: self._answers > answers and len(self.received) > before, nudge=nudge):
            kind = "dead end" if self.front == BOTTOM and self.rests else "freeze"
            raise Trouble(kind, self._where(), self.front, self._stacks)
        self._resize(width, height)
        end = time.monotonic() + PATIENCE
        while self.running and self.front == BOTTOM and self.settle(0.5):
            if time.monotonic() > end:
                raise Trouble("dead end", "nothing is in front and nothing goes on", self.front)

    def _in_time(
        self, done: Callable[[], bool], times: int = 1, nudge: Callable[[], None] = lambda: None
    ) -> bool:
        """Wait until that is so or the program has ended, and `nudge` it when it rests.

        False if it takes too long: another process is started when it is late, and has had the time for it.
        """
        begun = nudged = time.monotonic()
        nudge()
        with ExitStack() as late:
            control: Control | None = None
            while self.running and not done():
                self.read(0.01)
                self._listen()
                now = time.monotonic()
                if now > nudged + 1:
                    control, nudged = control or late.enter_context(Control()), now
                    if self.rests:
                        nudge()
                if now > begun + PATIENCE * times and control and control.seconds > PATIENCE * times:
                    return False
                if now > begun + STARVED:
                    break
        return True

    def _where(self) -> str:
        """Where the main thread is, in one line; all its stacks are in `_stacks` then."""
        size, end = self.feed.stat().st_size, time.monotonic() + PATIENCE
        self.process.send_signal(signal.SIGUSR1)
        self._stacks = ""
        while not self._stacks.endswith("\n") and time.monotonic() < end:
            self.read(0.2)
            self._stacks = self.feed.read_bytes()[size:].decode("utf-8", "replace")
        main = self._stacks.rpartition("Current thread")[2]
        places = re.findall(r'File "([^"]+)", line \d+ in (\w+)', main)
        ours = [place for place in places[1:] if "/wargame/" in place[0]]
        shown = [*places[:1], *ours[:2]] if ours else places[:3]
        return " < ".join(f"{Path(file).name} {name}" for file, name in shown) or "no stack"

    # --- the end ---------------------------------------------------------------------------------------

    def end(self, name: str = "") -> None:
        """Send this signal, if any; wait until the program has ended, and see how it has left things.

        `Trouble` for a crash, a wrong status, a program that never ends and a terminal not as it was.
        """
        meant = signal.Signals[name] if name and self.running else None
        if self.running and self._stopped and meant != signal.SIGKILL:
            self._signal("SIGCONT")
            self.settle()
        if meant is not None:
            self.process.send_signal(meant)
        if not self._in_time(lambda: False, TO_END):
            what = f"{name or 'the key that leaves'} does not end it: {self._where()}"
            raise Trouble("never ends", what, self.front, self._stacks)
        self.process.wait(STARVED)
        self.read(0)
        self._listen()
        self._judge(meant)

    def _judge(self, sent: signal.Signals | None) -> None:
        status = self.process.returncode
        text = visible(bytes(self.received[-20_000:]))
        if self._error:
            front, *trace = json.loads(self._error)
            raise Trouble("crash", last_words("".join(trace)), front, "".join(trace))
        if new := sorted(self._crashes() - self._before_it):
            told = new[-1].read_text(encoding="utf-8")
            raise Trouble("crash", last_words(told), self.front, told)
        if TRACE in self.received or "Traceback" in text:
            raise Trouble("traceback", last_words(text), self.front, text[-4000:])
        meant = {0} if sent is None else {0, -sent, 128 + sent}
        if status not in meant:
            crashed = "crash" if status == STATUS_OF_A_CRASH else "status"
            raise Trouble(crashed, f"exit status {status}", self.front, text[-4000:])
        if sent != signal.SIGKILL and (left := self.left_behind()):
            how = f"after {sent.name}" if sent else "after leaving"
            raise Trouble("terminal", f"{how}: {', '.join(left)}", self.front)

    def _crashes(self) -> set[Path]:
        """The files of details that crashes have left."""
        return set(self.feed.parent.rglob("crash-*.txt"))

    def left_behind(self) -> list[str]:
        """What of the terminal is not as it was."""
        modes = {
            mode.decode(): set_ == b"h"
            for modes, set_ in MODE.findall(self.received)
            for mode in modes.split(b";")
        }
        depth = sum(1 if way == b">" else -1 for way in PROTOCOL.findall(self.received))
        left = [f"mode {mode} on" for mode in OFF if modes.get(mode)]
        left += [f"mode {mode} off" for mode in ON if not modes.get(mode, True)]
        left += [f"keyboard protocol {depth} deep"] if depth > 0 else []
        left += ["settings of the line"] if termios.tcgetattr(self._slave) != self._before else []
        return left

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)
        os.close(self._slave)


def last_words(trace: str) -> str:
    """The exception of a traceback in one line, and the last place of it that is ours."""
    lines = [line.strip("│╭╮╰╯─ \r") for line in trace.splitlines()]
    said = next(
        (line for line in reversed(lines) if re.match(r"[\w.]*[A-Z]\w+(:|$)", line)),
        lines[-1] if lines else "",
    )
    plain = re.findall(r'File "[^"]*/((?:wargame|textual)/[^"]+)", line \d+, in (\w+)', trace)
    boxed = re.findall(r"/((?:wargame|textual)/[^:\s]+):\d+ in (\w+)", trace)
    places = plain or boxed
    ours = [place for place in places if place[0].startswith("wargame")] or places
    where = f" ({ours[-1][0]} {ours[-1][1]})" if ours else ""
    said = re.sub(r"0x[0-9a-f]+|\b\d{2,}\b", "N", said)
    return f"{said[:160]}{where}"


@contextmanager
def running(
    arguments: Sequence[str],
    folder: Path,
    size: tuple[int, int] = (80, 24),
    module: str = LAUNCH,
    kind: type[Program] = Program,
) -> Iterator[Program]:
    """Start `wargame ARGUMENTS…` with its settings and crash files in this folder; it is ended at the end."""
    feed = folder / "feed"
    around = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
    for unwanted in ("NO_COLOR", "TEXTUAL_ANIMATIONS"):
        around.pop(unwanted, None)
    around |= {"WARGAME_CONFIG": str(folder / "config.toml"), "XDG_STATE_HOME": str(folder / "state")}
    around["XDG_DATA_HOME"] = str(folder / "data")
    program = kind([sys.executable, "-m", module, str(feed), *arguments], feed, size, around)
    try:
        yield program
    finally:
        program.close()
