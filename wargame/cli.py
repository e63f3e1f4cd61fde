"""The commands. Each says what it did, or in one sentence on stderr what is wrong, and exits non-zero.

Imports are inside the commands: `wargame --help` and the home screen must not wait for what they don't use.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from wargame import __version__
from wargame.errors import ContentError, WargameError

if TYPE_CHECKING:
    from wargame.debrief.story import Moment, Story
    from wargame.debrief.turning import Turning
    from wargame.lab.crowd import Crowd
    from wargame.record import Player
    from wargame.rules.scenario import Scenario

DEFAULT = "honeymoon"
INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""
PLAYERS = ("person", "random", "greedy")

app = typer.Typer(
    name="wargame",
    help="A facilitated tabletop wargame in the terminal. Without a command: the home screen.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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
SavedArg = Annotated[str, typer.Argument(help="A saved game: a file or a name.")]
BotsOpt = Annotated[str, typer.Option("--bots", help="Who plays on in every seat.")]


def main() -> None:
    """Run the command line; every expected failure is one sentence and exit code 1 or 2."""
    try:
        app()
    except ContentError as error:
        _fail("\n".join(str(complaint) for complaint in error.complaints))
    except WargameError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None


def _fail(sentence: str, code: int = 1) -> NoReturn:
    print(f"wargame: {printable(sentence)}", file=sys.stderr)
    raise SystemExit(code)


def printable(text: str) -> str:
    """Text as it may be sent to a terminal: no control bytes but the line's end."""
    return "".join(letter if letter == "\n" or letter.isprintable() else "\ufffd" for letter in text)


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
        _screen(kind="home", saves=saves)


@app.command()
def play(
    scenario: ScenarioArg = DEFAULT,
    seed: SeedOpt = None,
    rounds: RoundsOpt = None,
    seat: SeatsOpt = None,
    hindsight: HindsightOpt = False,
    saves: SavesOpt = None,
) -> None:
    """Start a game at once. Seats not named are played by greedy bots; with none named, you choose."""
    loaded = _load(scenario, hindsight)
    _check_numbers(loaded, seed, rounds)
    players = _named(loaded, _seats(loaded, seat, "greedy")) if seat else None
    _screen(
        kind="play" if seat else "setup",
        saves=saves,
        scenario=scenario,
        seed=seed,
        rounds=rounds,
        hindsight=hindsight,
        players=players,
    )


@app.command()
def resume(
    name: Annotated[str, typer.Argument(help="A saved game.")],
    no_pins: Annotated[
        bool,
        typer.Option("--no-pins", help="Ask for no PIN, when a seat forgot its own; the record notes it."),
    ] = False,
    programs: Annotated[
        bool, typer.Option("--programs", help="Start the programs that the save names as players: trust it.")
    ] = False,
    saves: SavesOpt = None,
) -> None:
    """Go on with a saved game."""
    save = _existing(name, saves)
    _screen(kind="resume", saves=saves, save=save, pins=not no_pins, programs=programs)


@app.command()
def replay(file: SavedArg, saves: SavesOpt = None) -> None:
    """Look back on a saved game: every move, through anybody's eyes; charts, turning points, deals, notes."""
    _screen(kind="replay", saves=saves, save=_existing(file, saves))


