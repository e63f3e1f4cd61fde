"""PINs: what may be one, what is kept of it, the pauses after wrong ones, and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.table.test_table import FullDisk, a_table, play_on
from wargame.errors import CannotWrite
from wargame.record import Remark, Save, verify
from wargame.table import ENGINE, Table
from wargame.table.pins import FORGOTTEN, FREE, LONGEST, Pin, Tries, pins_of, refusal, to_plain
from wargame.table.table_records import WITHOUT_PINS


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def saved(folder: Path) -> Path:
    return next(folder.glob("*.wargame"))


@pytest.mark.parametrize("pin", ["1234", "0000", "abcDEF123456", "비밀번호", "１２３４"])
def test_digits_and_letters_make_a_pin(pin: str) -> None:
    """Four to twelve digits or letters, of any script."""
    assert refusal(pin) is None
    assert Pin.of(pin).fits(pin)


@pytest.mark.parametrize("pin", ["123", "1" * 13, "12 4", "12-34", "12\n34", "", "\x1b[2J", "a\u202eb1"])
def test_anything_else_is_refused_in_a_sentence(pin: str) -> None:
    """The sentence says the rule; insisting raises it, and the seat stays as it was."""
    table = a_table()
    why = refusal(pin)

    assert why is not None
    assert why.endswith(".")
    with pytest.raises(ValueError, match=r"digits"):
        Pin.of(pin)
    if pin:
        with pytest.raises(ValueError, match=r"digits"):
            table.set_pin("dprk", pin)
    assert not table.has_pin("dprk")


def test_a_pin_is_recognised_however_it_is_typed() -> None:
    """Full-width digits of an input method are the same digits; case matters; the salt differs each time."""
    pin = Pin.of("１２ab")

    assert pin.fits("12ab")
    assert not pin.fits("12AB")
    assert not pin.fits("")
    assert not pin.fits("\ud800")
    assert Pin.of("12ab").hash != pin.hash


def test_a_pin_is_shown_nowhere() -> None:
    """Neither its letters nor what is kept of it appear when a table or a PIN is printed."""
    pin = Pin.of("k7w9x2")

    assert repr(pin) == "Pin(cost=15)"
    assert "k7w9x2" not in f"{to_plain('rok', pin)}"


def test_a_game_that_is_not_saved_has_pins() -> None:
    """In memory: set, checked, changed, taken away. Other seats are open."""
    table = a_table()
    table.set_pin("dprk", "1234")

    assert table.has_pin("dprk")
    assert table.check_pin("dprk", "1234")
    assert not table.check_pin("dprk", "4321")
    assert not table.has_pin("russia")
    assert table.check_pin("russia", "anything")
    table.set_pin("dprk", "abcd")
    assert not table.check_pin("dprk", "1234")
    assert table.check_pin("dprk", "abcd")
    table.set_pin("dprk", "")
    assert not table.has_pin("dprk")
    assert table.check_pin("dprk", "")


def test_pins_outlive_a_stop(tmp_path: Path) -> None:
    """They are in the save, the last one of a seat counts, and neither game nor replay knows of them."""
    table, plain = a_table(tmp_path), a_table()
    for seat, pin in (("dprk", "1111"), ("russia", "2222"), ("dprk", "k7w9x2"), ("russia", "")):
        table.set_pin(seat, pin)
    play_on(table, 6)
    play_on(plain, 6)
    table.close()
    again = Table.resume(saved(tmp_path))

    assert again.has_pin("dprk")
    assert again.check_pin("dprk", "k7w9x2")
    assert not again.check_pin("dprk", "1111")
    assert not again.has_pin("russia")
    assert again.game == plain.game
    assert [beat.events for beat in again.beats] == [beat.events for beat in plain.beats]
    again.close()
    for spelled in (b"k7w9x2", b"1111", b"2222"):
        assert spelled not in saved(tmp_path).read_bytes()


def test_pins_of_the_set_up_are_saved_from_the_first_moment(tmp_path: Path) -> None:
    """A table that starts with PINs asks for them after a resume, even if nobody has moved."""
    plain = a_table()
    table = Table.start(
        plain.scenario, plain.players, seed=5, folder=tmp_path, name="g", pins={"dprk": Pin.of("1234")}
    )
    assert table.check_pin("dprk", "1234")
    table.close()
    again = Table.resume(saved(tmp_path))

    assert not again.check_pin("dprk", "")
    again.close()


def test_a_rewind_takes_no_pin_back(tmp_path: Path) -> None:
    """A PIN belongs to the person at the table, not to a line of the game."""
    table = a_table(tmp_path)
    play_on(table, 4)
    table.set_pin("dprk", "1234")
    table.close()
    with Save.open(saved(tmp_path)) as save:
        save.append_head(0, "rewind")
    again = Table.resume(saved(tmp_path))

    assert again.check_pin("dprk", "1234")
    again.close()


def test_a_pin_that_cannot_be_saved_is_not_set(tmp_path: Path) -> None:
    """With the disk full the seat keeps the PIN it had."""
    a_table(tmp_path).close()
    disk = FullDisk()
    table = Table._resumed(Save.open(saved(tmp_path), disk=disk))
    table.set_pin("dprk", "1234")
    disk.full = True

    with pytest.raises(CannotWrite):
        table.set_pin("dprk", "abcd")

    assert table.check_pin("dprk", "1234")
    disk.full = False
    table.close()


def test_the_facilitators_way_out(tmp_path: Path) -> None:
    """Without PINs all seats are open and a note says so; the PINs come back, but for those set anew."""
    table = a_table(tmp_path)
    table.set_pin("dprk", "1234")
    table.set_pin("russia", "5678")
    table.close()
    opened = Table.resume(saved(tmp_path), pins=False)

    assert not opened.has_pin("dprk")
    assert opened.check_pin("russia", "")
    assert opened.save is not None
    assert [note.data for note in opened.save.tree.remarks("note")] == [WITHOUT_PINS]
    opened.set_pin("dprk", "abcd")
    opened.close()
    again = Table.resume(saved(tmp_path))
    assert again.check_pin("dprk", "abcd")
    assert again.check_pin("russia", "5678")
    assert again.save is not None
    assert len(again.save.tree.remarks("note")) == 1
    again.close()


def test_without_pins_in_the_save_there_is_nothing_to_note(tmp_path: Path) -> None:
    """The way out of a game that has no PIN leaves the file as it was."""
    a_table(tmp_path).close()
    before = saved(tmp_path).read_bytes()
    Table.resume(saved(tmp_path), pins=False).close()

    assert before == saved(tmp_path).read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        None,
        "1234",
        {},
        {"seat": 7, "hash": b"h" * 32, "salt": b"s", "cost": 1},
        {"seat": "rok"},
        {"seat": "rok", "hash": "h" * 32, "salt": b"s", "cost": 1},
        {"seat": "rok", "hash": b"short", "salt": b"s", "cost": 1},
        {"seat": "rok", "hash": b"h" * 32, "salt": b"s", "cost": 40},
        {"seat": "rok", "hash": b"h" * 32, "salt": b"s", "cost": 0},
        {"seat": "rok", "hash": b"h" * 32, "salt": b"s", "cost": True},
    ],
)
def test_a_strangers_record_locks_nobody_out(data: object) -> None:
    """What can't be checked, or would take a gigabyte to check, counts as no PIN."""
    assert pins_of([Remark("pin", 0, data)]) == {}  # type: ignore[arg-type]


