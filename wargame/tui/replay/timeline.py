"""The strip above a replay: rounds, marks and where one is; a click on it goes there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual import events
from textual.content import Content

from wargame.tui.guard import Request
from wargame.tui.widgets.lines import Lines
from wargame.tui.widgets.paint import CHANGE, DIM, HEAD, fit, join, put

RAIL, END, HERE, MARK = "─", "┤", "↑", "m"


def column(at: int, count: int, width: int) -> int:
    """The column of the position `at` of `count` on a strip of that width."""
    return at * (width - 2) // max(count - 1, 1)


def position(x: int, count: int, width: int) -> int:
    """The position that a column of the strip stands for.

    >>> [position(column(at, 50, 80), 50, 80) for at in (0, 7, 49)]
    [0, 7, 49]
    """
    at = -(-x * max(count - 1, 0) // max(width - 2, 1))
    return min(max(at, 0), count - 1)


def rail(
    rounds: Sequence[tuple[int, int]], marks: Collection[int], at: int, count: int, width: int
) -> Content:
    """`R1───m──R2──┤`: each round where it begins, an `m` at each mark, what is past bright."""
    cells = [RAIL] * (width - 1) + [END]
    here = column(at, count, width)
    for round_, start in rounds:
        x = column(start, count, width)
        for nth, letter in enumerate(f"R{round_}"):
            if x + nth < width - 1:
                cells[x + nth] = letter
    for mark in marks:
        x = column(mark, count, width)
        free = [at for at in range(x, min(x + 4, width - 1)) if cells[at] in (RAIL, MARK)]
        cells[free[0] if free else x] = MARK
    done, left = "".join(cells[: here + 1]), "".join(cells[here + 1 :])
    return join((put(done, HEAD), put(left, DIM)))


def pointer(text: str, at: int, count: int, width: int) -> Content:
    """The arrow under the strip with what stands there beside it."""
    x, said = column(at, count, width), put(f" {text}")
    arrow = put(HERE, CHANGE)
    if x + 1 + said.cell_length <= width or x < width // 2:
        return fit(join((" " * x, arrow, said)), width)
    return join((fit(put(f"{text} "), x, "right"), arrow))


class Timeline(Lines):
    """The strip and the arrow under it. Says `Clicked` with the position under the mouse."""

    class Clicked(Request):
        """Somebody clicked on the position `at`."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._count = 1

    def mark(
        self, rounds: Sequence[tuple[int, int]], marks: Collection[int], at: int, count: int, text: str
    ) -> None:
        """Show `count` positions with the arrow at one of them."""
        self._count, width = count, max(self.size.width or self.app.size.width, 20)
        self.show([rail(rounds, marks, at, count, width), pointer(text, at, count, width)])

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(position(event.x, self._count, self.size.width)))
