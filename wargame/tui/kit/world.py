"""The state of the world: what moved since the last orders, who stands where, what is known of deals."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.rules.events import is_private
from wargame.rules.scoring import margin, ranking
from wargame.tui.kit.bargains import deal_lines
from wargame.tui.kit.gauges import filled, group_colour
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.memory import Moved, is_recent
from wargame.tui.kit.news import headline, log_line
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    columns,
    fit,
    join,
    put,
    seat_badge,
    signed_tenths,
    step,
    wrapped,
)
from wargame.tui.kit.tracks import caused
from wargame.words import halves
from wargame.words.pages import kit as say
from wargame.words.texts import signless

NAME, SCALE = 21, 13
BESIDE = 16
"""Columns from which causes stand beside what they moved, else below it."""
HEADED, STANDING = 10, 16
"""Columns of the line that wins, and of a seat that is ranked by it."""


def world_lines(lens: Lens, width: int) -> list[Content]:
    """The whole page."""
    lines = [*wrapped(put(headline(lens), "bold $warning"), width), Content("")]
    changed, scale = (put(say.CHANGED, HEAD), NAME), (put("0    5    10", DIM), SCALE)
    room = width - NAME - SCALE
    meant = next((said for said in say.WAS_AND_IS if len(said) <= room), say.WAS_AND_IS[-1])
    lines.append(columns(changed, scale, (put(meant, DIM), room)))
    moved = [line for track, changes in _moved(lens) for line in _changed(lens, track, changes, width)]
    lines += moved or [put(say.NOTHING_PUBLIC, DIM)]
    lines += [Content(""), *_standing(lens, width), Content("")]
    deals = deal_lines(lens, width - 7)
    lines += [join((fit(put(say.DEALS if not at else "", DIM), 7), line)) for at, line in enumerate(deals)]
    return lines


def private_lines(lens: Lens, width: int) -> list[Content]:
    """What only this viewer knows, and what it learnt since the last orders but one; nothing for the room."""
    if lens.viewer is None:
        return []
    title = f"{say.only(lens.words.capital(lens.viewer))} {SEALED}"
    lines = [Content(""), put(title, f"bold {SECRET}")]
    for said in lens.words.state_of(lens.view):
        lines += wrapped(said, width, indent=2)
    recent = [
        seen for seen in lens.memory.seen if seen.round >= lens.view.round - 1 and is_private(seen.event)
    ]
    told = [line for seen in recent if (line := log_line(lens, seen)) is not None]
    if told:
        lines += [Content(""), put(say.SINCE_ORDERS, HEAD)]
        lines += [part for line in told for part in wrapped(line, width, indent=4)]
    return lines


def _moved(lens: Lens) -> Iterator[tuple[str, list[Moved]]]:
    """Yield the tracks that have moved since orders were last carried out, with their changes."""
    for track in lens.scenario.tracks:
        own = [one for one in lens.memory.of_track(track) if is_recent(one, lens.view.round, lens.view.phase)]
        if own:
            yield track, own


def _changed(lens: Lens, track: str, changes: list[Moved], width: int) -> list[Content]:
    """Where a track was and is, and by what: which cause gave which part, on as many lines as that takes."""
    old, new = changes[0].event.old, changes[-1].event.new
    boxes = filled(new, lens.scenario.tracks[track].most, group_colour(lens.scenario, track), old)
    by = put(step(new - old) or "=", CHANGE)
    name, value = lens.words.track(track), put(str(new), "bold")
    cells = columns((name, NAME), (boxes, SCALE), (value, -2), ("", 1), (by, 4))
    said, room = put(say.caused(caused(lens, changes)), DIM), width - cells.cell_length
    if room < BESIDE:
        return [cells, *(line.pad_left(2) for line in wrapped(said, width - 2))]
    first, *more = wrapped(said, room)
    return [join((cells, first)), *(line.pad_left(cells.cell_length) for line in more)]


def _standing(lens: Lens, width: int) -> list[Content]:
    """The seats as they would rank by what is known of their scores."""
    scores = {seat: lens.score(seat) for seat in lens.scenario.seat_ids}
    cells = []
    for nth, seat in enumerate(ranking(lens.view, scores), 1):
        far = signed_tenths(margin(lens.view, seat, scores[seat]))
        badge, score = seat_badge(lens.scenario, seat), signless(scores[seat])
        cells.append(fit(join((put(f"{nth} ", DIM), badge, put(f" {score}"), put(f" {far}", DIM))), STANDING))
    a_row = max((width - HEADED) // STANDING, 1)
    rows = [join(cells[nth : nth + a_row]) for nth in range(0, len(cells), a_row)]
    head = fit(put(say.reach(halves(lens.line)), DIM), HEADED)
    ranked = wrapped(put(lens.words.ranked(lens.view.outcome), DIM), width - HEADED)
    return [join((head, rows[0])), *(line.pad_left(HEADED) for line in (*rows[1:], *ranked))]
