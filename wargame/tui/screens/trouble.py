"""The disk would not take a move: say so, and let somebody mend it. Nothing has changed, nothing is lost."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from wargame.tui.actions import bindings
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import BAD, put, stack


class TroubleScreen(ModalScreen[bool]):
    """One sentence, and whether to try again. Returns True to try again, False to leave it."""

    DEFAULT_CSS = """
    TroubleScreen { align: center middle; }
    TroubleScreen > #trouble { width: 70%; max-width: 76; height: auto; padding: 1 2; background: $panel; }
    TroubleScreen > Foot { dock: bottom; height: 1; background: $foreground; color: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("do", "back")

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def compose(self) -> ComposeResult:
        said = [put("THE MOVE IS NOT MADE", f"bold {BAD}"), put(self.sentence), put("Nothing is lost: the game stands as it did.")]
        yield Static(stack(said), id="trouble", markup=False)
        yield Foot(id="foot")

    def on_mount(self) -> None:
        self.query_one(Foot).show([Hint("Enter", "try again", "do"), Hint("Esc", "leave it", "back")])

    def action_do(self) -> None:
        self.dismiss(True)

    def action_back(self) -> None:
        self.dismiss(False)
