"""What came from outside the rules, and what was written down: white cell, lines left, talks, notes.

The white cell's doings always stand apart from what the rules did, with their reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from wargame.debrief.dated_events import dated_events, of_move
from wargame.debrief.perspective import EVERYTHING, Perspective, seat_of
from wargame.debrief.phrasing import Number, by_white_cell, deed, happened, minutes, whole, words_for
from wargame.debrief.story import WHITE_CELL, Line, Note, Story
from wargame.record import ROOT
from wargame.rules.events import WhiteActed, seen_by
from wargame.table.journal import (
    ESTIMATE,
    MESSAGE,
    POLL,
    POLL_CLOSED,
    REQUEST,
    number_of,
    seats_of,
    text_of,
)
from wargame.table.table import TIMER
from wargame.words import Words
from wargame.words.grammar import joined

MARKS = ("bookmark", "mark", "tag")
"""Kinds that mark a move and can be taken off again."""
SHOWN = ("note", *MARKS)
AT_THE_TABLE = ("seat", "bots", "pause", "timer")
ELSEWHERE = ("talk", "floor", "rationale", "prediction", MESSAGE, POLL, ESTIMATE, POLL_CLOSED, REQUEST)
"""Kinds that have a place of their own in a report, or that only the moment needed."""


class Act(NamedTuple):
    """Something the white cell did: when, what, why, by whom, and what came of it at once."""

    number: Number
    round: Number
    phase: str
    what: str
    why: str
    who: str
    came: tuple[str, ...]


class Left(NamedTuple):
    """A line that was left: its number and length, where it parts from this one, and why."""

    number: Number
    moves: Number
    parted: Number
    how: str
    why: str
    who: str


class Elsewhere(NamedTuple):
    """The game went from one move `back` or `over` to another, why, and who took it there."""

    left: Number
    how: str
    move: Number
    why: str
    who: str


class Talk(NamedTuple):
    """Side talk away from the table: between whom, what was agreed, and what each side heard."""

    round: int
    between: str
    agreed: str
    heard: tuple[tuple[str, str], ...]


class Aside(NamedTuple):
    """What was noted at the open table: who asked whom aside, as a sentence, and a line on it if any."""

    asked: str
    line: str


class Floor(NamedTuple):
    """The talk before a round's orders: how long it was, if that is known, and what was noted of it."""

    took: Number | None
    asides: tuple[Aside, ...]


class Written(NamedTuple):
    """A note, mark, tag, bookmark or the like about a move."""

    number: Number
    round: Number
    kind: str
    text: str
    who: str
    about: str


def acts(story: Story) -> tuple[Act, ...]:
    """Return what the white cell did on the line, and the turns that ran out of time."""
    found = []
    for moment in story.line:
        if moment.maker not in (WHITE_CELL, TIMER):
            continue
        what = deed(story, moment)
        if moment.seat:
            verb = "time was up for" if moment.maker == TIMER else "skips"
            what = f"{verb} {words_for(moment.state).party(moment.seat)}, which {what}"
        rewritten = words_for(moment.state).rewritten(moment.move) if moment.move is not None else ""
        came = (*([rewritten] if rewritten else []), *(
            happened(one.event, moment.state) for one in of_move(moment) if by_white_cell(one.event)
            and not isinstance(one.event, WhiteActed)
        ))  # fmt: skip
        number, round_ = whole("of.move", moment.id), whole("of.round", moment.round)
        found.append(Act(number, round_, moment.phase, what, moment.rationale, moment.who, came))
    return tuple(found)


def came_later(story: Story) -> tuple[tuple[Number, str], ...]:
    """Return what injects brought about in other moves than the white cell's own, with the round."""
    return tuple(
        (whole("of.round", one.round), happened(one.event, story.at(one.move).state))
        for one in dated_events(story.line)
        if by_white_cell(one.event) and story.at(one.move).maker != WHITE_CELL
    )


def told_to(story: Story, perspective: Perspective) -> tuple[str, ...]:
    """Return what was heard of the white cell's doing."""
    return tuple(
        happened(one.event, story.at(one.move).state, perspective)
        for one in dated_events(story.line)
        if by_white_cell(one.event) and seen_by(one.event, seat_of(perspective))
    )


def _left(story: Story) -> list[Line]:
    return [line for line in story.lines() if line.tip != story.tip and line.why != "undo"]


