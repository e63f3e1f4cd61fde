"""What made a score: every point of it is somebody's doing or news, and the dearest moments are found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.debrief.games import (
    a_facilitated_game,
    a_game,
    a_greedy_honeymoon,
    a_led_honeymoon,
    a_whole_honeymoon,
)
from wargame.debrief.moments import (
    AGENDA,
    Course,
    Part,
    ScoreStep,
    course,
    dated_along,
    dearest,
    laid_open,
    moment_told,
)
from wargame.debrief.story import Story
from wargame.rules.scoring import final_score, ruin_cost, score
from wargame.rules.view import known_deal

GAMES: dict[str, Callable[[Path], Path]] = {
    "mill": a_game,
    "mill, led": a_facilitated_game,
    "people": lambda _folder: a_whole_honeymoon(),
    "bots": lambda _folder: a_greedy_honeymoon(),
    "led": lambda _folder: a_led_honeymoon(),
}


@pytest.fixture(scope="module", params=tuple(GAMES))
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.open(GAMES[request.param](tmp_path_factory.mktemp("saves")))


def a_course(*gains: tuple[float, str, int]) -> Course:
    """A score from 50 on, by (when, cause, points) of one track each."""
    steps, at = [], 50
    for when, cause, by in gains:
        at += by
        part = Part("track", "heat", 0, by, by)
        steps.append(ScoreStep(when, int(when) + 1, "resolution", 1, cause, (part,), at))
    return Course("amber", 50, tuple(steps))


def test_every_point_of_a_score_is_explained(story: Story) -> None:
    """After each move the course stands where the score stood, and no step is without a cause."""
    state = story.end.state
    happened = dated_along(story.line, state)
    for seat in story.scenario.seat_ids:
        told = course(story.line, state, seat, happened)

        assert told.score == final_score(state, seat)
        assert [step for step in told.steps if not step.cause] == []
        at = told.start
        steps = [step for step in told.steps if step.cause != AGENDA]
        for moment in story.line[:-1]:
            while steps and steps[0].move <= moment.id:
                at = steps.pop(0).score
            assert at == score(moment.state, seat) - ruin_cost(moment.state, seat), moment.id


def test_steps_are_dated_in_the_order_in_which_they_came(story: Story) -> None:
    """When a step came lies within its round, and never before the step in front of it."""
    state = story.end.state
    for seat in story.scenario.seat_ids:
        steps = course(story.line, state, seat).steps
        whens = [step.at for step in steps]

        assert whens == sorted(whens)
        assert all(step.round - 1 <= step.at <= step.round for step in steps)


def test_every_moment_is_told(story: Story) -> None:
    """A moment has a title and says how its points came about, or what it was."""
    state = story.end.state
    for seat in story.scenario.seat_ids:
        for step in dearest(course(story.line, state, seat)):
            told = moment_told(step, state, seat)

            assert told.title
            assert told.how or told.whose


def test_the_dearest_moments_are_those_that_moved_most_in_their_order() -> None:
    """Losses count like gains; what one cause did in a phase is one moment."""
    told = a_course(
        (0.2, "news/a", 2), (0.5, "card/b", -5), (1.2, "card/c", 3), (1.3, "card/c", 3), (2.0, "card/d", 4)
    )

    found = dearest(told)

    assert [(step.cause, step.points) for step in found] == [("card/b", -5), ("card/c", 6), ("card/d", 4)]


def test_of_two_as_dear_the_later_one_is_told() -> None:
    """It is nearer to how the game came out."""
    told = a_course((0.2, "news/a", 2), (0.5, "card/b", -2), (1.2, "card/c", 2))

    assert [step.cause for step in dearest(told, 1)] == ["card/c"]


def test_what_came_to_nothing_is_no_moment() -> None:
    """A cause that took back what it gave moved nothing."""
    told = a_course((0.2, "news/a", 2), (0.3, "news/a", -2))

    assert dearest(told) == ()


def test_a_seat_learns_at_the_end_what_it_did_not_know(story: Story) -> None:
    """Of deals those it knew by nothing but their words; no agenda of its own, no track that it saw."""
    state = story.end.state
    for seat in story.scenario.seat_ids:
        found = laid_open(state, seat)
        unknown = [
            deal
            for deal in state.deals
            if not deal.empty and ((known := known_deal(deal, seat)) is None or known.template == "?")
        ]

        assert len([one for one in found if one.kind == "deal"]) == len(unknown)
        assert all(seat not in one.seats for one in found)


def test_a_moment_reads_the_same_to_everybody(story: Story) -> None:
    """It stands on the wall and on pages that all look at: nothing there is yours."""
    state = story.end.state
    told = [
        moment_told(step, state, seat)
        for seat in story.scenario.seat_ids
        for step in dearest(course(story.line, state, seat))
    ]

    assert any(one.whose.endswith("’s card") or one.whose.endswith("'s card") for one in told)
    assert not any("your" in f"{one.title} {one.how} {one.whose}".split() for one in told)
