"""The bottom line of every screen at eighty columns: no sentence in it pushes a key out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot

from tests.tui.boards import LARGE, SMALL, Around, a_table, until
from tests.tui.desks import a_desk
from tests.tui.games import LEADS_ON, settled
from tests.tui.strolls import a_stroll, at_the_console, before_a_game
from wargame.tui.app import WargameApp
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.gate import GateScreen
from wargame.tui.keymap import FIXED, shown_key
from wargame.tui.kit.foot import SURE, Foot
from wargame.tui.play.orders import OrdersScreen

OVER = (
    ("b",), ("i",), ("l",), ("o",), ("y",), ("y", "enter"), ("e",), ("d",), ("t",), ("r",), ("g",),
    ("f1",), ("comma",), ("escape",), ("f2",), ("f2", "space"),
)  # fmt: skip
"""What lies over a seat's orders, by the keys that lead there."""


def feet(app: WargameApp) -> list[str]:
    """What is wrong with the bottom line in front: keys that a sentence pushed out, or a line that is cut."""
    wrong = []
    for foot in app.screen.query(Foot).results(Foot):
        shown = foot.render().plain.rstrip()
        for hint in foot._hints[:SURE]:
            if hint.text not in shown:
                wrong.append(f"{type(app.screen).__name__}: {hint.text!r} is not in {shown!r}")
        if not foot._lead.plain and shown.endswith("…"):
            wrong.append(f"{type(app.screen).__name__}: {shown!r}")
    return wrong


def untold(app: WargameApp) -> list[str]:
    """Keys of ours that do something in front, and stand neither on its bottom line nor in its help.

    What moves about in any list, text or field, and what leaves the program, nobody need be told.
    """
    hints = [hint for foot in app.screen.query(Foot).results(Foot) for hint in foot._hints]
    bar, acts = [key for hint in hints for key in hint.key.split()], {hint.action for hint in hints}
    here = [active for active in app.active_bindings.values() if active.enabled]
    helps = any(active.binding.id == "help" for active in here)
    keys = {key for id_ in app.possible() for key in app.settings.keys.of(id_)} if helps else set()
    return [
        f"{type(app.screen).__name__}: {key} ({active.binding.action})"
        for active in here
        if (key := active.binding.key) in own_keys(active.node)
        and key not in keys | FIXED
        and active.binding.action not in acts
        and shown_key(key) not in bar
        and not (key.isdigit() and any("–" in shown for shown in bar))
    ]


def own_keys(node: DOMNode) -> set[str]:
    """The keys that a widget, a screen or the program has from us, not from Textual."""
    ours = (kind for kind in type(node).__mro__ if kind.__module__.startswith("wargame."))
    declared = (vars(kind).get("BINDINGS", ()) for kind in ours)
    return {binding.key for bound in declared for binding in Binding.make_bindings(bound)}


@pytest.mark.soak
async def test_a_key_that_acts_is_told_somewhere(tmp_path: Path) -> None:
    """On every page of a game and beside it, on the set-up, and on the console with its forms."""
    wrong, seen = set[str](), set[str]()
    for nth, sights in enumerate((before_a_game, a_stroll, at_the_console)):
        (folder := tmp_path / str(nth)).mkdir()
        async for _name, app in sights("tutorial", folder, LARGE):
            seen.add(type(app.screen).__name__)
            wrong.update(untold(app))

    assert not wrong
    assert len(seen) > 20, seen


@pytest.mark.soak
async def test_no_screen_of_a_game_loses_a_key_of_its_foot(tmp_path: Path) -> None:
    """Through the first round of a game, and over whatever can be laid over a seat's orders."""
    wrong, seen = list[str](), set[str]()
    async with a_desk(tmp_path, SMALL, console=False) as desk:

        async def look(pilot: Pilot[Any]) -> None:
            await settled(pilot)
            seen.add(type(desk.app.screen).__name__)
            wrong.extend(feet(desk.app) + untold(desk.app))

        orders = 0
        while orders < 3:
            await look(desk.pilot)
            if isinstance(desk.app.screen, OrdersScreen) and desk.app.screen.in_orders:
                orders += 1
                for keys in OVER if orders == 1 else OVER[6:7]:
                    await desk.press(*keys)
                    await look(desk.pilot)
                    if isinstance(desk.app.screen, FacilitateScreen | GateScreen):
                        await desk.press("escape")
                        await desk.until(OrdersScreen)
                    for _ in range(3):
                        front = desk.app.screen
                        on_top = not isinstance(front, OrdersScreen)
                        if on_top or "keep playing" in desk.text or "back to the orders" in desk.text:
                            await desk.press("escape")
            await desk.press(*LEADS_ON.get(type(desk.app.screen), ("enter",)))

    assert not wrong
    assert len(seen) > 8, seen


async def test_a_lit_row_leaves_room_for_why_undo_and_help() -> None:
    """At eighty columns, with a card laid and another lit: what may be done less often gives way."""
    app = Around(OrdersScreen(until(a_table(), 2, seat="amber"), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "enter", "1")
        await pilot.pause()
        shown = app.screen.query_one(Foot).render().plain

    for hint in ("Enter  commit", "u  undo", "w  why", "F1  help"):
        assert hint in shown
