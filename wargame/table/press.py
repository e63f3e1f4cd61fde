"""Messages between seats, and polls by which the white cell asks all of them for odds.

Both are lines of the journal and no moves: no rule and no bot reads them. Whoever writes or is written to
sees a message, and the white cell; nobody else learns until the end of the game even that there was one.
So nothing here counts over all senders: neither numbers of messages nor refusals betray what others wrote.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil
from statistics import median, quantiles
from typing import NamedTuple

from wargame.content.exercise_check import MOST_CHARACTERS, Messages
from wargame.counting import several
from wargame.errors import IllegalMove
from wargame.record import Plain, clean
from wargame.rules.moves import WHITE
from wargame.table.journal import ESTIMATE, MESSAGE, POLL, POLL_CLOSED, Line, number_of, seats_of

EACH_MINUTE = 6
"""Messages that one sender may write within a minute."""
MINUTE = 60.0
"""Seconds of it."""
ROOM = 2800
"""Messages that a save has room for beside its moves; every sender has the same share of them."""
LONGEST_QUESTION = 280
"""Characters of what a poll asks."""
MOST_ANSWERS = 9
"""How often a seat may say how likely it holds what a poll asks."""


class Message(NamedTuple):
    """What somebody wrote: `by` and `to` are seats or `WHITE`, `time` is in ms since 1970 UTC.

    It has no number, for a number would tell how many others there are.
    """

    by: str
    to: tuple[str, ...]
    text: str
    round: int
    phase: str
    time: int
    who: str = ""

    def concerns(self, seat: str) -> bool:
        """Return whether a seat wrote it or was written to."""
        return seat == self.by or seat in self.to


class Spread(NamedTuple):
    """How many `answers` a poll has, their median, and the ends of the middle half of them."""

    answers: int
    median: float
    low: float
    high: float


class Poll(NamedTuple):
    """A question of the white cell for odds in per cent, with the `estimates` that its reader may know.

    `spread` is in whole per cent; None while the poll is open, and where nobody answered. After which move it
    was asked is not for seats to know.
    """

    number: int
    text: str
    round: int
    phase: str
    time: int
    estimates: Mapping[str, int]
    spread: Spread | None = None
    closed: bool = False


def spread_of(percents: Iterable[float]) -> Spread | None:
    """Return the median and the quartiles of estimates, these counted among them; None for none.

    >>> spread_of([20, 70, 60])
    Spread(answers=3, median=60, low=40.0, high=65.0)
    """
    values = sorted(percents)
    if not values:
        return None
    low, _middle, high = quantiles(values, method="inclusive") if len(values) > 1 else (values[0],) * 3
    return Spread(len(values), median(values), low, high)


def whole(spread: Spread) -> Spread:
    """Return a spread in whole per cent, halves rounded up, as a closed poll is recorded and told."""
    return Spread(*(int(value + 0.5) for value in spread))


def one_line(text: str) -> str:
    """Return what somebody typed or pasted on one line, without anything that a terminal would obey."""
    return " ".join(clean(text).split())


def addressed(by: str, to: Sequence[str], seats: Sequence[str]) -> tuple[str, ...]:
    """Return whom a message is for, each once, in the order of the seats.

    `IllegalMove` for nobody, the sender, or whoever is no seat.
    """
    for one in (by, *to):
        if one not in (*seats, WHITE):
            raise IllegalMove(f"There is no seat `{one:.40}`.")
    if not to:
        raise IllegalMove("A message needs somebody to go to.")
    if by in to:
        raise IllegalMove("A message goes to others than its sender.")
    return tuple(seat for seat in (*seats, WHITE) if seat in to)


def worded(text: str, most: int, kind: str) -> str:
    """Return the words as they are kept. `IllegalMove` for none, or more than so many characters."""
    said = one_line(text)
    if not said:
        raise IllegalMove(f"A {kind} needs some words.")
    if len(said) > most:
        raise IllegalMove(f"A {kind} has {several(most, 'character')} at most; this one has {len(said)}.")
    return said


class Postbox:
    """Knows when each sender has written of late; `now` is in seconds that never run backwards."""

    def __init__(self) -> None:
        self._sent: dict[str, deque[float]] = {}

    def refusal(self, by: str, now: float, this_round: int, ever: int, limits: Messages, senders: int) -> str:
        """Return why a sender may not write now; "" if it may.

        It has written so many messages `this_round` on the line played, and `ever` on any line; so many
        `senders` share the room there is.
        """
        own, share = self._sent.setdefault(by, deque(maxlen=EACH_MINUTE)), ROOM // senders
        if len(own) == EACH_MINUTE and (wait := own[0] + MINUTE - now) > 0:
            when = several(ceil(wait), "second")
            return f"{several(EACH_MINUTE, 'message')} a minute are enough; write again in {when}."
        if this_round >= limits.each_round:
            return f"{several(limits.each_round, 'message')} a round are enough; write again in the next one."
        if ever >= share:
            return f"{several(share, 'message')} a game are enough; there is no room for more."
        return ""

    def sent(self, by: str, now: float) -> None:
        """Note that a sender has written."""
        self._sent[by].append(now)


# --- read back -----------------------------------------------------------------------------------------


def messages_of(lines: Iterable[Line], seats: Collection[str]) -> tuple[Message, ...]:
    """Return the messages among these lines, in order; what a stranger's save has of others is left out."""
    return tuple(read for line in lines if (read := message_of(line, seats)) is not None)


def message_of(line: Line, seats: Collection[str]) -> Message | None:
    """Return the message that a line is; None if it is none, or makes no sense."""
    to = tuple(one for one in seats_of(line.data, "to") if one in seats or one == WHITE)
    if line.kind != MESSAGE or not to or not (line.by in seats or line.by == WHITE):
        return None
    return Message(
        line.by, to, one_line(line.text)[:MOST_CHARACTERS], line.round, line.phase, line.time, line.who
    )


def polls_of(lines: Iterable[Line], seats: Collection[str]) -> tuple[Poll, ...]:
    """Return the polls among these lines, in order, with whatever of their estimates is among them too."""
    polls: dict[int, Poll] = {}
    for line in lines:
        number = number_of(line.data, "poll")
        if line.kind == POLL:
            text = one_line(line.text)[:LONGEST_QUESTION]
            polls[number] = Poll(number, text, line.round, line.phase, line.time, {})
        elif (poll := polls.get(number)) is None or poll.closed:
            continue
        elif line.kind == ESTIMATE and line.seat in seats:
            given = {**poll.estimates, line.seat: number_of(line.data, "percent")}
            polls[number] = poll._replace(estimates=given)
        elif line.kind == POLL_CLOSED:
            polls[number] = poll._replace(spread=_recorded(line.data), closed=True)
    return tuple(polls.values())


def _recorded(data: Mapping[str, Plain]) -> Spread | None:
    """The spread that a closed poll was recorded with."""
    answers, *ends = (number_of(data, name) for name in Spread._fields)
    return Spread(answers, *ends) if answers else None


def answers_given(lines: Iterable[Line], number: int, seat: str) -> int:
    """Return how often a seat has answered a poll."""
    return sum(
        line.kind == ESTIMATE and line.seat == seat and number_of(line.data, "poll") == number
        for line in lines
    )


def next_poll(lines: Iterable[Line]) -> int:
    """Return the number of a new poll, which no other of the save has, on whatever line."""
    return max((number_of(line.data, "poll") for line in lines), default=0) + 1
