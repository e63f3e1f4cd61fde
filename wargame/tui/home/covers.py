"""Opaque screens that tell nothing of what lies below: what `h` hides, and a window that is too small."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import DIM, put, stack, wrapped
from wargame.tui.kit.pane import Pane
from wargame.words.pages import home as say

LEAST = (80, 24)
"""Columns and rows below which no screen can be laid out."""


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


class SmallScreen(GuardedScreen[None]):
    """Stands before all others while the window is too small; the app takes it away again."""

    hideable = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit")]  # no letter: it may be meant below
    DEFAULT_CSS = """
    SmallScreen { background: $background; color: $foreground; align: center middle; }
    SmallScreen Static { width: 100%; height: auto; max-height: 100%; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="small", markup=False)

    def on_mount(self) -> None:
        self.on_resize()

    def on_resize(self) -> None:
        width = max(self.size.width - 2, 8)
        said = (
            put(say.TOO_SMALL, "bold"),
            put(say.needs_room(self.size.width, self.size.height, *LEAST)),
            put(say.MAKE_LARGER),
            put(say.CTRL_Q, DIM),
        )
        lines = [line for sentence in said for line in wrapped(sentence, width)]
        self.query_one("#small", Static).update(stack(lines))

    def action_quit(self) -> None:
        self.app.ask("quit")  # type: ignore[attr-defined]
