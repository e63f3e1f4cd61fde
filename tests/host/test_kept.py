"""What somebody does is told to others once it is on the medium, and nobody waits for the disk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import pytest

from tests.host.tables import Hosted, end, first
from tests.record.test_late import PATIENCE, SlowDisk
from tests.rules.boards import mini
from tests.table.test_table import FullDisk
from tests.tui.halls import SEATS
from tests.tui.test_waiting_messages import a_window
from wargame.errors import CannotWrite
from wargame.host.course import Course
from wargame.record import Disk, Player, Save
from wargame.rules.moves import Commit
from wargame.table import Facilitator, Table
from wargame.tui.kit.guard import SETTLE
from wargame.words.pages import room


class OwnThread:
    """The thread of a table: what others want done there, it does when it comes to it."""

    def __init__(self) -> None:
        self._wanted: Queue[Callable[[], object]] = Queue()

    def soon(self, do: Callable[[], object]) -> None:
        self._wanted.put(do)

    def turn(self) -> None:
        """Wait for something to do, and do it."""
        self._wanted.get(timeout=PATIENCE)()


def a_kept_table(folder: Path, disk: Disk) -> Table:
    """A game of three people, kept on that disk."""
    people = {seat: Player("person", seat.title()) for seat in SEATS}
    Table.start(mini(), people, seed=3, rounds=2, folder=folder, name="evening").close()
    return Table._resumed(Save.open(folder / "evening.wargame", disk=disk))


def test_others_are_told_of_a_move_when_it_is_on_the_medium(tmp_path: Path) -> None:
    disk, here = SlowDisk(), OwnThread()
    table = a_kept_table(tmp_path, disk)
    hosted = Hosted(table).past_talk()
    table.sync_late(here.soon)
    mover = hosted.in_order()[0]
    others = [face for face in hosted.faces.values() if face is not mover]
    second = hosted.course.face(mover.seat)
    white: list[int] = []
    table.observe(lambda: white.append(len(table.beats)))
    before, moves = [face.version for face in (*others, second)], len(table.beats)
    disk.may.clear()
    mover.play(first(mover, Commit))

    assert mover.beats[-1].move == table.beats[-1].move, "the mover's own screen goes on"
    hosted.wait(1)
    assert [face.version for face in (*others, second)] == before
    assert white == []
    disk.may.set()
    here.turn()
    assert white == [moves + 1]
    assert second.beats[-1].move == table.beats[-1].move
    table.close()


async def test_a_turn_that_ended_before_its_screen_heard_of_it_is_not_taken_up_again(tmp_path: Path) -> None:
    disk, here = SlowDisk(), OwnThread()
    table = a_kept_table(tmp_path, disk)
    hosted = Hosted(table).past_talk()
    table.sync_late(here.soon)
    mover = hosted.in_order()[0]
    async with a_window(hosted, str(mover.seat)) as window:
        await window.to("orders")
        end(mover)
        await window.to("watch")
        await window.sees(room.CHANGE_IT)
        disk.may.clear()
        hosted.wait(10)
        await window.pilot.pause(SETTLE + 0.1)
        await window.press("enter")
        await window.sees("There is no turn to take up again.")
        disk.may.set()
        here.turn()
        assert window.state == "watch"
    table.close()


def test_a_turn_that_has_ended_stays_as_it_was_laid_while_the_disk_syncs(tmp_path: Path) -> None:
    """Its own screen does not go back to the hand with which the turn began, nor see what comes next."""
    disk, here = SlowDisk(), OwnThread()
    table = a_kept_table(tmp_path, disk)
    hosted = Hosted(table).past_talk()
    table.sync_late(here.soon)
    mover, *_others = hosted.in_order()
    mover.play(first(mover, Commit))
    here.turn()
    laid, hand = mover.game.state.orders[str(mover.seat)], mover.game.state.hands[str(mover.seat)]
    hosted.wait(10)
    disk.may.clear()
    end(mover)

    assert mover.game.state.orders[str(mover.seat)] == laid
    assert mover.game.state.hands[str(mover.seat)] == hand
    assert mover.ready
    assert mover.seat_to_play is None
    disk.may.set()
    here.turn()
    assert not mover.ready
    assert mover.seat_to_play is not None
    assert laid.commits
    table.close()


def test_nobody_waits_while_the_disk_syncs(tmp_path: Path) -> None:
    disk, here = SlowDisk(), OwnThread()
    table = a_kept_table(tmp_path, disk)
    hosted = Hosted(table).past_talk()
    table.sync_late(here.soon)
    mover = hosted.in_order()[0]
    disk.may.clear()
    plays = threading.Thread(target=mover.play, args=(first(mover, Commit),))
    plays.start()
    plays.join(PATIENCE)

    assert not plays.is_alive()
    disk.may.set()
    here.turn()
    table.close()


async def test_a_course_that_a_full_disk_has_stopped_goes_on_when_it_is_led_again(tmp_path: Path) -> None:
    """Bots' moves are kept when the disk can again, and everybody is told of them as before."""
    table = a_kept_table(tmp_path, disk := FullDisk())
    table.end_talk()
    seat = str(table.game.to_act)
    Facilitator(table, "Kim").hand_to_bot(seat, "tea")
    course = Course(table, least=0.0)
    face = course.face(next(other for other in SEATS if other != seat))
    disk.full = True
    with pytest.raises(CannotWrite):
        await asyncio.wait_for(course.run(), PATIENCE)
    disk.full = False
    leading = asyncio.create_task(course.run())
    before = face.version
    async with asyncio.timeout(PATIENCE):
        while face.version == before or table.seat_to_play is None:
            await asyncio.sleep(0.01)
    leading.cancel()
    await asyncio.gather(leading, return_exceptions=True)
    table.close()
