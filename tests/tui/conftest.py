"""What every test of the screens shares: one time zone, no terminal of its own, and games to look back on."""

from __future__ import annotations

import asyncio
import itertools
import time
from pathlib import Path

import pytest
from textual import constants

from tests.debrief.games import EXAMPLE, a_game
from wargame.debrief.story import Story
from wargame.tui.kit.guard import GuardedApp


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing moves by itself, as with `TEXTUAL_ANIMATIONS=none`; a test that wants a show asks for it."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")


LOOK, LOOKS = 1 / 200, 2
"""Seconds between two looks whether all is done, and how many of them must find nothing to do."""
IDLE = 0.001
"""Seconds of processor between two looks that are nothing: threads work as well."""


async def nothing_to_do(_least: float = 0, most: float = 1) -> None:
    """Wait until the event loop has nothing to run, for longer than it takes to the next painting.

    In place of Textual's own, which sleeps at least 20 ms, twice for each key.
    """
    loop, end, still = asyncio.get_running_loop(), time.monotonic() + most, 0
    while still < LOOKS and time.monotonic() < end:
        used = time.process_time()
        await asyncio.sleep(LOOK)
        rests = not loop._ready and time.process_time() - used < IDLE  # type: ignore[attr-defined]
        still = still + 1 if rests else 0


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds go by at each look at the clock: no key of a test is typed ahead of what it sees."""
    monkeypatch.setattr(GuardedApp, "clock", staticmethod(itertools.count(step=2).__next__))


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are painted up to 250 times a second, so that no key waits long for the next painting."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / 250)
    monkeypatch.setattr("textual.app.wait_for_idle", nothing_to_do)
    monkeypatch.setattr("textual.pilot.wait_for_idle", nothing_to_do)


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
