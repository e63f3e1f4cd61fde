"""The people of a game: who sat where, and from when on; and how well they foresaw what came.

Who sits somewhere is no part of the game, so a rewind changes nothing in it: the records count in the order
in which they were written, whatever line they stand on. The Brier score of a prediction is the square of its
distance from what happened, 0 for certainty that was right, 1 for certainty that was wrong; always saying 50
per cent scores a quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean
from typing import NamedTuple

from wargame.content.exercise import exercise_from_text, one_line
from wargame.content.exercise_check import Exercise
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.phrasing import Number, Sentence, decimal, whole
from wargame.debrief.story import Story
from wargame.errors import ContentError
from wargame.record import ROOT, Played, Remark, Sitting, Tree
from wargame.record.shapes import OPENED
from wargame.table.engine import STANDS_IN
from wargame.table.journal import Journal, Prediction, text_of
from wargame.table.press import spread_of
from wargame.words import Words


class Spell(NamedTuple):
    """How long one player had a seat: from which move and round on, and why it changed hands then.

    `kind` and `name` as in `Player`; `what` as a `seat` record has it ("" for who sat there at the start).
    """

    kind: str
    name: str
    move: int = ROOT
    round: int = 1
    what: str = ""
    reason: str = ""


def seating(story: Story, move: int | None = None) -> dict[str, tuple[Spell, ...]]:
    """Return by seat who had it one after the other on the way to that move (the end if not given)."""
    upto = story.tip if move is None else move
    whole = story.line if upto in {moment.id for moment in story.line} else story.line_to(upto)
    line = {moment.id: at for at, moment in enumerate(whole)}
    first = {seat: Spell(who.kind, who.name) for seat, who in story.header.seats.items()}
    found = {seat: [spell] for seat, spell in first.items()}
    changes = _changes(story.tree, line, whole[-1].id)
    for at, seat, spell in sorted(changes, key=lambda change: line[change[0]]):
        moment, spells = story.at(at), found[seat]
        if line[at] > line[upto] or (at != ROOT and moment.over):
            continue
        if spells[-1].move == at:
            spells.pop()  # nobody moved in between
        if not spells and first[seat][:2] == spell[:2]:
            spells.append(first[seat])
        elif not spells or spells[-1][:2] != spell[:2]:
            spells.append(spell._replace(move=at, round=max(moment.state.round, 1)))
    return {seat: tuple(spells) for seat, spells in found.items()}


def players(story: Story, move: int | None = None) -> dict[str, tuple[str, str]]:
    """Return each seat's kind of player and name, as they sat after that move (the end if not given)."""
    return {seat: spells[-1][:2] for seat, spells in seating(story, move).items()}


def when_made(story: Story) -> dict[int, dict[str, str]]:
    """Return by move and seat who sat there when it was made; the start as the save began."""
    sits = {seat: who.name for seat, who in story.header.seats.items()}
    found = {ROOT: sits}
    for entry in story.tree.entries:
        if isinstance(entry, Played):
            found[entry.id] = sits
        elif isinstance(entry, Remark) and entry.kind == "seat" and (named := _named(entry)) is not None:
            sits = sits | {named[0]: named[1].name}
    return found


def _changes(tree: Tree, line: Mapping[int, int], tip: int) -> Iterator[tuple[int, str, Spell]]:
    """Yield every change of a player with the move of the line after which it holds, in the order written.

    One written on another line holds from where the game was taken up again. A bot that stands in for a
    program does so until the save is opened again.
    """
    waiting: list[tuple[str, Spell]] = []
    stood_in: dict[str, Spell] = {}
    sits = {seat: Spell(who.kind, who.name) for seat, who in tree.header.seats.items()}
    dated = any(isinstance(entry, Sitting) for entry in tree.entries)
    for entry in tree.entries:
        if isinstance(entry, Played) and entry.id in line:
            yield from ((entry.parent, *change) for change in waiting)
            waiting.clear()
        elif isinstance(entry, Sitting) and entry.what == OPENED:
            waiting += stood_in.items()
            stood_in.clear()
        elif isinstance(entry, Remark) and entry.kind == "seat" and (named := _named(entry)) is not None:
            seat, spell = named
            if seat not in sits or (spell.what == STANDS_IN and not dated):
                continue
            if spell.what == STANDS_IN:
                stood_in[seat] = sits[seat]
            else:
                sits[seat] = spell
            if entry.about in line:
                yield entry.about, seat, spell
            else:
                waiting.append((seat, spell))
    if tip == tree.tip:
        yield from ((tip, *change) for change in waiting)


