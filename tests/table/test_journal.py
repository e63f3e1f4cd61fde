"""The journal: what is written about a move is read back by move and by round, by those who may."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.boards import mini
from tests.table.test_table import play_on
from wargame.content.exercise import exercise_from_text
from wargame.record import Plain, Remark, Save, verify
from wargame.rules.moves import WHITE
from wargame.table import ENGINE, Facilitator, Journal, Table

DRILL = """\
scenario: mini
title: A drill
rounds: 2
seats: {birch: {player: random}, cedar: {player: random}}
questions: [{id: hot, text: Will it be hot?, when: {track: heat, at_least: 5}}]
"""


def a_table(folder: Path) -> Table:
    table = Table.start(
        mini(), exercise=exercise_from_text(DRILL, mini()), seed=3, folder=folder, name="drill"
    )
    list(table.advance())
    return table


def resumed(folder: Path) -> Table:
    return Table.resume(next(folder.glob("*.wargame")))


def test_lines_are_read_back_by_move_and_by_round(tmp_path: Path) -> None:
    """Notes, tags, marks and bookmarks on any move, with its round; nothing of the game changes."""
    table = a_table(tmp_path)
    cell = Facilitator(table, "Kim")
    play_on(table, 12)
    game, rounds = table.game.to_bytes(), {beat.id: beat.round for beat in table.beats}
    cell.note("the price of bread", 3)
    cell.tag("bread", 3)
    cell.tag("coin", 3)
    cell.tag("bread", 3, on=False)
    cell.important(3)
    cell.important(5)
    cell.important(5, on=False)
    cell.bookmark("where it turned", 4)
    cell.note("and now?")
    table.close()

    again = resumed(tmp_path)
    journal = again.journal
    assert [(line.kind, line.text) for line in journal.about(3)][:2] == [
        ("note", "the price of bread"),
        ("tag", "bread"),
    ]
    assert journal.tags(3) == ("coin",)
    assert journal.marked() == (3,)
    assert not journal.important(5)
    assert {line.about: line.round for line in journal.lines[:-1]} == {
        move: rounds[move] for move in (3, 4, 5)
    }
    last = journal.lines[-1]
    assert (last.about, last.round) == (again.beats[-1].id, again.game.state.round)
    assert (last.by, last.who) == (WHITE, "Kim")
    assert last.time > 1_700_000_000_000
    assert last in journal.in_round(last.round)
    assert again.game.to_bytes() == game
    again.close()
    assert verify(next(tmp_path.glob("*.wargame")), ENGINE).ok


def test_a_note_on_a_move_of_an_old_line_stays(tmp_path: Path) -> None:
    """What was written before a rewind keeps its move and round; the old line can still be written about."""
    table = a_table(tmp_path)
    cell = Facilitator(table)
    play_on(table, 6)
    tip = table.beats[-1].id
    cell.note("here it went wrong", tip)
    cell.rewind(2, "because")
    cell.note("and here it still is wrong", tip)

    assert [(line.text, line.round) for line in table.journal.about(tip)] == [
        ("here it went wrong", table.journal.about(tip)[0].round),
        ("and here it still is wrong", 0),
    ]
    assert table.journal.about(tip)[0].round > 0
    table.close()


def test_a_seats_reasons_and_predictions_are_its_own_until_the_end(tmp_path: Path) -> None:
    """The facilitator reads all, a seat its own, the room nothing; when it is over everybody reads them."""
    table = a_table(tmp_path)
    for seat, percent in (("amber", 10), ("birch", 90)):
        table.give_reason(seat, f"{seat} has its reasons")
        table.predict(seat, "hot", percent)
    lines = table.journal.lines

    assert list(table.journal.seen_by(WHITE, over=False)) == lines
    for seat in ("amber", "birch", "cedar"):
        own = [line for line in lines if line.seat == seat]
        assert list(table.journal.seen_by(seat, over=False)) == own
        assert list(table.journal.seen_by(seat, over=True)) == lines
    assert table.journal.seen_by(None, over=False) == ()
    assert list(table.journal.seen_by(None, over=True)) == lines
    assert [tuple(one) for one in table.journal.predictions()] == [
        ("amber", "hot", 1, 10),
        ("birch", "hot", 1, 90),
    ]
    table.close()


def test_a_side_talk_is_known_to_its_sides_and_what_each_heard_to_itself(tmp_path: Path) -> None:
    """Who was not there knows nothing of it until the end; the facilitator knows all sides."""
    table = a_table(tmp_path)
    heard = {"amber": "two rounds", "birch": "for ever"}
    Facilitator(table).talk(["amber", "birch"], "bread for coin", heard)
    table.close()

    journal = resumed(tmp_path).journal
    [line] = journal.seen_by("amber", over=False)
    assert (line.text, line.data["heard"]) == ("bread for coin", {"amber": "two rounds"})
    [line] = journal.seen_by("birch", over=False)
    assert line.data["heard"] == {"birch": "for ever"}
    assert journal.seen_by("cedar", over=False) == ()
    [line] = journal.seen_by(WHITE, over=False)
    assert line.data["heard"] == heard
    assert journal.seen_by("cedar", over=True) == (line,)


def test_a_private_note_is_never_for_anybody_else(tmp_path: Path) -> None:
    """Other notes are laid open at the end."""
    table = a_table(tmp_path)
    cell = Facilitator(table)
    cell.note("amber is bored", private=True)
    cell.note("a fine move")

    assert [line.text for line in table.journal.seen_by("amber", over=True)] == ["a fine move"]
    assert len(table.journal.seen_by(WHITE, over=True)) == 2
    assert table.journal.seen_by("amber", over=False) == ()
    table.close()


def test_a_journal_without_a_save_is_kept_too() -> None:
    """A game that nobody wants to keep has its journal while it runs."""
    table = Table.start(mini(), seed=3, rounds=1)
    Facilitator(table).note("hm")
    table.play(table.game.legal_moves()[0])
    Facilitator(table).important()

    assert [line.about for line in table.journal.lines] == [0, 1]


@pytest.mark.parametrize(
    "data",
    [
        None,
        3,
        [],
        {},
        {"round": "one", "time": "now", "by": 3},
        {"percent": 200},
        {"between": 7, "heard": []},
        {"tag": 4},
    ],
)
@pytest.mark.parametrize("kind", ["note", "tag", "mark", "prediction", "rationale", "talk", "timer", "seat"])
def test_records_of_strangers_are_read_or_passed_over(tmp_path: Path, kind: str, data: Plain) -> None:
    """A save may hold anything in them: no reading of the journal fails, and the game opens."""
    table = a_table(tmp_path)
    assert table.save is not None
    table.save.append_remark(kind, data)
    table.close()

    again = resumed(tmp_path)
    journal = again.journal
    assert journal.tags(again.beats[-1].id) == ()
    assert journal.predictions() == ()
    assert journal.rationale("amber", 1) == ""
    for viewer in (WHITE, "amber", None):
        assert all(isinstance(line.text, str) for line in journal.seen_by(viewer, over=False))
    assert again.players == table.players
    again.close()


def test_old_notes_are_lines_too(tmp_path: Path) -> None:
    """A note that is nothing but a sentence, as older versions and the program write it; a PIN is no line."""
    journal = Journal(
        [Remark("note", 2, "Opened without the PINs of the seats."), Remark("pin", 0, {"seat": "x"})]
    )

    [line] = journal.lines
    assert (line.kind, line.about, line.round, line.text) == (
        "note",
        2,
        0,
        "Opened without the PINs of the seats.",
    )


def test_a_journal_of_a_damaged_save_is_read_only(tmp_path: Path) -> None:
    """What is there can be read; nothing can be written, and the refusal is a sentence."""
    table = a_table(tmp_path)
    Facilitator(table).note("before")
    table.close()
    path = next(tmp_path.glob("*.wargame"))
    raw = bytearray(path.read_bytes())
    raw[-30] ^= 1
    raw += b"\x01" * 40
    path.write_bytes(bytes(raw))

    again = Table.resume(path)

    assert again.read_only
    with Save.open(path, write=False) as save:
        assert len(again.journal.lines) == len(save.tree.remarks())
