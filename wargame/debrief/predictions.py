"""Predictions against what happened: the median and spread of the room, and how well each seat judged.

The Brier score of a prediction is the square of its distance from what happened, 0 for certainty that was
right, 1 for certainty that was wrong; always saying 50 per cent scores a quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, median, quantiles
from typing import NamedTuple

from wargame.content.exercise import exercise_from_text, one_line
from wargame.content.exercise_check import Exercise
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.phrasing import Number, Sentence, decimal, whole
from wargame.debrief.story import Story
from wargame.errors import ContentError
from wargame.record import Remark
from wargame.table.journal import Journal, Prediction
from wargame.words import Words


@dataclass(frozen=True, slots=True)
class Judged:
    """What the seats held likely of one question in one round, in per cent.

    `low` and `high` bound the middle half of them; `came` is whether it came about, None where that is not
    known (yet), and then there are no scores. `brier` is the mean of the seats' scores.
    """

    question: str
    text: str
    round: int
    percents: Mapping[str, int]
    median: float
    low: float
    high: float
    came: bool | None
    scores: Mapping[str, float]

    @property
    def brier(self) -> float | None:
        return fmean(self.scores.values()) if self.scores else None


def brier(percent: int, came: bool) -> float:
    """Return how far a prediction was from what happened, squared.

    >>> brier(80, True), brier(80, False)
    (0.04, 0.64)
    """
    return round((percent / 100 - came) ** 2, 6)


def judge(
    predictions: Iterable[Prediction],
    came: Mapping[str, bool],
    texts: Mapping[str, str] | None = None,
) -> tuple[Judged, ...]:
    """Judge each question of each round; `came` says what came about, where that is known."""
    groups: dict[tuple[str, int], dict[str, int]] = {}
    for one in predictions:
        groups.setdefault((one.question, one.round), {})[one.seat] = one.percent
    return tuple(
        _judged(question, round_, percents, came.get(question), (texts or {}).get(question, question))
        for (question, round_), percents in groups.items()
    )


def _judged(question: str, round_: int, percents: dict[str, int], came: bool | None, text: str) -> Judged:
    values = sorted(percents.values())
    low, _, high = quantiles(values, method="inclusive") if len(values) > 1 else [values[0]] * 3
    scores = {} if came is None else {seat: brier(percent, came) for seat, percent in percents.items()}
    return Judged(question, text, round_, percents, median(values), low, high, came, scores)


def seat_scores(judged: Iterable[Judged]) -> dict[str, float]:
    """Return each seat's mean Brier score over all it predicted of what is decided, best first."""
    scores: dict[str, list[float]] = {}
    for one in judged:
        for seat, score in one.scores.items():
            scores.setdefault(seat, []).append(score)
    return dict(sorted(((seat, fmean(own)) for seat, own in scores.items()), key=lambda item: item[1]))


# --- of a saved game -----------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def exercise_of(story: Story) -> Exercise | None:
    """Return the exercise that a game was played under; None if there was none that this version reads.

    Its text is read once: a replay asks at every step.
    """
    if story.header.exercise is None:
        return None
    try:
        return exercise_from_text(story.header.exercise, story.scenario).exercise
    except ContentError:
        return None


def predictions_of(story: Story) -> tuple[Prediction, ...]:
    """Return the last prediction of each seat, question and round along the line."""
    journal = Journal(Remark("prediction", note.about, note.data) for note in story.notes("prediction"))
    return journal.predictions()


def judged_of(story: Story) -> tuple[Judged, ...]:
    """Return the predictions of a game, scored if it is over and its questions can be decided."""
    exercise = exercise_of(story)
    texts = {one.id: one_line(one.text) for one in exercise.questions} if exercise else {}
    came = exercise.outcomes(story.end.state) if exercise and story.over else {}
    return judge(predictions_of(story), came, texts)


# --- in words --------------------------------------------------------------------------------------------


class SeatGuess(NamedTuple):
    """What a seat held likely in per cent, and its Brier score where that is known."""

    seat: str
    name: str
    percent: Number
    score: Number | None = None


class Guess(NamedTuple):
    """A question with what the seats held likely; `came` in words."""

    round: Number
    text: str
    percents: tuple[SeatGuess, ...]
    middle: Sentence
    came: str
    brier: Number | None


class Judge(NamedTuple):
    """A seat's mean Brier score."""

    seat: str
    name: str
    score: Number


def guesses(story: Story, words: Words, perspective: Perspective = EVERYTHING) -> tuple[Guess, ...]:
    """Return what was predicted; of a seat its own predictions, without what came of them."""
    judged = judged_of(story)
    if perspective is EVERYTHING:
        return tuple(_guess(words, one) for one in judged)
    asked = {one.question: one.text for one in judged}
    found = []
    for one in predictions_of(story):
        if one.seat == perspective:
            percent = whole(f"guess.{one.question}.{one.round}.{one.seat}", one.percent)
            own = SeatGuess(one.seat, words.seat(one.seat), percent)
            found.append(Guess(whole("of.round", one.round), asked[one.question], (own,), (), "", None))
    return tuple(found)


def _guess(words: Words, one: Judged) -> Guess:
    key = f"guess.{one.question}.{one.round}"
    middle: Sentence = (
        "median ", decimal(f"{key}.median", one.median, 0), " %, the middle half ",
        decimal(f"{key}.low", one.low, 0), " to ", decimal(f"{key}.high", one.high, 0), " %",
    )  # fmt: skip
    seats = (
        SeatGuess(
            seat,
            words.seat(seat),
            whole(f"{key}.{seat}", percent),
            decimal(f"{key}.{seat}.brier", one.scores[seat], 2) if seat in one.scores else None,
        )
        for seat, percent in one.percents.items()
    )
    return Guess(
        whole("of.round", one.round),
        one.text,
        tuple(seats),
        middle,
        "not decided yet" if one.came is None else "it came about" if one.came else "it did not come about",
        None if one.brier is None else decimal(f"{key}.brier", one.brier, 2),
    )


def judges(story: Story, words: Words) -> tuple[Judge, ...]:
    """Return each seat's mean Brier score over what is decided, best first."""
    return tuple(
        Judge(seat, words.seat(seat), decimal(f"brier.{seat}", score, 2))
        for seat, score in seat_scores(judged_of(story)).items()
    )
