"""What people at screens of their own are told of each other: who comes and goes, who holds the pen."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.counting import several

WHITE_CELL = "White cell"
HELD_NOW = "The table is held: people read and prepare, no turn ends."
LET_GO = "The table goes on."
NO_PEN = "There is no pen here: nobody writes from this screen."
ALONE_AT_SEAT = "Nobody else of your team is in; the pen stays with you."
PEN_YOURS = "The pen is yours."


def no_such_login(login: str, known: Iterable[str]) -> str:
    return f"There is no login {login} to give another phrase; there are {', '.join(known)}."


def came(name: str) -> str:
    return f"{name} is in."


def went(name: str) -> str:
    return f"{name} has left."


def holds_the_pen(name: str) -> str:
    return f"{name} holds the pen of your team; F4 asks for it."


def pen_passed(name: str) -> str:
    return f"The pen goes to {name}."


def pen_goes(name: str) -> str:
    return f"{name} has the pen."


def pen_asked(name: str) -> str:
    return f"{name} asks for the pen; F4 passes it on."


def pen_wanted(name: str) -> str:
    return f"{name} has been asked for the pen."


# what stands above the foot of a seat's screen
PREPARE, READY, YOUR_TURN = "PREPARE", "READY", "YOUR TURN"
CONFIRM = "What you have prepared lies here. Look once more; e ends the turn."
HELD = "The white cell holds the table: read and prepare; no turn ends before it lets go."
ENDS_SOON = "Your turn ends in a moment: none is so short that others could tell how much was done in it."
CHANGE_IT = "change what you have prepared"


def prepares(other: str) -> str:
    whose = f"{other} has its turn. " if other else ""
    return f"{whose}Lay what you want to do: only you see it. e says that it is all."


def ready(count: int, other: str) -> str:
    laid = f"{several(count, 'thing')} prepared" if count else "Nothing prepared"
    whose = f"; {other} has its turn" if other else ""
    return f"{laid}{whose}. When yours comes, you confirm it."


def no_longer(count: int) -> str:
    return f"{several(count, 'thing')} you had prepared can't be done any more."


def since(news: str) -> str:
    return f"Since then: {news}"
