"""The power fails: every state that the medium may then be in opens with all that was acknowledged.

A real run is written down call by call. A medium may keep each write that was not synced wholly, in part, as
zeros or not at all; every combination is built as a real file and opened.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from wargame.record import Disk, Save

from .toys import Toy, a_header, plain_numbers, play


@dataclass
class Medium(Disk):
    """A real disk that also keeps what is surely on the medium and what is still on its way."""

    sure: bytearray = field(default_factory=bytearray)
    maybe: list[tuple[int, bytes]] = field(default_factory=list)
    crashes: list[tuple[int, bytes]] = field(default_factory=list)
    acknowledged: int = 0

    def write(self, handle: int, offset: int, data: bytes) -> int:
        taken = super().write(handle, offset, data)
        self.maybe.append((offset, data[:taken]))
        self.crashes += [(self.acknowledged, state) for state in self.states()]
        return taken

    def sync(self, handle: int) -> None:
        super().sync(handle)
        for offset, data in self.maybe:
            put(self.sure, offset, data)
        self.maybe.clear()
        self.crashes.append((self.acknowledged, bytes(self.sure)))

    def states(self) -> Iterator[bytes]:
        """Every file that a power cut may leave now."""
        choices = [
            [None, (at, data), (at, data[: len(data) // 2]), (at, data[:5]), (at, bytes(len(data)))]
            for at, data in self.maybe
        ]
        for kept in itertools.product(*choices):
            state = bytearray(self.sure)
            for write in kept:
                if write is not None:
                    put(state, *write)
            yield bytes(state)


def put(file: bytearray, offset: int, data: bytes) -> None:
    file.extend(bytes(max(0, offset - len(file))))
    file[offset : offset + len(data)] = data


def test_after_a_power_cut_every_acknowledged_move_is_there(tmp_path: Path) -> None:
    """Whatever part of the last append reached the medium, the game goes on after what it acknowledged."""
    disk = Medium()
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        disk.crashes.clear()
        game = Toy()
        for number in range(1, 6):
            play(save, game, number)
            disk.acknowledged = number
        with save.together():
            play(save, game, 6)
            play(save, game, 7)

    for crash, (acknowledged, state) in enumerate(disk.crashes):
        path = tmp_path / f"crash {crash}.wargame"
        path.write_bytes(state)
        with Save.open(path) as after:
            numbers = plain_numbers(after)
            assert not after.read_only
            assert numbers == list(range(1, len(numbers) + 1))
            assert acknowledged <= len(numbers) <= acknowledged + 2
            play(after, Toy(), 9)
        with Save.open(path) as again:
            assert (plain_numbers(again), again.notice) == ([*numbers, 9], None)
    assert len(disk.crashes) > 100


class RenamesFirst(Disk):
    """A real disk that notices when a name is given to data that was never synced."""

    def __init__(self, synced: bool) -> None:
        self.really_syncs = synced
        self.data_is_sure: set[int] = set()
        self.named_before_data = False

    def sync(self, handle: int) -> None:
        if self.really_syncs:
            super().sync(handle)
            self.data_is_sure.add(os.fstat(handle).st_ino)

    def rename(self, old: Path, new: Path) -> None:
        self.named_before_data |= old.stat().st_ino not in self.data_is_sure
        super().rename(old, new)


@pytest.mark.parametrize(("synced", "risky"), [(True, False), (False, True)])
def test_no_name_is_given_to_data_that_may_not_be_there(tmp_path: Path, synced: bool, risky: bool) -> None:
    """A new save gets its name only once its bytes are sure; without the sync, this test would see it."""
    disk = RenamesFirst(synced)

    Save.create(tmp_path, "game", a_header(), disk).close()

    assert disk.named_before_data == risky
