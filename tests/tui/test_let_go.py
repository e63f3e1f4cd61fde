"""A screen that is left is let go: an evening opens thousands, and what stays is in the way of the others."""

from __future__ import annotations

import gc
from collections import Counter

import pytest
from textual._styles_cache import StylesCache
from textual.dom import DOMNode

from tests.tui.boards import LARGE
from tests.tui.games import settled
from tests.tui.test_hands import a_turn, to_orders

TIMES = 4


def held() -> Counter[str]:
    """Count the widgets that are there, and what they have painted, by their kind."""
    found = (one for one in gc.get_objects() if isinstance(one, DOMNode | StylesCache))
    return Counter(type(one).__qualname__ for one in found)


@pytest.mark.parametrize("key", ["l", "b", "i", "o", "g", "r", "question_mark", "m", "f2"])
async def test_what_was_opened_and_left_is_held_by_nothing(key: str) -> None:
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        await to_orders(pilot)

        async def opened(times: int) -> Counter[str]:
            for _ in range(times):
                await pilot.press(key)
                await settled(pilot)
                await pilot.press("escape")
                await settled(pilot)
            gc.collect()
            return held()

        before = await opened(2)
        assert await opened(TIMES) - before == Counter()


@pytest.mark.parametrize("key", ["l", "b", "i", "o", "g", "question_mark"])
async def test_what_was_left_goes_without_the_collector(key: str) -> None:
    """It stops everybody while it looks. Only the styles of parts of widgets wait for it."""
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        await to_orders(pilot)

        async def opened(times: int) -> None:
            for _ in range(times):
                await pilot.press(key)
                await settled(pilot)
                await pilot.press("escape")
                await settled(pilot)

        await opened(2)
        gc.collect()
        gc.disable()
        try:
            before = held()
            await opened(TIMES)
            left = held() - before
        finally:
            gc.enable()
        assert {kind: count for kind, count in left.items() if kind != "DOMNode"} == {}
