"""Arms of an experiment do what they say, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import pytest

from tests.rules.boards import honeymoon
from wargame.content.claims import Act, Arm
from wargame.lab.simulate import game_seed, play_game
from wargame.lab.trials import Record, Trial, changed_scenario
from wargame.rules.events import CardRevealed, DealProved, DealSuspected, GoodsDelivered, NewsCame, StandTaken
from wargame.rules.scoring import final_scores

E = TypeVar("E")
BOTS = dict.fromkeys(honeymoon().seat_ids, "greedy")


def played(*acts: dict[str, Any], seed: int = 3, bots: Mapping[str, str] = BOTS) -> Record:
    arm = Arm(id="x", text="", does=[Act(**act) for act in acts])
    return Trial(changed_scenario(honeymoon(), arm), arm, seed, bots).play()


def of_kind(record: Record, kind: type[E]) -> list[tuple[int, E]]:
    return [(round_, event) for round_, event in record.events if isinstance(event, kind)]


def test_an_arm_that_does_nothing_is_the_game() -> None:
    """The same scores as a game without any experiment, from the same seed."""
    seed = game_seed(1, 0)
    state, _ = play_game(honeymoon(), BOTS, seed)
    lines = final_scores(state)

    assert played(seed=seed).scores == {seat: line.score for seat, line in lines.items()}


def test_a_deal_is_signed_and_kept() -> None:
    """In its rounds, by nobody's choice, unnoticed before the reveal like any other."""
    record = played(
        {"sign": "shells-for-oil", "rounds": 3, "at": [2]},
        {"keep": ["shells-for-oil"]},
        {"forbid": ["shells-for-oil"]},  # else they may sign it themselves before
    )
    (deal,) = (deal for deal in record.deals if deal.template == "shells-for-oil" and deal.signed == 2)
    assert deal.status == "done"
    shells = [
        (round_, event.giver, event.taker)
        for round_, event in of_kind(record, GoodsDelivered)
        if (event.deal, event.good) == ("shells-for-oil", "shells")
    ]
    assert shells == [(round_, "dprk", "russia") for round_ in (2, 3, 4)]


def test_what_is_forbidden_does_not_happen() -> None:
    """Neither deals nor cards nor event cards."""
    all_deals = list(honeymoon().deals)
    assert played({"forbid": all_deals}).deals == ()
    gone = {"the-chip-rules", "column-on-the-road"}
    for seed in range(4):
        record = played({"forbid": sorted(gone)}, seed=seed)
        assert not {event.card for _, event in of_kind(record, CardRevealed)} & gone
        assert not {event.cause.removeprefix("news/") for _, event in of_kind(record, NewsCame)} & gone


def test_a_printed_action_is_forbidden_by_its_name() -> None:
    """It is played by players who do anything, and by none where it is forbidden; those of others go on."""

    def acted(*acts: dict[str, Any]) -> set[str]:
        records = (played(*acts, seed=seed, bots=dict.fromkeys(BOTS, "random")) for seed in range(2))
        names = {seat.action.id for seat in honeymoon().seats.values()}
        return names & {event.card for record in records for _, event in of_kind(record, CardRevealed)}

    assert acted() - acted({"forbid": ["repair-an-input"]}) == {"repair-an-input"}


def test_numbers_are_set_and_moved() -> None:
    """From the beginning, in one round, or in every one."""
    start = honeymoon().tracks["brink"].start
    first = Trial(honeymoon(), Arm(id="x", text="", does=[Act(set="brink", by=2, at=[0])]), 1, BOTS)
    assert first.state.tracks["brink"] >= start + 1  # an event card may have moved it since
    record = played({"set": "roubles", "seat": "dprk", "to": 3})
    assert all(held["dprk"]["roubles"] >= 3 for held in record.goods[1:])  # nothing takes them away


def test_a_card_is_laid_down_for_a_seat() -> None:
    """Free, in its round, aimed at what holds the plants back."""
    record = played({"commit": "one-thing-they-need", "seat": "rok", "aim": "bottleneck", "at": [2]})
    laid = [(event.seat, event.card) for round_, event in of_kind(record, CardRevealed) if round_ == 2]
    assert laid.count(("rok", "one-thing-they-need")) == 1


def test_a_stand_is_taken_by_those_who_are_told_to() -> None:
    together = played({"stand": "warning", "seats": ["rok", "us", "japan"], "at": [2]})
    deserted = played({"stand": "warning", "seats": ["rok", "us"], "at": [2]})
    assert of_kind(together, StandTaken) == [(2, StandTaken(None, "warning", ("rok", "us", "japan"), True))]
    assert of_kind(deserted, StandTaken) == [(2, StandTaken(None, "warning", ("rok", "us"), False))]


def test_a_dial_stays_where_it_is_held() -> None:
    assert {dials["aid"] for dials in played({"dial": "aid", "setting": "cut"}).dials} == {"cut"}


def test_proof_comes_when_it_is_called_for_and_not_at_all_where_nothing_is_noticed() -> None:
    acts = ({"sign": "shells-for-oil", "at": [1]}, {"keep": ["shells-for-oil"]})
    proved = played(*acts, {"prove": ["dprk", "russia"], "at": [2]})
    assert next(round_ for round_, _ in of_kind(proved, DealProved)) <= 2
    assert of_kind(played(*acts, {"undetected": True}), DealSuspected) == []


def test_a_modifier_may_not_count() -> None:
    """The odds of a card lose the line that knowing adds to them."""
    arm = Arm(id="x", text="", does=[Act(without=["Aimed at the bottleneck"])])
    (roll,) = changed_scenario(honeymoon(), arm).cards["one-thing-they-need"].effects
    assert [part.label for part in roll.modifiers] == ["Sanctions"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", [1, 2])
def test_arms_share_their_luck(seed: int) -> None:
    """Until something is done, both arms are the same game."""
    one = played({"set": "brink", "to": 9, "at": [4]}, seed=seed)
    other = played(seed=seed)
    assert one.tracks[:3] == other.tracks[:3]
