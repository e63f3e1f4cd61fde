"""What is painted after a key: the same as Textual paints, though less of it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.strip import Strip

from tests.tui.boards import LARGE, SMALL, Around, a_table, honeymoon, until
from tests.tui.replays import replaying
from wargame.debrief.story import Story
from wargame.table.table import Table
from wargame.tui.board.board import BoardScreen
from wargame.tui.kit.compositor import NarrowCompositor
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.play.orders import OrdersScreen

TURN = ("right", "right", "enter", "tab", "down", "down", "right", "w", "w", "up", "1", "c", "2", "c")


class Held(NarrowCompositor):
    """Holds each change of the screen against what Textual makes of it."""

    changes = 0

    def render_partial_update(self) -> ChopsUpdate | None:
        changed = self._dirty_regions.copy()
        narrow = super().render_partial_update()
        self._dirty_regions = changed
        whole = Compositor.render_partial_update(self)
        if narrow is not None:
            assert whole is not None
            assert list(sent(narrow)) == list(sent(whole))
            Held.changes += 1
        return narrow


def sent(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip | None]]:
    """What of a change goes to the terminal: row, column and piece."""
    for y, first, end in update.spans:
        for (x, strip), after in zip(update.chops[y].items(), update.chop_ends[y], strict=False):
            if x < end and after > first:
                yield y, x, strip


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.tui.kit.guard.NarrowCompositor", Held)
    monkeypatch.setattr(Held, "changes", 0)


def its_turn() -> Table:
    return until(a_table(honeymoon()), 1, seat="dprk")


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(
    ("page", "keys"), [(OrdersScreen, TURN), (BoardScreen, ("down", "down", "right", "up"))]
)
async def test_a_key_paints_what_textual_would(
    page: Callable[[Table, str], GuardedScreen[Any]], keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    """Rows that are not rendered anew are those that nobody will see changed."""
    app = Around(page(its_turn(), "dprk"))
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)

    assert Held.changes >= len(keys) // 2


async def test_a_step_of_a_replay_paints_what_textual_would(example: Story) -> None:
    """Also where charts, lists and texts change at once."""
    async with replaying(example) as (_app, _screen, pilot):
        for key in ("right", "right", "3", "right", "down", "6", "left", "1"):
            await pilot.press(key)

    assert Held.changes >= 4
