"""What was typed, made into what is meant; what can't be meant is one sentence."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wargame.cli.output import fail, note

if TYPE_CHECKING:
    from wargame.debrief.story import Moment, Story
    from wargame.lab.workers import Pool, Work, Workers
    from wargame.record import Player
    from wargame.rules.scenario import Scenario


def whole(context: typer.Context, what: str) -> str:
    """Return what was typed; of one file of a scenario say in a sentence what to type for all of it."""
    from wargame.content.load import part_of

    if folder := part_of(what):
        meant = f"wargame {context.info_name} {shlex.quote(str(folder))}"
        fail(f"{what} is one file of the scenario in that folder: type `{meant}`.", 2)
    return what


ScenarioArg = Annotated[
    str, typer.Argument(help="A scenario of the program, or a folder or .zip.", callback=whole)
]
TableArg = Annotated[
    str,
    typer.Argument(
        help="A scenario or its folder, the file of an exercise, or a saved game.", callback=whole
    ),
]
SeedOpt = Annotated[int | None, typer.Option("--seed", help="Fixes all luck: 0 to 2**63 - 1.")]
RoundsOpt = Annotated[int | None, typer.Option("--rounds", help="How many rounds to play.")]
SeatsOpt = Annotated[
    list[str] | None,
    typer.Option("--seat", metavar="SEAT=PLAYER", help="Who plays a seat: a person or a bot."),
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


PLAYERS = ("person", "random", "greedy")


def load(name: str, hindsight: bool = False) -> Scenario:
    from wargame.content.load import load_scenario

    loaded = load_scenario(name, hindsight=hindsight)
    if hindsight and not loaded.spec.hindsight:
        fail(f"{name} has no hindsight deck: leave out --hindsight, or write {name}/hindsight.yaml.", 2)
    return loaded


def check_numbers(scenario: Scenario, seed: int | None, rounds: int | None) -> None:
    most = scenario.spec.rules.most_rounds
    if rounds is not None and not 1 <= rounds <= most:
        fail(f"--rounds must be from 1 to {most}, not {rounds}.", 2)
    if seed is not None and not 0 <= seed < 2**63:
        fail(f"--seed must be from 0 to 2**63 - 1, not {seed}.", 2)


def seats_given(scenario: Scenario, given: list[str], otherwise: str) -> dict[str, str]:
    """Seat → kind of player, from `SEAT=PLAYER` words."""
    from wargame.bots.external import is_external

    chosen = dict.fromkeys(scenario.seat_ids, otherwise)
    for word in given:
        seat, equals, player = word.partition("=")
        if not equals or seat not in chosen:
            fail(f"--seat {word}: give SEAT=PLAYER with a seat from {', '.join(chosen)}.", 2)
        if not is_external(player) and player not in PLAYERS and no_bot(scenario, seat, player):
            styles = [f"greedy/{style}" for whose, style in scenario.styles if whose == seat]
            known = ", ".join((*PLAYERS, *styles, "search", "search:PLAYOUTS"))
            fail(f"--seat {word}: a player is one of {known}, or cmd:COMMAND.", 2)
        if player != "person":
            check_bot(scenario, seat, player, f"--seat {word}")
        chosen[seat] = player
    return chosen


def contestant(scenario: Scenario, word: str) -> tuple[str, str]:
    """Seat and bot from `SEAT=BOT`."""
    seat, equals, name = word.partition("=")
    if not equals or seat not in scenario.seats:
        fail(f"--seat {word}: give SEAT=BOT with a seat from {', '.join(scenario.seat_ids)}.", 2)
    check_bot(scenario, seat, name, f"--seat {word}")
    return seat, name


def check_bot(scenario: Scenario, seat: str, name: str, option: str) -> None:
    """Raise a sentence if there is no such bot or program."""
    from wargame.bots.external import is_external, problem

    if wrong := problem(name) if is_external(name) else no_bot(scenario, seat, name, "cmd:COMMAND"):
        fail(f"{option}: {wrong}", 2)


def no_bot(scenario: Scenario, seat: str, name: str, *others: str) -> str:
    """Return why there is no such bot, or not in such a style of its seat; empty if there is."""
    from wargame.bots import BOTS, bot

    try:
        bot(name)
    except KeyError:
        return f"there is no bot {name}; there are {', '.join((*BOTS, *others))}."
    style = name.partition(":")[0].partition("/")[2]
    known = [known for whose, known in scenario.styles if whose == seat]
    if style and style not in known:
        return f"{seat} has no style {style}; it has {', '.join(known) or 'none'}."
    return ""


def workers_given(workers: int, address: str | None) -> Workers | None:
    """Return who plays many games: this process, several, or a cluster."""
    from wargame.lab.cluster import cluster
    from wargame.lab.workers import processes

    if address is None:
        return processes(workers)
    if workers > 1:
        fail("Give --workers or --cluster, not both: a cluster has workers of its own.", 2)
    if not sys.stderr.isatty():
        return cluster(address)

    def told(scenario: Scenario, work: Work[Any, Any]) -> Pool[Any, Any]:
        note(f"looking for the cluster at {address} …")
        return cluster(address)(scenario, work)

    return told


def named_players(scenario: Scenario, seats: dict[str, str]) -> dict[str, Player]:
    from wargame.record import Player
    from wargame.words import Words

    words = Words(scenario)
    return {seat: Player(kind, words.capital(seat)) for seat, kind in seats.items()}


def saved_game(name: str, saves: Path | None) -> Path:
    """Return the saved game that is meant: a file as given, else one by its name."""
    from wargame.table.storage import named_save, saves_folder

    given = Path(name)
    if given.is_file():
        return given
    found = named_save(name, saves)
    if found is None and given.exists():
        return given  # it is no saved game, and whoever opens it says why
    if found is None and given.name != name:
        fail(f"There is no file {name}.")
    if found is None:
        listed = "wargame saves" + (f" --saves {shlex.quote(str(saves))}" if saves else "")
        fail(f"There is no saved game {name!r} in {saves_folder(saves)}; `{listed}` lists them.")
    return found


def moment_given(story: Story, at: int | None) -> Moment:
    """Return the position that is meant; a sentence if there is none or it can't be made again."""
    if at is not None and at not in story.tree:
        fail(f"{story.name} has no move {at}: choose one from 0 to {story.tree.next_id - 1}.")
    moment = story.end if at is None else story.at(at)
    if not moment.exact:
        fail(f"The position after move {moment.id} can't be made again by these rules.")
    return moment


def bots_given(scenario: Scenario, given: str, option: str = "--bots") -> dict[str, str]:
    """Seat → bot, all the same one."""
    for seat in scenario.seat_ids:
        if wrong := no_bot(scenario, seat, given):
            fail(f"{option} {given}: {wrong}", 2)
    return dict.fromkeys(scenario.seat_ids, given)
