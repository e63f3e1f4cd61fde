"""The commands. Each says what it did, or in one sentence on stderr what is wrong, and exits non-zero.

Imports are inside the commands: `wargame --help` and the home screen must not wait for what they don't use.
"""

from __future__ import annotations

import sys
import threading
from typing import Annotated

import typer
from typer.core import TyperGroup

from wargame import __version__, crash
from wargame.cli import lab, play, saved, streams
from wargame.cli.arguments import SavesOpt
from wargame.cli.output import fail
from wargame.errors import ContentError, WargameError

app = typer.Typer(
    name="wargame",
    help="A facilitated tabletop wargame in the terminal. Without a command: the home screen.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    saves: SavesOpt = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the home screen, or run a command, which finds saved games where it says itself, else here."""
    if saves is not None and isinstance(context.command, TyperGroup):
        context.default_map = {name: {"saves": str(saves)} for name in context.command.commands}
    if version:
        print(__version__)
    elif context.invoked_subcommand is None:
        play.screen(kind="home", saves=saves)


for command in (
    play.play, play.resume, play.replay, play.facilitate, play.wall,
    saved.saves, saved.verify, play.check, play.keys,
    lab.simulate, lab.arena, lab.balance, lab.claims, lab.fuzz,
    saved.report, saved.export, saved.branch, saved.outlook,
):  # fmt: skip
    app.command()(command)  # in the order of `wargame --help`


def main() -> None:
    """Run the command line. Every expected failure is one sentence and exit code 1 or 2; a mistake is 70."""
    streams.prepare()
    mistakes: list[BaseException] = []
    threading.excepthook = lambda told: _note(mistakes, told.exc_value)
    sys.unraisablehook = lambda told: None  # what a dying object complains of is for nobody
    try:
        try:
            app()
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
