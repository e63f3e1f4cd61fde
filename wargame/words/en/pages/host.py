"""What the host says: at the door, in its journal, and when a file or a line fails."""

from __future__ import annotations

# at the door
BANNER = "The pass phrase is on your card: four words, with blanks between them."
NO_TERMINAL = "This needs a terminal that can place text on its screen, such as xterm or Windows Terminal."
MISTAKE = "This screen met a mistake of its own and has closed. The game goes on: come in again the same way."
CLOSING = "The host is closing. What was played is saved."

# in the journal


def wrong(login: str, address: str, wait: float) -> str:
    pause = f"; the next try waits {wait:.0f} s" if wait else ""
    return f"Wrong phrase for {login} from {address}{pause}."


def came(login: str, address: str) -> str:
    return f"{login} came in from {address}."


def went(login: str, address: str) -> str:
    return f"{login} at {address} has gone."


def turned_away(count: int, address: str) -> str:
    many = "A connection was" if count == 1 else f"{count} connections were"
    return f"{many} turned away, the last from {address}: too many at once."


def crashed(login: str, where: str) -> str:
    kept = f"what went wrong is kept in {where}" if where else "what went wrong could not be kept"
    return f"The screen of {login} met a mistake of the program and has closed; {kept}."


# cards to hand round
WALL, WHITE, OBSERVER = "The wall", "The white cell", "An observer"
TO_TYPE, PHRASE, KEY = "Type in a terminal", "Pass phrase", "The host's key"
FIRST_TIME = "The first time ssh asks whether you know this key: compare it, then type yes."
DROPPED = "If the line drops, or you close the window, do the same again: you come back to the same place."
CUT_OUT = "Cut along the lines and give each card to its people only: whoever has a card sees what they see."


def cards_of(title: str) -> str:
    return f"{title}: who sits where"


# files of the host
def no_place(path: str, why: str) -> str:
    return f"{path} can't be written ({why}): name another place for it. Nothing has been opened yet."


def no_host_file(name: str) -> str:
    return f"{name} is not what a host keeps; remove it, and new phrases are made for everybody."


def no_phrases(name: str) -> str:
    return f"{name} holds no phrases that can be checked; remove it, and new ones are made for everybody."


def no_key(path: str) -> str:
    return f"{path} is not a host key; remove it, and a new one is made (every ssh will warn of that once)."


def no_authorized(line: int) -> str:
    return f"Line {line} of the keys is not a login, a blank and an OpenSSH public key."
