"""Where saved games are kept, how one is found by its name, and the command that opens it from anywhere."""

from __future__ import annotations

import shlex
import sys
import tomllib
from pathlib import Path
from shutil import which
from subprocess import list2cmdline

from platformdirs import user_data_path

from wargame.errors import SaveError
from wargame.record import EXTENSION, find_save
from wargame.record.files import read_file

PROGRAM = "wargame"
MOST_BYTES = 1 << 20
"""Bytes of a project's description that are read."""


def saves_folder(chosen: Path | None = None) -> Path:
    """Return the folder chosen, else `saves/` in a checkout of this project, else the user's data folder."""
    if chosen is not None:
        return chosen
    home = checkout(Path.cwd())
    return home / "saves" if home else user_data_path(PROGRAM) / "saves"


def scenario_folders() -> tuple[Path, Path]:
    """Return where own scenarios are looked for: in the user's folder of them, and in the working one."""
    return user_data_path(PROGRAM) / "scenarios", Path.cwd()


def named_save(name: str, chosen: Path | None = None) -> Path | None:
    """Return the saved game of that name: in the folder chosen, else wherever new games are kept from here,
    from where this program lies, or by its user. None if there is none.
    """
    folders = (chosen,) if chosen is not None else (saves_folder(), *_lasting())
    found = (find_save(folder, name) for folder in dict.fromkeys(folders))
    return next((path for path in found if path.is_file()), None)


def _lasting() -> tuple[Path, ...]:
    """Return the folders that names are looked for in whatever folder somebody is in."""
    home = checkout(Path(__file__).resolve().parent)
    users = user_data_path(PROGRAM) / "saves"
    return (home / "saves", users) if home else (users,)


def command(verb: str, save: Path) -> str:
    """Return the command that does that to a save, to be pasted into a shell in any folder."""
    path = save.resolve()
    name = path.name.removesuffix(EXTENSION)
    found = (find_save(folder, name) for folder in _lasting())
    known = next((one.resolve() for one in found if one.is_file()), None)
    short = known == path and not name.startswith("-")
    said = name if short else str(path)
    if not said.isprintable():
        return f"{PROGRAM} saves"
    words = [*_program(), verb, said]
    return list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _program() -> list[str]:
    """Return how this program is started: by its name where a shell finds that, else by where it lies."""
    if which(PROGRAM):
        return [PROGRAM]
    script = Path(sys.argv[0])
    if script.stem == PROGRAM and script.is_file():
        return [str(script.absolute())]
    return [sys.executable, "-m", PROGRAM]


def checkout(start: Path) -> Path | None:
    """Return the checkout of this project that a folder lies in, if any."""
    for folder in (start, *start.parents):
        described = folder / "pyproject.toml"
        if described.is_file():
            return folder if _is_ours(described) else None
    return None


def _is_ours(described: Path) -> bool:
    try:
        project = tomllib.loads(read_file(described, MOST_BYTES).decode()).get("project", {})
    except (SaveError, ValueError, RecursionError):
        return False
    return isinstance(project, dict) and project.get("name") == "wargame"
