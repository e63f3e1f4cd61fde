"""Messages and polls looked back on: who wrote what to whom, how much, and how the room's odds compare.

Each perspective has what it knew: a seat what it wrote and what was written to it, the room nothing, for the
end that lays all open is looked at as it was before that. Polls everybody read when they were closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from wargame.debrief.dated_events import rolls
from wargame.debrief.people import SeatGuess, exercise_of
from wargame.debrief.perspective import EVERYTHING, Perspective, seat_of
from wargame.debrief.perspective_line import PerspectiveLine
from wargame.debrief.phrasing import Number, Sentence, counted, when, whole, words_for
from wargame.debrief.story import WHITE_CELL, Moment, Story
from wargame.record import Remark
from wargame.rules.events import ArgumentRuled, seen_by
from wargame.rules.moves import WHITE, Adjudicate
from wargame.table.journal import ESTIMATE, MESSAGE, POLL, POLL_CLOSED, Journal
from wargame.table.press import Message, Poll, message_of, polls_of
from wargame.words import Words
from wargame.words.grammar import joined


class Sent(NamedTuple):
    """A message, and the number of the move after which it was written."""

    move: int
    message: Message


@lru_cache(maxsize=4)
def _sent(story: Story) -> tuple[Sent, ...]:
    journal, seats = _journal(story, MESSAGE), story.scenario.seat_ids
    found = ((line.about, message_of(line, seats)) for line in journal.lines)
    return tuple(Sent(move, message) for move, message in found if message is not None)


def _journal(story: Story, *kinds: str) -> Journal:
    """The lines of those kinds along the line that is looked at."""
    return Journal(Remark(note.kind, note.about, note.data) for note in story.notes(*kinds))


def was_written(story: Story) -> bool:
    """Return whether seats could write in this game, or anybody wrote or asked, on whatever line."""
    exercise = exercise_of(story)
    if exercise is not None and exercise.messages is not None:
        return True
    return any(note.kind in (MESSAGE, POLL) for note in story.all_notes())


def messages(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Sent, ...]:
    """Return what was written along the line, in order, as far as a perspective knew of it before the end."""
    seat = seat_of(perspective)
    everything = perspective is EVERYTHING
    return tuple(
        one for one in _sent(story) if everything or (seat is not None and one.message.concerns(seat))
    )


def moves_by(course: PerspectiveLine, place: int) -> frozenset[int]:
    """Return the moves up to a position and those after it that changed nothing which was seen.

    What was written after one of them was known there: where one stands until the next position that differs.
    """
    upto = course.nearest(place)
    return frozenset(one.id for nth, one in enumerate(course.line) if course.nearest(nth) <= upto)


def messages_by(course: PerspectiveLine, place: int) -> tuple[Sent, ...]:
    """Return the messages that were known at a position."""
    moves = moves_by(course, place)
    return tuple(one for one in messages(course.story, course.perspective) if one.move in moves)


# --- how much was written ------------------------------------------------------------------------------


class Wrote(NamedTuple):
    """How many messages one wrote, by round and together, and how many it got.

    `to` is how many each of the others got from it, in the order of `Traffic.names`; None for oneself.
    """

    name: str
    by_round: tuple[Number, ...]
    wrote: Number
    got: Number
    to: tuple[Number | None, ...]


class Traffic(NamedTuple):
    """Who wrote how much to whom, and when: whoever wrote or was written to, seats first."""

    rounds: tuple[Number, ...]
    names: tuple[str, ...]
    rows: tuple[Wrote, ...]


def traffic(story: Story, perspective: Perspective = EVERYTHING) -> Traffic:
    """Return how much was written, as far as a perspective knew."""
    sent = [one.message for one in messages(story, perspective)]
    rounds = range(1, story.end.state.round + 1)
    wrote = Counter(one.by for one in sent)
    in_round = Counter((one.by, one.round) for one in sent)
    pairs = Counter((one.by, to) for one in sent for to in one.to)
    got = Counter(to for one in sent for to in one.to)
    ends = [one for one in (*story.scenario.seat_ids, WHITE) if wrote[one] or got[one]]
    words = words_for(story.end.state)
    return Traffic(
        tuple(whole("of.round", nth) for nth in rounds),
        tuple(name_of(words, one) for one in ends),
        tuple(
            Wrote(
                name_of(words, one),
                tuple(whole(f"wrote.{one}@{nth}", in_round[one, nth]) for nth in rounds),
                whole(f"wrote.{one}", wrote[one]),
                whole(f"got.{one}", got[one]),
                tuple(None if to == one else whole(f"wrote.{one}>{to}", pairs[one, to]) for to in ends),
            )
            for one in ends
        ),
    )


def name_of(words: Words, one: str) -> str:
    """Return what a sender is called: a seat's name, or the white cell."""
    return WHITE_CELL if one == WHITE else words.seat(one)


def _party(words: Words, one: str) -> str:
    """Return the same in a sentence."""
    return f"the {WHITE_CELL}" if one == WHITE else words.seat(one)


def to_all(message: Message, seats: Iterable[str]) -> bool:
    """Return whether a message was for every seat but its sender's."""
    return {*message.to} >= {seat for seat in seats if seat != message.by}


