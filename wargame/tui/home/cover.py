"""`h`: hide the screen at once. Opaque, and it says nothing of whose screen lies below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from wargame.tui.actions import bindings
from wargame.tui.guard import GuardedScreen
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import put


class CoverScreen(GuardedScreen[None]):
    """Covers what lies below until Space."""

    settles = True
    secret = False
    BINDINGS = bindings("open")
    DEFAULT_CSS = "CoverScreen #covered { height: 1fr; padding: 6 0 0 16; }"

    def compose(self) -> ComposeResult:
        yield Static(put("Hidden."), id="covered", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self.query_one(Foot).show([Hint("Space", "show it again", "open")])

    def action_open(self) -> None:
        self.ask("go_on")
