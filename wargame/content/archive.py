"""A scenario in a single `.zip`, to be mailed: read file by file, never unpacked.

Nothing that the archive says of itself is believed: each file is read up to what a scenario's may have, and
the paths in it lead nowhere.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISLNK
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

SUFFIX = ".zip"
MOST_ENTRIES = 256
"""Entries that are looked at; a scenario has at most 64 files, and what packs them may add its own."""
MOST_BYTES = 4 * 1024 * 1024
"""Bytes of a whole archive."""


class CannotUnpackError(Exception):
    """Says in a sentence what is wrong with an archive as a whole."""


def is_archive(path: Path) -> bool:
    """Return whether a path names a file that may hold a scenario."""
    return path.suffix.lower() == SUFFIX and path.is_file()


def archived(path: Path, wanted: Callable[[str], bool], most: int) -> Iterator[tuple[str, bytes | None]]:
    """Yield the `wanted` files by name, in order, each with its bytes, or None if it has more than `most`.

    They lie at the top of the archive, or all in one folder. Raises `CannotUnpackError` for one that is no
    archive, too large, locked, or packed in another way or by another method.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotUnpackError(f"is too large: an archive may have {MOST_BYTES // 1024} kB")
        with ZipFile(path) as archive:
            for name, entry in _entries(archive, wanted):
                with archive.open(entry) as file:
                    raw = file.read(most + 1)
                yield name, raw if len(raw) <= most else None
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise CannotUnpackError("is no archive that can be read: pack the folder anew") from error


def _entries(archive: ZipFile, wanted: Callable[[str], bool]) -> list[tuple[str, ZipInfo]]:
    """The files of the scenario by name; what programs add for themselves is left out."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise CannotUnpackError(f"holds too much: {len(entries)} entries, and {MOST_ENTRIES} may be there")
    found: dict[str, ZipInfo] = {}
    folders = set()
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if entry.is_dir() or not wanted(path.name) or path.parts[0] == "__MACOSX":
            continue
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise CannotUnpackError("names a file outside itself: such an archive is not read")
        folders.add(path.parent)
        if len(path.parts) > 2:
            raise CannotUnpackError("holds folders in folders: pack one scenario, or its folder")
        if len(folders) > 1:
            raise CannotUnpackError("holds several folders: pack one scenario, or its folder")
        if path.name in found:
            raise CannotUnpackError(f"holds {path.name} twice: pack the folder anew")
        if S_ISLNK(entry.external_attr >> 16):
            raise CannotUnpackError(f"holds a link, {path.name}: pack the file itself")
        if entry.flag_bits & 1:
            raise CannotUnpackError("is locked with a password: pack it without one")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # others unpack without bounds
            raise CannotUnpackError("is packed in an unusual way: pack the folder anew as a plain .zip")
        found[path.name] = entry
    return sorted(found.items())
