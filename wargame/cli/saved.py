"""What is asked of games on disk: which there are, are they whole, and what they tell afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.arguments import (
    BotsOpt,
    GamesOpt,
    JsonOpt,
    LostOpt,
    SavedArg,
    SavesOpt,
    SeatsOpt,
    bots_given,
    moment_given,
    named_players,
    saved_game,
    seats_given,
)
from wargame.cli.output import fail, interrupted, note, printable, progress, write
from wargame.counting import several

if TYPE_CHECKING:
    from wargame.debrief.story import Story
    from wargame.debrief.turning import Turning

READ_ONLY = "where they part it opens read-only, on the snapshots in the file"


def saves(saves: SavesOpt = None) -> None:
    """List the saved games, last played first."""
    from wargame.record import list_saves
    from wargame.record.reading import minute_of, read_whole
    from wargame.table import saves_folder

    folder = saves_folder(saves)
    found = list_saves(folder)
    if not found:
        print(f"There are no saved games in {folder}.")
    for listed in found:
        about = listed.problem or ""
        if listed.header is not None:
            whole = read_whole(listed.path)
            stands = whole.problem or whole.stands(listed.header.rounds)
            state = "finished, " if whole.finished and not whole.problem else ""
            about = f"{listed.header.title}, {state}{stands}, last move {minute_of(listed.modified)}"
        print(printable(f"{listed.name}  ({listed.size // 1024 + 1} kB)  {about}"))


def verify(file: SavedArg, scenario: LostOpt = None, saves: SavesOpt = None) -> None:
    """Replay a saved game and compare every state with what was recorded."""
    from wargame.record import verify as verify_save
    from wargame.table.engine import RULES_VERSION, engine

    report = verify_save(saved_game(file, saves), engine(scenario))
    if not report.ok:
        older = report.rules not in ("", RULES_VERSION)
        said = f"It was played under rules {report.rules}, and these are rules {RULES_VERSION}: {READ_ONLY}."
        fail("\n".join((report.summary, *report.problems, *([said] if older else []))))
    print(printable(report.summary))


def report(
    file: SavedArg,
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write: .html or .md.")],
    for_: Annotated[
        str | None, typer.Option("--for", metavar="SEAT", help="Only what this seat could know at the end.")
    ] = None,
    playouts: Annotated[
        int | None,
        typer.Option("--playouts", help="Find the turning points with so many playouts a decision."),
    ] = None,
    bots: Annotated[
        bool, typer.Option("--bots", help="Turning points of bots too; without people they always are.")
    ] = False,
    strong: Annotated[
        str, typer.Option("--strong", metavar="BOT", help="The bot that stands for strong play.")
    ] = "greedy",
    scenario: LostOpt = None,
    saves: SavesOpt = None,
) -> None:
    """Write a page on a saved game: results, charts, deals, turning points, every seat's story."""
    from wargame.debrief.perspective import EVERYTHING
    from wargame.debrief.report import SUFFIXES, prepared
    from wargame.debrief.report import report as make
    from wargame.debrief.story import Story
    from wargame.debrief.turning import LEAST, known
    from wargame.table.engine import engine

    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        fail(f"{output}: a report is written as {' or '.join(SUFFIXES)}.", 2)
    if for_ is not None and playouts is not None:
        fail("--playouts goes with the whole report: a seat's own has no turning points.", 2)
    if playouts is not None and playouts < LEAST:
        fail(f"--playouts must be at least {LEAST}: they are for all arms of a decision together.", 2)
    prepared()
    path = saved_game(file, saves)
    story = Story.open(path, engine=engine(scenario))
    if for_ is not None and for_ not in story.scenario.seats:
        fail(f"--for {for_}: there is no such seat; there are {', '.join(story.scenario.seat_ids)}.", 2)
    who = "all" if bots else None
    turning = None
    if playouts:
        turning = _studied(story, strong, playouts, who)
    elif for_ is None:
        turning = known(story, who)
    _write(output, make(story, form, EVERYTHING if for_ is None else for_, turning), path)
    note(story.notice)
    if playouts and turning is not None:
        interrupted(turning.stopped, turning.looked, turning.decisions, "decisions")


