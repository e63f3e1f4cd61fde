"""What an author of a scenario works with: is it sound, and what may not be meant?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from shutil import get_terminal_size
from time import sleep, strftime
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.arguments import whole
from wargame.cli.output import complain, fail, note, printable, write
from wargame.counting import several

if TYPE_CHECKING:
    from wargame.content.places import Complaint
    from wargame.rules.scenario import Scenario

TEMPLATE, TITLE = "new-scenario", "New scenario"
"""What the scenario that a new one begins as is called in its files."""

SCHEMAS = ".schema"
"""The folder in a scenario's for what an editor reads."""

LOOK_EVERY = 0.5
"""Seconds between two looks at the files with `--watch`."""


def check(
    folder: Annotated[
        str,
        typer.Argument(help="A scenario's folder or name, or the file of an exercise.", callback=whole),
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as problems.")] = False,
    faces: Annotated[bool, typer.Option("--faces", help="Print the face of every card.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
) -> None:
    """Report every problem of a scenario and its exercise as file:line:column, or what is in them.

    Of what is sound it warns where a table can't read it aloud (odds, faces of cards, upkeep, minutes) and of
    what can hardly be meant: a need that nobody can meet, a flag that nothing asks for, too few cards.
    """
    if watch:
        _watch(folder, faces)
        return
    found = examine(folder, faces)
    for said in found.summaries:
        print(printable(said))
    if found.complaints:
        complain(found.wrong, found.cant_be, found.complaints)
    sys.stdout.flush()  # if that can't be written, it is all there is to say
    for one in found.warnings:
        print(printable(warning(one)), file=sys.stderr)
    if found.warnings and strict:
        fail(f"{folder} has {several(len(found.warnings), 'warning')}.")
    if found.warnings:
        note(f"{several(len(found.warnings), 'warning')}.")


@dataclass
class Examined:
    """A scenario and its exercise as they are: what is in them, what is wrong, what may not be meant.

    With `complaints`, `wrong` is what they are about, and it `cant_be` played, run, printed or tested.
    """

    wrong: str
    cant_be: str = "played"
    summaries: list[str] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    warnings: list[Complaint] = field(default_factory=list)


def examine(folder: str, faces: bool = False) -> Examined:
    """Return everything that can be said of a scenario's folder or name, or of the file of an exercise."""
    from wargame.content.aloud import exercise_warnings, warnings
    from wargame.content.exercise import check_file, exercise_summary, find_exercise
    from wargame.content.load import check_folder, names_scenario, scenario_folder, summary
    from wargame.content.text import RULEBOOK, has_text
    from wargame.rules.spec import Card, News
    from wargame.words import Words

    found, complaints = Examined(folder), set["Complaint"]()
    if not Path(folder).is_file() or names_scenario(folder):
        checked = check_folder(scenario_folder(folder))
        complaints.update(checked.complaints)
        if checked.scenario is not None:
            words = Words(checked.scenario)
            found.warnings += warnings(checked.scenario, words)
            found.summaries.append(summary(checked.scenario))
            found.complaints = _besides(scenario_folder(folder), checked.scenario)
            if found.complaints:
                files = dict.fromkeys(one.file for one in found.complaints)
                found.wrong = " and ".join(files)
                found.cant_be = "printed" if RULEBOOK in files else "tested"
            if faces:
                cards: tuple[Card | News, ...] = (
                    *checked.scenario.cards.values(),
                    *checked.scenario.news.values(),
                )
                found.summaries += map(words.printed, cards)
    sound, exercise = not complaints, find_exercise(folder)
    if has_text(exercise):
        scenario, (prepared, wrong) = check_file(exercise)
        complaints.update(wrong)
        if prepared is not None:
            if scenario is not None:
                found.warnings += exercise_warnings(prepared.exercise, prepared.text, exercise.name, scenario)
            found.summaries.append(exercise_summary(prepared.exercise))
    if complaints:
        found.complaints = sorted({*found.complaints, *complaints})
        found.wrong, found.cant_be = (exercise.name, "run") if sound else (folder, "played")
    return found


def _besides(folder: Path, scenario: Scenario) -> list[Complaint]:
    """What is wrong with the words for the rulebook and with the claims of a sound scenario."""
    from wargame.content.claims import CLAIMS, check_claims
    from wargame.content.text import has_text
    from wargame.rulebook import rulebook
    from wargame.rulebook.check import problems

    found = problems(rulebook(scenario))
    return [*found, *check_claims(folder, scenario)[1]] if has_text(folder / CLAIMS) else found


def warning(complaint: Complaint) -> str:
    """Return the line of a warning."""
    return f"{complaint.where}: warning: {complaint.message}"


def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make; its name becomes the scenario's.")],
) -> None:
    """Make a small sound scenario with every part in it, its exercise, and the schemas for an editor."""
    from wargame.content.check import ID
    from wargame.content.load import template_folder

    name = folder.resolve().name
    if not ID.fullmatch(name):
        fail(f"{name} is no name for a scenario: small letters, digits, - and _, a letter first.", 2)
    files = sorted(template_folder().iterdir())
    _make(folder)
    for file in files:
        text = file.read_text(encoding="utf-8").replace(TEMPLATE, name)
        write(folder / file.name, text.replace(TITLE, name.replace("-", " ").capitalize()))
    _write_schemas(folder / SCHEMAS)
    print(printable(f"{folder} is made: {several(len(files), 'file')}, sound and ready to play. Next:"))
    print("  read its README.md: it says where to begin")
    for step in (f"wargame check {folder} --watch", f"wargame play {folder}", f"wargame rules {folder}"):
        print(printable(f"  {step}"))


def schema(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FOLDER", help="Write one file for each here.")
    ] = None,
) -> None:
    """Print the JSON Schemas of a scenario's files, for editors, or write them into a folder."""
    import json

    from wargame.content.json_schema import schemas

    if output is None:
        print(json.dumps(schemas(), indent=1, ensure_ascii=False))
    else:
        _write_schemas(output)


def _make(folder: Path) -> None:
    """Make an empty folder; one sentence if there is something in it or it can't be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        fail(f"{folder} can't be made ({(error.strerror or str(error)).lower()}).")
    if taken:
        fail(f"there is something in {folder} already: choose another name, or delete it.")


def _write_schemas(folder: Path) -> None:
    import json

    from wargame.content.json_schema import schemas

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"{folder} can't be made ({(error.strerror or str(error)).lower()}).")
    for name, made in schemas().items():
        write(folder / f"{name}.json", json.dumps(made, indent=1, ensure_ascii=False) + "\n")


def _watch(folder: str, faces: bool) -> None:
    """Say what is wrong whenever a file has changed, until Ctrl-C."""
    try:
        for _change in _changes(_watched(folder)):
            found = examine(folder, faces)
            lines = [*map(str, found.complaints), *map(warning, found.warnings)]
            if sys.stdout.isatty():
                lines = on_one_screen(lines, *get_terminal_size())
            problems, warned = len(found.complaints), len(found.warnings)
            lines += found.summaries if not lines or faces else []
            counts = f"{several(problems, 'problem')}, {several(warned, 'warning')}"
            said = [f"--- {strftime('%H:%M:%S')}  {folder}: {counts}", *lines]
            print(printable("\n".join(said)), flush=True)
    except KeyboardInterrupt:
        print()


def on_one_screen(lines: Sequence[str], columns: int, rows: int) -> list[str]:
    """Return as many lines, the first first, as a terminal shows below a heading, and how many more.

    What stands first is mended first, and much of the rest often goes with it.
    """
    free = rows - 3  # the heading, how many more, and the row of the cursor
    ends = accumulate(-(-len(line) // columns) for line in lines)
    shown = [line for line, end in zip(lines, ends, strict=True) if end <= free]
    return [*shown, f"… and {len(lines) - len(shown)} more"] if len(shown) < len(lines) else shown


def _watched(folder: str) -> Path:
    from wargame.content.load import scenario_folder

    return Path(folder).parent if Path(folder).is_file() else scenario_folder(folder)


def _changes(folder: Path) -> Iterator[None]:
    """Yield at once, and again whenever a file of a folder is written, added or taken away."""
    before: dict[Path, tuple[int, int]] | None = None
    while True:
        now = {}
        for path in sorted(folder.glob("*")):
            try:
                stat = path.stat()
            except OSError:
                continue  # an editor has just put it aside
            now[path] = (stat.st_mtime_ns, stat.st_size)
        if now != before:
            before = now
            yield
        sleep(LOOK_EVERY)
