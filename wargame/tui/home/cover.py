"""`h`: hide the screen at once. Opaque, and it says nothing of whose screen lies below."""

from __future__ import annotations

from textual.app import ComposeResult

from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import DIM, put
from wargame.tui.kit.pane import Pane
from wargame.words.pages import home as say


class CoverScreen(GuardedScreen[None]):
    """Covers what lies below until Space."""

    settles = True
    hideable = False
    BINDINGS = bindings("open")

    def compose(self) -> ComposeResult:
        yield Pane(id="covered")
        yield Foot()

    def on_mount(self) -> None:
        pane = self.query_one(Pane)
        pane.entitle(say.HIDDEN)
        pane.tell([put(say.NOBODY_READS), put(say.SPACE_SHOWS, DIM)])
        self.query_one(Foot).show([Hint("Space", say.SHOW_AGAIN, "open")])

    def action_open(self) -> None:
        self.ask("go_on")
