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
AT_CONSOLE = "You play this seat at the console; F2 leads back there."
CALLED = "You have asked for the white cell; it will come to you."
CALLED_NOW = "You ask for the white cell: its console shows it."
PLAYED_AT_CONSOLE = "The white cell plays your seat at its own screen; you look on and get the pen back."
NOT_A_PERSONS = "No person plays that seat; give it to one first (seat ↔ bot)."
IS_PLAYED = "That seat is played from a console already."
OTHERS_STAY = "Everybody else stays in, and the game goes on."
DOOR_CLOSES = "The door closes and everybody's screen ends; what was played is saved."


def call_again(seconds: int) -> str:
    return f"The white cell has heard you; ask again in {several(seconds, 'second')}."


def looked(who: str, whose: str, name: str) -> str:
    """Say that the white cell looked at a screen: that of a seat, or (`whose` is "") of another login."""
    screen = f"{whose}'s screen ({name})" if whose else f"the screen of {name}"
    return f"{_cell(who)} looked at {screen}."


def plays_here(who: str, seat: str) -> str:
    return f"{_cell(who)} plays {seat} at the console."


def played_here(who: str, seat: str) -> str:
    return f"{_cell(who)} plays {seat} no longer."


def _cell(who: str) -> str:
    return f"{WHITE_CELL} {who}" if who and who != WHITE_CELL else WHITE_CELL


def no_such_login(login: str, known: Iterable[str]) -> str:
    return f"There is no login {login} to give another phrase; there are {', '.join(known)}."


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
UNPREPARED = "Nothing was prepared. What you do now counts; e ends the turn."
HELD = "The white cell holds the table: read and prepare; no turn ends before it lets go."
BETWEEN = " · "
"""Between what has happened since."""
ENDS_SOON = "Your turn ends in a moment: none is so short that others could tell how much was done in it."
CHANGE_IT = "change what you have prepared"


def busy(other: str, talking: bool) -> str:
    return "Others still talk" if talking else f"{other} has its turn" if other else ""


def prepares(busy: str, answers: bool) -> str:
    whose = f"{busy}. " if busy else ""
    does = "Answer what was offered to you" if answers else "Lay what you want to do"
    return f"{whose}{does}: only you see it. e says that it is all."


def ready(count: int, busy: str) -> str:
    laid = f"{several(count, 'thing')} prepared" if count else "Nothing prepared"
    whose = f" {busy}." if busy else ""
    return f"{laid}.{whose} When yours comes, you confirm it."


def no_longer(count: int) -> str:
    return f"{several(count, 'thing')} you had prepared can't be done any more."


def since(news: str) -> str:
    return f"Since then: {news}"
