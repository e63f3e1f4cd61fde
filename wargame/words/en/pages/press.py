"""What the pages of messages and polls say."""

from __future__ import annotations

from wargame.counting import several

MESSAGES, POLL = "messages", "the white cell asks"
TO_WHOM, THE_POLL, ALL, WHITE_CELL = "TO WHOM", "POLL", "all", "white cell"
WRITTEN, NONE_YET, NONE_WRITTEN = "WRITTEN", "Nobody has written yet.", "no messages"
NOTHING_BINDS = "Sender, addressees and the white cell read it; nothing that is written binds."
CHOOSE_SOMEBODY = "Choose somebody to write to."
WRITE, ANSWER, ADD, LEAVE_OUT = "write", "answer", "add", "leave out"
TO_SEAT, NEW = "back", "new"
ROOM_NONE = "The room reads no messages before the end of the game."
POLLS = "POLLS"
NOBODY_ANSWERED, OPEN, WAITED_FOR = "nobody answered", "open", "not answered"


def new(count: int) -> str:
    return f"{count} {NEW}" if count else MESSAGES


def to(names: str) -> str:
    """Say whom a line that is being typed goes to."""
    return f"to {names}"


def round_short(round_: int) -> str:
    return f"R{round_}"


def asked(round_: int) -> str:
    """Head a poll in a list of messages."""
    return f"R{round_} the white cell asks all: "


def came_to(answers: int, median: float, low: float, high: float) -> str:
    """Say what a poll came to, in whole per cent."""
    middle = f", the middle half {low:.0f} to {high:.0f} %" if answers > 1 else ""
    return f"median {median:.0f} %{middle}, of {several(answers, 'answer')}"


def own(percent: int) -> str:
    return f"you said {percent} %"


def per_cent(percent: int) -> str:
    return f"{percent} %"
