"""What people at screens of their own are told of each other: who comes and goes, who holds the pen."""

from __future__ import annotations

from collections.abc import Iterable

WHITE_CELL = "White cell"
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
    return f"{name} holds the pen of your team; P asks for it."


def pen_passed(name: str) -> str:
    return f"The pen goes to {name}."


def pen_goes(name: str) -> str:
    return f"{name} has the pen."


def pen_asked(name: str) -> str:
    return f"{name} asks for the pen; P passes it on."


def pen_wanted(name: str) -> str:
    return f"{name} has been asked for the pen."
