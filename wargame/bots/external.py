"""A player that is a program of its own: it reads a line of JSON a decision and answers with one.

A seat's player is named `cmd:COMMAND`, or `cmd/SECONDS:COMMAND` with another time limit than ten seconds.
The command is split as a shell would but run without one. `docs/players.md` describes the lines.

A program that crashes, hangs or talks nonsense does not stop a game: the first legal move, which is neutral,
is played for it, and a sentence says so. It is started once more; the second time it is out, and its seat
plays first legal moves to the end. A program brings its own luck and time, so its games need not repeat.
"""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import signal
import sys
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from subprocess import PIPE, Popen, TimeoutExpired
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import IO, Any, NamedTuple

from wargame.bots.base import Choice
from wargame.bots.plain import plain_view
from wargame.rules.moves import Move
from wargame.rules.view import View

PROTOCOL = 1
"""Raised when a program that understood the lines before might not understand them now."""
KIND = "cmd"
SECONDS = 10.0
"""How long a program may think about a decision, its start included."""
LEAST_SECONDS, MOST_SECONDS = 0.1, 3600.0
LONGEST = 1 << 16
"""Bytes of an answer, line end included."""
RATIONALE = 200
"""Letters of a rationale that are kept."""
GRACE = 1.0
"""Seconds to leave in after the goodbye."""
LAST_LINES = 5
LIVES = 2

WARDEN = (
    (sys.executable, "-I", "-S", str(Path(__file__).with_name("warden.py")))
    if hasattr(os, "posix_spawn") and sys.executable
    else ()
)
"""What starts a program where there are process groups; the pipe and the program's words follow."""

Notice = Callable[[str], None]
"""Takes a sentence for whoever runs the game."""


class Command(NamedTuple):
    """What a player's name says: the words to run, and the seconds for a decision."""

    words: tuple[str, ...]
    seconds: float


class Trouble(Exception):  # noqa: N818  (it is nobody's error but the program's)
    """Why a program gave no usable answer; goes on after "the program of SEAT"."""


def is_external(kind: str) -> bool:
    """Whether this names a program."""
    return ":" in kind and kind.partition(":")[0].partition("/")[0] == KIND


def parse(kind: str) -> Command:
    """The command in a player's name. `ValueError` with a sentence if it can't be one."""
    start, _, command = kind.partition(":")
    limit = start.partition("/")[2]
    try:
        seconds = float(limit) if "/" in start else SECONDS
    except ValueError:
        seconds = -1.0
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise ValueError(f"{limit} is no time limit: give {LEAST_SECONDS:g} to {MOST_SECONDS:g} seconds.")
    try:
        words = tuple(shlex.split(command, posix=os.name == "posix"))
    except ValueError as error:
        raise ValueError(f"the command can't be read ({str(error).lower()}).") from error
    if not words:
        raise ValueError("there is no command after the colon, as in cmd:python my_bot.py.")
    return Command(words, seconds)


def problem(kind: str) -> str | None:
    """A sentence on why this program can't be started here, or `None`."""
    try:
        words = parse(kind).words
    except ValueError as error:
        return str(error)
    return None if shutil.which(words[0]) else f"there is no program {words[0]} to run here."


# --- one process ---------------------------------------------------------------------------------------


