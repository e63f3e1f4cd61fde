"""A seat's turn as it lies before it: where there is room, its hand along the foot, and what is lit above it.

Everything else stands at the right of that; where there is no room, everything is a row of one list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.tui.board.seats import Seats
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.gauges import gauge_rows
from wargame.tui.kit.paint import DIM, HEAD, SEALED, SECRET, join, put
from wargame.tui.kit.pane import Scrolled, entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView, ground
from wargame.tui.play.explained import Explained
from wargame.tui.play.faces import faces
from wargame.tui.play.hand import Face, FaceUp, Hand, Slot, Ways
from wargame.tui.play.listed import boxes, listed
from wargame.tui.play.paned import Side
from wargame.tui.play.panes import known_lines, seat_lines, store_lines, stores_told
from wargame.tui.play.playing import PANED, PlayingScreen, stepped
from wargame.tui.play.turn import COMMIT, Turn
from wargame.tui.settings import settings_of
from wargame.words.pages import play as say

WIDTHS = ((190, 64, 60, 30), (150, 44, 50, 26), (118, 34, 35, 20), (0, 38, 0, 0))
"""From so many columns on, those of the side, the tracks and what lies face down, as in the style sheet."""
TRACKED = 118
"""Columns from which there is room for the tracks, and for what lies face down beside the hand."""
BORDERED = 150, 45
"""Columns and rows from which there is room for borders around the groups of tracks."""
ROOMY = 36
"""Rows from which stores are bars, and what the seat knows has a pane."""
MOST_BARS = 6
"""Goods that have a bar each on a page of `ROOMY` rows; of twice as many where there is room for borders."""
LEAST_STORY = 34
"""Columns of a pane that is compared from which it tells the story too."""
LEAST_FACE = 17
"""Columns that a face needs."""
WAYS = (
    ("o", say.OFFER, "offer"),
    ("d", say.DISCARD, "discard"),
    ("t", say.TELL_TABLE, "tell"),
    ("u", say.UNDO, "undo"),
    ("e", say.END, "end"),
)
"""What else may be done beside the hand: key, what it does, the action for it."""


class SpreadScreen(PlayingScreen):
    """The cards and rows of a turn of `seat`, one of them lit; what is done with it, others say."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012
        (0, "-narrow"),
        (PANED[0], "-wide"),
        (TRACKED, "-broad"),
        (150, "-vast"),
        (190, "-huge"),
    ]
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012
        (0, "-low"),
        (PANED[1], "-high"),
        (38, "-tall"),
        (44, "-lofty"),
        (56, "-towering"),
    ]

    def _begin(self) -> None:
        super()._begin()
        self.mode = COMMIT
        self.dials: dict[str, int] = {}
        self.asking = False
        self._turn: Turn | None = None
        self._before = ""
        self._lit = ""
        self.against = ""
        self.in_hand = ""
        self._last_in_hand = ""
        self._place = 0
        self._cards: dict[tuple[object, ...], list[FaceUp]] = {}
        self._told: dict[tuple[object, ...], Sequence[Content]] = {}
        self._filled: tuple[object, ...] = ()

    # --- the turn ------------------------------------------------------------------------------------

    @property
    def turn_now(self) -> Turn:
        if self._turn is None or self._turn.lens is not self.lens or self._turn.mode != self.mode:
            self._turn, self._cards, self._told = Turn(self.lens, self.mode, self.dials), {}, {}
        return self._turn

    @property
    def in_orders(self) -> bool:
        return self.lens.view.phase == "orders"

    # --- where things are --------------------------------------------------------------------------

    def widgets(self) -> ComposeResult:
        with Vertical(id="side"):
            yield Static(id="stores", classes="boxed", markup=False)
            yield Side(self.leave_rows, id="rows", unlit=self.unlit)
            yield Static(id="known", classes="boxed", markup=False)
        with Scrolled(id="tracks", can_focus=False):
            yield Static(id="tracks-text", markup=False)
        with Vertical(id="centre"):
            with Horizontal(id="texts"):
                yield FramedPane(id="told")
                yield FramedPane(id="beside")
            yield ground(self.table.scenario)
        yield from self.texts()

    def below(self) -> ComposeResult:
        with Horizontal(id="table"):
            held = len(self.table.view(self.seat).hands.get(self.seat, ()))
            yield Hand(max(held, self.table.scenario.spec.rules.hand), id="hand")
            with Vertical(id="slots"):
                with Vertical(id="laid", classes="boxed"):
                    for nth in range(self.table.scenario.spec.rules.commits):
                        yield Slot(nth + 1)
                yield Ways(id="ways")
        yield Seats(self.table.scenario.seat_ids)

    @property
    def _most(self) -> int:
        """The cards that the hand has, or may have."""
        return max(len(self.lens.view.hands[self.seat]), self.lens.scenario.spec.rules.hand)

    @property
    def slotted(self) -> bool:
        """Whether there is room beside the hand for what lies face down."""
        room = self.size.width - self._widths[2]
        return self.in_orders and self.size.width >= TRACKED and self._most * LEAST_FACE <= room

    @property
    def _widths(self) -> tuple[int, int, int]:
        """The columns of the side, of the tracks, and of what lies face down."""
        return next((side, tracks, slots) for at, side, tracks, slots in WIDTHS if self.size.width >= at)

    def widths(self) -> tuple[int, int, int]:
        if not self.paned:
            return super().widths()
        side, tracks, _slots = self._widths
        room = self.size.width - side - 1
        return side, (room // 2 if self.against else room - tracks) - 5, 0

    def fitting(self) -> Mapping[str, bool]:
        return {"-faced": self.paned, "-answers": not self.in_orders}

    def lay_out(self) -> None:
        paned, rows = self.paned, self.query_one(Rows)
        self.query_one("#table").display = paned and self.in_orders
        self.query_one("#slots").display = paned and self.slotted
        self.query_one("#centre").display = paned
        self.query_one("#beside").display = paned and bool(self.against)
        self.query_one("#tracks").display = paned and bool(self._widths[1]) and not self.against
        seats = self.query_one(Seats)
        seats.display = paned and not self.in_orders and self.size.height >= ROOMY
        if seats.display:
            seats.show(self.lens, None if self.lens.preparing else self.seat)
        if not paned:
            super().lay_out()
            self.query_one("#side").styles.width = self.widths()[0]
            self.query_one("#side").query(".boxed").set(display=False)
            self._filled = ()
            self.in_hand = self._to_rows(self.in_hand)
            return
        for styles in (self.query_one("#side").styles, rows.styles):
            if styles.inline.has_rule("width"):
                styles.width = None
        self.query(".pane").set(display=False)
        keys = self._in_hand()
        if rows.lit in keys:
            self.in_hand = rows.lit
            rows.highlighted = None
        elif self.in_hand and self.in_hand not in keys:
            self.in_hand = self._nearest(keys)
        self._fill()

    def _fill(self) -> None:
        """Show in the panes what no key changes: stores, what the seat knows, the tracks, the map."""
        key, tracked = settings_of(self.app).keys.shown("know"), self.query_one("#tracks").display
        board = self.query_one("#map")
        moment = self.lens, self.size, key, tracked, board.display
        if moment == self._filled:
            return
        self._filled = moment
        (side, tracks, _slots), roomy = self._widths, self.size.height >= ROOMY
        bars = 0 if not roomy else MOST_BARS if self.size.height < BORDERED[1] else 2 * MOST_BARS
        self._put_box("#stores", say.STORES, store_lines(self.lens, side - 4, bars))
        known = list(known_lines(self.lens, side - 4)) if roomy else []
        self._put_box("#known", say.KNOWN, known, put(f"{key} {say.ALL_OF_IT}", DIM))
        if tracked:
            bordered = self.size.width >= BORDERED[0] and self.size.height >= BORDERED[1]
            self._put("#tracks-text", [row.line for row in gauge_rows(self.lens, tracks, bordered)])
        if isinstance(board, MapView) and board.display:
            board.show(chart_of(self.lens))

    def _put_box(self, name: str, title: str, lines: Sequence[Content], under: Content | str = "") -> None:
        box = self.query_one(name, Static)
        entitle(box, join((put(f"{SEALED} ", SECRET), put(title, f"bold {SECRET}"))), under)
        self._put(name, lines)
        box.display = bool(lines)

    def _show_known(self, lit: str) -> None:
        """Show what the seat knows at the side, unless the pane in the middle tells all of it."""
        tells_all = self.in_orders and not lit
        self.query_one("#known").display = bool(self._shown.get("#known")) and not tells_all

    def on_mount(self) -> None:
        self.query_one("#laid").border_title = put(say.FACE_DOWN, "bold")
        self.query_one(Ways).border_title = put(say.OR, "bold")

    # --- what is lit -------------------------------------------------------------------------------

    def _in_hand(self) -> list[str]:
        """The keys along the foot: cards, then what lies face down if that has its place there."""
        if not (self.paned and self.in_orders):
            return []
        laid = [f"laid:{nth}" for nth in range(len(self.turn_now.orders.commits))] if self.slotted else []
        return [*(f"card:{card}" for card in self.lens.view.hands[self.seat]), *laid]

    def _nearest(self, keys: list[str]) -> str:
        """The card in the place of one that has gone."""
        cards = [key for key in keys if key.startswith("card:")]
        return cards[min(self._place, len(cards) - 1)] if cards else ""

    def _to_rows(self, key: str) -> str:
        """There is no hand along the foot any more: what was lit there is lit in the list."""
        if key:
            rows = self.query_one(Rows)
            rows.show(self.rows(self.widths()[0] - 1))
            rows.light(key)
        return ""

    @property
    def lit(self) -> str:
        return self.in_hand or self.query_one(Rows).lit

    def light(self, key: str) -> bool:
        """Light what that key stands for, wherever it is; False if it is nowhere."""
        if key in self._in_hand():
            self.query_one(Rows).highlighted = None
            self.in_hand = self._last_in_hand = key
            self.lit_changed()
            return True
        found = self.query_one(Rows).light(key)
        if found:
            self.in_hand = ""
        return found

    def turn(self, lit: str, by: int) -> None:
        """Turn the dial of the lit row; along the foot, light the next face."""
        if self.paned and self.in_orders and (self.in_hand or not lit):
            self.light(stepped(self._in_hand(), lit, by))
        else:
            self.turn_dial(lit, by)

    def turn_dial(self, lit: str, by: int) -> None:
        """Turn the dial of a row or the aim of a card."""
        self.turn_now.turn(lit, by)
        self.refused = ""
        refusal = self.turn_now.choice(lit)[1]
        self.repaint()
        if refusal is not None:
            self.refuse(self.lens.words.refusal(refusal))

    def leave_rows(self, by: int) -> bool:
        """Go up or down where that is no step among the rows: aim a card, leave the hand, or go to it."""
        if not self.paned:
            return False
        rows = self.query_one(Rows)
        lightable = [at for at, row in enumerate(rows.shown) if row.key]
        if self.in_hand and len(self.turn_now.choices(self.in_hand)) > 1:
            self.turn_dial(self.in_hand, by)
        elif self.in_hand and lightable:
            self._to_panes(last=by < 0)
        elif not self.lit and self.in_orders:
            self.turn("", 1)
        elif self._in_hand() and lightable and rows.highlighted == lightable[-1 if by > 0 else 0]:
            self.action_next_pane()
        else:
            return False
        return True

    def action_aim(self, by: int) -> None:
        """Turn what the lit card is aimed at; for the hint that is clicked."""
        self.turn_dial(self.lit, by)

    def _to_panes(self, last: bool = False) -> None:
        """From the hand to the rows at the right."""
        rows = self.query_one(Rows)
        self.in_hand = ""
        if last:
            rows.action_last()
        else:
            rows.action_first()

    def action_next_pane(self) -> None:
        """From the hand to the rows, from the rows to the hand."""
        if not self.paned:
            super().action_next_pane()
        elif not self.in_orders:
            self.query_one(Rows).action_cursor_down()
        elif self.in_hand or not self.lit:
            self._to_panes()
        elif keys := self._in_hand():
            self.light(self._last_in_hand if self._last_in_hand in keys else keys[0])

    def action_light(self, number: int) -> None:
        cards = self.lens.view.hands[self.seat] if self.paned and self.in_orders else ()
        if number <= len(cards):
            self.light(f"card:{cards[number - 1]}")
        else:
            super().action_light(number)

    def missed(self, number: int) -> None:
        self.in_hand, self.asking = "", False
        super().missed(number)

    def on_face_clicked(self, event: Face.Clicked) -> None:
        """A first click lights a card, a second does what Enter does, one on its aim turns that."""
        event.stop()
        if event.key != self.in_hand:
            self.light(event.key)
        elif event.aims:
            self.turn_dial(event.key, 1)
        else:
            self.do(event.key)

    def lit_changed(self) -> None:
        self.asking = False
        if self.query_one(Rows).lit:
            self.in_hand = ""
        if self.lit != self._lit:
            self._before, self._lit = self._lit, self.lit
            self.query_one("#told", FramedPane).to_top()
        super().lit_changed()
        if self.paned:
            self._put("#top", self.top(self.size.width))

    # --- what is told of it ------------------------------------------------------------------------

    def rows(self, width: int) -> Sequence[Row]:
        if self.paned:
            return boxes(self.turn_now, width, laid=not self.slotted)
        return listed(self.turn_now, width)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        beside = bool(self.against) and not self.widths()[2]
        lines = Explained(self.turn_now, self.paned).lines(lit, width, brief=beside)
        if beside:
            return [*lines, *self._other(lit, width, brief=True)]
        stores = stores_told(self.lens, width)
        return [*lines, Content(""), *stores] if stores else lines

    def _other(self, lit: str, width: int, brief: bool = False) -> Sequence[Content]:
        """What the lit row is compared with."""
        if self.against == lit:
            return [put(say.COMPARED, HEAD), put(say.LIGHT_ANOTHER, DIM)]
        told = Explained(self.turn_now, self.paned).lines(self.against, width, brief)
        return [put(say.COMPARED, HEAD), *told]

    def aside(self, width: int) -> Sequence[Content]:
        return self._other(self.lit, width) if self.against else seat_lines(self.lens, width)

    def repaint_lit(self) -> None:
        lit = self.lit
        self._lit = self._lit or lit
        if not self.paned:
            super().repaint_lit()
            return
        keys = self._in_hand()
        self._place = keys.index(lit) if lit in keys else 0
        if self.in_orders:
            self._show_hand()
        self._show_known(lit)
        self._tell(lit, "#told")
        if self.against:
            self._tell(self.against, "#beside")
        self._say(lit)
        self.query_one("#why").display = True  # it keeps its place when it has nothing to say

    def _tell(self, lit: str, name: str) -> None:
        """Tell what is lit in a pane, with its title in the border."""
        told = Explained(self.turn_now, self.paned, bool(self.against))
        if name == "#beside" and lit == self.lit:
            lines: Sequence[Content] = [put(say.LIGHT_ANOTHER, DIM)]
        else:
            lines = self._told_of(told, lit, self.widths()[1])
        self.query_one(name, FramedPane).tell(told.border(lit), lines)

    def _told_of(self, told: Explained, lit: str, width: int) -> Sequence[Content]:
        """What is told of a row, worked out once for each way that its dial is turned."""
        moment = lit, told.turn.at(lit), width, told.compared
        if moment not in self._told:
            self._told[moment] = told.lines(lit, width, brief=told.compared and width < LEAST_STORY)
        return self._told[moment]

    def _show_hand(self) -> None:
        """The faces, what lies face down, and what else may be done."""
        self.query_one(Hand).show(self._faces(), self.in_hand)
        if not self.query_one("#slots").display:
            return
        commits = self.turn_now.orders.commits
        for nth, slot in enumerate(self.query_one("#laid").query(Slot)):
            key = f"laid:{nth}" if nth < len(commits) else ""
            title = self.lens.words.card(commits[nth].card) if key else ""
            slot.show(key, title, bool(key) and key == self.in_hand)
        self.query_one(Ways).show(WAYS)

    def _faces(self) -> list[FaceUp]:
        """The hand as it is painted now; worked out once for each way that its aims are turned."""
        slots = self._widths[2] if self.slotted else 0
        width = max((self.size.width - slots) // self._most - 4, 12)
        aims = (self.turn_now.at(f"card:{card}") for card in self.lens.view.hands[self.seat])
        moment = width, *aims
        if moment not in self._cards:
            self._cards[moment] = faces(self.turn_now, width)
        return self._cards[moment]
