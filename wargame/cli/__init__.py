"""The commands. Each says what it did, or in one sentence on stderr what is wrong, and exits non-zero.

Imports are inside the commands: `wargame --help` and the home screen must not wait for what they don't use.
"""

from __future__ import annotations

import sys
import threading

from wargame import crash
from wargame.cli import streams
from wargame.cli.output import fail
from wargame.errors import ContentError, WargameError


def main() -> None:
    """Run the command line. Every expected failure is one sentence and exit code 1 or 2; a mistake is 70."""
    streams.prepare()
    mistakes: list[BaseException] = []
    threading.excepthook = lambda told: _note(mistakes, told.exc_value)
    sys.unraisablehook = lambda told: None  # what a dying object complains of is for nobody
    try:
        try:
            _run()
        finally:
            sys.stdout.flush()
    except SystemExit as end:
        if not mistakes:
            raise
        mistakes.append(end)
    except ContentError as error:
        fail("\n".join(str(complaint) for complaint in error.complaints))
    except WargameError as error:
        fail(str(error))
    except OSError as error:
        what = f"{error.filename!s:.80}: " if error.filename else "the system refused: "
        fail(f"{what}{(error.strerror or str(error)).lower()}.")
    except Exception as error:
        mistakes.insert(0, error)
    if mistakes:
        fail(crash.explain(mistakes[0]), crash.STATUS)


def _note(mistakes: list[BaseException], error: BaseException | None) -> None:
    """Keep in mind what ended a thread, unless it left by itself."""
    if error is not None and not isinstance(error, SystemExit):
        mistakes.append(error)


def _run() -> None:
    """Do what was typed: mostly the program's name alone, which waits for no other command."""
    if len(sys.argv) == 1:
        from wargame.cli.opening import screen

        screen(kind="home", saves=None)
        return
    from wargame.cli.commands import app

    app()
