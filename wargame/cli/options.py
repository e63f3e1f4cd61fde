"""The arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT = "honeymoon"

ScenarioArg = Annotated[str, typer.Argument(help="A scenario that comes with the program, or a folder.")]
SeedOpt = Annotated[int | None, typer.Option("--seed", help="Fixes all luck: 0 to 2**63 - 1.")]
RoundsOpt = Annotated[int | None, typer.Option("--rounds", help="How many rounds to play.")]
SeatsOpt = Annotated[
    list[str] | None,
    typer.Option("--seat", metavar="SEAT=PLAYER", help="Who plays a seat, e.g. --seat japan=person."),
]
HindsightOpt = Annotated[
    bool, typer.Option("--hindsight", help="Shuffle what was reported afterwards into the news.")
]
SavesOpt = Annotated[Path | None, typer.Option("--saves", help="The folder of saved games.")]
GamesOpt = Annotated[int, typer.Option("--games", min=1, help="How many games.")]
WorkersOpt = Annotated[int, typer.Option("--workers", min=1, help="Processes of this machine that play.")]
ClusterOpt = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="A Dask cluster plays, e.g. tcp://10.0.0.5:8786."),
]
JsonOpt = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
LostOpt = Annotated[
    Path | None,
    typer.Option("--scenario", help="The scenario's folder, for a save whose first record is damaged."),
]
SavedArg = Annotated[str, typer.Argument(help="A saved game: a file or a name.")]
BotsOpt = Annotated[str, typer.Option("--bots", help="Who plays on in every seat.")]
PageOpt = Annotated[Path | None, typer.Option("-o", "--output", help="Write the page here.")]
