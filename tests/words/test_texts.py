"""Names and languages: what is picked, and what passes through untouched."""

from __future__ import annotations

import pytest

from tests.words.boards import retitled, scenario, spoken
from wargame.rules.conditions import Condition, DealMatch
from wargame.rules.effects.tracks import Shift
from wargame.rules.moves import Signal
from wargame.words import Words, text, words


@pytest.mark.parametrize(
    ("value", "language", "picked"),
    [
        ("plain", "ko", "plain"),
        ({"en": "trust", "ko": "신뢰"}, "ko", "신뢰"),
        ({"en": "trust", "ko": "신뢰"}, "fr", "trust"),
        ({"ko": "신뢰"}, "fr", "신뢰"),
        ({}, "en", ""),
        ("[/red] {0} %s", "en", "[/red] {0} %s"),
    ],
)
def test_a_text_is_picked_by_language(value: str | dict[str, str], language: str, picked: str) -> None:
    """The language asked for, else English, else any; a plain string is the same in all."""

    assert text(value, language) == picked


def test_a_language_without_sentences_speaks_english() -> None:
    """The texts of a scenario may be Korean while the sentences around them are not."""

    assert words("ko") is Words


def test_names_of_a_scenario_come_in_the_language_asked_for() -> None:
    """A mapping in a title reaches the sentence in the language of the speaker."""
    speak = retitled("honeymoon", {"en": "Trust", "ko": "신뢰"})

    assert speak.effects((Shift(track="trust", by=-2),)) == ["신뢰 ▼2"]


@pytest.mark.parametrize("title", ["[/red]", "[bold]NO[/]", "{0} {x}", "%s %(a)s", "\\[ok]", "12:30"])
def test_what_looks_like_markup_is_just_text(title: str) -> None:
    """A title passes through sentences unchanged, whatever it looks like."""
    speak = retitled("honeymoon", title)
    seat = speak.scenario.seat_ids[0]
    card = speak.scenario.decks[seat][0]

    assert speak.move(Signal(seat, card)).endswith(f"tells the table: {title}")
    assert speak.effects((Shift(track="trust", by=1, rounds=3),)) == [f"{title} ▲1 for three rounds"]


def test_quarters_go_by_round() -> None:
    """Round one is the scenario's first quarter; years turn over."""
    speak = spoken("honeymoon")

    assert [speak.date(n) for n in (1, 2, 5)] == ["Oct–Dec 2023", "Jan–Mar 2024", "Oct–Dec 2024"]


@pytest.mark.parametrize(
    ("cause", "title"),
    [
        ("deal/shells-for-oil", "Shells for oil"),
        ("trigger/war", "The war in Ukraine"),
        ("dial/aid/cut", "Aid to Pyongyang: Cut"),
        ("stand/warning", "The trilateral warning"),
        ("card/watch-the-pier", "Watch the pier"),
        ("production/munitions", "North Korea's factories"),
        ("over/trigger/war", "“The war in Ukraine” wears off"),
        ("", ""),
        ("card/from-another-version", "from another version"),
    ],
)
def test_a_cause_has_a_title(cause: str, title: str) -> None:
    """Each kind of cause by its title; an id that nobody knows is spelt out."""

    assert spoken("honeymoon").cause(cause) == title


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("seoul_beijing +1.0, leash -0.8", "+1.0 points from Seoul–Beijing, −0.8 from Beijing's hold"),
        (
            "+1.3 in 20 worlds: own hand +0.3, japan/oil -1.2",
            "+1.3 points in 20 imagined worlds: +0.3 points from cards in hand, −1.2 from Japan's oil",
        ),
        ("-0.4 in 64 worlds", "−0.4 points in 64 imagined worlds"),
        ("own points +2.5, own influence -1.1", "+2.5 points from payments on the way, −1.1 from influence"),
        ("japan +0.6, hand +1.0", "+0.6 points from what else it gains and pays, +1.0 from cards in hand"),
        ("the front matters, and oil", "the front matters, and oil"),
        ("oil +1.0, I think", "oil +1.0, I think"),
        ("", ""),
    ],
)
def test_a_bots_reason_has_names_for_ids(reason: str, said: str) -> None:
    """Each thing is called by what it is, also in older saves; what people write stays as they wrote it."""

    assert spoken("honeymoon").thought(reason) == said


def test_a_deal_that_moves_no_goods_runs_and_is_not_delivered() -> None:
    """What follows each round is told by what the deal is."""
    speak = spoken("honeymoon")
    each = {deal: next(line for line in speak.deal_effects(deal) if line.startswith("For each round that"))
            for deal in ("shells-for-oil", "quiet-channel")}  # fmt: skip

    assert each["shells-for-oil"].startswith("For each round that both deliver in full: ")
    assert each["quiet-channel"].startswith("For each round that it runs: ")


SAID = [
    (Condition(track="sanctions", at_least=6), "Sanctions at least 6"),
    (Condition(track="sanctions", at_least=2, at_most=4), "Sanctions 2 to 4"),
    (
        Condition(deals=DealMatch(between=("dprk", "russia")), is_="proved"),
        "a proved deal between North Korea and Russia",
    ),
    (
        Condition(deals=DealMatch(between=("dprk", "russia"), rung=2, secret=True), at_most=0),
        "no running secret deal between North Korea and Russia on rung two or above",
    ),
    (Condition(good="shells", seat="dprk", at_least=1), "North Korea holds at least 1 shell"),
    (Condition(not_=Condition(deal="shells-for-oil")), "not: “Shells for oil” is running"),
    (
        Condition(all=(Condition(round="now", at_least=3), Condition(seat="dprk", is_="ruined"))),
        "from round 3 on and North Korea is ruined",
    ),
]


@pytest.mark.parametrize(("condition", "said"), SAID, ids=[said for _condition, said in SAID])
def test_conditions_read_as_written_here(condition: Condition, said: str) -> None:
    """Samples of conditions with their exact phrases."""

    assert spoken("honeymoon").condition(condition) == said


def test_parties_take_their_article() -> None:
    """A label is bare; in a sentence English wants its article."""
    speak = Words(scenario("honeymoon"))

    assert (speak.seat("us"), speak.party("us")) == ("United States", "the United States")
