"""The commands. Each says what it did, or in one sentence on stderr what is wrong, and exits non-zero.

Imports are inside the commands: `wargame --help` and the home screen must not wait for what they don't use.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from wargame import __version__
from wargame.cli import content, lab, play, saved
from wargame.cli.options import SavesOpt
from wargame.cli.say import fail
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
    """Open the home screen, or run a command."""
    if version:
        print(__version__)
    elif context.invoked_subcommand is None:
        play.screen(kind="home", saves=saves)


for command in (
    play.play, play.resume, play.replay, play.facilitate,
    saved.saves, saved.verify, content.check, play.keys,
    lab.simulate, lab.arena, lab.balance, lab.claims, lab.fuzz,
    saved.report, saved.export, saved.branch, saved.outlook,
):  # fmt: skip
    app.command()(command)  # in the order of `wargame --help`


def main() -> None:
    """Run the command line; every expected failure is one sentence and exit code 1 or 2."""
    try:
        app()
    except ContentError as error:
        fail("\n".join(str(complaint) for complaint in error.complaints))
    except WargameError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
