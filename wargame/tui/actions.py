"""Every action of the program, once: its id, keys, label and help.

A screen lists the ids it understands in `BINDINGS = bindings("why", "offer", …)` and has an `action_…`
method for each; the palette, the help screen and the hints of the bottom line read the same table.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """Something a person may do. `keys` as Textual names them, `shown` as a person does.

    `run` is the action string, where it is not the id.
    """

    id: str
    keys: str
    shown: str
    label: str
    help: str
    group: str = "anywhere"
    run: str = ""

    @property
    def action(self) -> str:
        return self.run or self.id.replace("-", "_")


ACTIONS: tuple[Action, ...] = (
    # moving about
    Action("do", "enter", "Enter", "do it", "Do what the lit row says.", "rows"),
    Action("turn-back", "left", "←", "turn", "Turn the dial of the lit row back.", "rows", "turn(-1)"),
    Action("turn-on", "right", "→", "turn", "Turn the dial of the lit row on.", "rows", "turn(1)"),
    Action("next-pane", "tab", "Tab", "next pane", "Go to the next pane.", "rows", "next_pane"),
    Action("back", "escape", "Esc", "back", "Go back; nothing is lost. At the bottom: pause.", "rows"),
    Action("open", "space", "Space", "open", "Take the seat, or show the covered screen again.", "rows"),
    Action("page-on", "pagedown", "PgDn", "scroll", "Scroll the text on.", "rows", "page(1)"),
    Action("page-back", "pageup", "PgUp", "scroll back", "Scroll the text back.", "rows", "page(-1)"),
    *(
        Action(
            f"light-{n}", f"{n}", f"{n}", f"row {n}", f"Light the row numbered {n}.", "rows", f"light({n})"
        )
        for n in range(1, 10)
    ),
    # looking
    Action("why", "w", "w", "why", "Explain the lit row: odds, cause, or why it is refused.", "looking"),
    Action("compare", "c", "c", "compare", "Compare with the row lit before.", "looking"),
    Action("board", "b", "b", "board", "Look at the public board.", "looking"),
    Action(
        "know", "i", "i", "what I know", "Read the briefing, the agenda and all that only I know.", "looking"
    ),
    Action("log", "l", "l", "log", "Read what has happened so far.", "looking"),
    # a seat's turn
    Action("offer", "o", "o", "offer", "Propose a deal to another seat.", "a turn"),
    Action("discard", "d", "d", "discard", "Give up a card for the action printed on the board.", "a turn"),
    Action("tell", "t", "t", "tell", "Tell the table which card I will play; it need not be true.", "a turn"),
    Action("undo", "u", "u", "undo", "Take back the last move of this turn.", "a turn"),
    Action("end", "e", "e", "end turn", "Finish this turn.", "a turn"),
    Action("asked", "y", "y", "asked", "Give a reason and the predictions you are asked for.", "a turn"),
    # the talk before orders
    Action("aside", "t", "t", "side talk", "Note who asks whom aside, before everybody.", "the talk"),
    # watching
    Action("auto", "a", "a", "auto", "Let the steps go on by themselves.", "watching"),
    Action("skip", "s", "s", "skip", "Skip to the end of the steps.", "watching"),
    # facilitating
    Action(
        "facilitate",
        "f2",
        "F2",
        "facilitator",
        "Open the console of the facilitator.",
        "facilitating",
        "app.facilitate",
    ),
    Action("mark", "m", "m", "mark", "Mark the last move as important, or no longer.", "facilitating"),
    Action("note-move", "n", "n", "note", "Write a note or a tag about a move.", "facilitating"),
    Action("find", "f", "f", "find", "Find a row or a move by a part of its name.", "facilitating"),
    Action("hold", "space", "Space", "pause", "Pause the game, or let it go on.", "facilitating"),
    Action(
        "minute", "plus,equals_sign", "+", "a minute more", "Give the turn a minute more.", "facilitating"
    ),
    Action("release", "i", "i", "next inject", "Let the next inject that is set come now.", "facilitating"),
    # setting up
    Action("start", "s", "s", "start", "Start the game as it is set up.", "setting up"),
    Action("name", "n", "n", "name", "Type a name or a number for the lit row.", "setting up"),
    Action("pin", "k", "k", "PIN", "Give the lit seat a PIN, asked for at the hand-over.", "setting up"),
    Action("new", "n", "n", "new game", "Set up a new game.", "setting up"),
    Action("delete-game", "d,delete", "d", "delete", "Delete the lit game; asks first.", "setting up"),
    Action("quit", "q,ctrl+q", "q", "quit", "Leave the program.", "setting up"),
    # when a game is over
    Action("look-back", "v", "v", "replay", "Look back on a finished game, move by move.", "afterwards"),
    Action("report", "x", "x", "report", "Write a page on a finished game beside its save.", "afterwards"),
    # a replay
    Action("step-back", "left", "←", "step back", "Go one move back.", "a replay", "step(-1)"),
    Action("step-on", "right", "→", "step", "Go one move on.", "a replay", "step(1)"),
    Action(
        "row-up", "up", "↑", "row up", "Light the row above; of the moves, go back.", "a replay", "row(-1)"
    ),
    Action(
        "row-down", "down", "↓", "row down", "Light the row below; of the moves, go on.", "a replay", "row(1)"
    ),
    Action("first", "home", "Home", "beginning", "Go to the beginning of the game.", "a replay", "edge(0)"),
    Action("last", "end", "End", "end", "Go to the end of the game.", "a replay", "edge(1)"),
    Action(
        "round-back",
        "left_square_bracket",
        "[",
        "round back",
        "Go a round back.",
        "a replay",
        "turn_of(1,-1)",
    ),
    Action(
        "round-on",
        "right_square_bracket",
        "]",
        "round on",
        "Go to the next round.",
        "a replay",
        "turn_of(1,1)",
    ),
    Action(
        "phase-back", "less_than_sign", "<", "phase back", "Go a phase back.", "a replay", "turn_of(0,-1)"
    ),
    Action(
        "phase-on", "greater_than_sign", ">", "phase on", "Go to the next phase.", "a replay", "turn_of(0,1)"
    ),
    Action(
        "eyes", "e", "e", "eyes", "Look through the next eyes: the room, each seat, everything.", "a replay"
    ),
    Action("eyes-room", "0", "0", "the room's eyes", "See what the whole room saw.", "a replay", "light(0)"),
    Action("slower", "minus", "-", "slower", "Play the moves more slowly.", "a replay", "pace(-1)"),
    Action("faster", "plus", "+", "faster", "Play the moves faster.", "a replay", "pace(1)"),
    Action("jump", "j", "j", "jump", "Go to a round, move, seat, phase, mark or card.", "a replay"),
    Action("search", "f,slash", "f /", "find", "Search moves, reasons and what came of them.", "a replay"),
    Action("again", "full_stop", ".", "again", "Jump or search again, further on.", "a replay"),
    Action("bookmark", "m", "m", "bookmark", "Bookmark this move, or take its bookmark off.", "a replay"),
    Action("note", "n", "n", "note", "Write a note on this move into the save.", "a replay"),
    Action(
        "further",
        "b",
        "b",
        "bots too",
        "Look at what bots decided too, or go on with a search for turning points.",
        "a replay",
    ),
    Action("what-if", "x", "x", "what if", "Make a new save that stops here, to be played on.", "a replay"),
    Action(
        "pane-back",
        "shift+tab",
        "Shift+Tab",
        "page before",
        "Go to the page before.",
        "a replay",
        "next_pane(-1)",
    ),
    # anywhere
    Action("hide", "h,f9", "h F9", "hide now", "Cover the screen at once. F9 works in any layout."),
    Action("pause", "escape", "Esc", "pause", "Stop here: everything is saved already."),
    Action("rules", "r", "r", "rules", "Read the rules; opens at the lit row's section."),
    Action("glossary", "g", "g", "glossary", "Read what a term means; opens at the lit row's."),
    Action("hints", "z", "z", "hints", "Hide the hints of the first turn for all seats, or show them again."),
    Action("settings", "comma", ",", "settings", "Choose theme, glyphs, animations, bell and hints."),
    Action("command-palette", "p,ctrl+p", "p", "palette", "Find any action by typing a part of its name."),
    Action("help", "question_mark,f1", "? F1", "help", "Explain the lit row, and list every key."),
)

BY_ID = {action.id: action for action in ACTIONS}

GROUPS = tuple(dict.fromkeys(act.group for act in ACTIONS))

LIGHT = tuple(f"light-{n}" for n in range(1, 10))
"""The nine digits; a screen that binds them has `action_light(number)`."""


def bindings(*ids: str) -> list[BindingType]:
    """The bindings of these actions, in that order. `KeyError` for an id that is not in the table."""
    return [
        Binding(act.keys, act.action, act.label, show=False, key_display=act.shown, id=id_, tooltip=act.help)
        for id_ in ids
        for act in (BY_ID[id_],)
    ]