@app.command()
def facilitate(
    what: Annotated[
        str, typer.Argument(help="A scenario or its folder, the file of an exercise, or a saved game.")
    ] = DEFAULT,
    name: Annotated[str, typer.Option("--name", help="Who facilitates, for the record.")] = "",
    no_pins: Annotated[
        bool, typer.Option("--no-pins", help="Ask for no PIN of a saved game; the record notes it.")
    ] = False,
    seed: SeedOpt = None,
    rounds: RoundsOpt = None,
    hindsight: HindsightOpt = False,
    saves: SavesOpt = None,
) -> None:
    """Run an exercise: the facilitator's console comes first, and later with F2 between two turns.

    A scenario is run as the exercise beside it says, or with people in all seats where there is none.
    """
    from wargame.content.exercise import find_exercise, open_exercise
    from wargame.content.load import scenario_names

    about: dict[str, Any] = {"facilitator": name, "console": True}
    given = Path(what)
    yaml = given.is_file() and given.suffix in (".yaml", ".yml")
    if not yaml and not given.is_dir() and what not in scenario_names():
        about |= {"kind": "resume", "save": _existing(what, saves), "pins": not no_pins}
    elif (plan := find_exercise(what)).is_file():
        if (seed, rounds, hindsight) != (None, None, False):
            _fail(f"{plan.name} says the seed, the rounds and the decks: leave these options out.", 2)
        open_exercise(plan)
        about |= {"kind": "exercise", "exercise": plan}
    else:
        _check_numbers(_load(what, hindsight), seed, rounds)
        about |= {"kind": "exercise", "scenario": what, "seed": seed, "rounds": rounds}
        about["hindsight"] = hindsight
    _screen(saves=saves, **about)


@app.command(name="saves")
def list_saved(saves: SavesOpt = None) -> None:
    """List the saved games, last played first."""
    from wargame.record import list_saves
    from wargame.table import saves_folder

    folder = saves_folder(saves)
    found = list_saves(folder)
    if not found:
        print(f"There are no saved games in {folder}.")
    for listed in found:
        about = listed.problem or (f"{listed.header.title}, {listed.header.created}" if listed.header else "")
        print(printable(f"{listed.name}  ({listed.size // 1024 + 1} kB)  {about}"))


@app.command()
def verify(
    file: Annotated[str, typer.Argument(help="A saved game: a file or a name.")], saves: SavesOpt = None
) -> None:
    """Replay a saved game and compare every state with what was recorded."""
    from wargame.record import verify as verify_save
    from wargame.table import ENGINE

    report = verify_save(_existing(file, saves), ENGINE)
    if not report.ok:
        _fail("\n".join((report.summary, *report.problems)))
    print(printable(report.summary))


@app.command()
def check(
    folder: Annotated[str, typer.Argument(help="A scenario's folder or name, or the file of an exercise.")],
) -> None:
    """Report every problem of a scenario and its exercise as file:line:column, or what is in them."""
    from wargame.content.exercise import check_file, exercise_summary, find_exercise
    from wargame.content.load import check_folder, scenario_folder
    from wargame.content.summary import summary

    if not Path(folder).is_file():
        checked = check_folder(scenario_folder(folder))
        if checked.scenario is None:
            _complain(folder, "played", checked.complaints)
        else:
            print(printable(summary(checked.scenario)))
    exercise = find_exercise(folder)
    if exercise.is_file():
        _scenario, (prepared, complaints) = check_file(exercise)
        if prepared is None:
            _complain(exercise.name, "run", complaints)
        else:
            print(printable(exercise_summary(prepared.exercise)))


def _complain(what: str, how: str, complaints: Sequence[object]) -> NoReturn:
    """Every problem on a line of stderr, and how many."""
    for complaint in complaints:
        print(printable(str(complaint)), file=sys.stderr)
    count = len(complaints)
    _fail(f"{what} can't be {how}: {count} problem{'s' if count != 1 else ''}.")


@app.command()
def keys() -> None:
    """List every action with its keys, as the settings have them, and the file to change them in."""
    from wargame.tui.actions import ACTIONS
    from wargame.tui.settings import config_path, load

    own = load(config_path()).keys
    wide = max(len(act.id) for act in ACTIONS) + 2
    for group in dict.fromkeys(act.group for act in ACTIONS):
        print(group)
        for act in (act for act in ACTIONS if act.group == group):
            mark = "*" if act.id in own.own else " "
            print(f" {mark} {act.id:<{wide}}{own.shown(act.id):<10}{act.help}")
    chosen = ", where your own are marked with *" if own.own else ""
    print(f'Change them in {printable(str(config_path()))}{chosen}: under [keys], e.g. offer = "x".')


