"""The example game that comes with the program can be played again under today's rules."""

from __future__ import annotations

from pathlib import Path

from tests.debrief.games import EXAMPLE
from tests.example import ROUNDS, example
from wargame.record import verify
from wargame.table import ENGINE


def test_it_is_whole_under_these_rules() -> None:
    """If it is not, the rules were changed: `make example` plays it anew."""
    report = verify(EXAMPLE, ENGINE)

    assert report.problems == ()
    assert (report.rounds, report.lines, report.finished) == (ROUNDS, 1, True)


def test_it_is_the_same_file_each_time(tmp_path: Path) -> None:
    """Made twice it is the same, byte for byte, also in the place of another."""
    first = example(tmp_path).read_bytes()

    assert example(tmp_path).read_bytes() == first
