"""The rows beside a hand, whose keys lead to it and back."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from wargame.tui.kit.paint import fit, put
from wargame.tui.play.paned import PagedRows
from wargame.words.pages import play as say


class Side(PagedRows):
    """Rows that are left at their ends: `leave(by)` says whether it went elsewhere.

    Where more rows follow below, the last line that is seen says how many.
    """

    def __init__(self, leave: Callable[[int], bool], *, id: str, unlit: bool) -> None:
        super().__init__(id=id, unlit=unlit)
        self._leave = leave

    def render_line(self, y: int) -> Strip:
        """A row, or in the place of the last one how many rows are below."""
        at, rows, lit = self.scroll_offset.y + y, self.shown, self.highlighted
        below = rows[at:]
        last = y == self.size.height - 1 and len(below) > 1 and any(row.key or row.of for row in below)
        if not last or (lit is not None and rows[lit].key in (below[0].key or below[0].of, below[0].of)):
            return super().render_line(y)
        said = put(f" {say.rows_below(sum(bool(row.key) for row in below))}")
        text = fit(said, self.size.width).plain
        return Strip([Segment(text, self.rich_style + Style(dim=True))], len(text))

    def action_cursor_up(self) -> None:
        """Go up, from the first row to the hand."""
        if not self._leave(-1):
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """Go down, from the last row to the hand."""
        if not self._leave(1):
            super().action_cursor_down()
