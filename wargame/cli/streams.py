"""Standard streams that a command can trust, whatever they are.

A letter that an encoding lacks is said in plain ones. A stream that is closed, full or whose reader has
gone ends the command with the exit code for it, and never with a traceback. No file is ever opened under the
number of a closed stream, where what is printed would land in it.
"""

from __future__ import annotations

import codecs
import errno
import os
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TextIO, cast

BROKEN_PIPE = 141
"""The exit code after the reader of the output has gone, as shells have it (128 + SIGPIPE)."""
CANT_WRITE = 74
"""The exit code after output could not be written (EX_IOERR)."""

PLAIN = "plain"
"""The name of the way to say what an encoding lacks."""


def prepare() -> None:
    """Make stdin, stdout and stderr of this process safe to use; call it before anything is opened."""
    codecs.register_error(PLAIN, _plain)
    for number, name, way, mode in (
        (0, "stdin", os.O_WRONLY, "r"),
        (1, "stdout", os.O_RDONLY, "w"),  # so that what is printed fails, as it should
        (2, "stderr", os.O_RDWR, "w"),  # so that it doesn't: nobody wants to hear
    ):
        if getattr(sys, name) is None:
            _hold(number, way)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  (a number)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors=PLAIN)  # type: ignore[union-attr]
    sys.stdout = cast(TextIO, Output(sys.stdout))
    sys.stderr = cast(TextIO, Complaints(sys.stderr))


def _hold(number: int, way: int) -> None:
    """Keep the number of a closed stream from whatever is opened next."""
    try:
        os.fstat(number)
    except OSError:
        handle = os.open(os.devnull, way)
        if handle != number:
            os.dup2(handle, number, inheritable=True)
            os.close(handle)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Say in ASCII what can't be encoded, cell for cell."""
    from wargame.words.texts import LETTERS

    assert isinstance(error, UnicodeEncodeError)
    said = []
    for letter in error.object[error.start : error.end]:
        parts = unicodedata.normalize("NFKD", letter.translate(LETTERS))
        bare = "".join(part for part in parts if part.isascii() and part.isprintable())
        said.append(bare or "?" * (2 if unicodedata.east_asian_width(letter) in "WF" else 1))
    return "".join(said), error.end


class _Stream:
    """A stream in front of another; what goes wrong in writing is for `_failed`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError as error:
            self._failed(error)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        raise NotImplementedError


class Complaints(_Stream):
    """Stderr: what can't be complained of is lost, and the exit code tells it all the same."""

    def _failed(self, error: OSError) -> None:
        pass


class Output(_Stream):
    """Stdout: the command ends where its output can't be written, with a sentence unless its reader left."""

    def _failed(self, error: OSError) -> None:
        with suppress(OSError):  # what is still to be flushed goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
        if error.errno in (errno.EPIPE, errno.ESHUTDOWN):
            raise SystemExit(BROKEN_PIPE)
        from wargame.cli.output import fail

        fail(f"the output can't be written ({(error.strerror or str(error)).lower()}).", CANT_WRITE)
