"""What the wall says to the room: who is asked, why nothing moves, that a game is waited for."""

from __future__ import annotations

LEAVES = "q leaves the wall; nothing else here does anything."
NO_KEY = "No key does anything here; to leave the wall, close its window."
WAITING, NO_GAME = "THE WALL", "No game is running yet."
PAUSE, CONSOLE = "PAUSE", "ONE MOMENT"
PAUSED, AT_CONSOLE = "The clock stands still.", "The facilitator is at the table."
HELD = "The game waits until the facilitator lets it go on."
NOBODY, BOTS_WAIT = "NOBODY SITS HERE", "The game waits until the facilitator says how it goes on."
AWAY, GOES_ON = "THE TABLE IS AWAY", "Everything is saved. The game goes on from here."
TAKEN_BACK = "THE GAME HAS BEEN TAKEN BACK"
LATE = "TIME IS UP"
ASKED, ORDERS, ANSWERS = "is asked", "It gives its orders.", "It answers what it was offered."
ORDERS_FOLLOW = "Orders follow when the talk is over."
LEFT_OUT = "…"


def waits_in(folder: str) -> str:
    return f"It appears here as soon as one is played in {folder}."


def goes_on_from(round_: int, phase: str) -> str:
    return f"It goes on from round {round_}, {phase}."


def laid_stands(seat: str) -> str:
    return f"{seat}: what was laid down by then stands."


def first_answer(seat: str) -> str:
    return f"{seat}: the question got its first answer."


def talk_over() -> str:
    return "The talk is over, and orders begin."


def line_of(points: str) -> str:
    return f"the line: {points}"
