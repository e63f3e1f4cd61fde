"""What can be typed after `wargame`: each command by name, in the order of its help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from wargame import __version__
from wargame.cli import author, host, lab, paper, play, saved
from wargame.cli.arguments import SavesOpt
from wargame.cli.opening import screen
from wargame.cli.output import fail

MISUSED: tuple[type[Exception], ...] = typer.BadParameter.__bases__
"""What is raised for words that make no sense as a command; typer has it under no name of its own."""


@contextmanager
def in_a_sentence(context: Any) -> Iterator[None]:
    """Refuse what makes no sense as all else is refused, and say where to read what would."""
    try:
        yield
    except MISUSED as error:
        where = getattr(error, "ctx", None) or context
        said = error.format_message()  # type: ignore[attr-defined]
        fail(f"{said.rstrip('.')}. `{where.command_path} --help` tells what can be typed.", 2)


class Commands(TyperGroup):
    """The commands; what is no command, or lacks something, is one sentence."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed before the command."""
        with in_a_sentence(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        with in_a_sentence(ctx):
            return super().invoke(ctx)


app = typer.Typer(
    name="wargame",
    cls=Commands,
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
    play.play, play.tutorial, play.resume, play.replay, play.facilitate, play.wall, host.host,
    saved.saves, saved.verify, author.check, author.new, author.schema, play.rules, play.keys,
    lab.simulate, lab.arena, lab.balance, lab.claims, lab.fuzz,
    saved.report, saved.export, saved.branch, saved.outlook,
):  # fmt: skip
    app.command()(command)  # in the order of `wargame --help`
app.command("print")(paper.print_pages)
app.command()(paper.preview)
