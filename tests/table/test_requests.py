"""What seats ask of the white cell: in which order it waits, and what answers it."""

from __future__ import annotations

from pathlib import Path

from tests.rules.boards import mini
from tests.tui.halls import SEATS
from wargame.content.exercise_check import Messages
from wargame.debrief.story import Story
from wargame.debrief.white_cell_log import written
from wargame.record import Player
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table
from wargame.table.requests import call, close, open_requests

ONE, OTHER, THIRD = SEATS


def a_table(folder: Path | None = None) -> Table:
    people = {seat: Player("person", seat.title()) for seat in SEATS}
    table = Table.start(mini(), people, seed=3, rounds=2, folder=folder, name="asked")
    table.press = Messages()
    return table


def asked(table: Table) -> list[tuple[str, str]]:
    return [(one.seat, one.text) for one in open_requests(table)]


def test_a_message_to_the_white_cell_waits_until_its_sender_is_answered() -> None:
    """One to others does not; what is written to all answers nobody."""
    table = a_table()
    cell = Facilitator(table, "Kim")
    table.send(ONE, [WHITE], "May we?")
    table.send(OTHER, [ONE], "Psst.")
    cell.send(SEATS, "Ten minutes.")

    assert asked(table) == [(ONE, "May we?")]

    cell.send([OTHER], "Hush.")
    assert asked(table) == [(ONE, "May we?")]

    cell.send([ONE], "You may.")
    assert asked(table) == []


def test_what_a_seat_asked_first_is_answered_first() -> None:
    """A second question stays open, also if it came while the first was being answered."""
    table = a_table()
    for seat, text in ((ONE, "a"), (OTHER, "b"), (ONE, "c")):
        table.send(seat, [WHITE], text)
    Facilitator(table).send([ONE], "to the first")

    assert asked(table) == [(OTHER, "b"), (ONE, "c")]


def test_a_call_waits_like_a_message_and_is_put_away() -> None:
    """Who puts it away is kept; a request that has been answered is not put away once more."""
    table = a_table()
    call(table, ONE, "yuki")
    (request,) = open_requests(table)
    assert request.calls
    assert (request.seat, request.who) == (ONE, "yuki")
    table.send(ONE, [WHITE], "please")
    close(table, request, "Kim")
    close(table, request, "Lee")

    assert asked(table) == [(ONE, "please")]
    assert [(line.by, line.who) for line in table.journal.of("request")] == [(ONE, "yuki"), (WHITE, "Kim")]


def test_what_waits_is_in_the_save(tmp_path: Path) -> None:
    """A host that dies finds it again, and what was put away stays away; no report tells of it."""
    table = a_table(tmp_path)
    call(table, ONE)
    call(table, OTHER)
    close(table, open_requests(table)[0])
    table.close()
    again = Table.resume(tmp_path / "asked.wargame")

    assert asked(again) == [(OTHER, "")]
    again.close()
    assert written(Story.open(tmp_path / "asked.wargame")) == ()


def test_a_seat_does_not_learn_what_others_ask() -> None:
    table = a_table()
    call(table, ONE)

    assert [line.kind for line in table.journal.seen_by(OTHER, over=False)] == []
    assert [line.kind for line in table.journal.seen_by(ONE, over=False)] == ["request"]
