"""What every key does: its label on the bottom line, and a sentence for the help, the palette and the "
"mouse."""

from __future__ import annotations

GROUPS = {
    "rows": "rows",
    "looking": "looking",
    "turn": "a turn",
    "talk": "the talk",
    "watching": "watching",
    "facilitating": "facilitating",
    "hosting": "screens of their own",
    "setup": "setting up",
    "afterwards": "afterwards",
    "replay": "a replay",
    "anywhere": "anywhere",
}
"""Where a key works, as the list of all keys says it."""

ACTIONS = {
    # moving about
    "do": ("do it", "Do what the lit row says."),
    "turn-back": ("turn", "Turn the dial of the lit row back."),
    "turn-on": ("turn", "Turn the dial of the lit row on."),
    "next-pane": ("next pane", "Go to the next pane."),
    "back": ("back", "Go back; nothing is lost. At the bottom: pause."),
    "open": ("open", "Take the seat, or show the covered screen again."),
    "page-on": ("scroll", "Scroll the text on."),
    "page-back": ("scroll back", "Scroll the text back."),
    # looking
    "why": ("why", "Explain the lit row: odds, cause, or why it is refused."),
    "compare": ("compare", "Compare with the row lit before."),
    "board": ("board", "Look at the public board."),
    "know": ("what I know", "Read the briefing, the agenda and all that only I know."),
    "log": ("log", "Read what has happened so far."),
    # a seat's turn
    "offer": ("offer", "Propose a deal to another seat."),
    "discard": ("discard", "Give up a card for the action printed on the board."),
    "tell": ("tell", "Tell the table which card I will play; it need not be true."),
    "undo": ("undo", "Take back the last move of this turn."),
    "end": ("end turn", "Finish this turn."),
    "asked": ("asked", "Give a reason for this turn, and the predictions you are asked for."),
    "message": ("messages", "Read what was written to me, write to others, answer the white cell's poll."),
    # the talk before orders
    "aside": ("side talk", "Note who asks whom aside, before everybody."),
    # watching
    "auto": ("auto", "Let the steps go on by themselves."),
    "skip": ("skip", "Skip to the end of the steps."),
    # facilitating
    "hold-table": (
        "hold or let go",
        "Let no turn end, or let the table go on: for the white cell of a hosted game.",
    ),
    "pen": ("pen", "Pass on who writes for a team that shares a seat, or ask for it."),
    "facilitate": (
        "facilitator",
        "Open the console of the facilitator; at a seat's own screen ask for the white cell.",
    ),
    "mark": ("mark", "Mark the last move as important, or no longer."),
    "note-move": ("note", "Write a note or a tag about a move."),
    "find": ("find", "Find a row or a move by a part of its name."),
    "hold": ("pause", "Pause the game, or let it go on."),
    "minute": ("a minute more", "Give the turn a minute more."),
    "release": ("next inject", "Let the next inject that is set come now."),
    "answer": ("answer", "Answer the seat that has asked the white cell first."),
    "settle": ("done with it", "Put away what a seat asked first, without an answer."),
    "look-at": ("look at", "Look at somebody's screen; the journal says so."),
    # setting up
    "start": ("start", "Start the game as it is set up."),
    "name": ("name", "Type a name or a number for the lit row."),
    "pin": ("PIN", "Give the lit seat a PIN, asked for at the hand-over."),
    "new": ("new game", "Set up a new game."),
    "delete-game": ("delete", "Delete the lit game; asks first."),
    "quit": ("quit", "Leave the program."),
    # when a game is over
    "look-back": ("replay", "Look back on a finished game, move by move."),
    "report": ("report", "Write a page on a finished game beside its save."),
    # a replay
    "step-back": ("step back", "Go one move back."),
    "step-on": ("step", "Go one move on."),
    "row-up": ("row up", "Light the row above; of the moves, go back."),
    "row-down": ("row down", "Light the row below; of the moves, go on."),
    "first": ("beginning", "Go to the beginning of the game."),
    "last": ("end", "Go to the end of the game."),
    "round-back": ("round back", "Go a round back."),
    "round-on": ("round on", "Go to the next round."),
    "phase-back": ("phase back", "Go a phase back."),
    "phase-on": ("phase on", "Go to the next phase."),
    "eyes": ("eyes", "Look through the next eyes: the room, each seat, everything."),
    "eyes-room": ("the room's eyes", "See what the whole room saw."),
    "slower": ("slower", "Play the moves more slowly."),
    "faster": ("faster", "Play the moves faster."),
    "jump": ("jump", "Go to a round, move, seat, phase, mark or card."),
    "search": ("find", "Search moves, reasons and what came of them."),
    "again": ("again", "Jump or search again, further on."),
    "bookmark": ("bookmark", "Bookmark this move, or take its bookmark off."),
    "note": ("note", "Write a note on this move into the save."),
    "further": ("bots too", "Look at what bots decided too, or go on with a search for turning points."),
    "what-if": ("what if", "Make a new save that stops here, to be played on."),
    "pane-back": ("page before", "Go to the page before."),
    # anywhere
    "hide": ("hide now", "Cover the screen at once. F9 works in any layout."),
    "pause": ("pause", "Stop here: everything is saved already."),
    "rules": ("rules", "Read the rules; opens at the lit row's section."),
    "glossary": ("glossary", "Read what a term means; opens at the lit row's."),
    "hints": ("hints", "Hide the hints of the first turn for all seats, or show them again."),
    "settings": ("settings", "Choose theme, glyphs, animations, bell and hints."),
    "command-palette": ("palette", "Find any action by typing a part of its name."),
    "help": ("help", "Explain the lit row, and list every key."),
}
"""By the id of what is done: its label, and what it does."""


ASK_WHITE_CELL = "white cell", "Ask for the white cell."
"""What the key of the facilitator's console does at a seat's own screen."""


def row(nth: int) -> str:
    return f"row {nth}"


def light_row(nth: int) -> str:
    return f"Light the row numbered {nth}."


ROW, LIGHT_THE_ROW = "row", "Light the row of that number."
"""The nine digits as one line of a list."""
