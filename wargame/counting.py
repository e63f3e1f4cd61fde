"""Numbers for people, as every room may use them: one move, but no moves and two moves; and in columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def several(count: int, one: str, many: str = "") -> str:
    """'1 move', '3 moves', '0 moves'; `many` where it is more than an s. A minus is a true one."""
    return f"{count if count >= 0 else f'−{-count}'} {plural(count, one, many)}"


def plural(count: int, one: str, many: str = "") -> str:
    """'move' for one, 'moves' for any other number."""
    return one if abs(count) == 1 else many or f"{one}s"


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Rows as lines in columns, words to the left and those columns (from 0) to the `right`."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in rows
    ]
