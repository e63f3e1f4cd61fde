"""What the pages of messages and polls say."""

from __future__ import annotations

MESSAGES, POLL = "messages", "the white cell asks"
TO_WHOM, THE_POLL, ALL, WHITE_CELL = "TO WHOM", "POLL", "all", "white cell"
TO_MESSAGES = "back to the messages"
WRITTEN, NONE_YET = "WRITTEN", "Nobody has written yet."
NOTHING_BINDS = "Sender, addressees and the white cell read it; nothing that is written binds."
WRITE, SEND, ANSWER, ADD, LEAVE_OUT, LEAVE_IT = "write", "send", "answer", "add", "leave out", "leave it"
NEW, WAITS, AND = "new", "waits", ", "
ROOM_NONE = "The room reads no messages before the end of the game."
OPEN, CLOSED, SO_FAR, WAITED_FOR = "open", "closed", "so far", "not answered"
HAS_CLOSED = "The poll has closed: no more answers are taken, and nothing was sent."


def new(count: int, *, polled: bool) -> str:
    """Say what the key of messages leads to: a poll that waits, how many are new, or just messages."""
    parts = [*(["poll"] if polled else []), *([f"{count} {NEW}"] if count else [])]
    return ", ".join(parts) or MESSAGES


def to(names: str) -> str:
    """Say whom a line that is being typed goes to."""
    return f" to {names}: "


def round_short(round_: int) -> str:
    return f"R{round_}"


def asked(round_: int) -> str:
    """Head a poll in a list of messages."""
    return f"R{round_} the white cell asks all: "


def own(percent: int) -> str:
    return f"you said {percent} %"


def per_cent(percent: int) -> str:
    return f"{percent} %"
