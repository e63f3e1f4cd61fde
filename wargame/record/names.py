"""The folder of saved games: their names, what lies in it, and which of them a person means.

Whatever a person types becomes one plain file name that cannot leave its folder.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from wargame.errors import DamagedSave, SaveError
from wargame.record import frames
from wargame.record.files import cannot_write, check_regular, in_use, lock, read_file
from wargame.record.plain import MAX_PAYLOAD, Malformed
from wargame.record.records import Header, parse

EXTENSION = ".wargame"
LIVE = ".live"
"""Of the file in which a running table says what everybody is shown."""

MAX_BYTES = 120  # of UTF-8; file systems allow 255, and copies of torn files get a longer name
_PUNCTUATION = " -_.,()+'"
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def safe_name(text: str) -> str:
    """Return a file name, without extension, as close to `text` as is safe; "game" if nothing is left.

    Letters and digits of any language stay, with a little punctuation between them; separators, dots at
    either end, control characters and the names that Windows keeps for itself don't. Safe names stay as
    they are.
    """
    while text.endswith(EXTENSION):
        text = text.removesuffix(EXTENSION)
    name = "".join(letter if _allowed(letter) else "-" for letter in unicodedata.normalize("NFC", text))
    name = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", re.sub(r" {2,}", " ", name))).strip(" .-") or "game"
    if name.partition(".")[0].strip().casefold() in _RESERVED:
        name = f"game-{name}"
    return _shorten(name).strip(" .-").removesuffix(EXTENSION)


def save_path(folder: Path, name: str) -> Path:
    """Return where the saved game of that name lies, always directly inside `folder`."""
    return folder / f"{safe_name(name)}{EXTENSION}"


def free_path(folder: Path, name: str) -> Path:
    """Return a path for a new game of that name that no file has yet: "name", "name-2", "name-3" …"""
    base, path, number = safe_name(name), save_path(folder, name), 1
    while path.exists():
        number += 1
        path = save_path(folder, f"{_shorten(base, MAX_BYTES - 8)}-{number}")
    return path


def _allowed(letter: str) -> bool:
    return letter in _PUNCTUATION or letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


def _shorten(name: str, limit: int = MAX_BYTES) -> str:
    return name.encode()[:limit].decode(errors="ignore")


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
    """Return every saved game in `folder`, last written first; only the beginning of each is read.

    Never raises.
    """
    try:
        paths = [
            path for path in folder.iterdir() if path.suffix == EXTENSION and not path.name.startswith(".")
        ]
    except OSError:
        return []
    return sorted((_listed(path) for path in paths), key=lambda save: (-save.modified, save.name))


def find_save(folder: Path, name: str) -> Path:
    """Return the saved game that a person means by `name`, with or without its extension.

    Always inside `folder`. A name may leave out its scenario, as lists of games do, where that is clear.
    """
    found = list_saves(folder)
    for listed in found:
        if name in (listed.name, listed.path.name):
            return listed.path
    meant = [one.path for one in found if one.header and one.name == f"{one.header.scenario}-{name}"]
    return meant[0] if len(meant) == 1 else save_path(folder, name)


def delete_save(path: Path) -> None:
    """Delete a saved game for good, and what its last table left beside it.

    Raises `SaveInUse` while a program has it open, and `CannotWrite`.
    """
    check_regular(path)
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
        try:
            if not lock(handle):
                raise in_use(path)
        finally:
            os.close(handle)
        path.unlink()
        path.with_suffix(LIVE).unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


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
