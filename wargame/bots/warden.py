"""Stands between the game and a program that plays a seat, and sees that nothing of that program stays.

The game starts this file as a script, with a pipe of which it keeps the other end, and the program's words.
When the pipe closes, for whatever reason, or the program ends, all that it has started is ended too. On Linux
that is also what has made itself a session of its own or left its parent, for orphans are given to this
process. Elsewhere it is only the program's process group. It starts with each program, so it imports little.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys

SET_CHILD_SUBREAPER = 36
"""The number of that wish to Linux (`man 2 prctl`)."""
NOT_STARTED = 127
"""The exit code of a program that can't be started, as shells have it."""
IGNORED = tuple(
    getattr(signal, name)
    for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGPIPE", "SIGXFSZ")
    if hasattr(signal, name)
)


def main(line: int, words: list[str]) -> None:
    """Run the program to its end, or that of the pipe `line`; exit with its code, 128 + n for a signal."""
    os.set_inheritable(line, False)
    _adopt_orphans()
    for number in IGNORED:
        signal.signal(number, signal.SIG_IGN)
    try:
        child = os.posix_spawnp(words[0], words, os.environ, setpgroup=0, setsigdef=IGNORED)
    except OSError as error:
        sys.stderr.write(f"{error.strerror}\n")
        sys.exit(NOT_STARTED)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # they are the program's alone
        os.dup2(nowhere, stream)
    _thread.start_new_thread(_end_with, (line, child))
    reaped, status = os.wait()
    while reaped != child:
        reaped, status = os.wait()
    try:
        os.killpg(child, signal.SIGKILL)
    except OSError:  # it was alone
        pass
    while [process for process in _children() if _ended(process)]:
        pass  # what those had started are children now
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


def _end_with(line: int, child: int) -> None:
    """End the program when nobody holds the pipe any more."""
    os.read(line, 1)
    os.kill(child, signal.SIGKILL)


def _adopt_orphans() -> None:
    """Become the parent of every process below this one whose own has gone, where that can be."""
    if sys.platform == "linux":
        try:
            from ctypes import CDLL  # noqa: PLC0415  (not in every Python)

            CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        except (ImportError, OSError, AttributeError):
            pass


def _children() -> list[int]:
    """The processes whose parent this one is, where the system tells."""
    found = []
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        try:
            with open(f"/proc/{name}/stat") as stat:
                parent = int(stat.read().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == os.getpid():
            found.append(int(name))
    return found


def _ended(process: int) -> bool:
    """End a child; False for one that may not be ended."""
    try:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
