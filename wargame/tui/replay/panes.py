"""What the panes of a replay show, told from where somebody stands: header, list, text, foot."""

from __future__ import annotations

from textual.content import Content

from wargame.debrief.perspective import EVERYTHING, ROOM
from wargame.tui.kit.banner import phases
from wargame.tui.kit.bargains import deal_lines
from wargame.tui.kit.foot import Hint
from wargame.tui.kit.paint import CHANGE, DIM, HEAD, fit, join, put, seat_badge, seat_colour, wrapped
from wargame.tui.kit.world import world_lines
from wargame.tui.replay import branches, charts, pages, turning
from wargame.tui.replay.notes import Shown
from wargame.tui.replay.pages import Item
from wargame.tui.replay.press import MESSAGES, messages_page
from wargame.tui.replay.stand import Standpoint
from wargame.tui.watch.scores import in_line
from wargame.words.pages import press as written
from wargame.words.pages import replay as say

ALL_KEY = 9
"""The digit of the eyes that see everything; 0 is the room, seats lie between."""
READABLE = 60
"""The most columns of a text."""
LEAST_LOG = 5
"""Rows below the tracks from which something is told there."""
ASKING = (Hint("Enter", say.DO_IT), Hint("Esc", say.LEAVE_IT, "back"))
"""What may be done while something is asked."""
TABLES = ("charts", "lines", "history")
"""Pages that have more than text, and any width."""


# --- what frames the pages -----------------------------------------------------------------------------


def header(stand: Standpoint, playing: str, width: int) -> Content:
    """Which save, through whose eyes, how it plays, which of its lines; the phases where there is room."""
    lines = stand.story.lines() if len(stand.story.tree.lines()) > 1 else ()
    number = next((one.number for one in lines if one.tip == stand.story.tip), 1)
    more = f" · {say.line_of(number, len(lines))}" if lines else ""
    play = f" · {say.playing(playing)}" if playing else ""
    head = (
        put(f" {say.REPLAY} ", HEAD),
        put(stand.story.name),
        put(f" · {say.EYES} ‹"),
        _eyes(stand),
        put("›"),
    )
    left = join((*head, put(play + more, DIM)))
    right = phases(stand.course.line[stand.place].state.phase)
    if left.cell_length + right.cell_length >= width:
        return fit(left, width)
    return join((fit(left, width - right.cell_length), right))


def _eyes(stand: Standpoint) -> Content:
    scenario = stand.story.scenario
    if stand.eyes is EVERYTHING:
        return put(f"{ALL_KEY} {say.EVERYTHING}", "bold $secret")
    if stand.eyes is ROOM:
        return put(f"0 {say.THE_ROOM}", "bold")
    seat = str(stand.eyes)
    number = scenario.seat_ids.index(seat) + 1
    return join((put(f"{number} "), seat_badge(scenario, seat), put(f", {say.AS_IT_WAS}")))


def where(stand: Standpoint) -> str:
    """What stands beside the arrow under the timeline."""
    course, place, scenario = stand.course, stand.place, stand.story.scenario
    moment, seat = course.line[place], course.mover(place)
    badge = f"{scenario.seats[seat].symbol}{scenario.seats[seat].short}" if seat else ""
    phase = say.where(moment.round if place else moment.state.round, moment.phase, badge)
    if not course.everything:
        return phase
    return f"{say.move_of(moment.id, moment.depth, stand.story.end.depth)}: {phase}"


def status_line(stand: Standpoint, width: int, *, carded: bool) -> Content:
    """What was said last; else how far a study is, the notes on this move, or scores without cards."""
    said = stand.status
    told_above = stand.page == "turning" and stand.turning is None
    if not said and stand.progress is not None and stand.studying and not told_above:
        return turning.progress_line(*stand.progress, width - 2)
    if not said:
        here = stand.course.line[stand.place].id
        said = "; ".join(f"{one.kind}: {one.text}" for one in stand.notes if one.about == here)
    if not said and not carded:
        return in_line(stand.course.lens(stand.place), {}, width)
    return fit(put(f" {said}"), width)


def bare(stand: Standpoint) -> bool:
    """Whether there is nothing to list on the open page, and a word about that to be said."""
    none_found = stand.page == "turning" and stand.turning is None
    return stand.sealed or none_found or (stand.page == "notes" and not stand.notes)


def page_names(stand: Standpoint) -> tuple[str, ...]:
    """The names of the pages there are."""
    return (*say.PAGES, *(written.MESSAGES for _page in stand.pages[len(say.PAGES) :]))


def titles(stand: Standpoint) -> tuple[str, str, str]:
    """The titles of the list and of the text, and the colour of the seat that the text is about."""
    name = page_names(stand)[stand.pages.index(stand.page)].upper()
    if stand.page == "board":
        return "", say.WORLD, ""
    if stand.page == "charts":
        return name, stand.group.name.upper(), ""
    lit = stand.lit
    about = stand.place if stand.page == "moves" else None
    if stand.page == "notes" and lit is not None and lit.move is not None:
        about = stand.course.nearest(stand.place_of(lit.move) or 0)
    if about is None:
        listless = stand.page in ("history", "predictions", MESSAGES) or bare(stand)
        return name, name if listless else "", ""
    course, scenario = stand.course, stand.story.scenario
    if seat := course.mover(about):
        spec = scenario.seats[seat]
        named = course.lens(about).words.heading(seat).upper()
        return name, f"{spec.symbol} {named}", seat_colour(scenario, seat)
    return name, say.BEGINS if not about else course.line[about].phase.upper(), ""


