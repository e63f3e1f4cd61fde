"""What the forms of the facilitator's acts say: their titles and fields, what is missing, what was done."""

from __future__ import annotations

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
SET_INJECT = {
    "edit": "read it, change it",
    "shift": "let it come now, or in another round",
    "hold": "hold it back",
    "cancel": "cancel it",
}
NOTHING_CHANGED = "Nothing of it has been changed."
AND = ", "


def as_it_is(round_: int) -> str:
    return f"as it is: round {round_}"


COMES_NEVER = "It will not come."


def comes_in(round_: int, *, held: bool) -> str:
    """Say when an inject comes; 0 is now."""
    if not round_:
        return "It comes now."
    return f"It is held back; set for round {round_}." if held else f"It comes in the news of round {round_}."


def read_by(who: str) -> str:
    return f"Read by {who}."


def lights_up(where: str) -> str:
    return f"On the map: {where}."


def because(why: str) -> str:
    return f"Why: {why}"


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
ARGUMENT_NEEDS_TEXT = "The argument needs a text."
PROPOSAL, PROPOSAL_HELP = "proposal", "What it wants to do and no card covers."
PROPOSAL_NEEDED = "Say in words what the seat proposes."
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
