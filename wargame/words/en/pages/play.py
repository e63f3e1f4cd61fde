"""What stands on the pages of a seat's turn besides cards and deals: labels, and what keys do."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.counting import several
from wargame.words.en.grammar import capital, joined, quoted

AT_ONCE, ELSE, WORKS, ASKS = "At once", "Otherwise", "It works", "Asks"
HOLDS, FAILS = "✓ now", "✗ not now"
"""Whether a condition holds as things stand."""
IDLE = "As the board stands now it does nothing."
NOT_COUNTED = "What lies face down and acts before it is not counted."
SURE, OVER_LINE = "sure", "over the line"
LIGHT_ANOTHER = "Light another row."
LAYS = "lays it face down"
GIVES_UP, TELLS = "give up", "tell"
GIVES_IT_UP, TELLS_TABLE = "gives it up", "tells the table"
COMPARE, WHY = "compare", "why"
TELL_TABLE, UNDO, END, THAT_IS_ALL = "tell the table", "undo", "end the turn", "that is all"
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
CHANGED_OFFER, AS_OFFERED, YES_BUT = "changed", "nothing", "yes, but"
"""Of a counter-offer: what is other than in the offer that it answers, and how its row is marked."""
YOU_CHANGE, NO_CHANGE = "WHAT YOU CHANGE", "nothing yet: turn a term"
SAY_IT, LOOK_ALONE, LOOK, BOARD, HELP = "say it aloud", "look alone first", "look", "board", "help"
"""What keys do where a seat decides before everybody."""
LOOKS_ALONE, TO_TABLE = "only you look", "back to the table"
"""Of a question that its seat looks at alone, before it answers aloud."""
AGENDA_HOLDS, AGENDA_OPEN = "✓ holds now", "does not hold yet"


def speed(speed: int, quiet: bool) -> str:
    return f"speed {speed}{' · quiet' if quiet else ''}"


def after_these(cards: Sequence[str], does: bool) -> str:
    """Say whether a card does something after those that lie face down and act before it."""
    first = joined(quoted(card) for card in cards)
    return f"After {first} it {'does something' if does else 'does nothing either'}."


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


def score(points: str, line: str, over: bool, public: str = "") -> str:
    """Say how a seat's own score stands, and the `public` one where all others know another."""
    return f"score {points} of {line}{f', {OVER_LINE}' if over else ''}{public and f', public {public}'}"


def rows_below(count: int) -> str:
    return f"↓ {count} more" if count else "↓ more"


TELL_FIRST = "To tell the table of it, press t first: not once it lies face down."
"""What is said of a card that could be told before it is laid down."""


def telling(card: str, pays: int) -> str:
    """Say what telling the table of a card means."""
    return f"You tell the table that you will play {card}. If you do, ¤{pays} more; if not, ¤{pays} less."


def not_told(least: int) -> str:
    return f"A card is told before it is laid down, and only one of ¤{least} or more."


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


def aloud_before_all(seat: str) -> str:
    """Say whose decision it is, before everybody."""
    return f"{seat[:1].upper()}{seat[1:]} decides, aloud · all look on, all may talk"


def chance_is_sealed(seat: str) -> str:
    """Say why no chance is shown to the room."""
    return f"Its chance is only for {seat} to know."


# --- orders and answers

