"""What every test of the screens shares: one time zone, and no terminal of its own."""

from __future__ import annotations

import time

import pytest
from textual import constants


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing moves by itself, as with `TEXTUAL_ANIMATIONS=none`; a test that wants a show asks for it."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates on the screens are those of UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture(autouse=True)
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may like no colours; the screens under test have them."""
    monkeypatch.delenv("NO_COLOR", raising=False)
