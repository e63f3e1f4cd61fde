"""The games that come with the program can be played again under today's rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.debrief.games import EXAMPLE
from tests.evening import evening
from tests.example import ROUNDS, example
from tests.kept import FOLDER
from wargame.debrief.story import Story
from wargame.record import verify
from wargame.table import ENGINE

EVENING = FOLDER / "evening.wargame"


def test_it_is_whole_under_these_rules() -> None:
    """If it is not, the rules were changed: `make example` plays it anew."""
    report = verify(EXAMPLE, ENGINE)

    assert report.problems == ()
    assert (report.rounds, report.lines, report.finished) == (ROUNDS, 1, True)


def test_the_evening_is_whole_under_these_rules() -> None:
    """The same of the facilitated one, which `make evening` plays; two of its lines were left by a rewind."""
    report = verify(EVENING, ENGINE)

    assert report.problems == ()
    assert (report.rounds, report.lines, report.finished) == (6, 4, True)


def test_the_evening_has_in_it_what_its_page_tells_of() -> None:
    """An undo, two rewinds, a storm taken back, a ruling, injects, seats that change hands, predictions."""
    story = Story.open(EVENING)
    kinds = {note.kind for note in story.all_notes()}

    assert sorted(line.why for line in story.lines()) == ["", "rewind", "rewind", "undo"]
    assert [story.at(line.tip).state.outcome for line in story.lines() if line.finished] == ["storm", "time"]
    assert kinds >= {"note", "tag", "mark", "talk", "seat", "timer", "rationale", "prediction"}
    assert {m.move.verb for m in story.line if m.move} >= {"adjudicate", "improvise", "set-track", "choose"}
    assert {moment.maker for moment in story.line[1:]} == {"person", "bot", "timer", "white cell"}


@pytest.mark.parametrize("play", [example, evening])
def test_it_is_the_same_file_each_time(play: Callable[[Path], Path], tmp_path: Path) -> None:
    """Made twice it is the same, byte for byte, also in the place of another."""
    first = play(tmp_path).read_bytes()

    assert play(tmp_path).read_bytes() == first
