"""How a command says what it did: harmless lines, one sentence of failure, files, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import NoReturn

from wargame.counting import several

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


def fail(sentence: str, code: int = 1) -> NoReturn:
    print(f"wargame: {printable(sentence)}", file=sys.stderr)
    raise SystemExit(code)


def printable(text: str) -> str:
    """Return text as it may be sent to a terminal: no control bytes but the line's end."""
    return "".join(letter if letter == "\n" or letter.isprintable() else "\ufffd" for letter in text)


def complain(what: str, how: str, complaints: Sequence[object]) -> NoReturn:
    """Print every problem on a line of stderr, and how many."""
    for complaint in complaints:
        print(printable(str(complaint)), file=sys.stderr)
    count = len(complaints)
    fail(f"{what} can't be {how}: {several(count, 'problem')}.")


def interrupted(interrupted: bool, done: int, games: int, what: str) -> None:
    """Say so, and exit as a program does that Ctrl-C ended."""
    if interrupted:
        fail(f"interrupted after {done} of {games} {what}; the results are of those.", INTERRUPTED)


def write(path: Path, text: str) -> None:
    """Write what was asked for, or say why not."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        fail(f"{path} can't be written ({(error.strerror or str(error)).lower()}).")


def note(notice: str | None) -> None:
    if notice:
        print(printable(f"wargame: {notice}"), file=sys.stderr)


@contextmanager
def progress(length: int, what: str) -> Iterator[Callable[[int], None]]:
    """Yield a progress bar on stderr, with the rate and the time left, when somebody is looking at it."""
    import typer

    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    start = drawn = monotonic()

    def rate(_item: None) -> str:
        return f"{bar.pos / max(monotonic() - start, 1e-9):.1f}/s"

    def tick(done: int) -> None:
        nonlocal drawn
        if done == length or monotonic() > drawn + 0.1:
            drawn = monotonic()
            bar.update(done - bar.pos)

    bar = typer.progressbar(length=length, label=what, file=sys.stderr, show_pos=True, item_show_func=rate)
    with bar:
        yield tick
