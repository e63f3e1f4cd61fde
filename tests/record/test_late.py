"""A thread syncs: what is appended is in the file when that returns, and on the medium when it is `kept`."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from tests.record.test_files import RefusingDisk
from tests.record.test_power_loss import Medium
from tests.record.toys import Toy, a_header, plain_numbers, play
from wargame.errors import CannotWrite
from wargame.record import Disk, Save

PATIENCE = 20.0
"""Seconds that a test waits for what comes at once."""


class SlowDisk(Disk):
    """A real disk whose syncs wait until they may go on."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.may.set()
        self.syncs = 0

    def sync(self, handle: int) -> None:
        assert self.may.wait(PATIENCE)
        super().sync(handle)
        self.syncs += 1


class Told:
    """Counts how often somebody was told, and waits for the next time."""

    def __init__(self) -> None:
        self._told = threading.Semaphore(0)

    def __call__(self) -> None:
        self._told.release()

    def wait(self) -> None:
        assert self._told.acquire(timeout=PATIENCE)


def test_what_is_appended_is_in_the_file_at_once_and_kept_when_the_disk_has_synced(tmp_path: Path) -> None:
    disk, told = SlowDisk(), Told()
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        save.sync_late(told)
        disk.may.clear()
        play(save, Toy(), 3)
        assert not save.kept
        with Save.open(save.path, write=False) as as_left:  # by a program that dies now
            assert plain_numbers(as_left) == [3]
        disk.may.set()
        told.wait()
        assert save.kept


def test_the_next_is_not_written_before_the_one_before_it_is_on_the_medium(tmp_path: Path) -> None:
    """Else a power cut might leave the later one alone, and the save could only be read."""
    disk, told = SlowDisk(), Told()
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        save.sync_late(told)
        disk.may.clear()
        play(save, Toy(), 3)
        later = threading.Thread(target=play, args=(save, Toy(), 4))
        later.start()
        later.join(0.2)
        assert later.is_alive()
        with Save.open(save.path, write=False) as meanwhile:
            assert plain_numbers(meanwhile) == [3]
        disk.may.set()
        later.join(PATIENCE)
        told.wait()
        assert plain_numbers(save) == [3, 4]


def test_whatever_a_power_cut_leaves_can_be_played_on_with_all_that_was_kept(tmp_path: Path) -> None:
    disk = Medium()
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        disk.crashes.clear()
        told = Told()
        save.sync_late(told)
        for number in range(1, 6):
            play(save, Toy(), number)
            if number % 2:  # else the next one comes while this is on its way
                told.wait()
                disk.acknowledged = number
    assert len(disk.crashes) > 50
    for crash, (acknowledged, state) in enumerate(disk.crashes):
        path = tmp_path / f"crash {crash}.wargame"
        path.write_bytes(state)
        with Save.open(path) as after:
            numbers = plain_numbers(after)
            assert not after.read_only
            assert numbers == list(range(1, len(numbers) + 1))
            assert len(numbers) >= acknowledged


def test_a_disk_that_refuses_is_tried_again_and_takes_nothing_more_until_it_does(tmp_path: Path) -> None:
    disk, told = RefusingDisk(code=errno.EIO), Told()
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        save.sync_late(told)
        disk.refused = "sync"
        play(save, Toy(), 3)
        told.wait()
        assert not save.kept
        assert os.strerror(errno.EIO).lower() in str(save.refused)
        with pytest.raises(CannotWrite):
            play(save, Toy(), 4)
        assert plain_numbers(save) == [3]
        disk.refused = ""
        while not save.kept:
            told.wait()
        assert save.refused is None
        play(save, Toy(), 4)
    with Save.open(save.path) as after:
        assert plain_numbers(after) == [3, 4]


def test_closing_waits_for_the_disk_or_says_that_it_refuses(tmp_path: Path) -> None:
    disk = SlowDisk()
    save = Save.create(tmp_path, "slow", a_header(), disk)
    save.sync_late(lambda: None)
    before = disk.syncs
    play(save, Toy(), 3)
    save.close()
    assert disk.syncs == before + 1
    refusing = RefusingDisk()
    save = Save.create(tmp_path, "refused", a_header(), refusing)
    save.sync_late(lambda: None)
    refusing.refused = "sync"
    play(save, Toy(), 3)
    with pytest.raises(CannotWrite):
        save.close()
    save.close()  # once more does no harm
