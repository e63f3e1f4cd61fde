"""What the replay says: its pages, what is asked and answered, the few words between signs."""

from __future__ import annotations

from wargame.counting import plural, several
from wargame.words.en.grammar import capital

PAGES = (
    "moves", "board", "charts", "turning", "deals", "lines", "notes", "history", "predictions",
)  # fmt: skip
"""The names of the pages, in their order."""
TITLE = "A game looked back on"
ABOUT = (
    "← and → go through the moves, [ ] by rounds, < > by phases; j jumps to a round, move, seat, phase, mark "
    "or card, f finds words. The digits choose through whose eyes you look: 0 the room, then the seats, 9 "
    "everything. A seat's eyes show what that seat saw then and nothing else; moves hidden from it are not "
    "even counted. Bookmarks (m) and notes (n) are kept in the save, its moves never change; x makes a new "
    "save that stops here and can be played on. On the page of charts c lays the lit curve over the others "
    "and Enter goes to the next step; on that of lines c lays the lit one beside this one."
)
FIRST = "So the room saw it. 1, 2, … are the eyes of a seat, 9 sees everything."

# --- what frames the pages -------------------------------------------------------------------------------

REPLAY, EYES = "REPLAY", "eyes"
EVERYTHING, THE_ROOM, AS_IT_WAS = "everything, secrets included", "the whole room", "as it was then"
WORLD, LOG = "STATE OF THE WORLD", "THE LOG, newest first"
BEGINS = "THE GAME BEGINS"
WHITE_CELL = "white cell"
NO_SUCH_PLACE = "There is no such place."
ONE_A_SECOND = "1 move a second"
BEFORE = "before the game"


def line_of(number: int, count: int) -> str:
    return f"line {number} of {count}"


def playing(speed: str) -> str:
    return f"playing, {speed} a second"


def speed(moves: str) -> str:
    return f"{moves} a second"


def move_of(move: int, nth: int, moves: int) -> str:
    """Say which move of a line it is: 'move 74 of 198'; with its number in the save where that differs."""
    return f"move {nth} of {moves}" if move == nth else f"move {nth} of {moves}, number {move}"


def where(round_: int, phase: str, seat: str) -> str:
    """Say when it is and who moves: 'R3 answers, ◆NK'."""
    return f"R{round_} {phase}{f', {seat}' if seat else ''}"


# --- what may be done ------------------------------------------------------------------------------------

STEP, TURN_PAGE, LOOK_THROUGH, PLAY = "step", "pages", "eyes", "play"
JUMP, FIND, MARK, NOTE, WHAT_IF, HELP = "jump", "find", "mark", "note", "what if", "help"
LOOK_FOR_THEM, GO_THERE, GO_ON, BOTS_TOO = "look for them", "go there", "go on", "bots too"
LOOK_ALONG, COMPARE, CLOSE = "look along it", "compare", "close"
NEXT_STEP, LAY_OVER = "next step", "lay over"

# --- asking and answering --------------------------------------------------------------------------------

JUMP_TO = "R3, 74, a seat, a phase, mark or words of a card"
FIND_WORDS = "words in moves, reasons and what came of them"
NAME_MARK, WRITE_NOTE = "name of the bookmark", "a note on this move, kept in the save"
NAME_SAVE = "name of a new save that stops here, to play on"
OTHER_SAVE = "another save to lay beside this one"
DO_IT, LEAVE_IT = "do it", "leave it"
READING = "Reading the other game …"
MARK_WORDS = ("m", "mark", "marks", "bookmark")
"""What may be typed for the next move with a mark or note."""
NO_FILE = "This game is in no file, so nothing can be added to it."


def mark_name(round_: int, phase: str) -> str:
    return f"R{round_} {phase}"


def kept(kind: str, *, taken: bool) -> str:
    return f"The {kind} is {'taken off' if taken else 'kept in the save'}."


def branched(name: str) -> str:
    return f"{name} stops here; play it on from home, which Esc leads to."


def no_save(name: str) -> str:
    return f"There is no save {name} beside this one."


def another_game(name: str) -> str:
    return f"{name} is another game by now; open it anew."


def begun(deed: str) -> str:
    """Begin a line with what somebody did."""
    return capital(deed)


def behind_sign(said: str, doer: str) -> str:
    """Leave out at the beginning of a sentence who does it, where a sign before it says so."""
    return capital(said.removeprefix(f"{capital(doer)} "))


# --- moves -----------------------------------------------------------------------------------------------

WHY, CAME = "why", "WHAT CAME OF IT"
INEXACT = "These rules can't make this position again; the last one that could be is shown."
DID_NOT = "IT DID NOT"
PRIVATE, IMPORTANT = " (private)", "important"


def made_by(maker: str) -> str:
    return f"by {maker}"


def quoted_reason(reason: str) -> str:
    return f"“{reason}”"


def knows(name: str, *, now: bool) -> str:
    """Head what a seat knows, or knew when it decided."""
    return f"{name} {'KNOWS' if now else 'KNEW'}"


# --- charts ----------------------------------------------------------------------------------------------

SCORES, STEPS, RUIN = "Scores", "STEPS", "ruin"


def steps(done: int, every: int) -> str:
    return f"{STEPS}  {done} of {every}"


def of_range(low: int, high: int) -> str:
    return f" of {low}–{high}"


def ruin_of(seats: str) -> str:
    return f"{RUIN} of {seats}"


# --- turning points --------------------------------------------------------------------------------------

TRUTH_ONLY = "This page is made from the whole truth: look with everything's eyes (9) to read it."
STARTING, DONT_WAIT = "Starting …", "Go on looking: the replay does not wait for it."
BOT, POINTS, LINE = " (bot)", "points", "line"
CHANCES = "CHANCE TO REACH ITS LINE"


def look_for(decisions: int, playouts: int) -> str:
    return (
        f"Enter looks for them in the background: {several(decisions, 'decision')}, "
        f"up to {several(playouts, 'playout')} each. What is found is kept beside the save."
    )


def progress(stage: str, done: int, total: int, left: float | None) -> str:
    """Say how far it is; `left` are the seconds that it will still take, None if that can't be told yet."""
    minutes = 0 if left is None else round(left / 60)
    about = f"about {several(minutes, 'minute')}" if minutes else "less than a minute"
    return f"{stage}: {done} of {several(total, 'playout')}{f', {about} to go' * (left is not None)} "


def against(what: str) -> str:
    return f"against {what}"


def found(count: int) -> str:
    return f"Turning points are found: {count}."


def not_started(why: str) -> str:
    return f"The processes that play on can't be started: {why}."


# --- deals, history, predictions -------------------------------------------------------------------------

DEALS, NO_DEAL = "DEALS", "no deal is known"
REPORTED, IN_THIS_GAME = "REPORTED", "IN THIS GAME, SO FAR"
NO_HISTORY = "This scenario has no record of what really happened."
NO_PREDICTIONS = "Nobody was asked for a prediction in this game."
BRIER_BOARD = "BRIER SCORES, BEST FIRST"


def brier(score: str) -> str:
    return f", Brier {score}"


# --- notes -----------------------------------------------------------------------------------------------

NOT_FOR_THEM = "No note that these eyes may read; everything's eyes (9) read all."
NO_NOTES = "No notes yet. m marks the move where you stand, n writes a note on it; both are kept in the save."

# --- lines -----------------------------------------------------------------------------------------------

LEFT = {"undo": "an undo", "rewind": "a rewind", "branch": "a branch"}
"""How a line was left, by the save's word for it."""
ENDS_THERE, LATER_VERSION = "ends there", "made a move of a later version"
BY_LUCK = "The move is the same; the dice that fell after it are not."
AS_ROUNDS_BEGAN = ", as a round began; one number: on both"
WON, TRACKS_HEAD, SCORES_HEAD = "won", "TRACKS", "SCORES"
LOOKED_AT = "The line looked at."
ABOUT_LINES = (
    "Enter looks along the lit line. c lays it beside the one looked at; on that one itself, it asks for "
    "another save to lay beside it. x makes a new save that stops here and can be played on."
)


def line_number(number: int) -> str:
    return f"line {number}"


def line_length(moves: int, *, finished: bool) -> str:
    return f"{several(moves, 'move')}, {'finished' if finished else 'not finished'}"


def parts_after(move: int) -> str:
    return f"It parts after move {move}."


def left_with(how: str, who: str, reason: str) -> str:
    by = f" by {who}" if who else ""
    return f"Left with {LEFT.get(how, how)}{by}{f': “{reason}”' if reason else '.'}"


def same_lines(one: str, other: str, moves: int) -> str:
    said = f"{one} and {other} are the same: {several(moves, 'move')}."
    return said[0].upper() + said[1:]


def then_part(moves: int) -> str:
    return f"{several(moves, 'move')} {plural(moves, 'is', 'are')} the same, then they part:"


def same_on_both(names: str) -> str:
    return f"the same on both: {names}"
