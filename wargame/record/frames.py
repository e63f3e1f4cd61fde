"""The bytes of a saved game: a preamble, then frames, each checksummed and chained to the one before.

This module knows nothing of what a payload says. It tells apart the two ways in which a file goes bad: a
torn tail (the plug was pulled in the middle of a write; cut it off and play on) and damage (something else
touched the file; read what lies before it and write no more). `docs/save-format.md` describes every byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from wargame.errors import NotASave
from wargame.record.plain import MAX_PAYLOAD

MAGIC = b"\x89WARGAME\r\n\x1a\n"  # as in PNG: betrays text-mode transfers, and no text file starts so
FORMAT = 1
HEAD = 16  # bytes of magic and format version, the seed of the chain
MARK = 16  # bytes of the length mark behind it, the only ones ever rewritten
START = HEAD + MARK  # where the first frame begins

MAX_FRAMES = 1 << 13  # records of one file; a long evening with everything written down has a thousand

CHECKSUM = 16
_PREFIX = struct.Struct(">I4s")  # payload length, and the guard that vouches for it
_MARK = struct.Struct(">Q8s")
OVERHEAD = _PREFIX.size + CHECKSUM


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole frame: where it begins in the file, what it carries, and its link of the chain."""

    offset: int
    payload: bytes
    checksum: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the file is not whole, and from which byte.

    `mendable`: all that is wrong is at the very end, so that cutting the file at `offset` and writing the
    length mark anew makes it whole.
    """

    offset: int
    why: str
    mendable: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """A file's whole frames, the number of bytes up to their end, and the first trouble after them."""

    frames: tuple[Frame, ...]
    whole: int
    trouble: Trouble | None

    @property
    def chain(self) -> bytes:
        """The checksum that the next frame is chained to."""
        return self.frames[-1].checksum if self.frames else root()


def head(version: int = FORMAT) -> bytes:
    """Return the first bytes of every file of that format version."""
    return MAGIC + struct.pack(">I", version)


def root() -> bytes:
    """Return the link that the first frame is chained to."""
    return blake2b(head(), digest_size=CHECKSUM).digest()


def mark(length: int) -> bytes:
    """Return the length mark: how many bytes of the file have been written as whole frames."""
    return _MARK.pack(length, _mark_check(length))


def pack(payload: bytes, previous: bytes) -> bytes:
    """Return the frame to follow one whose checksum is `previous`; its own checksum is its last 16 bytes."""
    length = struct.pack(">I", len(payload))
    return length + _guard(previous, length) + payload + _checksum(previous, length, payload)


def whole_file(payloads: Iterable[bytes]) -> bytes:
    """Return a new file with these payloads, one frame each."""
    previous, frames = root(), b""
    for payload in payloads:
        frame = pack(payload, previous)
        previous, frames = frame[-CHECKSUM:], frames + frame
    return head() + mark(START + len(frames)) + frames


def scan(raw: bytes, name: str = "The file") -> Scan:
    """Return every whole frame of a file (`name` in messages), and what stops the reading.

    Raises `NotASave` when the bytes don't begin like a saved game of a format that this version reads.
    """
    _check_head(raw, name)
    return _scan_from(raw, START, root())


def past_the_first(raw: bytes) -> Scan:
    """Return the whole frames of a file whose first one is not as it was written; none if there are none.

    The next is still chained to the first one's checksum, so where that fits, what was read in between is
    missing. Where only the first one's own guard or checksum is spoilt, it is whole and among them.
    """
    if len(raw) < START + OVERHEAD:
        return Scan((), START, None)
    length = min(_PREFIX.unpack_from(raw, START)[0], MAX_PAYLOAD)
    begin, end = START + _PREFIX.size, START + _PREFIX.size + length
    payload, previous = raw[begin:end], _checksum(root(), raw[START : START + 4], raw[begin:end])
    if raw[end : end + CHECKSUM] == previous or _leads_on(raw, end + CHECKSUM, previous):
        rest = _scan_from(raw, end + CHECKSUM, previous)
        return Scan((Frame(START, payload, previous), *rest.frames), rest.whole, rest.trouble)
    place = START + OVERHEAD  # the first one's length may be wrong, so the next is looked for everywhere
    while (place := raw.find(b"\0", place, START + OVERHEAD + MAX_PAYLOAD)) > START:  # a length begins with 0
        if _leads_on(raw, place, raw[place - CHECKSUM : place]):
            return _scan_from(raw, place, raw[place - CHECKSUM : place])
        place += 1
    return Scan((), START, None)


