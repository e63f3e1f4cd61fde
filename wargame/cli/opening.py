"""How a command opens the screen. Light, for the home screen waits for it."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

from wargame.cli.output import fail, printable


def screen(kind: str, saves: Path | None, **about: Any) -> None:
    """Open the screen. Nothing is collected until its first page is painted: what is loaded stays.

    A `save` that is none is refused in a sentence before there is a screen: `WargameError`.
    """
    gc.disable()
    if about.get("save") is not None:
        check_save(about["save"])
    from wargame.table.storage import command, saves_folder
    from wargame.tui import Start, run
    from wargame.words.pages import table as say

    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        fail("The game needs a terminal; to play without one, see `wargame simulate --help`.", 2)
    left = run(Start(kind=kind, saves=saves_folder(saves), **about))
    if left is not None:
        print(printable(say.saved(command("resume", left))))


def check_save(path: Path) -> None:
    """Raise `SaveError` for a file or folder that is no saved game, or can't be read."""
    from wargame.record import frames
    from wargame.record.files import read_file

    frames.scan(read_file(path), path.name)
