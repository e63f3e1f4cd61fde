"""The table on screen. `run` opens it; importing this loads neither Textual nor a scenario.

What a screen paints goes through `text.safe_text`, what it may show of a game through `Table.view(seat)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wargame.content import DEFAULT

if TYPE_CHECKING:
    from wargame.record import Player


@dataclass(frozen=True, slots=True)
class Start:
    """What to open with: `kind` is home, setup, play, resume, replay, exercise, wall or preview.

    `setup` and `play` take a scenario (name or folder), `seed`, `rounds` and whether `hindsight` is shuffled
    in; `play` also who sits where, by seat; `resume` and `replay` take the path of a save; resumed, its PINs
    are not asked for without `pins` and its programs are started with `programs`. `exercise` is the file of
    one to run, None one with people in all seats of the scenario. With `console` the facilitator's console
    comes first; `facilitator` is who sits at it. New games are kept in the folder `saves` (None: not at all).
    `lost` is the folder of the scenario of a save to replay that has lost its own. A wall follows a save, or
    whatever is played in the folder `saves`; with `own_pace` it tells the news at reading speed.
    """

    kind: str = "home"
    saves: Path | None = None
    scenario: str = DEFAULT
    seed: int | None = None
    rounds: int | None = None
    hindsight: bool = False
    players: Mapping[str, Player] | None = None
    save: Path | None = None
    pins: bool = True
    programs: bool = False
    exercise: Path | None = None
    facilitator: str = ""
    console: bool = False
    lost: Path | None = None
    own_pace: bool = False


def run(start: Start) -> Path | None:
    """Open the program on this terminal, as its user likes it; return the game to go on with when it is left.

    `WargameError` if it should speak a language that is not there, `ConfigError` if the file of settings has
    mistakes. `SystemExit` with 128 and its number after a signal, with 70 after a mistake of the program
    itself, of which a sentence on stderr tells.
    """
    from wargame.tui.settings import config_path, load
    from wargame.words import pages

    pages.check()
    config = config_path()
    settings = load(config)
    from wargame.tui.app import WargameApp
    from wargame.tui.terminal.leaving import Leaving

    if start.kind == "wall":
        from wargame.tui.wall.app import WallApp

        app: WargameApp = WallApp(start, settings)
    elif start.kind == "preview":
        from wargame.tui.preview.app import PreviewApp

        app = PreviewApp(start, settings)
    else:
        app = WargameApp(start, settings, config)
    with Leaving(app):
        app.run()
    return app.session.to_go_on


__all__ = ["Start", "run"]
