"""A line of page names to step through or click; Textual's own tabs would take ← and → away from the rows."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widgets import Static

from wargame.tui.kit.guard import Request
from wargame.tui.kit.paint import DIM, HEAD, join, put

BETWEEN = "  "


class Pages(Static):
    """Names of pages, the open one bright. Says `Turned` when another is opened."""

    class Turned(Request):
        """Another page is open."""

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.names = tuple(names)
        self.open = 0

    @property
    def between(self) -> str:
        """What stands between two names; less where there is no room for all of them."""
        wanted = 1 + len(BETWEEN.join(self.names))
        return BETWEEN if wanted <= self.size.width else BETWEEN[:1]

    def render(self) -> Content:
        shown = (put(name.upper(), HEAD if at == self.open else DIM) for at, name in enumerate(self.names))
        return join((" ", put(self.between).join(shown)))

    def turn(self, by: int) -> None:
        """Open the page so many further on."""
        self.turn_to((self.open + by) % len(self.names))

    def turn_to(self, at: int) -> None:
        self.open = at
        self.refresh()
        self.post_message(self.Turned())

    def on_click(self, event: events.Click) -> None:
        start = 1
        for at, name in enumerate(self.names):
            if start <= event.x < start + len(name):
                self.turn_to(at)
            start += len(name) + len(self.between)
