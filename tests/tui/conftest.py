"""What every test of the screens shares: one time zone, and no terminal of its own."""

from __future__ import annotations

import time

import pytest


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates on the screens are those of UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
