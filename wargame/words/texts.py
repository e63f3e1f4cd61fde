"""What needs no language: picking one out of a text, numbers to the half, signs in plain letters."""

from __future__ import annotations

from wargame.rules.spec import Text

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
    "−×÷·¶–—…“”‘’„✓✗≥≤±½",
    '#.+-o*#?o$]#(*o&/+oO>v<><>^v<.:%#"_||.,\'`LFJJ\\/_.-=+*||-|++++++++|++++-|=|--::-x/.p--.""\'\'"vx><~h',
)
"""Signs in plain letters, for fonts, terminals and encodings that lack the rest: one letter for one sign."""


def text(value: Text, language: str = "en") -> str:
    """Return the text in that language, else in English, else in any; unchanged, whatever it holds."""
    if isinstance(value, str):
        return value
    for known in (language, "en", *value):
        if value.get(known):
            return value[known]
    return ""


def halves(value: float) -> str:
    """Return a number in digits, to the half: '57½'."""
    whole, half = divmod(round(value * 2), 2)
    return f"{whole or ''}½" if half else str(whole)


def one_line(value: Text, language: str = "en") -> str:
    """Return the text on one line: line ends and runs of blanks become one blank."""
    return " ".join(text(value, language).split())
