"""A saved game as it was: every position of every line, who moved, and what each seat saw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.debrief.games import (
    OLDER_RULES,
    a_facilitated_game,
    a_game,
    a_game_with_branches,
    a_table,
    a_whole_honeymoon,
    play,
)
from tests.rules.boards import mini
from wargame.debrief.people import players
from wargame.debrief.perspective import ROOM, seen
from wargame.debrief.story import Story
from wargame.errors import DamagedSave, NotASave
from wargame.record import Disk, Save, positions
from wargame.record.files import create_file
from wargame.record.plain import encode
from wargame.record.records import Played
from wargame.rules.view import view
from wargame.table import ENGINE, Table


def test_every_position_is_the_recorded_one(tmp_path: Path) -> None:
    """The states along the line are those that a replay of the record gives, move by move."""
    path = a_game(tmp_path)
    story = Story.open(path)
    with Save.open(path, write=False) as save:
        found = list(positions(save.tree, ENGINE))

    assert [moment.id for moment in story.line] == [p.move.id if p.move else 0 for p in found]
    assert [moment.state for moment in story.line] == [position.game.state for position in found]
    assert all(moment.exact for moment in story.line)
    assert story.over
    assert story.notice is None


def test_each_seat_saw_then_what_the_view_says(tmp_path: Path) -> None:
    """What a seat saw after a move is the view of the state at that move, not of a later one."""
    story = Story.open(a_game(tmp_path))
    for moment in story.line[:-1:7]:
        assert seen(moment.state, ROOM) == view(moment.state, None)
        for seat in story.scenario.seat_ids:
            assert seen(moment.state, seat) == view(moment.state, seat)


def test_a_move_has_its_facts(tmp_path: Path) -> None:
    """Round, phase and seat are those of the decision; rationale, time and maker are as recorded."""
    table = a_table(tmp_path, mini(), ("amber",), seed=3, name="facts")
    play(table)
    beats, by_id = table.beats, {beat.id: beat for beat in table.beats}
    table.close()
    story = Story.open(tmp_path / "facts.wargame")

    assert len(story.line) == len(beats)
    for moment in story.line[1:]:
        beat = by_id[moment.id]
        assert (moment.round, moment.phase, moment.move) == (beat.round, beat.phase, beat.move)
        assert moment.events == beat.events
        assert moment.rationale == beat.rationale
        assert moment.maker == ("person" if moment.seat == "amber" else "bot")
        assert moment.time >= story.before(moment).time
    assert story.line[0].events == beats[0].events
    assert {moment.maker for moment in story.line} == {"", "person", "bot"}


def test_lines_that_were_left_are_still_there(tmp_path: Path) -> None:
    """A rewound game has two lines; each can be looked at, and they part where it was rewound."""
    story = Story.open(a_game_with_branches(tmp_path))
    first, second = story.lines()
    other = story.along(first.tip)

    assert (first.why, first.reason, first.who) == ("rewind", "What if?", "Mira")
    assert second.tip == story.tip
    assert 0 < first.parted < first.tip
    assert 0 < first.parted < first.tip
    assert other.end.id == first.tip
    assert {m.id for m in other.line} & {m.id for m in story.line} == set(range(first.parted + 1))
    assert {m.luck for m in other.line} == {0}
    assert {m.luck for m in story.line[first.parted + 1 :]} == {1}


def test_an_undo_is_a_line_of_its_own(tmp_path: Path) -> None:
    """What was taken back is told apart from what was rewound."""
    story = Story.open(a_game(tmp_path))

    assert [line.why for line in story.lines()] == ["undo", ""]


def test_notes_belong_to_moves_of_the_line(tmp_path: Path) -> None:
    """Notes, marks and predictions come with their move, seat and words; PINs never."""
    path = a_game(tmp_path)
    table = Table.resume(path)
    table.set_pin("amber", "2468")
    table.close()
    story = Story.open(path)

    assert [note.kind for note in story.notes()] == ["note", "mark", *["prediction"] * 3]
    assert story.notes("note")[0].text == "Everybody is very polite."
    assert [(note.who, note.by) for note in story.notes("note", "mark")] == [("Mira", "white")] * 2
    assert [note.seat for note in story.notes("prediction")] == ["amber", "birch", "cedar"]
    assert all(note.about in {moment.id for moment in story.line} for note in story.notes())


def test_the_players_are_those_who_sat_there_then(tmp_path: Path) -> None:
    """Somebody who takes a seat over sits there from that move on and not before."""
    path = a_game(tmp_path)
    with Save.open(path) as save:
        save.append_remark("seat", {"seat": "birch", "player": "greedy", "name": "a bot"}, about=4)
    story = Story.open(path)

    assert players(story, 3)["birch"] == ("person", "Birch's team")
    assert players(story, 4)["birch"] == ("greedy", "a bot")
    assert players(story)["birch"] == ("greedy", "a bot")


def test_a_file_of_the_first_version_opens() -> None:
    """A game played under older rules is known to its end."""
    story = Story.open(OLDER_RULES)

    assert story.over
    assert story.end.exact
    assert story.tree.end() is not None


def test_a_newer_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """A higher format version is not read, and the sentence says so."""
    raw = bytearray(OLDER_RULES.read_bytes())
    raw[15] += 1
    path = tmp_path / "newer.wargame"
    path.write_bytes(bytes(raw))

    with pytest.raises(NotASave, match="newer version"):
        Story.open(path)


def test_moves_that_these_rules_refuse_are_shown_by_snapshots(tmp_path: Path) -> None:
    """Where a recorded state can't be made again the last known one stands, up to the next snapshot."""
    path = a_game(tmp_path)
    spoilt, raw = path.with_name("other.wargame"), Save.open(path, write=False)
    whole = Story.open(path)
    bad = next(m.id for m in whole.line if m.round == 2)
    _with_another_hash(raw, bad, spoilt)

    story = Story.open(spoilt)
    lost = [moment.id for moment in story.line if not moment.exact]

    assert lost
    assert lost[0] == bad
    assert story.at(bad).state == whole.at(bad - 1).state
    assert story.end.state == whole.end.state
    assert story.notice is not None
    assert str(len(lost)) in story.notice


