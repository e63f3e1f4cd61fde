"""The commands that open the screen, tell its keys, and check what is to be played."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from wargame.cli.arguments import (
    HindsightOpt,
    LostOpt,
    PageOpt,
    RoundsOpt,
    SavedArg,
    SavesOpt,
    ScenarioArg,
    SeatsOpt,
    SeedOpt,
    TableArg,
    check_numbers,
    load,
    named_players,
    saved_game,
    seats_given,
    whole,
)
from wargame.cli.opening import screen
from wargame.cli.output import fail, printable, write
from wargame.content import DEFAULT

READABLE = 100
"""The most columns of a text."""


def play(
    scenario: ScenarioArg = DEFAULT,
    seed: SeedOpt = None,
    rounds: RoundsOpt = None,
    seat: SeatsOpt = None,
    hindsight: HindsightOpt = False,
    saves: SavesOpt = None,
) -> None:
    """Start a game at once. Seats not named are played by greedy bots; with none named, you choose."""
    loaded = load(scenario, hindsight)
    check_numbers(loaded, seed, rounds)
    players = named_players(loaded, seats_given(loaded, seat, "greedy")) if seat else None
    screen(
        kind="play" if seat else "setup",
        saves=saves,
        scenario=scenario,
        seed=seed,
        rounds=rounds,
        hindsight=hindsight,
        players=players,
    )


def tutorial(saves: SavesOpt = None) -> None:
    """Learn the game by playing it: ten minutes against a bot, led by hints that follow what you do."""
    from wargame.tui.opening import tutorial as start_of

    start = start_of(saves)
    screen("play", saves, scenario=start.scenario, seed=start.seed, players=start.players)


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
    save = saved_game(name, saves)
    screen(kind="resume", saves=saves, save=save, pins=not no_pins, programs=programs)


def replay(file: SavedArg, scenario: LostOpt = None, saves: SavesOpt = None) -> None:
    """Look back on a saved game: every move, through anybody's eyes; charts, turning points, deals, notes."""
    screen(kind="replay", saves=saves, save=saved_game(file, saves), lost=scenario)


def facilitate(
    what: TableArg = DEFAULT,
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
    about = meant(what, seed, rounds, hindsight, saves)
    if about["kind"] == "resume":
        about["pins"] = not no_pins
    screen(saves=saves, facilitator=name, console=True, **about)


def meant(
    what: str, seed: int | None, rounds: int | None, hindsight: bool, saves: Path | None
) -> dict[str, Any]:
    """Return what to open for a table with a facilitator: a saved game, an exercise, or a scenario."""
    from wargame.content.exercise import find_exercise, open_exercise
    from wargame.content.load import names_scenario
    from wargame.content.text import has_text

    given = Path(what)
    yaml = given.is_file() and given.suffix in (".yaml", ".yml")
    if not yaml and not names_scenario(what):
        return {"kind": "resume", "save": saved_game(what, saves)}
    if has_text(plan := find_exercise(what)):
        if (seed, rounds, hindsight) != (None, None, False):
            fail(f"{plan.name} says the seed, the rounds and the decks: leave these options out.", 2)
        open_exercise(plan)
        return {"kind": "exercise", "exercise": plan}
    check_numbers(load(what, hindsight), seed, rounds)
    return {"kind": "exercise", "scenario": what, "seed": seed, "rounds": rounds, "hindsight": hindsight}


def rules(
    what: Annotated[
        str,
        typer.Argument(help="A scenario of the program, its folder, or a saved game's file.", callback=whole),
    ] = DEFAULT,
    cards: Annotated[
        bool, typer.Option("--cards", help="Print what is printed on every card and deal instead.")
    ] = False,
    html: Annotated[bool, typer.Option("--html", help="As a page for a browser, which prints well.")] = False,
    text: Annotated[bool, typer.Option("--text", help="As plain text, as wide as the terminal.")] = False,
    output: PageOpt = None,
) -> None:
    """Print the rulebook of a scenario, or its list of cards: as Markdown, else as text or as a page.

    That of a saved game is of the scenario as it was played.
    """
    from wargame.content.load import has_hindsight, names_scenario
    from wargame.record import Save
    from wargame.rulebook import card_list, printed, rulebook
    from wargame.table.engine import load as scenario_of

    if html and text:
        fail("Give --html or --text, not both.", 2)
    later = None
    if Path(what).is_file() and not names_scenario(what):
        with closing(Save.open(Path(what), write=False)) as save:
            scenario = scenario_of(save.header)
    else:
        scenario = load(what)
        later = load(what, hindsight=True) if cards and has_hindsight(what) else None
    markdown = card_list(scenario, later) if cards else rulebook(scenario).markdown
    width = min(shutil.get_terminal_size().columns, READABLE)
    made = printed(markdown, "html" if html else "text" if text else "markdown", width)
    if output is not None:
        write(output, made)
    else:
        print(printable(made), end="")


def wall(
    name: Annotated[str, typer.Argument(help="A saved game; without it, whatever is played.")] = "",
    own_pace: Annotated[
        bool, typer.Option("--own-pace", help="Tell what happened at reading speed, not at the table's step.")
    ] = False,
    saves: SavesOpt = None,
) -> None:
    """Show a running game to the room, in a second window: what all may see, and no key does anything."""
    from wargame.record import Save
    from wargame.table.storage import saves_folder

    folder = saves_folder(saves)
    if not name and folder.exists() and not folder.is_dir():
        fail(f"{folder} is no folder: say with --saves where the games are kept.", 2)
    save = saved_game(name, saves) if name else None
    if save is not None:
        Save.open(save, write=False).close()
    screen(kind="wall", saves=saves, save=save, own_pace=own_pace)


def keys() -> None:
    """List every action with its keys, as the settings have them, and the file to change them in."""
    from wargame.tui.actions import ACTIONS
    from wargame.tui.settings import config_path, load
    from wargame.words.pages import keys as say

    own = load(config_path()).keys
    wide = max(len(act.id) for act in ACTIONS) + 2
    for group in dict.fromkeys(act.group for act in ACTIONS):
        print(say.GROUPS[group])
        for act in (act for act in ACTIONS if act.group == group):
            mark = "*" if act.id in own.own else " "
            print(f" {mark} {act.id:<{wide}}{own.shown(act.id):<10}{act.help}")
    chosen = ", where your own are marked with *" if own.own else ""
    print(f'Change them in {printable(str(config_path()))}{chosen}: under [keys], e.g. offer = "x".')
