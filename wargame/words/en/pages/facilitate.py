"""What the facilitator's console says: its rows, its forms, and the gate before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

EMPTY = "____"
DO_IT, KEEP_IT = "do it", "keep it"
NO_REASON = "A reason is required: it is kept in the record."
REASON = "reason (required)"
REASON_HELP = "Kept in the record with your name. Nobody reads it until the end."
STANDING_REASONS = (
    "a break",
    "the room asked for it",
    "a rule was misread",
    "to keep to the time",
    "to move the story on",
    "to teach by it",
)
"""Reasons that a facilitator gives again and again, to be picked."""


def whole_number(label: str, least: int, most: int) -> str:
    return f"{label}: a whole number from {least} to {most}."


# --- records of the decks, by form -------------------------------------------------------------------------

DOES, ABOUT = "does", "about"
ANY, NONE = "any", "–"
YES, NO = "so", "not so"
NOTHING_IN_IT = "nothing in it yet"
AND = "; "
ADD = "Enter adds one; on a line Enter changes it and ← takes it out."

KINDS = {
    "shift/track": "shift a track",
    "shift/good": "shift a good",
    "shift/influence": "shift influence",
    "ease": "ease a track toward a value",
    "flag": "raise or lower a flag",
    "points": "give or take points",
    "choose": "ask a seat to choose",
    "roll": "roll dice",
    "if": "if something holds",
    "later": "later, in the news",
    "end": "the storm: the game ends",
    "draw": "draw cards",
    "lose": "lose cards",
    "peek/track": "show a hidden track",
    "peek/good": "show what a seat holds",
    "peek/dial": "show how a dial is set",
    "locate": "show a bottleneck",
    "expose": "bring a secret deal to light",
    "break": "a seat breaks its deal",
    "transfer": "goods change hands",
    "condition/track": "where a track stands",
    "condition/good": "how much a seat holds",
    "condition/flag": "whether a flag is up",
    "condition/deal": "how a certain deal stands",
    "condition/deals": "how many deals there are",
    "condition/round": "which round it is",
    "condition/seat": "whether a seat is ruined",
    "condition/all": "all of several",
    "condition/any": "any of several",
    "condition/not": "that something is not so",
    "modifier/track": "each step of a track",
    "modifier/good": "each lot of a good",
    "modifier/when": "something that holds",
}
"""What an operator does, or a record is about: by its name and, of several things, that one's."""

