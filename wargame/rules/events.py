"""What happened, for those who may know it.

An event has one audience and one content. If two people may know different things there are two events;
if somebody finds out later, that is a new event. `words` turns an event into a sentence.
"""

from __future__ import annotations

from typing import NamedTuple

Audience = tuple[str, ...] | None
"""The seats that may know it; `None` means everybody."""

Fact = str | int | tuple[object, ...]


class Event(NamedTuple):
    """One thing that happened: its kind, who may know, and its facts in the order `words` expects."""

    kind: str
    to: Audience
    facts: tuple[Fact, ...] = ()

    def seen_by(self, seat: str | None) -> bool:
        """Whether that seat may know it; `None` asks for the whole room."""
        return self.to is None or seat in self.to


ROLLED = frozenset({"rolled", "drew", "located", "peeked", "lost-card"})
"""Kinds that spend luck or show something hidden: an undo never passes one."""
