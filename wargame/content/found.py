"""Which scenarios there are: those that come with the program, and those that lie in a person's folders."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import NamedTuple

from wargame.content.archive import is_archive
from wargame.content.load import MAIN, decks_folder, scenario_names, template_folder
from wargame.content.text import folder_texts

MOST_LOOKED_AT, MOST_ARCHIVES = 400, 40
"""Entries of a folder that are looked at, and archives in it that are opened."""


class Found(NamedTuple):
    """A scenario that was found, sound or not: `name` is what `load_scenario` takes.

    `where` is the folder or archive; None for one that comes with the program.
    """

    name: str
    where: Path | None = None


def find_scenarios(own: Path | None = None, working: Path | None = None) -> list[Found]:
    """Return the program's scenarios, then those in a person's `own` folder and in a `working` one.

    In their own folder every folder and `.zip` is meant as one, sound or not; of a working folder it is the
    folder itself, and whatever in it holds a `scenario.yaml`. Each is named once.
    """
    found = [Found(name) for name in scenario_names()]
    known = {(decks_folder() / name).resolve() for name in scenario_names()} | {template_folder().resolve()}
    paths = [*(_in_own(own) if own else ()), *(_in_working(working) if working else ())]
    for path in paths:
        if (real := path.resolve()) not in known:
            known.add(real)
            found.append(Found(str(path), path))
    return found


def _in_own(folder: Path) -> list[Path]:
    entries = (one for one in _entries(folder) if not one.name.startswith("."))
    return [entry for entry in entries if entry.is_dir() or is_archive(entry)]


def _in_working(folder: Path) -> list[Path]:
    entries = [folder, *_entries(folder)]
    archives = [entry for entry in entries if is_archive(entry)][:MOST_ARCHIVES]
    return [
        *(entry for entry in entries if (entry / MAIN).is_file()),
        *(path for path in archives if MAIN in folder_texts(path)[0]),
    ]


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder, as far as it is looked at; nothing in one that is not there or not ours."""
    try:
        return sorted(islice(folder.iterdir(), MOST_LOOKED_AT))
    except OSError:
        return []
