"""The game as a thing one sees: rounds as blocks, phases, what is marked; a click goes there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import events

from wargame.tui.guard import Request
from wargame.tui.kit.banner import AHEAD, NOW, PAST
from wargame.tui.kit.curve import runs
from wargame.tui.widgets.lines import Lines
from wargame.tui.widgets.paint import CHANGE, DIM, fit, join, put

HERE, RAIL = "▲", "─"
ROWS = 3
"""Rows from which phases have one of their own."""


class Sign(NamedTuple):
    """A mark on the timeline: the position it is at, its letter, and its style."""

    at: int
    letter: str
    style: str


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


def blocks(course: Course, at: int, width: int) -> list[tuple[str, str]]:
    """Return the rounds as blocks, the present one lit: a letter and a style for each column."""
    cells = [(" ", "")] * width
    begins = [start for _name, start in course.rounds]
    present = max((nth for nth, start in enumerate(begins) if start <= at), default=0)
    for nth, (low, high) in enumerate(stretches(begins, course.length, width)):
        style = NOW if nth == present else PAST if nth < present else AHEAD
        last = high if high == width else max(high - 1, low)
        name, room = course.rounds[nth][0], last - low
        name = fit(put(f" {name if len(name) < room else name.partition(' ')[0]}"), room).plain
        cells[low:last] = [(letter, style) for letter in name]
    return cells


def rail(course: Course, at: int, width: int) -> list[tuple[str, str]]:
    """Return the phases by name where there is room, the present one lit, what is to come dim."""
    cells = [(" ", "")] * width
    begins = [start for _name, start in course.phases]
    present = max((nth for nth, start in enumerate(begins) if start <= at), default=0)
    for nth, (low, high) in enumerate(stretches(begins, course.length, width)):
        name = course.phases[nth][0]
        room = max(high - low - 1, 0) or high - low
        shown = name if len(name) <= room else ""
        style = "bold $warning" if nth == present else "" if nth < present else DIM
        letters = f"{shown}{' ' if shown and room > len(shown) else ''}".ljust(room, RAIL)
        rest = DIM if nth != present else style
        cells[low : low + room] = [
            (letter, style if x < len(shown) else rest) for x, letter in enumerate(letters[:room])
        ]
    return cells


def below(course: Course, at: int, text: str, width: int) -> list[tuple[str, str]]:
    """Return the marks with the arrow at the position `at`, and a text near it where it covers neither."""
    cells = [(" ", "")] * width
    here = column(at, course.length, width)
    cells[here] = HERE, CHANGE
    for sign in course.signs:
        x = column(sign.at, course.length, width)
        near = (one for by in range(width) for one in (x + by, x - by) if 0 <= one < width)
        cells[next((one for one in near if cells[one][0] == " "), x)] = sign.letter, sign.style
    said = put(f" {text} ")
    room = said.cell_length
    starts = sorted(range(width - room + 1), key=lambda x: min(abs(x - here - 1), abs(x + room - here)))
    fits = (x for x in starts if all(letter == " " for letter, _style in cells[x : x + room]))
    start = next(fits, max(min(here + 1, width - room), 0))
    cells[start : start + room] = [(letter, "bold") for letter in said.plain]
    return cells


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
        phases = [rail(course, at, width)] if self.size.height >= ROWS else []
        rows = [blocks(course, at, width), *phases, below(course, at, text, width)]
        self.show([join(runs(row)) for row in rows])

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(position(event.x, self._count, self.size.width)))
