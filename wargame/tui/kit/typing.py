"""A screen of the table with a line at the bottom to type in, which opens for the lit row."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.paint import put
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.screen import TableScreen
from wargame.words.pages import facilitate as say

MOST_TYPED = 600


class TypingScreen(TableScreen[dict[str, Any]]):
    """Rows, and a line to type in; dismissed with what was filled in, or with None when one goes back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back")

    def __init__(self, table: SeenTable) -> None:
        super().__init__(table, None)
        self.typing_in = self._typing_hint = ""

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, Foot):
                yield Input(id="typed", classes="line", max_length=MOST_TYPED, select_on_focus=False)
            yield widget

    @property
    def typing(self) -> bool:  # type: ignore[override]
        return self.has_class("-typing")

    def type_into(self, value: str, hint: str, only: str = "") -> None:
        """Open the line with this in it, for the lit row; `only` what fits this expression can be typed."""
        self.typing_in, self._typing_hint = self.lit, hint
        typed = self.query_one(Input)
        typed.restrict = only or None
        typed.value = value
        self.add_class("-typing")
        self.set_focus(typed)
        typed.cursor_position = len(value)
        self.repaint_lit()

    def repaint_lit(self) -> None:
        """While something is typed the bottom line says what, and how the line is closed."""
        super().repaint_lit()
        if self.typing:
            hints = [Hint("Enter", say.KEEP_IT), Hint("Esc", say.LEAVE_IT, "back")]
            self.query_one(Foot).show(hints, put(f"{self._typing_hint}: "))

    def on_rows_lit(self) -> None:
        """What is typed belongs to the row it was begun in, which stays lit: only Enter and Esc end it."""
        if self.typing and self.lit != self.typing_in:
            self.query_one(Rows).light(self.typing_in)
            self.set_focus(self.query_one(Input))

    def action_do(self) -> None:
        if self.typing:
            self.set_focus(self.query_one(Input))
        else:
            super().action_do()

    def stop_typing(self) -> None:
        self.remove_class("-typing")
        self.query_one(Rows).focus()
        self.repaint_lit()
        self.call_later(self.ask, "changed")  # what came meanwhile has waited for this

    def action_log(self) -> None:
        """A form has no log of the room below it."""

    def action_board(self) -> None:
        """Nor a board."""
