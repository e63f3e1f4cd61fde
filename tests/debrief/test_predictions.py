"""Predictions against outcomes: medians, spreads and Brier scores worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import a_facilitated_game, a_game, a_table
from tests.rules.boards import mini
from wargame.debrief.people import brier, exercise_of, judge, judged_of, predictions_of, seat_scores
from wargame.debrief.story import Story
from wargame.table.journal import Prediction


def test_the_brier_score() -> None:
    """Certainty that is right costs nothing, wrong one; a coin a quarter either way."""
    assert [brier(100, True), brier(0, False), brier(100, False), brier(0, True)] == [0, 0, 1, 1]
    assert brier(50, True) == brier(50, False) == 0.25
    assert brier(80, True) == pytest.approx(0.04)


def test_median_and_spread_of_a_room() -> None:
    """The middle of five, and the middle half of them."""
    room = [
        Prediction(seat, "q", 1, percent) for seat, percent in zip("abcde", (10, 90, 50, 40, 60), strict=True)
    ]
    [one] = judge(room, {"q": True}, {"q": "Will it?"})

    assert (one.low, one.median, one.high) == (40, 50, 60)
    assert one.text == "Will it?"
    assert one.scores == pytest.approx({"a": 0.81, "b": 0.01, "c": 0.25, "d": 0.36, "e": 0.16})
    assert one.brier == pytest.approx((0.81 + 0.01 + 0.25 + 0.36 + 0.16) / 5)


def test_what_is_not_decided_has_no_score() -> None:
    """A question without an outcome has its predictions and nothing more."""
    [one] = judge([Prediction("a", "q", 2, 30)], {})

    assert (one.came, one.scores, one.brier) == (None, {}, None)
    assert (one.low, one.median, one.high) == (30, 30, 30)
    assert seat_scores([one]) == {}


def test_rounds_are_judged_apart_and_seats_over_all() -> None:
    """The same question in two rounds is two rows; a seat's score is the mean over what it said."""
    made = [
        Prediction("a", "q", 1, 50),
        Prediction("b", "q", 1, 0),
        Prediction("a", "q", 2, 100),
        Prediction("b", "q", 2, 20),
    ]
    judged = judge(made, {"q": True})

    assert [(one.round, one.percents) for one in judged] == [(1, {"a": 50, "b": 0}), (2, {"a": 100, "b": 20})]
    assert list(seat_scores(judged)) == ["a", "b"]
    assert seat_scores(judged) == pytest.approx({"a": 0.125, "b": 0.82})


def test_the_predictions_of_a_game(tmp_path: Path) -> None:
    """They come from the save's own records, are asked by its own exercise and decided at its end."""
    story = Story.open(a_game(tmp_path))
    exercise = exercise_of(story)
    [one] = judged_of(story)
    burnt = story.end.state.outcome == "fire"

    assert exercise is not None
    assert one.text == str(exercise.questions[0].text)
    assert one.percents == {"amber": 20, "birch": 70, "cedar": 60}
    assert one.median == 60
    assert one.came is burnt
    assert one.scores["birch"] == brier(70, burnt)


def test_the_exercise_is_read_once(tmp_path: Path) -> None:
    """A replay asks for it at every step, and reading YAML takes longer than a frame."""
    story = Story.open(a_facilitated_game(tmp_path))

    assert exercise_of(story) is exercise_of(story)


def test_a_rewound_prediction_is_not_of_this_line(tmp_path: Path) -> None:
    """What was predicted on a line that was left does not count on the other."""
    story = Story.open(a_facilitated_game(tmp_path))
    left = story.lines()[0]
    made = {one.question: one.percent for one in predictions_of(story.along(left.tip))}

    assert made == {"fire": 60, "warm": 90}
    line = {moment.id for moment in story.line}
    for note in story.all_notes():
        if note.kind == "prediction" and note.about not in line:
            assert all(one.question not in str(note.data) for one in predictions_of(story))


def test_a_game_without_an_exercise(tmp_path: Path) -> None:
    """There is nothing to judge, and nothing fails."""
    a_table(tmp_path, mini(), ("amber",), seed=1, name="plain").close()
    story = Story.open(tmp_path / "plain.wargame")

    assert exercise_of(story) is None
    assert judged_of(story) == ()
