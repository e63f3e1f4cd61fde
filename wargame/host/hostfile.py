"""The file of a host beside the save: what must outlast the host and is no part of the game.

Whoever reads it learns no phrase, but what a seat has drafted may be in it, so only its owner reads it. It is
replaced whole, in sections that know nothing of one another.
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
OWNER_ONLY = 0o600
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class HostFile:
    """The file of one host: a section a name, each made of what JSON knows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, save: Path) -> HostFile:
        """Return the host file of a saved game."""
        return cls(save.with_name(f"{save.name.removesuffix(EXTENSION)}.host"))

    def read(self) -> dict[str, Any]:
        """Return all sections; none if there is no file. Raises `SaveError` if it is not a host's."""
        if not self.path.exists():
            return {}
        try:
            found = json.loads(read_file(self.path, MOST_BYTES))
        except (ValueError, RecursionError) as error:
            raise SaveError(say.no_host_file(self.path.name)) from error
        if not isinstance(found, dict):
            raise SaveError(say.no_host_file(self.path.name))
        return found

    def replace(self, **sections: Any) -> None:
        """Put these sections in the place of those of their names. Raises `SaveError` or `CannotWrite`."""
        self._write(self.read() | sections)

    def _write(self, sections: Mapping[str, Any]) -> None:
        write_private(self.path, json.dumps(sections, indent=1).encode())


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


def write_private(path: Path, raw: bytes) -> None:
    """Put `raw` in the place of a file, whole or not at all, so that only its owner reads it.

    Raises `CannotWrite` when the disk refuses; then the file is as it was.
    """
    disk = Disk()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        disk.make_folder(path.parent)
        disk.remove(temporary)
        handle = os.open(temporary, NEW, OWNER_ONLY)
        try:
            write_all(disk, handle, 0, raw)
            disk.sync(handle)
        finally:
            disk.close(handle)
        disk.rename(temporary, path)
        disk.sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            disk.remove(temporary)
        raise cannot_write(path, error) from error
