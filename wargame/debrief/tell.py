"""Moves, events and moments as sentences, also those that only a later version understands."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from wargame.debrief.story import BOT, WHITE_CELL, Moment, Story, spelt
from wargame.record import ROOT
from wargame.rules.events import ArgumentRuled, Caused, DieSet, Event, WhiteActed, to_plain
from wargame.rules.scenario import Scenario
from wargame.rules.state import State
from wargame.rules.white import caused_by_white
from wargame.words import Words, words
from wargame.words.en.grammar import sentence

UNTOLD = (KeyError, IndexError, StopIteration, TypeError, ValueError)
"""What `words` may raise for a move or event of a later version."""


def when(time: int) -> str:
    """A time in ms since 1970 as ISO 8601 UTC, to the millisecond; "" for an unknown one.

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
    """A time in ISO 8601 in the one form that `when` has; "" if it is none.

    >>> iso("2025-11-24T17:00:00+01:00")
    '2025-11-24T16:00:00.000Z'
    """
    try:
        read = datetime.fromisoformat(stamp)
        moment = read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
    except (OverflowError, ValueError):
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def words_for(state: State, language: str = "en") -> Words:
    """The words for a position, which know the cards that the white cell has written by then."""
    return _words(state.scenario, language)


@lru_cache(maxsize=16)
def _words(scenario: Scenario, language: str) -> Words:
    return words(language)(scenario)


def question(state: State) -> str:
    """The path of the question that is being asked in a position; "" if none is."""
    return f"{state.stack[-1].path}/{state.stack[-1].at}" if state.stack else ""


def deed(story: Story, moment: Moment) -> str:
    """What was done, without who: 'commits Spy satellite'."""
    if moment.id == ROOT:
        return "the game begins"
    if moment.move is not None:
        try:
            return words_for(moment.state).deed(moment.move, question(story.before(moment).state))
        except UNTOLD:
            pass
    return spelt(list(moment.plain[1:]))


def told(story: Story, moment: Moment) -> str:
    """One sentence for a move: who did what."""
    if moment.id == ROOT:
        return sentence(deed(story, moment))
    who = words_for(moment.state).party(moment.seat) if moment.seat else f"the {WHITE_CELL}"
    return sentence(f"{who} {deed(story, moment)}")


def reason(moment: Moment) -> str:
    """Return why a move was made: a bot's reckoning in words, anybody else's as it was written."""
    return words_for(moment.state).thought(moment.rationale) if moment.maker == BOT else moment.rationale


def happened(event: Event, state: State, viewer: str | None = None) -> str:
    """Return one sentence for an event that led to a state; its bare facts where `words` knows too little."""
    try:
        return words_for(state).event(event, viewer)
    except UNTOLD:
        kind, _to, facts = to_plain(event)
        return sentence(f"{kind}: {spelt(list(facts))}")  # type: ignore[arg-type]


def by_white_cell(event: Event) -> bool:
    """Whether an event is the white cell's doing: by its kind, or by a cause that names it."""
    if isinstance(event, WhiteActed | ArgumentRuled | DieSet):
        return True
    return isinstance(event, Caused) and caused_by_white(event.cause)
