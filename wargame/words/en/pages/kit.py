"""What the parts of the pages say that many of them share."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.words.en.grammar import joined

PHASES = {
    "briefing": "briefing",
    "news": "news",
    "orders": "orders",
    "answers": "answers",
    "reveal": "reveal",
    "resolution": "resolution",
    "upkeep": "upkeep",
    "debrief": "debrief",
}
"""The phases of a round by their ids."""
ALL_MAY_LOOK = "all may look"
"""Said on pages that are for everybody."""
LINE, RUINED, IN_HAND, DEALS, ON_MOVE, DONE, WAITS = (
    "line", "ruined", "hand", "deals", "to move", "done", "waits",
)  # fmt: skip
CHOOSES = "decides, aloud"
STEP_SCORES = "a step scores"


def of(line: str) -> str:
    """Say what a score is to reach."""
    return f"of {line}"


def in_short(round_: int) -> str:
    return f"R{round_}"


def round_of(nth: int) -> str:
    return f"round {nth}"


def know(seats: Sequence[str]) -> str:
    """Say who knows a track that others do not."""
    return f"{' '.join(seats)} know"


# --- the frame of a page

WHY, NO_MORE, SCROLL = "why", "nothing more to say", "scroll"

# --- deals

NONE_KNOWN, NONE_PUBLIC, A_MEETING = "none that you know of", "none that all know of", "a meeting"
IN_PUBLIC, DUE = "in public", "due"
SIZES = {"small": "small", "large": "large"}
AN_OFFER = {
    (False, False): "an offer from",
    (False, True): "an offer to",
    (True, False): "a counter-offer from",
    (True, True): "a counter-offer to",
}
"""By whether it counters another, and whether it is the reader's own."""


def empty_by(said: str) -> str:
    """Say that a communiqué was published for nothing; the sign of who did so follows."""
    return f"“{said}”, empty, by"


def suspects(rung: int) -> str:
    return f"you suspect rung {rung}" if rung else "you suspect more"


def to_go(rounds: int) -> str:
    return f"{rounds} to go"


def signed_in(round_: int, size: str, left: int) -> str:
    return f"signed in round {round_}{f', {size}' if size else ''}; {left} to go"


def you_will_have(due: str, count: int) -> str:
    return f"{due}; you will have {count}"


def skips(chance: int) -> str:
    return f"It skips a rung: the chance that it holds is {chance} %."


def rung(nth: int) -> str:
    return f"rung {nth}"


# --- a card

FIXED_ON_COMMIT, FIXED = "fixed on commit", "fixed"
QUIET, ONLY_QUIET, AIMED, NEEDS = "Quiet", "the others see only a quiet move", "Aimed", "Needs"
ONCE_A_GAME, NEVER_BACK = "Once a game:", "it never comes back from the discards"
ALWAYS, DOES, WORKS, ELSE, ASKS = "Always", "Does", "Works", "Else", "Asks"
NOTHING_CHANGES, YOU_KEEP, YOUR_SCORE = "nothing changes", "You keep", "Your score"


def speed_of(speed: int, paragraphs: str) -> str:
    return f"speed {speed}{paragraphs and f' · {paragraphs}'}"


def aimed_at(target: str) -> str:
    return f"at {target}"


def short_of(influence: int) -> str:
    return f"¤{influence} short"


def works_and_fails(works: str, fails: str) -> str:
    """Say what a move is worth that may fail."""
    return f"{works} works, {fails} fails"


def counted_from(phase: str) -> str:
    """Say what a deal's worth is counted from: orders and answers see other positions."""
    if phase == "answers":
        return "Counted anew after all orders; cards yet to turn over may change it."
    return "Counted from how all stands now; orders and cards to come may change it."


def on_average(points: str) -> str:
    return f"{points} on average"


def if_both_keep(points: str) -> str:
    """Say what a deal is worth that only both can keep."""
    return f"{points}{',' if points.endswith('average') else ''} if both keep it"


# --- seats, tracks, the news, the state of the world

NOTHING_YET, IN_ORDER, WANTS, FEARS = "nothing yet", "in order", "wants", "fears"
AT, NUMBER_KNOWN_TO, UNKNOWN = "at", "its number is known to", "for a reason kept secret"
UNMOVED, MOVED_UNTOLD = "not moved yet", "moved, but how is not in this record"
CHANGED, NOT_KNOWN = "CHANGED", "kept secret"
WAS_AND_IS = ("was ▫ now ■, since the last orders", "▫ was  ■ now")
"""What the boxes of a track mean, and the same in few columns."""
NOTHING_PUBLIC, SINCE_ORDERS = "nothing that all may see", "SINCE THE LAST ORDERS"


SIGNS = (("▣", "sealed: secret"), ("◧", "suspected"), ("□", "laid open"))
"""What the signs say of who knows a thing."""
PURSE_SIGNS = (("●", "influence"), ("○", "room for more"))
"""What the coins of a purse say."""


def caused(parts: Sequence[tuple[str, str]]) -> str:
    """Say which cause gave which part of a change: '+3 Harvest, −1 Winter'; of a single one only its name."""
    return parts[0][1] if len(parts) == 1 else ", ".join(f"{by} {name}" for by, name in parts)


def several_causes(count: int) -> str:
    """Say that a change has more causes than there is room for."""
    return f"{count} causes"


def reach(line: str) -> str:
    return f"reach {line}"


def seat_stands(score: str, line: str, influence: int, hand: int) -> str:
    return f"score {score}, line to reach {line}, ¤{influence}, hand {hand}"


def only_told(seats: Sequence[str]) -> str:
    return f"only {joined(seats)} {'are' if len(seats) > 1 else 'is'} told how it moves"


def only(seat: str) -> str:
    return f"ONLY {seat.upper()}"
