"""Headlines, the news of the round, and the log."""

from __future__ import annotations

from textual.content import Content

from wargame.debrief.dated_events import Happening, of_kind
from wargame.rules.events import (
    CardsDrawn,
    ChoiceAsked,
    Event,
    GoodMoved,
    InfluenceMoved,
    InfluenceSpent,
    LowestHelped,
    NewsCame,
    PhaseBegan,
    TrackMoved,
    is_private,
)
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import CHANGE, DIM, SEALED, SECRET, fit, join, put, wrapped
from wargame.words.pages import kit as say

DULL = (PhaseBegan, ChoiceAsked, InfluenceSpent, LowestHelped, CardsDrawn)
"""Kinds that a log can do without."""


def headline(lens: Lens) -> str:
    """The newest line that a newspaper would print, in capitals."""
    for seen in reversed(lens.memory.seen):
        line = lens.words.headline(seen.event)
        if line:
            return line.upper()
    return ""


def news_lines(lens: Lens, width: int) -> list[Content]:
    """The event cards so far, newest first, each with its text."""
    lines: list[Content] = []
    for seen in reversed(list(of_kind(lens.memory.seen, NewsCame))):
        id_ = seen.event.cause.rpartition("news/")[2]
        card = lens.scenario.event_card(id_)
        if card is None:
            continue
        title = join((fit(put(say.in_short(seen.round), DIM), 3), put(lens.words.news(id_), "bold")))
        lines += [*wrapped(title, width, indent=3)]
        text = wrapped(put(lens.words.said(card.text), DIM), width - 3)
        lines += [join(("   ", line)) for line in text]
    return lines or [put(say.NOTHING_YET, DIM)]


def asked_aloud(lens: Lens) -> tuple[str, tuple[str, ...]]:
    """Return the seat that is asked before everybody and what it is asked, line by line; "" if none is."""
    asked = [one.event for one in of_kind(lens.memory.seen, ChoiceAsked) if one.event.to is None]
    choice = lens.scenario.programs.choices.get(asked[-1].path) if asked and lens.view.stack else None
    if choice is None:
        return "", ()
    options = (f"· {lens.words.said(one.label)}" for one in choice.options)
    return asked[-1].seat, (say.CHOOSES, lens.words.said(choice.prompt), *options)


def log_lines(lens: Lens, width: int, count: int) -> list[Content]:
    """The newest `count` entries of what the viewer has seen, newest first."""
    lines: list[Content] = []
    told = 0
    for seen in reversed(lens.memory.seen):
        if told >= count:
            break
        line = log_line(lens, seen)
        if line is not None:
            lines += wrapped(line, width, indent=4)
            told += 1
    return lines or [put(say.NOTHING_YET, DIM)]


def log_line(lens: Lens, seen: Happening[Event]) -> Content | None:
    """One entry of the log, or `None` if it is not worth one."""
    event = seen.event
    text = lens.said(event)
    if isinstance(event, DULL) or not text:
        return None
    private = put(f"{SEALED} ", SECRET) if lens.viewer and is_private(event) else put("")
    style = CHANGE if isinstance(event, TrackMoved | GoodMoved | InfluenceMoved) else ""
    return join((fit(put(say.in_short(seen.round), DIM), 4), private, put(text, style)))