def export(
    file: SavedArg,
    form: Annotated[str, typer.Option("--format", help="jsonl or csv.")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here; csv makes a file a table of it.")
    ] = None,
    scenario: LostOpt = None,
    saves: SavesOpt = None,
) -> None:
    """Write a saved game as rows for other programs: one a move, one a state, one a remark."""
    from wargame.debrief.export import FORMATS, rows
    from wargame.debrief.story import Story
    from wargame.table.engine import engine

    if form not in FORMATS:
        fail(f"--format must be one of {', '.join(FORMATS)}, not {form}.", 2)
    if form == "csv" and output is None:
        fail("csv makes a file a table: say where with -o, e.g. -o game.csv.", 2)
    path = saved_game(file, saves)
    story = Story.open(path, engine=engine(scenario))
    for ending, text in FORMATS[form](rows(story)).items():
        if output is None:
            print(text, end="")
        else:
            _write(output.with_name(f"{output.stem}{ending}{output.suffix or f'.{form}'}"), text, path)
    note(story.notice)


def branch(
    file: SavedArg,
    at: Annotated[int, typer.Option("--at", help="The last move that is kept; 0 is the start.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The new save.")],
    seat: SeatsOpt = None,
    scenario: LostOpt = None,
    saves: SavesOpt = None,
) -> None:
    """Make a new save that stops at some move and can be played on from there."""
    from wargame.debrief.branch import branch as make
    from wargame.debrief.story import Story
    from wargame.table.engine import engine
    from wargame.table.storage import command

    story = Story.open(saved_game(file, saves), engine=engine(scenario))
    chosen = named_players(story.scenario, seats_given(story.scenario, seat, "")) if seat else {}
    made = make(story, at, output, {who: player for who, player in chosen.items() if player.kind})
    print(printable(f"{made}: the game up to move {at}. Go on with: {command('resume', made)}"))


def outlook(
    file: SavedArg,
    at: Annotated[int | None, typer.Option("--at", help="After which move; the last if not given.")] = None,
    games: GamesOpt = 500,
    bots: BotsOpt = "greedy",
    as_json: JsonOpt = False,
    saves: SavesOpt = None,
) -> None:
    """Let bots play on from a position: every seat's chances of its line, of being first, of ruin."""
    from wargame.debrief.playouts import as_json as plain
    from wargame.debrief.playouts import cores, table
    from wargame.debrief.playouts import outlook as look
    from wargame.debrief.story import Story
    from wargame.words import Words

    story = Story.open(saved_game(file, saves))
    moment = moment_given(story, at)
    players = bots_given(story.scenario, bots)
    with progress(games, "games") as tick:
        seen = look(moment.state, players, games, processes=cores(), progress=tick)
    found = plain(seen) | {"move": moment.id, "round": moment.state.round, "bots": players}
    words = Words(story.scenario)
    played = f"{several(seen.games, 'game')} by bots ({bots}), 95 %"
    head = f"After move {moment.id}, round {moment.state.round}: {played}."
    print(json.dumps(found, indent=2) if as_json else printable(f"{head}\n{table(seen, words)}"))
    note(story.notice)
    interrupted(seen.games < games, seen.games, games, "games")


def _studied(story: Story, strong: str, playouts: int, who: str | None) -> Turning:
    """The turning points of a game, found now, with a progress bar for each stage.

    After Ctrl-C those that were found by then.
    """
    from wargame.debrief.playouts import cores
    from wargame.debrief.turning import Turning, study

    bots = bots_given(story.scenario, strong, "--strong")
    steps = study(story, bots, playouts=playouts, who=who, processes=cores())
    step = next(steps)
    while True:
        stage = step.stage
        with progress(step.total, stage) as tick:
            while step.stage == stage:
                tick(step.done)
                try:
                    step = next(steps)
                except StopIteration as end:
                    assert isinstance(end.value, Turning)
                    return end.value


def _write(path: Path, text: str, save: Path) -> None:
    """Write what was asked for; never over the saved game itself."""
    if path.resolve() == save.resolve():
        fail(f"{path} is the saved game itself: write to another file.", 2)
    write(path, text)
    print(printable(f"{path} is written."))
