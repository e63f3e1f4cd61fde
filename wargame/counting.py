"""How many of a thing there are, in words that every room may use: one move, but no moves and two moves."""

from __future__ import annotations


def several(count: int, one: str, many: str = "") -> str:
    """'1 move', '3 moves', '0 moves'; `many` where it is more than an s. A minus is a true one."""
    return f"{count if count >= 0 else f'−{-count}'} {plural(count, one, many)}"


def plural(count: int, one: str, many: str = "") -> str:
    """'move' for one, 'moves' for any other number."""
    return one if abs(count) == 1 else many or f"{one}s"
