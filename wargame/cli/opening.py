"""How a command opens the screen. Light, for the home screen waits for it."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

from wargame.cli.output import fail, printable


def screen(kind: str, saves: Path | None, **about: Any) -> None:
    """Open the screen. Nothing is collected until its first page is painted: what is loaded stays."""
    gc.disable()
    from wargame.table.storage import command, saves_folder
    from wargame.tui import Start, run
    from wargame.words.pages import table as say

    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        fail("The game needs a terminal; to play without one, see `wargame simulate --help`.", 2)
    left = run(Start(kind=kind, saves=saves_folder(saves), **about))
    if left is not None:
        print(printable(say.saved(command("resume", left))))
