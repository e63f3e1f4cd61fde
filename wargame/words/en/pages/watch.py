"""What the pages say that everybody watches: titles, and the few words between signs and numbers."""

from __future__ import annotations

from wargame.words.en.grammar import NUMBERS, capital

DICE, DEALS, WORLD, NEWS = "THE DICE", "DEALS AND WORDS", "STATE OF THE WORLD", "THE NEWS"
DELIVERIES, FOLLOWS = "DELIVERIES AND INCOME", "WHAT THE ROUND LEAVES"
SCORES = "SCORES SINCE THE LAST ORDERS"
STEP_BELOW = "what this step has moved stands below"
MOVED, NEXT = "Tracks moved", "Next"
OF, MEET, ENDED = "of", "meet; nothing is said of it", "ended"
NO_WORDS = "no deals, no words"
QUIET, ROLLING, LAID_NOTHING, RUINED = "a quiet move", "rolling", "laid down nothing", "ruined"
POINTS, RUNG = "points", "rung"
NEXT_CARD, GO_ON = "next card", "go on"
TO_LAST_CARD = "to the last card"
RECAP, SKIP_RECAP = "Recap.", "skip the recap"
BY_ITSELF, STOPS = "by itself", "stop"
AS_TOLD, PROVED = "as told", "proved for all to see"
LOOK_BACK, SCROLL = "look back", "scroll"
LOG = "THE LOG, newest first"
OPEN_TABLE, A_SIDE_TALK, TIME_LEFT = "THE TABLE IS OPEN", "A SIDE TALK", "TIME LEFT"
NOTHING_BINDS = (
    "Talk to anybody you like, here or apart: ask, promise, threaten, agree what you will each order. "
    "Nothing "
    "said here binds anybody."
)
END_TALK, NOTE_ASIDE = "End the talk: orders begin", "Note a side talk…"
ASIDES, NONE_NOTED = "SIDE TALK THIS ROUND", "none noted"
END_TALK_Q, END_IT, TALK_ON = "End the talk?", "orders begin", "talk on"
TALKED, TALKED_Q, PREPARE = "Done talking: prepare", "Done talking?", "prepare your orders"
"""The same at a seat's own screen: orders begin for all once every team is done."""
NOTE_IT, END_THE_TALK, SIDE_TALK = "note it", "end the talk", "side talk"
THEN_ENTER, LOOK_AWAY = "then Enter.", "Everyone else looks away."


def pass_to(who: str) -> str:
    """Say to whom the keyboard goes; "" where the seat below it is all there is to say."""
    return f"Pass the keyboard to {who}," if who else "Pass the keyboard to"


def by_speed(cards: int) -> str:
    """Head the list of cards that take effect: 'SEVEN CARDS, BY SPEED'."""
    number = NUMBERS[cards] if cards < len(NUMBERS) else str(cards)
    return f"{number} {'card' if cards == 1 else 'cards'}, by speed".upper()


def news_of(date: str) -> str:
    return f"{NEWS}, {date}"


def nth(at: int, count: int) -> str:
    """Say how far a phase has come, in which more may happen than cards: 'Step 4 of 7.'"""
    return f"Step {at} of {count}."


def to_end_of(phase: str) -> str:
    return f"skip to the end of {phase}"


def works_up_to(chance: int) -> str:
    return f"works up to {chance}"


def happens_up_to(chance: int) -> str:
    return f"happens up to {chance}"


def outcome(said: str) -> str:
    """Say how a die came out, for all to see: 'IT FAILS'."""
    return said.upper()


def accuse(seats: int) -> str:
    return " accuses " if seats == 1 else " accuse "


def accusing(who: str, seats: int) -> str:
    """Head the card of an accusation that is right: 'SEOUL AND TOKYO ACCUSE'."""
    return f"{who}{accuse(seats).rstrip()}".upper()


def score_of(line: str) -> str:
    return f" of {line}"


def laid(cards: int) -> str:
    return f"{cards} {'card' if cards == 1 else 'cards'}"


def spent(amount: int) -> str:
    return f"spent ¤{amount}"


def laid_and_quiet(cards: int, moves: int) -> str:
    """Return how many a seat has laid openly and quietly, as short as it goes: '1 + 1 quiet'."""
    return f"{cards} + {moves} quiet"


def broken(card: str) -> str:
    return f"told the table {card}"


def sentence(said: str) -> str:
    """Return a sentence as it stands in a list, without its full stop."""
    return capital(said.removesuffix("."))


def of_due(due: int) -> str:
    return f"of {due} due"


def fell(chance: int, die: int) -> str:
    return f"{chance} %, and the dice say {die}"


# --- the board

HAND_OVER, LOOK, PAGES, A_LOG = "hand over", "look", "pages", "log"
PAGE = {
    "map": "map",
    "row": "row",
    "world": "world",
    "deals": "deals",
    "news": "news",
    "log": "log",
    "seats": "seats",
}
ORDINALS = ("1st", "2nd", "3rd")


def is_next(seat: str) -> str:
    return f"{seat} is next"


def turn_of(phase: str, nth: int, seats: int) -> str:
    """Say how far a phase has come in which one seat after the other moves: 'orders, 3rd of 6 seats'."""
    return f"{phase}, {ORDINALS[nth - 1] if nth <= len(ORDINALS) else f'{nth}th'} of {seats} seats"


def in_which_round(said: str, round_: int) -> str:
    return f"{said}, round {round_}"


# --- the hand-over, and the talk

WRONG_PIN, WAIT = "That is not this seat's PIN.", "Wait a moment before the next try."
TAKE_SEAT, TAKE_IT, ROWS = "take the seat", "take it", "rows"
WHO_ASKS, CHOOSE, BACK = "Who asks?", "choose", "back"


def whom_ask(asker: str) -> str:
    """Ask whom somebody asks aside."""
    return f"Whom does {asker} ask aside?"


def a_line_on(said: str) -> str:
    """Ask what a side talk is about: `said` is who asks whom."""
    return f"{said}. A line on what it is about, if you like:"
