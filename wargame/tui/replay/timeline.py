"""The game as a thing one sees: rounds as blocks, phases, what is marked; a click goes there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from textual import events
from textual.content import Content

from wargame.tui.kit.banner import AHEAD, NOW, PAST
from wargame.tui.kit.curve import runs
from wargame.tui.kit.guard import Request
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.paint import CHANGE, DIM, fit, join, put

HERE, RAIL, PASSED, EDGE = "▲", "─", "━", "│"
KEPT = 64
"""Rows that are kept: from one move to the next they are mostly the same."""
SIDE = 2
"""Columns beside the name of a round that no mark needs."""
ROWS = 3
"""Rows from which phases have one of their own."""


class Sign(NamedTuple):
    """A mark on the timeline: the position it is at, its letter, and a style if the block's is not enough."""

    at: int
    letter: str
    style: str = ""


class Course(NamedTuple):
    """What is on a timeline of `length` positions: where rounds (by what each is called) and phases begin."""

    length: int
    rounds: tuple[tuple[str, int], ...]
    phases: tuple[tuple[str, int], ...]
    signs: tuple[Sign, ...]


def column(at: int, count: int, width: int) -> int:
    """Return the column of the position `at` of `count` on a timeline of that width."""
    return at * (width - 2) // max(count - 1, 1)


def position(x: int, count: int, width: int) -> int:
    """Return the position that a column of the timeline stands for.

    >>> [position(column(at, 50, 80), 50, 80) for at in (0, 7, 49)]
    [0, 7, 49]
    """
    at = -(-x * max(count - 1, 0) // max(width - 2, 1))
    return min(max(at, 0), count - 1)


def stretches(begins: Iterable[int], count: int, width: int) -> list[tuple[int, int]]:
    """Return from which column to which, exclusive, each part goes that begins at these positions."""
    starts = [column(at, count, width) for at in begins]
    return list(zip(starts, [*starts[1:], width], strict=True))


def present_at(begins: Iterable[tuple[str, int]], at: int) -> int:
    """Return the number of the last part that begins at that position or before."""
    return max((nth for nth, (_name, start) in enumerate(begins) if start <= at), default=0)


@lru_cache(maxsize=KEPT)
def blocks(course: Course, present: int, width: int) -> Content:
    """Return the rounds as blocks, the present one lit, with the marks that lie in each."""
    cells = [(EDGE, DIM)] * width
    begins = [start for _name, start in course.rounds]
    free: list[list[int]] = []
    for nth, (low, high) in enumerate(stretches(begins, course.length, width)):
        style = NOW if nth == present else PAST if nth < present else AHEAD
        room = max(high - low - (high < width), 1)
        name = course.rounds[nth][0]
        signs = sum(present_at(course.rounds, sign.at) == nth for sign in course.signs)
        shown = name if len(name) + 2 * (SIDE + signs) <= room else name.partition(" ")[0]
        before = (room - len(shown)) // 2
        free.append([*range(low, low + before - 1), *range(low + before + len(shown) + 1, low + room)])
        cells[low : low + room] = [(letter, style) for letter in f"{'':{before}}{shown}".ljust(room)[:room]]
    for sign in course.signs:
        at, room_for = column(sign.at, course.length, width), free[present_at(course.rounds, sign.at)]
        if room_for:
            _far, x = min((abs(one - at), one) for one in room_for)
            room_for.remove(x)
            ground = cells[x][1]
            plain = ground if ground == NOW else f"{CHANGE} on{ground.rpartition(' on')[2]}"
            cells[x] = sign.letter, sign.style or plain
    return join(runs(cells))


@lru_cache(maxsize=KEPT)
def rail(course: Course, present: int, width: int) -> Content:
    """Return the phases by name where there is room, the present one lit, what is to come dim."""
    cells = [(" ", "")] * width
    begins = [start for _name, start in course.phases]
    for nth, (low, high) in enumerate(stretches(begins, course.length, width)):
        name = course.phases[nth][0]
        room = max(high - low - 1, 0) or high - low
        shown = name if len(name) <= room else ""
        style = "bold $warning" if nth == present else "" if nth < present else DIM
        letters = f"{shown}{' ' if shown and room > len(shown) else ''}".ljust(
            room, RAIL if nth > present else PASSED
        )
        rest = DIM if nth != present else style
        cells[low : low + room] = [
            (letter, style if x < len(shown) else rest) for x, letter in enumerate(letters[:room])
        ]
    return join(runs(cells))


def pointer(text: str, at: int, course: Course, width: int) -> Content:
    """Return the arrow under the timeline with what stands there beside it."""
    x, said = column(at, course.length, width), put(f" {text}", "bold")
    arrow = put(HERE, CHANGE)
    if x + 1 + said.cell_length <= width or x < width // 2:
        return fit(join((" " * x, arrow, said)), width)
    return join((fit(put(f"{text} ", "bold"), x, "right"), arrow))


class Timeline(Lines):
    """Rounds, phases and marks, and an arrow under them. Says `Clicked` with the position under the mouse."""

    class Clicked(Request):
        """Somebody clicked on the position `at`."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._count = 1

    def mark(self, course: Course, at: int, text: str) -> None:
        """Show the course with the arrow at one of its positions."""
        self._count, width = course.length, max(self.size.width or self.app.size.width, 20)
        phases = rail(course, present_at(course.phases, at), width)
        rows = blocks(course, present_at(course.rounds, at), width), phases, pointer(text, at, course, width)
        self.show(rows if self.size.height >= ROWS else rows[::2])

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(position(event.x, self._count, self.size.width)))
