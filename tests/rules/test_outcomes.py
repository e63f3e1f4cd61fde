"""How a game may end before its time: what the scenario says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.boards import a_game, edit, mini, with_tracks
from wargame.bots.worth import DECIDED, outcome_worth
from wargame.rules.effects.flow import End
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Outcome, Trigger
from wargame.words import Words

SOME_WIN = Outcome("pact", "the pact", "A pact is signed.", wins=("amber", "cedar"))
WHO_REACHED = Outcome("pact", "the pact", "A pact is signed.", line=True)
BOTH = Outcome("pact", "the pact", "A pact is signed.", wins=("cedar",), line=True)
NOBODY = Outcome("pact", "the pact", "A pact is signed.")


def ends_with(outcome: Outcome, **tracks: int) -> Game:
    """A game that an upkeep has ended so."""
    spec = replace(
        mini().spec,
        outcomes=(*mini().spec.outcomes, outcome),
        triggers=(Trigger("pact", "x", "", (End("pact"),)),),
    )
    game = with_tracks(a_game(Scenario(spec, mini().hash, mini().texts)), **tracks)
    while not game.over:
        game.apply(game.legal_moves()[0])
    return game


@pytest.mark.parametrize(
    ("outcome", "winners"),
    [(SOME_WIN, {"amber", "cedar"}), (NOBODY, set()), (WHO_REACHED, {"birch"}), (BOTH, {"birch", "cedar"})],
)
def test_an_outcome_says_who_wins(outcome: Outcome, winners: set[str]) -> None:
    """Seats that it names, those that have reached their line, both, or nobody."""
    game = ends_with(outcome)
    reached = {seat for seat, line in game.lines.items() if line.margin >= 0}

    won = {seat for seat, line in game.lines.items() if line.won}

    assert game.state.outcome == "pact"
    assert won == (winners - {"birch"}) | (reached if outcome.line else set())
    assert set(game.state.winners) == won


def test_who_is_ruined_does_not_win_by_an_outcome_either() -> None:
    game = ends_with(SOME_WIN)
    edit(game, ruined=("amber",))

    assert not game.lines["amber"].won
    assert game.lines["cedar"].won


def test_it_is_told_in_the_scenarios_words() -> None:
    """The event, the effect on a card with who wins by it, and what seats are ranked by."""
    scenario = ends_with(SOME_WIN).scenario
    words = Words(scenario)

    assert words.effects((End("pact"),)) == ["The pact: the game ends at once and Amber and Cedar win"]
    assert words.ended("pact") == "with the pact"
    assert words.ended("time") == "after the last round"
    assert "Ranked by blame" in words.ranked("fire")
    assert "Ranked by (score" in words.ranked("pact")


def test_bots_want_an_outcome_in_which_they_win_and_shun_the_others() -> None:
    scenario = ends_with(SOME_WIN).scenario

    assert outcome_worth(scenario, "amber", "pact") == DECIDED
    assert outcome_worth(scenario, "birch", "pact") == -DECIDED
    assert outcome_worth(scenario, "birch", "fire") == -DECIDED
    assert outcome_worth(ends_with(WHO_REACHED).scenario, "birch", "pact") == 0.0
    assert outcome_worth(scenario, "amber", "time") == 0.0