def test_three_tries_are_free_and_then_the_pauses_grow() -> None:
    """1, 2, 4 … seconds, at most 30; each seat for itself; the right PIN forgets them."""
    clock = Clock()
    tries = Tries(clock)
    pauses = []
    for _ in range(10):
        clock.now += tries.wait("rok")
        tries.wrong("rok")
        pauses.append(tries.wait("rok"))

    assert pauses == [0, 0, 1, 2, 4, 8, 16, LONGEST, LONGEST, LONGEST]
    assert tries.wait("us") == 0
    tries.right("rok")
    assert tries.wait("rok") == 0
    tries.wrong("rok")
    assert tries.wait("rok") == 0


def test_in_a_pause_no_pin_is_heard() -> None:
    """Not even the right one, and it makes the pause no longer."""
    table, clock = a_table(), Clock()
    table.tries = Tries(clock)
    table.set_pin("dprk", "1234")
    for _ in range(FREE):
        assert not table.check_pin("dprk", "wrong")

    assert table.pin_wait("dprk") == 1
    assert not table.check_pin("dprk", "1234")
    assert table.pin_wait("dprk") == 1
    clock.now += 1
    assert table.check_pin("dprk", "1234")
    assert table.pin_wait("dprk") == 0


def test_the_engine_replays_a_game_with_pins(tmp_path: Path) -> None:
    """A save with PINs verifies like any other."""
    table = a_table(tmp_path)
    table.set_pin("dprk", "1234")
    play_on(table)
    table.close()

    assert verify(saved(tmp_path), ENGINE).ok


def test_tries_made_at_once_wait_one_after_the_other() -> None:
    """A try that is noted while another waits is heard after it; what is long past is forgotten."""
    clock = Clock()
    tries = Tries(clock, longest=4)
    for _ in range(FREE + 3):
        tries.wrong("dprk")
    assert tries.wait("dprk") == 1 + 2 + 4 + 4
    clock.now += 10 + FORGOTTEN
    tries.wrong("rok")
    assert "dprk" in tries._wrong
    clock.now += 2
    tries.wrong("rok")

    assert "dprk" not in tries._wrong
