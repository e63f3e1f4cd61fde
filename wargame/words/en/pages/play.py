"""What stands on the pages of a seat's turn besides cards and deals: labels, and what keys do."""

from __future__ import annotations

AT_ONCE, ELSE, UNLESS, WORKS, ASKS = "At once", "Otherwise", "Unless", "It works", "Asks"
SCORE, KEPT = "Your score", "You keep"
NOTHING = "nothing changes"
HOLDS, FAILS = "✓ now", "✗ not now"
"""Whether a condition holds as things stand."""
IDLE = "As things stand it does nothing."
SURE = "sure"
LIGHT_ANOTHER = "Light another row."
LAYS = "lays it face down"
GIVES_UP, TELLS = "give up", "tell"
GIVES_IT_UP, TELLS_TABLE = "gives it up", "tells the table"
COMPARE, WHY = "compare", "why"
TELL_TABLE, UNDO, END = "tell the table", "undo", "end the turn"
OFFER, DISCARD = "offer a deal", "discard a card"
GIVE_UP, TELL, CARDS, AIM, ROWS, DIAL = "give it up", "tell", "cards", "aim", "deals", "turn"
"""What keys do, on the bottom line."""
UNLIT = (
    "Nothing is lit yet. ← → or a number lights a card, Tab the rows at the right; what it does is told here."
)
STORES, DEALS, KNOWN, FACE_DOWN, OR = "STORES", "DEALS", "WHAT YOU KNOW", "FACE DOWN", "OR"
OFFERS_IN, OFFERS_OUT, NO_OFFERS = "OFFERS TO YOU", "OFFERS FROM YOU", "none waits for an answer"
ALL_ANSWER, LEVERS, ANNOUNCING, ACCUSATION = "ALL ANSWER", "LEVERS", "PHRASE, NO DEAL", "ACCUSATION"
COUNTER, COUNTERED, UNSAID = "yes, but …", "counter", "nothing is said"
WHO, BEGIN, ONLY_YOU = "WHO YOU ARE", "TO BEGIN WITH", "what only you know"
RUNNING_DEALS, ALOUD = "RUNNING DEALS", "ALOUD, AT THE REVEAL"
YOU_CHANGE, NO_CHANGE = "WHAT YOU CHANGE", "nothing yet: turn a term"
SAY_IT, LOOK_ALONE, LOOK, BOARD, HELP = "say it aloud", "look alone first", "look", "board", "help"
"""What keys do where a seat decides before everybody."""
AGENDA_HOLDS, AGENDA_OPEN = "✓ holds now", "does not hold yet"


def foot(speed: int, paragraphs: str) -> str:
    return f"speed {speed} · {paragraphs}"


def speed(speed: int, quiet: bool) -> str:
    return f"speed {speed}{' · quiet' if quiet else ''}"


def missing(influence: int) -> str:
    return f"¤{influence} short"


def in_round(nth: int, rounds: int) -> str:
    """Say when something comes that is put off; after the last round it comes no more."""
    return f"In round {nth}" if nth <= rounds else "Too late"


def offers_left(left: int) -> str:
    return f"o: {left} more" if left > 0 else "no more"


def your_orders(round_: int, rounds: int, date: str) -> str:
    return f"your orders · round {round_} of {rounds}{f' · {date}' if date else ''}"


def your_answers(round_: int, rounds: int, date: str) -> str:
    return f"your answers · round {round_} of {rounds}{f' · {date}' if date else ''}"


def influence_left(count: int) -> str:
    return f"{count} left"


def influence_of(count: int, cap: int) -> str:
    return f"{count} of {cap}"


def score(points: str, line: str) -> str:
    return f"score {points} of {line}"


def telling(card: str, pays: int) -> str:
    """Say what telling the table of a card means."""
    return f"You tell the table that you will play {card}. If you do, ¤{pays} more; if not, ¤{pays} less."


def giving_up(card: str) -> str:
    return f"You give up {card} to do what your board says:"


def desk(round_: int, rounds: int, offer: int, offers: int) -> str:
    return f"deal desk · round {round_} of {rounds} · offer {offer} of {offers}"


def counter(round_: int, rounds: int) -> str:
    return f"yes, but … · round {round_} of {rounds}"


def rung(nth: int) -> str:
    return f"rung {nth}"


def changed(dial: str, before: str, after: str) -> str:
    """Say what a counter-offer makes of a term."""
    return f"{dial}: {after}, not {before}"


def accuse(round_: int, rounds: int) -> str:
    return f"accuse · round {round_} of {rounds}"


def decides_aloud(seat: str) -> str:
    """Say whose decision it is, before everybody."""
    return f"{seat[:1].upper()}{seat[1:]} decides, aloud · all look on, all may talk"


def chance_is_sealed(seat: str) -> str:
    """Say why no chance is shown to the room."""
    return f"Its chance is only for {seat} to know."
