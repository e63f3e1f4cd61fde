"""Names of saved games: whatever a person types becomes one plain file name that cannot leave its folder."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

EXTENSION = ".wargame"

MAX_BYTES = 120  # of UTF-8; file systems allow 255, and copies of torn files get a longer name
_PUNCTUATION = " -_.,()+'"
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def safe_name(text: str) -> str:
    """A file name, without extension, as close to `text` as is safe everywhere; "game" when nothing is left.

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
    """Where the saved game of that name lies, always directly inside `folder`."""
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
