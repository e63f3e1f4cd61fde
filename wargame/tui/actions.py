"""Every action of the program, once: its id, keys, label and help.

A screen lists the ids it understands in `BINDINGS = bindings("why", "offer", …)` and has an `action_…`
method for each; the palette, the help screen and the hints of the bottom line read the same table.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType

from wargame.words.pages import keys as say


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


def _action(id_: str, keys: str, shown: str, group: str = "anywhere", run: str = "") -> Action:
    return Action(id_, keys, shown, *say.ACTIONS[id_], group, run)


ACTIONS: tuple[Action, ...] = (
    # moving about
    _action("do", "enter", "Enter", "rows"),
    _action("turn-back", "left", "←", "rows", "turn(-1)"),
    _action("turn-on", "right", "→", "rows", "turn(1)"),
    _action("next-pane", "tab", "Tab", "rows", "next_pane"),
    _action("back", "escape", "Esc", "rows"),
    _action("open", "space", "Space", "rows"),
    _action("page-on", "pagedown", "PgDn", "rows", "page(1)"),
    _action("page-back", "pageup", "PgUp", "rows", "page(-1)"),
    *(
        Action(f"light-{n}", f"{n}", f"{n}", say.row(n), say.light_row(n), "rows", f"light({n})")
        for n in range(1, 10)
    ),
    # looking
    _action("why", "w", "w", "looking"),
    _action("compare", "c", "c", "looking"),
    _action("board", "b", "b", "looking"),
    _action("know", "i", "i", "looking"),
    _action("log", "l", "l", "looking"),
    # a seat's turn
    _action("offer", "o", "o", "turn"),
    _action("discard", "d", "d", "turn"),
    _action("tell", "t", "t", "turn"),
    _action("undo", "u", "u", "turn"),
    _action("end", "e", "e", "turn"),
    _action("asked", "y", "y", "turn"),
    _action("message", "m", "m", "turn"),
    # the talk before orders
    _action("aside", "t", "t", "talk"),
    # watching
    _action("auto", "a", "a", "watching"),
    _action("skip", "s", "s", "watching"),
    # facilitating
    _action("facilitate", "f2", "F2", "facilitating", "app.facilitate"),
    _action("mark", "m", "m", "facilitating"),
    _action("note-move", "n", "n", "facilitating"),
    _action("find", "f", "f", "facilitating"),
    _action("hold", "space", "Space", "facilitating"),
    _action("minute", "plus,equals_sign", "+", "facilitating"),
    _action("release", "i", "i", "facilitating"),
    _action("answer", "a", "a", "facilitating"),
    _action("settle", "x", "x", "facilitating"),
    _action("look-at", "s", "s", "facilitating"),
    # a screen of one's own
    _action("hold-table", "f3", "F3", "hosting", "app.hold_table"),
    _action("pen", "f4", "F4", "hosting", "app.pen"),
    # setting up
    _action("start", "s", "s", "setup"),
    _action("name", "n", "n", "setup"),
    _action("pin", "k", "k", "setup"),
    _action("new", "n", "n", "setup"),
    _action("delete-game", "d,delete", "d", "setup"),
    _action("quit", "q,ctrl+q", "q", "setup"),
    # when a game is over
    _action("look-back", "v", "v", "afterwards"),
    _action("report", "x", "x", "afterwards"),
    # a replay
    _action("step-back", "left", "←", "replay", "step(-1)"),
    _action("step-on", "right", "→", "replay", "step(1)"),
    _action("row-up", "up", "↑", "replay", "row(-1)"),
    _action("row-down", "down", "↓", "replay", "row(1)"),
    _action("first", "home", "Home", "replay", "edge(0)"),
    _action("last", "end", "End", "replay", "edge(1)"),
    _action("round-back", "left_square_bracket", "[", "replay", "turn_of(1,-1)"),
    _action("round-on", "right_square_bracket", "]", "replay", "turn_of(1,1)"),
    _action("phase-back", "less_than_sign", "<", "replay", "turn_of(0,-1)"),
    _action("phase-on", "greater_than_sign", ">", "replay", "turn_of(0,1)"),
    _action("eyes", "e", "e", "replay"),
    _action("eyes-room", "0", "0", "replay", "light(0)"),
    _action("slower", "minus", "-", "replay", "pace(-1)"),
    _action("faster", "plus", "+", "replay", "pace(1)"),
    _action("jump", "j", "j", "replay"),
    _action("search", "f,slash", "f /", "replay"),
    _action("again", "full_stop", ".", "replay"),
    _action("bookmark", "m", "m", "replay"),
    _action("note", "n", "n", "replay"),
    _action("further", "b", "b", "replay"),
    _action("what-if", "x", "x", "replay"),
    _action("pane-back", "shift+tab", "Shift+Tab", "replay", "next_pane(-1)"),
    # anywhere
    _action("hide", "h,f9", "h F9"),
    _action("pause", "escape", "Esc"),
    _action("rules", "r", "r"),
    _action("glossary", "g", "g"),
    _action("hints", "z", "z"),
    _action("settings", "comma", ","),
    _action("command-palette", "p,ctrl+p", "p"),
    _action("help", "question_mark,f1", "? F1"),
)

BY_ID = {action.id: action for action in ACTIONS}

GROUPS = tuple(dict.fromkeys(act.group for act in ACTIONS))

LOOKED_AT = frozenset({"rows", "looking", "watching", "anywhere"})
SEATED = LOOKED_AT | {"turn", "talk"}
"""Groups of what can be done somewhere by who only looks on at a screen of their own, and by a seat there."""
OF_A_SEAT = frozenset({"know", "compare"})
"""What only a seat looks at."""


def ever_possible(viewer: str) -> tuple[Action, ...]:
    """Return what may be done on some screen by that kind of viewer, as it is to them; see `Viewer`."""
    if viewer == "seat":
        label, help_ = say.ASK_WHITE_CELL
        asks = BY_ID["facilitate"]._replace(label=label, help=help_)
        return (*(act for act in ACTIONS if act.group in SEATED), asks)
    if viewer == "room":
        return tuple(act for act in ACTIONS if act.group in LOOKED_AT and act.id not in OF_A_SEAT)
    return ACTIONS


LIGHT = tuple(f"light-{n}" for n in range(1, 10))
"""The nine digits; a screen that binds them has `action_light(number)`."""


def bindings(*ids: str) -> list[BindingType]:
    """The bindings of these actions, in that order. `KeyError` for an id that is not in the table."""
    return [
        Binding(act.keys, act.action, act.label, show=False, key_display=act.shown, id=id_, tooltip=act.help)
        for id_ in ids
        for act in (BY_ID[id_],)
    ]
