"""A question that a seat answers aloud, before everybody: what the room may know of it, and nothing else.

Nobody hands the keyboard over for it. What only that seat may know, it can look at alone first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.rules.conditions import Read, condition_reads
from wargame.rules.moves import Choose
from wargame.rules.options import options
from wargame.rules.preview import preview
from wargame.rules.state import Promises
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.kit.banner import banner
from wargame.tui.kit.foot import Hint
from wargame.tui.kit.paint import DIM, fit, join, put, seat_badge, seat_colour, wrapped
from wargame.tui.play.choice import Answer, ChoiceScreen
from wargame.words.pages import play as say


class AloudScreen(ChoiceScreen):
    """The question before the room. Asks to `look_alone` when its seat wants to see more first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("open")

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__(table, seat)
        self.viewer = None

    # --- what the room may know --------------------------------------------------------------------

    def _needs(self, option: str) -> Iterator[Read]:
        """What is read to tell whether an answer may be given."""
        for known in self.lens.scenario.programs.choices[self.path].options:
            if known.id == option:
                for need in known.needs:
                    yield from condition_reads(need)

    def _rolls(self, option: str) -> Iterator[Read]:
        """What its chances read."""
        for path, roll in self.lens.scenario.programs.rolls.items():
            if path.startswith(f"{self.path}/{option}/"):
                for modifier in roll.modifiers:
                    yield from modifier.reads()

    def _answers(self) -> list[Answer]:
        """All answers; that one is refused is said only where everybody could tell."""
        audience = self.lens.scenario.audience
        return [
            (move, why if audience(self._needs(move.option)) is None else None)
            for move, why in options(self.table.view(self.seat))
            if isinstance(move, Choose)
        ]

    def odds(self, move: Choose) -> Promises:
        sealed = self.lens.scenario.audience(self._rolls(move.option)) is not None
        return () if sealed else preview(self.lens.view, move).odds

    def worth(self, move: Choose, width: int) -> list[Content]:
        if self.lens.scenario.audience(self._rolls(move.option)) is None:
            return []
        return list(wrapped(put(say.chance_is_sealed(self.lens.words.seat(self.seat)), DIM), width))

    # --- what it says ------------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        lens = self.lens
        badge = seat_badge(lens.scenario, self.seat)
        said = join((" ", badge, put(f" {say.aloud_before_all(lens.words.seat(self.seat))}", "bold")))
        colour = seat_colour(lens.scenario, self.seat)
        return [banner(lens, width), put(fit(said, width).plain, f"bold reverse {colour}")]

    def guide(self, lit: str) -> str:
        return ""

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            *([Hint("Enter", say.SAY_IT, "do")] if lit else []),
            Hint("← → 1–9" if self.carded else "↑↓ 1–9", say.LOOK),
            Hint("i", say.LOOK_ALONE, "know"),
            Hint("b", say.BOARD, "board"),
            Hint("w", say.WHY, "why"),
            Hint("F1", say.HELP, "app.help"),
        ]

    # --- what it does ------------------------------------------------------------------------------

    def action_know(self) -> None:
        """Take the keyboard to look at what only this seat may know."""
        self.ask("look_alone")

    def action_open(self) -> None:
        """Space does nothing here: it opens hand-overs, and none has come before this page."""
