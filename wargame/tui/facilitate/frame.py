"""The frame of every screen of the facilitator: a banner, panes in borders, all seats along the foot.

What may be done stands at the left, what it is about beside it. Where there is less room the panes stand in
for each other; the rows that do something stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen

from wargame.table import Table
from wargame.tui.facilitate.fields import Values
from wargame.tui.facilitate.sight import OpenCard, WholeLens, banner
from wargame.tui.kit.guard import GuardedModal
from wargame.tui.kit.hosted import room_of
from wargame.tui.kit.pane import Pane, entitle
from wargame.tui.kit.screen import WIDE, TableScreen
from wargame.tui.kit.typing import TypingScreen
from wargame.words.pages import facilitate as say

T = TypeVar("T")
LOOK = 0.5
"""Seconds after which the time, and what has changed, is shown anew."""

CARDED_FROM, CARDED_IN_A_ROOM, SIX_CARDS = 36, 50, 114
"""Rows from which the seats have room along the foot, also where people have screens of their own; and the
columns that they need."""
SIDES = 4
"""Cells that a border takes from the width of what is in it, with a bar to scroll by."""


class ConsoleFrame(TableScreen[T]):
    """A screen of the facilitator, who sees everything."""

    table: Table
    acts: Sequence[Content] = ()
    """What may be done, where that is shown only to be seen."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._titled: dict[str, str] = {}

    def widgets(self) -> ComposeResult:
        yield Pane(id="acts")
        yield from super().widgets()

    def below(self) -> ComposeResult:
        with Horizontal(id="seats"):
            for seat in self.table.scenario.seat_ids:
                yield OpenCard(seat)

    def on_mount(self) -> None:
        self.every(LOOK, self.tick)

    def put_up(self, screen: Screen[Any], then: Callable[[Any], object] | None = None) -> None:
        """Put that up; a question is asked for as long as somebody likes, so all around it goes on."""
        super().put_up(screen, then)
        if isinstance(screen, GuardedModal) and self.app.screen is screen:
            screen.every(LOOK, lambda: None if self.gone else self.tick())

    @property
    def lens(self) -> WholeLens:
        if not isinstance(self._lens, WholeLens):
            self._seen = self.table.version
            self._lens = WholeLens(self.table)
        return self._lens

    # --- where things are --------------------------------------------------------------------------

    @property
    def wide(self) -> bool:
        """Whether there is room for three panes."""
        return self.size.width >= WIDE

    @property
    def carded(self) -> bool:
        rows = CARDED_FROM if room_of(self.app) is None else CARDED_IN_A_ROOM
        return self.size.height >= rows and self.size.width >= SIX_CARDS

    def columns(self) -> tuple[int, int, int]:
        """The whole widths of the panes: what may be done, the middle, the right."""
        width = self.size.width
        if not self.wide:
            return 34 + max(width - 90, 0), width - 34 - max(width - 90, 0), 0
        left, right = (32, 33) if width < 150 else (34, 50) if width < 190 else (40, 66)
        return left, width - left - right, right

    def widths(self) -> tuple[int, int, int]:
        """The columns for what is written in the list and in the pane that explains it."""
        left, middle, _right = self.columns()
        return left - SIDES + 1, middle - SIDES + 2, 0

    def titles(self, lit: str) -> dict[str, str]:
        """What stands in the borders of the panes."""
        return {"#acts": say.TO_DO}

    def fitting(self) -> Mapping[str, bool]:
        return {"-roomy": self.size.width >= 150}

    def lay_out(self) -> None:
        left, middle, right = self.columns()
        places = {"#acts": 0, "#rows": left, "#about": middle, "#aside": 0}
        for name, width in (places | self.placed(left, middle, right)).items():
            pane = self.query_one(name)
            pane.display = bool(width)
            pane.styles.width = width
        self.query_one("#seats").display = self.carded

    def placed(self, left: int, middle: int, right: int) -> dict[str, int]:
        """Where panes stand on this screen, by their widths, if not as on the console."""
        return {}

    # --- what is in them ---------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        room = room_of(self.app)
        return [banner(self.lens, width, held=room is not None and room.held)]

    def tick(self) -> None:
        """Show the time."""
        self._put("#top", self.top(self.size.width))

    def repaint(self) -> None:
        super().repaint()
        if self.gone or not self.is_mounted or not self.size.width:
            return
        if self.carded:
            for card, seat in zip(self.query(OpenCard), self.lens.scenario.seat_ids, strict=True):
                card.open(self.lens, seat)

    def repaint_lit(self) -> None:
        super().repaint_lit()
        for name, title in self.titles(self.lit).items():
            if self._titled.get(name) != title:  # a title that is set paints its whole pane anew
                self._titled[name] = title
                entitle(self.query_one(name), title)
        if self.query_one("#acts").display:
            self.query_one("#acts", Pane).tell(self.acts)

    def action_log(self) -> None:
        """The journal is on the console itself."""


class ConsoleForm(ConsoleFrame[Values], TypingScreen):
    """What is filled in stands in the middle, what would come of it at the right."""

    def columns(self) -> tuple[int, int, int]:
        left, middle, right = super().columns()
        if not right:
            middle, left = left + middle - self.size.width * 7 // 16, self.size.width * 7 // 16
            return middle, left, 0
        return left, middle, right

    def placed(self, left: int, middle: int, right: int) -> dict[str, int]:
        if not right:
            return {}
        return {"#acts": left, "#rows": middle, "#about": right}

    def widths(self) -> tuple[int, int, int]:
        left, middle, right = self.columns()
        if right:
            left, middle = middle, right
        return left - SIDES + 1, max(middle - SIDES + 2, 0), 0

    def titles(self, lit: str) -> dict[str, str]:
        return {"#acts": say.TO_DO, "#rows": self.heading, "#about": say.WHAT_COMES_OF_IT}

    @property
    def heading(self) -> str:
        """What stands in the border of what is filled in."""
        return ""
