"""Where saved games are kept."""

from __future__ import annotations

import tomllib
from pathlib import Path

from platformdirs import user_data_path


def saves_folder(chosen: Path | None = None) -> Path:
    """The folder chosen, else `saves/` inside a checkout of this project, else the user's data folder."""
    if chosen is not None:
        return chosen
    home = checkout(Path.cwd())
    return home / "saves" if home else user_data_path("wargame") / "saves"


def checkout(start: Path) -> Path | None:
    """The checkout of this project that a folder lies in, if any."""
    for folder in (start, *start.parents):
        described = folder / "pyproject.toml"
        if described.is_file():
            return folder if _is_ours(described) else None
    return None


def _is_ours(described: Path) -> bool:
    try:
        project = tomllib.loads(described.read_text(encoding="utf-8")).get("project", {})
    except (OSError, ValueError):
        return False
    return isinstance(project, dict) and project.get("name") == "wargame"
