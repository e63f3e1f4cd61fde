"""Moves, events and moments as sentences, also those that only a later version understands.

A sentence is words with numbers among them that know what they are, so that each can be found again in the
export.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from wargame.counting import plural
from wargame.debrief.perspective import EVERYTHING, Perspective, seat_of
from wargame.debrief.story import BOT, WHITE_CELL, Moment, Story, spelt
from wargame.record import ROOT
from wargame.rules.events import ArgumentRuled, Caused, DieSet, Event, WhiteActed, to_plain
from wargame.rules.scenario import Scenario
from wargame.rules.state import State
from wargame.rules.white import caused_by_white
from wargame.words import Words
from wargame.words.grammar import joined, sentence
from wargame.words.texts import halves, signless, tenths

UNTOLD = (KeyError, IndexError, StopIteration, TypeError, ValueError)
"""What `words` may raise for a move or event of a later version."""


def when(time: int) -> str:
    """Return a time in ms since 1970 as ISO 8601 UTC, to the millisecond; "" for an unknown one.

    >>> when(1_764_000_000_123)
    '2025-11-24T16:00:00.123Z'
    """
    if not time:
        return ""
    try:
        stamp = datetime.fromtimestamp(time / 1000, UTC)
    except (OverflowError, OSError, ValueError):  # a clock that was far off
        return ""
    return stamp.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso(stamp: str) -> str:
    """Return a time in ISO 8601 in the one form that `when` has; "" if it is none.

    >>> iso("2025-11-24T17:00:00+01:00")
    '2025-11-24T16:00:00.000Z'
    """
    try:
        read = datetime.fromisoformat(stamp)
        moment = read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
    except (OverflowError, ValueError):
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def words_for(state: State) -> Words:
    """Return the words for a position, which know the cards that the white cell has written by then."""
    return _words(state.scenario, state.rounds)


@lru_cache(maxsize=16)
def _words(scenario: Scenario, rounds: int) -> Words:
    return Words(scenario, rounds=rounds)


def question(state: State) -> str:
    """Return the path of the question that is being asked in a position; "" if none is."""
    return f"{state.stack[-1].path}/{state.stack[-1].at}" if state.stack else ""


def deed(story: Story, moment: Moment) -> str:
    """Return what was done, without who: 'commits Spy satellite'."""
    if moment.id == ROOT:
        return "the game begins"
    if moment.move is not None:
        try:
            return words_for(moment.state).deed(moment.move, question(story.before(moment).state))
        except UNTOLD:
            pass
    return spelt(list(moment.plain[1:]))


def said(story: Story, moment: Moment) -> str:
    """Return one sentence for a move: who did what."""
    if moment.id == ROOT:
        return sentence(deed(story, moment))
    who = words_for(moment.state).party(moment.seat) if moment.seat else f"the {WHITE_CELL}"
    return sentence(f"{who} {deed(story, moment)}")


def reason(moment: Moment) -> str:
    """Return why a move was made: a bot's reckoning in words, anybody else's as it was written."""
    return words_for(moment.state).thought(moment.rationale) if moment.maker == BOT else moment.rationale


def happened(event: Event, state: State, perspective: Perspective = EVERYTHING) -> str:
    """Return one sentence for an event that led to a state; its bare facts where `words` knows too little."""
    try:
        return words_for(state).event(event, seat_of(perspective))
    except UNTOLD:
        kind, _to, facts = to_plain(event)
        return sentence(f"{kind}: {spelt(list(facts))}")  # type: ignore[arg-type]


def by_white_cell(event: Event) -> bool:
    """Tell whether an event is the white cell's doing: by its kind, or by a cause that names it."""
    if isinstance(event, WhiteActed | ArgumentRuled | DieSet):
        return True
    return isinstance(event, Caused) and caused_by_white(event.cause)


# --- words with numbers among them -----------------------------------------------------------------------


class Number(NamedTuple):
    """A number: what it is (`score.rok`), its value, and how it is printed."""

    key: str
    value: float
    text: str


Part: TypeAlias = str | Number
Sentence: TypeAlias = tuple[Part, ...]
"""Words with numbers among them."""


def whole(key: str, value: int) -> Number:
    """Return a whole number, with a true minus."""
    return Number(key, value, str(value) if value >= 0 else f"−{-value}")


def gain(key: str, value: int) -> Number:
    """Return a whole number of points gained or lost: '+4', '−3', '0'."""
    return Number(key, value, f"+{value}" if value > 0 else signless(value))


def half(key: str, value: float) -> Number:
    """Return a number to the half: '57½'."""
    return Number(key, value, halves(value))


def decimal(key: str, value: float, digits: int = 1) -> Number:
    """Return a number with so many decimals; with one, with more if else nothing would be left of it."""
    said = tenths(value) if digits == 1 else f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")
    return Number(key, value, said)


def share(key: str, value: float) -> Number:
    """Return a share from 0 to 1 in per cent."""
    return Number(key, value, f"{round(value * 100)} %")


def step(key: str, value: float) -> Number:
    """Return a change of a mean, with its sign and one decimal: '+1.7', '−8.0'."""
    return Number(key, value, tenths(value, sign=True))


def minutes(key: str, seconds: float) -> Number:
    """Return a time as minutes and seconds; its value is in seconds."""
    return Number(key, seconds, f"{int(seconds) // 60}:{int(seconds) % 60:02}")


def text_of(sentence: Sentence) -> str:
    """Return a sentence as plain text."""
    return "".join(part.text if isinstance(part, Number) else part for part in sentence)


def counted(number: Number, thing: str) -> Sentence:
    """Return '3 deals', '1 deal'."""
    return (number, f" {plural(int(number.value), thing)}")


def listed(parts: Iterable[str]) -> str:
    """Return 'a, b and c'; 'nobody' for none."""
    return joined(parts) or "nobody"
