"""A real pseudo-terminal with the real program in it, and a strict reading of every byte that came out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

LIMIT = 60.0  # seconds for anything awaited: a safety limit, no measure

ESCAPE = b"\x1b[27u"
"""Esc as the keyboard protocol says it: alone, it would be the beginning of a key that comes soon after."""

CONTROL = re.compile(
    rb"\x1b\[[0-9;:<=>?]*[ -/]*[@-~]"  # CSI: colours, cursor, modes
    rb"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|\Z)"  # OSC, DCS, SOS, PM, APC: strings a terminal acts on
    rb"|\x1b[ -/]*[0-~]"  # any other escape
    rb"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]",  # a lone control byte
    re.DOTALL,
)

OWN = re.compile(
    rb"\x1b\]22;default\x07|\x1b\[(?:"  # the usual pointer of the mouse
    rb"[0-9;:]*m|[0-9;]*H|[0-9]*[ABCDGJK]"  # colours, cursor
    rb"|\?[0-9;]+[hl]|\?[0-9]+\$p"  # modes, and asking which are known
    rb"|[<>=][0-9;]*u|\?u|[0-9]*c|>[0-9;]*[cm]|[0-9]* q|6n|14t"  # keyboard protocols, and asking who is there
    rb")\Z"
)
"""All that the program itself has reason to send. No titles, clipboards or links."""


class Terminal:
    """What the program has sent so far is in `received`."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self.master, self.process = master, process
        self.received = b""

    def read(self, seconds: float) -> bytes:
        """Take in what comes until nothing has come for so long."""
        before = len(self.received)
        while select.select([self.master], [], [], seconds)[0]:
            try:
                part = os.read(self.master, 1 << 16)
            except OSError:  # Linux says so when the other side has closed
                break
            if not part:
                break
            self.received += part
        return self.received[before:]

    def send(self, *keys: str) -> None:
        """Press keys one by one, each when the program has done with the one before."""
        for key in keys:
            os.write(self.master, ESCAPE if key == "\x1b" else key.encode())
            self.settle()

    def settle(self) -> None:
        """Take in what comes until the program sleeps and is silent, however long its turn is in coming.

        Where the system does not tell what a process does (`/proc`), silence alone must do.
        """
        still, end = 0, time.monotonic() + LIMIT
        while still < 6 and self.process.poll() is None:
            assert time.monotonic() < end, f"it never rests; last: {visible(self.received)[-2000:]!r}"
            still = 0 if self.read(0.01) or self._busy() else still + 1

    def _busy(self) -> bool:
        """Some thread of the program runs, or would if the processor were free."""
        for stat in Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
            with suppress(OSError):  # a thread that has just ended
                if stat.read_text().rpartition(")")[2].split()[0] in "RD":
                    return True
        return False

    def hang_up(self) -> None:
        """Close the terminal, as a window is closed. Nothing more can be read."""
        os.close(self.master)
        self.master = -1

    def leave(self, key: str, code: int = 0) -> bytes:
        """Press the key that ends the program, and take in all that it sends until it has ended so."""
        self.send(key)
        assert self.ended() == code
        return self.received

    def ended(self) -> int:
        """Take in what comes until the program has ended; its exit code."""
        end = time.monotonic() + LIMIT
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it never ends; last: {visible(self.received)[-2000:]!r}"
            self.read(0.1)
        self.read(0)
        return self.process.wait()

    def press_until(self, key: str, text: str) -> None:
        """Press a key, with patience between, until this text has come."""
        start = len(self.received)
        for _ in range(50):
            self.send(key)
            if text in visible(self.received[start:]):
                return
        raise AssertionError(f"{text!r} never came; last: {visible(self.received)[-2000:]!r}")

    def wait_for(self, text: str) -> None:
        """Take in what comes until this text has come since the last wait."""
        start, end = getattr(self, "_waited", 0), time.monotonic() + LIMIT
        while text not in visible(self.received[start:]):
            assert time.monotonic() < end, f"{text!r} never came; last: {visible(self.received)[-2000:]!r}"
            assert self.process.poll() is None or self.read(0.1), f"it ended before {text!r} came"
            self.read(0.1)
        self._waited = len(self.received)


@contextmanager
def terminal(command: Sequence[str], size: tuple[int, int] = (80, 24), **env: str) -> Iterator[Terminal]:
    """Run a command on a pseudo-terminal of this size; it is ended at the end."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    around = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
    around.pop("NO_COLOR", None)
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=around, start_new_session=True
    )
    os.close(slave)
    tty = Terminal(master, process)
    try:
        yield tty
    finally:
        process.kill()
        process.wait()
        if tty.master == master:
            os.close(master)


PATIENT = (
    "import itertools; from wargame.tui.kit.guard import GuardedApp;"
    "GuardedApp.clock = staticmethod(itertools.count(step=2).__next__);"
    "from wargame.cli import main; main()"
)
"""The program on a clock on which two seconds go by at each look, so that no key is typed ahead."""


def program(*args: str | Path) -> list[str]:
    """The command line of the real program, for a hand that waits until it has read a screen."""
    return [sys.executable, "-c", PATIENT, *map(str, args)]


def visible(received: bytes) -> str:
    """The text, without the sequences between it."""
    return CONTROL.sub(b"", received).decode(errors="replace")


def foreign(received: bytes) -> list[bytes]:
    """Every control sequence or byte that the program has no reason to send, sorted."""
    found = {match for match in CONTROL.findall(received) if match != b"\x07" and not OWN.match(match)}
    return sorted(found)


HIDDEN = re.compile(
    "[\x80-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def hidden(received: bytes) -> list[str]:
    """C1, zero-width, bidirectional and tag characters in the text, sorted."""
    return sorted(set(HIDDEN.findall(visible(received))))
