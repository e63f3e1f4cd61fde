"""Where things stand in a scenario's files: documents that remember places, and complaints that name them.

A facilitator mends a file in a text editor, so every value of a document keeps its line and column, and every
complaint prints as ``file:line:column: what is wrong``. Lines and columns count from 1; columns count
characters. Complaints go to terminals and logs: whatever they quote, they hold printable characters only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from wargame.counting import several

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool | None"
"""What a file can hold: nothing with behaviour, nothing that is not in the text."""

Address: TypeAlias = tuple[str | int, ...]
"""The way from the top of a document to a value: names of entries and positions in lists."""

Place: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""

START: Final[Place] = (1, 1)

EXCERPT: Final = 40
"""Characters of somebody's text that a complaint quotes at most."""

MAX_COMPLAINTS: Final = 100
"""Complaints about one file; the rest are only counted."""

# Control and C1 characters except tab and line ends, direction marks, line separators, and whatever else
# takes no room on a screen: joiners, fillers, variation selectors, tags, non-characters, surrogate halves.
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)


def printable(text: str) -> str:
    """Return `text` on one line, with everything that is not a visible character written as an escape."""
    return "".join(_visible(character) for character in text)


def shown(text: str) -> str:
    """Return `text` in quotes as a complaint quotes it: printable, and no longer than `EXCERPT`."""
    cut = text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
    return f"'{printable(cut)}'"


def _visible(character: str) -> str:
    if character.isprintable() and not HIDDEN.match(character):
        return character
    return character.encode("unicode_escape").decode("ascii")


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One problem in one file. Complaints sort in reading order; `file` and `message` are made printable.

    One about a folder has no place in it: its `line` is 0.
    """

    file: str
    line: int
    column: int
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", printable(self.file))
        object.__setattr__(self, "message", printable(self.message))

    @property
    def where(self) -> str:
        """Return the file with the place in it, as editors read it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass
class Document:
    """One file as plain data, with the place of every value (`marks`) and entry's name (`key_marks`)."""

    file: str
    data: Plain
    marks: dict[Address, Place] = field(default_factory=dict)
    key_marks: dict[Address, Place] = field(default_factory=dict)

    def at(self, address: Address) -> Place:
        """Return the place of the value at `address`; if nothing is there, of the nearest value around it."""
        while address and address not in self.marks:
            address = address[:-1]
        return self.marks.get(address, START)

    def key_at(self, address: Address) -> Place:
        """Return the place of the name of the entry at `address`; if it has none, of its value."""
        return self.key_marks.get(address) or self.at(address)

    def complaint(self, address: Address, message: str) -> Complaint:
        """Return a complaint about the value at `address`."""
        return Complaint(self.file, *self.at(address), message)

    def key_complaint(self, address: Address, message: str) -> Complaint:
        """Return a complaint about the name of the entry at `address`."""
        return Complaint(self.file, *self.key_at(address), message)


@dataclass(slots=True)
class Complaints:
    """The complaints about one file; past `MAX_COMPLAINTS` they are only counted."""

    file: str
    made: list[Complaint] = field(default_factory=list)
    unsaid: int = 0

    def add(self, place: Place, message: str) -> None:
        if len(self.made) < MAX_COMPLAINTS:
            self.made.append(Complaint(self.file, *place, message))
        else:
            self.unsaid += 1

    def in_order(self) -> list[Complaint]:
        made = sorted(self.made)
        if self.unsaid:
            last = made[-1]
            made.append(
                Complaint(self.file, last.line, last.column, f"and {several(self.unsaid, 'more problem')}")
            )
        return made


class CannotGoOnError(Exception):
    """The complaint about it has been made; the rest of the file is not read."""
