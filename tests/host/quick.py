"""The program with a host whose turns may be short: `python -m tests.host.quick host …`."""

from __future__ import annotations

from wargame.cli import main

LEAST = 0.2
"""Seconds that a turn takes at least."""


def hurry() -> None:
    """Let turns be short."""
    from wargame.host.course import Course  # noqa: PLC0415  (only a host needs asyncssh)

    usual = Course.__init__.__kwdefaults__
    assert usual is not None
    usual["least"] = LEAST


if __name__ == "__main__":
    hurry()
    main()