END_TURN, DO, LOOK, TARGET = "end turn", "do", "look", "target"
ENTER = {
    "card": "commit",
    "deal": "mark",
    "answer": "answer",
    "counter": "yes, but",
    "dial": "set",
    "stand": "stand",
    "announce": "publish",
    "accuse": "choose whom",
    "crisis": "answer",
}
"""What Enter does with a row, by its kind."""
ENTER_DOES = {"commit": "Enter commits it", "discard": "Enter gives it up", "signal": "Enter tells the table"}
"""The same for a card, by what a hand is looked through for."""
REPLIES = {"no": "no", "yes": "yes"}
MARKS = {"deliver": "deliver", "short": "short", "stop": "stop"}
ALL_OF_IT = "all of it"
"""Behind the key of the page with all that a seat knows, on a box that has no room for it."""
YES_OR_NO, KNOW, ALL_I_KNOW, KEEP_PLAYING, TO_ORDERS = (
    "yes, no",
    "know",
    "what I know",
    "keep playing",
    "back to the orders",
)
WHY_OF = {
    "deal": "deliver: what is due goes out by itself in the upkeep; → holds back.",
    "accuse": "Enter: say aloud at the reveal which pair has a secret deal, and on which rung.",
}
"""The line on a row that is nothing to play, by its kind."""
LAID = "laid down."
LAID_JUST_NOW = "laid down; u takes back the last move."
"""The same on a row that is done with, and while a move can be taken back."""
DUE_IN_ANSWERS = "What is due goes out by itself in the upkeep; it is marked with the orders, not now."
TO_COUNTER = "Enter opens the terms: change some, and say yes to those."
COMPARED = "COMPARED WITH"
PHRASE_ALONE = (
    "For ¤1 the public reads this at the reveal as if you two had signed something in secret. Nothing is "
    "signed, and the other side knows it."
)
UNLIT_ROW = "Nothing is lit yet. ↑ ↓ or a number lights a row; what it does is told here."
NO_OFFER_WAITS = "No offer waits for your answer. Enter or e ends this turn."
SIGNING, SIGNING_PAID = "¤1 to sign.", "¤1 to sign, which is set aside."
AGENDA, KNOWN_NOW, TOLD_TO_YOU = "AGENDA", "WHAT YOU KNOW NOW", "TOLD TO YOU, AND NOT TO ALL"
POINTS = {"start": "to start with", "points": "other points", "ruin": "ruined"}
"""What a score is made of besides its terms."""
HAND, SIGNED, NONE, WITH, REFUSED, LAPSED = "HAND", "signed", "none", "with", "refused", "not answered"
TURNED_ONLY = "Enter for the dial you turned"
ENTER_WHOM, ACCUSE_WHOM = "Enter: whom", "accuse …"
FIXED_WHEN_CHOSEN = "fixed when you choose"


def of(count: int, most: int) -> str:
    return f"{count} of {most}"


def when(round_: int, rounds: int, phase: str) -> str:
    return f"round {round_} of {rounds} · {phase}"


def in_phase(phase: str, round_: int, rounds: int) -> str:
    return f"{phase} · round {round_} of {rounds}"


def to_reach(score: str, line: str, over: bool) -> str:
    return f"{score}, {OVER_LINE}" if over else f"score {score}, reach {line}"


def score_head(score: str, line: str, public: str = "") -> str:
    return f"YOUR SCORE  {score}, line to reach {line}{public and f'; public {public}'}"


def enter_does(deed: str) -> str:
    """Say what Enter does from a deed in the third person: 'commits X' → 'Enter: you commit X.'"""
    verb, _, rest = deed.partition(" ")
    stem = verb.removesuffix("es" if verb.endswith("shes") else "s")
    return f"Enter: you {f'{stem} {rest}'.rstrip()}."


def say_reply(reply: str) -> str:
    return f"say {reply}"


def more_cards(count: int) -> str:
    return f"{several(count, 'card')} more"


def to_answer(offers: int) -> str:
    return f"{several(offers, 'offer')} to answer"


def answer_to(crisis: str) -> str:
    return f"an answer to {quoted(crisis)}"


def still_possible(things: Sequence[str]) -> str:
    return f"Still possible: {', '.join(things)}."


def leave_unanswered(offers: int) -> str:
    """Say what ending a turn does with offers that wait."""
    return f"leave {'it' if offers == 1 else 'them'} unanswered"


# --- the deal desk, and yes, but

