"""What the program says around the pages of a game: what it is doing, notices, questions, what went wrong."""

from __future__ import annotations

CHOOSE, DO_IT = "choose", "do it"
NO = "No, leave it as it is"
UNPINNED = "Whoever takes the keyboard then sits down without being asked. The PIN can't be brought back."


def yes(verb: str) -> str:
    return f"Yes, {verb}"
