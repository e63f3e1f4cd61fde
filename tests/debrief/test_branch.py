"""A new save that stops at a move: the same game up to there, and it can be played on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import OLDER_RULES, a_game, a_game_with_branches
from tests.record.toys import flipped, frame_ends
from wargame.debrief.branch import branch
from wargame.debrief.story import Story
from wargame.errors import CannotWrite, SaveError
from wargame.record import Player, verify
from wargame.table import ENGINE, Table


def test_the_game_up_to_a_move_is_the_same_game(tmp_path: Path) -> None:
    """States, times, rationales and notes are those of the line, whatever was taken back before."""
    story = Story.open(a_game(tmp_path))
    at = story.line[-5].id
    made = Story.open(branch(story, at, tmp_path / "copy"))
    old = story.line_to(at)

    assert len(made.line) == len(old)
    for new, was in zip(made.line, old, strict=True):
        assert new.state == was.state
        assert (new.move, new.time, new.by, new.rationale) == (was.move, was.time, was.by, was.rationale)
    assert [n.text for n in made.notes()] == [
        *[n.text for n in story.notes() if n.about <= at],
        f"Branched from {story.name}, move {at}.",
    ]
    assert verify(tmp_path / "copy.wargame", ENGINE).ok


def test_it_can_be_played_on_and_what_is_not_changed_comes_as_it_came(tmp_path: Path) -> None:
    """The same moves played after the branch lead to the same states: the luck is that of the line."""
    story = Story.open(a_game_with_branches(tmp_path))
    at = story.line[-6].id
    table = Table.resume(branch(story, at, tmp_path / "on"))
    for moment in story.line[-5:]:
        assert moment.move is not None
        table.play(moment.move)
    table.close()

    assert table.over
    assert table.game.state == story.end.state


def test_what_is_whole_of_a_damaged_game_can_be_played_on(tmp_path: Path) -> None:
    """A damaged save opens read-only; its last whole move is branched into a save that takes moves again."""
    path = a_game(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(flipped(whole, (frame_ends(whole)[-20] + 12) * 8))
    story = Story.open(path)
    table = Table.resume(branch(story, story.tip, tmp_path / "again"))
    table.play(table.game.legal_moves()[0])
    table.close()

    assert 0 < len(story.line) < len(Story.open(a_game(tmp_path / "whole")).line)
    assert len(Story.open(tmp_path / "again.wargame").line) == len(story.line) + 1
    assert verify(tmp_path / "again.wargame", ENGINE).ok


def test_others_may_play_on(tmp_path: Path) -> None:
    """Seats can be given to bots, and keep their players where nothing is said."""
    story = Story.open(a_game(tmp_path))
    made = branch(story, 5, tmp_path / "bots", {"birch": Player("random", "a bot")})
    table = Table.resume(made)
    table.close()

    assert table.players["birch"] == Player("random", "a bot")
    assert table.players["amber"].kind == "person"


def test_what_cannot_be_branched_is_a_sentence(tmp_path: Path) -> None:
    """A move that is not there, the end of a game, a taken name, a game under other rules."""
    story = Story.open(a_game(tmp_path))

    with pytest.raises(SaveError, match="no move 9999"):
        branch(story, 9999, tmp_path / "x")
    with pytest.raises(SaveError, match="over"):
        branch(story, story.tip, tmp_path / "x")
    with pytest.raises(CannotWrite, match="already"):
        branch(story, 5, tmp_path / "evening.wargame")
    with pytest.raises(SaveError, match="other rules"):
        branch(Story.open(OLDER_RULES), 5, tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["evening.wargame"]


def test_nothing_later_is_in_the_new_save(tmp_path: Path) -> None:
    """Neither a later move nor another line nor a later note."""
    story = Story.open(a_game(tmp_path))
    made = Story.open(branch(story, story.notes("note")[0].about, tmp_path / "early"))

    assert len(made.moments) == len(made.line)
    assert [note.kind for note in made.notes()] == ["note", "note"]
