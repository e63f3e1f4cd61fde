"""What effects, conditions and their parts are called where they are written by form."""

from __future__ import annotations

DOES, ABOUT = "does", "about"
THAT_SEAT, THAT_TRACK = "that seat", "that number"
YES, NO = "so", "not so"
NOTHING_IN_IT = "nothing in it yet"
ADD = "Enter adds one; on a line Enter changes it and ← takes it out."

KINDS = {
    "shift/track": "shift a track",
    "shift/good": "shift a good",
    "shift/influence": "shift influence",
    "ease": "ease a track toward a value",
    "flag": "raise or lower a flag",
    "points": "give or take points",
    "choose": "ask a seat to choose",
    "vote": "ask several seats, and count",
    "roll": "roll dice",
    "if": "if something holds",
    "each/seats": "the same for each of several seats",
    "each/tracks": "the same for each of several tracks",
    "later": "later, in the news",
    "order": "a seat goes first or last in the next round",
    "news": "an event card comes, or may be drawn",
    "end": "the game ends at once",
    "draw": "draw cards",
    "lose": "lose cards",
    "give": "give a seat a card of its own",
    "peek/track": "show a hidden track",
    "peek/good": "show what a seat holds",
    "peek/dial": "show how a dial is set",
    "locate": "show a bottleneck",
    "expose": "bring a secret deal to light",
    "break": "a seat breaks its deal",
    "transfer": "goods change hands",
    "condition/track": "where a track stands",
    "condition/good": "how much a seat holds",
    "condition/influence": "how much influence a seat has",
    "condition/hand": "how many cards a seat holds",
    "condition/dial": "how a dial is set",
    "condition/card": "whether a card has been played",
    "condition/flag": "whether a flag is up",
    "condition/deal": "how a certain deal stands",
    "condition/deals": "how many deals there are",
    "condition/round": "which round it is",
    "condition/seat": "whether a seat is ruined",
    "condition/all": "all of several",
    "condition/any": "any of several",
    "condition/not": "that something is not so",
    "number/track": "where a track stands",
    "number/good": "how much a seat holds",
    "number/influence": "the influence of a seat",
    "number/hand": "the cards in a hand",
    "per/track": "the steps of a track",
    "per/good": "the lots of a good",
    "per/influence": "the influence of a seat",
    "per/hand": "the cards in a hand",
    "modifier/track": "each step of a track",
    "modifier/good": "each lot of a good",
    "modifier/when": "something that holds",
}
"""What an operator does, or a record is about: by its name and, of several things, that one's."""

LABELS = {
    "rounds": "for rounds",
    "later/rounds": "rounds later",
    "condition/rounds": "in the last rounds",
    "news/rounds": "rounds from now",
    "news/card": "event card",
    "order/goes": "goes",
    "locate/rounds": "known for rounds",
    "break/by": "broken by",
    "seat": "seat",
    "condition/seat": "seat",
    "choose/options": "answers",
    "choose/prompt": "question",
    "vote/prompt": "question",
    "vote/yes": "answer for it",
    "vote/no": "answer against it",
    "vote/at_least": "carried with",
    "vote/then": "if it is carried",
    "vote/otherwise": "if it is not",
    "vote/each": "happens to who is for it",
    "option/label": "answer",
    "option/effects": "then",
    "option/needs": "only if",
    "modifier/label": "name",
    "modifier/each": "per cent each",
    "modifier/add": "per cent",
    "modifier/when": "while",
    "influence": "seat",
    "shift/per": "for each of",
    "per/every": "once for every",
    "hand": "seat",
    "over": "above another number",
    "if/when": "if",
    "later/effects": "happens",
    "each/effects": "happens to each",
    "roll/base": "chance, %",
    "roll/modifiers": "better or worse",
    "success": "if it works",
    "failure": "if it fails",
    "triumph": "if it works by the margin",
    "disaster": "if it fails by more",
    "flag/on": "it is",
    "peek/to": "shown to",
    "locate/to": "shown to",
    "expose/to": "suspected by",
    "suspected_by": "already suspected by",
    "expose/what": "comes to light",
    "cards": "how many",
    "count": "how many",
    "is": "that is",
    "deals": "which deals",
    "rung": "from rung",
    "not": "what is not so",
    "all": "questions",
    "any": "questions",
}
"""What a field is called, by its name or by its record's and its own; else by its own name."""

HELPS = {
    "rounds": "0 is for good.",
    "news/rounds": "0 shuffles it into the deck.",
    "condition/rounds": "1 is this round; blank is ever.",
    "between": "Two seats.",
    "over": "What is asked for is the difference: 1 more, 0 as much, −1 less.",
    "toward": "One step of the way.",
    "choose/prompt": "What the seat is asked, aloud.",
    "choose/options": "Two or more; the first is the neutral one.",
    "vote/prompt": "What they are asked, aloud, in the order of the seats here.",
    "vote/at_least": "So many of them must be for it.",
    "modifier/label": "What those who see the roll read of it.",
    "roll/modifiers": "What changes the chance.",
    "option/label": "What the seat says or does, in a few words.",
    "suspected_by": "Only a deal that this seat suspects.",
}
"""A sentence on a field, where its label is not enough."""

WANTED = {
    "prompt": "What is the seat asked?",
    "if/when": "If what? Ask a question.",
    "effects": "What happens then? Add an effect.",
    "to": "Who gets to know it? Mark a seat.",
    "between": "Between whom? Mark two seats.",
    "option/label": "The answer in words.",
    "yes": "The answer in words.",
    "no": "The answer in words.",
    "seats": "Which of them? Mark two or more.",
    "modifier/label": "A few words that name it.",
    "all": "Which questions? At least one.",
    "any": "Which questions? At least one.",
    "deals": "Which deals? Enter says so, also of any.",
}
"""What is said while a field that is needed is empty."""

VALUES = {
    "kept": "signed and never broken",
    "delivered": "delivered on at least once",
    "proved": "proved before all",
    "suspected": "suspected by a seat",
    "now": "the round now",
}
"""What a word of the decks means, where it doesn't speak for itself."""


def label(record: str, field: str) -> str:
    return LABELS.get(f"{record}/{field}") or LABELS.get(field) or field.replace("_", " ")


def help_on(record: str, field: str) -> str:
    return HELPS.get(f"{record}/{field}") or HELPS.get(field, "")


def wanted(record: str, field: str) -> str:
    """Say what is missing while a field is empty."""
    known = WANTED.get(f"{record}/{field}") or WANTED.get(field)
    return known or f"“{label(record, field)}” is still empty."


def kind(record: str, subject: str, told: str) -> str:
    """Say what an operator or record does; `told` is what is written of one that has no words here."""
    known = KINDS.get(f"{record}/{subject}" if subject else record)
    return known or " ".join(filter(None, (_first_words(told) or record, subject.replace("_", " "))))


def _first_words(told: str) -> str:
    clause = told.strip().split(".")[0].split(",")[0].split(":")[0].replace("`", "").strip()
    return clause[:1].lower() + clause[1:]


def value(word: object) -> str:
    return VALUES.get(str(word), str(word))


def unfinished(what: str) -> str:
    return f"{what} …"
