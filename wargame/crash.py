"""What a mistake of the program itself leaves behind: one sentence for the room, the details for its owner.

The sentence names no card, number or seat, for it may stand on a wall. The details are a traceback without
the values of variables, in a file that only the user can read; a few of them are kept.
"""

from __future__ import annotations

import os
import platform
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path

STATUS = 70
"""The exit code of a program that met a mistake of its own (EX_SOFTWARE)."""
KEPT = 20
"""Files of details that are kept; the oldest go first."""
LONGEST = 200_000
"""Characters of details in one file."""

UNHARMED = ", and saved games are as they were"


def explain(error: BaseException, go_on: str = UNHARMED) -> str:
    """Keep the details of an error and return the sentence that says so. Never raises.

    `go_on` says what has become of the game; it continues a sentence.
    """
    try:
        where = f"is kept in {keep(error)}"
    except Exception as refused:
        where = f"could not be kept ({(getattr(refused, 'strerror', None) or str(refused)).lower()})"
    return f"The program met a mistake of its own and had to stop{go_on}; what went wrong {where}."


def keep(error: BaseException) -> Path:
    """Write the details of an error into a file of their own; return where. Raises `OSError`."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in sorted(folder.glob("crash-*.txt"))[: -KEPT + 1]:
        with suppress(OSError):
            old.unlink()
    path = folder / f"crash-{datetime.now().astimezone():%Y-%m-%dT%H.%M.%S.%f}-{os.getpid()}.txt"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123  (a handle)
        file.write(_details(error)[:LONGEST])
    return path


def _folder() -> Path:
    from platformdirs import user_state_path  # noqa: PLC0415  (a program that meets no mistake needs none)

    return user_state_path("wargame") / "crashes"


def _details(error: BaseException) -> str:
    versions = f"wargame {import_module('wargame').__version__}, Python {platform.python_version()}"
    told = traceback.TracebackException.from_exception(error, capture_locals=False)
    return f"{versions}, {platform.platform()}\n{sys.argv}\n\n{''.join(told.format())}"
