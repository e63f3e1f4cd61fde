"""The few calls of the operating system that a save's safety rests on, and the lock on an open save.

Everything that writes goes through one `Disk`, so that a test can watch the order of real calls or let them
fail after so many bytes. Subclass it and call `super()`.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from wargame.errors import CannotWrite

_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class Disk:
    """The real thing. Every method raises `OSError` as the operating system does."""

    def open(self, path: Path, flags: int) -> int:
        return os.open(path, flags | _FLAGS, 0o666)

    def write(self, handle: int, offset: int, data: bytes) -> int:
        """Write some of `data` at that offset; how many bytes were taken."""
        os.lseek(handle, offset, os.SEEK_SET)
        return os.write(handle, data)

    def truncate(self, handle: int, size: int) -> None:
        os.ftruncate(handle, size)

    def sync(self, handle: int) -> None:
        """Return once the file's bytes are on the medium itself."""
        if sys.platform == "darwin":
            import fcntl  # noqa: PLC0415  (not on Windows)

            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # there, fsync stops at the drive's cache
        else:
            os.fsync(handle)

    def sync_folder(self, folder: Path) -> None:
        """Return once the folder's names are on the medium; Windows does that by itself."""
        if sys.platform != "win32":
            handle = os.open(folder, os.O_RDONLY | _FLAGS)
            try:
                os.fsync(handle)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks can't
                    raise
            finally:
                os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        old.replace(new)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def make_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)

    def close(self, handle: int) -> None:
        os.close(handle)


def write_all(disk: Disk, handle: int, offset: int, data: bytes) -> None:
    """Write all of `data` at that offset, in as many calls as it takes."""
    while data:
        taken = disk.write(handle, offset, data)
        offset, data = offset + taken, data[taken:]


def lock(handle: int) -> bool:
    """Claim the open file for this handle alone until it is closed; False when another one has it."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            os.lseek(handle, 0x7FFF0000, os.SEEK_SET)  # a byte far past the end: others may still read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK):
            return False
        raise
    return True


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return the sentence for a person when the disk refuses."""
    if error.errno in _FULL:
        return CannotWrite(
            f"The disk is full: {path.name} could not be written in {path.parent}; "
            "what was saved before is whole. Free some space and try again."
        )
    if error.errno in _FORBIDDEN:
        return CannotWrite(
            f"{path.name} can't be written: {path.parent} or the file is read-only ({_reason(error)}). "
            "Choose another folder with --saves."
        )
    return CannotWrite(
        f"{path.name} could not be written in {path.parent} ({_reason(error)}); "
        "what was saved before is whole. Check the disk and try again."
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
