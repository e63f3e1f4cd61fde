"""Tables for tests of the screens: real games of the shipped scenario with fixed seeds, never saved."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from textual.app import App
from textual.screen import Screen

from wargame import load_scenario
from wargame.record import Player
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario
from wargame.table.table import Table
from wargame.tui.actions import bindings
from wargame.tui.look import DARK

T = TypeVar("T")


@lru_cache(maxsize=1)
def honeymoon() -> Scenario:
    return load_scenario("honeymoon")


def a_table(people: Iterable[str] = ("dprk",), seed: int = 7, rounds: int | None = None) -> Table:
    """A game in which people sit in these seats, greedy bots in the others, at the first person's move."""
    scenario, chosen = honeymoon(), set(people)
    players = {seat: Player("person" if seat in chosen else "greedy", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=seed, rounds=rounds)
    list(table.advance())
    return table


def pass_until(table: Table, round_: int, phase: str = "orders") -> Table:
    """People do nothing until one of them must decide in that round and phase."""
    while not (table.game.state.round >= round_ and table.game.state.phase == phase and table.seat_to_play):
        if table.seat_to_play:
            table.play(table.game.legal_moves()[0])
        list(table.advance())
    return table


def a_table_of_six(seed: int = 7) -> Table:
    """Every seat a person, so that nothing moves by itself."""
    return a_table(honeymoon().seat_ids, seed)


def a_choice(seed: int = 0) -> Table:
    """The first moment at which a card asks a person something."""
    table = a_table_of_six(seed)
    while not table.game.state.stack:
        table.play(Move(str(table.seat_to_play), "end"))
    return table


def an_offer_to(seat: str, seed: int = 7) -> Table:
    """A table at which `seat` has an offer to answer in its orders."""
    for nth in range(seed, seed + 50):
        table = a_table((seat,), nth)
        if table.game.state.phase == "orders" and table.view(seat).offers:
            return table
    raise AssertionError(f"no bot offers {seat} anything")


class Around(App[None], Generic[T]):
    """An app around one screen. `result` is what the screen returned, once `left`."""

    BINDINGS = bindings("help", "pause")

    def __init__(self, screen: Screen[T]) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.shown = screen
        self.left = False
        self.paused = False
        self.result: T | None = None

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._done)

    def _done(self, result: T | None) -> None:
        self.left, self.result = True, result

    def action_pause(self) -> None:
        self.paused = True

    def action_help(self) -> None:
        """Not part of these tests."""


def text_of(app: App[None]) -> str:
    """What is painted, without styles."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
