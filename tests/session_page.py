"""`docs/session.md`: the machine of `wargame.tui.session` as a picture and as a table.

`python -m tests.session_page` (or `make rules`) writes it anew; a test compares. The picture is drawn by
`transitions` itself, in the language of Mermaid: the pages of a game in a box, so that what all of them have
in common is one arrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transitions.extensions import HierarchicalGraphMachine

from wargame.tui.deeds import (
    AT_TABLE,
    CLOSED,
    CONSOLES,
    ELSEWHERE,
    HUBS,
    OUTSIDE,
    OVER,
    PAGES,
    TURN,
    WORKING,
)
from wargame.tui.session import BACK, WAYS, Way

PAGE = Path(__file__).resolve().parents[1] / "docs" / "session.md"
BOXES = {"game_turn": TURN, "game": AT_TABLE}
NAMES = {"every page": PAGES, "every page of a game": AT_TABLE, "a turn": TURN}
"""Groups of states that the table calls by a name."""
NOT_DRAWN = ("quit", "hide")
"""Ways from nearly everywhere; the text tells of them."""

TEXT = """# The session

What a person at a screen is doing is the state of a machine (`wargame/tui/session.py`), run by `transitions`;
what must be so for it to go on, and what is done on the way, stands in `deeds.py`. A screen **asks** the
session for a *trigger*: `done`, `take_seat`, `pause`. That is granted if a way leads on with it from where
the session is; else it is refused, which changes nothing. No screen takes itself or another away: the session
finds out what is due, and its *stage* puts that up.

A session belongs to a *viewer*: the keyboard that all people share in turn, one seat, the room or the white
cell. Several sessions may sit at one table. The table tells each of them that it has changed, and nothing
more; each reads its own view anew.

- `outside` and `looking` are no pages. There the first open way of `next` is taken: it says what is due.
- `paused`, `hidden` and `unsaved` are laid over a page (or over each other), and lead `back` to it.
- Not drawn: `hide` leads from every page to `hidden`, `quit` from everywhere to `closed`; and what stays.

```mermaid
{diagram}
```

## Every way

Of several ways with the same trigger from the same state the first open one is taken.

{table}
"""


def camel(state: str) -> str:
    """The name of a state as the picture has it, in which `_` parts a box from what is in it."""
    first, *rest = state.split("_")
    return first + "".join(word.capitalize() for word in rest)


def place(state: str) -> str:
    """A state with the boxes it is in."""
    return next((f"{box}_{camel(state)}" for box, states in BOXES.items() if state in states), camel(state))


def origins(way: Way) -> Iterator[str]:
    """Where a way comes from: a box, if it leads on from all that is in it."""
    left = [source for source in way.sources if source != way.dest]
    for box, states in reversed(BOXES.items()):
        if set(states) <= set(left):
            left = [source for source in left if source not in states]
            yield box
    yield from map(place, left)


def diagram() -> str:
    """The picture, without the styles that transitions gives to states."""
    game = [camel(state) for state in AT_TABLE if state not in TURN]
    boxed: list[Any] = [{"name": "game", "children": [*game, {"name": "turn", "children": list(TURN)}]}]
    ways = [
        {"trigger": way.trigger, "source": origin, "dest": place(way.dest), "conditions": way.when or ()}
        for way in WAYS
        if way.dest and way.trigger not in NOT_DRAWN
        for origin in origins(way)
    ]
    machine = HierarchicalGraphMachine(
        states=[*HUBS, *WORKING, *ELSEWHERE, *boxed, *CONSOLES, *OVER, CLOSED, BACK],
        transitions=ways,
        initial=OUTSIDE,
        auto_transitions=False,
        show_conditions=True,
        graph_engine="mermaid",
    )
    lines = machine.get_graph().draw(None).splitlines()
    kept = [line.rstrip() for line in lines if "Class " not in line and "classDef" not in line]
    return "\n".join(line for line in kept[kept.index("stateDiagram-v2") :] if line)


def named(states: tuple[str, ...]) -> str:
    """States in a few words."""
    said, left = [], list(states)
    for name, group in NAMES.items():
        if set(group) <= set(left):
            left = [state for state in left if state not in group]
            said.append(name)
    return ", ".join([*said, *(f"`{state}`" for state in left)])


def table() -> str:
    lines = ["| asked for | from | leads to | if | and does |", "|---|---|---|---|---|"]
    for way in WAYS:
        when, do = (call.__name__.replace("_", " ") if call else "" for call in (way.when, way.do))
        dest = f"`{way.dest}`" if way.dest else "(stays)"
        lines.append(f"| `{way.trigger}` | {named(way.sources)} | {dest} | {when} | {do} |")
    return "\n".join(lines)


def page() -> str:
    """The whole page."""
    return TEXT.format(diagram=diagram(), table=table())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