class Process:
    """A running program. Lines go in and out through threads, so that nothing it does can hold us up."""

    def __init__(self, words: Sequence[str]) -> None:
        if shutil.which(words[0]) is None:
            raise Trouble(f"can't be started ({os.strerror(errno.ENOENT)})")
        theirs, ours = os.pipe() if WARDEN else (None, None)
        try:
            self._popen = Popen(
                [*WARDEN, str(theirs), *words] if WARDEN else words,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                pass_fds=() if theirs is None else (theirs,),
                start_new_session=True,  # Ctrl-C at the table is not meant for it
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
        except (OSError, ValueError) as error:
            _close(ours)
            raise Trouble(f"can't be started ({getattr(error, 'strerror', None) or error})") from error
        finally:
            _close(theirs)
        self._said: deque[bytes] = deque(maxlen=LAST_LINES)
        self._listener = Thread(target=_listen, args=(self._popen.stderr, self._said), daemon=True)
        self._listener.start()
        self._talker: Thread | None = None
        self._end = weakref.finalize(self, _kill, self._popen, ours)

    def ask(self, lines: bytes, seconds: float) -> bytes:
        """Its next line after these have been sent. `Trouble` if there is none in that time."""
        answer: SimpleQueue[bytes] = SimpleQueue()
        self._talk(lines, answer)
        try:
            line = answer.get(timeout=seconds)
        except Empty:
            raise Trouble(f"gave no answer within {seconds:g} s") from None
        if not line:
            raise Trouble(self._how_it_ended())
        return line

    def _talk(self, lines: bytes, answer: SimpleQueue[bytes] | None) -> None:
        self._talker = Thread(target=_exchange, args=(self._popen, lines, answer), daemon=True)
        self._talker.start()

    def _how_it_ended(self) -> str:
        try:
            code = f"ended with exit code {self._popen.wait(GRACE)}"
        except TimeoutExpired:
            return "closed its output"
        self._listener.join(GRACE)
        last = next((line for line in reversed(self._said) if line.strip()), b"")
        words = one_line(last.decode("utf-8", "replace"))
        return f"{code} ({words})" if words else code

    def dismiss(self, goodbye: bytes) -> None:
        """Say goodbye, and that nothing more will be said."""
        self._talk(goodbye, None)

    def kill(self) -> None:
        """End it at once, with whatever it has started."""
        self._end()

    def end(self, grace: float = 0.0) -> None:
        """See that it is gone, after so many seconds to leave by itself."""
        with suppress(TimeoutExpired):
            self._popen.wait(grace)
        self._end()
        threads = [self._listener, *([self._talker] if self._talker else [])]
        for thread in threads:
            thread.join(GRACE)
        if not any(thread.is_alive() for thread in threads):
            for pipe in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
                with suppress(OSError):
                    assert pipe is not None
                    pipe.close()


def _exchange(popen: Popen[bytes], lines: bytes, answer: SimpleQueue[bytes] | None) -> None:
    """Send lines and wait for one (or, without `answer`, close the door); nothing on any trouble."""
    line = b""
    try:
        assert popen.stdin is not None
        assert popen.stdout is not None
        popen.stdin.write(lines)
        popen.stdin.flush()
        if answer is None:
            popen.stdin.close()
        else:
            line = popen.stdout.readline(LONGEST + 1)
    except (OSError, ValueError):
        pass
    if answer is not None:
        answer.put(line)


def _listen(stream: IO[bytes], said: deque[bytes]) -> None:
    """Keep the last lines of what a program complains about, away from the screen."""
    try:
        while line := stream.readline(LONGEST):
            said.append(line)
    except (OSError, ValueError):
        pass


def _kill(popen: Popen[bytes], line: int | None) -> None:
    """End a program with whatever it started: its warden does when the line to it is cut."""
    _close(line)
    with suppress(TimeoutExpired):
        popen.wait(GRACE if line is not None else 0)
    if popen.poll() is None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(popen.pid, signal.SIGKILL)
        popen.kill()
    popen.wait()


def _close(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


# --- one player ----------------------------------------------------------------------------------------


class External:
    """The program in one seat of one game: a bot that must be closed at the game's end.

    `notice` is told of everything that goes wrong.
    """

    def __init__(self, kind: str, notice: Notice) -> None:
        self.command = parse(kind)
        self._notice = notice
        self._process: Process | None = None
        self._lives = LIVES

    def __call__(self, seen: View, moves: Sequence[Move], _luck: int) -> Choice:
        """The program's choice, or the first move and why."""
        if not self._lives:
            return Choice(moves[0], "its program is out")
        try:
            return self._ask(seen, moves)
        except Trouble as trouble:
            self._fail(str(seen.scenario.seats[moves[0].seat].name), str(trouble))
            return Choice(moves[0], one_line(f"its program {trouble}"))

    def _ask(self, seen: View, moves: Sequence[Move]) -> Choice:
        lines = b""
        if self._process is None:
            self._process = Process(self.command.words)
            lines = line_of({"hello": self._hello(seen)})
        lines += line_of({"view": plain_view(seen), "moves": [move.to_plain() for move in moves]})
        return read_answer(self._process.ask(lines, self.command.seconds), moves)

    def _hello(self, seen: View) -> dict[str, Any]:
        scenario = seen.scenario
        return {
            "protocol": PROTOCOL,
            "scenario": scenario.id,
            "title": str(scenario.spec.title),
            "hash": scenario.hash,
            "seat": seen.seat,
            "seats": list(scenario.seat_ids),
            "rounds": seen.rounds,
            "seconds": self.command.seconds,
        }

    def _fail(self, seat: str, trouble: str) -> None:
        self._lives -= 1
        if self._process is not None:
            self._process.end()
            self._process = None
        then = "It is started once more." if self._lives else "It is out for the rest of the game."
        self._notice(f"The program of {seat} {trouble}. Its first legal move was played instead. {then}")

    def kill(self) -> None:
        """End the program at once."""
        if (process := self._process) is not None:
            process.kill()

    def dismiss(self) -> None:
        """Say goodbye to the program."""
        if self._process is not None:
            self._process.dismiss(line_of({"bye": {}}))

    def close(self, grace: float = GRACE) -> None:
        """See that the program is gone, after so many seconds; more than once does no harm."""
        if self._process is not None:
            self._process.end(max(grace, 0.0))
            self._process = None


def line_of(message: dict[str, Any]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def read_answer(line: bytes, moves: Sequence[Move]) -> Choice:
    """The choice in a program's line; `Trouble` if it is none of these moves."""
    if len(line) > LONGEST:
        raise Trouble(f"sent a line of more than {LONGEST} bytes")
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise Trouble(f"sent no JSON but “{one_line(line.decode('utf-8', 'replace'), 40)}”") from None
    if not isinstance(said, dict) or "move" not in said:
        raise Trouble(f"sent no move but “{one_line(line.decode('utf-8', 'replace'), 40)}”")
    wanted, why = said["move"], said.get("rationale", "")
    rationale = one_line(why) if isinstance(why, str) else ""
    if type(wanted) is int:
        if not 0 <= wanted < len(moves):
            raise Trouble(f"chose move {one_line(str(wanted), 20)}, of {len(moves)} numbered from 0")
        return Choice(moves[wanted], rationale)
    for move in moves:
        if move.to_plain() == wanted:
            return Choice(move, rationale)
    raise Trouble(f"chose {one_line(json.dumps(wanted), 60)}, which is not allowed now")


def one_line(text: str, most: int = RATIONALE) -> str:
    """Foreign text as it may be shown and kept: printable, on one line, not too long."""
    words = " ".join(text.split())
    return "".join(letter for letter in words if letter.isprintable())[:most]


# --- the players of a game -----------------------------------------------------------------------------


def to_stderr(sentence: str) -> None:
    sys.stderr.write(f"wargame: {sentence}\n")


class Externals:
    """The programs of one game, each started at its seat's first decision. Close it with the game."""

    def __init__(self, notice: Notice = to_stderr) -> None:
        self._notice = notice
        self._seated: dict[tuple[str, str], External] = {}

    def get(self, seat: str, kind: str) -> External | None:
        """The player of that seat, if the kind names a program."""
        if not is_external(kind):
            return None
        if (seat, kind) not in self._seated:
            self._seated[seat, kind] = External(kind, self._notice)
        return self._seated[seat, kind]

    def kill(self) -> None:
        """End all of them at once, from any thread; whoever waits for an answer of theirs has none."""
        for player in list(self._seated.values()):
            player.kill()

    def close(self) -> None:
        """Say goodbye to all of them and see that they are gone; more than once does no harm."""
        for player in self._seated.values():
            player.dismiss()
        latest = monotonic() + GRACE
        for player in self._seated.values():
            player.close(latest - monotonic())
        self._seated.clear()

    def __enter__(self) -> Externals:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
