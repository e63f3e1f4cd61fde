"""A disk that refuses: the white cell sees why as long as it does, at 80×24 and larger."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path

import pytest

from tests.host.clients import KEY
from tests.host.test_kept import a_kept_table
from tests.table.test_table import FullDisk
from tests.tui.boards import LARGE, SMALL
from tests.tui.games import settled
from tests.tui.rooms import Cell
from wargame.host.serve import Host, Opening
from wargame.record import Disk
from wargame.table import Facilitator

FULL = "The disk is full"


class Unsynced(Disk):
    """A disk that takes bytes and puts none on the medium while it is full."""

    full = False

    def sync(self, handle: int) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "")
        super().sync(handle)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_console_says_why_a_disk_refuses_until_it_does_no_more(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    disk, loop = Unsynced(), asyncio.get_running_loop()
    host = Host(table := a_kept_table(tmp_path, disk), Opening(), KEY)
    table.sync_late(loop.call_soon_threadsafe)
    app = host.room.enter("white.Kim")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        cell = Cell(host.room, app, pilot)
        disk.full = True
        table.write("note", text="Half-time.")
        await cell.waits(FULL, seconds=3)
        disk.full = False
        await cell.waits(FULL, gone=True, seconds=5)
    await host.close()
    await asyncio.to_thread(table.close)  # which waits for the thread that syncs


async def test_a_bots_move_that_cannot_be_kept_is_told_until_it_is(tmp_path: Path) -> None:
    """And so is what a host keeps beside the save."""
    host = Host(table := a_kept_table(tmp_path, disk := FullDisk()), Opening(), KEY)
    assert host.trouble() == ""
    table.end_talk()
    Facilitator(table, "Kim").hand_to_bot(str(table.game.to_act), "tea")
    host.course.least, disk.full = 0.0, True
    leading = asyncio.create_task(host.lead())
    async with asyncio.timeout(10):
        while FULL not in host.trouble():
            await asyncio.sleep(0.01)
        disk.full = False
        while host.trouble():
            await asyncio.sleep(0.01)
    leading.cancel()
    await asyncio.gather(leading, return_exceptions=True)
    assert host.file is not None
    path, host.file.path = host.file.path, tmp_path / "evening.host" / "deeper.host"
    host._keep(drafts={})
    async with asyncio.timeout(10):
        while not host.trouble():
            await asyncio.sleep(0.01)
        host.file.path = path
        while host.trouble():
            await asyncio.sleep(0.01)
    await host.close()
    assert host.file.read()["drafts"] == {}
    table.close()
