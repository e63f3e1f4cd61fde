"""The table on screen. `run` opens it; importing this loads neither Textual nor a scenario.

What a screen paints goes through `text.safe_text`, what it may show of a game through `Table.view(seat)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wargame.record import Player


@dataclass(frozen=True, slots=True)
class Start:
    """What to open with: `kind` is home, setup, play or resume.

    `setup` and `play` take a scenario (name or folder), `seed`, `rounds` and whether `hindsight` is shuffled
    in; `play` also who sits where, by seat; `resume` takes the path of a save. New games are kept in the
    folder `saves` (None: not at all).
    """

    kind: str = "home"
    saves: Path | None = None
    scenario: str = "honeymoon"
    seed: int | None = None
    rounds: int | None = None
    hindsight: bool = False
    players: Mapping[str, Player] | None = None
    save: Path | None = None


def run(start: Start) -> None:
    """Open the program on this terminal; returns when its user leaves."""
    from wargame.tui.app import WargameApp

    WargameApp(start).run()


__all__ = ["Start", "run"]
