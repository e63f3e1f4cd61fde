"""What the sheets say that are printed before an evening: a seat's own, and the white cell's."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.counting import several
from wargame.words.en.grammar import joined

TITLE = "Sheets"


def not_written(path: str, why: str) -> str:
    return f"The sheets can't be written to {path} ({why})."


def length(rounds: int, first: str, last: str) -> str:
    return f"{several(rounds, 'round')}, {first} to {last}" if rounds > 1 else f"one round, {first}"


# --- a seat: who it is

ON_SCREEN, LOGIN = "On every screen", "You come in as"
AT_START, WHAT_COUNTS, A_STEP = "at the start", "what counts", "for your score"
NOT_SEEN = "hidden from you"
YOU_NEED, NOBODY = "WHOM YOU NEED", "No deal and no joint stand is open to you."
TOGETHER = "together with"
IN_STORE = "YOU BEGIN WITH"
AGENDA = (
    "One thing is not on this sheet: your secret agenda. It is dealt when the game begins, and your screen "
    "shows it to you alone (i)."
)


def of_most(value: int, most: int) -> str:
    return f"{value} of {most}"


def purse(influence: int, income: int, hand: int) -> str:
    """Say what a seat holds before the first round besides its goods."""
    return f"¤{influence} of influence and ¤{income} more each round, {several(hand, 'card')} in hand"


def each_round(count: int) -> str:
    return f"+{count} each round"


# --- a seat: how to play

A_ROUND, FIRST_TURN, KEYS, GLOSSARY, NOTES = (
    "A ROUND IN EIGHT LINES", "YOUR FIRST TURN, STEP BY STEP", "KEYS", "GLOSSARY", "NOTES",
)  # fmt: skip
ROUND = {
    "news": "Read aloud, or each at its own pace: the table waits for nobody to read.",
    "orders": (
        "All prepare at once, in a draft that only your own team sees. Lay cards, offer deals, answer "
        "offers, mark what runs."
    ),
    "turn": (
        "When yours comes your draft is laid, and what has changed since is marked. Mend it or leave it, and "
        "confirm it."
    ),
}
"""What the program says nowhere else of a round that everybody plays at once."""
YOUR_TURN = "your turn"
COME_IN = "Type the line on your team's card, then its four words. Your first page says who you are: Enter."
READ_HAND = (
    "Arrows or a digit light a card. Beside it stands what it does, what it costs (¤) and how likely it is "
    "(▰). A card with × can't be played now: w says why."
)
LAY = "Enter lays the lit card face down, paid at once. u takes back what you did last."
CONFIRM = (
    "What you have done is a draft until your turn comes. Then read what has changed, and e confirms it. "
    "Nobody can tell from outside how much you had prepared."
)


def in_the_talk(does: str) -> str:
    return f"In the talk: {does[:1].lower()}{does[1:]}"


DIGITS = "1–9"
ROUND_HEAD, MY_PLAN, WHO_SAID = "round", "what we want, whom we need for it", "who promised what, and did it?"


# --- the white cell

WHITE_TITLE = "WHITE CELL"
FOR_YOU_ALONE = "This page tells what is to come. Take it off the pile before you hand out the sheets."
SCHEDULE, FROM, UNTIL, WHAT, MINUTES = "THE EVENING", "from", "until", "what", "minutes"
PARTS = {"briefing": "briefing", "hot_wash": "hot wash", "spare": "to spare"}
NO_SCHEDULE = "No exercise was prepared, so there is no schedule and no inject."
LIMITS, NO_LIMITS = "Limits:", "No time limits are set."
PLACE = "TO BE FILLED IN FROM THE HOST'S FIRST LINES"
TO_FILL_IN = (
    "address and port",
    "fingerprint of the host's key",
    "name of the save",
    "who helps with machines",
)
SEATS, SEAT, PLAYS, WHO = "WHO SITS WHERE", "seat", "at the start", "names"
A_PERSON = "people"
INJECTS, NO_INJECTS = "INJECTS", "None is set."
TO_ALL, HELD = "to all", "held back until you release it"
WHY = "Why:"
ASKED, REASON, PREDICTION = "WHAT SEATS ARE ASKED", "a reason", "a prediction"
BEFORE, FAILS = "BEFORE THE ROOM FILLS", "WHEN SOMETHING FAILS"
CHECKS = (
    "The laptop is on mains power and does not sleep, lid closed or not.",
    "There is room on the disk, and the save lies where only you read it.",
    "Each team's machine has come in once by the line on its card, and has left again.",
    "The fingerprint on the cards is the one that the host has printed.",
    "The wall shows the board, and no console can be read from the room.",
    "Every team has its sheet, its card, a pen, and one person who writes first.",
    "You have paused the game, given a minute and taken a note, just to have done it.",
    "This page is with you, and the cards of the wall and the white cell are too.",
)
FAILURES = (
    ("A line drops", "They type the same line and phrase again and are where they were. Nothing is lost."),
    ("A screen closes or hangs", "Close its window and come in again. Only that screen is hurt."),
    ("A machine won't work", "Bring another, let them share one, or play the seat from the console."),
    (
        "ssh warns of a changed key",
        "Stop and compare the fingerprint. Only if it is this one, forget the old key.",
    ),
    ("A phrase is lost", "Start the host again with --new-phrase and the seat: all others keep theirs."),
    ("The network is slow", "Pause. Screens are drawn anew when it is back; nobody else waits for one."),
    ("The host dies", "wargame host and the save's name: the same phrases, and drafts are kept."),
    ("The disk is full", "Free some space: the move waits, and the game goes on by itself."),
    ("A team is missing", "Hand its seat to a bot, and back when it comes."),
)


def round_part(nth: int, date: str) -> str:
    return f"round {nth} · {date}"


def lasts(what: str, minutes: int) -> str:
    return f"{what} {minutes}"


def limit(what: str, seconds: int) -> str:
    return f"{what} {seconds} s"


def in_rounds(rounds: Sequence[int]) -> str:
    """Say in which rounds something is asked; none named are all."""
    if not rounds:
        return "every round"
    return f"{'round' if len(rounds) == 1 else 'rounds'} {joined([str(one) for one in rounds])}"


def to(parties: Sequence[str]) -> str:
    return f"to {joined(parties)} alone"
