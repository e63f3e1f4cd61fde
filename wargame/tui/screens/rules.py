"""The rulebook, as it stands in `rules.md`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import MarkdownViewer

from wargame.tui.actions import bindings
from wargame.tui.text import printable
from wargame.tui.widgets.foot import Foot, Hint

WIDE = 100


def rules_file() -> Path:
    """The rulebook that came with the program, or that of the checkout."""
    shipped = Path(str(resources.files("wargame"))) / "_data" / "rules.md"
    return shipped if shipped.is_file() else Path(__file__).resolve().parents[3] / "rules.md"


def rules_text() -> str:
    """The rulebook as Markdown; a sentence if it is not there."""
    try:
        return printable(rules_file().read_text(encoding="utf-8"))
    except OSError:
        return "# Rules\n\nThe file `rules.md` is missing from this installation."


class RulesScreen(Screen[None]):
    """Scroll with the arrows; Tab reaches the contents."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "next-pane")
    DEFAULT_CSS = """
    RulesScreen MarkdownViewer { height: 1fr; background: $background; padding: 0 1; }
    RulesScreen MarkdownTableOfContents { width: 34; background: $background; }
    """

    def compose(self) -> ComposeResult:
        contents = self.app.size.width >= WIDE
        yield MarkdownViewer(rules_text(), show_table_of_contents=contents, open_links=False)
        yield Foot()

    def on_mount(self) -> None:
        self.query_one(MarkdownViewer).focus()
        self.query_one(Foot).show(
            [Hint("↑↓", "read"), Hint("Tab", "contents", "next_pane"), Hint("Esc", "back", "back")]
        )

    def action_next_pane(self) -> None:
        viewer = self.query_one(MarkdownViewer)
        viewer.show_table_of_contents = True
        self.focus_next()

    def action_back(self) -> None:
        self.dismiss(None)
