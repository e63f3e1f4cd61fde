"""Tables for tests of the screens of a game. None is saved; people sit in all seats unless bots are named."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, Generic, TypeVar, cast

from textual.screen import Screen

import wargame.tui
from wargame import load_scenario
from wargame.record import Player
from wargame.rules.moves import Answer, End, Move, Offer
from wargame.rules.scenario import Scenario
from wargame.table.table import Table
from wargame.tui.actions import bindings
from wargame.tui.app import WargameApp
from wargame.tui.kit.guard import GuardedApp
from wargame.tui.kit.rows import Rows
from wargame.tui.look import DARK

T = TypeVar("T")

SMALL, LARGE = (80, 24), (120, 40)
LOOK: list[str | PurePath] = [str(Path(wargame.tui.__file__).parent / sheet) for sheet in WargameApp.CSS_PATH]
MILL = Path(__file__).parent.parent / "scenarios" / "mini"


@lru_cache(maxsize=1)
def honeymoon() -> Scenario:
    return load_scenario("honeymoon")


@lru_cache(maxsize=1)
def mill() -> Scenario:
    """The small scenario that no change of the real decks moves."""
    return load_scenario(MILL)


def a_table(
    scenario: Scenario | None = None, bots: Iterable[str] = (), seed: int = 7, rounds: int | None = None
) -> Table:
    """A game of people, but for greedy bots in these seats, at the first person's move."""
    scenario, greedy = scenario or mill(), set(bots)
    players = {seat: Player("greedy" if seat in greedy else "person", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=seed, rounds=rounds)
    list(table.advance())
    return table


def go_on(table: Table, *moves: Move) -> Table:
    """Play these moves; before each, people whose turn it is not do what is neutral."""
    for move in moves:
        while table.seat_to_play != move.seat or (move.verb != "choose" and table.game.state.stack):
            neutral(table)
        table.play(move)
    return table


def neutral(table: Table) -> None:
    """The neutral move of whoever must decide, and whatever bots do after it."""
    table.play(table.game.legal_moves()[0])
    list(table.advance())


def until(table: Table, round_: int, phase: str = "orders", seat: str | None = None) -> Table:
    """People do nothing until one (that) of them must decide in that round and phase."""
    while True:
        state = table.game.state
        here = state.round >= round_ and state.phase == phase and not state.stack
        if here and table.seat_to_play is not None and seat in (None, table.seat_to_play):
            return table
        assert not table.over
        neutral(table)


def a_deal() -> Table:
    """Round 2: bread for coin runs between Amber and Birch, and it is Amber's turn to give orders."""
    offer = Offer("amber", "bread-for-coin", "large", "secret", 2)
    table = go_on(a_table(), offer, Answer("birch", "bread-for-coin", "yes"))
    return until(table, 2, seat="amber")


def an_offer() -> Table:
    """Birch gives its orders and has an offer of bread for coin to answer."""
    table = go_on(a_table(), Offer("amber", "bread-for-coin", "large", "secret", 2))
    return until(table, 1, seat="birch")


def a_question() -> tuple[Table, str]:
    """A card of the shipped scenario asks somebody something: the table, and who is asked."""
    table = a_table(honeymoon(), seed=1)
    while not table.game.state.stack:
        table.play(End(str(table.seat_to_play)))
    return table, str(table.seat_to_play)


class Around(GuardedApp, Generic[T]):
    """An app around one screen. `result` is what the screen returned or asked for with, once `left`."""

    CSS_PATH = [*LOOK]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = WargameApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = WargameApp.VERTICAL_BREAKPOINTS
    BINDINGS = bindings("help", "pause")

    def __init__(self, screen: Screen[T]) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.shown = screen
        self.left = False
        self.paused = False
        self.asked = ""
        self.result: T | None = None

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._done)

    def _done(self, result: T | None) -> None:
        self.left, self.result = True, result

    def ask(self, trigger: str, *given: object) -> bool:
        """What the page asks for: a pause is noted, anything else leads on to nothing."""
        if trigger == "pause":
            self.paused = True
        elif not self.left:
            self.asked = trigger
            self.shown.dismiss(cast(Any, given[0] if given else None))
        return True

    def action_pause(self) -> None:
        self.ask("pause")

    def action_help(self) -> None:
        """The help of the whole program is tested elsewhere."""

    @property
    def text(self) -> str:
        """What is painted, without styles."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def lit(self) -> str:
        return self.screen.query_one(Rows).lit


async def painted(screen: Screen[T], size: tuple[int, int] = SMALL, *keys: str) -> str:
    """What a screen shows after some keys."""
    app = Around(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return app.text
