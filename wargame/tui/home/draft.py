"""A game that is being set up: what was chosen so far, and what may be chosen instead."""

from __future__ import annotations

from dataclasses import dataclass, field

from wargame.content.load import has_hindsight
from wargame.record import Player, clean
from wargame.rules.moves import WHITE
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Character
from wargame.table.pins import Pin
from wargame.tui import Start
from wargame.tui.kit.paint import clip
from wargame.tui.terminal.text import printable
from wargame.words import Words

MOST_NAME = 24
CHARACTER = "greedy/"
"""What stands before the style of a character that a bot plays."""


@dataclass(slots=True)
class Setup:
    """A game ready to begin. `name` is the scenario's, or its folder, and `scenario` what was read there.

    `seed` None: chance chooses; `rounds` None: as the scenario says; `hindsight`: that deck is asked for;
    `pins`: of the people's seats that have one.
    """

    name: str
    scenario: Scenario
    players: dict[str, Player] = field(default_factory=dict)
    seed: int | None = None
    rounds: int | None = None
    hindsight: bool = False
    pins: dict[str, Pin] = field(default_factory=dict)


class Draft:
    """What has been chosen for a `scenario` that has been read; it opens with what `start` says."""

    def __init__(self, start: Start, scenario: Scenario) -> None:
        self.scenario = scenario
        given, words = start.players or {}, Words(scenario)
        kinds = ["person", *["greedy"] * (len(scenario.seat_ids) - 1)]
        self.players = {
            seat: given.get(seat, Player(kind, clip(words.capital(seat), MOST_NAME).plain))
            for seat, kind in zip(scenario.seat_ids, kinds, strict=True)
        }
        self.pins: dict[str, Pin] = {}
        self.rounds = start.rounds or scenario.spec.rules.rounds

    def is_person(self, seat: str) -> bool:
        return seat in self.players and self.players[seat].kind == "person"

    def kinds(self, seat: str) -> list[str]:
        """Who may play a seat: a person, bots, and the characters that its scenario has for it."""
        styles = [f"{CHARACTER}{one.style}" for one in self.scenario.spec.characters if one.seat == seat]
        return ["person", "greedy", *styles, "search", "random"]

    def character(self, seat: str) -> Character | None:
        """The character of the scenario that plays a seat, if one does."""
        plays = seat, self.players[seat].kind
        return next(
            (one for one in self.scenario.spec.characters if (one.seat, f"{CHARACTER}{one.style}") == plays),
            None,
        )

    def turn_player(self, seat: str, by: int) -> None:
        """Seat the next of those who may play there, under the same name."""
        player, kinds = self.players[seat], self.kinds(seat)
        after = kinds[(kinds.index(player.kind) + by) % len(kinds)]
        self.players[seat] = Player(after, player.name)

    def turn_rounds(self, by: int) -> None:
        """Make the game so many rounds longer, as far as the scenario goes."""
        self.rounds = min(max(self.rounds + by, 1), self.scenario.spec.rules.most_rounds)

    def ready(self, name: str, seed: int | None, hindsight: bool) -> Setup:
        """Return the game as it would begin now; bots have no PIN, and not every scenario has hindsight."""
        pins = {seat: pin for seat, pin in self.pins.items() if seat == WHITE or self.is_person(seat)}
        hindsight = hindsight and has_hindsight(name)
        return Setup(name, self.scenario, self.players, seed, self.rounds, hindsight, pins)


def a_name(typed: str) -> str:
    """A name as it may be kept and shown: printable, on one line, not long."""
    return " ".join(printable(clean(typed)).split())[:MOST_NAME]
