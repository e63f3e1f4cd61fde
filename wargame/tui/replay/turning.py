"""Turning points: how they are told, each in sentences, and the chances so far."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.debrief.phrasing import text_of
from wargame.debrief.story import Story
from wargame.debrief.turning import Progress, Turning
from wargame.debrief.turning_points import Turnings, TurnPage
from wargame.tui.kit.curve import spark_line
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    chance,
    columns,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    signed_tenths,
    wrapped,
)
from wargame.tui.replay.pages import Item
from wargame.words.pages import replay as say

# --- the page ---------------------------------------------------------------------------------------------


def progress_line(step: Progress, left: float | None, width: int) -> Content:
    """How far the playouts are: words and a bar."""
    said = say.progress(step.stage, step.done, step.total, left)
    room = max(min(width - len(said), 40), 4)
    full = step.done * room // max(step.total, 1)
    return join((put(said), put("━" * full, CHANGE), put("─" * (room - full), DIM)))


def turning_items(story: Story, told_: Turnings, width: int) -> list[Item]:
    """A row for each turning point: when it was, whose, and whom it moved most."""
    items = []
    for nth, turn in enumerate(told_.turns, 1):
        half = (turn.change.high - turn.change.low) / 2
        by = put(f" {signed_tenths(turn.change.mean)}", CHANGE)
        moved = join((seat_badge(story.scenario, turn.most), by, put(f" ±{half:.1f}", DIM)))
        seat = seat_badge(story.scenario, turn.seat) if turn.seat else put(say.WHITE_CELL)
        bot = say.BOT if turn.bot else ""
        head = put(f"{nth}", f"reverse {CHANGE}"), put(f" R{turn.round} ", DIM)
        what = join((*head, seat, put(f" {turn.what}{bot}")))
        line = join((fit(what, max(width - moved.cell_length - 1, 10)), put(" "), moved))
        items.append(Item(line, turn.move, f"turn:{turn.move}"))
    return items


def about_turning(
    story: Story, found: Turning, told_: Turnings, place: int, row: int, width: int
) -> list[Content]:
    """The lit turning point in sentences, how all were found, and the chances over the game."""
    lines: list[Content] = []
    if told_.turns:
        lines += [*_about_turn(story, told_.turns[row], width), Content("")]
    lines += [*wrapped(put(text_of(told_.seen)), width), Content("")]
    lines += [*_chances(story, found, place, width), Content("")]
    return [*lines, *wrapped(put(text_of(told_.how), DIM), width)]


def _about_turn(story: Story, turn: TurnPage, width: int) -> Iterator[Content]:
    yield from wrapped(put(text_of(turn.head), HEAD), width)
    yield from wrapped(put(text_of(turn.said), "bold"), width)
    for more in (turn.loss, turn.dice):
        if more is not None:
            yield from wrapped(put(text_of(more)), width)
    yield from wrapped(put(say.against(turn.against), DIM), width)
    yield columns((put("", DIM), 5), (put(say.POINTS, DIM), 23), (put(say.LINE, DIM), 9))
    for row in turn.rows:
        line = f"{row.otherwise.text.removesuffix(' %')}→{row.made.text}"
        yield columns(
            (seat_badge(story.scenario, row.seat), 5), (text_of(row.moved), 23), (put(line, DIM), 9)
        )


def _chances(story: Story, found: Turning, place: int, width: int) -> Iterator[Content]:
    """Every seat's chance of reaching its line, where we stand and over the game."""
    measured = [moment.id for moment in story.line if moment.id in found.chances]
    if not measured:
        return
    yield put(say.CHANCES, HEAD)
    order = {moment.id: nth for nth, moment in enumerate(story.line)}
    now = max(sum(order[move] <= place for move in measured) - 1, 0)
    for seat in story.scenario.seat_ids:
        values = tuple(round(found.chances[move][seat].value * 100) for move in measured)
        share = found.chances[measured[now]][seat]
        half = put(f" ±{round((share.high - share.low) * 50)}", DIM)
        room = max(min(width - 28, 40), 6)
        spark = spark_line(values, 0, 100, room, now, seat_colour(story.scenario, seat))
        head = fit(seat_badge(story.scenario, seat), 6)
        yield join((head, spark, put("  "), chance(round(share.value * 100)), half))
