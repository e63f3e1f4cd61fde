"""Every roll of every random game: its parts add up to its chance, and it is the chance that was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.rules.boards import honeymoon, mini
from wargame.lab.fuzz import pick
from wargame.lab.laws import odds_of
from wargame.rules.events import DiceRolled, Event
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario

Step = tuple[Game, Move, Game, list[Event]]


def random_steps(scenario: Scenario, seed: int, rounds: int) -> Iterator[Step]:
    """Every step of a random game: before, the move, after, and what happened."""
    game = Game.new(scenario, seed, rounds)
    for nth in range(10_000):
        if game.over:
            return
        before, move = game.clone(), pick(game.legal_moves(), draw(seed, 0, 0, "promises", "", nth))
        events = game.apply(move)
        yield before, move, game, events


def whole_rolls(events: list[Event]) -> list[DiceRolled]:
    """The rolls as they are told to those who know every part."""
    return [event for event in events if isinstance(event, DiceRolled) and not event.twin]


@pytest.mark.parametrize(("scenario", "games"), [(mini, 30), (honeymoon, 12)])
def test_the_parts_of_every_roll_add_up_to_its_chance(scenario: Callable[[], Scenario], games: int) -> None:
    """Also of a card whose chance was fixed rounds ago, and where a limit cut it."""
    rolled = 0
    for seed in range(games):
        for _before, move, _after, events in random_steps(scenario(), 500 + seed, 4):
            for event in whole_rolls(events):
                odds = odds_of(event)
                assert odds is not None
                assert sum(odds.terms) == odds.chance, f"{move}: {odds.path}"
                rolled += 1

    assert rolled > games


def test_a_choice_rolls_the_chance_that_it_showed() -> None:
    """What the option itself does first is counted before it is chosen."""
    asking = {path.split("/")[1] for path in honeymoon().programs.rolls if path.startswith("news/")}
    scenario = Scenario(
        replace(honeymoon().spec, news=tuple(card for card in honeymoon().spec.news if card.id in asking)),
        "honeymoon with no other news",
    )
    chosen = 0
    for seed in range(40):
        for before, move, _after, events in random_steps(scenario, 900 + seed, 2):
            if move.verb != "choose":
                continue
            shown = {odds.path: odds for odds in preview(before.view(move.seat), move).odds}
            for event in whole_rolls(events):
                rolled = odds_of(event)
                assert rolled is not None
                if rolled.path in shown:
                    assert rolled == shown[rolled.path]
                    chosen += 1

    assert chosen > 10