def _leads_on(raw: bytes, place: int, previous: bytes) -> bool:
    """Whether a frame begins there that is chained to that checksum."""
    prefix = raw[place : place + _PREFIX.size]
    return len(prefix) == _PREFIX.size and prefix[4:] == _guard(previous, prefix[:4])


def _scan_from(raw: bytes, offset: int, previous: bytes) -> Scan:
    frames: list[Frame] = []
    while offset < len(raw):
        found = _frame_at(raw, offset, previous)
        if isinstance(found, Frame) and len(frames) == MAX_FRAMES:
            found = _damaged(offset, f"there are more than {MAX_FRAMES} records")
        if isinstance(found, Trouble):
            return Scan(tuple(frames), offset, found)
        frames.append(found)
        offset, previous = offset + OVERHEAD + len(found.payload), found.checksum
    offset = min(offset, len(raw))
    return Scan(tuple(frames), offset, _check_mark(raw))


def _guard(previous: bytes, length: bytes) -> bytes:
    return blake2b(previous + length, digest_size=4).digest()


def _checksum(previous: bytes, length: bytes, payload: bytes) -> bytes:
    return blake2b(previous + length + payload, digest_size=CHECKSUM).digest()


def _mark_check(length: int) -> bytes:
    return blake2b(head() + struct.pack(">Q", length), digest_size=8).digest()


def _check_head(raw: bytes, name: str) -> None:
    if not raw:
        raise NotASave(f"{name} is empty; delete it or choose another saved game.")
    if not raw.startswith(MAGIC[: len(raw)]):
        raise NotASave(f"{name} is not a saved game of this program; choose another file.")
    if len(raw) < HEAD:
        raise NotASave(f"{name} breaks off in its first {HEAD} bytes, so nothing of a game is left in it.")
    (version,) = struct.unpack_from(">I", raw, len(MAGIC))
    if version > FORMAT:
        raise NotASave(
            f"{name} is of save format {version} and this program reads formats up to {FORMAT}; "
            "open it with a newer version of the program."
        )
    if version != FORMAT:
        raise NotASave(f"{name} claims save format {version}, which never existed; choose another file.")


def _check_mark(raw: bytes) -> Trouble | None:
    """What the length mark knows that the frames can't: that whole frames are missing at the end."""
    if len(raw) < START:
        return Trouble(HEAD, "the file breaks off in its length mark", mendable=False)
    length, check = _MARK.unpack_from(raw, HEAD)
    if check != _mark_check(length):
        return Trouble(len(raw), "the length mark at the beginning of the file is damaged", mendable=True)
    if length > len(raw):
        return Trouble(len(raw), f"its end is missing, {length - len(raw)} B", mendable=True)
    return None


def _frame_at(raw: bytes, offset: int, previous: bytes) -> Frame | Trouble:
    left = len(raw) - offset
    if left < _PREFIX.size:
        return _torn(offset, left)
    length, guard = _PREFIX.unpack_from(raw, offset)
    if guard != _guard(previous, raw[offset : offset + 4]):
        if _blank_from(raw, offset + _PREFIX.size):
            return _torn(offset, left)
        return _damaged(offset, "the frame's length is not what was written")
    if length > MAX_PAYLOAD:
        return _damaged(offset, f"the frame claims {length} bytes, over the limit of {MAX_PAYLOAD}")
    if length + OVERHEAD > left:
        return _torn(offset, left)
    return _body_at(raw, offset, length, previous)


def _body_at(raw: bytes, offset: int, length: int, previous: bytes) -> Frame | Trouble:
    begin = offset + _PREFIX.size
    end = begin + length
    payload, checksum = raw[begin:end], raw[end : end + CHECKSUM]
    if checksum == _checksum(previous, raw[offset : offset + 4], payload):
        return Frame(offset, payload, checksum)
    if _blank_from(raw, end + CHECKSUM):
        return Trouble(offset, "the last frame is not what was written", mendable=True)
    return _damaged(offset, "the frame is not what was written")


def _blank_from(raw: bytes, offset: int) -> bool:
    """Whether only zeros follow: some file systems leave them behind when the power fails."""
    return not raw[offset:].strip(b"\0")


def _torn(offset: int, left: int) -> Trouble:
    return Trouble(offset, f"the last frame breaks off after {left} B", mendable=True)


def _damaged(offset: int, why: str) -> Trouble:
    return Trouble(offset, why, mendable=False)
