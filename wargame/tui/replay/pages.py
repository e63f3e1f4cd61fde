"""The pages of a replay as lines of text: moves, deals, history and predictions.

Each is a function of the course, where one stands and a width; the screen only places them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from wargame.debrief.ledger import Entry, Side, deal_became, deal_lines, deal_name, found_out
from wargame.debrief.people import guesses, judges
from wargame.debrief.perspective_line import known
from wargame.debrief.phrasing import Number, deed, text_of, words_for
from wargame.debrief.story import Story
from wargame.debrief.timeline import laid_beside
from wargame.rules.spec import Reported
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    columns,
    fit,
    join,
    pair_badge,
    put,
    seat_badge,
    wrapped,
)
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.notes import Shown
from wargame.tui.terminal.text import printable
from wargame.words.pages import replay as say

LIT, UNLIT = "▸", " "


@lru_cache(maxsize=4096)
def told(text: str, width: int, indent: int = 2) -> tuple[Content, ...]:
    """A sentence as lines; most are the same from one move to the next.

    Where every letter has one cell, wrapping them as letters gives the same lines ten times as fast.
    """
    text = printable(text)
    if cell_len(text) != len(text) or "\n" in text:
        return tuple(wrapped(put(text), width, indent=indent))
    width = max(width, indent + 8)
    rows = wrap(text, width, subsequent_indent=" " * indent, break_on_hyphens=False)
    return tuple(put(row) for row in rows)


class Item(NamedTuple):
    """A row that can be lit: its line, and the move that Enter goes to (None: none)."""

    line: Content
    move: int | None = None
    key: str = ""


# --- moves ---------------------------------------------------------------------------------------------


def move_rows(course: EyesCourse, place: int, width: int, height: int, marks: Iterable[int]) -> list[Content]:
    """The moves around the one where we stand, which is lit."""
    marked, places = frozenset(marks), course.places
    first = first_row(course, place, height)
    shown = places[first : first + height]
    return [_kept_row(course, one, one == place, one in marked, width) for one in shown]


def _kept_row(course: EyesCourse, place: int, lit: bool, marked: bool, width: int) -> Content:
    key = (place, lit, marked, width)
    if key not in course.rows:
        course.rows[key] = fit(_move_row(course, place, lit, marked), width)
    return course.rows[key]


def first_row(course: EyesCourse, place: int, height: int) -> int:
    """Which of the places is the uppermost of `move_rows`: the list stands still for half a page."""
    half = max(height // 2, 1)
    first = course.nth(place) // half * half - half // 2
    return max(min(first, len(course.places) - height), 0)


def _move_row(course: EyesCourse, place: int, lit: bool, marked: bool) -> Content:
    moment = course.line[place]
    number = put(f"{moment.id:>3}  " if course.everything else " ", DIM)
    where = put(f"R{moment.state.round if not place else moment.round} ", DIM)
    seat = course.mover(place)
    who = seat_badge(course.story.scenario, seat) if seat else put("   ")
    said = course.title(place)
    if seat:
        doer = words_for(moment.state).party(seat)
        said = say.begun(deed(course.story, moment)) if course.everything else say.behind_sign(said, doer)
    mark = put("m" if marked else " ", CHANGE)
    here = put(LIT if lit else UNLIT, "bold")
    return join((here, mark, number, where, who, " ", put(said, "bold" if lit else "")))


def about_move(course: EyesCourse, place: int, notes: Sequence[Shown], width: int) -> list[Content]:
    """The move with its maker, its reason, what followed, and what was known when it was made."""
    moment = course.line[place]
    lines = wrapped(put(course.title(place), "bold"), width)
    if maker := course.made_by(place):
        lines += wrapped(put(say.made_by(maker), DIM), width, indent=3)
    if why := course.rationale(place):
        lines += wrapped(join((put(f"{say.WHY}  ", DIM), put(say.quoted_reason(why)))), width, indent=5)
    if not moment.exact:
        lines += wrapped(put(say.INEXACT, DIM), width)
    own = [note for note in notes if note.about == moment.id]
    for note in own:
        private = say.PRIVATE if note.private else ""
        lines += wrapped(join((put(f"{note.kind}{private}  ", CHANGE), put(note.text))), width, indent=4)
    said = [one for one in course.happenings(place) if one != course.title(place)]
    if said:
        lines += [Content(""), put(say.CAME, HEAD)]
        for one in said:
            lines += told(one, width)
    lines += _knowing(course, place, width)
    return lines


def _knowing(course: EyesCourse, place: int, width: int) -> list[Content]:
    """What the seat knew: the one whose eyes these are now, or the one that moved when it decided."""
    moment = course.line[place]
    seat = course.viewer or (moment.seat if course.everything else "")
    if not seat:
        return []
    at = moment if course.viewer else course.story.before(moment)
    words, found = words_for(at.state), known(at.state, seat)
    name = words.capital(seat).upper()
    title = say.knows(name, now=bool(course.viewer))
    lines = [Content(""), put(title, HEAD)]
    for one in found.knew:
        lines += told(one, width)
    if not course.viewer and found.did_not:
        lines += [Content(""), join((put(f"{say.DID_NOT} ", HEAD), put(SEALED, SECRET)))]
        for one in found.did_not:
            lines += told(one, width)
    return lines


# --- deals ---------------------------------------------------------------------------------------------


def deal_items(course: EyesCourse, place: int, width: int) -> list[Item]:
    """Every deal that these eyes knew of by then (everything's: all of the line)."""
    scenario, words = course.story.scenario, words_for(course.line[place].state)
    items: list[Item] = []
    for nth, entry in enumerate(course.deals[place]):
        deal = entry.deal
        sides = pair_badge(scenario, deal.a, deal.b)
        seal = put(f"{SEALED} " if deal.secret else "  ", SECRET)
        status = put(f" {words.deal_stands(deal.status)}", DIM)
        what = join((put(f"R{deal.signed} ", DIM), seal, sides, put(f" {deal_name(words, entry)}")))
        line = join((fit(what, width - status.cell_length), status))
        items.append(Item(line, entry.move or None, f"deal:{nth}"))
    return items


def about_deal(course: EyesCourse, place: int, entry: Entry, width: int) -> list[Content]:
    """What was said, agreed and delivered, and who found out."""
    words, scenario = words_for(course.line[place].state), course.story.scenario
    lines = wrapped(put(deal_name(words, entry), "bold"), width)
    for told_ in deal_lines(words, entry):
        parts = (
            seat_badge(scenario, part.seat)
            if isinstance(part, Side)
            else put(f"R{part.text} ", DIM)
            if isinstance(part, Number)
            else put(part)
            for part in told_
        )
        lines += wrapped(join(parts), width, indent=0 if isinstance(told_[0], str) else 4)
    if entry.hidden:
        return lines
    for found in entry.found:
        lines += wrapped(put(text_of(found_out(words, found))), width, indent=3)
    over = course.line[-1 if course.everything else place].over
    return [*lines, *wrapped(put(deal_became(words, entry, over)), width)]


# --- history and predictions ---------------------------------------------------------------------------


def history_lines(course: EyesCourse, place: int, told: Sequence[Reported], width: int) -> list[Content]:
    """Round by round what was reported to have happened, and what made headlines in this game by then."""
    if not told:
        return wrapped(put(say.NO_HISTORY, DIM), width)
    lens = course.lens(place)
    half = max((width - 3) // 2, 20)
    lines = [columns((put(say.REPORTED, HEAD), half + 3), (put(say.IN_THIS_GAME, HEAD), half))]
    for one in laid_beside(told, lens.memory.seen, lens.words, lens.view.round):
        lines.append(put(f"R{one.round} · {one.date}" if one.round else say.BEFORE, DIM))
        left = [
            line
            for each in one.reported
            for line in wrapped(put(f"{each.date} {lens.words.said(each.title)}"), half, indent=2)
        ]
        right = [line for said in one.headlines for line in wrapped(put(said), half, indent=2)]
        for here, there in zip_longest(left, right, fillvalue=put("")):
            lines.append(columns((here, half + 3), (there, half)))
    return lines


def prediction_lines(story: Story, width: int) -> list[Content]:
    """What the seats held likely, and how well each judged."""
    words = words_for(story.end.state)
    asked = guesses(story, words)
    if not asked:
        return wrapped(put(say.NO_PREDICTIONS, DIM), width)
    lines: list[Content] = []
    for one in asked:
        lines += wrapped(put(f"R{one.round.text} {one.text}", "bold"), width, indent=3)
        score = "" if one.brier is None else say.brier(one.brier.text)
        lines += wrapped(put(f"   {text_of(one.middle)}; {one.came}{score}"), width, indent=3)
        for own in one.percents:
            scored = "" if own.score is None else f" ({own.score.text})"
            badge = seat_badge(story.scenario, own.seat)
            lines.append(join(("   ", badge, put(f" {own.percent.text} %{scored}"))))
    if board := judges(story, words):
        lines += [Content(""), put(say.BRIER_BOARD, HEAD)]
        lines += [join((seat_badge(story.scenario, own.seat), put(f" {own.score.text}"))) for own in board]
    return lines