class Quote(NamedTuple):
    """A message as a page quotes it: when, by whom, to whom, and its words.

    `move` is the move after which it was written; None where a seat looks, which counts no moves of others.
    """

    round: Number
    phase: str
    time: str
    move: Number | None
    by: str
    to: str
    text: str


def quotes(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Quote, ...]:
    """Return every message that a perspective knew, in order."""
    words, seats = words_for(story.end.state), story.scenario.seat_ids
    return tuple(
        Quote(
            whole("of.round", one.round),
            one.phase,
            when(one.time)[11:19],
            whole("of.move", move) if perspective is EVERYTHING else None,
            _party(words, one.by),
            "all" if to_all(one, seats) else joined(_party(words, to) for to in one.to),
            one.text,
        )
        for move, one in messages(story, perspective)
    )


# --- polls ---------------------------------------------------------------------------------------------


class Ruled(NamedTuple):
    """How the white cell ruled after a poll: `works`, and by dice the chance and what the die showed."""

    works: bool
    chance: int | None = None
    die: int | None = None


class PollPage(NamedTuple):
    """A poll in words: what was asked, what seats held likely, what that came to, and what was ruled then."""

    number: int
    round: Number
    text: str
    estimates: tuple[SeatGuess, ...]
    spread: Sentence
    ruled: Sentence


def polls(
    story: Story, perspective: Perspective = EVERYTHING, moves: Collection[int] | None = None
) -> tuple[Poll, ...]:
    """Return the polls along the line, with the estimates that a perspective knew before the end.

    With `moves` only what was written after these.
    """
    seat = seat_of(perspective)
    lines = _journal(story, POLL, ESTIMATE, POLL_CLOSED).lines
    known = (line for line in lines if moves is None or line.about in moves)
    found = polls_of(known, story.scenario.seat_ids)
    if perspective is EVERYTHING:
        return found
    return tuple(
        poll._replace(estimates={who: given for who, given in poll.estimates.items() if who == seat})
        for poll in found
    )


def ruled_after(
    story: Story,
    poll: Poll,
    perspective: Perspective = EVERYTHING,
    moves: Collection[int] | None = None,
) -> Ruled | None:
    """Return how the first adjudication of its round went that came after a poll and before the next one.

    None if there was none, or if a perspective did not hear how it went.
    """
    ruling = _ruling(story, poll)
    if ruling is None or (moves is not None and ruling.id not in moves):
        return None
    if roll := next(rolls(ruling.events, words_for(ruling.state), perspective), None):
        return Ruled(roll.works, roll.chance, roll.die)
    heard = (
        event
        for event in ruling.events
        if isinstance(event, ArgumentRuled)
        and (perspective is EVERYTHING or seen_by(event, seat_of(perspective)))
    )
    return next((Ruled(event.works) for event in heard), None)


def _ruling(story: Story, poll: Poll) -> Moment | None:
    """The adjudication that a poll was for."""
    asked = {line.data.get("poll"): line.about for line in _journal(story, POLL).lines}
    after = False
    for moment in story.line:
        if after and isinstance(moment.move, Adjudicate) and moment.round == poll.round:
            return moment
        if moment.id == asked[poll.number]:
            after = True
        elif after and moment.id in asked.values():
            return None
    return None


def poll_pages(
    story: Story, perspective: Perspective = EVERYTHING, moves: Collection[int] | None = None
) -> tuple[PollPage, ...]:
    """Return what was asked and answered, and how it compares with what was ruled; `moves` as for `polls`."""
    words = words_for(story.end.state)
    return tuple(
        PollPage(
            poll.number,
            whole("of.round", poll.round),
            poll.text,
            tuple(
                SeatGuess(seat, words.seat(seat), whole(f"poll.{poll.number}.{seat}", percent))
                for seat, percent in poll.estimates.items()
            ),
            spread_said(poll),
            tuple(_ruled(poll, ruled_after(story, poll, perspective, moves))),
        )
        for poll in polls(story, perspective, moves)
    )


def spread_said(poll: Poll) -> Sentence:
    """Return what a poll came to."""
    if poll.spread is None:
        return ("Nobody answered." if poll.closed else "It was not closed.",)
    answers, median, low, high = (
        whole(f"poll.{poll.number}.{name}", int(value)) for name, value in poll.spread._asdict().items()
    )
    half: Sentence = (", the middle half ", low, " to ", high, " %") if answers.value > 1 else ()
    return (*counted(answers, "answer"), ": median ", median, " %", *half, ".")


def _ruled(poll: Poll, ruled: Ruled | None) -> Iterator[str | Number]:
    """How it was ruled then."""
    if ruled is None:
        return
    works = "it works" if ruled.works else "it fails"
    if ruled.chance is None or ruled.die is None:
        yield f"The white cell ruled: {works}."
        return
    yield from ("The white cell ruled it ", whole(f"poll.{poll.number}.chance", ruled.chance), " %")
    if poll.spread is not None:
        apart = ruled.chance - int(poll.spread.median)
        if apart:
            far = whole(f"poll.{poll.number}.apart", abs(apart))
            yield from (", ", far, " above the median" if apart > 0 else " below the median")
        else:
            yield ", as the median has it"
    yield from ("; the dice showed ", whole(f"poll.{poll.number}.die", ruled.die), f": {works}.")
