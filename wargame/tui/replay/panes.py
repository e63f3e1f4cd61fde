"""The panes of a replay, painted from where somebody stands: what is on top, the list, the text, the foot."""

from __future__ import annotations

from textual.content import Content

from wargame.debrief.perspective import EVERYTHING, ROOM
from wargame.tui.replay import branches as lines
from wargame.tui.replay import charts, pages
from wargame.tui.replay.notes import Shown
from wargame.tui.replay.pages import Item
from wargame.tui.replay.stand import Standpoint
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.paint import CHANGE, DIM, HEAD, fit, join, put, seat_badge, wrapped
from wargame.tui.widgets.world import world_lines

WIDE, HUGE = 112, 160
"""Columns from which the board has a place of its own, and from which all is broader."""
BOARD, BROAD_BOARD = 52, 62
"""Columns of the board beside a page: what its rows need, without causes and with them."""
HEADED = 26
"""Rows from which groups of tracks have headings on the page of the board."""
ALL_KEY = 9
"""The digit of the eyes that see everything; 0 is the room, seats lie between."""


def widths(stand: Standpoint, width: int) -> tuple[int, int, int]:
    """The columns of list, text and board; 0 for one that is not shown."""
    page, has_map = stand.page, bool(stand.story.scenario.spec.windows)
    if page == "board":
        left = BROAD_BOARD if width >= HUGE else BOARD if width >= WIDE else 36
        return (left, 0, width - left) if has_map else (left, width - left, 0)
    if page in ("history", "predictions") or stand.sealed:
        return 0, width, 0
    if page == "charts":
        left = min(max(width * 3 // 8, 30), 60)
        return left, width - left, 0
    if page == "lines":
        left = 0 if stand.comparison is not None and width < WIDE else 42
        return left, width - left, 0
    board = 0 if width < WIDE else BROAD_BOARD if width >= HUGE else BOARD
    if (page == "turning" and stand.turning is None) or (page == "notes" and not stand.notes):
        return 0, width - board, board
    left = 48 if width >= HUGE else 34 if board else 38 if page == "moves" else 42
    return left, width - left - board, board


# --- what frames the pages -----------------------------------------------------------------------------


def header(stand: Standpoint, playing: str, width: int) -> Content:
    """Which save, through whose eyes, how it plays, and which of its lines."""
    lines_ = stand.story.lines() if len(stand.story.tree.lines()) > 1 else ()
    number = next((one.number for one in lines_ if one.tip == stand.story.tip), 1)
    line = f" · line {number} of {len(lines_)}" if lines_ else ""
    play = f" · playing, {playing} a second" if playing else ""
    head = (put(" REPLAY ", HEAD), put(stand.story.name), put(" · eyes ‹"), _eyes(stand), put("›"))
    return fit(join((*head, put(play + line, DIM))), width)


def _eyes(stand: Standpoint) -> Content:
    scenario = stand.story.scenario
    if stand.eyes is EVERYTHING:
        return put(f"{ALL_KEY} everything, secrets included", "bold $secret")
    if stand.eyes is ROOM:
        return put("0 the whole room", "bold")
    seat = str(stand.eyes)
    number = scenario.seat_ids.index(seat) + 1
    return join((put(f"{number} "), seat_badge(scenario, seat), put(", as it was then")))


def where(stand: Standpoint) -> str:
    """What stands beside the arrow under the strip."""
    course, place, scenario = stand.course, stand.place, stand.story.scenario
    moment, seat = course.line[place], course.mover(place)
    badge = f", {scenario.seats[seat].symbol}{scenario.seats[seat].short}" if seat else ""
    phase = f"R{moment.round if place else moment.state.round} {moment.phase}{badge}"
    return f"move {moment.id} of {stand.story.end.id}: {phase}" if course.everything else phase


def status_line(stand: Standpoint, width: int) -> Content:
    """What was said last; else how far a study is; else the notes on this move."""
    said = stand.status
    if not said and stand.progress is not None and stand.studying:
        return pages.progress_line(stand.progress, width - 2)
    if not said:
        here = stand.course.line[stand.place].id
        said = "; ".join(f"{one.kind}: {one.text}" for one in stand.notes if one.about == here)
    return fit(put(f" {said}"), width)


def hints(stand: Standpoint) -> list[Hint]:
    """What may be done, the most important first."""
    return [
        Hint("←→", "step"), *_own_hints(stand), Hint("Tab", "pages", "next_pane"),
        Hint("0–9", "eyes", "eyes"), Hint("a", "play", "auto"), Hint("j", "jump", "jump"),
        Hint("f", "find", "search"), Hint("m", "mark", "bookmark"), Hint("n", "note", "note"),
        Hint("x", "what if", "what_if"), Hint("F1", "help", "app.help"),
    ]  # fmt: skip


def _own_hints(stand: Standpoint) -> list[Hint]:
    """What Enter and c do on the open page."""
    page, lit = stand.page, stand.lit
    if stand.sealed:
        return []
    if page == "turning" and stand.turning is None:
        return [] if stand.studying else [Hint("Enter", "look for them", "do")]
    if page == "turning" and stand.turning is not None:
        more = "go on" if stand.turning[0].stopped else "bots too" if stand.who != "all" else ""
        further = [Hint("b", more, "further")] if more and not stand.studying else []
        return [*([Hint("Enter", "go there", "do")] if lit is not None else []), *further]
    if page == "lines":
        along = [] if stand.lit_tip in (None, stand.story.tip) else [Hint("Enter", "look along it", "do")]
        return [*along, Hint("c", "compare" if stand.comparison is None else "close", "compare")]
    if page == "charts":
        return [Hint("Enter", "next step", "do"), Hint("c", "lay over", "compare")]
    return [Hint("Enter", "go there", "do")] if lit is not None and lit.move is not None else []


# --- the list ------------------------------------------------------------------------------------------


def listed(stand: Standpoint, width: int, height: int) -> list[Content]:
    """The pane at the left. What can be lit on the page is taken down as `stand.items`."""
    if stand.page == "moves":
        return pages.move_rows(stand.course, stand.place, width, height, stand.marks)
    if stand.page == "board":
        return stand.course.board_lines(stand.place, width, height >= HEADED)
    stand.items = _items(stand, width - 1)
    if not stand.items and width > 0:
        return [put("no deal is known", DIM)] if stand.page == "deals" else []
    lit, first = stand.row, first_item(stand, height)
    return [
        fit(join((put(pages.LIT if nth == lit else pages.UNLIT, "bold"), item.line)), width)
        for nth, item in enumerate(stand.items[first : first + height], first)
    ]


def first_item(stand: Standpoint, height: int) -> int:
    """Which of the rows is the uppermost that is shown."""
    return max(min(stand.row - height // 2, len(stand.items) - height), 0)


def _items(stand: Standpoint, width: int) -> list[Item]:
    place, page = stand.place, stand.page
    if stand.sealed:
        return []
    if page == "charts":
        return charts.chart_items(stand.course, stand.charts[1], stand.laid_over, place, width)
    if page == "turning" and stand.turning is not None:
        return pages.turning_items(stand.story, stand.turning[1], width)
    if page == "deals":
        return _deals(stand, width)
    if page == "lines":
        return lines.line_items(stand.story, width)
    return [_note_item(stand, note) for note in stand.notes] if page == "notes" else []


def _deals(stand: Standpoint, width: int) -> list[Item]:
    """The deals known where we stand, painted anew only where something became of them."""
    course, place = stand.course, stand.place
    key = (stand.story.tip, stand.eyes, id(course.deals[place]), width)
    if stand.deals_painted is None or stand.deals_painted[0] != key:
        stand.deals_painted = key, pages.deal_items(course, place, width)
    return stand.deals_painted[1]


def _note_item(stand: Standpoint, note: Shown) -> Item:
    number = put(f"m{note.about:<4} " if stand.eyes is EVERYTHING else "", DIM)
    line = join((number, put(f"{note.kind} ", CHANGE), put(note.text)))
    return Item(line, note.about, f"note:{note.about}")


# --- the text ------------------------------------------------------------------------------------------


def text(stand: Standpoint, width: int, height: int, braille: bool) -> list[Content]:
    """The pane in the middle."""
    if stand.sealed:
        return wrapped(put(pages.TRUTH_ONLY, DIM), width)
    course, place, lit = stand.course, stand.place, stand.lit
    if stand.page == "moves":
        return pages.about_move(course, place, stand.notes, width)
    if stand.page == "board":
        return world_lines(course.lens(place), width)
    if stand.page == "charts":
        return charts.about_curves(course, stand.drawn, place, width, height, braille)
    if stand.page == "turning":
        return _turning(stand, width)
    if stand.page == "deals":
        deals = course.deals[place]
        return pages.about_deal(course, place, deals[stand.row], width) if deals else []
    if stand.page == "lines":
        return _lines(stand, width)
    if stand.page == "notes":
        if lit is None or lit.move is None:
            return wrapped(put(_no_notes(stand), DIM), width)
        at = course.nearest(stand.place_of(lit.move) or 0)
        return pages.about_move(course, at, stand.notes, width)
    if stand.page == "history":
        return pages.history_lines(course, place, stand.history, width)
    return pages.prediction_lines(stand.story, width)


def _no_notes(stand: Standpoint) -> str:
    if stand.eyes is not EVERYTHING:
        return "No note that these eyes may read; everything's eyes (9) read all."
    return "No notes yet. m marks the move where you stand, n writes a note on it; both are kept in the save."


def _turning(stand: Standpoint, width: int) -> list[Content]:
    found = stand.turning
    if found is not None:
        return pages.about_turning(stand.story, *found, stand.place, stand.row, width)
    if stand.progress is not None:
        rows = wrapped(pages.progress_line(stand.progress, width), width)
        return [*rows, put("Go on looking: the replay does not wait for it.", DIM)]
    if stand.studying:
        return [put("Starting …", DIM)]
    said = (
        f"Enter looks for them: bots play on {stand.playouts} times for each decision, which takes minutes; "
        "what is found is kept beside the save."
    )
    return wrapped(put(said), width)


def _lines(stand: Standpoint, width: int) -> list[Content]:
    if stand.comparison is not None:
        return lines.about_lines(*stand.comparison, width)
    tip = stand.lit_tip
    about = [] if tip is None else [*lines.about_line(stand.story, tip, width), Content("")]
    said = (
        "Enter looks along the lit line. c lays it beside the one looked at; on that one itself, it asks for "
        "another save to lay beside it. x makes a new save that stops here and can be played on."
    )
    return [*about, *wrapped(put(said, DIM), width)]
