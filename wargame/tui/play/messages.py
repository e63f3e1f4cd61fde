"""What a seat reads and writes of messages, and its answer to a poll: pages laid over its own, for it alone.

They need of a table no more than its scenario and what it says of messages and polls to that seat.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.events import Key
from textual.widgets import Input

from wargame.errors import CannotWrite, IllegalMove
from wargame.rules.moves import WHITE
from wargame.table.press import Message
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.frame import SIDES
from wargame.tui.kit.paint import CHANGE, DIM, HEAD, SEALED, fit, join, put, wrapped
from wargame.tui.kit.pane import Scrolled, entitle
from wargame.tui.kit.press import READABLE, addressees, in_order, read_at, sender, unread, written_lines
from wargame.tui.kit.rows import Row
from wargame.tui.kit.typing import TypingScreen
from wargame.tui.play.asked import AskedScreen
from wargame.words import Words
from wargame.words.pages import press as say

LIST = 26
"""Columns of the list of whom one may write to."""
BORDER = 2
"""Those of them that the border takes."""


class MessagesScreen(TypingScreen):
    """The messages of `seat`, newest last, and a line to write one. Dismissed when it goes back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("open", "message")

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__(table)
        self.viewer = self.seat = seat
        self.to: set[str] = set()
        """Whom the next message goes to; nobody: whoever is lit."""
        self._new: set[Message] = set()
        self._polled = False
        """Whether a poll has been open while one was here: its row stays, so that Enter means nobody else."""

    def begin_again(self, *given: Any) -> None:
        self.to, self._new, self._polled = set(), set(), False
        self.remove_class("-typing")
        super().begin_again(*given)

    # --- what it says ----------------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        spec = self.table.scenario.seats[self.seat]
        says = f" {spec.symbol} {spec.short} {SEALED} {say.MESSAGES}"
        return [fit(put(says), width).stylize("reverse")]

    def widths(self) -> tuple[int, int, int]:
        return LIST, self.size.width - LIST, 0

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(seat for seat in self.table.scenario.seat_ids if seat != self.seat)

    def rows(self, width: int) -> Sequence[Row]:
        words, rows, room = Words(self.table.scenario), list[Row](), width - BORDER
        poll = self.table.poll_open(self.seat)
        if self._polled:  # before all else, and without a digit: those of people stay
            own = poll.estimates.get(self.seat) if poll else None
            said = put(say.ANSWER if own is None else say.own(own), CHANGE if own is None else "")
            said = said if poll else put(say.CLOSED, DIM)
            rows += [Row("", put(say.THE_POLL, HEAD)), Row("poll", said.pad_left(4)), Row("", Content(""))]
        for nth, one in enumerate((*self.others, WHITE), 1):
            name = put("") if one == WHITE else put(f" {words.seat(one)}")
            mark = put("✓" if one in self.to else " ", CHANGE)
            who = join((put(f"{nth} ", DIM), mark, put(" "), sender(self.table.scenario, one), name))
            rows.append(Row(f"to:{one}", fit(who, room), nth if nth <= 9 else 0))
        last = len(self.others) + 2
        rows.append(
            Row("all", join((put(f"{last}   ", DIM), put(say.ALL, "bold"))), last if last <= 9 else 0)
        )
        return rows

    def about(self, lit: str, width: int) -> Sequence[Content]:
        both = in_order(self.table.messages(self.seat), self.table.polls(self.seat))
        room = width - SIDES
        lines = written_lines(self.table.scenario, both, room, self._new)
        return lines or wrapped(put(say.NONE_YET, DIM), min(room, READABLE))

    def _is_over(self, lit: str) -> bool:
        """Whether that is the row of a poll that is asked no more."""
        return lit == "poll" and self.table.poll_open(self.seat) is None

    def why(self, lit: str) -> str:
        if self._is_over(lit):
            return say.HAS_CLOSED
        return (lit != "poll" and self.table.why_not_write(self.seat)) or say.NOTHING_BINDS

    def hints(self, lit: str) -> Sequence[Hint]:
        does = say.ANSWER if lit == "poll" else say.WRITE
        chosen = {lit.partition(":")[2]} <= self.to if lit.startswith("to:") else set(self.others) <= self.to
        add = [] if lit == "poll" else [Hint("Space", say.LEAVE_OUT if chosen else say.ADD, "open")]
        enter = [] if self._is_over(lit) else [Hint("Enter", does, "do")]
        return [*enter, *add, *usual("next-pane", "back", "help")]

    def on_mount(self) -> None:
        entitle(self.query_one("#rows"), say.TO_WHOM)
        entitle(self.query_one("#about"), say.WRITTEN)

    def repaint(self) -> None:
        """Paint it anew; what is there now counts as read, and stays marked as new while one is here."""
        if self.is_mounted and not self.gone:
            self._polled |= self.table.poll_open(self.seat) is not None
            self._new |= set(unread(self.app, self.table, self.seat))
            read_at(self.app).setdefault(self.seat, set()).update(self.table.messages(self.seat))
            self.guard.has_shown()
        super().repaint()

    def repaint_lit(self) -> None:
        """While a line is typed the bottom line says whom it goes to."""
        super().repaint_lit()
        if self.typing:
            whom = addressees(self.table.scenario, self.seat, self._whom(self.typing_in))
            hints = [Hint("Enter", say.SEND), Hint("Esc", say.LEAVE_IT, "back")]
            self.query_one(Foot).show(hints, put(say.to(whom.plain)))

    # --- what it does ----------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Add whoever is lit to whom the next message goes to, or leave them out."""
        kind, _, one = self.lit.partition(":")
        whom = {one} if kind == "to" else set(self.others) if kind == "all" else set[str]()
        self.to = self.to - whom if whom <= self.to else self.to | whom
        self.repaint()

    def do(self, lit: str) -> None:
        if self._is_over(lit):
            self.refuse(say.HAS_CLOSED)
        elif lit == "poll":
            self.put_up(EstimateScreen(self.table, self.seat), lambda _none: self.repaint())
        elif why := self.table.why_not_write(self.seat):
            self.refuse(why)
        elif lit:
            self.type_into("", "")

    def on_key(self, event: Key) -> None:
        """Let Enter do its row at once: what is typed right behind it is for what it opens."""
        if event.key == "enter" and not self.typing:
            event.stop()
            self.do(self.lit)

    def _whom(self, lit: str) -> tuple[str, ...]:
        """Whom it goes to: those chosen, else whoever is lit."""
        if self.to:
            return tuple(one for one in (*self.others, WHITE) if one in self.to)
        return self.others if lit == "all" else (lit.partition(":")[2],)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Send it; what is refused stays in the line."""
        event.stop()
        if not event.value.strip():
            self.stop_typing()
            return
        try:
            self.table.send(self.seat, self._whom(self.typing_in), event.value)
        except (IllegalMove, CannotWrite) as error:
            self.refuse(str(error))
            return
        self.refused, self.to = "", set()
        self.stop_typing()
        self.repaint()
        self.to_top()

    def to_top(self) -> None:
        """Begin at the end, where the newest are."""
        self.query_one("#about", Scrolled).scroll_end(animate=False)

    def catch_up(self) -> None:
        """Somebody may have written: go where it stands. What is being typed stays."""
        came = unread(self.app, self.table, self.seat)
        self.repaint()
        if came:
            self.to_top()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key that leads here leads back."""
        return True

    def action_message(self) -> None:
        self.action_back()

    def action_back(self) -> None:
        if self.typing:
            self.refused = ""
            self.stop_typing()
        else:
            self.leave(None)


class EstimateScreen(AskedScreen):
    """What the open poll asks of `seat`. Dismissed when it goes back, or when the poll is closed."""

    head, way_out = say.POLL, say.TO_MESSAGES
    numbered = False

    def read(self) -> None:
        poll = self.table.poll_open(self.seat)
        self.number = poll.number if poll else -1
        self.questions = {"poll": poll.text} if poll else {}
        own = poll.estimates.get(self.seat) if poll else None
        self.kept = {} if own is None else {"poll": own}

    def hold(self, question: str, percent: int) -> None:
        if self.has_closed:
            raise IllegalMove(say.HAS_CLOSED)
        self.table.estimate(self.seat, percent)

    @property
    def has_closed(self) -> bool:
        """Whether what is asked here is asked no more; another poll may be by now."""
        poll = self.table.poll_open(self.seat)
        return poll is None or poll.number != self.number

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the answer; what comes too late stays in the line."""
        if self.has_closed:
            event.stop()
            event.prevent_default()
            self.refuse(say.HAS_CLOSED)

    def catch_up(self) -> None:
        """Go when there is nothing to answer any more, but not from under somebody who types."""
        if self.has_closed and not self.typing:
            self.conclude(None)