def _named(remark: Remark) -> tuple[str, Spell] | None:
    """Return the seat and the player that a `seat` record names; None if it makes no sense."""
    data = remark.data
    if not remark.fits or not isinstance(data, Mapping):
        return None
    kind, name, what, reason = (text_of(data, key) for key in ("player", "name", "what", "reason"))
    return text_of(data, "seat"), Spell(kind, name, what=what, reason=reason)


# --- predictions ---------------------------------------------------------------------------------------


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
    predictions: Iterable[Prediction], came: Mapping[str, bool], texts: Mapping[str, str] | None = None
) -> tuple[Judged, ...]:
    """Judge each question of each round; `came` says what came about, where that is known."""
    groups: dict[tuple[str, int], dict[str, int]] = {}
    for one in predictions:
        groups.setdefault((one.question, one.round), {})[one.seat] = one.percent
    judged = []
    for (question, round_), percents in groups.items():
        spread, true = spread_of(percents.values()), came.get(question)
        assert spread is not None
        scores = {} if true is None else {seat: brier(percent, true) for seat, percent in percents.items()}
        text = (texts or {}).get(question, question)
        judged.append(Judged(question, text, round_, percents, *spread[1:], true, scores))
    return tuple(judged)


def seat_scores(judged: Iterable[Judged]) -> dict[str, float]:
    """Return each seat's mean Brier score over all it predicted of what is decided, best first."""
    scores: dict[str, list[float]] = {}
    for one in judged:
        for seat, score in one.scores.items():
            scores.setdefault(seat, []).append(score)
    return dict(sorted(((seat, fmean(own)) for seat, own in scores.items()), key=lambda item: item[1]))


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
    judged, found = judged_of(story), []
    for one in judged if perspective is EVERYTHING else ():
        key = f"guess.{one.question}.{one.round}"
        middle: Sentence = (
            "median ", decimal(f"{key}.median", one.median, 0), " %, the middle half ",
            decimal(f"{key}.low", one.low, 0), " to ", decimal(f"{key}.high", one.high, 0), " %",
        )  # fmt: skip
        seats = []
        for seat, percent in one.percents.items():
            score = decimal(f"{key}.{seat}.brier", one.scores[seat], 2) if seat in one.scores else None
            seats.append(SeatGuess(seat, words.seat(seat), whole(f"{key}.{seat}", percent), score))
        came = {None: "not decided yet", True: "it came about", False: "it did not come about"}[one.came]
        brier = None if one.brier is None else decimal(f"{key}.brier", one.brier, 2)
        found.append(Guess(whole("of.round", one.round), one.text, tuple(seats), middle, came, brier))
    asked = {one.question: one.text for one in judged}
    for mine in predictions_of(story):
        if mine.seat == perspective:
            number = whole(f"guess.{mine.question}.{mine.round}.{mine.seat}", mine.percent)
            own = SeatGuess(mine.seat, words.seat(mine.seat), number)
            found.append(Guess(whole("of.round", mine.round), asked[mine.question], (own,), (), "", None))
    return tuple(found)


def judges(story: Story, words: Words) -> tuple[Judge, ...]:
    """Return each seat's mean Brier score over what is decided, best first."""
    return tuple(
        Judge(seat, words.seat(seat), decimal(f"brier.{seat}", score, 2))
        for seat, score in seat_scores(judged_of(story)).items()
    )
