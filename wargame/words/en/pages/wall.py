"""What the wall says to the room: who is asked, why nothing moves, that a game is waited for."""

from __future__ import annotations

LEAVES = "q leaves the wall; nothing else here does anything."
WAITING, NO_GAME = "THE WALL", "No game is running yet."
PAUSE, CONSOLE = "PAUSE", "ONE MOMENT"
PAUSED, AT_CONSOLE = "The clock stands still.", "The facilitator is at the table."
HELD = "The facilitator lets the game go on."
NOBODY, BOTS_WAIT = "NOBODY SITS HERE", "The facilitator says how it goes on."
AWAY, GOES_ON = "THE TABLE IS AWAY", "Everything is saved. The game goes on from here."
TAKEN_BACK = "THE GAME HAS BEEN TAKEN BACK"
LATE = "TIME IS UP"
CHOOSES, ORDERS, ANSWERS = "decides, aloud", "gives its orders", "reads its answers"
TURNS_AWAY = "Everyone else looks at the wall."
TALK, ASIDES = "THE TABLE IS OPEN", "SIDE TALK THIS ROUND"
END = "The end."
READ_ALOUD = "read aloud: each its own line"
LEFT_OUT = "…"


def waits_in(folder: str) -> str:
    return f"It appears here as soon as one is played in {folder}."


def not_yet(name: str) -> str:
    return f"The table of {name} is being set up."


def asked(seat: str) -> str:
    """Say whom the table waits for: 'SEOUL IS ASKED'."""
    return f"{seat} is asked".upper()


def goes_on_from(round_: int, phase: str) -> str:
    return f"It goes on from round {round_}, {phase}."


def stands(what: str) -> str:
    """Say in what phase that is which was laid down in time."""
    return what


def laid_stands(seat: str) -> str:
    return f"{seat}: what was laid down by then stands."


def first_answer(seat: str) -> str:
    return f"{seat}: the question got its first answer."


def talk_over() -> str:
    return "The talk is over, and orders begin."


def line_of(points: str) -> str:
    return f"the line: {points}"
