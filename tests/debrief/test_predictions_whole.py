"""Predictions over whole games of the honeymoon, scored against what happened: every number worked out anew.

The expected numbers come from what the test itself predicted, from the deals and the ending in the recorded
state, and from sums in whole hundredths of a per cent; nothing of `wargame.debrief` has a part in them.
"""

from __future__ import annotations

from atexit import register
from fractions import Fraction
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple

import pytest

from wargame.bots import bot
from wargame.bots.base import bot_luck
from wargame.content.exercise import open_exercise
from wargame.debrief.people import judged_of, seat_scores
from wargame.debrief.story import Story
from wargame.rules.luck import draw
from wargame.rules.state import State
from wargame.table import Facilitator, Table

Said = dict[tuple[str, int, str], int]
"""Question, round, seat → per cent."""


class Evening(NamedTuple):
    """A finished game: its file, the last word of each seat on the line that counts, and its end."""

    file: Path
    said: Said
    end: State


@cache
def an_evening(seed: int) -> Evening:
    """The exercise of the decks to its end; greedy bots move the people, who answer most questions.

    Half the seats change their minds once. In the third round the game is taken back to before everybody's
    first move, and all is asked anew.
    """
    folder = Path(mkdtemp(prefix="evening-"))
    register(rmtree, folder, ignore_errors=True)
    scenario, exercise = open_exercise("honeymoon")
    table = Table.start(scenario, exercise=exercise, seed=seed, folder=folder, name="evening")
    while table.game.state.round < 3 and not table.over:
        _move(table)
        _answer(table, {}, seed)
    Facilitator(table, "Kim").rewind(table.opening_move, "Once more from the start.")
    said: Said = {}
    while not table.over:
        _answer(table, said, seed + 1)
        _move(table)
    end = table.game.state
    table.close()
    [file] = folder.glob("*.wargame")
    return Evening(file, said, end)


def _move(table: Table) -> None:
    """Whoever is to act does what a greedy bot would."""
    state, seat = table.game.state, table.game.to_act
    assert seat is not None
    luck = bot_luck(state.seed, state.luck, state.round, seat, len(table.beats))
    table.play(bot("greedy")(table.game.view(seat), table.game.legal_moves(), luck).move)


def _answer(table: Table, said: Said, seed: int) -> None:
    """Every seat says what it is asked, through the table; a few questions are passed over."""
    round_ = table.game.state.round
    for nth, seat in enumerate(table.scenario.seat_ids):
        for question in table.asked(seat).questions:
            luck = draw(seed, round_, nth, question.id)
            if luck % 7 == 0:
                continue
            if nth % 2:
                table.predict(seat, question.id, (luck >> 16) % 101)
            percent = (luck >> 8) % 101
            table.predict(seat, question.id, percent)
            said[question.id, round_, seat] = percent


def came(end: State) -> dict[str, bool]:
    """What came about, read from the deals and the ending."""
    trade = [deal for deal in end.deals if {deal.a, deal.b} == {"dprk", "russia"} and deal.published]
    return {
        "missiles": any(deal.rung >= 3 and deal.status in ("running", "done", "broken") for deal in trade),
        "found-out": any(deal.secret and deal.proved for deal in trade),
        "storm": end.outcome == "storm",
    }


def scored(percent: int, happened: bool) -> Fraction:
    """The square of the distance, exactly."""
    return Fraction((percent - 100 * happened) ** 2, 10_000)


def mean(numbers: list[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def at(numbers: list[int], part: Fraction) -> Fraction:
    """The value at a part of the way from the least to the greatest, between two where it falls between."""
    ordered, place = sorted(numbers), part * (len(numbers) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@cache
def two_evenings() -> tuple[Evening, Evening]:
    """Two games that decide some question each way: a score that forgot what happened can't pass both."""
    first = an_evening(3)
    return first, next(other for other in map(an_evening, range(4, 24)) if came(other.end) != came(first.end))


@pytest.mark.soak
@pytest.mark.parametrize("nth", [0, 1])
def test_every_question_of_every_round_is_scored_as_worked_out_by_hand(nth: int) -> None:
    """Who said what, the median and the middle half of the room, each seat's score and their mean."""
    evening = two_evenings()[nth]
    happened = came(evening.end)
    judged = judged_of(Story.open(evening.file))

    assert {(one.question, one.round) for one in judged} == {(q, r) for q, r, _seat in evening.said}
    assert {(one.question, one.round) for one in judged} >= {("missiles", 1), ("missiles", 3), ("storm", 1)}
    for one in judged:
        said = {
            seat: percent
            for (question, round_, seat), percent in evening.said.items()
            if (question, round_) == (one.question, one.round)
        }
        exact = {seat: scored(percent, happened[one.question]) for seat, percent in said.items()}
        room = list(said.values())
        assert one.percents == said
        assert one.came is happened[one.question]
        assert (one.low, one.median, one.high) == tuple(
            float(at(room, Fraction(quarter, 4))) for quarter in (1, 2, 3)
        )
        assert one.scores == pytest.approx({seat: float(score) for seat, score in exact.items()})
        assert one.brier == pytest.approx(float(mean(list(exact.values()))))


@pytest.mark.parametrize("nth", [0, 1])
def test_seats_rank_by_their_mean_over_all_they_said(nth: int) -> None:
    """Over all rounds and questions alike; best first."""
    evening = two_evenings()[nth]
    happened = came(evening.end)
    by_seat: dict[str, list[Fraction]] = {}
    for (question, _round, seat), percent in evening.said.items():
        by_seat.setdefault(seat, []).append(scored(percent, happened[question]))
    exact = {seat: mean(scores) for seat, scores in by_seat.items()}
    told = seat_scores(judged_of(Story.open(evening.file)))

    assert told == pytest.approx({seat: float(score) for seat, score in exact.items()})
    assert list(told) == sorted(exact, key=lambda seat: exact[seat])


def test_the_line_that_was_left_does_not_count() -> None:
    """Its predictions are in the file, and in no score."""
    evening = two_evenings()[0]
    story = Story.open(evening.file)
    kept = sum(note.kind == "prediction" for note in story.all_notes())
    counted = sum(len(one.percents) for one in judged_of(story))

    assert counted == len(evening.said) < kept
