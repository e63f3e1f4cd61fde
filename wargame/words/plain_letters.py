"""Signs in plain letters, for fonts, terminals and encodings that lack the rest: one letter for one sign."""

from __future__ import annotations

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
