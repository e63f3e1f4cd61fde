"""The file of a host beside the save: what must outlast the host and is no part of the game.

Whoever reads it learns no phrase, but what a seat has drafted may be in it, so only its owner reads it. It is
replaced whole, in sections that know nothing of one another.

What must not be lost even if the host dies the next moment is written ahead, to a file beside it that nobody
waits for: it outlasts the process, and a power cut may tear it. The later one of the two counts.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from wargame.errors import CannotWrite, SaveError
from wargame.record import EXTENSION
from wargame.record.files import Disk, cannot_write, read_file, write_all
from wargame.words.pages import host as say

MOST_BYTES = 1 << 22
"""Bytes of a host's file that are read."""
NTH = "nth"
"""The section that says which of two files is the later one."""
OWNER_ONLY = 0o600
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class HostFile:
    """The file of one host: a section a name, each made of what JSON knows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ahead = path.with_name(f"{path.name}.ahead")
        self._written: dict[str, Any] = {}

    @classmethod
    def beside(cls, save: Path) -> HostFile:
        """Return the host file of a saved game."""
        return cls(save.with_name(f"{save.name.removesuffix(EXTENSION)}.host"))

    def read(self) -> dict[str, Any]:
        """Return all sections; none if there is no file. Raises `SaveError` if it is not a host's."""
        return _read(self.path) | self._newer()

    def replace(self, **sections: Any) -> None:
        """Put these sections in the place of those of their names, on the medium itself.

        Raises `SaveError` or `CannotWrite`.
        """
        raw = json.dumps(_read(self.path) | sections, separators=(",", ":")).encode()
        write_private(self.path, raw)

    def write_ahead(self, **sections: Any) -> None:
        """Write these so that they outlast this process; `catch_up` is to follow.

        Raises `SaveError` or `CannotWrite`.
        """
        before = self._written or self._newer() or {NTH: _nth(_read(self.path))}
        self._written = before | sections | {NTH: _nth(before) + 1}
        write_private(self._ahead, json.dumps(self._written).encode(), sync=False)

    def catch_up(self) -> None:
        """Put on the medium what was written ahead so far. Raises `SaveError` or `CannotWrite`."""
        self.replace(**self._written)

    def settle(self) -> None:
        """Remove what was written ahead, when all of it is on the medium."""
        with suppress(OSError):
            self._ahead.unlink(missing_ok=True)

    def _newer(self) -> dict[str, Any]:
        """Return what was written ahead and is not in its place yet; nothing of what a power cut has torn."""
        with suppress(SaveError):
            ahead = _read(self._ahead)
            return ahead if _nth(ahead) > _nth(_read(self.path)) else {}
        return {}


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(read_file(path, MOST_BYTES))
    except (ValueError, RecursionError) as error:
        raise SaveError(say.no_host_file(path.name)) from error
    if not isinstance(found, dict):
        raise SaveError(say.no_host_file(path.name))
    return found


def _nth(sections: Mapping[str, Any]) -> int:
    """Return how often sections had been written ahead by then."""
    nth = sections.get(NTH)
    return nth if type(nth) is int else 0


def check_place(path: Path) -> None:
    """Look whether a file can be put there, and leave nothing behind. Raises `CannotWrite` if it can't."""
    probe = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        os.close(os.open(probe, NEW, OWNER_ONLY))
        probe.unlink()
    except OSError as error:
        raise CannotWrite(say.no_place(str(path), (error.strerror or str(error)).lower())) from error


def write_private(path: Path, raw: bytes, *, sync: bool = True) -> None:
    """Put `raw` in the place of a file, whole or not at all, so that only its owner reads it.

    Without `sync` that holds if this process dies, and not if the power fails. Raises `CannotWrite` when the
    disk refuses; then the file is as it was.
    """
    disk = Disk()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        disk.make_folder(path.parent)
        disk.remove(temporary)
        handle = os.open(temporary, NEW, OWNER_ONLY)
        try:
            write_all(disk, handle, 0, raw)
            if sync:
                disk.sync(handle)
        finally:
            disk.close(handle)
        disk.rename(temporary, path)
        if sync:
            disk.sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            disk.remove(temporary)
        raise cannot_write(path, error) from error
