"""What viewers have been shown, as a host's file keeps it: whoever comes back is where they were.

It holds numbers of moves and of pages, no word of what stood there. A file may be old, or somebody's: what
makes no sense in it is left out, and that viewer is shown the last pages again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wargame.table.table_records import Beat

NEWS = "news"
"""The page whose place is kept: what has happened, told page by page."""


class Remembered(NamedTuple):
    """What a viewer takes up again: the `memory` of their session, how many messages they had read."""

    memory: Mapping[str, Any]
    messages: int


def to_plain(memory: Mapping[str, Any], messages: int) -> dict[str, Any]:
    """Return what is kept of a session's memory, made of what JSON knows.

    Of the moves that were shown that is the last one: those of a line have rising numbers, and a line that
    parts from it later higher ones than any before.
    """
    return {
        "shown": max(memory["shown"], default=-1),
        "has_met": memory["has_met"],
        "has_read": memory["has_read"],
        NEWS: memory["places"].get(NEWS),
        "messages": messages,
    }


def from_plain(kept: object, beats: Sequence[Beat]) -> Remembered:
    """Return what was kept of a viewer who is told these moves now."""
    found: Mapping[str, Any] = kept if isinstance(kept, Mapping) else {}
    memory: dict[str, Any] = {"has_met": found.get("has_met") is True}
    if (last := _number(found.get("shown"))) is not None:
        memory["shown"] = [beat.id for beat in beats if 0 <= beat.id <= last]
    match found.get("has_read"):
        case [[*decision], seat]:
            memory["has_read"] = tuple(decision), seat
    match found.get(NEWS):
        case [[*told], page] if (reached := _number(page)) is not None:
            memory["places"] = {NEWS: (told, reached)}
    return Remembered(memory, _number(found.get("messages")) or 0)


def _number(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None