def _with_another_hash(save: Save, move: int, path: Path) -> None:
    """A copy of a save in which the state after one move was another one."""
    entries = [
        replace(entry, hash=b"elsewise") if isinstance(entry, Played) and entry.id == move else entry
        for entry in save.tree.entries
    ]
    create_file(path, [encode(entry.to_plain()) for entry in entries], Disk()).close()


def test_a_line_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Asking for a move beyond the last is a sentence."""
    with pytest.raises(DamagedSave, match="no move 4000"):
        Story.open(a_game(tmp_path), tip=4000)


def test_a_whole_honeymoon_opens() -> None:
    """The real scenario with six people: every position exact, every view there."""
    story = Story.open(a_whole_honeymoon())

    assert story.over
    assert all(moment.exact for moment in story.moments)
    assert {moment.seat for moment in story.line} == {"", *story.scenario.seat_ids}


def test_the_white_cell_is_told_apart(tmp_path: Path) -> None:
    """Its moves are no seat's, have a reason and a name, and are not mistaken for people's or bots'."""
    story = Story.open(a_facilitated_game(tmp_path))
    white = [moment for moment in story.line if moment.maker == "white cell"]
    skipped = [moment for moment in white if moment.seat]

    assert all(moment.exact for moment in story.moments)
    assert {str(moment.plain[1]) for moment in white if not moment.seat} >= {
        "improvise", "inject", "set-track", "set-roll", "adjudicate",
    }  # fmt: skip
    assert [moment.rationale for moment in skipped] == ["Out of the room."]
    assert all(moment.rationale and moment.who == "Mira" for moment in white)
    assert {moment.maker for moment in story.line[1:]} == {"person", "white cell"}


def test_a_private_note_says_so(tmp_path: Path) -> None:
    """What is for the facilitator alone can be left out of what others read."""
    notes = Story.open(a_facilitated_game(tmp_path)).notes("note")

    assert [(note.text, note.private) for note in notes] == [
        ("The room is loud.", True),
        ("The room is awake.", False),
    ]
