"""The files of a scenario's folder as bytes, or complaints: nothing from elsewhere, nothing without end."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wargame.content.places import START, Complaint
from wargame.content.text import MAX_FILE, TOO_LARGE

MAX_FILES: Final = 64
"""Files in one folder."""

MAX_FOLDER: Final = 1000 * 1024
"""Bytes in all files of one folder, which must fit into a saved game."""


def folder_texts(folder: Path) -> tuple[dict[str, bytes], list[Complaint]]:
    """Return the bytes of each `.yaml` file in `folder`, in order of names, and what was refused.

    A file that cannot be read, is too large, or lies elsewhere behind a link is complained of and left out;
    so is everything past `MAX_FILES` or `MAX_FOLDER`. Hidden files are no part of a scenario. Never raises.
    """
    texts: dict[str, bytes] = {}
    try:
        home = folder.resolve(strict=True)
        paths = sorted(path for path in home.iterdir() if _is_ours(path.name))
    except (OSError, RuntimeError, ValueError) as error:
        return texts, [Complaint(str(folder), *START, f"the folder cannot be read: {_reason(error)}")]
    if not paths:
        return texts, [Complaint(str(folder), *START, "the folder holds no .yaml file")]
    complaints = []
    for path in paths[:MAX_FILES]:
        raw, problem = _file_bytes(path, home)
        if problem is None and sum(map(len, texts.values())) + len(raw) > MAX_FOLDER:
            problem = f"is too much: the files of a folder may have {MAX_FOLDER // 1024} kB together"
        if problem is None:
            texts[path.name] = raw
        else:
            complaints.append(Complaint(path.name, *START, problem))
    if len(paths) > MAX_FILES:
        problem = f"is one file too many: a folder may hold {MAX_FILES}, and here are {len(paths)}"
        complaints.append(Complaint(paths[MAX_FILES].name, *START, problem))
    return texts, complaints


def one_text(path: Path) -> tuple[bytes, Complaint | None]:
    """Return the bytes of one `.yaml` file, or nothing and why it was refused. Never raises."""
    raw, problem = _file_bytes(path, path.parent.resolve())
    return raw, Complaint(path.name, *START, problem) if problem else None


def _is_ours(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")


def _file_bytes(path: Path, home: Path) -> tuple[bytes, str | None]:
    """The file's bytes and None, or nothing and why it is refused."""
    if path.suffix != ".yaml":
        return b"", "is not read because of its ending; rename it to .yaml"
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(home):
            return b"", "is a link to a file outside this folder; copy the file here"
        if not real.is_file():  # a pipe would keep us waiting for ever
            return b"", "is not a file"
        with real.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except (OSError, RuntimeError, ValueError) as error:
        return b"", f"cannot be read: {_reason(error)}"
    return (raw, None) if len(raw) <= MAX_FILE else (b"", TOO_LARGE)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
