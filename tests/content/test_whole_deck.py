"""Facts about the whole of *A Dangerous Honeymoon*, one test a fact: its size, its sources, its stories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from wargame import load_scenario
from wargame.content.ground import walk
from wargame.content.load import check_folder, check_texts, scenario_folder
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose
from wargame.rules.effects.tracks import SetFlag
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Card, DealTemplate, News

SENTENCE = re.compile(r"[.!?][”\"]?(?= |$)")


@pytest.fixture(scope="module")
def honeymoon() -> Scenario:
    return load_scenario("honeymoon", hindsight=True)


def policy(scenario: Scenario) -> Iterator[tuple[str, Card]]:
    return ((seat, card) for seat, deck in scenario.spec.cards.items() for card in deck)


def all_cards(scenario: Scenario) -> list[Card | News]:
    return [*scenario.spec.news, *(card for _seat, card in policy(scenario))]


def everything(scenario: Scenario) -> dict[str, Any]:
    """Whatever a story or a system may name, by id."""
    here = scenario
    return {
        **here.cards,
        **here.news,
        **here.deals,
        **here.triggers,
        **here.dials,
        **here.stands,
        **here.production,
    }


def test_the_size(honeymoon: Scenario) -> None:
    """At least what the design asks for of every kind, and no more tracks than a board can hold."""
    spec = honeymoon.spec
    asking = [card for card in spec.news if any(isinstance(p.record, Choose) for p in walk("", (), card))]

    assert len(spec.news) >= 36
    assert len(asking) >= 12
    assert all(len(deck) >= 12 for deck in spec.cards.values())
    assert all(sum(card.quiet for card in deck) >= 2 for deck in spec.cards.values())
    assert len(spec.deals) >= 14
    assert all(sum(one.seat == seat for one in spec.agendas) >= 3 for seat in honeymoon.seat_ids)
    assert len(spec.epilogues) >= 12
    assert len(spec.tracks) <= 15
    assert len(spec.hindsight) >= 12


def test_every_paragraph_is_cited(honeymoon: Scenario) -> None:
    """Each of p1 to p10 by four cards or more; each card cites the one or two paragraphs it stands on."""
    cards = all_cards(honeymoon)
    cited = Counter(part for card in cards for part in card.source.split(", "))

    assert set(cited) == {f"p{number}" for number in range(1, 11)}
    assert min(cited.values()) >= 4
    assert {len(card.source.split(", ")) for card in cards} <= {1, 2}


def test_a_card_is_two_sentences(honeymoon: Scenario) -> None:
    """Its moment is told in two, whoever draws it."""
    cards = all_cards(honeymoon)
    wrong = {card.id: str(card.text) for card in cards if len(SENTENCE.findall(str(card.text))) != 2}

    assert wrong == {}


def test_no_two_cards_do_the_same(honeymoon: Scenario) -> None:
    """Neither among the policy cards nor among the news."""
    for cards in ([card for _seat, card in policy(honeymoon)], [*honeymoon.spec.news]):
        seen: dict[object, str] = {}
        for card in cards:
            does = card.effects, getattr(card, "crisis", None)
            assert seen.setdefault(does, card.id) == card.id


def flags_of(thing: Any, kind: type) -> set[str]:
    """The flags that a thing raises or takes down (`SetFlag`), or asks for (`Condition`)."""
    records: list[Any] = [piece.record for piece in walk("", (), thing) if isinstance(piece.record, kind)]
    return {record.flag for record in records if record.flag}


def asked_of_deals(thing: Any) -> set[object]:
    """The deals that a thing asks about, by id or by pair."""
    asked = [p.record for p in walk("", (), thing) if isinstance(p.record, Condition)]
    pairs: set[object] = {frozenset(one.deals.between or ()) for one in asked if one.deals}
    return pairs | {one.deal for one in asked if one.deal}


def names_of(thing: Any) -> set[object]:
    """What a question about deals may call this one."""
    return {thing.id, frozenset(thing.between)} if isinstance(thing, DealTemplate) else set()


def linked(before: Any, after: Any) -> bool:
    """Whether both turn on the same flag, or one asks about the deal that the other is."""
    flags = [flags_of(one, SetFlag) | flags_of(one, Condition) for one in (before, after)]
    deals = [
        {one.id, frozenset(one.between)} if isinstance(one, DealTemplate) else set()
        for one in (before, after)
    ]
    asked = [asked_of_deals(one) for one in (before, after)]
    return bool(flags[0] & flags[1] or deals[0] & asked[1] or deals[1] & asked[0])


def test_the_stories_hold_together(honeymoon: Scenario) -> None:
    """Six chains or more; each step hangs on the flag or deal of another step of its story."""
    known = everything(honeymoon)

    assert len(honeymoon.spec.stories) >= 6
    for story in honeymoon.spec.stories:
        steps = [known[name] for name in story.steps]
        assert len(steps) >= 3
        for step in steps:
            others = [other for other in steps if other is not step]
            assert any(linked(step, other) for other in others), (story.id, step.id)


def test_every_system_is_carried(honeymoon: Scenario) -> None:
    """All eighteen, each by two things or more that a player meets."""
    assert [one.id for one in honeymoon.spec.systems] == [f"S{number}" for number in range(1, 19)]
    assert all(len(set(one.carried_by)) >= 2 for one in honeymoon.spec.systems)


def test_every_flag_is_raised_and_read(honeymoon: Scenario) -> None:
    """A flag that nothing asks for, or nothing raises, is a story cut short."""
    spec = honeymoon.spec
    raised, read = flags_of(spec, SetFlag), flags_of(spec, Condition)
    located = {f"located-{name}" for made in spec.production for name in made.inputs}
    aimed = {"located-target"}

    assert {flag.id for flag in spec.flags} - raised - located == set()
    assert {flag.id for flag in spec.flags} - read - (located if aimed <= read else set()) == set()


def test_a_system_names_what_there_is() -> None:
    """An id that nothing has is found, with its place."""
    folder = scenario_folder("honeymoon")
    raw = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    raw["systems.yaml"] = raw["systems.yaml"].replace(b"two-pages", b"two-page", 1)

    complaints = check_texts(raw).complaints

    assert [complaint.file for complaint in complaints] == ["systems.yaml"]
    assert "did you mean `two-pages`" in str(complaints[0])
    assert check_folder(folder).complaints == []
