"""A game is played in sittings: what is left on a clock, and how long a decision took, by a steady clock."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.record.toys import a_header
from tests.table.facilitated import a_table, the_file, whole
from wargame.debrief.export import rows
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.errors import CannotWrite
from wargame.record import Disk, Head, Played, Remark, Save, Sitting, sittings, spent
from wargame.record.records import Entry
from wargame.table import Facilitator, Limit, Table
from wargame.table.timers import PlayClock

HOUR = 3600
EVENING = 1_764_000_000_000
"""When the first sitting begins, in ms since 1970."""


class Clocks:
    """A steady clock and one on the wall, which tests set."""

    def __init__(self) -> None:
        self.steady, self.wall = 5000.0, float(EVENING)

    def go(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds * 1000

    def on(self, table: Table) -> Table:
        """Let a table that was just opened go by them."""
        assert table.save is not None
        table.clock = table.timers.clock = PlayClock(lambda: self.steady)
        table.save.clock = lambda: int(self.wall)
        return table


def play(table: Table, clocks: Clocks, seconds: float) -> int:
    """The seat to act thinks so long and makes its first move that does not end its turn; its number."""
    clocks.go(seconds)
    legal = table.game.legal_moves()
    return table.play(next((move for move in legal if move.verb == "commit"), legal[0])).id


def resumed(folder: Path, clocks: Clocks) -> Table:
    return clocks.on(Table.resume(the_file(folder)))


def test_a_night_between_two_sittings_counts_for_nothing(tmp_path: Path) -> None:
    """A decision that was slept over took what it took on both evenings; nobody thought for ten hours."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    first = play(table, clocks, 20)
    clocks.go(30)
    table.close()
    clocks.go(10 * HOUR)
    again = resumed(tmp_path, clocks)
    second = play(again, clocks, 12)
    third = play(again, clocks, 5)
    again.close()

    story = Story.open(the_file(tmp_path))
    assert [story.seconds(move) for move in (first, second, third)] == [20, 42, 5]
    assert story.sittings()[0].closed == EVENING + 50_000
    assert [span.played for span in story.sittings()] == [50_000, 17_000]
    assert [row["sitting"] for row in rows(story)["move"]] == [None, 1, 2, 2]
    assert "0:42 minutes" in report(story, "md") or "1:07 minutes" in report(story, "md")
    assert whole(tmp_path)


def test_a_clock_that_is_set_back_makes_no_time_negative(tmp_path: Path) -> None:
    """The time of a move is what the wall said; how long it took is what went by."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    first = play(table, clocks, 20)
    clocks.wall -= 2 * HOUR * 1000
    second = play(table, clocks, 7)
    table.close()

    story = Story.open(the_file(tmp_path))
    assert story.at(second).time < story.at(first).time
    assert [row["seconds"] for row in rows(story)["move"]] == [None, 20, 7]


def test_a_sitting_that_broke_off_ends_with_what_happened_last(tmp_path: Path) -> None:
    """The plug is pulled: the file has no end of the sitting, and the next one begins where it left off."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    first = play(table, clocks, 20)
    shutil.copy(the_file(tmp_path), tmp_path / "pulled")
    clocks.go(600)
    table.close()
    (tmp_path / "pulled").replace(the_file(tmp_path))
    again = resumed(tmp_path, clocks)
    second = play(again, clocks, 9)
    again.close()

    story = Story.open(the_file(tmp_path))
    assert [(span.closed is None, span.played) for span in story.sittings()] == [
        (True, 20_000),
        (False, 9_000),
    ]
    assert [story.seconds(move) for move in (first, second)] == [20, 9]


def test_a_pause_counts_for_nothing_and_keeps_what_was_left(tmp_path: Path) -> None:
    """The facilitator's pause stops the sitting's clock with the turn's; its record says what was left."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    table.set_limit("orders", Limit(90, 10))
    table.start_clock()
    clocks.go(30)
    cell = Facilitator(table)
    cell.pause("tea")
    clocks.go(900)
    cell.go_on()
    assert table.timers.left == 60
    move = play(table, clocks, 5)
    table.close()

    story = Story.open(the_file(tmp_path))
    assert story.seconds(move) == 35
    with Save.open(the_file(tmp_path), write=False) as save:
        assert [(remark.at, remark.left) for remark in save.tree.remarks("pause")] == [(30_000, 60_000)] * 2


def test_a_clock_that_several_hold_runs_when_all_let_go() -> None:
    """A pause within a pause; letting go twice, or unasked, changes nothing."""
    now = 0.0
    clock = PlayClock(lambda: now)
    clock.let_go("nobody")
    now = 3.0
    clock.hold("one")
    clock.hold("other")
    now = 50.0
    clock.let_go("one")
    clock.let_go("one")
    assert clock() == 3
    clock.let_go("other")
    now = 51.0
    assert clock() == 4


def test_leaving_and_coming_back_does_not_refill_a_clock(tmp_path: Path) -> None:
    """The turn goes on with what was left; the next turn has all of its time."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    table.set_limit("orders", Limit(90, 10))
    table.start_clock()
    clocks.go(50)
    table.close()
    clocks.go(HOUR)

    again = resumed(tmp_path, clocks)
    assert (again.timers.status, again.timers.left) == ("paused", 40)
    again.start_clock()
    clocks.go(1)
    assert again.timers.left == 39
    again.timers.stop()
    again.play(again.game.legal_moves()[0])
    again.start_clock()
    assert again.timers.left == 90
    again.close()


