"""What the page of settings says, and what is wrong with a file of them."""

from __future__ import annotations

from collections.abc import Iterable

SETTINGS, CHANGE, CHOOSE, KEEP = "SETTINGS", "change", "choose", "keep"
ON, OFF = "on", "off"
ROWS = {
    "theme": "Theme",
    "glyphs": "Glyphs",
    "animations": "Animations",
    "bell": "Bell",
    "hints": "Hints",
    "reading": "Reading",
    "colours": "Colours",
}
THEMES = {
    "auto": "What suits the terminal: dark, or in 16 colours ansi, or without any mono.",
    "dark": "Light text on a dark ground.",
    "light": "Dark text on a light ground, for a bright room.",
    "contrast": "The strongest contrast: every text at least 7 to 1.",
    "safe": "Seats that stay apart for eyes without red, green or blue cones.",
    "ansi": "The terminal's own 16 colours, on black.",
    "mono": "No colour at all: bold, underlined, reversed, and signs.",
}
GLYPHS = {
    "quadrant": "Maps in quarters of a cell: what most fonts have.",
    "outline": "Maps with coasts as lines and the sea left empty.",
    "braille": "Maps in dots, the finest; not every font has them.",
    "ascii": "Maps and signs in plain letters, for fonts that lack the rest or draw it too wide.",
}
READING = {
    "slow": "What goes on by itself (a) leaves time to read each page aloud.",
    "usual": "What goes on by itself (a) waits for as long as most people read.",
    "fast": "What goes on by itself (a) is for those who know the cards.",
}
COLOURS = {
    "auto": "As many colours as the terminal says that it has.",
    "256": "256 colours, for a terminal that shows others than it should.",
    "all": "All colours, for a terminal that has them and does not say so.",
}
SPEEDS = {"slow": "slow", "usual": "usual", "fast": "fast"}
CHOICES = {"theme": THEMES, "glyphs": GLYPHS, "reading": READING, "colours": COLOURS}
SWITCHES = {
    "animations": "Cards turn over and dice roll before they come to rest.",
    "bell": "The terminal's bell rings when the table should look up.",
    "hints": "The foot of the screen leads through a first turn, step by step.",
}
KEPT_OFF = "TEXTUAL_ANIMATIONS=none keeps them off all the same."
KEPT_NOWHERE = "Kept in no file: they last until you quit."
KEYS_TOO = "Keys are given there too; `wargame keys` prints them."
NO_COLOR = "NO_COLOR is set, so it is mono all the same."
A_TRACK, A_CHANGE, SEALED, REFUSED, WORKS, ASIDE = "a track", "change", "sealed", "refused", "works", "aside"
"""A sample of what a theme looks like."""


def kept_in(path: str) -> str:
    return f"Kept in {path}"


def here_that_is(theme: str) -> str:
    return f"Here that is {theme}."


# --- the file

HEADER = "# Settings of wargame. `wargame keys` lists what keys can be given to."
NO_FILE, NOT_TEXT = "it is not a file", "this is not text in UTF-8"
TOO_DEEP, LONG_NUMBER = "it is nested too deep", "a number is too long"
NOT_A_TABLE = "`keys` is a table: under a line [keys], an action and its key on each line"


def unreadable(reason: str) -> str:
    return f"it can't be read ({reason})"


def too_large(kilobytes: int) -> str:
    return f"it is larger than {kilobytes} kB: no file of settings"


def not_toml(reason: str) -> str:
    return f"this is not TOML: {reason}"


def _meant(close: str) -> str:
    return f" (did you mean `{close}`?)" if close else ""


def no_setting(name: str, close: str) -> str:
    return f"there is no setting `{name}`{_meant(close)}"


def no_switch(name: str, value: str) -> str:
    return f"`{name}` is true or false, not {value}"


THERE_IS_NO = {
    "theme": "there is no theme",
    "glyphs": "there are no glyphs",
    "reading": "nobody reads",
    "colours": "there are no colours",
}


def not_one(name: str, value: str, close: str, names: Iterable[str]) -> str:
    return f"{THERE_IS_NO[name]} {value}{_meant(close)}; it is one of {', '.join(names)}"


def no_action(name: str, close: str) -> str:
    return f"there is no action `{name}`{_meant(close)}; `wargame keys` lists them"


def no_keys(name: str) -> str:
    return f'`{name}` needs a key, or several in a list: {name} = ["x", "F5"]'


def no_key(value: str) -> str:
    return f"{value} is no key; keys are x, X, ?, F5, Esc, Enter, Tab, Ctrl+k"


def not_written(path: str, reason: str) -> str:
    return f"The settings could not be written to {path} ({reason}); they last until you quit."


# --- keys that can't be given away

NEEDS_ENTER = "`do` can't lose Enter, for every list is left by it; name Enter and what you want more"


def is_fixed(key: str, action: str) -> str:
    return f"{key} has a use of its own everywhere and can't be given to `{action}`"


def is_typed(action: str, key: str, usual: str) -> str:
    return f"`{action}` must work while text is typed, where {key} is a letter: keep {usual}"


def clashes(key: str, other: str) -> str:
    return f"{key} is also the key of `{other}`, which can be used on the same screen"
