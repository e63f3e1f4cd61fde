"""What a scenario printed on paper says besides its cards and rules: `wargame print`."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.counting import several
from wargame.words.en.grammar import joined

TITLE = "Print and play"


def not_written(path: str, why: str) -> str:
    return f"The pages can't be written to {path} ({why})."


def no_browser(path: str) -> str:
    return (
        f"No browser was found that could make a PDF. Open {path} in one and print it there: "
        "actual size, no headers and footers, backgrounds on."
    )


def browser_failed(browser: str, path: str) -> str:
    return f"{browser} made no PDF. Open {path} in a browser and print it there: actual size, backgrounds on."


def written(path: str, cards: int) -> str:
    how = "Print it at actual size, without headers and footers, backgrounds on."
    return f"{path}: {several(cards, 'card')}. {how}"


# --- the first page


def how_to_print(backs: bool) -> str:
    sides = "on both sides, turned along the long edge" if backs else "on one side"
    return (
        f"Print at actual size (100 %), {sides}, without headers and footers, with backgrounds. Cut cards "
        "along the marks at the edge of the page. Thin card is best; paper in sleeves with a playing card "
        "behind does."
    )


WHAT_ELSE = (
    "You also need two dice of ten, a counter for each track and good, coins or beads for influence, a "
    "screen to hide the umpire's table, and pencils."
)
READ_ON_PAPER = (
    "The chapter “Playing on paper” of the rules says what the umpire keeps, throws and tells. Read it and "
    "“A round, step by step” before anybody sits down."
)
WHAT, PAGES, FOR_WHOM, HOW_MANY = "What is in here", "pages", "for whom", "how many"
FOR_ALL, FOR_UMPIRE = "everybody", "the umpire alone"
BOARD, TRACKS, UMPIRES, MATS, BRIEFINGS, AGENDAS, ORDERS, RULES = (
    "The board", "The tracks", "The umpire's sheet", "Mat", "Briefing", "Secret agendas", "Order sheets",
    "The rules",
)  # fmt: skip
POLICY, NEWS, DEALS = "Policy cards", "News", "Deal sheets"
ONE_EACH = "one"


def for_seat(party: str) -> str:
    return f"for {party} alone"


def each_its(seats: int) -> str:
    return f"a seat each, {seats} in all"


def sheets_a_seat(rounds: int) -> str:
    return f"two on a page, print it {several((rounds + 1) // 2, 'time')}: one a round"


def of_cards(count: int) -> str:
    return several(count, "card")


# --- a card

KIND_POLICY, KIND_NEWS, KIND_CRISIS, KIND_ACTION, KIND_DEAL, KIND_AGENDA = (
    "policy", "news", "crisis", "printed action", "deal", "secret agenda",
)  # fmt: skip
SPEED, QUIET = "speed", "quiet"
AT = "at"
CUT_AGENDAS = ("Cut out, shuffle face down, let the seat draw one.", "Put the others away unread.")


def comes_in(round_: int) -> str:
    return f"Comes in round {round_}, besides those drawn"


ANY_ROUND = "Any round"


# --- a deal sheet

SIZE, SECRECY, FOR_ROUNDS, SIGNED, IN_ROUND, ADDED, DELIVERED = (
    "size", "how", "for rounds", "signed", "in round", "a counter-offer adds", "delivered, round by round",
)  # fmt: skip
RUNG = "rung"


# --- the board and its tracks


def all_see(names: Sequence[str]) -> str:
    return f"seen by {joined(names)} alone"


BAND_PUBLIC = "all are told the band"
LADDER, WANTS, DIAL, STAND = (
    "The ladder of deals",
    "wants",
    "Dial, set in secret",
    "Joint stand, taken in secret",
)
INITIATIVE, FLAGS_UP = "Initiative", "Raised flags"
KEEP_HIDDEN = "Behind the screen. Nobody but the umpire reads this page."
SECRET_DEALS, COMES_BACK, OWN_POINTS = "Secret deals", "What comes back, and when", "Each seat's own points"
ROUND, BACK = "round", "what comes"
DEAL_HEADS = ("deal", "size", "from", "until", "delivered", "who suspects")
NOTHING_HIDDEN = "No track is hidden."


# --- a mat

AIM, AGENDA_HERE, HELD, INFLUENCE, SCORE, RUNNING = (
    "What counts", "Your secret agenda, face down", "In store", "Influence", "Score", "Your running deals",
)  # fmt: skip


def line_to_reach(line: str, rounds: int) -> str:
    return f"Reach {line} before round {rounds} is over."


def begins_with(start: str) -> str:
    return f"begins with {start}"


def hand_of(cards: int, commits: int) -> str:
    return f"Hand: {cards}. Lay down up to {commits} a round, face down."


def more_each(count: int) -> str:
    return f"+{count} each round"


# --- a briefing on paper

BRIEFING = "briefing"
AGENDA_ON_PAPER = (
    "One thing is not on this sheet: your secret agenda. You draw it as a card; show it to nobody."
)
A_ROUND = "A ROUND ON PAPER"
OF_A_ROUND = (
    ("News.", "The umpire reads the event cards aloud and moves the tracks."),
    ("Talk.", "Ask, promise, threaten, bluff. Nothing said binds; only a signed deal does."),
    ("Orders.", "Fill in your order sheet in secret and lay your cards face down."),
    ("Offers.", "The umpire comes round: answer what lies before you, and write your own."),
    ("Answers.", "The umpire comes round once more and takes the sheets in."),
    ("Reveal.", "All turn up what they laid, but for quiet cards. Open deals are read out."),
    ("Resolution.", "Cards take effect by speed, 1 first. Two dice of ten: at or under the chance works."),
    ("Upkeep.", "Deals deliver, what happens by itself happens, income comes, hands are filled."),
)


# --- an order sheet

ORDER_SHEET = "order sheet"
ORDER_ROUND = "Round"
CARDS_LAID, CHANCE, COSTS, AIMED = "Cards laid down, or the card given up", "chance", "cost", "aimed at"
MY_OFFERS, TO, TERMS = "Offers", "to", "deal, size, open or secret, rounds"
MY_ANSWERS, FROM, YES_NO = "Answers", "from", "yes · no · yes, but …"
MY_MARKS, MARKED = "Running deals (unmarked: in full)", "short · stop"
TOLD_ALOUD, MY_CRISIS, ACCUSED = "Told the table", "Answer to a crisis", "Accusation"
ALL_IN_ALL = "It all costs"
