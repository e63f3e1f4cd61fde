"""The games that come with the program can be played again under today's rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.debrief.games import EXAMPLE
from tests.evening import evening, left_out
from tests.example import ROUNDS, example
from tests.kept import FOLDER
from tests.minutes import minutes
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
    assert (report.rounds, report.lines, report.finished) == (4, 4, True)


def test_the_evening_has_in_it_what_its_page_tells_of() -> None:
    """A talk, a counter-offer, an accusation, a storm taken back, a ruling, seats that change hands…"""
    story = Story.open(EVENING)
    kinds = {note.kind for note in story.all_notes()}

    assert left_out(story) == []
    assert kinds >= {"note", "tag", "mark", "talk", "floor", "seat", "timer", "rationale", "prediction"}
    assert {m.move.verb for m in story.line if m.move} >= {"adjudicate", "improvise", "set-track", "choose"}
    assert {moment.maker for moment in story.line[1:]} == {"person", "bot", "timer", "white cell"}


def test_the_times_of_the_evening_fit_the_exercise() -> None:
    """They are made up, but keep to the clock of the talk and to two hours with briefing and hot wash."""
    spent = minutes(EVENING)

    assert set(spent) == {"reading", "console", "news", "talk", "orders", "answers"}
    assert all(2 <= spent["talk"][round_] <= 3 for round_ in (1, 2, 3, 4))
    assert 60 < sum(sum(of.values()) for of in spent.values()) < 90


@pytest.mark.parametrize("play", [example, evening])
def test_it_is_the_same_file_each_time(play: Callable[[Path], Path], tmp_path: Path) -> None:
    """Made twice it is the same, byte for byte, also in the place of another."""
    first = play(tmp_path).read_bytes()

    assert play(tmp_path).read_bytes() == first
