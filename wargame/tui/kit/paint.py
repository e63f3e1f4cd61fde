"""Lines of styled text, cut to a number of terminal cells.

All text goes through `safe_text`, so nothing from a deck or a save is read as markup or as a control
byte. The visual language (chance bar, change, secrecy, seats) is drawn here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content

from wargame.tui.terminal.text import safe_text
from wargame.words.texts import cited, tenths

if TYPE_CHECKING:
    from wargame.rules.scenario import Scenario

DIM = "$dim"
HEAD = "$head"
CHANGE = "$change"
SECRET = "$secret"
BAD = "$bad"
GOOD = "$good"
"""Styles of the theme in force (`look`): a colour, and bold or underlined where colour is too little."""
SEAT_COLOURS = tuple(f"$seat-{nth}" for nth in range(1, 9))
"""By place in the scenario, in turn if there are more. Every seat has its symbol and letters as well."""

SEALED, SUSPECTED, LAID_OPEN = "▣", "◧", "□"
BAR, GAP = "▰", "▱"
COIN, GOING, ROOM = "●", "◍", "○"
SPARKS = "▁▂▃▄▅▆▇█"


@lru_cache(maxsize=4096)
def put(text: str, style: str = "") -> Content:
    """Text in a style; the only way from a string to something painted. Most of it is put often."""
    content = safe_text(text)
    return content.stylize(style) if style else content


def join(parts: Iterable[Content | str]) -> Content:
    """Parts side by side."""
    return Content.assemble(*(put(part) if isinstance(part, str) else part for part in parts))


def stack(lines: Iterable[Content | str]) -> Content:
    """Lines one below the other."""
    return Content("\n").join(put(line) if isinstance(line, str) else line for line in lines)


def clip(content: Content | str, width: int) -> Content:
    """At most `width` cells: cut with an ellipsis, after a word where that leaves half of it or more.

    Of a quoted name that is cut the closing mark is kept.
    """
    content = put(content) if isinstance(content, str) else content
    if content.cell_length <= width:
        return content
    kept, closing = _kept(content, width - 1), ""
    if _open(kept.plain) and "”" in content.plain[len(kept.plain) :]:
        kept = _kept(content, width - 2)
        closing = "”" if _open(kept.plain) else ""
    return join((kept, f"…{closing}"))


def _kept(content: Content, width: int) -> Content:
    """What is kept of a text that is cut to `width` cells; of a quote not the opening mark alone."""
    kept = content.truncate(max(width, 0))
    word = kept.plain.rpartition(" ")[0].rstrip()
    if not content.plain.startswith(" ", len(kept.plain)) and 2 * put(word).cell_length > width:
        kept = kept[: len(word)]
    kept = kept.rstrip()
    return kept[:-1].rstrip() if len(kept.plain) > 1 and kept.plain.endswith("“") else kept


def _open(text: str) -> bool:
    """Whether a quote has begun in it that does not end there."""
    return text.rfind("“") > text.rfind("”")


def fit(content: Content | str, width: int, align: str = "left") -> Content:
    """Exactly `width` cells: padded with blanks, or cut with an ellipsis."""
    if width <= 0:
        return Content("")
    content = clip(content, width)
    blank = width - content.cell_length
    return content.pad_left(blank) if align == "right" else content.pad_right(blank)


def columns(*cells: tuple[Content | str, int]) -> Content:
    """Cells of fixed widths side by side; a negative width aligns to the right."""
    return join(fit(cell, abs(width), "right" if width < 0 else "left") for cell, width in cells)


def beside(left: Iterable[Content], right: Iterable[Content], width: int) -> list[Content]:
    """Two columns of lines; the left one `width` cells wide."""
    one, other = list(left), list(right)
    blank = Content("")
    count = max(len(one), len(other))
    one += [blank] * (count - len(one))
    other += [blank] * (count - len(other))
    return [join((fit(a, width), b)) for a, b in zip(one, other, strict=True)]


NAMES = re.compile(r"[^/\\ ]*[/\\ ]|[^/\\ ]+")
"""The parts of a path, each with what divides it from the next."""


def path_lines(path: str, width: int) -> list[Content]:
    """Lines of a path or an address, broken behind a slash or a blank; a longer name where the line ends."""
    lines: list[Content] = []
    for part in map(put, NAMES.findall(path)):
        if lines and lines[-1].cell_length + part.cell_length <= width:
            lines[-1] = join((lines[-1], part))
        else:
            lines += part.fold(width) if part.cell_length > width else [part]
    return lines


PER_CENT = re.compile(r" +%")


def wrapped(content: Content | str, width: int, indent: int = 0) -> list[Content]:
    """Lines of at most `width` cells, broken between words; all but the first are indented."""
    content = put(content) if isinstance(content, str) else content
    width = max(width, indent + 8)
    if content.cell_length <= width and "\n" not in content.plain:
        return [content] if content.plain else []
    first = content.wrap(width)[0].rstrip()
    rest = content[len(first.plain) :]
    blank = len(rest.plain) - len(rest.plain.lstrip())
    lines = [line.rstrip() for line in rest[blank:].wrap(width - indent) if line.plain.strip()]
    if any(line.plain.lstrip().startswith("%") for line in lines):
        first, lines = _unparted(content, width, indent)
    return [first, *(line.pad_left(indent) for line in lines)]


def _unparted(content: Content, width: int, indent: int) -> tuple[Content, list[Content]]:
    """The first line and the others, none of which begins with the per cent sign of a number before it."""
    lines: list[Content] = []
    while content.plain.strip():
        line = content.wrap(width - (indent if lines else 0))[0].rstrip()
        end = len(line.plain)
        if PER_CENT.match(content.plain, end) and line.plain[-1:].isdecimal() and " " in line.plain.strip():
            end = line.plain.rindex(" ")
        lines.append(content[:end].rstrip())
        content = content[end:]
        content = content[len(content.plain) - len(content.plain.lstrip()) :]
    return lines[0], [line for line in lines[1:] if line.plain]


# --- the visual language -------------------------------------------------------------------------------


def seat_colour(scenario: Scenario, seat: str) -> str:
    """The colour of a seat, as a style."""
    if seat not in scenario.seat_ids:
        return ""
    return SEAT_COLOURS[scenario.seat_ids.index(seat) % len(SEAT_COLOURS)]


def seat_badge(scenario: Scenario, seat: str) -> Content:
    """A seat by its symbol and letters, in its colour: ◆AM."""
    spec = scenario.seats.get(seat)
    return put(f"{spec.symbol}{spec.short}", seat_colour(scenario, seat)) if spec else put(seat)


def pair_badge(scenario: Scenario, a: str, b: str) -> Content:
    """Two seats that have to do with each other: ◆AM–◢BI."""
    return join((seat_badge(scenario, a), "–", seat_badge(scenario, b)))


def chance_bar(chance: int, cells: int = 10) -> Content:
    """A chance of success as filled cells; halves go down."""
    full = min(max((chance * cells + 49) // 100, 0), cells)
    return join((put(BAR * full, "bold"), put(GAP * (cells - full), DIM)))


def chance(percent: int, cells: int = 10) -> Content:
    """A chance of success: ten cells and the per cent."""
    return join((chance_bar(percent, cells), put(f" {percent} %", "bold")))


def share_bar(one: int, other: int, cells: int = 10) -> Content:
    """The stretch of a bar of a hundred that lies between two sums."""
    low, high = sorted((min(max(one, 0), 100), min(max(other, 0), 100)))
    first, last = (low * cells + 50) // 100, (high * cells + 50) // 100
    mark = BAR if other >= one else GAP
    middle = put(mark * (last - first), "bold")
    return join((put("·" * first, DIM), middle, put("·" * (cells - last), DIM)))


def coins(have: int, cap: int, style: str = "", going: int = 0) -> Content:
    """Influence: a coin for each that is kept, half ones for those `going`, and the room up to the cap."""
    kept = max(have - going, 0)
    room = put(ROOM * max(cap - have, 0), f"{DIM} 60%" if style else "")
    return join((put(COIN * kept + GOING * (have - kept), style), room))


def signed(number: int) -> str:
    """+4, −6, 0: with a real minus sign."""
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def signed_tenths(value: float) -> str:
    """+1.7, −0.3, 0.0: to one decimal, or to where something is to be seen."""
    return tenths(value, sign=True)


def step(by: int) -> str:
    """▲1 or ▼2; empty if nothing moved."""
    return f"▲{by}" if by > 0 else f"▼{-by}" if by < 0 else ""


def change(old: int, new: int) -> Content:
    """A change of a track: ▲1 6→7. One colour, for up is not good."""
    return put(f"{step(new - old)} {old}→{new}", CHANGE)


def spark(value: int, most: int) -> str:
    """One column that shows a value on the track's own range."""
    return SPARKS[min(max(value * (len(SPARKS) - 1) // max(most, 1), 0), len(SPARKS) - 1)]


def paragraphs(source: str) -> str:
    """What something rests on: paragraphs as ¶3, ¶7, anything else as it is written."""
    return cited(source)
