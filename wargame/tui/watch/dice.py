"""The dice beside the card they decide on: where they fell, against a bar of what works."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import Static

from wargame.rules.events import DiceRolled
from wargame.tui.kit.digits import HIGH, LOW, large
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import BAD, DIM, GOOD, join, put, stack
from wargame.tui.kit.pane import entitle
from wargame.words.pages import watch as say

WORKS, FAILS, POINTER = "█", "░", "▲"
GAP = 3
"""Columns between the digits and the bar."""
SIDES = 4


class Dice(Container):
    """A roll before everybody. While it rolls only the digits turn."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(id="die", markup=False)
            yield Static(id="odds", markup=False)
        yield Static(id="scored", markup=False)

    def show(
        self, lens: Lens, roll: DiceRolled, rolling: int, scored: Content, width: int, high: bool
    ) -> None:
        """Show a roll whose odds all may know; `rolling` is where its die just is, 0 once it has fallen."""
        assert roll.chance is not None
        assert roll.die is not None
        entitle(self, say.DICE)
        tried = lens.words.is_tried(roll.path)
        style = "bold" if rolling or not tried else f"bold {GOOD if roll.works else BAD}"
        digits = large(rolling or roll.die, style, HIGH if high else LOW)
        self.query_one("#die", Static).update(stack(digits))
        self.query_one("#die").styles.width = digits[0].cell_length + GAP
        cells = max(width - SIDES - digits[0].cell_length - GAP, 10)
        self.query_one("#odds", Static).update(stack(odds_lines(lens, roll, rolling, cells, high)))
        said = self.query_one("#scored", Static)
        said.update(scored)
        said.display = bool(scored.plain) and not rolling


def odds_lines(lens: Lens, roll: DiceRolled, rolling: int, cells: int, high: bool) -> list[Content]:
    """The bar of a hundred in so many cells, what of it works, the die's place on it, and how it came out."""
    words, chance = lens.words, roll.chance or 0
    die = rolling or roll.die or 0
    full = round(chance * cells / 100)
    bar = join((put(WORKS * full, GOOD), put(FAILS * (cells - full), BAD)))
    up_to = say.works_up_to(chance) if words.is_tried(roll.path) else say.happens_up_to(chance)
    at = min((die - 1) * cells // 100, cells - 1)
    tried = words.is_tried(roll.path)
    style = f"bold {GOOD if roll.works else BAD}" if tried else "bold"
    outcome = (
        put(say.ROLLING, DIM) if rolling else put(say.outcome(words.outcome(roll.path, roll.works)), style)
    )
    pointer = put(" " * at + POINTER, "bold $foreground")
    lines = [bar, _laid(put(up_to, DIM), pointer, cells), outcome]
    if not high:
        return lines
    return [bar, bar, pointer, put(up_to, DIM), outcome]


def _laid(said: Content, pointer: Content, cells: int) -> Content:
    """The words on the line of the pointer, on the side where there is room."""
    at = pointer.cell_length - 1
    if said.cell_length < at:
        return join((said, pointer[said.cell_length :]))
    room = cells - at - 1
    return join((pointer, said.pad_left(room - said.cell_length))) if said.cell_length < room else pointer
