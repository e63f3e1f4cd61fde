"""The folder of saved games: what lies in it, read cheaply, and which of them a person means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wargame.errors import DamagedSave, SaveError
from wargame.record import frames
from wargame.record.files import read_file
from wargame.record.names import EXTENSION, save_path
from wargame.record.plain import MAX_PAYLOAD, Malformed
from wargame.record.records import Header, parse


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of saved games: its file and either its header or the sentence that says why not."""

    path: Path
    modified: float
    size: int
    header: Header | None
    problem: str | None

    @property
    def name(self) -> str:
        return self.path.name.removesuffix(EXTENSION)


def list_saves(folder: Path) -> list[Listed]:
    """Every saved game in `folder`, last written first; only the beginning of each is read. Never raises."""
    try:
        paths = [
            path for path in folder.iterdir() if path.suffix == EXTENSION and not path.name.startswith(".")
        ]
    except OSError:
        return []
    return sorted((_listed(path) for path in paths), key=lambda save: (-save.modified, save.name))


def find_save(folder: Path, name: str) -> Path:
    """The saved game that a person means by `name`, with or without its extension; always inside `folder`."""
    for listed in list_saves(folder):
        if name in (listed.name, listed.path.name):
            return listed.path
    return save_path(folder, name)


def _listed(path: Path) -> Listed:
    modified, size = 0.0, 0
    try:
        status = path.stat()
        modified, size = status.st_mtime, status.st_size
        return Listed(path, modified, size, _peek(path), None)
    except (SaveError, OSError) as error:
        return Listed(path, modified, size, None, str(error))


def _peek(path: Path) -> Header:
    """The header alone. Raises `SaveError`."""
    begun = frames.scan(read_file(path, limit=1 << 17), path.name)
    if not begun.frames:
        begun = frames.scan(read_file(path, limit=frames.START + frames.OVERHEAD + MAX_PAYLOAD), path.name)
    try:
        entry = parse(begun.frames[0].payload)
    except (Malformed, IndexError):
        entry = None
    if not isinstance(entry, Header):
        raise DamagedSave(
            f"The first record of {path.name} is damaged; `wargame replay` may still open what follows it."
        )
    return entry
