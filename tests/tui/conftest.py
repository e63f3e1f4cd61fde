"""What every test of the screens shares: one time zone, no terminal of its own, and games to look back on."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from textual import constants

from tests.debrief.games import EXAMPLE, a_game
from wargame.debrief.story import Story
from wargame.tui.guard import GuardedApp


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing moves by itself, as with `TEXTUAL_ANIMATIONS=none`; a test that wants a show asks for it."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second goes by at each look at the clock: no key of a test is typed ahead of what it sees."""
    monkeypatch.setattr(GuardedApp, "clock", staticmethod(itertools.count().__next__))


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are painted up to 250 times a second, and a test looks 200 times whether all is done.

    Textual's own pilot sleeps at least 40 ms for each key that it presses, most of it for the next painting.
    """
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / 250)
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 200)


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates on the screens are those of UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture(autouse=True)
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may like no colours; the screens under test have them."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="module")
def example() -> Story:
    """The game that comes with the program; nothing here writes to it."""
    return Story.open(EXAMPLE)


@pytest.fixture
def evening(tmp_path: Path) -> Path:
    """A small finished game of people with a line that was left, a note, a mark and predictions."""
    return a_game(tmp_path)
