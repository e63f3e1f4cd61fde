"""Everything that a report says, gathered from a story before anything is drawn or printed.

A page for a seat holds only what that seat could know at the end, before secrets were laid open; it is made
from its views, the events told to it and its own moves, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from wargame.content.exercise import one_line
from wargame.debrief import charts, outside, timeline, verdict
from wargame.debrief.chapters import (
    DealPage,
    Guess,
    came_to_nothing,
    deal_page,
    guesses,
    judges,
)
from wargame.debrief.course import seats_behind
from wargame.debrief.history import Round as HistoryRound
from wargame.debrief.history import beside
from wargame.debrief.ledger import entries, turned_down
from wargame.debrief.numbers import Number, Sentence, minutes, whole
from wargame.debrief.predictions import exercise_of
from wargame.debrief.story import Story
from wargame.debrief.tell import iso, when, words_for
from wargame.debrief.turning import Turning
from wargame.debrief.turning_points import Turnings, turnings
from wargame.record import Span
from wargame.words import Words
from wargame.words.en.scores import Told


class Cells(NamedTuple):
    """A row of a table: its name and its numbers, None where a cell stays empty."""

    name: str
    cells: tuple[Number | None, ...]


class Grid(NamedTuple):
    """A table of numbers by round."""

    heads: tuple[Sentence, ...]
    rows: tuple[Cells, ...]


class Steps(NamedTuple):
    """What moved a track, in order, as sentences."""

    name: str
    steps: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that is on a report. `viewer` is the name of the seat it is for, "" for everybody."""

    title: str
    subtitle: str
    text: str
    viewer: str
    over: bool
    notice: str
    summary: tuple[Sentence, ...]
    line: Number
    results: tuple[verdict.Result, ...]
    ranked: str
    accounts: tuple[verdict.Account, ...]
    ending: Told | None
    fates: tuple[tuple[str, str], ...]
    rounds: tuple[timeline.Round, ...]
    tracks: Grid
    scores: Grid
    steps: tuple[Steps, ...]
    deals: tuple[DealPage, ...]
    nothing: tuple[str, ...]
    seats: tuple[timeline.SeatStory, ...]
    knew: tuple[str, ...]
    guesses: tuple[Guess, ...]
    judges: tuple[tuple[str, Number], ...]
    talks: tuple[outside.Talk, ...]
    told: tuple[str, ...]
    history: tuple[HistoryRound, ...]
    facts: tuple[tuple[str, Sentence], ...]
    turning: Turnings | None = None
    acts: tuple[outside.Act, ...] = ()
    later: tuple[tuple[Number, str], ...] = ()
    left: tuple[outside.Left, ...] = ()
    elsewhere: tuple[outside.Elsewhere, ...] = ()
    undone: Number | None = None
    records: tuple[tuple[Number, str], ...] = ()
    written: tuple[outside.Written, ...] = ()
    charts: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def gather(story: Story, viewer: str | None = None, turning: Turning | None = None) -> Page:
    """The page of a game; `turning` are its turning points, if they were found. No seat's page has them."""
    words, scenario = words_for(story.end.state), story.scenario
    deals = entries(story, viewer)
    ending = verdict.epilogue(story.end.state) if viewer is None else None
    page = Page(
        title=words.said(scenario.spec.title),
        subtitle=story.name,
        text=words.said(scenario.spec.text),
        viewer=words.seat(viewer) if viewer else "",
        over=story.over,
        notice=_notice(story, viewer),
        summary=verdict.summary(story, deals, viewer),
        line=verdict.line_needed(story),
        results=verdict.results(story, viewer),
        ranked="" if viewer else words.ranked(story.end.state.outcome),
        accounts=verdict.accounts(story, viewer),
        ending=words.epilogue(ending.id) if ending else None,
        fates=tuple((words.seat(seat), words.fate(ending.id, seat)) for seat in scenario.seat_ids if ending),
        rounds=timeline.rounds(story, viewer),
        tracks=_grid("track", charts.track_table(story, viewer), words.track),
        scores=_grid("score", charts.score_table(story, viewer), words.seat),
        steps=_steps(story, words, viewer),
        deals=tuple(deal_page(words, entry, at, story.over) for at, entry in enumerate(deals)),
        nothing=tuple(came_to_nothing(words, one) for one in turned_down(story, viewer)),
        seats=timeline.seat_stories(story, viewer),
        knew=timeline.known_at_the_end(story, viewer) if viewer else (),
        guesses=guesses(story, words, viewer),
        judges=() if viewer else judges(story, words),
        talks=outside.talks(story, viewer),
        told=outside.told_to(story, viewer) if viewer else (),
        history=beside(story),
        facts=_facts(story, viewer),
    )
    return page if viewer else _whole(page, story, words, turning)


