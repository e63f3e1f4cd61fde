"""Where saved games are kept."""

from __future__ import annotations

import shlex
import sys
import tomllib
from pathlib import Path
from subprocess import list2cmdline

from platformdirs import user_data_path

from wargame.errors import SaveError
from wargame.record import EXTENSION
from wargame.record.files import read_file

MOST_BYTES = 1 << 20
"""Bytes of a project's description that are read."""


def saves_folder(chosen: Path | None = None) -> Path:
    """The folder chosen, else `saves/` inside a checkout of this project, else the user's data folder."""
    if chosen is not None:
        return chosen
    home = checkout(Path.cwd())
    return home / "saves" if home else user_data_path("wargame") / "saves"


def resume_command(save: Path) -> str:
    """The command that goes on with a saved game, as it can be pasted into a shell of this folder."""
    name = save.name.removesuffix(EXTENSION)
    known = save.parent.resolve() == saves_folder().resolve() and save.name != name
    if not known or name.startswith("-") or Path(name).is_file():
        name = str(save.resolve())
    if not name.isprintable():
        return "wargame saves"
    return f"wargame resume {list2cmdline([name]) if sys.platform == 'win32' else shlex.quote(name)}"


def checkout(start: Path) -> Path | None:
    """The checkout of this project that a folder lies in, if any."""
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
