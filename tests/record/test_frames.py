"""Every truncation and every flipped bit of a file is noticed and costs only what comes after it."""

from __future__ import annotations

import random
import tracemalloc
from hashlib import blake2b
from pathlib import Path

import pytest

from wargame.errors import DamagedSave, NotASave
from wargame.record import Save, frames
from wargame.record.frames import Scan, scan
from wargame.record.plain import MAX_PAYLOAD

from .toys import a_long_game, a_short_game, every_flip, flipped, frame_ends


def checked(raw: bytes) -> tuple[bool, int]:
    """Whether anything is noticed, and how many frames are recovered."""
    try:
        found = scan(raw)
    except NotASave:
        return True, 0
    return found.trouble is not None, len(found.frames)


def frames_before(ends: list[int], offset: int) -> int:
    return sum(end <= offset for end in ends)


def frames_after_flip(ends: list[int], offset: int) -> int:
    """A flip in the head costs all, one in the length mark nothing, else the frame and what follows."""
    if offset < frames.HEAD:
        return 0
    return len(ends) if offset < frames.START else frames_before(ends, offset)


def test_a_whole_file_gives_back_its_payloads() -> None:
    """What was packed comes back in order, without trouble, up to the last byte."""
    payloads = [b"", b"one", b"two" * 1000]

    raw = frames.whole_file(payloads)

    found = scan(raw)
    assert [frame.payload for frame in found.frames] == payloads
    assert (found.whole, found.trouble) == (len(raw), None)


def test_every_truncation_of_a_short_game_is_noticed(tmp_path: Path) -> None:
    """Cut anywhere, also between two frames, a save says so and keeps the whole frames before the cut."""
    raw = a_short_game(tmp_path).read_bytes()
    ends = frame_ends(raw)

    for cut in range(len(raw)):
        assert checked(raw[:cut]) == (True, frames_before(ends, cut)), cut


def test_every_flipped_bit_of_a_short_game_is_noticed(tmp_path: Path) -> None:
    """No single bit can change unnoticed, and the frames before the one it is in are all there."""
    raw = a_short_game(tmp_path).read_bytes()
    ends = frame_ends(raw)

    for offset, spoiled in every_flip(raw):
        assert checked(spoiled) == (True, frames_after_flip(ends, offset)), offset


def test_sampled_truncations_and_flips_of_a_full_game_are_noticed(tmp_path: Path) -> None:
    """The same for a thousand of each on a file as large as a full game's."""
    raw = a_long_game(tmp_path).read_bytes()
    ends = frame_ends(raw)
    chance = random.Random(2)

    assert len(raw) >= 60_000
    for cut in chance.sample(range(len(raw)), 1000):
        assert checked(raw[:cut]) == (True, frames_before(ends, cut)), cut
    for bit in chance.sample(range(len(raw) * 8), 1000):
        assert checked(flipped(raw, bit)) == (True, frames_after_flip(ends, bit // 8)), bit


def test_a_cut_inside_the_last_frame_is_a_torn_tail(tmp_path: Path) -> None:
    """What a pulled plug leaves can be mended: only the end is not whole."""
    raw = a_short_game(tmp_path).read_bytes()
    last = scan(raw).frames[-1].offset

    for cut in range(last, len(raw)):
        trouble = scan(raw[:cut]).trouble
        assert trouble is not None
        assert (trouble.offset, trouble.mendable) == (last, True)


def test_a_flip_before_the_last_frame_is_damage_and_never_a_torn_tail(tmp_path: Path) -> None:
    """A flipped length must not make the frames after it look like the tail of a broken write."""
    raw = a_short_game(tmp_path).read_bytes()
    last = scan(raw).frames[-1].offset

    for offset, spoiled in every_flip(raw[:last]):
        if offset >= frames.START:
            trouble = scan(spoiled + raw[last:]).trouble
            assert trouble is not None
            assert not trouble.mendable


@pytest.mark.parametrize("kept", [0, 3, 8, 20])
def test_a_tail_of_zeros_is_a_torn_tail(tmp_path: Path, kept: int) -> None:
    """Some file systems leave zeros where the data of the last write should be."""
    raw = a_short_game(tmp_path).read_bytes()
    last = scan(raw).frames[-1].offset

    trouble = scan(raw[: last + kept] + bytes(5000)).trouble

    assert trouble is not None
    assert (trouble.offset, trouble.mendable) == (last, True)


def test_frames_cannot_be_moved_dropped_or_doubled(tmp_path: Path) -> None:
    """Each frame is chained to the one before: whole frames in another order are noticed."""
    raw = a_short_game(tmp_path).read_bytes()
    ends = frame_ends(raw)
    one, two, three = raw[ends[0] : ends[1]], raw[ends[1] : ends[2]], raw[ends[2] :]

    for shuffled in (two + one + three, one + three, one + one + two + three, three + two + one):
        assert checked(raw[: ends[0]] + shuffled)[0]


@pytest.mark.parametrize("length", [MAX_PAYLOAD + 1, 1 << 31, (1 << 32) - 1])
def test_a_huge_length_allocates_nothing(length: int) -> None:
    """A frame that claims four gigabytes, with a guard that agrees, is refused before any memory is taken."""
    claim = length.to_bytes(4, "big")
    raw = frames.whole_file([b"x"])
    guard = blake2b(scan(raw).chain + claim, digest_size=4).digest()

    tracemalloc.start()
    found: Scan = scan(raw + claim + guard + b"some payload")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(found.frames) == 1
    assert found.trouble is not None
    assert not found.trouble.mendable
    assert peak < 100_000


def test_a_newer_format_is_refused_with_the_way_out(tmp_path: Path) -> None:
    """A file of a later format names both versions and says what to do."""
    path = tmp_path / "later.wargame"
    path.write_bytes(frames.head(2) + b"whatever a later format holds")

    with pytest.raises(
        NotASave, match=r"^later\.wargame is of save format 2 and .* up to 1; open it with a newer"
    ):
        Save.open(path)


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n" + bytes(90), bytes(100), b"title: x\n" * 9]
)
def test_what_is_no_save_is_called_so(tmp_path: Path, raw: bytes) -> None:
    """Files of other kinds raise `NotASave`, for reading and for writing, and stay as they are."""
    path = tmp_path / "other.wargame"
    path.write_bytes(raw)

    for write in (True, False):
        with pytest.raises(NotASave):
            Save.open(path, write=write)
    assert path.read_bytes() == raw


def test_a_save_cut_before_its_header_ends_is_damaged(tmp_path: Path) -> None:
    """Without its header nothing of a game is left; the file is not touched."""
    whole = a_short_game(tmp_path)
    header_end = frame_ends(whole.read_bytes())[0]
    path = tmp_path / "cut.wargame"

    for cut in (frames.HEAD, frames.START, frames.START + 5, header_end - 1):
        path.write_bytes(whole.read_bytes()[:cut])
        with pytest.raises(DamagedSave):
            Save.open(path, write=False)
