"""What happened, for those who may know it.

An event has one audience and one content. If two people may know different things there are two events;
if somebody finds out later, that is a new event. `words` turns an event into a sentence.

While a move is made its events are plain tuples, for a playout makes hundreds and reads none; `named` gives
them their names as they leave the rules.
"""

from __future__ import annotations

from typing import NamedTuple

Audience = tuple[str, ...] | None
"""The seats that may know it; `None` means everybody."""

Fact = str | int | tuple[object, ...]

Out = list[tuple[str, Audience, tuple[Fact, ...]]]
"""What has happened so far while a move is made: the fields of `Event`, each time in their order."""


class Event(NamedTuple):
    """One thing that happened: its kind, who may know, and its facts in the order `words` expects."""

    kind: str
    to: Audience
    facts: tuple[Fact, ...] = ()

    def seen_by(self, seat: str | None) -> bool:
        """Whether that seat may know it; `None` asks for the whole room."""
        return self.to is None or seat in self.to


def named(out: Out) -> list[Event]:
    """The events of a move for whoever reads them."""
    return [Event(*fields) for fields in out]


ROLLED = frozenset({"rolled", "held", "watched", "drew", "located", "peeked", "lost-card"})
"""Kinds that spend luck or show something hidden: an undo never passes one."""
