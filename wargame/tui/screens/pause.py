"""The pause: nothing needs saving, so it only asks where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from wargame.tui.actions import LIGHT, bindings
from wargame.tui.guard import GuardedModal
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import put, stack
from wargame.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from wargame.table.timers import PlayClock

CHOICES = (
    ("resume", "Go on"),
    ("hide", "Hide the screen"),
    ("rules", "Rules"),
    ("help", "Keys"),
    ("settings", "Settings"),
    ("facilitate", "The facilitator's console"),
    ("home", "Leave for the home screen"),
)


PIN = ("pin", "Set a PIN for this seat")
NO_PIN = ("unpin", "Take this seat's PIN away")


PAUSE = "the pause"
"""Who holds the clock of the sitting while it is on the screen."""


class PauseScreen(GuardedModal[str]):
    """Dismissed with the chosen word; Esc is `resume`. In its own turn a seat may set or drop its PIN.

    As long as it is there, the `clock` of the sitting stands still, and so does that of the turn.
    """

    BINDINGS = bindings("back", *LIGHT)

    def __init__(self, own_turn: bool = False, has_pin: bool = False, clock: PlayClock | None = None) -> None:
        super().__init__()
        self.clock = clock
        self.choices = (*CHOICES, *([PIN] if own_turn else []), *([NO_PIN] if own_turn and has_pin else []))

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(stack([put("PAUSE", "bold"), "Every move is on disk already.", ""]), markup=False)
            yield Rows(id="choices")
        yield Foot()

    def on_mount(self) -> None:
        if self.clock is not None:
            self.clock.hold(PAUSE)
        rows = [Row(key, put(f"{n} {label}"), n) for n, (key, label) in enumerate(self.choices, 1)]
        self.query_one(Rows).show(rows)
        self.query_one(Rows).focus()
        choose = Hint(f"↑↓ 1–{len(rows)}", "choose")
        self.query_one(Foot).show([Hint("Enter", "do it", "done"), choose, Hint("Esc", "go on", "back")])

    def on_unmount(self) -> None:
        if self.clock is not None:
            self.clock.let_go(PAUSE)

    def on_rows_done(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        self.leave(self.query_one(Rows).lit)

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)

    def action_back(self) -> None:
        self.leave("resume")
