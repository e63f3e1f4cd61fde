"""Numbers that a room reads from its chairs: digits of blocks, ten, five or three rows high."""

from __future__ import annotations

from textual.content import Content

from wargame.tui.kit.paint import put

SHAPES = (
    "### #.# #.# #.# ###", "..# ..# ..# ..# ..#", "### ..# ### #.. ###", "### ..# ### ..# ###",
    "#.# #.# ### ..# ..#", "### #.. ### ..# ###", "### #.. ### #.# ###", "### ..# ..# ..# ..#",
    "### #.# ### #.# ###", "### #.# ### ..# ###",
)  # fmt: skip
COLON = ". # . # ."
VAST, HIGH, LOW = 10, 5, 3
"""Rows of the three sizes."""
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def large(number: int | str, style: str = "", rows: int = HIGH) -> list[Content]:
    """Return a number, or a time with a colon, in so many rows."""
    digits = [COLON.split() if one == ":" else SHAPES[int(one)].split() for one in str(number)]
    dots = [[cell == "#" for cell in ".".join(digit[row] for digit in digits)] for row in range(HIGH)]
    if rows >= VAST:
        lines = [put("".join("████" if dot else "    " for dot in line), style) for line in dots]
        return [line for line in lines for _ in range(VAST // HIGH)]
    if rows >= HIGH:
        return [put("".join("██" if dot else "  " for dot in line), style) for line in dots]
    pairs = zip(dots[::2], [*dots[1::2], [False] * len(dots[0])], strict=True)
    return [
        put("".join(HALVES[one, other] for one, other in zip(upper, lower, strict=True)), style)
        for upper, lower in pairs
    ]
