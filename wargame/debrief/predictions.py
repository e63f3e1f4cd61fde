"""Predictions against what happened: the median and spread of the room, and how well each seat judged.

The Brier score of a prediction is the square of its distance from what happened, 0 for certainty that was
right, 1 for certainty that was wrong; always saying 50 per cent scores a quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, median, quantiles

from wargame.content.exercise import exercise_from_text, one_line
from wargame.content.exercise_check import Exercise
from wargame.debrief.story import Story
from wargame.errors import ContentError
from wargame.record import Remark
from wargame.table.journal import Journal, Prediction


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
    """How far a prediction was from what happened, squared.

    >>> brier(80, True), brier(80, False)
    (0.04, 0.64)
    """
    return round((percent / 100 - came) ** 2, 6)


def judge(
    predictions: Iterable[Prediction],
    came: Mapping[str, bool],
    texts: Mapping[str, str] | None = None,
) -> tuple[Judged, ...]:
    """Each question of each round with its predictions; `came` says what came about, where that is known."""
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
    """Each seat's mean Brier score over all it predicted of what is decided, best first."""
    scores: dict[str, list[float]] = {}
    for one in judged:
        for seat, score in one.scores.items():
            scores.setdefault(seat, []).append(score)
    return dict(sorted(((seat, fmean(own)) for seat, own in scores.items()), key=lambda item: item[1]))


# --- of a saved game -----------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def exercise_of(story: Story) -> Exercise | None:
    """The exercise that a game was played under; None if there was none that this version reads.

    Its text is read once: a replay asks at every step.
    """
    if story.header.exercise is None:
        return None
    try:
        return exercise_from_text(story.header.exercise, story.scenario).exercise
    except ContentError:
        return None


def predictions_of(story: Story) -> tuple[Prediction, ...]:
    """The last prediction of each seat, question and round along the line."""
    journal = Journal(Remark("prediction", note.about, note.data) for note in story.notes("prediction"))
    return journal.predictions()


def judged_of(story: Story) -> tuple[Judged, ...]:
    """The predictions of a game, scored if it is over and its questions can be decided."""
    exercise = exercise_of(story)
    texts = {one.id: one_line(one.text) for one in exercise.questions} if exercise else {}
    came = exercise.outcomes(story.end.state) if exercise and story.over else {}
    return judge(predictions_of(story), came, texts)
