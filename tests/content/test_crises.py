"""What can be wrong with a crisis has a sentence with its place."""

from __future__ import annotations

import pytest

from tests.content.decks import check, said, spoil, texts
from tests.rules.crises import CRISIS, PAIR, crisis_texts
from wargame.content.aloud import warnings
from wargame.content.load import summary
from wargame.words import Words

N = "news.yaml"
MISTAKES = [
    ("id: share", "id: keep", "two options have the same id"),
    ("id: share", "id: ¶Share", "`Share` is no id"),
    (
        "option: take, at_least: 2",
        "option: ¶tak, at_least: 2",
        "there is no option `tak` (did you mean `take`?)",
    ),
    ("option: take, at_least: 2", "option: take, at_least: ¶4", "must be 1 to 3, not 4"),
    ("option: take, at_least: 2", "option: take, at_least: ¶0", "must be 1 to 3, not 0"),
    (
        "      - effects:\n",
        "      - ¶{}\n      - effects:\n",
        "those after it never come: only the last has no `when`",
    ),
    (
        "      - effects:\n          - shift: {track: heat, by: 1}\n",
        "",
        "the last outcome comes when no other fits: no `when`",
    ),
    ("    prompt: Who", "    seats: ¶[amber]\n    prompt: Who", "a crisis asks two seats or more, each once"),
    (
        "    prompt: Who",
        "    seats: [amber, ¶brich]\n    prompt: Who",
        "there is no seat `brich` (did you mean `birch`?)",
    ),
    (
        "{track: grain, by: 2}",
        "{influence: ¶self, by: 2}",
        "there is no seat `self` (known: `amber`, `birch`, `cedar`)",
    ),
    (
        "    prompt: Who",
        "    colour: 1\n    prompt: Who",
        "unknown key `colour`; here may stand `prompt`, `options`, `outcomes`, `seats`",
    ),
    ("    prompt: Who gives up water?\n", "", "`prompt` is missing"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_each_mistake_in_a_crisis_has_its_complaint(old: str, new: str, message: str) -> None:
    """One mistake in a sound crisis: the one sentence it deserves, at the place where it stands."""
    files, place = spoil(N, old, new, crisis_texts())

    complaints = said(files)

    expected = f"{place}: {message}" if "¶" in new else f": {message}"
    assert [one for one in complaints if one.endswith(expected)], complaints


def test_a_sound_crisis_is_sound() -> None:
    """The ground that the mistakes stand on; `self` stands for whoever answers."""
    assert said(crisis_texts(CRISIS + PAIR)) == []


def test_no_seat_is_called_self() -> None:
    """Else nobody could tell whom an answer pays."""
    files, place = spoil(
        "scenario.yaml", "  - id: birch\n    name", "  - id: ¶self\n    name", crisis_texts(PAIR)
    )

    assert f"{place}: `self` is no id for a seat: who answers a crisis goes by it" in said(files)


def test_each_answer_and_each_end_has_a_face_of_its_own() -> None:
    """Four lines each; one that has more is a warning with its place."""
    long = "          - shift: {track: grain, by: 2}\n" + "          - shift: {track: heat, by: 1}\n" * 4
    files, _place = spoil(N, "          - shift: {track: grain, by: 2}\n", long, crisis_texts())
    scenario = check(files).scenario
    assert scenario is not None

    told = [str(one) for one in warnings(scenario, Words(scenario)) if "dry-stream/1" in str(one)]

    assert told == [
        "news.yaml:35:11: the face of `dry-stream/1` takes 5 lines of 16 columns "
        "(Grain +2 / Heat +1 / Heat +1 / Heat +1 / Heat +1): at most 4 fit"
    ]


def test_an_answer_that_pays_who_gives_it_is_as_long_as_it_is_printed() -> None:
    """Whoever gives it needs no name there, so that four lines are four."""
    paid = (
        "          - if:\n"
        "              when: {track: heat, at_least: 4}\n"
        "              then: [{points: {seat: self, by: 3}}]\n"
        "              otherwise: [{points: {seat: self, by: -1}}, {shift: {influence: self, by: -1}}]\n"
    )
    files, _place = spoil(N, "          - shift: {influence: self, by: 2}\n", paid, crisis_texts())
    scenario = check(files).scenario
    assert scenario is not None

    assert not [one for one in warnings(scenario, Words(scenario)) if "dry-stream/2" in str(one)]


def test_a_crisis_is_printed_with_its_answers_and_ends() -> None:
    """`self` needs no name there."""
    scenario = check(crisis_texts()).scenario
    assert scenario is not None

    assert Words(scenario).printed(scenario.news["dry-stream"]).splitlines() == [
        "The stream runs / dry",
        "    Heat +1",
        "    All answer:",
        "    Keep to",
        "    yourself: –",
        "    Share it out:",
        "    influence −1",
        "    50%: score +1",
        "    Take what is",
        "    there: influence",
        "    +2",
        "    2+ Take what is",
        "    there: Grain −2",
        "    BI chooses:",
        "    Nobody's: –",
        "    Cedar's: CE",
        "    influence −1",
        "    2+ Share it out:",
        "    Grain +2",
        "    Else: Heat +1",
    ]


def test_check_counts_crises_where_there_are_any() -> None:
    """In the line of the news."""
    scenario, plain = check(crisis_texts(CRISIS + PAIR)).scenario, check(texts()).scenario
    assert scenario is not None
    assert plain is not None

    assert "news      2 cards, 1 with a choice, 2 crises" in summary(scenario)
    assert "cris" not in summary(plain)
