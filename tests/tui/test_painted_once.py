"""A page is painted whole once when it comes, and so is what lies below it when it goes."""

from __future__ import annotations

import pytest
from textual._compositor import LayoutUpdate

from tests.tui.boards import LARGE
from tests.tui.games import settled
from tests.tui.test_hands import a_turn, to_orders
from wargame.tui.kit.compositor import NarrowCompositor


class Counted(NarrowCompositor):
    """Counts how often all of a screen was painted."""

    whole = 0

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        Counted.whole += 1
        return super().render_full_update(simplify)


@pytest.mark.parametrize("key", ["i", "o", "g", "r", "question_mark"])
async def test_a_page_is_painted_once(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.tui.kit.guard.NarrowCompositor", Counted)
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        await to_orders(pilot)
        below = app.screen
        for pressed, changed in ((key, True), ("escape", False)):
            monkeypatch.setattr(Counted, "whole", 0)
            await pilot.press(pressed)
            await settled(pilot)
            await pilot.pause(0.1)
            assert (app.screen is not below) == changed
            assert Counted.whole == 1
