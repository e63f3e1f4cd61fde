"""The collector looks through little while people type, and through all there is in a long silence."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from tests.host.tables import Watch
from wargame.host.leisure import ENOUGH, MOST, QUIET, SETTLED, SILENT, Due, Leisure


class Room:
    """A room in which somebody typed a while ago, with so much that is new since the last look."""

    def __init__(self, came: int, silence: float, people: int = 0) -> None:
        self.watch, self.came, self.people = Watch(), came, people
        self.heard = self.watch.now - silence
        self.leisure = Leisure(lambda: self.heard, lambda: self.people, lambda: self.came, self.watch)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.parametrize(
    ("came", "silence", "due"),
    [
        (ENOUGH - 1, SILENT / 2, "nothing"),
        (ENOUGH, QUIET / 2, "nothing"),
        (ENOUGH, QUIET, "new"),
        (MOST, 0.0, "new"),
        (0, SILENT, "all"),
    ],
)
def test_it_looks_when_it_is_worth_while_and_nobody_types(came: int, silence: float, due: Due) -> None:
    assert Room(came, silence).leisure.due() == due


def test_what_people_who_came_in_have_on_their_screens_is_put_aside_once() -> None:
    room = Room(0, SETTLED, people=2)
    gc.unfreeze()

    first = room.leisure.due()
    room.leisure.collect(first)

    assert first == "aside"
    assert gc.get_freeze_count() > 0
    assert room.leisure.due() == "nothing"


def test_who_comes_later_is_waited_for_until_nobody_types() -> None:
    room = Room(0, SETTLED, people=1)
    room.leisure.collect(room.leisure.due())
    room.people, room.heard = 2, room.watch.now

    assert room.leisure.due() == "nothing"
    room.watch.now += SETTLED
    assert room.leisure.due() == "aside"


def test_a_long_silence_is_used_once_also_for_what_was_put_aside() -> None:
    class Ring:
        def __init__(self) -> None:
            self.own = self

    gc.unfreeze()
    room = Room(0, SETTLED, people=1)
    kept = Ring()
    left = weakref.ref(kept)
    room.leisure.collect(room.leisure.due())
    del kept
    gc.collect()
    assert left() is not None

    room.watch.now += SILENT
    room.leisure.collect(room.leisure.due())

    assert left() is None
    assert room.leisure.due() == "nothing"
