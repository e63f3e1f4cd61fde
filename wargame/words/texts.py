"""What needs no language: picking one out of a text, numbers to the half, signs in plain letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from wargame.rules.spec import Text

PARAGRAPH = re.compile(r"\bp(?=\d+\b)")
SENTENCES = re.compile(r"(?<=[.!?。]) ")
LETTERS = str.maketrans(
    # chance, change, secrecy, goods
    "▰▱▲▼▫▪▣◧□¤▯▮"
    # seats and places
    "◐★●◆◢✚○◎"
    # rows, dials, keys
    "▸▾‹›←→↑↓⏎"
    # maps and bars, by how much of a cell they fill
    "░▒▓█▀▄▌▐▖▗▘▝▙▛▜▟▚▞▁▂▃▅▆▇▕▏"
    # lines
    "─│┌┐└┘├┤┬┴┼╭╮╰╯━┃═║╌╍┄┆"
    # marks in text
    "−×÷·¶–—…“”‘’„✓✗≥≤±½✎"
    # what is lit, what lies face down, coins that go
    "┏┓┗┛┣┫╳◍",
    '#.+-o*#?o$]#(*o&/+.O>v<><>^v<.:%#"_||.,\'`LFJJ\\/_.-=+*||-|++++++++|++++-|=|--::-x/.p--.""\'\'"vx><~h~++++++x%',
)
LETTERS |= {
    ord("■"): ord("O"),
    **dict.fromkeys(range(0x2801, 0x2900), ord("*")),
}  # braille, of which charts are
"""Signs in plain letters, for fonts, terminals and encodings that lack the rest: one letter for one sign."""


def text(value: Text, language: str = "en") -> str:
    """Return the text in that language, else in English, else in any; unchanged, whatever it holds."""
    if isinstance(value, str):
        return value
    for known in (language, "en", *value):
        if value.get(known):
            return value[known]
    return ""


def signless(count: int) -> str:
    """Return the number in digits, with a true minus."""
    return str(count) if count >= 0 else f"−{-count}"


def halves(value: float) -> str:
    """Return a number in digits, to the half: '57½'."""
    whole, half = divmod(round(value * 2), 2)
    return f"{whole or ''}½" if half else str(whole)


def tenths(value: float, sign: bool = False) -> str:
    """Return a number to one decimal, '1.7'; to more if else nothing would be left of it: '−0.02'.

    The minus is a real one, and with `sign` there is a plus as well, but for nothing: '0.0'.
    """
    digits = next((digits for digits in (1, 2) if round(value, digits)), 3 if round(value, 3) else 1)
    rounded = round(value, digits) + 0.0
    return f"{rounded:{'+' if sign and rounded else ''}.{digits}f}".replace("-", "−")


def cited(source: str) -> str:
    """Return a source as it is printed: paragraphs as ¶3, ¶7, anything else as it is written."""
    return PARAGRAPH.sub("¶", source)


def one_line(value: Text, language: str = "en") -> str:
    """Return the text on one line: line ends and runs of blanks become one blank."""
    return " ".join(text(value, language).split())


def sentences(said: str) -> list[str]:
    """Return the sentences of a text, each with its full stop."""
    return SENTENCES.split(said)


def columns(said: str) -> int:
    """Return how many columns of a screen or of print a text takes; letters of East Asia take two."""
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in said)


def wrapped(said: str, width: int) -> list[str]:
    """Break a text at its blanks into lines of at most so many columns; a longer word is cut."""
    lines: list[str] = []
    for word in said.split():
        if lines and columns(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for letter in word:
            if columns(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines
