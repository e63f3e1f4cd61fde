"""What the pages around a game say: home, set-up, a first page, pause, help, glossary, and the end."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.counting import several

BACK, CHOOSE, SCROLL, CHANGE, DO_IT, GO_ON = "Back", "choose", "scroll", "change", "do it", "go on"

# --- home

TITLE = "W A R G A M E"
UNDER = "Several seats, one keyboard, and a record of who knew what."
MENU = {
    "new": "New game",
    "exercise": "Run an exercise",
    "rules": "Rules",
    "settings": "Settings",
    "quit": "Quit",
}
ABOUT = {
    "new": "Choose who sits where and how long it lasts; then play.",
    "exercise": (
        "As its file has prepared it: people, clock, injects, questions. The facilitator's console comes "
        "first, and again with F2 between two turns."
    ),
    "rules": "The rulebook. It opens with r on every screen.",
    "settings": "Theme, glyphs, animations, bell, hints and keys.",
    "tutorial": (
        "The first time here? A small game of two towns and one bridge: you play one of them against a bot, "
        "and a line at the foot says what to do next."
    ),
    "quit": "Leave the program. Every move of every game is on disk already.",
}
TUTORIAL = "Tutorial, ten minutes"
SCENARIOS, CANNOT_BEGIN = "SCENARIOS", "can't be played"
GAMES, NO_GAMES, NOT_KEPT_ANYWHERE = "GAMES", "NO SAVED GAMES YET", "Games are not kept."
ENDED_EARLY, DAMAGED, MENDED, FINISHED = "ended early", "damaged", "mended", "finished"
LAST_MOVE, FILE, STANDS_AT, A_PERSON = "last move", "file", "stands at", "a person"
GOES_ON = "It goes on where it stopped."
SEE_END, GO_ON_WITH, SEE_REST = "see its end", "go on with it", "see what is left"
ONLY_OVER = "Only a game that is over has a replay and a report."
LIGHT_A_GAME = "Light a game first: d deletes it."
DELETE_GAME, DELETE_IT = "DELETE THIS GAME?", "delete it"


def game(people: int, rounds: int, day: str) -> str:
    """Say in short who plays, how long it is, and when it was last played."""
    who = several(people, "person", "people") if people else "bots"
    return f"{who} · {several(rounds, 'round')} · {day}"


def in_round(round_: int) -> str:
    return f"round {round_}"


def kept_in(folder: str) -> str:
    return f"Games are kept in {folder}"


def lies_in(where: str) -> str:
    return f"It lies in {where}"


def same_id(where: str) -> str:
    return f"Another one goes by the same id: {where or 'that of the program'}"


def own_scenarios(folder: str) -> str:
    """Say where a scenario that somebody was sent has to be laid."""
    return f"A scenario of your own, a folder or a .zip, is listed here if it lies in {folder}"


def first_time(seat: str) -> str:
    """Say what a newcomer should do on the row of a new game."""
    keys = "Enter here, then s"
    return f"For the first time? {keys}: you play {seat} against bots, and hints lead you through a turn."


def bot(kind: str) -> str:
    return f"bot ({kind})"


def is_over(replay: str, report: str) -> str:
    return f"It is over: {replay} looks back on it move by move, {report} writes a report beside it."


def deletes(file: str) -> Sequence[str]:
    return f"{file} is deleted for good.", "A report that lies beside it stays."


# --- setting up

NEW_GAME, START, START_GAME, SEATS = "NEW GAME", "Start", "start the game", "SEATS"
SCENARIO, LENGTH, LUCK, NEWS = "Scenario", "Length", "Luck", "News"
BY_CHANCE, AND_AFTER, OF_SCENARIO = "by chance", "and what came after", "of the scenario"
PLAYERS = {"person": "person", "random": "random", "greedy": "greedy", "search": "search"}
KINDS = {
    "person": "A person at this keyboard.",
    "random": "A bot that plays any move at all.",
    "greedy": "A bot that plays what looks best to it now, from what its seat may know.",
    "search": "A bot that plays each move on in many worlds that could be so, and takes what ended best.",
}
A_BOT = "A bot."
SHORT = {
    "person": "at this keyboard",
    "random": "plays anything at all",
    "greedy": "plays what looks best now",
    "search": "tries moves out in many worlds",
}
"""The same on a card."""
SETUP = {
    "scenario": "THE SCENARIO",
    "rounds": "THE LENGTH",
    "seed": "LUCK",
    "hindsight": "THE NEWS",
    "start": "READY",
}
READING = "Reading the scenario …"
ABOUT_SEED = "The same seed and the same moves make the same game. By chance: nobody knows it before the end."
ABOUT_HINDSIGHT = (
    "What was reported after the column was written can be shuffled into the news, to set a game beside "
    "history."
)
WANTS, FEARS = "Wants:", "Fears:"
HAS_PIN, HAS_NO_PIN = "PIN ····  (k changes it)", "PIN none  (k sets one)"
TYPE_SEED, TYPE_NAME, WHOLE_NUMBER, A_NAME = (
    "type a seed", "type a name", "a whole number; nothing: by chance", "a name",
)  # fmt: skip
NOT_A_SEED = "A seed is a whole number from 0 to 2**63 - 1."


def cannot_be_read(complaint: str, more: int, scenario: str) -> str:
    return f"{complaint}{f' and {more} more' if more else ''}; see `wargame check {scenario}`"


def rounds_to(rounds: int, date: str) -> str:
    return f"{several(rounds, 'round')}, to {date}"


def seed(number: int) -> str:
    return f"seed {number}"


def about_length(unit: str, during: str, most: int) -> str:
    return f"A round is {unit}; the story begins {during}. From 1 to {most}."


def how_many_play(people: int) -> str:
    if people == 0:
        return "Bots play; you watch."
    return "One person plays." if people == 1 else f"{people} people share this keyboard."


def keeps_pin(has_one: bool) -> str:
    return f"Enter keeps it · Esc back{' · Del takes it away' if has_one else ''}"


def pin_of(name: str) -> str:
    return f"PIN for {name}"


def with_pin(name: str) -> str:
    return f"{name}, with a PIN"


# --- a seat's first page

YOUR_AIM, YOU_FEAR, YOUR_LINE, MOVES_SCORE, NEEDS_YOU = (
    "YOUR AIM", "You fear:", "YOUR LINE", "WHAT MOVES YOUR SCORE", "WHO NEEDS YOU",
)  # fmt: skip
THREE_THINGS, YOUR_AGENDA = "THREE THINGS YOU CAN DO", "YOUR SECRET AGENDA"
TO_YOUR_ORDERS, TO_THE_NEWS, ALL_YOU_KNOW = "to your orders", "to the news", "all that you know"


def now(value: int) -> str:
    return f"now {value}"


def you_are(seat: str) -> str:
    return f"YOU ARE {seat.upper()}"


def hints_lead(label: str) -> str:
    return f"{label}: hints lead you on"


def tells_the_rest(key: str) -> str:
    return f"… {key} tells the rest"


# --- pause, cover, PIN, a window that is too small

LEAVING, LEAVING_THE_ROOM = "Leaving for the home screen …", "Leaving …"
LEAVE_THE_ROOM = "Leave: the same line and phrase lead back"
TABLE_GOES_ON = "The table does not wait: this page is yours alone."
YOUR_TURN = "Your turn has come: the table waits for you."
TALK_IS_ON = "The talk is on, and ends when you are done with it too."
PAUSED, ON_DISK = "PAUSE", "Every move is on disk already."
PAUSE = {
    "resume": "Go on",
    "hide": "Hide the screen",
    "rules": "Rules",
    "help": "Keys",
    "settings": "Settings",
    "facilitate": "The facilitator's console",
    "home": "Leave for the home screen",
    "pin": "Set a PIN for this seat",
    "unpin": "Take this seat's PIN away",
}
HIDDEN, NOBODY_READS, SPACE_SHOWS = "HIDDEN", "Hidden. Nobody reads on.", "Space shows it again."
SHOW_AGAIN = "show it again"
ABOUT_PIN = (
    "The hand-over asks for it from now on: four to twelve digits or letters. It is a courtesy lock; whoever "
    "holds the saved game holds all its secrets."
)
NOTHING_TYPED = "Nothing was typed, so nothing has changed."
ONCE_MORE = "Once more, against a slip of the finger."
THEY_DIFFER = "The two differ. Type it anew."
SET_IT, LEAVE_IT = "set it", "leave it as it is"
TOO_SMALL = "The window is too small."
MAKE_LARGER = "Make it larger, or the letters smaller; nothing is lost."
CTRL_Q = "Ctrl+q leaves."


def a_pin_for(seat: str) -> str:
    return f"A PIN FOR {seat.upper()}"


def needs_room(width: int, height: int, least_width: int, least_height: int) -> str:
    return f"It is {width} × {height}; the table needs {least_width} × {least_height}."


# --- rules, glossary, help

NO_RULES = "Rules are a scenario's, and there is none here that can be read."
THE_RULES, SECTION, INTO_THE_TEXT = "THE RULES", "section", "into the text"
THE_GLOSSARY, ALL_TERMS, SAME_SECTION = "THE GLOSSARY", "ALL TERMS", "OF THE SAME SECTION"
ABOUT_GLOSSARY = (
    "The glossary",
    "Terms of the row you came from stand first. Enter opens the rulebook at the lit term's section.",
)
NO_GLOSSARY = "The glossary is a scenario's, and there is none here that can be read."
RULES, ITS_SECTION, TERM = "rules", "its section of the rules", "term"
HELP, ELSEWHERE, READ = "HELP", "ELSEWHERE", "read"
SIGNS_HEAD, KEYS_HERE, KEYS_ELSEWHERE = "SIGNS", "KEYS THAT WORK HERE", "KEYS ON OTHER SCREENS"
SIGNS = (
    ("▰▰▰▰▱▱▱▱▱▱ 40 %", "a chance of success"),
    ("▲1 6→7", "a change; up is not good, nor down bad"),
    ("¤4 · ▯5 · ▮", "influence, cards in hand, a card face down"),
)
CLICKABLE = "What can be lit can be clicked."


def not_in_rules(link: str) -> str:
    return f"{link} is not part of the rulebook."


def also(names: Sequence[str]) -> str:
    return f"also {', '.join(names)}"


# --- the end

THE_END, WHO_CAME_OUT = "The end", "WHO CAME OUT HOW"
PAGES = {
    "story": "story",
    "score": "score",
    "moments": "moments",
    "unknown": "unknown",
    "epilogue": "epilogue",
    "terms": "terms",
    "agendas": "agendas",
    "deals": "deals",
    "secrets": "secrets",
}
MOMENTS, AGENDAS = "THE THREE MOMENTS THAT MADE IT", "WHAT EACH WANTED IN SECRET"
DEALS, SECRETS = "EVERY DEAL THERE WAS", "WHAT WAS HIDDEN"
ANOTHER_SEAT, READ_ALOUD, REST_WITH_TAB = (
    "another seat", "read aloud: each its own line", "… the rest with Tab",
)  # fmt: skip
RECORD, NEXT_PAGE, SEAT, HOME, ITS_TERMS = "terms, deals, agendas", "next page", "seat", "home", "its terms"
OUT_OF_THE_ROOM = "leave the room"
NO_FILE = "This game was not kept in a file."
NOTHING_MOVED, NO_SECRETS = "Nothing moved this score.", "There were no secrets."
KEPT, NOT_KEPT, WANTED, NOTHING = "kept", "not kept", "wanted:", "nothing"
NO_EPILOGUE = "The story has no end but these numbers."
EMPTY, NOTHING_SIGNED, ACCUSATIONS = "an empty communiqué", "Nobody signed anything.", "ACCUSATIONS"
TRACKS, STORES, LEVERS = "TRACKS", "STORES", "LEVERS"
WRITING, NO_REPORT, REPORT = "Writing the report …", "NO REPORT WAS WRITTEN", "THE REPORT IS WRITTEN"
OPEN_REPORT = "It holds all secrets of the game. Open it in a browser:"


def below_above(line: str) -> str:
    """Head the scale on which seats stand below or above their line."""
    return f"below {line} above"


def the_end(date: str, outcome: str) -> str:
    """Head the end: when, with what outcome if it came before its time, and that all is laid open."""
    return f"the end · {date}{outcome and f' · {outcome}'} · secrets laid open"


def length(round_: int, rounds: int, moves: int) -> str:
    return f"round {round_} of {rounds}, {several(moves, 'move')}"


def score_of(seat: str, mine: bool) -> str:
    return f"YOUR SCORE, {seat}" if mine else f"THE SCORE OF {seat}"


def not_known_by(seat: str, mine: bool) -> str:
    return "WHAT YOU DID NOT KNOW" if mine else f"WHAT {seat} DID NOT KNOW"


def came_to(seat: str) -> str:
    return f"HOW {seat} CAME TO ITS SCORE"


def the_line(line: str) -> str:
    return f"the line: {line}"


def in_spreads(line: str, sum_: str) -> str:
    return f"to {line}, in its spreads: {sum_}"


def told_in(round_: str, said: str) -> str:
    return f"R{round_} {said}"


def seen_by(seats: str) -> str:
    return f"seen by {seats}"


def working_out(done: int, total: int) -> str:
    """Say how far it has been worked out what strong play would have done."""
    return f"strong play: {100 * done // max(total, 1)} % worked out"