LABELS = {
    "rounds": "for rounds",
    "later/rounds": "rounds later",
    "locate/rounds": "known for rounds",
    "break/by": "broken by",
    "seat": "seat",
    "condition/seat": "seat",
    "choose/options": "answers",
    "choose/prompt": "question",
    "option/label": "answer",
    "option/effects": "then",
    "option/needs": "only if",
    "modifier/label": "name",
    "modifier/each": "per cent each",
    "modifier/add": "per cent",
    "modifier/when": "while",
    "shift/influence": "seat",
    "if/when": "if",
    "later/effects": "happens",
    "roll/base": "chance, %",
    "roll/modifiers": "better or worse",
    "success": "if it works",
    "failure": "if it fails",
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
    "between": "Two seats.",
    "toward": "One step of the way.",
    "choose/prompt": "What the seat is asked, aloud.",
    "choose/options": "Two or more; the first is the neutral one.",
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


# --- acts, by form -----------------------------------------------------------------------------------------

BOTS = {"greedy": "greedy", "random": "random", "search:64": "search (slow)"}
NOW, ALL, NOBODY, THE_ROOM = "now", "all", "nobody", "the room"
WHEN, WHEN_HELP = "when", "Now is before anything else."
HEARD_BY, HEARD_BY_HELP = "heard by", "The seats that hear of it. None marked: all."
WHAT, HOW, NAME = "what", "how", "name"
TRACK, SEAT, GOOD, FLAG, CARD = "track", "seat", "good", "flag", "card"
SET_IT = "set it"
NOTHING_CHANGES = "nothing changes"
PHASES = {
    "news": "news",
    "talk": "talk",
    "orders": "orders",
    "answers": "answers",
    "reveal": "reveal",
    "resolution": "resolution",
    "upkeep": "upkeep",
}

INJECT_TITLE, INJECT_IT = "INJECT AN EVENT CARD", "inject it"
CARD_HELP = "Enter opens the list; there f finds."
WRITE_TITLE = "WRITE A CARD ON THE SPOT"
TITLE, TITLE_HELP = "title", "The headline that the room reads."
TEXT, TEXT_HELP = "text", "What has happened, in a sentence or two."
EFFECTS = "effects"
PLACES, PLACES_HELP, NO_PLACES = "on the map", "Places that light up.", "none"
CARD_NEEDS = {"title": "The card needs a title.", "text": "The card needs a text."}
SCHEDULED_TITLE = "INJECTS THAT ARE SET"
INJECT, INJECT_HELP = "inject", "Nobody but you knows of them."
NO_INJECT_SET = "No inject is set for a later round."
SET_INJECT = {"shift": "move it to another round", "hold": "hold it back", "cancel": "cancel it"}


def in_news_of(round_: int) -> str:
    return f"in the news of round {round_}"


def only_tells(who: str) -> str:
    return f"It only tells; read by {who}."


ADJUST_TITLE = "SET A NUMBER"
NUMBERS = {"track": "a track", "good": "a good", "influence": "influence", "flag": "a flag"}
SET_TO, IT_IS = "set to", "it is"
FOR_ROUNDS, FOR_ROUNDS_HELP = "for rounds", "Counting this one; 0 is for good."
SEEN_AS_YOURS = "Those who see it see the change, as the white cell's doing."


def flag_stands(flag: str, up: int | None, rounds: int) -> str:
    """Say whether a flag is up, and until which of the `rounds`."""
    if up is None:
        return f"{flag}: not so now."
    return f"{flag}: so, {'for good' if up > rounds else f'to round {up}'}."


def stands_at(value: int) -> str:
    return f"It stands at {value}."


def goes_to(most: int, value: int, band: str) -> str:
    return f"It goes from 0 to {most}; {value} is {band}."


ROLL_TITLE, ROLL, ROLL_HELP = "SET A COMING ROLL", "roll", "Those that are coming stand first."
NEXT_ROLL = "the next roll of all"
RESULT = "result"
RESULTS = {"works": "it works", "fails": "it fails", "die": "a number", "luck": "leave to luck"}
DIE, DIE_HELP = "the die shows", "At or below the chance it works."
ROLL_IS_TOLD = "All who see the roll are told that it was set."


def any_of(what: str) -> str:
    return f"any of {what}"


ADJUDICATE_TITLE, RULE = "A SEAT PROPOSES", "rule"
ARGUMENT_TITLE, ARGUMENTS, TAKES_OUT = "AN ARGUMENT", "arguments", "← takes one out."
SIDE, SIDES, WHAT_IS_SAID, WEIGHS = "side", {"pro": "pro", "con": "con"}, "what is said", "weighs, %"
ARGUMENT_NEEDS_TEXT = "An argument has a text."
PROPOSAL, PROPOSAL_HELP = "proposal", "What it wants to do and no card covers."
PROPOSAL_NEEDED = "What the seat proposes, in words."
STARTS_AT, TO_START_WITH = "starts at, %", "to start with"
DECIDED_BY = "decided by"
DECIDED = {"dice": "the dice decide", "works": "I decide: it works", "fails": "I decide: it fails"}
IF_WORKS, IF_FAILS, WORKS, FAILS = "if it works", "if it fails", "works", "fails"

PAUSING = ("PAUSE THE GAME", "pause", "the game is paused")
GOING_ON = ("LET THE GAME GO ON", "go on", "the game goes on")
"""A form's title, what it does, and what is said when it is done."""
SKIP = "skip"
BOTS_TITLE, LET_THEM, UNTIL = "BOTS PLAY ON", "let them", "until"
END_OF_GAME = "the end of the game"


def skip_title(who: str) -> str:
    return f"SKIP {who.upper()}"


def skip_told(who: str) -> str:
    return f"{who} does nothing more this turn, or takes the neutral answer to what it is asked."


def start_of(round_: int) -> str:
    return f"the start of round {round_}"


def bots_play(until: str) -> str:
    return f"bots play on {until}"


SEATS_TITLE, BOT, FROM_THEN_ON = "WHO PLAYS A SEAT", "bot", "from then on"
CHAIRS = {
    "bot": "a bot plays it",
    "back": "a person has it back",
    "late": "somebody arrives late",
    "leaves": "its person leaves early",
    "all": "all that bots stand in for are given back",
}
STANDS_IN = "It plays people's seats meanwhile; 9 gives them all back."
TURNS_GO_BY = "its turns go by"
BOTS_UNTIL, WHILE_NOBODY = "bots play until", "While nobody sits here."


def played_by(seat: str, name: str, kind: str) -> str:
    return f"{seat} is played by {name} ({kind})"


def now(said: str) -> str:
    return f"{said} now."


TIMERS_TITLE, PHASE = "TIME FOR A TURN", "phase"
SECONDS, SECONDS_HELP = "seconds", "0 is without a limit."
WARNING, WARNING_HELP = "warning before", "0 is none."
MORE_NOW, MORE_NOW_HELP = "more now", "More seconds for this turn, or less."
WHEN_TIME_IS_UP = (
    "When the time is up the turn ends with what was laid down; a question gets its first answer."
)


def time_for(phase: str, seconds: int, more: str) -> str:
    limit = f"{seconds} s" if seconds else "no limit"
    return f"time for {phase}: {limit}{f', {more} s for this turn' if more else ''}"


def time_noted(said: str, reason: str) -> str:
    return f"{said[:1].upper()}{said[1:]}. {reason}"


REWIND_TITLE, GO_BACK = "GO BACK TO A MOVE", "go back"
AFTER_MOVE, AFTER_MOVE_HELP = "after move", "The last move that stays."
BACK_HOW = {"rewind": "under new luck", "branch": "as the dice fell there"}
NOT_SAVED = "This game is not saved, so it can't be taken back."
STANDS_THERE = "The game stands after that move already."


def at(round_: int, phase: str) -> str:
    return f"R{round_} {phase}"


FIRST = "before everybody's first move"


def move_row(move: int, when: str, said: str) -> str:
    """Say which move it is; without `when` it is the one before everybody's first."""
    return f"m{move} {when or FIRST}: {said}"


def another_line(end: int) -> str:
    return f"another line, up to m{end}"


TALK_TITLE, RECORD_IT = "A TALK AWAY FROM THE TABLE", "record it"
BETWEEN, BETWEEN_HELP = "between", "Who spoke: two seats or more."
AGREED, AGREED_HELP = "agreed", "What they agreed, or that they did not."
HEARD_HELP = "What this side took from it; only it reads this."
TALK_RECORDED = "the talk is in the journal"


def heard(seat: str) -> str:
    return f"{seat} heard"


NOTE_TITLE, MOVE, NOTE, TAG = "NOTE, TAG, MARK", "move", "note", "tag"
FOR_YOU, PRIVACY = "for you alone", {"no": "no", "yes": "yes"}
IMPORTANT, BOOKMARK = "important", "bookmark"
MARKS = {"": "as it is", "on": "mark it", "off": "no longer"}
NOTE_NEEDED = "Write a note or a tag, or mark the move."


def journal_kept(move: str) -> str:
    return f"in the journal, with move {move}"


# --- the gate ----------------------------------------------------------------------------------------------

NO_FACILITATOR = "This game has no facilitator. `wargame facilitate NAME` opens it with one."
OPEN_CONSOLE, BACK_TO_TABLE = "open the console", "back to the table"
WRONG_PIN = "That is not the facilitator's PIN."
PASS_TO, SPACED, LOOK_AWAY = (
    "Pass the keyboard to the",
    "F A C I L I T A T O R",
    "Everyone else looks away: the console shows everything.",
)
OWN_PIN_TITLE = "A PIN FOR THE FACILITATOR"
OWN_PIN = (
    "The console asks for it from now on: four to twelve digits or letters. It is a courtesy lock; whoever "
    "holds the saved game holds all its secrets."
)
FIRST_PIN = (
    "This game has a facilitator, whose console shows every hand and secret. Choose its PIN before anybody "
    "else takes the keyboard: F2 asks for it from now on."
)
SET_PIN, WITHOUT_PIN = "set it", "without one"
WITHOUT_TITLE, WITHOUT_VERB = "A CONSOLE WITHOUT A PIN?", "without a PIN"
WITHOUT = "Whoever presses F2 then sees everything. You can still set one on the console."
PAUSED_PAGE = ("P A U S E D", "", "The facilitator lets the game go on.")
WAITING_PAGE = (
    "N O B O D Y   S I T S   H E R E",
    "",
    "The bots have played up to this round.",
    "The facilitator says how it goes on.",
)
FACILITATOR, PAUSE = "facilitator", "pause"
SETUP_ROW, SETUP_NOBODY, SETUP_PIN = "Console", "no facilitator", "facilitator, PIN ····"
SETUP_TITLE, SETUP_NAME = "THE FACILITATOR", "the facilitator"
SETUP_ABOUT = (
    "Somebody may lead the game from a console that sees everything: F2 opens it, and asks for the PIN that "
    "k sets here. Without a facilitator F2 shows nothing where several people play."
)


# --- what the console shows --------------------------------------------------------------------------------

BANNER = " FACILITATOR ▣ SEES EVERYTHING: off the wall "
PAUSED, WHITE, WHITE_CELL = "PAUSED", "WHITE", "white"
TO_DO, JOURNAL, COMING, SITUATION = "WHAT TO DO", "JOURNAL", "COMING", "AS IT TRULY STANDS"
MORE = "more …"
AND_COMMA, AND_DOT = ", ", " · "
TRACKS, DEALS, FLAGS, NO_DEALS, NO_FLAGS = "TRACKS", "DEALS", "FLAGS", "none", "none"
HOLDS, HAND, AGENDA, LAID = "holds", "hand", "agenda", "laid"
SET_FOR_LATER, NOTHING_SET = "SET FOR LATER", "nothing"
NO_INJECTS, HELD_BACK = "no inject is set", "held"
COMING_ROLLS, NO_ROLLS = "COMING ROLLS", "none that is known now"
WHO_PLAYS, NO_LIMITS = "WHO PLAYS", "no limits"
ON_LEFT_LINES, NOTHING_YET, THE_START = "ON LINES THAT WERE LEFT", "nothing yet", "the start"
KINDS_OF_REMARK: dict[str, str] = {}
"""What the journal calls a line of its own, where its kind is no English word."""


def round_short(round_: int) -> str:
    return f"R{round_}"


def time_left(left: str, of: str) -> str:
    return f"{left} of {of}" if of else left


def deal(pair: str, name: str, secret: bool, left: int) -> str:
    return f"{pair} {name}{' (secret)' if secret else ''}, {left} to go"


def score(said: str, influence: int) -> str:
    return f"score {said} · ¤{influence}"


def inject(nth: int, round_: int, held: bool, title: str) -> str:
    return f"{nth}  round {round_}{', held back' if held else ''}: {title}"


def for_alone(seats: Iterable[str]) -> str:
    return f"for {', '.join(seats)} alone"


def roll_set(what: str, die: int) -> str:
    return f"set: {what} shows {die}"


def plays(name: str, kind: str, locked: bool) -> str:
    return f"{name} · {kind}{' · has a PIN' if locked else ''}"


def limit(phase: str, seconds: str, warning: str) -> str:
    return f"{phase:<11} {seconds}{f', warning at {warning}' if warning else ''}"


def short_limit(phase: str, seconds: str) -> str:
    return f"{phase} {seconds}"


def bots_alone(round_: int, until: int) -> list[str]:
    """Say what it means that nobody sits at the table and bots play until a round, or to the end (0)."""
    now = f"Nobody sits at the table then: bots play on from round {round_}"
    if not until:
        return [f"{now}, to the end of the game."]
    return [f"{now}. At the start of round {until} the table waits for you."]


def nothing_left_behind(move: int) -> str:
    return f"Nothing of this line is left behind: the game goes on after move {move}."


def own_move(move: int, said: str) -> str:
    return f"m{move} {said}"


def left_behind(rounds: tuple[int, int], first: int, last: int, said: str, mine: list[str]) -> list[str]:
    """Say what is no longer so when the game goes on after an earlier move."""
    several = last != first
    moves = f"moves m{first} to m{last}, from" if several else f"move m{first},"
    when = f"rounds {rounds[0]} to {rounds[1]}" if rounds[0] < rounds[1] else f"round {rounds[1]}"
    more = [f"{len(mine) - 3} more"] if len(mine) > 3 else []
    undone = [f"What you did there is undone: {'; '.join([*mine[:3], *more])}."] if mine else []
    return [
        f"What goes from the game ({when}): {moves} “{said}”{' on' * several}.",
        *undone,
        "That line stays in the file, with your reason, and a branch leads back to it.",
    ]


def taken_back(who: str, reason: str) -> str:
    return f"back {who or WHITE_CELL}: {reason}"


def because(why: str) -> str:
    return f"because: {why}"


def time_was_up(said: str) -> str:
    return f"{said} (time was up)"


def remark(kind: str, text: str, data: Mapping[str, Any]) -> str:
    """Put one line of the journal into words, if it is not one of those that `Words.arranged` tells."""
    on = data.get("on") is not False
    match kind:
        case "prediction":
            return f"{data.get('question')}: {data.get('percent')} %"
        case "mark":
            return "important" if on else "no longer important"
    return text


# --- how a form is filled in -------------------------------------------------------------------------------

WHAT_COMES_OF_IT, NOT_YET, AS_YAML, AS_YAML_ROW = "WHAT COMES OF IT", "NOT YET", "AS YAML", "as YAML…"
ADDS_ONE, ADD_ONE, CHANGE_IT, READ_IT, TYPE = "+ Enter adds one", "add one", "change it", "read it", "type"
CHOOSE, TURN, DIAL, PICK, TAKE_OUT = "choose", "turn", "dial", "pick", "take it out"
ROWS, LEAVE_IT, BACK, LOOK, FIND, DONE = "rows", "leave it", "back", "look", "find", "DONE"
MARK_IT, TAKE_IT, NOTHING_FOUND = "mark it", "take it", "nothing of that name"
FIND_PROMPT = "a part of the name; nothing shows all again"
SCROLL, BACK_TO_FORM = "scroll", "back to the form"
ABOUT_YAML = "For the list `injects` of an exercise file; on the clipboard where the terminal lets it."


def to_act(verb: str) -> str:
    return f"to “{verb}”"


def finding(title: str, part: str) -> str:
    return f"{title} · with “{part}”" if part else title


# --- the console's rows ------------------------------------------------------------------------------------

GROUPS = (
    ("SEE", ("situation", "journal")),
    ("CARDS", ("inject", "write", "scheduled")),
    ("NUMBERS AND DICE", ("adjust", "roll", "adjudicate")),
    ("THE GAME", ("pause", "skip", "seats", "timers", "bots", "rewind")),
    ("THE RECORD", ("talk", "note", "pin", "unpin")),
)
"""The rows of the console under their headings."""
ACTS = {
    "situation": "situation",
    "journal": "journal",
    "inject": "inject a card…",
    "write": "write one on the spot…",
    "scheduled": "scheduled injects…",
    "adjust": "track, good, flag…",
    "roll": "set a coming roll…",
    "adjudicate": "adjudicate…",
    "pause": "pause…",
    "skip": "skip the seat to act…",
    "seats": "seat ↔ bot, late, leaves…",
    "timers": "timers…",
    "bots": "bots play on until…",
    "rewind": "rewind to…",
    "talk": "side talk…",
    "note": "note, tag, mark…",
    "pin": "my PIN…",
    "unpin": "no PIN any more…",
}
GO_ON_ROW, LEAVE_ROW = "go on…", "back to the table"
IS_OVER = "The game is over: only the journal and going back are left."
OPEN, LIGHT, MARK, PANE, TO_TABLE = "open", "light", "mark", "pane", "to the table"
PAUSE_NOW, GO_ON_NOW, ONE_MINUTE, RELEASE = "pause", "go on", "a minute more", "next inject"
FIND_MOVE = "a move to write about"
UNPIN_TITLE, UNPIN_VERB = "TAKE YOUR PIN AWAY?", "take it away"


def goes_on_after(move: int) -> str:
    return f"the game goes on after move {move}"


def done(said: str) -> str:
    return f"done  {said}"


def marked(move: int, on: bool) -> str:
    return f"move {move} is marked as important" if on else f"move {move} is no longer marked"


TITLES = {
    "situation": SITUATION,
    **dict.fromkeys(("journal", "rewind", "note", "talk"), JOURNAL),
    **dict.fromkeys(("inject", "write", "scheduled"), "INJECTS"),
    **dict.fromkeys(("seats", "pin", "unpin", "bots"), "SEATS"),
    "roll": "DICE",
    "timers": "CLOCKS",
}
"""What stands over the middle of the console, by the lit row; else how it truly stands."""
AT_ONCE = "at the console"
"""The reason that is kept of what is done with one key."""
NO_CLOCK = "No clock is running: timers… sets one."
MINUTE_NOTED, MINUTE_DONE = "A minute more for this turn.", "a minute more for this turn"
