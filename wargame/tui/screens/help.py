"""Every key, from the one table of actions; those that work on the screen below are bright."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from wargame.tui.actions import ACTIONS, GROUPS, bindings
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import DIM, HEAD, columns, join, put, stack

SIGNS = (
    ("▰▰▰▰▱▱▱▱▱▱ 40 %", "a chance of success"),
    ("▲1 6→7", "a change; up is not good, nor down bad"),
    ("▣ ◧ □", "sealed, suspected, laid open"),
    ("¤4 · ▯5 · ▮", "influence, cards in hand, a card face down"),
)


class HelpScreen(Screen[None]):
    """`possible` are the ids of the actions that can be used where one came from."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back")
    DEFAULT_CSS = "HelpScreen VerticalScroll { height: 1fr; padding: 0 1; }"

    def __init__(self, possible: frozenset[str]) -> None:
        super().__init__()
        self.possible = possible

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(stack(self._lines()), markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
        self.query_one(Foot).show([Hint("↑↓", "read"), Hint("Esc", "back", "back")])

    def _lines(self) -> Iterable[Content]:
        yield put("KEYS", HEAD)
        yield put("Bright: can be used on the screen you came from. What can be lit can be clicked.", DIM)
        for group in GROUPS:
            yield Content("")
            yield put(group.upper(), HEAD)
            yield from self._group(group)
        yield Content("")
        yield put("SIGNS", HEAD)
        for sign, meaning in SIGNS:
            yield columns((sign, 19), (meaning, 57))

    def _group(self, group: str) -> Iterable[Content]:
        for act in ACTIONS:
            if act.group != group or act.id.startswith("light-"):
                continue
            style = "" if act.id in self.possible else DIM
            yield join((put(f"{act.shown:<7}{act.label:<12}", style or "bold"), put(act.help, style)))
        if group == "rows":
            style = "" if "light-1" in self.possible else DIM
            yield join(
                (put("1–9    row         ", style or "bold"), put("Light the row of that number.", style))
            )

    def action_back(self) -> None:
        self.dismiss(None)
