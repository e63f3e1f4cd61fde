"""What a seat knew at a moment and what it did not; history laid beside a game; events in their rounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import EXAMPLE, OLDER_RULES, a_game, a_secret_deal, a_whole_honeymoon
from wargame.debrief.dated_events import dated_events, headlines
from wargame.debrief.perspective import seen
from wargame.debrief.perspective_line import known
from wargame.debrief.story import Story
from wargame.debrief.timeline import beside
from wargame.rules.events import GoodsDelivered, RoundBegan
from wargame.rules.view import view
from wargame.words import Words


@pytest.fixture(scope="module")
def story() -> Story:
    return Story.open(a_whole_honeymoon())


def test_before_it_is_laid_open_the_end_is_like_any_other_moment(story: Story) -> None:
    """At the end the view shows everything; what a seat knew just before shows its own alone."""
    end, seats = story.end, story.scenario.seat_ids
    assert set(view(end.state, seats[0]).agendas) == set(seats)
    for seat in seats:
        before = seen(end.state, seat)
        assert set(before.agendas) == {seat}
        assert set(before.goods) == {seat}
        assert before.winners == ()
        assert set(before.tracks) == set(story.scenario.seen_tracks[seat][0])


def test_what_a_seat_knew_and_did_not(story: Story) -> None:
    """The one is what its view says; the other names hidden tracks, deals and agendas as they truly were."""
    words, moment = Words(story.scenario), story.line[len(story.line) // 2]
    for seat in story.scenario.seat_ids:
        told = known(moment.state, seat)
        assert list(told.knew) == words.state_of(view(moment.state, seat))
        hidden = [t for t in story.scenario.tracks if t not in story.scenario.seen_tracks[seat][0]]
        for track in hidden:
            assert any(
                line.startswith(f"{words.track(track)} stands at {moment.state.tracks[track]},")
                for line in told.did_not
            )
        for other, agenda in moment.state.agendas.items():
            title = words.agenda(agenda).title
            assert (other != seat) == any(title in line for line in told.did_not)
        assert not set(told.knew) & set(told.did_not)


def test_a_secret_deal_is_what_the_others_do_not_know() -> None:
    """While it runs unproved, it stands under what a third seat did not know, and under no party's."""
    story = Story.open(EXAMPLE)
    words = Words(story.scenario)
    at, deal = a_secret_deal(story)
    title = words.deal(deal.template)
    for seat in story.scenario.seat_ids:
        party = seat in (deal.a, deal.b)
        assert party != any(title in line for line in known(at.state, seat).did_not)


def test_events_are_in_the_rounds_in_which_they_happened(story: Story) -> None:
    """Rounds never run backwards, phases follow the machine, and every round has its news and its upkeep."""
    dated = list(dated_events(story.line))

    assert [one.round for one in dated] == sorted(one.round for one in dated)
    assert {one.round for one in dated if one.phase == "upkeep"} == {1, 2, 3}
    assert all(one.phase == "upkeep" for one in dated if isinstance(one.event, GoodsDelivered))
    assert all(one.phase == "news" for one in dated if isinstance(one.event, RoundBegan))
    assert len(dated) == sum(len(moment.events) for moment in story.line)


def test_history_stands_beside_the_rounds_of_the_game(story: Story) -> None:
    """Every round of the game has what was reported of its quarter and what made headlines in it."""
    rounds = {one.round: one for one in beside(story)}

    assert set(rounds) == {0, 1, 2, 3}
    assert [one.id for one in rounds[2].reported] == ["containers-6700", "oil-begins", "panel-ends"]
    assert rounds[2].date == "Jan–Mar 2024"
    assert [one.id for one in rounds[3].reported] == ["september-agreement-ends", "treaty"]
    assert rounds[0].reported, "what came before the game"
    told = headlines(dated_events(story.line), Words(story.end.state.scenario))
    assert all(rounds[r].headlines == told[r] for r in (1, 2, 3))
    assert all(rounds[r].headlines for r in (1, 2, 3))


def test_an_older_save_gets_the_history_that_came_later() -> None:
    """A save whose scenario had none is laid beside that of the scenario as it ships now."""
    story = Story.open(OLDER_RULES)

    assert story.scenario.spec.history == ()
    assert any(one.reported for one in beside(story))


def test_a_scenario_without_a_history(tmp_path: Path) -> None:
    """There is nothing to lay beside, and nothing fails."""
    assert beside(Story.open(a_game(tmp_path))) == ()
