"""The page of lines: every line of a save, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from wargame.debrief.curves import Comparison, Pair
from wargame.debrief.phrasing import question, words_for
from wargame.debrief.story import Moment, Story
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    beside,
    columns,
    join,
    put,
    seat_badge,
    wrapped,
)
from wargame.tui.replay.pages import Item
from wargame.words.pages import replay as say

SEAT, TRACK = 7, 14
"""Columns of the names."""
SCORE, STEP = 6, 5
"""Columns of two scores, and of two values of a track."""
BETWEEN = 3
NUMBERED, LENGTH = 3, 5
"""Columns of a line's number, and of how many moves it has."""
FORK, STEM, END, OPEN = "╰", "━", "■", "▸"
"""A line as it is drawn: where it parts, its moves, and its end if it has been played to one."""


def line_items(story: Story, width: int) -> list[Item]:
    """Every line of the save, the one looked at bright, each from where it parts from that one."""
    found = story.lines()
    room = max(width - NUMBERED - LENGTH, 6)
    most = max(one.moves for one in found)
    items = []
    for one in found:
        here = one.tip == story.tip
        bold = "bold" if here else ""
        full = max(one.moves * room // most, 1)
        since = 0 if here else min(one.parted * room // most, full - 1)
        fork = put("" if here else FORK, DIM)
        stem = put(STEM * (full - since - (not here)), CHANGE if here else "")
        end = put(END if one.finished else OPEN, bold or DIM)
        line = columns(
            (put(f"{one.number}", bold), NUMBERED),
            (join((" " * since, fork, stem, end)), room + 1),
            (put(f"{one.moves}", DIM), 1 - LENGTH),
        )
        items.append(Item(line, None, f"line:{one.tip}"))
    return items


def line_name(story: Story, tip: int) -> str:
    """A line by its number; of a save that has but one, the save's name."""
    numbers = {one.tip: one.number for one in story.lines()}
    return say.line_number(numbers[tip]) if len(numbers) > 1 else story.name


def about_line(story: Story, tip: int, width: int) -> list[Content]:
    """How a line relates to the one looked at, and how it was left."""
    one = next(line for line in story.lines() if line.tip == tip)
    said = say.LOOKED_AT if tip == story.tip else say.parts_after(one.parted)
    lines = wrapped(put(say.line_length(one.moves, finished=one.finished), DIM), width)
    lines += wrapped(put(said), width)
    if one.why:
        lines += wrapped(put(say.left_with(one.why, one.who, one.reason)), width)
    return [put(say.line_number(one.number).upper(), HEAD), *lines]


# --- side by side --------------------------------------------------------------------------------------


def about_lines(comparison: Comparison, names: tuple[str, str], width: int) -> list[Content]:
    """Where two lines part, and from then on the scores and tracks of both; as two tables if they fit."""
    one, other = names
    if not comparison.parts:
        return wrapped(put(say.same_lines(one, other, comparison.common)), width)
    lines = wrapped(put(say.then_part(comparison.common)), width)
    for name, moment in zip(names, (comparison.one_next, comparison.other_next), strict=True):
        lines += wrapped(join((put(f"{name}  ", "bold"), _parting(moment, comparison))), width, indent=3)
    if _by_luck(comparison):
        lines += wrapped(put(say.BY_LUCK, DIM), width)
    key = join((put("/".join(names), CHANGE), put(say.AS_ROUNDS_BEGAN, DIM)))
    lines += [Content(""), *wrapped(key, width)]
    scores = _scores(comparison)
    room = width - scores[0].cell_length - BETWEEN
    if room >= TRACK + STEP * len(_shown(comparison)):
        return [*lines, *beside(scores, _tracks(comparison, room), width - room)]
    return [*lines, *scores, Content(""), *_tracks(comparison, width)]


def _by_luck(comparison: Comparison) -> bool:
    """Whether both lines go on with the same move, under other luck."""
    one, other = comparison.one_next, comparison.other_next
    return one is not None and other is not None and one.move is not None and one.move == other.move


def _parting(moment: Moment | None, comparison: Comparison) -> Content:
    """The first move that only this line has."""
    if moment is None:
        return put(say.ENDS_THERE)
    seat = moment.seat
    who = seat_badge(moment.state.scenario, seat) if seat else put(say.WHITE_CELL)
    deed = say.LATER_VERSION
    if moment.move is not None:
        deed = words_for(moment.state).deed(moment.move, question(comparison.last.state))
    return join((put(f"R{moment.round} ", DIM), who, put(f" {deed}")))


def _shown(comparison: Comparison) -> tuple[str, ...]:
    """The heads of the columns from the round in which the lines part."""
    heads = comparison.heads
    here = str(comparison.last.state.round)
    return tuple(heads[heads.index(here) if here in heads else 0 :])


def _scores(comparison: Comparison) -> list[Content]:
    heads, scenario = _shown(comparison), comparison.last.state.scenario
    rows = [_row(put(say.SCORES_HEAD, HEAD), SEAT, _heads((*heads, say.WON)), SCORE)]
    for seat, pairs in comparison.scores.items():
        one, other = ("✓" if end[seat].won else "–" for end in (comparison.one_end, comparison.other_end))
        numbers = [*map(_numbers, pairs[-len(heads) :]), (one, other)]
        rows.append(_row(seat_badge(scenario, seat), SEAT, numbers, SCORE))
    return rows


def _tracks(comparison: Comparison, width: int) -> list[Content]:
    """The tracks that are not the same throughout, their names in what room the numbers leave."""
    heads, words = _shown(comparison), words_for(comparison.last.state)
    parted = {
        words.track(track): pairs
        for track, pairs in comparison.tracks.items()
        if any(pair.one != pair.other for pair in pairs)
    }
    longest = max(put(name).cell_length for name in (say.TRACKS_HEAD, *parted))
    name_room = min(longest + 1, width - STEP * len(heads))
    rows = [_row(put(say.TRACKS_HEAD, HEAD), name_room, _heads(heads), STEP)]
    for name, pairs in parted.items():
        rows.append(_row(put(name), name_room, map(_numbers, pairs[-len(heads) :]), STEP))
    if same := [name for track in comparison.tracks if (name := words.track(track)) not in parted]:
        rows += wrapped(put(say.same_on_both(", ".join(same)), DIM), rows[0].cell_length, indent=2)
    return rows


def _numbers(pair: Pair) -> tuple[str, str]:
    one, other = ("–" if value is None else str(value) for value in pair)
    return one, other


def _heads(heads: Iterable[str]) -> Iterator[tuple[str, str]]:
    for head in heads:
        yield (name := f"R{head}" if head.isdigit() else head), name


def _row(name: Content, room: int, pairs: Iterable[tuple[str, str]], cell: int) -> Content:
    """A name and its pairs of numbers; what is the same on both lines is there once."""
    cells = [
        (put(one, DIM) if one == other else put(f"{one}/{other}", CHANGE), -cell) for one, other in pairs
    ]
    return columns((name, room), *cells)
