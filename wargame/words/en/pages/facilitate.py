"""What the facilitator's console says: its rows, how a form is filled in, and the gate before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wargame.counting import several

EMPTY, NONE = "____", "–"
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
WITHOUT_PIN = "without one"
WITHOUT_TITLE, WITHOUT_VERB = "A CONSOLE WITHOUT A PIN?", "without a PIN"
WITHOUT = "Whoever presses F2 then sees everything. You can still set one on the console."
PAUSED_PAGE = ("P A U S E D", "", "The game waits until the facilitator lets it go on.")
WAITING_PAGE = (
    "N O B O D Y   S I T S   H E R E",
    "",
    "The bots have played up to this round.",
    "The game waits until the facilitator says how it goes on.",
)
FACILITATOR, PAUSE = "facilitator", "pause"
SETUP_ROW, SETUP_NOBODY, SETUP_PIN = "Console", "no facilitator", "facilitator, PIN ····"
SETUP_NAME = "the facilitator"
SETUP_ABOUT = (
    "Somebody may lead the game from a console that sees everything: F2 opens it, and asks for the PIN that "
    "k sets here. Without a facilitator F2 shows nothing where several people play."
)


# --- what the console shows --------------------------------------------------------------------------------

BANNER = " FACILITATOR ▣ SEES EVERYTHING: off the wall "
PAUSED, HELD, WHITE, WHITE_CELL = "PAUSED", "HELD", "WHITE", "white"
TO_DO, JOURNAL, SITUATION = "WHAT TO DO", "JOURNAL", "AS IT TRULY STANDS"
WHO_IS_IN, NEXT_INJECT, MESSAGES = "WHO IS IN", "NEXT INJECT", "MESSAGES"
MORE = "more …"
AND_COMMA, AND, AND_DOT = ", ", "; ", " · "
TRACKS, DEALS, FLAGS, NO_DEALS, NO_FLAGS = "TRACKS", "DEALS", "FLAGS", "none", "none"
HOLDS, HAND, AGENDA, LAID = "holds", "hand", "agenda", "laid"
SET_FOR_LATER, NOTHING_SET = "SET FOR LATER", "nothing"
NO_INJECTS, HELD_BACK = "no inject is set", "held"
COMING_ROLLS, NO_ROLLS = "COMING ROLLS", "none that is known now"
WHO_PLAYS, NO_LIMITS = "WHO PLAYS", "no limits"
ON_LEFT_LINES, NOTHING_YET, THE_START = "ON LINES THAT WERE LEFT", "nothing yet", "the start"
KINDS_OF_REMARK = {"poll_closed": "poll closed", "floor": "talk"}
"""What the journal calls a line of its own, where its kind is no English word."""


# who is in, and what was asked
AWAY, BOT, NOBODY, FOR_ALL, TURNS_GO_BY = "away", "bot", "nobody", "for all", "its turns go by"
WAITED_FOR, ASKS, CALLS = "waited for", "asks", "asks for the white cell"


def login(name: str) -> str:
    """Call those who play no seat."""
    return {"white": "white cell"}.get(name, name)


def bot(kind: str) -> str:
    return f"bot ({kind})"


def team(name: str) -> str:
    """Say the name of a team before who of it is in."""
    return f"{name}: "


def screens(count: int) -> str:
    return several(count, "screen")


def at_the_console(who: str) -> str:
    return f"{who or WHITE_CELL} at the console"


def messages(waiting: int) -> str:
    """Head what was written, with how much of it waits for an answer."""
    return f"{MESSAGES} · {waiting} {'waits' if waiting == 1 else 'wait'} for you" if waiting else MESSAGES


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
        case "estimate":
            return f"{data.get('percent')} %"
        case "floor":
            return f"over after {data.get('seconds')} s"
        case "request":
            return CALLS if on else "done with"
        case "poll_closed":
            return f"median {data.get('median')} %" if data.get("answers") else "nobody answered"
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
    ("SEE", ("situation", "room", "next", "messages", "journal")),
    ("CARDS", ("inject", "write", "scheduled")),
    ("NUMBERS AND DICE", ("adjust", "roll", "adjudicate")),
    ("THE ROOM", ("message", "poll", "look", "play")),
    ("THE GAME", ("pause", "skip", "seats", "timers", "bots", "rewind")),
    ("THE RECORD", ("talk", "note", "pin", "unpin")),
)
"""The rows of the console under their headings."""
ACTS = {
    "situation": "situation",
    "room": "who is in",
    "next": "next inject",
    "messages": "messages",
    "journal": "journal",
    "inject": "inject a card…",
    "write": "write one on the spot…",
    "scheduled": "scheduled injects…",
    "adjust": "track, good, flag…",
    "roll": "set a coming roll…",
    "adjudicate": "adjudicate…",
    "message": "write to seats…",
    "poll": "poll…",
    "look": "look at a seat's screen…",
    "play": "play a seat here…",
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
OPEN, LIGHT, MARK, TO_TABLE, LEAVE = "open", "light", "mark", "to the table", "leave"
PAUSE_NOW, GO_ON_NOW, ONE_MINUTE, RELEASE = "pause", "go on", "a minute", "inject"
HOLD, LET_GO, SETTLE, LOOK_AT = "hold", "let go", "close", "a screen"
FIND_MOVE = "a move to write about"
UNPIN_TITLE, UNPIN_VERB = "TAKE YOUR PIN AWAY?", "take it away"


LEAVE_TITLE, LEAVE_VERB, LEAVE_CONSOLE = "LEAVE THE CONSOLE?", "leave", "leave the console"
NOTHING_ASKED = "Nobody has asked for you."
NO_MESSAGES = "No messages are written in this game: go to them, and x puts the request away."
NOBODY_IN = "Nobody is in whose screen could be looked at."
NO_PERSON = "No person plays a seat; seat ↔ bot gives one to a person."
WHOSE_SCREEN, WHICH_SEAT = "whose screen", "which seat"


def answer(waiting: int) -> str:
    """Name the key that answers, with how many wait."""
    return f"answer {waiting}"


def settled(seat: str) -> str:
    return f"what {seat} asked is done with"


def whose_screen(badge: str, name: str) -> str:
    return f"{badge} {name}" if badge else name


# somebody's screen, as it is looked at
MIRROR = " YOU LOOK AT "
HAS_LEFT = "has left"


def of_size(columns: int, rows: int) -> str:
    return f"{columns}×{rows}"


# messages and polls of the white cell
MESSAGE_TITLE, ANSWER_TITLE, SEND, SENT = "WRITE TO SEATS", "ANSWER", "send", "the message is sent"
TO_WHOM, TO_WHOM_HELP = "to", "One seat, several or all; nobody else learns of it."
TEXT, TEXT_HELP = "text", "One line; nothing that is written binds."
ANSWERED_ALREADY = "That has been answered meanwhile."
POLL_TITLE, CLOSE_POLL_TITLE, QUESTION = "ASK ALL SEATS FOR ODDS", "CLOSE THE POLL", "question"
ASK, CLOSE_IT = "ask", "close it"
POLL_ASKED, POLL_CLOSED = "all seats are asked", "all read what the poll came to"
POLL_UNANSWERED = "the poll is closed; nobody had answered"


def question_help(most: int) -> str:
    return f"What each seat gives odds for, in per cent; at most {most} characters."


def asked_in(round_: int, who: str) -> str:
    """Head what a seat asked, with who of it did."""
    return f"{who}, {round_short(round_)}" if who else round_short(round_)


def goes_on_after(move: int) -> str:
    return f"the game goes on after move {move}"


def done(said: str) -> str:
    return f"done  {said}"


def marked(move: int, on: bool) -> str:
    return f"move {move} is marked as important" if on else f"move {move} is no longer marked"


TITLES = {
    "situation": SITUATION,
    "room": WHO_IS_IN,
    **dict.fromkeys(("messages", "message", "poll"), MESSAGES),
    "next": NEXT_INJECT,
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
