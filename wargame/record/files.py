"""Saved games as files: created whole or not at all, appended with one flush, mended only beside a copy.

The order of calls is the point. A new file is written under a temporary name, synced, renamed, and its
folder synced, so that no crash leaves half of one. An append writes its frames, then the length mark, then
syncs once; when the disk refuses, the file is cut back to what was whole. One process at a time holds a
save open for writing.

Everything that writes goes through one `Disk`, so that a test can watch the order of real calls or let them
fail after so many bytes. Subclass it and call `super()`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from wargame.errors import CannotWrite, NotASave, SaveError, SaveInUse
from wargame.record import frames
from wargame.record.frames import Scan
from wargame.record.late import LateSync

MAX_FILE = 1 << 23  # bytes; a full game has 100,000


class SaveFile:
    """A saved game open for writing, locked against every other process until `close`."""

    def __init__(self, path: Path, handle: int, scan: Scan, disk: Disk) -> None:
        self.path = path
        self._handle: int | None = handle
        self._disk = disk
        self._length = scan.whole
        self._chain = scan.chain
        self._unclean = False  # a failed append may have left bytes behind `_length`
        self._late: LateSync | None = None

    def sync_late(self, told: Callable[[], object]) -> None:
        """Let a thread sync what is appended from now on; it calls `told` when that is `kept` or can't be."""
        self._late = self._late or LateSync(told)

    @property
    def kept(self) -> bool:
        """Return whether all that was appended is on the medium."""
        return self._late is None or self._late.kept

    @property
    def refused(self) -> CannotWrite | None:
        """Return why what was appended last can't be synced, so that nothing more is taken; else None."""
        error = self._late.error if self._late is not None else None
        return cannot_write(self.path, error) if error is not None else None

    def append(self, payloads: Sequence[bytes]) -> None:
        """Add one frame a payload and flush once; on return all of them are on the medium.

        With `sync_late` they are in the file, and on the medium when `kept` says so. Raises `CannotWrite`
        when the disk refuses; then none of them is in the file.
        """
        handle = self._open_handle()
        chain, data = self._chain, b""
        for payload in payloads:
            frame = frames.pack(payload, chain)
            chain, data = frame[-frames.CHECKSUM :], data + frame
        length = self._length + len(data)
        if length > MAX_FILE:
            raise full(self.path, f"{MAX_FILE >> 20} MB")
        again = partial(self._write, handle, self._length, data)
        try:
            if self._late is not None:
                self._late.wait()
        except OSError as error:
            raise cannot_write(self.path, error) from error
        try:
            if self._unclean:
                self._disk.truncate(handle, self._length)
            again(sync=self._late is None)
        except OSError as error:
            self._take_back(handle)
            raise cannot_write(self.path, error) from error
        self._length, self._chain, self._unclean = length, chain, False
        if self._late is not None:
            self._late.start(partial(self._disk.sync, handle), again)

    def _write(self, handle: int, offset: int, data: bytes, sync: bool = True) -> None:
        write_all(self._disk, handle, offset, data)
        write_all(self._disk, handle, frames.HEAD, frames.mark(offset + len(data)))
        if sync:
            self._disk.sync(handle)

    def close(self) -> None:
        """Let go of the file and its lock; more than once does no harm.

        With `sync_late` wait for what is not on the medium yet. `CannotWrite` if the disk still refuses it.
        """
        handle, self._handle = self._handle, None
        if handle is None:
            return
        try:
            if self._late is not None:
                self._late.close()
        except OSError as error:
            raise cannot_write(self.path, error) from error
        finally:
            self._disk.close(handle)

    def _open_handle(self) -> int:
        if self._handle is None:
            raise CannotWrite(f"{self.path.name} is closed; open it again to go on.")
        return self._handle

    def _take_back(self, handle: int) -> None:
        """Cut a failed append off again. Should that fail too, whoever opens the file finds a torn tail."""
        self._unclean = True
        with contextlib.suppress(OSError):
            self._disk.truncate(handle, self._length)
        with contextlib.suppress(OSError):
            write_all(self._disk, handle, frames.HEAD, frames.mark(self._length))
            self._disk.sync(handle)


def full(path: Path, most: str) -> CannotWrite:
    """Return the sentence for a person when a save takes no more."""
    return CannotWrite(
        f"{path.name} is full: a saved game holds {most} at most. "
        f"What is in it is safe; to go on, branch it with `wargame branch`."
    )