def left(story: Story) -> tuple[Left, ...]:
    """Return the other lines of the game; moves taken back at once are counted by `undone`."""
    return tuple(
        Left(
            whole("of.branch", line.number),
            whole(f"line.{line.number}.moves", line.moves),
            whole("of.move", line.parted),
            line.why or "left",
            line.reason,
            line.who,
        )
        for line in _left(story)
    )


def elsewhere(story: Story) -> tuple[Elsewhere, ...]:
    """Return every time the game was taken elsewhere, but for those that a line left tells of."""
    told = {line.tip for line in _left(story)}
    return tuple(
        Elsewhere(
            whole("of.move", one.left),
            "back" if one.earlier else "over",
            whole("of.move", one.move),
            one.reason,
            one.who,
        )
        for one in story.went_back()
        if one.left not in told
    )


def undone(story: Story) -> Number:
    """Return how many moves were taken back within a turn."""
    lines = (line for line in story.lines() if line.why == "undo" and line.tip != story.tip)
    return whole("undone", sum(line.moves - story.at(line.parted).depth for line in lines))


def talks(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Talk, ...]:
    """Return the side talks; of a seat those it was in, with what its own side heard.

    What was noted at the open table has its place in its round: see `floor`.
    """
    words, found = words_for(story.end.state), []
    for note in story.notes("talk"):
        data: Mapping[str, object] = note.data if isinstance(note.data, Mapping) else {}
        between = seats_of(note.data, "between") if isinstance(note.data, Mapping) else ()
        if note.public or (perspective is not EVERYTHING and perspective not in between):
            continue
        heard = data.get("heard")
        sides = heard.items() if isinstance(heard, Mapping) else ()
        found.append(
            Talk(
                story.dated(note)[0],
                joined(map(words.party, between)),
                note.text,
                tuple((words.seat(s), str(said)) for s, said in sides if perspective in (EVERYTHING, s)),
            )
        )
    return tuple(found)


def written(story: Story) -> tuple[Written, ...]:
    """Return notes, marks, tags and bookmarks on moves of the line; private notes are left out."""
    found = []
    for note in standing(note for note in story.notes() if note.kind not in (*AT_THE_TABLE, *ELSEWHERE)):
        if note.private:
            continue
        moment = story.at(note.about)
        kind = note.kind if note.kind in SHOWN else f"{WHITE_CELL}: {note.kind}"
        text = "" if note.kind == "mark" else note.text
        about = "" if moment.id == ROOT else deed(story, moment)
        number, round_ = whole("of.move", note.about), whole("of.round", moment.round)
        found.append(Written(number, round_, kind, text, note.who, about))
    return tuple(found)


def standing(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield the notes as they stand: a mark or bookmark that was taken off again is gone."""
    notes = tuple(notes)
    last = {(note.kind, note.about, note.text): note for note in notes if note.kind in MARKS}
    for note in notes:
        key = note.kind, note.about, note.text
        off = isinstance(note.data, Mapping) and note.data.get("on") is False
        if key not in last or (last[key] is note and not off):
            yield note


def may_read(by: str, perspective: Perspective, *, public: bool = False) -> bool:
    """Tell whether a note by somebody may be read: a seat reads its own, the room what is `public`."""
    return public or perspective in (EVERYTHING, by)


def floor(story: Story, round_: int) -> Floor:
    """Return what the room knows of the talk before the orders of a round."""
    words = words_for(story.end.state)
    notes = [note for note in story.notes("talk", "floor") if story.dated(note)[0] == round_]
    took = [note for note in notes if note.kind == "floor"]
    return Floor(
        minutes(f"talk.{round_}", sum(_seconds(one) for one in took)) if took else None,
        tuple(Aside(aside(words, one), one.text) for one in notes if one.public),
    )


def _seconds(note: Note) -> int:
    return number_of(note.data, "seconds") if isinstance(note.data, Mapping) else 0


def aside(words: Words, note: Note) -> str:
    """Return who asked whom aside, of a note taken at the open table."""
    data = note.data if isinstance(note.data, Mapping) else {}
    asker = text_of(data, "asker")
    return words.aside(asker, [seat for seat in seats_of(data, "between") if seat != asker])


def table_records(story: Story) -> tuple[tuple[Number, str], ...]:
    """Return who took or left seats, pauses and timers, in order, with the round."""
    words, found = words_for(story.end.state), []
    for note in story.notes(*AT_THE_TABLE):
        if not isinstance(note.data, Mapping):
            continue
        round_, _phase = story.dated(note)
        found.append((whole("of.round", round_), words.arranged(note.kind, note.data)))
    return tuple(found)
