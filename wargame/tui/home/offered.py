"""The scenarios that home and the set-up offer: each with its words, or with what is wrong with it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content

from wargame.errors import ContentError
from wargame.tui.kit.paint import BAD, DIM, HEAD, clip, columns, join, put, seat_badge, wrapped
from wargame.words.pages import home as say

if TYPE_CHECKING:
    from wargame.content.found import Found
    from wargame.words import Words

SEATS_FROM = 48
"""Columns that three seats need side by side."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A scenario that was found: its `words`, or the `problem` why it cannot be played."""

    found: Found
    words: Words | None
    problem: str = ""

    @property
    def id(self) -> str:
        return self.words.scenario.id if self.words else ""

    @property
    def where(self) -> str:
        return str(self.found.where or "")

    @property
    def title(self) -> str:
        """What it is called: by its title, else by what it was found as."""
        named = self.found.where.name if self.found.where else self.found.name
        return self.words.said(self.words.scenario.spec.title) if self.words else named

    def twins(self, all_: Sequence[Offered]) -> list[Offered]:
        """The others that go by the same id."""
        return [one for one in all_ if one is not self and self.id and one.id == self.id]

    def named(self, all_: Sequence[Offered], width: int) -> Content:
        """Its line in a list: its title, where it lies if others have that too, or that it can't be played.

        The title gives way to what stands beside it.
        """
        beside = put("")
        if self.words is None:
            beside = put(f"  {say.CANNOT_BEGIN}", BAD)
        elif self.found.where and any(one is not self and one.title == self.title for one in all_):
            beside = clip(put(f"  {self.found.where.name}", DIM), width // 2)
        return join((clip(self.title, width - beside.cell_length), beside))

    def told(self, all_: Sequence[Offered], width: int) -> list[Content]:
        """What it is about and where it lies, and what else goes by its id; else what is wrong with it."""
        lines = wrapped(put(self.problem, BAD), width) if self.words is None else pitch(self.words, width)
        if self.where:
            lines += wrapped(put(say.lies_in(self.where), DIM), width)
        for other in self.twins(all_):
            lines += wrapped(put(say.same_id(other.where), "$warning"), width)
        return lines


def offered() -> Iterator[Offered]:
    """Find all scenarios and read one after the other. Slow, so done in a thread."""
    from wargame.content.found import find_scenarios
    from wargame.content.load import folder_hash
    from wargame.table.storage import scenario_folders

    for found in find_scenarios(*scenario_folders()):
        yield _read(found, folder_hash(found.name))


@lru_cache(maxsize=32)
def _read(found: Found, _hash: str) -> Offered:
    from wargame.content.load import load_scenario
    from wargame.words import Words

    try:
        return Offered(found, Words(load_scenario(found.name)))
    except ContentError as error:
        return Offered(found, None, problem_of(found.name, error))


def problem_of(name: str, error: ContentError) -> str:
    """Return in one sentence why a scenario can't be played, and the command that tells all of it."""
    return say.cannot_be_read(str(error.complaints[0]), len(error.complaints) - 1, shlex.quote(name))


def pitch(words: Words, width: int) -> list[Content]:
    """What a scenario is about, and who sits in it."""
    spec = words.scenario.spec
    seats = [join((seat_badge(words.scenario, seat.id), f" {words.capital(seat.id)}")) for seat in spec.seats]
    across = 3 if width >= SEATS_FROM else 2
    rows = [seats[at : at + across] for at in range(0, len(seats), across)]
    return [
        *wrapped(put(words.said(spec.title).upper(), HEAD), width),
        *wrapped(words.said(spec.text), width),
        Content(""),
        *(columns(*((seat, width // across) for seat in row)) for row in rows),
        Content(""),
    ]
