"""The optional deck of what was reported afterwards: left out, or shuffled into the news."""

from __future__ import annotations

import re

import pytest

from wargame.content.load import check_texts, load_scenario
from wargame.rules.effects.tracks import FOREVER
from wargame.rules.events import NewsCame
from wargame.rules.game import Game
from wargame.rules.moves import Offer
from wargame.rules.options import legal_moves
from wargame.rules.phases import run_to_decision, step
from wargame.rules.scenario import Scenario
from wargame.rules.setup import new_state
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


def test_its_rung_is_on_top_of_the_ladder() -> None:
    """Asked for, the ladder has one rung more and a deal that stands on it; else neither."""
    plain, later = load_scenario("honeymoon").spec, with_hindsight().spec
    assert plain.ladder is not None
    assert later.ladder is not None

    assert later.ladder.wants == (*plain.ladder.wants, 9)
    assert later.ladder.names[:-1] == plain.ladder.names
    assert later.deals[: len(plain.deals)] == plain.deals
    assert [deal.rung for deal in later.deals[len(plain.deals) :]] == [len(later.ladder.wants)]


def test_its_deal_waits_for_the_treaty() -> None:
    """Nobody can offer it before the card that raises the flag; afterwards the two can."""
    scenario = with_hindsight()
    [deal] = [one.id for one in scenario.spec.deals if one.rung == 5]

    def offers(*flags: str) -> set[str]:
        state, _out = new_state(scenario, 1, 6)
        run_to_decision(state, [])
        while state.phase != "orders":
            step(state, legal_moves(state)[0])
        state.tracks["trust"] = 9
        state.flags = dict.fromkeys(flags, FOREVER)
        state.to_act = "dprk"
        return {move.deal for move in legal_moves(state) if isinstance(move, Offer)}

    assert deal not in offers()
    assert deal in offers("treaty")


def test_news_alone_may_be_a_plain_list() -> None:
    """As any other deck: the cards are in, and the ladder stays as it was."""
    plain = "\n".join(
        ["- id: later", "  title: Later", "  source: fact", "  text: It came.", "  effects: []"]
    )

    checked = check_texts(texts(**{DECK: plain}))

    assert checked.scenario is not None
    assert [card.id for card in checked.scenario.spec.hindsight] == ["later"]
    assert checked.scenario.spec.ladder == load_scenario("honeymoon").spec.ladder


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{name: troops, wants: 9}", "{name: troops, ¶want: 9}", "unknown key `want`"),
        ("rungs:\n  -", "¶rung:\n  -", "unknown key `rung`"),
        ("    rung: 5\n", "    rung: ¶6\n", "the ladder ends at rung 5"),
        ("  - id: troops-for-technology", "  - id: ¶shells-for-oil", "`shells-for-oil`"),
        (
            "      - {flag: treaty}\n    text",
            "      - {flag: ¶treatise}\n    text",
            "there is no flag `treatise`",
        ),
    ],
)
def test_mistakes_in_its_deals_and_rungs_have_their_place(old: str, new: str, message: str) -> None:
    """Each on the line where it stands, with the usual sentence."""
    whole = texts()[DECK].decode()
    assert old in whole
    spoilt = whole.replace(old, new, 1)
    line = spoilt[: spoilt.index("¶")].count("\n") + 1

    complaints = check_texts(texts(**{DECK: spoilt.replace("¶", "")})).complaints

    assert [one for one in complaints if (one.file, one.line) == (DECK, line) and message in str(one)]


def test_a_rung_needs_a_ladder() -> None:
    """Without one there is nothing to put it on."""
    main = re.sub(r"^ladder:\n(  .*\n)+", "", texts()["scenario.yaml"].decode(), flags=re.M)

    said = [str(one) for one in check_texts(texts(**{"scenario.yaml": main})).complaints]

    assert [one for one in said if "there is no ladder that a rung could be put on" in one]


def test_its_shape_is_checked() -> None:
    """A key that news does not have is refused."""
    wrong = texts()[DECK].decode().replace("    source: fact\n", "    source: fact\n    cost: 2\n", 1)

    complaints = check_texts(texts(**{DECK: wrong})).complaints

    assert {found.file for found in complaints} == {DECK}
    assert "cost" in str(complaints[0])