@app.command()
def simulate(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 100,
    seed: SeedOpt = 0,
    rounds: RoundsOpt = None,
    seat: SeatsOpt = None,
    workers: WorkersOpt = 1,
    cluster: ClusterOpt = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A row a game: FILE.csv or FILE.parquet."),
    ] = None,
    hindsight: HindsightOpt = False,
    as_json: JsonOpt = False,
) -> None:
    """Play many games between bots and print who does how well. Random bots unless said otherwise.

    Ctrl-C gives the results so far. See docs/many-games.md for clusters and the columns of FILE.
    """
    from wargame.lab.output import GamesFile
    from wargame.lab.simulate import simulate as run

    loaded = _load(scenario, hindsight)
    _check_numbers(loaded, seed, rounds)
    seats = _seats(loaded, seat or [], "random")
    if "person" in seats.values():
        _fail("A simulation has no people: give each seat random or greedy.", 2)
    crowd = _crowd(workers, cluster)
    file = GamesFile(output, loaded, seats) if output else None
    with file or nullcontext(), _progress(games, "games") as tick:
        tally = run(loaded, seats, games, seed or 0, rounds, tick, crowd, file.put if file else None)
    found = tally.summary() | {"scenario": loaded.id, "seed": seed, "bots": seats}
    print(json.dumps(found, indent=2) if as_json else _table(found))
    if file and not as_json:
        print(printable(f"{file.path} has a row for each of {file.games} games."))
    _interrupted(tally.interrupted, tally.games, games, "games")


@app.command()
def arena(
    scenario: ScenarioArg = DEFAULT,
    seat: Annotated[
        list[str] | None,
        typer.Option("--seat", metavar="SEAT=BOT", help="A bot to measure, e.g. --seat russia=greedy."),
    ] = None,
    against: Annotated[
        str, typer.Option("--against", metavar="BOT", help="Whom to compare with.")
    ] = "random",
    others: Annotated[
        str, typer.Option("--others", metavar="BOT", help="Who has the other seats.")
    ] = "greedy",
    games: GamesOpt = 100,
    seed: SeedOpt = 0,
    rounds: RoundsOpt = None,
    workers: WorkersOpt = 1,
    cluster: ClusterOpt = None,
    hindsight: HindsightOpt = False,
    as_json: JsonOpt = False,
) -> None:
    """Measure how well bots play a seat: every game twice, once with another bot in its place.

    Each --seat is measured on its own, over the same luck. Ctrl-C gives the results so far.
    """
    from wargame.lab import arena as lab

    loaded = _load(scenario, hindsight)
    _check_numbers(loaded, seed, rounds)
    contests = [lab.Contest(*_contestant(loaded, word), against, others) for word in seat or []]
    if not contests:
        _fail("Say whom to measure, e.g. --seat russia=greedy.", 2)
    for contest in contests:
        _check_bot(loaded, contest.seat, against, "--against")
        for other in loaded.seat_ids:
            if other != contest.seat:
                _check_bot(loaded, other, others, "--others")
    with _progress(games, "pairs of games") as tick:
        found = lab.arena(loaded, contests, games, seed or 0, rounds, tick, _crowd(workers, cluster))
    about = {"scenario": loaded.id, "seed": seed, "rounds": rounds}
    if as_json:
        print(json.dumps(about | lab.as_json(found), indent=2))
    else:
        print(f"{found.pairs} pairs of games of {loaded.id}, seed {seed}; {others} in the other seats.")
        print(printable(lab.report(found)))
    _interrupted(found.interrupted, found.pairs, games, "pairs of games")


