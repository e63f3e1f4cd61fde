"""The facilitator's console: sees everything, plays no seat, and gives a reason for all it does.

It is shown alone, over the backdrop; when it closes nothing of it is left. The session opens it
(`call_facilitator`) and looks at the table anew afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.errors import IllegalMove, WargameError
from wargame.rules.events import ArgumentRuled, DiceRolled
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table
from wargame.table.journal import ESTIMATE, MESSAGE, POLL, POLL_CLOSED, REQUEST
from wargame.table.press import Message
from wargame.table.requests import Request, close, open_requests
from wargame.tui.actions import bindings
from wargame.tui.board.board import LEAST_GAUGE
from wargame.tui.facilitate.acts import ACTS
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.at_hand import (
    in_the_room,
    inject_text,
    message_lines,
    next_inject,
    next_lines,
    room_line,
    room_lines,
)
from wargame.tui.facilitate.fields import Form, Values
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.frame import SIDES, ConsoleFrame
from wargame.tui.facilitate.mirror import MirrorScreen
from wargame.tui.facilitate.pick import PickScreen
from wargame.tui.facilitate.sight import (
    inject_lines,
    journal_lines,
    latest,
    move_said,
    player_lines,
    roll_lines,
    set_lines,
    situation_lines,
    timer_lines,
)
from wargame.tui.facilitate.talk import answer, message, poll
from wargame.tui.home.cards import UNPINNED, once_sure
from wargame.tui.kit.foot import Hint
from wargame.tui.kit.hosted import HostedRoom, Person, room_of
from wargame.tui.kit.paint import BAD, CHANGE, DIM, HEAD, fit, join, put, wrapped
from wargame.tui.kit.pane import Pane, Scrolled, cut, entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.topics import Topic, topic_of
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView
from wargame.tui.settings import settings_of
from wargame.tui.terminal.text import printable
from wargame.words import Words
from wargame.words.pages import acts
from wargame.words.pages import facilitate as say

SEEN = ("situation", "room", "next", "messages", "journal")
"""Rows that only show something."""
WHEN_OVER = ("talk", "note", "rewind", "look")
"""What may still be done when the game is over."""
IN_A_ROOM = ("look", "play")
"""What may be done where people have screens of their own."""
FORMS = {**ACTS, "message": message, "poll": poll}
KEYS = {
    "pause": "hold", "timers": "minute", "scheduled": "release", "note": "note-move", "message": "answer",
    "look": "look-at",
}  # fmt: skip
"""Rows whose usual act has a key of its own."""
WRITTEN = (MESSAGE, POLL, ESTIMATE, POLL_CLOSED, REQUEST)
"""Kinds of lines that stand in a pane of their own beside the journal."""
ALSO_AT_THE_SIDE = {
    "room": "#room", "next": "#next", **dict.fromkeys(("messages", "message", "poll"), "#written"),
    **dict.fromkeys(("journal", "rewind", "note", "talk"), "#journal"),
}  # fmt: skip
"""Rows that are told of in the middle with what a pane beside it has, where there is room for those."""
NEW_FOR = 60.0
"""Seconds for which a message is marked as new."""
MAP_FROM, BESIDE = 190, 12
"""Columns from which there is a map, and those that tracks get for the words beside them then."""
NOTICED = 15
"""Seconds that a sentence about a player that is a program stays."""
MINUTE = 60
"""Seconds that one key gives."""


class FacilitateScreen(ConsoleFrame[None]):
    """The console of one facilitator. What is typed ahead was meant for the gate before it."""

    settles = True
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back",
        "mark",
        "note-move",
        "find",
        "hold",
        "minute",
        "release",
        "answer",
        "settle",
        "look-at",
    )

    def __init__(self, table: Table, name: str = "") -> None:
        super().__init__(table, None)
        self.cell = Facilitator(table, name)
        self.done = ""
        self.drafts: dict[str, Form] = {}
        self._first = ""
        self._came: dict[Message, float] | None = None
        self._waited = self._heard = 0
        self._trouble = ""
        self._in_the_middle = ""

    @property
    def place(self) -> tuple[str, dict[str, Form]]:
        """The lit row, and the forms that were left half filled in."""
        lit = next((rows.lit for rows in self.query(Rows)), "")
        return self._first or lit, self.drafts

    @place.setter
    def place(self, place: tuple[str, dict[str, Form]]) -> None:
        self._first, self.drafts = place

    # --- what it shows -----------------------------------------------------------------------------

    def widgets(self) -> ComposeResult:
        yield Pane(id="acts")
        yield Rows(id="rows")
        with Vertical(id="middle"):
            yield Pane(id="room")
            yield from self.texts()
        with Vertical(id="more"):
            yield Pane(id="next")
            yield Pane(id="written")
            with Scrolled(id="journal", can_focus=False):
                yield Static(id="journal-text", markup=False)
        yield MapView(id="map")

    @property
    def room(self) -> HostedRoom | None:
        """The room of a hosted table."""
        return room_of(self.app)

    @property
    def maps(self) -> bool:
        """Whether there is room for the map beside the tracks."""
        return self.size.width >= MAP_FROM and self.table.scenario.mapped

    def columns(self) -> tuple[int, int, int]:
        width = self.size.width
        left, middle, right = super().columns()
        if self.maps:
            return left, LEAST_GAUGE + SIDES + BESIDE, right
        if not right:
            return left, middle, 0
        middle = max((width - left) // 2, LEAST_GAUGE + SIDES)
        return left, middle, width - left - middle

    def placed(self, left: int, middle: int, right: int) -> dict[str, int]:
        map_ = self.size.width - left - middle - right if self.maps else 0
        return {"#middle": middle, "#more": right, "#map": map_}

    @property
    def _writes(self) -> bool:
        """Whether there is, or may be, something that was written."""
        table = self.table
        return table.press is not None or bool(table.polls(WHITE)) or bool(open_requests(table))

    def repaint(self) -> None:
        super().repaint()
        view = self.query_one(MapView)
        if view.display and self.size.width:
            view.show(chart_of(self.lens))
        self._tell_journal()
        self._tell()
        if self._first and any(rows.light(self._first) for rows in self.query(Rows)):
            self._first = ""

    def repaint_lit(self) -> None:
        """Nothing is told twice: what is in the middle gives its pane to the situation, or its room away."""
        super().repaint_lit()
        before = self._in_the_middle
        self._in_the_middle = ALSO_AT_THE_SIDE.get(self.lit.partition(":")[2], "")
        self.query_one("#room").display = self.wide and self._in_the_middle != "#room"
        self.query_one("#next").display = self._in_the_middle != "#next"
        self.query_one("#written").display = self._writes
        if self._in_the_middle != before:
            self._tell_journal()
            self._tell()

    def _tell_journal(self) -> None:
        """Tell what has been done, or where things stand while that is told in the middle."""
        if not self.wide or self.gone or not self.size.width:
            return
        lines = self._situation
        if self._in_the_middle != "#journal":
            lines = self._journal(self._right)
        self._put("#journal-text", lines)

    def _journal(self, width: int) -> list[Content]:
        """What has been done, without what was written where that stands in a pane of its own."""
        without = WRITTEN if self.wide and self._writes else ()
        return journal_lines(self.table, width, without=without)

    @property
    def _situation(self) -> list[Content]:
        """Where things stand, in the room at the right."""
        return situation_lines(self.lens, self._right, seats=False)

    @property
    def _right(self) -> int:
        """The columns for what is written at the right."""
        return max(self.columns()[2] - SIDES, 8)

    def _tell(self) -> None:
        """Tell who is in, what comes next and what was written, as it is now."""
        asking = open_requests(self.table)
        if len(asking) > self._waited:
            self.app.bell()
        self._waited = len(asking)
        self._say_what_is_wrong()
        self._put("#under", self.under(self.size.width))
        if not self.wide or self.gone or not self.size.width:
            return
        width, height = self._right, self.size.height
        first = next_inject(self.cell)
        whole = len(inject_text(self.table, first, width)) if first else 0
        most = max(height // (4 if self.carded else 3), min(whole + 1, height * 9 // 20), 6)
        middle = max(self.columns()[1] - SIDES, 8)
        self.query_one("#room", Pane).tell(room_lines(self.table, self.room, asking, middle))
        coming = [*next_lines(self.table, self.cell, width), *set_lines(self.table, width)]
        self.query_one("#next", Pane).tell(cut(coming, width, most, say.MORE))
        if self._writes:
            pane, there = self.query_one("#written", Pane), self._in_the_middle != "#written"
            written = message_lines(self.table, asking, self._new(), width)
            pane.tell(written if there else self._situation)
            pane.set_class(bool(asking) and there, "-waits")
            entitle(pane, say.messages(len(asking)) if there else say.SITUATION)

    def _say_what_is_wrong(self) -> None:
        """Ring when a hosted table's disk begins to refuse, and say what is to be said of players."""
        if self.room is None:
            return
        if self.room.trouble and not self._trouble:
            self.app.bell()
        self._trouble = self.room.trouble
        for said in self.table.notices[self._heard :]:
            self.app.notify(printable(said), severity="warning", timeout=NOTICED, markup=False)
        self._heard = len(self.table.notices)

    def _new(self) -> set[Message]:
        """What others wrote that came to this console a moment ago."""
        now, others = monotonic(), [one for one in self.table.messages(WHITE) if one.by != WHITE]
        if self._came is None:  # what there was before it was opened
            self._came = dict.fromkeys(others, -NEW_FOR)
        return {one for one in others if now - self._came.setdefault(one, now) < NEW_FOR}

    def tick(self) -> None:
        """Show the time, who is in, and what has changed at the table."""
        self.catch_up()
        super().tick()
        self._tell()

    def titles(self, lit: str) -> dict[str, str]:
        what = lit.partition(":")[2]
        who = say.WHO_PLAYS if self.room is None else say.WHO_IS_IN
        about = {"#about": say.TITLES.get(what, say.SITUATION), "#room": who, "#next": say.NEXT_INJECT}
        done = say.SITUATION if ALSO_AT_THE_SIDE.get(what) == "#journal" else say.JOURNAL
        return {**super().titles(lit), "#rows": say.TO_DO, "#journal": done, **about}

    def rows(self, width: int) -> Sequence[Row]:
        leave = say.LEAVE_ROW if self.room is None else say.LEAVE_CONSOLE
        return [*self._rows(width), Row("leave", put(f"  {leave}"))]

    def _offers(self, name: str) -> bool:
        """Whether there is such a row at this table."""
        if name == "unpin":
            return self.table.has_pin(WHITE)
        if name in ("message", "messages"):
            return self._writes if name == "messages" else self.table.press is not None
        return name not in IN_A_ROOM or self.room is not None

    def _rows(self, width: int) -> Iterator[Row]:
        nth, keys = 0, settings_of(self.app).keys
        for title, names in say.GROUPS:
            if self.tall:
                yield Row("", put(title, HEAD))
            for name in filter(self._offers, names):
                nth += name not in SEEN
                number = nth if name not in SEEN and nth <= 9 else 0
                said = say.GO_ON_ROW if name == "pause" and self.table.paused else say.ACTS[name]
                if name == "scheduled":
                    said = f"{said} {len(self.cell.scheduled)}"
                key = put(keys.shown(KEYS[name]).split()[0], "bold $change") if name in KEYS else put("")
                style = DIM if self.table.over and name not in (*SEEN, *WHEN_OVER) else ""
                line = fit(
                    join((put(f"{number or ' '} ", DIM), put(said, style))), width - key.cell_length - 1
                )
                yield Row(f"{'see' if name in SEEN else 'do'}:{name}", join((line, " ", key)), number)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        what, table, cell = lit.partition(":")[2], self.table, self.cell
        shown: dict[str, Callable[[], list[Content]]] = {
            **dict.fromkeys(("journal", "rewind", "note", "talk"), lambda: self._journal(width)),
            **dict.fromkeys(("inject", "write", "scheduled"), lambda: inject_lines(table, cell, width)),
            **dict.fromkeys(
                ("messages", "message", "poll"),
                lambda: message_lines(table, open_requests(table), self._new(), width),
            ),
            "room": lambda: room_lines(table, self.room, open_requests(table), width),
            "next": lambda: next_lines(table, cell, width),
            **dict.fromkeys(("seats", "pin", "unpin", "bots"), lambda: player_lines(table, width)),
            "roll": lambda: roll_lines(table, cell, width),
            "timers": lambda: timer_lines(table),
        }
        return shown.get(what, lambda: situation_lines(self.lens, width, not self.carded))()

    def under(self, width: int) -> Sequence[Content]:
        lines: list[Content] = []
        if not self.wide:
            lines = list(latest(self.table, width, 2 if self.tall else 1))
            lines.append(room_line(self.table, self.room, open_requests(self.table), width))
        if self._trouble:
            lines += wrapped(put(f" {self._trouble}", BAD), width, 2)
        return [*lines, *(wrapped(put(say.done(self.done), CHANGE), width, 6)[:2] if self.done else [])]

    def topic(self, lit: str) -> Topic:
        return topic_of("facilitate", lit.partition(":")[2])

    def hints(self, lit: str) -> Sequence[Hint]:
        room, asking = self.room, open_requests(self.table)
        hold = say.LET_GO if room is not None and room.held else say.HOLD
        return [
            Hint("Space", say.GO_ON_NOW if self.table.paused else say.PAUSE_NOW, "hold"),
            *([Hint("+", say.ONE_MINUTE, "minute")] if self.table.timers.left is not None else []),
            *([Hint("i", say.RELEASE, "release")] if self.cell.scheduled else []),
            *([Hint("F3", hold, "app.hold_table")] if room is not None else []),
            *([Hint("a", say.answer(len(asking)), "answer")] if asking else []),
            *([Hint("x", say.SETTLE, "settle")] if asking else []),
            Hint("Enter", say.OPEN, "do"),
            Hint("Esc", say.TO_TABLE if room is None else say.LEAVE, "back"),
            *([Hint("s", say.LOOK_AT, "look_at")] if room is not None else []),
            Hint("n", acts.NOTE, "note_move"),
            Hint("m", say.MARK, "mark"),
            Hint("f", say.FIND, "find"),
            Hint("1–9", say.LIGHT),
        ]

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        kind, _, name = lit.partition(":")
        if kind == "leave":
            self.action_back()
        elif name == "pin":
            from wargame.tui.facilitate.gate import OwnPinScreen

            self.put_up(OwnPinScreen(self.table), lambda _none: self.changed())
        elif name == "unpin":
            unpin = partial(self._try, lambda: self.cell.set_pin(""), "")
            once_sure(self, say.UNPIN_TITLE, [UNPINNED], say.UNPIN_VERB, unpin)
        elif kind == "do":
            if self.table.over and name not in WHEN_OVER:
                self._refuse(say.IS_OVER)
            elif name in IN_A_ROOM:
                (self.action_look_at if name == "look" else self._choose_seat)()
            else:
                self._open(name)

    def _refuse(self, sentence: str) -> None:
        self.refused = sentence
        self.repaint_lit()

    @property
    def _parts(self) -> Parts:
        return Parts(self.table, self.cell)

    def _open(self, name: str, **given: str) -> None:
        """The form of an act. Left with Esc, it stands as it was left when it is opened again."""
        form = FORMS[name](self._parts)
        if name in self.drafts:
            form.take_up(self.drafts[name])
        form.take(given)
        self._fill_in(name, form)

    def _fill_in(self, name: str, form: Form, draft: str = "") -> None:
        """Put a form up beside the row of its act; as long as it is not done it is kept as a `draft`."""
        before, kept = self.table.beats[-1].id, draft or name
        self.drafts[kept] = form

        def after(values: Values | None) -> None:
            if values is not None:
                del self.drafts[kept]
                self.done = form.done(values) or self._told(before)
                self.changed()

        acts = [row.line for row in self.query_one(Rows).shown]
        lit = next((at for at, row in enumerate(self.query_one(Rows).shown) if row.key == f"do:{name}"), -1)
        dim = [put(f" {line.plain}", HEAD if at == lit else DIM) for at, line in enumerate(acts)]
        self.put_up(FormScreen(self.table, form, dim), after)

    def _told(self, before: int) -> str:
        """What came of it: how its dice fell, else the new move itself."""
        last = self.table.beats[-1]
        if last.id < before:
            return say.goes_on_after(last.id)
        words = Words(self.table.scenario)
        fell = [words.event(event) for event in last.events if isinstance(event, DiceRolled | ArgumentRuled)]
        return " ".join(fell) or move_said(self.table, last)

    def changed(self) -> None:
        super().changed()
        self.tick()

    def _try(self, act: Callable[[], object], done: str) -> None:
        """Do it at once and say so, or why not."""
        try:
            act()
        except WargameError as error:
            self._refuse(str(error))
            return
        self.done = done
        self.changed()

    # --- with one key ------------------------------------------------------------------------------

    def action_hold(self) -> None:
        """Pause the game, or let it go on."""
        form = ACTS["pause"](self._parts)
        form.values["reason"] = say.AT_ONCE
        self._try(lambda: form.act and form.act(form.values), form.done(form.values))

    def action_minute(self) -> None:
        """A minute more for the turn that is on."""
        if self.table.timers.left is None:
            self._refuse(say.NO_CLOCK)
            return

        def more() -> None:
            self.table.timers.add(MINUTE)
            self.cell.note(say.MINUTE_NOTED)

        self._try(more, say.MINUTE_DONE)

    def action_release(self) -> None:
        """Let the next inject that is set come now: the first that is not held back, or else that is."""
        inject = next_inject(self.cell)
        if inject is None:
            self._refuse(acts.NO_INJECT_SET)
            return
        before = self.table.beats[-1].id
        self._try(lambda: self.cell.shift(inject.nth, 0, say.AT_ONCE), "")
        if not self.refused:
            self.done = self._told(before)
            self.repaint()

    # --- what seats ask ----------------------------------------------------------------------------

    def _oldest(self) -> Request | None:
        """What waits for an answer longest; if nothing does, that is said."""
        asking = open_requests(self.table)
        if not asking:
            self._refuse(say.NOTHING_ASKED)
        return asking[0] if asking else None

    def action_answer(self) -> None:
        """Answer the seat that has asked first, with a message."""
        request = self._oldest()
        if request is None:
            return
        if self.table.press is None:
            self._refuse(say.NO_MESSAGES)
            return
        form, draft = answer(self._parts, request), f"answer:{request.seat}:{request.nth}"
        if draft in self.drafts:
            form.take_up(self.drafts[draft])
        self._fill_in("message", form, draft)

    def action_settle(self) -> None:
        """Put away what was asked first."""
        request = self._oldest()
        if request is not None:
            short = self.table.scenario.seats[request.seat].short
            self._try(lambda: close(self.table, request, self.cell.name), say.settled(short))

    # --- the room ----------------------------------------------------------------------------------

    def action_look_at(self) -> None:
        """Look at the screen of somebody who is in."""
        room, table = self.room, self.table
        if room is None:
            return
        present = in_the_room(table, room)
        seen = [one for at in present for one in at.people if one.login != WHITE and not one.at_console]
        if not seen:
            self._refuse(say.NOBODY_IN)
            return

        def look(made: Values | None) -> None:
            if made is not None:
                person = seen[int(made["picked"])]
                self.put_up(MirrorScreen(table.scenario, person, room.watch(person)))

        options = [(str(nth), self._named(person)) for nth, person in enumerate(seen)]
        self.put_up(PickScreen(table, say.WHOSE_SCREEN, options, "0"), look)

    def _named(self, person: Person) -> str:
        spec = self.table.scenario.seats.get(person.login)
        return say.whose_screen(f"{spec.symbol}{spec.short}" if spec else "", person.name)

    def _choose_seat(self) -> None:
        """Choose a seat to play from here."""
        people = self.table.people()
        if not people:
            self._refuse(say.NO_PERSON)
            return

        def play(made: Values | None) -> None:
            if made is not None:
                self._play(made["picked"])

        options = [(seat, label) for seat, label in self._parts.seats if seat in people]
        self.put_up(PickScreen(self.table, say.WHICH_SEAT, options, people[0]), play)

    def _play(self, seat: str) -> None:
        """Play a seat, after a hand-over; F2 leads back here."""
        assert self.room is not None
        try:
            face, give_back = self.room.play_seat(seat)
        except IllegalMove as error:
            self._refuse(str(error))
            return
        if not self.ask("play_seat", face, give_back):
            give_back()

    # --- the journal -------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the last move as important, or no longer."""
        last = self.table.beats[-1].id
        on = not self.table.journal.important(last)
        self._try(lambda: self.cell.important(on=on), say.marked(last, on))

    def action_note_move(self) -> None:
        self._open("note")

    def action_find(self) -> None:
        """Every move and remark, to be found by a part of it."""

        def found(made: Values | None) -> None:
            if made is not None:
                self._open("note", move=made["picked"])

        self.put_up(PickScreen(self.table, say.FIND_MOVE, self._parts.moves, ""), found)

    def action_back(self) -> None:
        """Go back to the table; where people have screens of their own there is none to go to, so ask."""
        if self.room is None:
            self.conclude()
        else:
            once_sure(self, say.LEAVE_TITLE, [self.room.on_leaving], say.LEAVE_VERB, self.conclude)