def _whole(page: Page, story: Story, words: Words, turning: Turning | None) -> Page:
    return replace(
        page,
        turning=turnings(story, words, turning) if turning else None,
        acts=outside.acts(story),
        later=outside.came_later(story),
        left=outside.left(story),
        elsewhere=outside.elsewhere(story),
        undone=outside.undone(story),
        records=outside.table_records(story),
        written=outside.written(story),
    )


# --- tables and charts ---------------------------------------------------------------------------------


def _grid(kind: str, table: charts.Table, called: Callable[[str], str]) -> Grid:
    return Grid(
        tuple((head,) if head == "end" else ("R", whole("of.round", int(head))) for head in table.heads),
        tuple(
            Cells(
                called(key),
                tuple(
                    None if value is None else whole(f"{kind}.{key}@{head}", value)
                    for head, value in zip(table.heads, row, strict=True)
                ),
            )
            for key, row in table.rows.items()
        ),
    )


def _steps(story: Story, words: Words, viewer: str | None) -> tuple[Steps, ...]:
    found = charts.track_steps(story, viewer)
    return tuple(
        Steps(
            words.track(track),
            tuple(_step(words, track, nth, step, viewer) for nth, step in enumerate(found[track])),
        )
        for track in story.scenario.tracks
        if found.get(track)
    )


def _step(words: Words, track: str, nth: int, step: charts.Moved, viewer: str | None) -> Sentence:
    moved = step.event
    old, new = whole(f"step.{track}.{nth}.old", moved.old), whole(f"step.{track}.{nth}.new", moved.new)
    cause = words.cause(moved.cause) if moved.cause else "for reasons not known"
    behind = [words.seat(seat) for seat in seats_behind(words.scenario, moved.cause)]
    whose = f" ({behind[0]})" if len(behind) == 1 and behind[0] not in cause else ""
    by: Sentence = () if viewer else (", m", whole("of.move", step.move))
    return ("R", whole("of.round", step.round), " ", old, "→", new, f" {cause}{whose}", *by)


# --- where it comes from -------------------------------------------------------------------------------


def _notice(story: Story, viewer: str | None) -> str:
    """What is not as it should be; a seat is not told how many moves there are."""
    if story.notice is None or viewer is None:
        return story.notice or ""
    return "Parts of this game can't be shown as they were: its file is not whole, or other rules played it."


def _facts(story: Story, viewer: str | None) -> tuple[tuple[str, Sentence], ...]:
    header = story.header
    shared: list[tuple[str, Sentence]] = [
        ("save", (story.name,)),
        ("begun", (iso(header.created),)),
        ("exercise", (one_line(exercise.title) if (exercise := exercise_of(story)) else "",)),
        ("rules", (header.rules,)),
        ("program", (header.app,)),
        ("scenario", (f"{header.scenario} {header.scenario_hash}",)),
    ]
    if viewer is None:
        shared += [
            ("seed", (str(header.seed),)),
            ("moves", (whole("moves", len(story.line) - 1),)),
            ("lines", (whole("lines", len(story.lines())),)),
            *(("sitting", _sitting(nth, span)) for nth, span in enumerate(story.sittings(), 1)),
        ]
    return tuple((name, value) for name, value in shared if value != ("",))


def _sitting(nth: int, span: Span) -> Sentence:
    """When a sitting began, and how long it was played."""
    return (f"{when(span.opened)} ", minutes(f"sitting.{nth}", span.played / 1000), " minutes of play")
