"""The pause: nothing needs saving, so it only asks where to go."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from wargame.tui.actions import LIGHT, bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedModal
from wargame.tui.kit.paint import DIM, put, stack
from wargame.tui.kit.pane import entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.words.pages import home as say

USUAL = ("resume", "hide", "rules", "help", "settings", "facilitate", "home")
ASKS = {"resume": "go_on", "facilitate": "call_facilitator", "home": "leave"}
"""Choices that are the session's; with the others the pause is over and the app opens something."""


class PauseScreen(GuardedModal[None]):
    """Where to go from here; Esc goes on. In its own turn a `seat` may set or drop its PIN."""

    BINDINGS = bindings("back", *LIGHT)

    def __init__(self, seat: str = "", has_pin: bool = False) -> None:
        super().__init__()
        self.seat = seat
        pins = [*(["pin"] if seat else []), *(["unpin"] if seat and has_pin else [])]
        self.choices = [(key, label) for key, label in say.PAUSE.items() if key in (*USUAL, *pins)]

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(stack([put(say.ON_DISK, DIM), ""]), markup=False)
            yield Rows(id="choices")
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one(".card"), say.PAUSED)
        rows = [Row(key, put(f"{n} {label}"), n) for n, (key, label) in enumerate(self.choices, 1)]
        self.query_one(Rows).show(rows)
        self.query_one(Rows).focus()
        choose = Hint(f"↑↓ 1–{len(rows)}", say.CHOOSE)
        hints = [Hint("Enter", say.DO_IT, "done"), choose, Hint("Esc", say.GO_ON, "back")]
        self.query_one(Foot).show(hints)

    def on_rows_done(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        lit = self.query_one(Rows).lit
        if lit == "home":  # which takes a moment
            self.query_one(Foot).say(say.LEAVING)
            self.call_after_refresh(self.ask, ASKS[lit])
        elif lit in ASKS:
            self.ask(ASKS[lit])
        elif self.ask("go_on"):
            self.app.call_later(self.app.after_pause, lit, self.seat)  # type: ignore[attr-defined]

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)

    def action_back(self) -> None:
        self.ask("go_on")