TERMS = {"size": "size", "secrecy": "secrecy", "rounds": "rounds", "more": "more"}
VALUES = {"plain": "as it is", "small": "small", "large": "large", "open": "open", "secret": "secret"}
"""The terms of an offer, and what they may be besides numbers."""
NOTHING_MORE, THEM, A_DEAL, CHANGE, DROP_IT = "nothing", "them", "deal", "change", "drop it"
TO, LADDER, WANTS, NOW = "TO", "LADDER", "wants", "now"
INFLUENCE, A_SCORE = "influence", "score"
AS_BOTH_READ = "AS BOTH WILL READ IT"
BY_ROUND, ROUND_BY_ROUND = "BY ROUND", "ROUND BY ROUND"
NOBODY_TO_SIGN = "There is nobody this seat could sign with."
FORESEEN = "as marked now, nothing more spent; no news, no dice"


def with_purse(head: str, purse: int, signs: bool) -> str:
    return f"{head} · ¤{purse}{', signing costs each ¤1' if signs else ''}"


def in_short(round_: int) -> str:
    return f"R{round_}"


def gap(short: int) -> str:
    return f"{short} short"


def there_is_no(number: int) -> str:
    return f"There is no {number}, so nothing is lit."


def falls_short(round_: int, what: str) -> str:
    return f"R{round_} short {what}"


def would_be_short(goods: Sequence[str]) -> str:
    return f"you would be short of {joined(goods)}"


def used(lots: str, cause: str) -> str:
    """Say what takes some of a good in a round, besides what is delivered."""
    return f"−{lots} a round: {cause}"


def lot_from(what: str, seat: str) -> str:
    return f"{what} from {seat}"


def each_round(who: str) -> str:
    return f"{who}, a round"


def will_answer(who: str) -> str:
    return capital(f"{who} says yes or no; ¤1 is set aside for the signing.")


def has_last_word(who: str) -> str:
    return capital(f"{who} has the last word: yes or no in the answers. ¤1 is set aside for the signing.")


def noticed(base: int, each: int, track: str, above: int, now: int | None) -> str:
    """Say how likely each delivery of a secret deal is to be noticed; `now`: how that track stands."""
    steps = f"({track} − {above})" if above else track
    known = f"now {now}" if now is not None else "unknown to you"
    return f"noticed, each delivery: {base} % + {each} % × {steps}, {known}"


def lay_before(who: str) -> str:
    return f"lay it before {who}"


def say_so_to(who: str) -> str:
    return f"say so to {who}"


# --- accusations, questions, what is asked

ACCUSE, ACCUSE_THEM, SAY_NOTHING = "ACCUSE", "accuse them", "say nothing"
UNHEARD = "Nobody hears of it before the reveal."
LIGHT_AN_ANSWER = "Light an answer to see what it does: ↑ ↓ or its number."
CHOOSE, BACK, KEEP_IT, TYPE_IT, PER_CENT, ONE_LINE = (
    "choose",
    "back",
    "keep it",
    "type it",
    "per cent",
    "one line",
)
NOTHING_AT_ALL = "Nothing"
TOLD_AT_ONCE = "Told to all at once in the resolution. Whoever says nothing gives the first answer."
REASON = "reason"
WHY_THESE = "Why these orders? One line, for the debrief."
ASKED_HEAD = "asked with your orders · nobody reads it until the end"


def accused_of(deal: str) -> str:
    """Shorten 'a secret deal on rung two' for a list of what a pair may be accused of."""
    return capital(deal.removeprefix("a secret deal ").removeprefix("on "))


def on_rung(rung: int) -> str:
    return f", rung {rung}" if rung else ""


def decides_aloud(who: str) -> str:
    return f"{who} decides, aloud"


def looks_alone(who: str) -> str:
    """Title the page on which a seat looks alone at what it is asked."""
    return f"{who}, {LOOKS_ALONE}"


def all_hear(deed: str) -> str:
    return f"{deed}. All will hear it."


def have_said(percent: int) -> str:
    return f"you have said {percent} %"


def type_percent(percent: int) -> str:
    return f"per cent, 0 to 100; nothing keeps {percent}"
