"""What the keyboard's session tells a wall: which page everybody is shown, and how much was told by then.

A seat's own pages are all one to the room: it is asked. Nothing here depends on what a seat does in its turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.content.exercise_check import TALK as TALK_TIME
from wargame.table.live import (
    BACK,
    BOARD,
    CONSOLE,
    FINAL,
    HELD,
    LATE,
    NEWS,
    PAUSE,
    TALK,
    TURN,
    WAITS,
    Live,
    Shown,
    ends_in,
)

if TYPE_CHECKING:
    from wargame.tui.session import Session

PAGES = {
    "about_save": BOARD, "taken_back": BACK, "meeting": BOARD, "news": NEWS, "talk": TALK, "aloud": TURN,
    "board": TURN, "handover": TURN, "briefing": TURN, "choice": TURN, "answers": TURN, "orders": TURN,
    "time_up": LATE, "watch": BOARD, "final": FINAL,
}  # fmt: skip
"""What the pages of a session are to the room."""
STANDING = ("lock", "gate", "console", "held")
"""Pages on which the game stands still where it was."""


def shown(session: Session, live: Live) -> Shown | None:
    """Return what everybody is shown now; None while nothing that can be shown is up."""
    table, page = session.whole_table, session.pages[0]
    if page.state not in PAGES and page.state not in STANDING:
        return None
    line = live.line
    line.follow(table.beats)
    seen = min(session.unseen, len(line))  # a rewind leaves less of it
    left, ends = _clock(session)
    if page.state in STANDING:
        hold = CONSOLE if page.state != "held" else HELD if table.paused else WAITS
        last = live.said
        if last is None or line.beats_for(last.until, last.mark) is None:  # or the game has been taken back
            until, mark = line.at(seen)
            last = Shown(BOARD, told=until, until=until, mark=mark)
        return last._replace(hold=hold, left=left, ends=ends)
    kind, all_of_it = PAGES[page.state], line.at(len(line))
    if kind == TURN and table.seat_to_play is None:  # the only person is to read who they are
        kind = BOARD
    if kind in (NEWS, BOARD):
        told = line.at(seen)[0]
        until, mark = all_of_it if kind == NEWS else line.at(seen)
    else:
        until, mark = all_of_it
        told = until
    return Shown(
        kind,
        PAUSE if any(over.state == "paused" for over in session.pages) else "",
        {TURN: page.seat, LATE: session.late}.get(kind, ""),
        told,
        until,
        mark,
        session.turned if kind == NEWS else 0,
        len(table.asides()) if kind == TALK else 0,
        left,
        ends,
    )


def _clock(session: Session) -> tuple[float | None, float | None]:
    """Return what is left on a clock that stands still, and when one that runs will be at nothing.

    Before a turn's clock is started it stands at the whole of its time, whatever the seat does meanwhile.
    """
    table, state = session.whole_table, session.pages[0].state
    timed = session.pages[0].state in ("talk", "aloud", "choice", "answers", "orders")
    left = table.timers.left
    if timed and left is not None and not table.clock.stands:
        return None, ends_in(left)
    if timed or state in STANDING:
        return (None if left is None else round(left, 1)), None
    if PAGES[state] != TURN:
        return None, None
    limit = table.timers.limit(TALK_TIME if state == "talk" else table.game.state.phase)
    return (float(limit.seconds) if limit else None), None
