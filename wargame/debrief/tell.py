"""Moves, events and moments as sentences, also those that only a later version understands."""

from __future__ import annotations

from datetime import UTC, datetime

from wargame.debrief.story import WHITE_CELL, Moment, Note, Story, spelt
from wargame.record import ROOT
from wargame.rules.events import Event
from wargame.rules.state import State
from wargame.words import Words
from wargame.words.en.grammar import capital, sentence


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


def question(state: State) -> str:
    """The path of the question that is being asked in a position; "" if none is."""
    return f"{state.stack[-1].path}/{state.stack[-1].at}" if state.stack else ""


def deed(words: Words, story: Story, moment: Moment) -> str:
    """What was done, without who: 'commits Spy satellite'. The white cell's doings in its own words."""
    if moment.id == ROOT:
        return "the game begins"
    if moment.seat and moment.move is not None:
        try:
            return words.deed(moment.move, question(story.before(moment).state))
        except (KeyError, IndexError, StopIteration, TypeError, ValueError):  # a later version's verb
            return spelt(list(moment.plain[1:]))
    return f"{WHITE_CELL}: {spelt(list(moment.plain))}"


def told(words: Words, story: Story, moment: Moment) -> str:
    """One sentence for a move: who did what."""
    said = deed(words, story, moment)
    return sentence(f"{words.party(moment.seat)} {said}" if moment.seat else said)


def happened(words: Words, event: Event, viewer: str | None = None) -> str:
    """One sentence for an event; of a kind that `words` does not know, as the white cell's doing."""
    try:
        said = words.event(event, viewer)
    except (KeyError, IndexError, StopIteration, TypeError, ValueError):
        said = ""
    return said or sentence(f"{WHITE_CELL}: {event.kind}: {spelt(list(event.facts))}")  # type: ignore[arg-type]


def noted(note: Note) -> str:
    """A record about a move as a line: its kind, unless it is a plain note, and its words."""
    return note.text if note.kind == "note" else f"{capital(note.kind)}{': ' if note.text else ''}{note.text}"
