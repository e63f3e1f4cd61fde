"""The face of a card: short lines that say all that it does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.boards import MINI
from tests.words.boards import SHIPPED, scenario, spoken
from wargame.content.load import load_scenario
from wargame.rules.conditions import SUBJECTS
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Card, News
from wargame.words import Words
from wargame.words.en import faces
from wargame.words.texts import columns, wrapped


def mini() -> Words:
    return Words(load_scenario(MINI))


FACES = [
    ("second-shift", ["Wood +1", "Nerve −1"]),
    ("hush-money", ["Now hush (2 rds)", "Score +1", "Rumour −1"]),
    ("sow", ["Next round:", "50%: Grain +2", "Else Grain +1"]),
    ("weather-eye", ["If Grain ≤4:", "Grain +1", "Else coin +1"]),
    ("squeeze", ["20%: AM chosen", "good −2 (2 rds)", "Else Heat +1"]),
    ("keyhole", ["See Nerve", "See BI coin"]),
    ("dare", ["Heat +3", "If Heat 10+:", "The game ends:", "the fire"]),
    ("second-thoughts", ["needs Heat ≤4", "Heat +1"]),
    ("baskets", ["BI 2 coin to AM", "BI influence +1"]),
    ("whispers", ["Suspect"]),
]


@pytest.mark.parametrize(("card", "lines"), FACES)
def test_a_face_says_what_a_card_does_in_short_lines(card: str, lines: list[str]) -> None:
    """Success, failure, conditions and what comes later stand on lines of their own."""
    assert mini().face(card) == lines


@pytest.mark.parametrize("name", SHIPPED)
def test_every_card_has_a_face_of_sixteen_columns(name: str) -> None:
    """No line is wider, none is empty, and nothing is left out."""
    words, board = spoken(name), scenario(name)
    cards: tuple[Card | News, ...] = (*board.cards.values(), *board.news.values())
    for card in cards:
        lines = [*words.title_lines(card), *words.face(card)]
        assert words.face(card) or not card.effects, card.id
        assert all(0 < columns(line) <= 16 for line in lines), (card.id, lines)


def test_every_operator_and_every_condition_has_a_line() -> None:
    """One that is added without a face would leave a card blank."""
    assert set(OPERATORS.values()) <= faces._said.registry.keys()
    assert {*SUBJECTS, "good", "seat"} == faces.ASKED.keys()


def test_a_long_name_may_be_short_on_a_face() -> None:
    """`short` of a track stands there; everywhere else its name does."""
    board = load_scenario(MINI)
    tracks = tuple(replace(one, short="Cold") if one.id == "nerve" else one for one in board.spec.tracks)
    words = Words(Scenario(replace(board.spec, tracks=tracks)))

    assert words.face("second-shift")[-1] == "Cold −1"
    assert words.card_text("second-shift")[-1] == "Nerve ▼1"


def test_a_chance_has_its_word_where_the_scenario_lists_its_odds() -> None:
    """Beside the number, in the card's text and in the parts of the odds."""
    board = load_scenario(MINI)
    rules = replace(board.spec.rules, odds=(25, 50, 75, 90))
    words = Words(Scenario(replace(board.spec, rules=rules)))
    [path] = [path for path, dice in words.scenario.programs.rolls.items() if path.startswith("card/sow")]

    assert [words.odds_words(base) for base in rules.odds] == ["long shot", "even", "likely", "nearly sure"]
    assert "50 % [even]" in " ".join(words.card_text("sow"))
    assert words.roll_terms(path, (50, 0))[0] == ("to start with: even", 50)
    assert mini().roll_terms(path, (50, 0))[0] == ("to start with", 50)
    assert words.odds_words(40) == ""


def test_a_whole_face_has_title_cost_speed_chance_and_aim() -> None:
    """As `wargame check --faces` prints it."""
    board = load_scenario(MINI)

    assert mini().printed(board.cards["squeeze"]).splitlines() == [
        "Squeeze",
        "  ¤2 · speed 3 · 20% +4 per Rumour +30 Found · at wood, water or salt",
        "    20%: AM chosen",
        "    good −2 (2 rds)",
        "    Else Heat +1",
    ]


def test_lines_break_at_blanks_and_count_wide_letters_twice() -> None:
    """A word that is wider than a line is cut."""
    assert wrapped("Seoul–Beijing +1 and on", 16) == ["Seoul–Beijing +1", "and on"]
    assert wrapped("abcdefgh", 3) == ["abc", "def", "gh"]
    assert wrapped("두 번째 교대", 7) == ["두 번째", "교대"]
    assert columns("번째") == 4
