"""What was reported to have happened: each with its date, in the round of that date, and never in play."""

from __future__ import annotations

import pytest

from tests.content.decks import HERE, said, spoil, texts
from wargame.content.load import load_scenario
from wargame.rules.game import Game

EVENT = """
- id: first-loaf
  date: 1890-02
  round: 0
  source: fact
  title: The first loaf
  text: The mill bakes its first loaf.
"""


def test_every_report_has_its_date_and_round() -> None:
    """The real history stands in the order of its dates, in the rounds of the game, each on a fact."""
    history = load_scenario("honeymoon").spec.history

    assert len(history) >= 10
    assert [one.date[:7] for one in history] == sorted(one.date[:7] for one in history)
    assert {one.source for one in history} == {"fact"}
    assert {one.round for one in history} >= {0, 1, 2, 5}
    assert all(str(one.text) and str(one.title) for one in history)


def test_history_changes_nothing_in_play() -> None:
    """The same seed gives the same game with and without it."""
    scenario = load_scenario("honeymoon")
    game = Game.new(scenario, seed=3)

    assert not {one.id for one in scenario.spec.history} & set(scenario.news)
    assert not {one.id for one in scenario.spec.history} & set(game.state.news)


def test_a_sound_history_is_taken() -> None:
    """What came before the first round is in round 0."""
    assert said({**texts(), "history.yaml": EVENT}) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("1890-02", f"{HERE}1890-13", "a date is a year, a month or a day"),
        ("1890-02", f"{HERE}February", "a date is a year, a month or a day"),
        ("1890-02", f"{HERE}1890", "must be text"),
        ("round: 0", f"round: {HERE}3", "1890-02 falls in round 0"),
        ("source: fact", f"source: {HERE}{'hearsay ' * 9}", "a source is a line of at most 60 characters"),
        ("text:", f"{HERE}words:", "unknown key `words`"),
    ],
)
def test_what_is_wrong_with_a_history_has_its_place(old: str, new: str, says: str) -> None:
    """A date that is none, a round that is another quarter's, a key that is not known."""
    files, place = spoil("history.yaml", old, new, {**texts(), "history.yaml": EVENT})
    complaints = said(files)

    assert any(complaint.startswith(f"{place}:") and says in complaint for complaint in complaints)


def test_a_report_of_the_second_quarter_falls_in_the_second_round() -> None:
    """Quarters are counted from the scenario's clock."""
    scenario = load_scenario("honeymoon")
    rounds = {one.id: one.round for one in scenario.spec.history}

    assert rounds["satellite"] == 1
    assert rounds["panel-ends"] == 2
    assert rounds["million-barrels"] == 5
