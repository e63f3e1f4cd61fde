"""The real program with a fault planted under `?`, so that the monkey can show that it sees each kind.

`python -m tests.monkey.planted FEED FAULT ARGUMENTS…` is `launch` with that fault.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tests.monkey.launch import main
from wargame.tui.app import WargameApp


def crash(_app: WargameApp) -> None:
    raise KeyError("planted")


def freeze(_app: WargameApp) -> None:
    while True:
        pass


def terminal(_app: WargameApp) -> None:
    """End at once, and leave everything as it is."""
    os._exit(0)


def status(app: WargameApp) -> None:
    """Restore the terminal, and end with a status that nobody asked for."""
    app._driver.stop_application_mode()  # type: ignore[union-attr]
    os._exit(3)


def dead_end(app: WargameApp) -> None:
    """Take every screen away."""
    while len(app.screen_stack) > 1:
        app.pop_screen()


FAULTS: dict[str, Callable[[WargameApp], None]] = {
    "crash": crash, "freeze": freeze, "terminal": terminal, "status": status, "dead end": dead_end,
}  # fmt: skip

if __name__ == "__main__":
    WargameApp.action_help = FAULTS[sys.argv.pop(2)]  # type: ignore[method-assign, assignment]
    main()
