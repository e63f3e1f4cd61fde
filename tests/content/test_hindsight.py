"""The optional deck of what was reported afterwards: left out, or shuffled into the news."""

from __future__ import annotations

import re

from wargame.content.load import check_texts, load_scenario
from wargame.rules.events import NewsCame
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario
from wargame.rules.spec import News

DECK = "hindsight.yaml"


def texts(**changed: str) -> dict[str, bytes]:
    """The shipped scenario's files, some of them with other text."""
    shipped = with_hindsight().texts
    return {name: text.encode() for name, text in (shipped | changed).items()}


def with_hindsight() -> Scenario:
    return load_scenario("honeymoon", hindsight=True)


def test_the_deck_is_left_out_unless_asked_for() -> None:
    """Without asking neither the news nor the text that a save carries has any of it."""
    scenario = load_scenario("honeymoon")

    assert scenario.spec.hindsight == ()
    assert DECK not in scenario.texts


def test_the_deck_is_shuffled_into_the_news() -> None:
    """Asked for, its cards can be drawn as any other; it is another scenario, with a hash of its own."""
    scenario = with_hindsight()
    ids = {card.id for card in scenario.spec.hindsight}

    assert len(ids) >= 12
    assert all(isinstance(card, News) for card in scenario.spec.hindsight)
    assert ids <= set(scenario.news)
    assert scenario.hash != load_scenario("honeymoon").hash


def test_its_cards_are_played() -> None:
    """In some game of bots a card of it is drawn and told as news."""
    scenario = with_hindsight()
    ids = {card.id for card in scenario.spec.hindsight}
    drawn = set()
    for seed in range(5):
        game = Game.new(scenario, seed=seed)
        events = list(game.opening)
        while not game.over:
            events += game.apply(game.legal_moves()[0])
        drawn |= {event.cause.removeprefix("news/") for event in events if isinstance(event, NewsCame)} & ids

    assert drawn


def test_every_card_has_one_quarter_and_a_fact() -> None:
    """It is drawn only in the round in which it became known, and stands on public reporting."""
    for card in with_hindsight().spec.hindsight:
        assert card.when is not None
        rounds = [leaf for leaf in card.when.leaves() if leaf.round]

        assert [(one.at_least, one.at_least == one.at_most) for one in rounds] == [(rounds[0].at_least, True)]
        assert card.source == "fact"


def test_a_scenario_needs_none() -> None:
    """Without the file the scenario is sound and the deck empty."""
    raw = texts()
    del raw[DECK]

    checked = check_texts(raw)

    assert checked.scenario is not None
    assert checked.scenario.spec.hindsight == ()


def test_its_mistakes_are_named_with_their_place() -> None:
    """A track that does not exist is found in this file as in any other, on its own line."""
    wrong, _ = re.subn(r"track: leash", "track: lesh", texts()[DECK].decode(), count=1)
    line = wrong[: wrong.index("lesh")].count("\n") + 1

    complaints = check_texts(texts(**{DECK: wrong})).complaints

    assert [(found.file, found.line) for found in complaints] == [(DECK, line)]
    assert "did you mean `leash`" in str(complaints[0])


def test_its_shape_is_checked() -> None:
    """A key that news does not have is refused."""
    wrong = texts()[DECK].decode().replace("  source: fact\n", "  source: fact\n  cost: 2\n", 1)

    complaints = check_texts(texts(**{DECK: wrong})).complaints

    assert {found.file for found in complaints} == {DECK}
    assert "cost" in str(complaints[0])
