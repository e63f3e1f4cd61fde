"""Tracks, scores and stocks over a game as numbers, with the moves that made the steps; no drawing here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wargame.debrief.course import ALL, Happening, of_kind, told
from wargame.debrief.eyes import seen_sealed
from wargame.debrief.story import Moment, Story
from wargame.rules.events import TrackMoved
from wargame.rules.scoring import final_scores, known_score, public_score

Moved = Happening[TrackMoved]
"""A move of a track."""


class Series(NamedTuple):
    """Something over a line: its value after each move, by the move's place on the line from 0."""

    name: str
    values: tuple[int, ...]
    steps: tuple[Moved, ...] = ()


class Mark(NamedTuple):
    """A moment at which a table of the game reads its numbers: as a round began, or at the end ("end")."""

    label: str
    moment: Moment


def marks(story: Story) -> tuple[Mark, ...]:
    """The first position of every round, and the last of all."""
    first: dict[int, Moment] = {}
    for moment in story.line:
        if not moment.over:
            first.setdefault(moment.state.round, moment)
    found = [Mark(str(round_), moment) for round_, moment in first.items()]
    return (*found, Mark("end", story.end))


def round_starts(story: Story) -> tuple[tuple[int, int], ...]:
    """The rounds with the place on the line at which each begins."""
    first: dict[int, int] = {}
    for at, moment in enumerate(story.line):
        first.setdefault(moment.state.round, at)
    return tuple(first.items())


def tracks(story: Story) -> dict[str, Series]:
    """Every track along the line, as it truly was."""
    steps = track_steps(story)
    return {
        track: Series(track, tuple(m.state.tracks[track] for m in story.line), steps.get(track, ()))
        for track in story.scenario.tracks
    }


def scores(story: Story) -> dict[str, Series]:
    """Every seat's whole score along the line, secret agenda included, were the game to end there."""
    lines = [final_scores(moment.state) for moment in story.line]
    return {seat: Series(seat, tuple(line[seat].score for line in lines)) for seat in story.scenario.seat_ids}


def public_scores(story: Story) -> dict[str, Series]:
    """The part of every score that everybody could work out."""
    return {
        seat: Series(seat, tuple(public_score(moment.state, seat) for moment in story.line))
        for seat in story.scenario.seat_ids
    }


def track_steps(story: Story, viewer: str | None = None) -> dict[str, tuple[Moved, ...]]:
    """Return what moved each track, in order; with a viewer, as it was told to that seat."""
    found: dict[str, list[Moved]] = {}
    for one in of_kind(told(story.line, viewer or ALL, story.scenario.seat_ids), TrackMoved):
        found.setdefault(one.event.track, []).append(one)
    return {track: tuple(steps) for track, steps in found.items()}


# --- tables by round -----------------------------------------------------------------------------------


class Table(NamedTuple):
    """Rows of numbers by round, None where the viewer could not know. `heads` label the columns."""

    heads: tuple[str, ...]
    rows: dict[str, tuple[int | None, ...]]


def track_table(story: Story, viewer: str | None = None) -> Table:
    """Every track as each round began and at the end; with a viewer, those that it saw then."""
    at = marks(story)
    if viewer is None:
        return _table(at, story.scenario.tracks, [mark.moment.state.tracks for mark in at])
    seen = [seen_sealed(mark.moment, viewer).tracks for mark in at]
    return _table(at, [track for track in story.scenario.tracks if any(track in s for s in seen)], seen)


def score_table(story: Story, viewer: str | None = None) -> Table:
    """Every seat's score likewise; with a viewer, what it could work out."""
    at, seats = marks(story), story.scenario.seat_ids
    if viewer is None:
        whole = [{s: line.score for s, line in final_scores(mark.moment.state).items()} for mark in at]
        return _table(at, seats, whole)
    seen = [seen_sealed(mark.moment, viewer) for mark in at]
    return _table(at, seats, [{seat: known_score(view, seat, viewer) for seat in seats} for view in seen])


def _table(at: Sequence[Mark], names: Iterable[str], columns: Sequence[dict[str, int]]) -> Table:
    heads = tuple(mark.label for mark in at)
    return Table(heads, {name: tuple(column.get(name) for column in columns) for name in names})
