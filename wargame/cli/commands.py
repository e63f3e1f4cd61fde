"""What can be typed after `wargame`: each command by name, in the order of its help."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from wargame import __version__
from wargame.cli import host, lab, paper, play, saved
from wargame.cli.arguments import SavesOpt
from wargame.cli.opening import screen

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
        screen(kind="home", saves=saves)


for command in (
    play.play, play.resume, play.replay, play.facilitate, play.wall, host.host,
    saved.saves, saved.verify, play.check, play.rules, play.keys,
    lab.simulate, lab.arena, lab.balance, lab.claims, lab.fuzz,
    saved.report, saved.export, saved.branch, saved.outlook,
):  # fmt: skip
    app.command()(command)  # in the order of `wargame --help`
app.command("print")(paper.print_pages)
app.command()(paper.preview)
