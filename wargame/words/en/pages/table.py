"""What the program says around the pages of a game: what it is doing, notices, questions, what went wrong."""

from __future__ import annotations

from wargame.words.en.grammar import capital

CHOOSE, DO_IT = "choose", "do it"
NO = "No, leave it as it is"
UNPINNED = "Whoever takes the keyboard then sits down without being asked. The PIN can't be brought back."


def yes(verb: str) -> str:
    return f"Yes, {verb}"


# --- the session

GO_ON, BACK = "Go on", "Back"
UNPLAYABLE, UNOPENED = "THIS SCENARIO CAN'T BE PLAYED", "THIS CAN'T BE OPENED"
ABOUT_SAVE, TIME_UP, TAKEN_BACK, NOT_SAVED = (
    "ABOUT THIS SAVE", "TIME IS UP", "THE GAME HAS BEEN TAKEN BACK", "NOT SAVED",
)  # fmt: skip
TALK_OVER = "The talk is over, and orders begin."
BACK_TO = "The facilitator has taken the game back. It goes on from here:"
NOTHING_LOST = "Nothing is lost: the move has not been made."
TRY_AGAIN, LEAVE = "Try again", "Leave for the home screen"
OTHERS_MOVE, LAYING_OUT = "The others are moving …", "Laying out the board …"
OPENING = {"resume": "Taking the game out of its box …", "replay": "Reading the game …"}
"""What is going on, by what is opened."""
WAS_NOT_SAVED = "; this game was not being saved"
"""It goes on a sentence that says why the program had to stop."""


def time_ran_out(seat: str, asked: bool) -> str:
    """Say what becomes of a turn whose time is up; `asked`: a question waited for its answer."""
    what = "the question got its first answer" if asked else "what was laid down by then stands"
    return capital(f"{seat}: {what}.")


def goes_on_at(round_: int, rounds: int, phase: str) -> str:
    return f"round {round_} of {rounds}, {phase}."


def but_saved(command: str) -> str:
    """Go on a sentence that says why the program had to stop."""
    return f", but every move is saved: go on with `{command}`"


def saved(command: str) -> str:
    """Say after the program how the game goes on."""
    return f"Saved. Go on with: {command}"


# --- the program

TAKE_PIN, TAKE_IT_AWAY = "TAKE THE PIN AWAY?", "take it away"
CTRL_Q = "Ctrl+Q leaves."
CTRL_Q_SAVED = "Ctrl+Q leaves; the game is saved."
CTRL_Q_UNSAVED = "Ctrl+Q leaves; this game is not kept."


def not_here(what: str) -> str:
    return f"Not on this screen. {what}"


def cannot_here(label: str) -> str:
    return f"“{label}” can't be done on this screen."


def time_left(time: str) -> str:
    return f"{time} left."
