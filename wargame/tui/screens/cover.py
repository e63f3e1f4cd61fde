"""`h`: hide the screen at once. Opaque, and it says nothing of whose screen lies below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from wargame.tui.actions import bindings
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import put


class CoverScreen(Screen[None]):
    """Covers what lies below until Enter."""

    BINDINGS = bindings("do")
    DEFAULT_CSS = "CoverScreen #covered { height: 1fr; padding: 6 0 0 16; }"

    def compose(self) -> ComposeResult:
        yield Static(put("Hidden."), id="covered", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self.query_one(Foot).show([Hint("Enter", "show it again", "do")])

    def action_do(self) -> None:
        self.dismiss(None)