def hints(stand: Standpoint) -> list[Hint]:
    """What may be done, the most important first."""
    return [
        Hint("←→", say.STEP), *_own_hints(stand), Hint("Tab", say.TURN_PAGE, "next_pane"),
        Hint("0–9", say.LOOK_THROUGH, "eyes"), Hint("a", say.PLAY, "auto"), Hint("j", say.JUMP, "jump"),
        Hint("f", say.FIND, "search"), Hint("m", say.MARK, "bookmark"), Hint("n", say.NOTE, "note"),
        Hint("x", say.WHAT_IF, "what_if"), Hint("F1", say.HELP, "app.help"),
    ]  # fmt: skip


def _own_hints(stand: Standpoint) -> list[Hint]:
    """What Enter and c do on the open page."""
    page, lit = stand.page, stand.lit
    if stand.sealed:
        return []
    if page == "turning" and stand.turning is None:
        return [] if stand.studying else [Hint("Enter", say.LOOK_FOR_THEM, "do")]
    if page == "turning" and stand.turning is not None:
        more = say.GO_ON if stand.turning[0].stopped else say.BOTS_TOO if stand.who != "all" else ""
        further = [Hint("b", more, "further")] if more and not stand.studying else []
        return [*([Hint("Enter", say.GO_THERE, "do")] if lit is not None else []), *further]
    if page == "lines":
        other = stand.lit_tip not in (None, stand.story.tip)
        compare = say.COMPARE if stand.comparison is None else say.CLOSE
        return [*([Hint("Enter", say.LOOK_ALONG, "do")] if other else []), Hint("c", compare, "compare")]
    if page == "charts":
        return [Hint("Enter", say.NEXT_STEP, "do"), Hint("c", say.LAY_OVER, "compare")]
    return [Hint("Enter", say.GO_THERE, "do")] if lit is not None and lit.move is not None else []


# --- the list ------------------------------------------------------------------------------------------


def listed(stand: Standpoint, width: int, height: int) -> list[Content]:
    """The pane at the left. What can be lit on the page is taken down as `stand.items`."""
    if stand.page == "moves":
        places = frozenset(stand.marks)
        return pages.move_rows(stand.course, stand.place, width, height, places)
    if stand.page == "board":
        return tracks(stand, width, height)
    stand.items = _items(stand, width - 1)
    if not stand.items and width > 0:
        return [put(say.NO_DEAL, DIM)] if stand.page == "deals" else []
    lit, first = stand.row, first_item(stand, height)
    return [
        fit(join((put(pages.LIT, "bold") if nth == lit else pages.UNLIT, item.line)), width)
        for nth, item in enumerate(stand.items[first : first + height], first)
    ]


def tracks(stand: Standpoint, width: int, height: int) -> list[Content]:
    """Every track where we stand; below, where there is room, the deals if no map shows them, and the log."""
    course, place = stand.course, stand.place
    lines = course.board_lines(place, width, height)
    if height - len(lines) < LEAST_LOG:
        return lines
    told = course.log(place, width - 2)
    if not stand.story.scenario.mapped:
        told = [put(say.DEALS, HEAD), *deal_lines(course.lens(place), width - 2), Content(""), *told]
    return [*lines, *(join((" ", line)) for line in told[: height - len(lines)])]


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
        return turning.turning_items(stand.story, stand.turning[1], width)
    if page == "deals":
        return _deals(stand, width)
    if page == "lines":
        return branches.line_items(stand.story, width)
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


def text(stand: Standpoint, width: int, height: int) -> list[Content]:
    """The pane in the middle."""
    if stand.page not in TABLES or stand.sealed:
        width = min(width, READABLE)
    if stand.sealed:
        return wrapped(put(say.TRUTH_ONLY, DIM), width)
    course, place, lit = stand.course, stand.place, stand.lit
    if stand.page == "moves":
        return pages.about_move(course, place, stand.notes, width)
    if stand.page == "board":
        return world_lines(course.lens(place), width)
    if stand.page == "charts":
        return charts.about_curves(course, stand.drawn, place, width, height)
    if stand.page == "turning":
        return _turning(stand, width)
    if stand.page == "deals":
        deals = course.deals[place]
        return pages.about_deal(course, place, deals[stand.row], width) if deals else []
    if stand.page == "lines":
        return _lines(stand, width)
    if stand.page == "notes":
        if lit is None or lit.move is None:
            said = say.NO_NOTES if stand.eyes is EVERYTHING else say.NOT_FOR_THEM
            return wrapped(put(said, DIM), width)
        at = course.nearest(stand.place_of(lit.move) or 0)
        return pages.about_move(course, at, stand.notes, width)
    if stand.page == MESSAGES:
        return messages_page(course, place, width)
    if stand.page == "history":
        return pages.history_lines(course, place, stand.history, min(width, 2 * READABLE))
    return pages.prediction_lines(stand.story, width)


def _turning(stand: Standpoint, width: int) -> list[Content]:
    found = stand.turning
    if found is not None:
        return turning.about_turning(stand.story, *found, stand.place, stand.row, width)
    if stand.progress is not None:
        rows = wrapped(turning.progress_line(*stand.progress, width), width)
        return [*rows, *wrapped(put(say.DONT_WAIT, DIM), width)]
    if stand.studying:
        return [put(say.STARTING, DIM)]
    return wrapped(put(say.look_for(stand.decisions, stand.playouts)), width)


def _lines(stand: Standpoint, width: int) -> list[Content]:
    if stand.comparison is not None:
        return branches.about_lines(*stand.comparison, width)
    tip, width = stand.lit_tip, min(width, READABLE)
    about = [] if tip is None else [*branches.about_line(stand.story, tip, width), Content("")]
    return [*about, *wrapped(put(say.ABOUT_LINES, DIM), width)]