@app.command()
def balance(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 2000,
    strong: Annotated[
        int | None, typer.Option("--strong", min=0, help="How many games with a search bot in each seat.")
    ] = None,
    seed: SeedOpt = 1,
    workers: WorkersOpt = 2,
    cluster: ClusterOpt = None,
    as_json: JsonOpt = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the page here.")] = None,
) -> None:
    """Measure whether the game is fair, deep and alive: shares, skill, talk and the use of every card.

    Skill needs games with a search bot, which are slow: --strong says how many a seat (a fortieth of --games;
    0: none, then cards are counted among greedy bots).
    """
    from wargame.lab import balance as lab

    loaded, crowd, seed = _load(scenario), _crowd(workers, cluster), seed or 0
    bots = dict.fromkeys(loaded.seat_ids, "greedy")
    few = games // 40 if strong is None else min(strong, games)
    with _progress(games, "games") as tick:
        counts = lab.count_games(loaded, bots, games, seed, crowd, tick)
    rows = lab.rows(loaded, counts, "greedy")
    rows += lab.talk_rows(counts, lab.silent_scores(loaded, max(games // 4, 1), seed, crowd))
    rows += (
        lab.skill_rows(loaded, counts, few, seed, crowd) if few else lab.use_rows(loaded, counts, "greedy")
    )
    command = f"wargame balance {scenario} --games {games} --strong {few} --seed {seed}"
    strong_too = ", and a search bot of 64 playouts in one where it says so" if few else ""
    how = f"`{command}`: greedy bots in every seat{strong_too}."
    plans = lab.count_plans(loaded, max(games // 10, 25), seed, crowd)
    page = lab.report(loaded, counts, rows, how, plans)
    if output is not None:
        output.write_text(page, encoding="utf-8")
    print(json.dumps(lab.as_json(rows), indent=2) if as_json else page)


@app.command()
def claims(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 1000,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="Test only this claim; may be repeated.")
    ] = None,
    seed: SeedOpt = 1,
    workers: WorkersOpt = 2,
    cluster: ClusterOpt = None,
    as_json: JsonOpt = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the page here.")] = None,
) -> None:
    """Test whether the game behaves as its source argues: each claim arm against arm, over the same seeds."""
    from wargame.content.claims import load_claims
    from wargame.content.load import scenario_folder
    from wargame.lab import claims as lab

    loaded = _load(scenario)
    found = load_claims(scenario_folder(scenario), loaded)
    known = [claim.id for claim in found.claims]
    if unknown := [name for name in only or () if name not in known]:
        _fail(f"There is no claim {unknown[0]!r}; they are {', '.join(known)}.", 2)
    if only:
        wanted = [claim for claim in found.claims if claim.id in only]
        found = found.model_copy(update={"claims": wanted})
    with _progress(games * len(lab.wanted(found)), "games") as tick:
        played = lab.play_arms(loaded, found, games, seed or 0, _crowd(workers, cluster), progress=tick)
    verdicts = lab.judged(found, played, len(known))
    page = lab.report(verdicts, f"`wargame claims {scenario} --games {games} --seed {seed}`, greedy bots.")
    if output is not None:
        output.write_text(page, encoding="utf-8")
    print(json.dumps(lab.as_json(verdicts), indent=2) if as_json else page)


@app.command()
def fuzz(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 100,
    seed: SeedOpt = 0,
    saves: SavesOpt = None,
) -> None:
    """Play at random under all the laws of the game; a broken law leaves a save that opens at the spot."""
    from wargame.lab.fuzz import fuzz as run
    from wargame.table import saves_folder
    from wargame.table.evidence import keep

    loaded = _load(scenario)
    _check_numbers(loaded, seed, None)
    with _progress(games, "games") as tick:
        report = run(loaded, games, seed or 0, progress=tick)
    if report.broken is not None:
        path = keep(loaded, report.broken, saves_folder(saves))
        _fail(f"{report.broken.sentence} The save {path} opens at the spot (seed {report.broken.seed}).")
    print(
        f"{report.games} games, {report.decisions} decisions, no law broken;"
        f" {report.games / max(report.seconds, 1e-9):.1f} games/s under the laws."
    )


@app.command()
def report(
    file: SavedArg,
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write: .html or .md.")],
    for_: Annotated[
        str | None, typer.Option("--for", metavar="SEAT", help="Only what this seat could know at the end.")
    ] = None,
    playouts: Annotated[
        int | None,
        typer.Option("--playouts", min=1, help="Find the turning points with so many playouts a decision."),
    ] = None,
    bots: BotsOpt = "greedy",
    saves: SavesOpt = None,
) -> None:
    """Write a page on a saved game: results, charts, deals, turning points, every seat's story."""
    from wargame.debrief.report import SUFFIXES, prepared
    from wargame.debrief.report import report as make
    from wargame.debrief.story import Story
    from wargame.debrief.turning import known

    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        _fail(f"{output}: a report is written as {' or '.join(SUFFIXES)}.", 2)
    if for_ is not None and playouts is not None:
        _fail("--playouts goes with the whole report: a seat's own has no turning points.", 2)
    prepared()
    path = _existing(file, saves)
    story = Story.open(path)
    if for_ is not None and for_ not in story.scenario.seats:
        _fail(f"--for {for_}: there is no such seat; there are {', '.join(story.scenario.seat_ids)}.", 2)
    turning = _studied(story, bots, playouts) if playouts else None if for_ else known(story)
    _write(output, make(story, form, for_, turning), path)
    _note(story.notice)


@app.command()
def export(
    file: SavedArg,
    form: Annotated[str, typer.Option("--format", help="jsonl or csv.")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here; csv makes a file a table of it.")
    ] = None,
    saves: SavesOpt = None,
) -> None:
    """Write a saved game as rows for other programs: one a move, one a state, one a remark."""
    from wargame.debrief.export import FORMATS, rows
    from wargame.debrief.story import Story

    if form not in FORMATS:
        _fail(f"--format must be one of {', '.join(FORMATS)}, not {form}.", 2)
    if form == "csv" and output is None:
        _fail("csv makes a file a table: say where with -o, e.g. -o game.csv.", 2)
    path = _existing(file, saves)
    story = Story.open(path)
    for ending, text in FORMATS[form](rows(story)).items():
        if output is None:
            print(text, end="")
        else:
            _write(output.with_name(f"{output.stem}{ending}{output.suffix or f'.{form}'}"), text, path)
    _note(story.notice)


@app.command()
def branch(
    file: SavedArg,
    at: Annotated[int, typer.Option("--at", help="The last move that is kept; 0 is the start.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The new save.")],
    seat: SeatsOpt = None,
    saves: SavesOpt = None,
) -> None:
    """Make a new save that stops at some move and can be played on from there."""
    from wargame.debrief.branch import branch as make
    from wargame.debrief.story import Story

    story = Story.open(_existing(file, saves))
    chosen = _named(story.scenario, _seats(story.scenario, seat, "")) if seat else {}
    made = make(story, at, output, {who: player for who, player in chosen.items() if player.kind})
    print(printable(f"{made}: the game up to move {at}. Go on with: wargame resume {made}"))


@app.command()
def outlook(
    file: SavedArg,
    at: Annotated[int | None, typer.Option("--at", help="After which move; the last if not given.")] = None,
    games: GamesOpt = 500,
    bots: BotsOpt = "greedy",
    as_json: JsonOpt = False,
    saves: SavesOpt = None,
) -> None:
    """Let bots play on from a position: every seat's chances of its line, of being first, of ruin."""
    from wargame.debrief.outlook import as_json as plain
    from wargame.debrief.outlook import outlook as look
    from wargame.debrief.outlook import table
    from wargame.debrief.playouts import cores
    from wargame.debrief.story import Story
    from wargame.words import Words

    story = Story.open(_existing(file, saves))
    moment = _moment(story, at)
    players = _bots(story.scenario, bots)
    with _progress(games, "games") as tick:
        seen = look(moment.state, players, games, depth=moment.depth, processes=cores(), progress=tick)
    found = plain(seen) | {"move": moment.id, "round": moment.state.round, "bots": players}
    words = Words(story.scenario)
    head = f"After move {moment.id}, round {moment.state.round}: {games} games by bots ({bots}), 95 %."
    print(json.dumps(found, indent=2) if as_json else printable(f"{head}\n{table(seen, words.seat)}"))
    _note(story.notice)


# --- what the commands share ---------------------------------------------------------------------------


def _screen(kind: str, saves: Path | None, **about: Any) -> None:
    from wargame.table.places import saves_folder
    from wargame.tui import Start, run

    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        _fail("The game needs a terminal; to play without one, see `wargame simulate --help`.", 2)
    run(Start(kind=kind, saves=saves_folder(saves), **about))


def _load(name: str, hindsight: bool = False) -> Scenario:
    from wargame.content.load import load_scenario

    loaded = load_scenario(name, hindsight=hindsight)
    if hindsight and not loaded.spec.hindsight:
        _fail(f"{name} has no hindsight deck: leave out --hindsight, or write {name}/hindsight.yaml.", 2)
    return loaded


def _check_numbers(scenario: Scenario, seed: int | None, rounds: int | None) -> None:
    most = scenario.spec.rules.most_rounds
    if rounds is not None and not 1 <= rounds <= most:
        _fail(f"--rounds must be from 1 to {most}, not {rounds}.", 2)
    if seed is not None and not 0 <= seed < 2**63:
        _fail(f"--seed must be from 0 to 2**63 - 1, not {seed}.", 2)


def _seats(scenario: Scenario, given: list[str], otherwise: str) -> dict[str, str]:
    """Seat → kind of player, from `SEAT=PLAYER` words."""
    from wargame.bots.external import is_external, problem

    chosen = dict.fromkeys(scenario.seat_ids, otherwise)
    for word in given:
        seat, equals, player = word.partition("=")
        if not equals or seat not in chosen:
            _fail(f"--seat {word}: give SEAT=PLAYER with a seat from {', '.join(chosen)}.", 2)
        if is_external(player):
            if wrong := problem(player):
                _fail(f"--seat {word}: {wrong}", 2)
            chosen[seat] = player
            continue
        if player not in PLAYERS and _no_bot(scenario, seat, player):
            styles = [f"greedy/{style}" for whose, style in scenario.styles if whose == seat]
            known = ", ".join((*PLAYERS, *styles, "search", "search:PLAYOUTS"))
            _fail(f"--seat {word}: a player is one of {known}, or cmd:COMMAND.", 2)
        chosen[seat] = player
    return chosen


def _contestant(scenario: Scenario, word: str) -> tuple[str, str]:
    """Seat and bot from `SEAT=BOT`."""
    seat, equals, name = word.partition("=")
    if not equals or seat not in scenario.seats:
        _fail(f"--seat {word}: give SEAT=BOT with a seat from {', '.join(scenario.seat_ids)}.", 2)
    _check_bot(scenario, seat, name, f"--seat {word}")
    return seat, name


def _check_bot(scenario: Scenario, seat: str, name: str, option: str) -> None:
    """Only a bot or program that there is."""
    from wargame.bots.external import is_external, problem

    if wrong := problem(name) if is_external(name) else _no_bot(scenario, seat, name):
        _fail(f"{option}: {wrong}", 2)


def _no_bot(scenario: Scenario, seat: str, name: str) -> str:
    """Why there is no such bot, or not in such a style of its seat; empty if there is."""
    from wargame.bots import BOTS, bot

    try:
        bot(name)
    except KeyError:
        return f"there is no bot {name}; there are {', '.join(BOTS)} and cmd:COMMAND."
    style = name.partition(":")[0].partition("/")[2]
    known = [known for whose, known in scenario.styles if whose == seat]
    if style and style not in known:
        return f"{seat} has no style {style}; it has {', '.join(known) or 'none'}."
    return ""


def _crowd(workers: int, address: str | None) -> Crowd | None:
    """Who plays many games: this process, several, or a cluster."""
    from wargame.lab.crowd import cluster, processes

    if address is None:
        return processes(workers)
    if workers > 1:
        _fail("Give --workers or --cluster, not both: a cluster has workers of its own.", 2)
    return cluster(address)


def _interrupted(interrupted: bool, done: int, games: int, what: str) -> None:
    """Say so, and exit as a program does that Ctrl-C ended."""
    if interrupted:
        _fail(f"interrupted after {done} of {games} {what}; the results are of those.", INTERRUPTED)


def _named(scenario: Scenario, seats: dict[str, str]) -> dict[str, Player]:
    from wargame.record import Player
    from wargame.words import Words

    words = Words(scenario)
    return {seat: Player(kind, words.capital(seat)) for seat, kind in seats.items()}


def _existing(name: str, saves: Path | None) -> Path:
    """The saved game that is meant: a file as given, else one in the folder of saves."""
    from wargame.record import find_save
    from wargame.table.places import saves_folder

    given = Path(name)
    if given.is_file():
        return given
    folder = saves_folder(saves)
    found = find_save(folder, name)
    if not found.is_file():
        _fail(f"There is no saved game {name!r} in {folder}; `wargame saves` lists them.")
    return found


def _moment(story: Story, at: int | None) -> Moment:
    """The position that is meant; a sentence if there is none or it can't be made again."""
    if at is not None and at not in story.tree:
        _fail(f"{story.name} has no move {at}: choose one from 0 to {story.tree.next_id - 1}.")
    moment = story.end if at is None else story.at(at)
    if not moment.exact:
        _fail(f"The position after move {moment.id} can't be made again by these rules.")
    return moment


def _studied(story: Story, bots: str, playouts: int) -> Turning:
    """The turning points of a game, found now, with a progress bar for each stage."""
    from wargame.debrief.playouts import cores
    from wargame.debrief.turning import Turning, study

    steps = study(story, _bots(story.scenario, bots), playouts=playouts, processes=cores())
    step = next(steps)
    while True:
        stage = step.stage
        with _progress(step.total, stage) as tick:
            while step.stage == stage:
                tick(step.done)
                try:
                    step = next(steps)
                except StopIteration as end:
                    assert isinstance(end.value, Turning)
                    return end.value


def _bots(scenario: Scenario, given: str) -> dict[str, str]:
    """Seat → bot, all the same one."""
    from wargame.bots import BOTS, bot

    try:
        bot(given)
    except KeyError:
        _fail(f"--bots must be one of {', '.join(BOTS)}, not {given}.", 2)
    return dict.fromkeys(scenario.seat_ids, given)


def _write(path: Path, text: str, save: Path) -> None:
    """Write what was asked for; never over the saved game itself."""
    if path.resolve() == save.resolve():
        _fail(f"{path} is the saved game itself: write to another file.", 2)
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        _fail(f"{path} can't be written ({(error.strerror or str(error)).lower()}).")
    print(printable(f"{path} is written."))


def _note(notice: str | None) -> None:
    if notice:
        print(printable(f"wargame: {notice}"), file=sys.stderr)


@contextmanager
def _progress(length: int, what: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr, with the rate and the time left, when somebody is looking at it."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    start = drawn = monotonic()

    def rate(_item: None) -> str:
        return f"{bar.pos / max(monotonic() - start, 1e-9):.1f}/s"

    def tick(done: int) -> None:
        nonlocal drawn
        if done == length or monotonic() > drawn + 0.1:
            drawn = monotonic()
            bar.update(done - bar.pos)

    bar = typer.progressbar(length=length, label=what, file=sys.stderr, show_pos=True, item_show_func=rate)
    with bar:
        yield tick


def _table(found: dict[str, Any]) -> str:
    lines = [
        f"{found['games']} games, {found['decisions']} decisions; {found['games_per_second']} games/s,"
        f" {found['decisions_per_second']} decisions/s of processor time; {found['storms']} storms",
        f"{'seat':<8}{'player':<9}{'first':>8}{'won':>8}{'ruined':>8}{'score':>8}{'sd':>7}",
    ]
    for seat, player in found["bots"].items():
        shares = "".join(f"{found[part][seat]:>8.1%}" for part in ("first", "won", "ruined"))
        scores = found["scores"][seat]
        lines.append(f"{seat:<8}{player:<9}{shares}{scores['mean']:>8.1f}{scores['sd']:>7.1f}")
    return "\n".join(lines)