def create_file(path: Path, payloads: Sequence[bytes], disk: Disk) -> SaveFile:
    """Return a new saved game with these first frames, all there and on the medium when this returns.

    Raises `CannotWrite` when the disk refuses or the name is taken; then the folder is as it was.
    """
    create_whole(path, frames.whole_file(payloads), disk)
    file, _ = open_file(path, disk)
    if file is None:
        raise CannotWrite(f"{path.name} does not hold what was just written to it; check the disk.")
    return file


def create_whole(path: Path, raw: bytes, disk: Disk) -> None:
    """Put `raw` under a name that nothing has yet, whole or not at all, however the process ends."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if not path.parent.is_dir():
            disk.make_folder(path.parent)
            disk.sync_folder(path.parent.parent)
        try:
            _write_whole(temporary, raw, disk)
            _move_into_place(temporary, path, disk)
        except (OSError, CannotWrite):
            with contextlib.suppress(OSError):
                disk.remove(temporary)
            raise
    except OSError as error:
        raise cannot_write(path, error) from error


def open_file(path: Path, disk: Disk) -> tuple[SaveFile | None, Scan]:
    """Open for writing, mending a torn tail beside a copy of the original.

    A damaged file, or one without a single whole frame, can't be written: it is left as it is and comes back
    as None with what is whole of it. Raises `NotASave`, `SaveInUse` and `CannotWrite`.
    """
    check_regular(path)
    try:
        handle = disk.open(path, os.O_RDWR)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        if not lock(handle):
            raise in_use(path)
        scan = frames.scan(_read_all(handle, path), path.name)
        if scan.trouble is not None and not (scan.trouble.mendable and scan.frames):
            disk.close(handle)
            return None, scan
        if scan.trouble is not None:
            _mend(path, handle, scan, disk)
    except OSError as error:
        disk.close(handle)
        raise cannot_write(path, error) from error
    except SaveError:
        disk.close(handle)
        raise
    return SaveFile(path, handle, scan, disk), scan


def in_use(path: Path) -> SaveInUse:
    """Return the error of a save that another program has open."""
    return SaveInUse(f"{path.name} is open in another window or program; close it there first.")


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """Return the bytes of a file, at most `limit` of them, without lock or change. Raises `SaveError`."""
    check_regular(path)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise _cannot_read(path, error) from error
    try:
        return _read_all(handle, path, limit)
    finally:
        os.close(handle)


def check_regular(path: Path) -> None:
    """Raise `NotASave` unless there is an ordinary file (opening a pipe would wait for ever)."""
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return
    except (FileNotFoundError, NotADirectoryError):
        raise NotASave(f"There is no saved game {path.name} in {path.parent}; see `wargame saves`.") from None
    except (OSError, ValueError) as error:
        raise NotASave(f"{path.name} can't be read ({error}); choose another saved game.") from error
    raise NotASave(f"{path} is no saved game: it is no ordinary file. See `wargame saves`.")


def copies_of(path: Path) -> Iterator[Path]:
    """Yield the names for copies of a torn file, in order: `name.wargame.torn-1` and so on."""
    number = 0
    while True:
        number += 1
        yield path.with_name(f"{path.name}.torn-{number}")


def _mend(path: Path, handle: int, scan: Scan, disk: Disk) -> None:
    """Keep the original beside the file, then cut the file to its whole frames."""
    copy = next(copy for copy in copies_of(path) if not copy.exists())
    create_whole(copy, _read_all(handle, path), disk)
    disk.truncate(handle, scan.whole)
    write_all(disk, handle, frames.HEAD, frames.mark(scan.whole))
    disk.sync(handle)


def _write_whole(path: Path, raw: bytes, disk: Disk) -> None:
    handle = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        write_all(disk, handle, 0, raw)
        disk.sync(handle)
    finally:
        disk.close(handle)  # before the rename: Windows moves no open file


def _move_into_place(temporary: Path, path: Path, disk: Disk) -> None:
    """Rename, having claimed the name with an empty file: a rename alone would overwrite another save."""
    try:
        disk.close(disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        raise CannotWrite(
            f"There is already a saved game {path.name} in {path.parent}; choose another name."
        ) from None
    try:
        disk.rename(temporary, path)
        disk.sync_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            disk.remove(path)
        raise


def _read_all(handle: int, path: Path, limit: int = MAX_FILE) -> bytes:
    parts, left = [], limit
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        while left > 0 and (part := os.read(handle, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        if limit == MAX_FILE and os.read(handle, 1):
            raise NotASave(f"{path.name} is larger than any saved game; choose another file.")
    except OSError as error:
        raise _cannot_read(path, error) from error
    return b"".join(parts)


def _cannot_read(path: Path, error: OSError) -> SaveError:
    reason = (error.strerror or str(error)).lower()
    return SaveError(f"{path.name} in {path.parent} can't be read ({reason}); check the file and its folder.")


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