def test_nor_does_pulling_the_plug_in_the_middle_of_a_turn(tmp_path: Path) -> None:
    """What was left at the last move of the turn is on disk with it."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    table.set_limit("orders", Limit(90, 10))
    table.start_clock()
    play(table, clocks, 25)
    assert table.can_undo
    clocks.go(5)
    table.undo()
    play(table, clocks, 5)
    shutil.copy(the_file(tmp_path), tmp_path / "pulled")
    table.close()
    (tmp_path / "pulled").replace(the_file(tmp_path))

    again = resumed(tmp_path, clocks)
    again.start_clock()
    assert again.timers.left == 55
    again.close()


def test_what_was_left_belongs_to_its_turn(tmp_path: Path) -> None:
    """A turn that ended, or a game that was taken back, begins with a full clock."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    table.set_limit("orders", Limit(90, 10))
    table.start_clock()
    clocks.go(25)
    start = table.beats[-1].id
    table.play(table.game.legal_moves()[0])
    with Save.open(the_file(tmp_path), write=False) as save:
        assert save.tree.left is None
    table.start_clock()
    play(table, clocks, 10)
    Facilitator(table).rewind(start, "because")
    table.close()

    again = resumed(tmp_path, clocks)
    assert again.timers.left is None
    again.start_clock()
    assert again.timers.left == 90
    again.close()


def test_a_game_that_is_only_looked_at_has_no_sitting(tmp_path: Path) -> None:
    """Opened and left again, a save is as it was, to the byte."""
    a_table(tmp_path).close()
    path = the_file(tmp_path)
    before = path.read_bytes()
    for _ in range(2):
        Table.resume(path).close()

    assert path.read_bytes() == before


def test_a_sitting_is_recorded_with_the_first_thing_in_it_or_not_at_all(tmp_path: Path) -> None:
    """One flush for both; where the disk refuses, neither is there, and the next try has both."""

    class Full(Disk):
        full = False

        def write(self, handle: int, offset: int, data: bytes) -> int:
            if self.full:
                raise OSError(28, "No space left on device")
            return super().write(handle, offset, data)

    disk = Full()
    Save.create(tmp_path, "game", a_header()).close()
    with Save.open(tmp_path / "game.wargame", disk=disk) as save:
        save.clock = lambda: 7
        save.sit_down(lambda: (1234, None))
        disk.full = True
        with pytest.raises(CannotWrite):
            save.append_remark("note", "hm")
        assert len(save.tree) == 1
        disk.full = False
        save.append_remark("note", "hm")
        assert save.tree.entries[1:] == (Sitting("opened", 7, 0), Remark("note", 0, "hm", at=1234))
        save.get_up()
        assert save.tree.entries[3:] == (Sitting("closed", 7, 1234),)


def test_a_disk_that_is_full_does_not_keep_a_game_from_closing(tmp_path: Path) -> None:
    """The sitting then ends with the last thing that happened in it."""
    table = a_table(tmp_path)
    table.play(table.game.legal_moves()[0])
    table.close()
    disk = Disk()
    table = Table._resumed(Save.open(the_file(tmp_path), disk=disk))
    table._sit_down()
    table.play(table.game.legal_moves()[0])
    disk.write = lambda handle, offset, data: (_ for _ in ()).throw(OSError(28, "full"))  # type: ignore[method-assign]
    table.close()

    assert [span.closed is None for span in Story.open(the_file(tmp_path)).sittings()] == [False, True]


def a_move(number: int, parent: int, at: int | None) -> Played:
    return Played(number, parent, ["add", 1], 0, "person", bytes(8), at=at)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([a_move(1, 0, None), Sitting("opened", 0, 0), a_move(2, 1, 700)], {2: 700}),
        (
            [Sitting("opened", 0, 0), a_move(1, 0, 500), a_move(2, 1, 300), a_move(3, 2, 900)],
            {1: 500, 2: 0, 3: 400},
        ),
        (
            [
                Sitting("opened", 0, 0), a_move(1, 0, 500), a_move(2, 1, 900),
                Head(1, "undo", 0, at=1000), a_move(3, 1, 1600),
                Head(1, "rewind", 1, at=3000), a_move(4, 1, 3100),
            ],
            {1: 500, 2: 400, 3: 1100, 4: 100},
        ),
        ([a_move(1, 0, 10**12), Sitting("closed", 0, 50)], {}),
    ],
    ids=["a save from before", "a clock that went back", "undo and rewind", "no sitting"],
)  # fmt: skip
def test_what_a_move_took_is_never_below_zero(entries: list[Entry], expected: dict[int, int]) -> None:
    """Whatever a file says; what was undone is part of the decision, what was rewound is not."""
    assert spent(entries) == expected
    assert all(span.played >= 0 for span in sittings(entries))


def test_a_save_from_before_has_no_durations(tmp_path: Path) -> None:
    """They are not made up from the calendar."""
    with Save.create(tmp_path, "old", a_header()) as save:
        pass
    assert sittings(save.tree.entries) == ()
