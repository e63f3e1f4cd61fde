"""A seat's orders, and its answers to offers: everything private to it, and everything it may do.

Where there is room the hand lies along the foot as faces, the lit card is told in the middle, and all else
stands at the right; where there is not, everything is a row of one list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from wargame.rules.moves import Answer, Commit, Counter, Dial, Discard, End, Move, Signal
from wargame.rules.preview import preview
from wargame.rules.spec import Card
from wargame.rules.state import LaidCard
from wargame.table.table import Beat, Table
from wargame.tui.actions import bindings
from wargame.tui.board.seats import Seats
from wargame.tui.kit import guide
from wargame.tui.kit.bargains import about_deal, about_offer
from wargame.tui.kit.foot import BETWEEN, Hint, usual
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.gauges import gauge_rows
from wargame.tui.kit.ground import ground
from wargame.tui.kit.odds import (
    about_card,
    card_face,
    fixed_card,
    played_card,
    score_line,
    score_said,
    with_chances,
)
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    fit,
    join,
    put,
    seat_colour,
    wrapped,
)
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.topics import Topic, topic_of
from wargame.tui.kit.tracks import track_rows
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView
from wargame.tui.play.hand import Face, FaceUp, Hand, Slot, Ways
from wargame.tui.play.levers import about_crisis, about_dial, about_stand
from wargame.tui.play.paned import seat_banner
from wargame.tui.play.panes import known_lines, store_line, store_lines
from wargame.tui.play.playing import PlayingScreen
from wargame.tui.play.sway import Sway, is_idle
from wargame.tui.play.told import WIDEST, Border, fixed_told, pane_of, told_card
from wargame.tui.play.turn import ACCUSE, COMMIT, DISCARD, TELL, Turn, row_of
from wargame.tui.settings import settings_of
from wargame.words import halves
from wargame.words.pages import kit
from wargame.words.pages import play as say

FACED = 100, 30
"""Columns and rows from which the hand lies along the foot."""
TRACKED, SLOTTED = 118, 118
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
SLOTS = 20
"""Columns of what lies face down."""


class Side(Rows):
    """The rows beside a hand. While a card is lit their keys aim it, or lead from it to the rows and back.

    Where more rows follow below, the last line that is seen says how many.
    """

    def render_line(self, y: int) -> Strip:
        """A row, or in the place of the last one how many rows are below."""
        at = self.scroll_offset.y + y
        shown = self.shown
        lit = self.highlighted
        if (
            y != self.size.height - 1
            or at + 1 >= len(shown)
            or (lit is not None and shown[lit].key in (shown[at].key or shown[at].of, shown[at].of))
        ):
            return super().render_line(y)
        if not any(row.key or row.of for row in shown[at:]):
            return super().render_line(y)
        more = sum(bool(row.key) for row in shown[at:])
        said = fit(put(f" {say.rows_below(more)}"), self.size.width).plain
        return Strip([Segment(said, self.rich_style + Style(dim=True))], len(said))

    @property
    def _turn(self) -> OrdersScreen:
        screen = self.screen
        assert isinstance(screen, OrdersScreen)
        return screen

    def action_cursor_up(self) -> None:
        """Go up, from the first row to the hand."""
        if not self._turn.leave_rows(-1):
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """Go down, from the last row to the hand."""
        if not self._turn.leave_rows(1):
            super().action_cursor_down()

    def action_page_up(self) -> None:
        """Turn back a page of what is told, or without a hand of the rows."""
        if self._turn.faced:
            self._turn.action_page(-1)
        else:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Turn a page of what is told, or without a hand of the rows."""
        if self._turn.faced:
            self._turn.action_page(1)
        else:
            super().action_page_down()  # type: ignore[no-untyped-call]


class OrdersScreen(PlayingScreen):
    """The turn of `seat`. Returns the beats of its moves when the turn has gone elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "know",
        "offer",
        "discard",
        "tell",
        "end",
        "compare",
        "asked",
        "page-on",
        "page-back",
    )
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012
        (0, "-narrow"),
        (FACED[0], "-wide"),
        (TRACKED, "-broad"),
        (150, "-vast"),
        (190, "-huge"),
    ]
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012
        (0, "-low"),
        (FACED[1], "-high"),
        (38, "-tall"),
        (44, "-lofty"),
        (56, "-towering"),
    ]

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__(table, seat)
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
        self._painted_at: tuple[Turn, tuple[int, ...], int] | None = None
        self._cards: list[FaceUp] = []
        self._told_at: Turn | None = None
        self._kept_told: dict[tuple[str, int, int, bool], Sequence[Content]] = {}

    # --- where things are --------------------------------------------------------------------------

    def widgets(self) -> ComposeResult:
        with Vertical(id="side"):
            yield Static(id="stores", classes="boxed", markup=False)
            yield Side(id="rows", unlit=self.unlit)
            yield Static(id="known", classes="boxed", markup=False)
        with VerticalScroll(id="tracks", can_focus=False):
            yield Static(id="tracks-text", markup=False)
        with Vertical(id="centre"):
            with Horizontal(id="texts"):
                yield FramedPane(id="told")
                yield FramedPane(id="beside")
            yield ground(self.table.scenario)
        with VerticalScroll(id="about", classes="pane"):
            yield Static(id="about-text", markup=False)
        with VerticalScroll(id="aside", classes="pane"):
            yield Static(id="aside-text", markup=False)

    def below(self) -> ComposeResult:
        with Horizontal(id="table"):
            held = len(self.table.view(self.seat).hands.get(self.seat, ()))
            yield Hand(max(held, self.table.scenario.spec.rules.hand), id="hand")
            with Vertical(id="slots"):
                with Horizontal(id="laid", classes="boxed"):
                    for _ in range(self.table.scenario.spec.rules.commits):
                        yield Slot()
                yield Ways(id="ways")
        yield Seats(self.table.scenario.seat_ids)

    @property
    def faced(self) -> bool:
        """Whether there is room for panes around what is lit, and for the hand along the foot."""
        return self.size.width >= FACED[0] and self.size.height >= FACED[1]

    @property
    def slotted(self) -> bool:
        """Whether there is room beside the hand for what lies face down."""
        cards = max(len(self.lens.view.hands[self.seat]), self.lens.scenario.spec.rules.hand)
        return self.in_orders and self.size.width >= SLOTTED and cards * LEAST_FACE <= self.size.width - SLOTS

    def lay_out(self) -> None:
        faced = self.faced
        self.set_class(faced, "-faced")
        self.set_class(bool(self.against), "-compares")
        self.set_class(not self.in_orders, "-answers")
        self.query_one("#table").display = faced and self.in_orders
        seats = self.query_one(Seats)
        seats.display = faced and not self.in_orders and self.size.height >= ROOMY
        if seats.display:
            seats.show(self.lens, self.seat)
        self.query_one("#slots").display = faced and self.slotted
        if not faced:
            for name in ("#stores", "#known", "#tracks", "#centre"):
                self.query_one(name).display = False
                self._shown.pop(name, None)
            left, middle, right = self.widths()
            self.in_hand = self._to_rows(self.in_hand)
            self.query_one("#side").styles.width = left
            for name, width in (("#about", middle), ("#aside", right)):
                pane = self.query_one(name)
                pane.styles.width = width
                pane.display = bool(width)
                pane.set_class(True, "beside")
            self.query_one("#rows").styles.width = left
            return
        for name in ("#side", "#rows"):
            self.query_one(name).styles.width = None
        for name in ("#about", "#aside"):
            self.query_one(name).display = False
        self.query_one("#centre").display = True
        self.query_one("#beside").display = bool(self.against)
        self.query_one("#tracks").display = self.size.width >= TRACKED and not self.against
        rows = self.query_one(Rows)
        if rows.lit.startswith(("card:", "laid:")) and rows.lit in self._in_hand():
            self.in_hand = rows.lit
            rows.highlighted = None

    def _to_rows(self, key: str) -> str:
        """There is no hand along the foot any more: what was lit there is lit in the list."""
        if key:
            rows = self.query_one(Rows)
            rows.show(self.rows(self.widths()[0] - 1))
            rows.light(key)
        return ""

    def _in_hand(self) -> list[str]:
        """The keys along the foot: cards, then what lies face down if that has its place there."""
        if not (self.faced and self.in_orders):
            return []
        laid = [f"laid:{nth}" for nth in range(len(self.turn_now.orders.commits))] if self.slotted else []
        return [*(f"card:{card}" for card in self.lens.view.hands[self.seat]), *laid]

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

    # --- what it shows -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.query_one("#laid").border_title = put(say.FACE_DOWN, "bold")
        self.query_one(Ways).border_title = put(say.OR, "bold")

    def repaint(self) -> None:
        if self.gone or not self.is_mounted or not self.size.width:
            return
        if not self.faced:
            super().repaint()
            return
        keys = self._in_hand()
        if self.in_hand and self.in_hand not in keys:
            self.in_hand = self._nearest(keys)
        self.lay_out()
        self._put("#top", self.top(self.size.width))
        rows = self.query_one(Rows)
        side = self._width_of("#side")
        rows.show(self.turn_now.panes(side - 1, laid=not self.slotted))
        roomy = self.size.height >= ROOMY
        stores = store_lines(self.lens, side - 4) if roomy else []
        if not 0 < len(stores) <= (MOST_BARS if self.size.height < BORDERED[1] else 2 * MOST_BARS):
            stores = store_line(self.lens, side - 4)  # all of them rather than bars of some
        self._put_box("#stores", say.STORES, stores)
        self._put_box("#known", say.KNOWN, list(known_lines(self.lens, side - 4)) if roomy else [])
        key = settings_of(self.app).keys.shown("know")
        self.query_one("#known").border_subtitle = put(f"{key} {say.ALL_OF_IT}", DIM)
        if self.query_one("#tracks").display:
            bordered = self.size.width >= BORDERED[0] and self.size.height >= BORDERED[1]
            tracks = gauge_rows(self.lens, self._width_of("#tracks"), bordered)
            self._put("#tracks-text", [row.line for row in tracks])
        self._put("#under", self.under(self.size.width))
        board = self.query_one("#map")
        if isinstance(board, MapView) and board.display:
            board.set_glyphs(settings_of(self.app).glyphs)
            board.show(chart_of(self.lens))
        self.repaint_lit()

    def _nearest(self, keys: list[str]) -> str:
        """The card in the place of one that has gone."""
        cards = [key for key in keys if key.startswith("card:")]
        return cards[min(self._place, len(cards) - 1)] if cards else ""

    def _width_of(self, name: str) -> int:
        """The columns of a pane: as the style sheet has it."""
        width = self.size.width
        if name == "#tracks":
            return 35 if width < 150 else 50 if width < 190 else 60
        return 38 if width < 118 else 34 if width < 150 else 44 if width < 190 else 64

    def _put_box(self, name: str, title: str, lines: Sequence[Content]) -> None:
        box = self.query_one(name, Static)
        box.border_title = join((put(f"{SEALED} ", SECRET), put(title, f"bold {SECRET}")))
        self._put(name, lines)
        box.display = bool(lines)

    def repaint_lit(self) -> None:
        lit = self.lit
        self._lit = self._lit or lit
        if not self.faced:
            super().repaint_lit()
            return
        keys = self._in_hand()
        self._place = keys.index(lit) if lit in keys else 0
        self._put("#top", self.top(self.size.width))
        if self.in_orders:
            self._show_hand()
        self._tell(lit, "#told")
        if self.against:
            self._tell(self.against, "#beside")
        self._say(lit)
        self.query_one("#why").display = True  # it keeps its place when it has nothing to say

    def _tell(self, lit: str, name: str) -> None:
        """Tell what is lit in a pane, with its title in the border."""
        pane, width = self.query_one(name, FramedPane), self._told_width()
        title, right, foot, colour = self._pane(lit)
        if name == "#beside" and lit == self.lit:
            lines: Sequence[Content] = [put(say.LIGHT_ANOTHER, DIM)]
        else:
            lines = self._told_of(lit, width)
        pane.tell(title, right, lines, foot, colour or DIM)

    def _told_of(self, lit: str, width: int) -> Sequence[Content]:
        """What is told of a row, worked out once for each way that its dial is turned."""
        turn = self.turn_now
        if self._told_at is not turn:
            self._told_at, self._kept_told = turn, {}
        moment = lit, turn.at(lit), width, bool(self.against)
        if moment not in self._kept_told:
            brief = bool(self.against) and width < LEAST_STORY
            self._kept_told[moment] = self.explain(lit, width, brief=brief)
        return self._kept_told[moment]

    def _told_width(self) -> int:
        """The columns that a text in the middle has."""
        room = self.size.width - self._width_of("#side") - 1
        if self.against:
            return room // 2 - 5
        tracks = self._width_of("#tracks") if self.size.width >= TRACKED else 0
        return room - tracks - 5

    def _pane(self, lit: str) -> Border:
        """The border of what is told."""
        kind, _, id_ = lit.partition(":")
        none = Content("")
        card = None
        move = self.turn_now.choice(lit)[0]
        if isinstance(move, (Commit, Discard)):
            card = played_card(self.lens, move)
        elif kind == "card":
            card = self.lens.scenario.cards[id_]
        elif kind == "laid" and not id_.startswith("offer:"):
            card = self.lens.scenario.cards[self.turn_now.orders.commits[int(id_)].card]
        return pane_of(self.lens, card) if card is not None else (none, none, none, "")

    def _show_hand(self) -> None:
        """The faces, what lies face down, and what else may be done."""
        self.query_one(Hand).show(self._faces(), self.in_hand)
        if not self.query_one("#slots").display:
            return
        commits = self.turn_now.orders.commits
        for nth, slot in enumerate(self.query(Slot)):
            key = f"laid:{nth}" if nth < len(commits) else ""
            title = self.lens.words.card(commits[nth].card) if key else f"\n{nth + 1}"
            slot.show(key, title, bool(key) and key == self.in_hand)
        self.query_one(Ways).show(
            (
                ("o", say.OFFER, "offer"),
                ("d", say.DISCARD, "discard"),
                ("t", say.TELL_TABLE, "tell"),
                ("u", say.UNDO, "undo"),
                ("e", say.END, "end"),
            )
        )

    def _faces(self) -> list[FaceUp]:
        """The hand as it is painted now; worked out once for each way that its aims are turned."""
        turned = tuple(self.turn_now.at(f"card:{card}") for card in self.lens.view.hands[self.seat])
        moment = self.turn_now, turned, self._face_width()
        if self._painted_at is None or moment[0] is not self._painted_at[0] or moment != self._painted_at:
            self._painted_at, self._cards = moment, self._faces_now()
        return self._cards

    def _faces_now(self) -> list[FaceUp]:
        return [
            self._face(card, nth if nth <= 9 else 0)
            for nth, card in enumerate(self.lens.view.hands[self.seat], 1)
        ]

    def _face(self, id_: str, number: int) -> FaceUp:
        lens, key = self.lens, f"card:{id_}"
        card, words = lens.scenario.cards[id_], lens.words
        move, refusal, aim = self.turn_now.choice(key)
        shown = played_card(lens, move) if isinstance(move, Discard) else card
        width = self._face_width()
        odds = preview(lens.view, move).odds if isinstance(move, (Commit, Discard)) else ()
        says = {DISCARD: say.GIVES_UP, TELL: say.TELLS}.get(self.mode, "")
        return FaceUp(
            key,
            number,
            words.said(card.title),
            card.cost if self.mode != DISCARD else shown.cost,
            seat_colour(lens.scenario, self.seat),
            tuple(self._face_lines(card, width)),
            say.speed(shown.speed, shown.quiet),
            words.said(card.text) if self.mode == COMMIT else "",
            tuple(one.chance for one in odds),
            aim,
            "" if refusal else says,
            words.refusal(refusal) if refusal else "",
            lens.view.signals.get(self.seat) == id_,
            say.IDLE if isinstance(move, Commit) and is_idle(lens, move) else "",
        )

    def _face_width(self) -> int:
        """The columns of text on a face."""
        slots = (
            (SLOTS if self.size.width < 150 else 26 if self.size.width < 190 else 30) if self.slotted else 0
        )
        count = max(len(self.lens.view.hands[self.seat]), self.lens.scenario.spec.rules.hand)
        return max((self.size.width - slots) // count - 4, 12)

    def _face_lines(self, card: Card, width: int) -> Iterator[Content]:
        """What is printed on a card; more quietly while Enter does something else with it."""
        face = with_chances(self.lens, card, self.turn_now.choice(f"card:{card.id}")[0])
        lines = Sway(self.lens).lines(face, width)
        return lines if self.mode != DISCARD else (put(line.plain, DIM) for line in lines)

    @property
    def turn_now(self) -> Turn:
        if self._turn is None or self._turn.lens is not self.lens or self._turn.mode != self.mode:
            self._turn = Turn(self.lens, self.mode, self.dials)
        return self._turn

    @property
    def in_orders(self) -> bool:
        return self.lens.view.phase == "orders"

    def top(self, width: int) -> Sequence[Content]:
        lens = self.lens
        view, spec = lens.view, lens.scenario.seats[self.seat]
        cap = lens.scenario.spec.rules.influence_cap
        purse = view.influence[self.seat]
        if self.faced:
            return [self._banner(width)]
        when = say.in_phase(kit.PHASES[view.phase], view.round, view.rounds)
        over = lens.score(self.seat) >= lens.line
        score = say.to_reach(lens.score_said(self.seat), halves(lens.line), over)
        says = f" {spec.symbol} {spec.short} {SEALED} {when} · ¤{say.of(purse, cap)} · {score}"
        end = put(f"i {say.ALL_I_KNOW} ")
        return [join((fit(put(says), width - end.cell_length), end)).stylize("reverse")]

    def _banner(self, width: int) -> Content:
        """Whose turn it is, its purse with what the lit card would take, its score."""
        lens, view = self.lens, self.lens.view
        says = say.your_orders if self.in_orders else say.your_answers
        when = says(view.round, view.rounds, lens.words.date(view.round) if width >= TRACKED else "")
        return seat_banner(lens, self.seat, when, width, self._going())

    def _going(self) -> int:
        """What the lit card would take from the purse."""
        move, refusal, _name = self.turn_now.choice(self.lit)
        if refusal is not None or not isinstance(move, (Commit, Discard)):
            return 0
        return played_card(self.lens, move).cost

    def rows(self, width: int) -> Sequence[Row]:
        return self.turn_now.rows(width)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        if self.against and not self.widths()[2]:
            return [*self.explain(lit, width, brief=True), *self._other(lit, width, brief=True)]
        lines = list(self.explain(lit, width))
        stores = self._stores(width)
        return [*lines, Content(""), *stores] if stores else lines

    def _other(self, lit: str, width: int, brief: bool = False) -> Sequence[Content]:
        """What the lit row is compared with."""
        if not self.against:
            return []
        if self.against == lit:
            return [put(say.COMPARED, HEAD), put(say.LIGHT_ANOTHER, DIM)]
        return [put(say.COMPARED, HEAD), *self.explain(self.against, width, brief)]

    def explain(self, lit: str, width: int, brief: bool = False) -> Sequence[Content]:
        """The pane for one row; `brief` is without what is only read once."""
        kind, _, id_ = lit.partition(":")
        turn, lens = self.turn_now, self.lens
        move, _refusal, _name = turn.choice(lit)
        if isinstance(move, (Commit, Discard, Signal)):
            return self._about_hand(move, width, brief)
        if kind == "laid":
            return self._about_laid(id_, width)
        if kind == "deal" and (deal := turn.deal_of(lit)):
            return [*about_deal(lens, deal, width), *self._worth(move)]
        if kind in ("answer", "counter"):
            offer = next(offer for offer in lens.view.offers if offer.template == id_)
            yes = Answer(self.seat, id_, "yes")
            worth = self._worth(yes, signing=True, paid=offer.countered)
            return [*about_offer(lens, offer, width), Content(""), *worth]
        if kind == "dial":
            return about_dial(lens, id_, move.setting if isinstance(move, Dial) else "", width)
        if kind == "stand":
            return about_stand(lens, id_, width)
        if kind == "announce":
            return wrapped(say.PHRASE_ALONE, width)
        if lit == ACCUSE:
            return [line for said in lens.words.at_stake() for line in wrapped(said, width)]
        if kind == "crisis":
            return about_crisis(lens, id_, width)
        return self._nothing(width)

    def _nothing(self, width: int) -> Sequence[Content]:
        if self.faced and self.in_orders:
            known = known_lines(self.lens, min(width, WIDEST))
            return [*wrapped(put(say.UNLIT, DIM), width), Content(""), *known]
        if self.in_orders or self.turn_now.moves:
            return [
                Content(""),
                *wrapped(put(say.UNLIT_ROW, DIM), width),
            ]  # not on the line of a heading beside it
        return wrapped(say.NO_OFFER_WAITS, width)

    def _about_hand(self, move: Commit | Discard | Signal, width: int, brief: bool) -> Sequence[Content]:
        if self.faced:
            return self._told_hand(move, width, brief)
        if isinstance(move, Commit):
            return about_card(self.lens, move, width, brief)
        words, card = self.lens.words, move.card
        if isinstance(move, Signal):
            refusal = self.turn_now.choice(f"card:{card}")[1]
            says = say.telling(words.card(card), self.lens.scenario.spec.rules.signal)
            says = f"× {words.refusal(refusal)}" if refusal else says
            return [*card_face(self.lens, self.lens.scenario.cards[card], width), *wrapped(says, width)]
        given = put(say.giving_up(words.card(card)), DIM)
        return [*wrapped(given, width), Content(""), *about_card(self.lens, move, width, brief)]

    def _told_hand(self, move: Commit | Discard | Signal, width: int, brief: bool) -> list[Content]:
        """A card, why Enter would be refused, and what Enter, c and w do with it."""
        words, (_move, refusal, _name) = self.lens.words, self.turn_now.choice(f"card:{move.card}")
        lead: list[Content] = []
        if isinstance(move, Signal):
            pays = self.lens.scenario.spec.rules.signal
            lead = [] if refusal else [*wrapped(say.telling(words.card(move.card), pays), width), Content("")]
            move = self.lens.scenario.commit_moves[move.card][0]
        elif isinstance(move, Discard):
            lead = [*wrapped(say.giving_up(words.card(move.card)), width), Content("")]
        lines = [*lead, *told_card(self.lens, move, width, brief), Content("")]
        if refusal is not None:
            return [*lines, *wrapped(put(f"× {words.refusal(refusal)}", BAD), width)]
        if self.against:
            return lines
        does = {COMMIT: say.LAYS, DISCARD: say.GIVES_IT_UP, TELL: say.TELLS_TABLE}[self.mode]
        keys = (("Enter", does), ("c", say.COMPARE), ("w", say.WHY))
        return [*lines, *keys_line(keys, width)]

    def _about_laid(self, id_: str, width: int) -> Sequence[Content]:
        if id_.startswith("offer:"):
            template = id_.removeprefix("offer:")
            offer = next(offer for offer in self.lens.view.offers if offer.template == template)
            return about_offer(self.lens, offer, width)
        return self._laid_card(self.turn_now.orders.commits[int(id_)], width)

    def _laid_card(self, commit: LaidCard, width: int) -> list[Content]:
        card = self.lens.scenario.cards[commit.card]
        if self.faced:
            return fixed_told(self.lens, card, commit.target, commit.odds, width)
        return fixed_card(self.lens, card, commit.target, commit.odds, width)

    def _worth(self, move: Move | None, signing: bool = False, paid: bool = False) -> list[Content]:
        if move is None:
            return []
        lines = [score_line(score_said(self.lens, move, if_kept=signing))]
        if signing:
            lines.append(put(say.SIGNING_PAID if paid else say.SIGNING, DIM))
        return lines

    def _stores(self, width: int) -> list[Content]:
        held = self.lens.view.goods.get(self.seat, {})
        parts = [f"{self.lens.words.good(good)} {count}" for good, count in held.items() if count]
        if not parts:
            return []
        return wrapped(
            join((put(f"{say.STORES} {SEALED}  ", f"bold {SECRET}"), put(" · ".join(parts)))), width
        )

    def aside(self, width: int) -> Sequence[Content]:
        lens = self.lens
        if self.against:
            return self._other(self.lit, width)
        tracks = [row.line for row in track_rows(lens, width, headings=True)]
        known = [line for said in lens.words.state_of(lens.view) for line in wrapped(said, width, indent=2)]
        lines = [*tracks, Content(""), put(f"{say.KNOWN} {SEALED}", HEAD), *known]
        agenda = lens.view.agendas.get(self.seat)
        if agenda:
            told = lens.words.agenda(agenda)
            lines += [
                Content(""),
                join((put(f"{say.AGENDA} {SEALED}  ", HEAD), told.title)),
                *wrapped(told.text, width),
            ]
        return lines

    def why(self, lit: str) -> str:
        move, refusal, _name = self.turn_now.choice(lit)
        if refusal is not None:
            return self.lens.words.refusal(refusal)
        if move is None:
            kind = lit.partition(":")[0]
            return say.DUE_IN_ANSWERS if kind == "deal" and not self.in_orders else say.WHY_OF.get(kind, "")
        return say.TO_COUNTER if isinstance(move, Counter) else say.enter_does(self.lens.words.deed(move))

    def why_more(self, lit: str) -> Sequence[str]:
        kind, _, id_ = lit.partition(":")
        words, scenario = self.lens.words, self.lens.scenario
        if kind == "card":
            move = self.turn_now.choice(lit)[0]
            played = played_card(self.lens, move) if isinstance(move, (Commit, Discard)) else id_
            return words.card_text(played)
        if kind in ("deal", "answer", "counter"):
            return words.deal_text(id_)
        if kind == "crisis":
            return words.crisis_text(id_, yours=True)
        return words.stand_text(id_) if kind == "stand" and id_ in scenario.stands else ()

    def topic(self, lit: str) -> Topic:
        kind = lit.partition(":")[0]
        if kind == "card" and self.mode != COMMIT:
            return topic_of("orders", self.mode)
        if lit.startswith("laid:offer:"):
            return topic_of("orders", "offered")
        if kind == "answer" and self.in_orders and self.lens.scenario.spec.rules.counters:
            return topic_of("orders", "answer-or-counter")
        return topic_of("orders", lit if lit or self.in_orders else "answers")

    def guide(self, lit: str) -> str:
        if not (self.in_orders and guide.is_first_turn(self.table, self.seat)):
            return ""
        refused = lit.startswith("card:") and self.turn_now.choice(lit)[1] is not None
        now = guide.Moment(self.lens, self.seat, lit, self.mode, self.moved, self.asking, self.faced, refused)
        return guide.orders_line(now)

    def lead(self) -> Content:
        return put(f"{say.still_possible(self.turn_now.undone())} ", "bold") if self.asking else put("")

    def hints(self, lit: str) -> Sequence[Hint]:
        if self.asking:
            waiting = self.turn_now.waiting if not self.turn_now.open_cards() else 0
            ends = say.leave_unanswered(waiting) if waiting else say.END
            return [Hint("Enter", ends, "end"), Hint("Esc", say.GO_ON, "back")]
        if not self.in_orders:
            answer = [Hint("Enter", self._enters(lit), "do")] if lit or not self.turn_now.moves else []
            if len(self.turn_now.choices(lit)) > 1:
                answer.append(Hint("← →", say.YES_OR_NO, "turn(1)"))
            if not lit and self.turn_now.moves:
                answer.append(Hint("↑ ↓", say.LOOK))
            return [
                *([] if lit.startswith("deal:") else answer),
                *usual("end", "board"),
                Hint("i", say.KNOW, "know"),
                *usual("help"),
            ]
        if self.faced and self.in_orders:
            return self._faced_hints(lit)
        if self.mode != COMMIT:
            what = say.GIVE_UP if self.mode == DISCARD else say.TELL
            enter = [Hint("Enter", what, "do")] if self.turn_now.choice(lit)[1] is None else []
            return [
                *enter,
                Hint("← →", say.TARGET),
                Hint("Esc", say.TO_ORDERS, "back"),
            ]
        does = self._enters(lit)
        enter = [Hint("Enter", does, "do")] if does else []
        return [
            *enter,
            *self._asked_and_undo(),
            *usual("offer", "discard", "tell", "end", "board", "why", "help", "log", "compare"),
            Hint("← →", say.A_DIAL),
            Hint("Tab", say.PANE, "next_pane"),
        ]

    def _asked_and_undo(self) -> list[Hint]:
        """What may be done only now and then."""
        still = self.table.asked(self.seat)
        asked = usual("asked") if still.rationale or still.questions else []
        return [*asked, *self.message_hint(), *(usual("undo") if self.table.can_undo else ())]

    def _faced_hints(self, lit: str) -> Sequence[Hint]:
        """The same, where the hand lies along the foot."""
        does = self._enters(lit) if self.mode == COMMIT or not lit.startswith("card:") else ""
        if self.mode != COMMIT and lit.startswith("card:") and self.turn_now.choice(lit)[1] is None:
            does = say.GIVE_UP if self.mode == DISCARD else say.TELL
        enter = [Hint("Enter", does, "do")] if does and lit else []
        turned = len(self.turn_now.choices(lit)) > 1
        if self.in_hand or not lit:
            way = [Hint("← →", say.CARDS, "turn(1)")]
            way += [Hint("↑ ↓", say.AIM, "aim(1)")] if turned else []
            way += [Hint("Tab", say.ROWS, "next_pane")]
        else:
            way = [Hint("← →", say.DIAL, "turn(1)")] if turned else []
            way += [Hint("Tab", say.CARDS, "next_pane")]
        if self.mode != COMMIT:
            return [*enter, *way[:-1], Hint("Esc", say.TO_ORDERS, "back")]
        hints = [*enter, *way, *self._asked_and_undo()]
        hints += usual("offer", "end", "why", "discard", "tell", "board", "compare", "log")
        return self._then_help(hints)

    def _then_help(self, hints: Sequence[Hint]) -> list[Hint]:
        """As many as fit with help behind them."""
        (last,) = usual("help")
        room, kept = self.size.width - 2 - len(last.text), []
        for hint in hints:
            room -= len(hint.text) + len(BETWEEN)
            if room < 0:
                break
            kept.append(hint)
        return [*kept, last]

    def _enters(self, lit: str) -> str:
        """What Enter does with the lit row; nothing where it would only be refused."""
        move, refusal, _name = self.turn_now.choice(lit)
        if move is not None and refusal is not None:
            return ""
        if isinstance(move, Answer):
            return say.say_reply(say.REPLIES[move.reply])
        return say.ENTER.get(lit.partition(":")[0], say.DO) if lit or self.in_orders else say.END_TURN

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        if self.asking or (not lit and not self.in_orders and not self.turn_now.moves):
            self.finish()
            return
        if lit == ACCUSE:
            self.accuse()
            return
        move, refusal, _name = self.turn_now.choice(lit)
        if refusal is not None:
            self.refuse(self.lens.words.refusal(refusal))
        elif isinstance(move, Counter):
            from wargame.tui.play.counter import CounterScreen

            self.put_up(CounterScreen(self.table, self.seat, move.deal), self.offered)
        elif move is not None:
            self.dials.pop(lit, None)
            self.mode = COMMIT
            self.play(move)

    def turn(self, lit: str, by: int) -> None:
        """Turn the dial of the lit row; along the foot, light the next face."""
        if self.faced and self.in_orders and (self.in_hand or not lit):
            keys = self._in_hand()
            here = keys.index(lit) + by if lit in keys else 0 if by > 0 else len(keys) - 1
            if keys:
                self.light(keys[here % len(keys)])
            return
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
        if not self.faced:
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
        if not self.faced:
            super().action_next_pane()
        elif not self.in_orders:
            self.query_one(Rows).action_cursor_down()
        elif self.in_hand or not self.lit:
            self._to_panes()
        elif keys := self._in_hand():
            self.light(self._last_in_hand if self._last_in_hand in keys else keys[0])

    def action_page(self, by: int) -> None:
        """Scroll what is told in the middle."""
        pane = self.query_one("#told", FramedPane)
        if self.faced:
            pane.scroll_lines(by * (pane.room - 1))
        elif by > 0:
            self.query_one("#about").scroll_page_down(animate=False)
        else:
            self.query_one("#about").scroll_page_up(animate=False)

    def action_light(self, number: int) -> None:
        if not self.faced:
            super().action_light(number)
            return
        cards = self.lens.view.hands[self.seat] if self.in_orders else ()
        if number <= len(cards):
            self.light(f"card:{cards[number - 1]}")
        else:
            self.query_one(Rows).light_number(number)

    def on_face_clicked(self, event: Face.Clicked) -> None:
        """A first click lights a card, a second does what Enter does, one on its aim turns that."""
        event.stop()
        if event.key != self.in_hand:
            self.light(event.key)
        elif event.aims:
            self.turn_dial(event.key, 1)
        else:
            self.do(event.key)

    def on_slot_clicked(self, event: Slot.Clicked) -> None:
        event.stop()
        self.light(event.key)

    def lit_changed(self) -> None:
        self.asking = False
        if self.query_one(Rows).lit:
            self.in_hand = ""
        if self.lit != self._lit:
            self._before, self._lit = self._lit, self.lit
            self.query_one("#told", FramedPane).to_top()
        super().lit_changed()

    def finish(self) -> None:
        """End the turn."""
        self.asking = False
        self.play(End(self.seat))

    def action_end(self) -> None:
        if self.asking or not self.turn_now.undone():
            self.finish()
            return
        self.asking, self.mode = True, COMMIT
        self.repaint()

    def action_back(self) -> None:
        if self.asking or self.mode != COMMIT:
            self.asking, self.mode, self.refused = False, COMMIT, ""
            self.repaint()
            return
        super().action_back()

    def _enter(self, mode: str) -> None:
        if self.in_orders:
            self.mode = COMMIT if self.mode == mode else mode
            self.asking, self.refused = False, ""
            self.repaint()
            if self.mode != COMMIT and not self.lit.startswith("card:"):
                cards = self.lens.view.hands[self.seat]
                if cards:
                    self.light(f"card:{cards[0]}")

    def action_discard(self) -> None:
        self._enter(DISCARD)

    def action_tell(self) -> None:
        self._enter(TELL)

    def relight(self, undone: Move) -> None:
        self.light(row_of(undone))

    def action_compare(self) -> None:
        """Set the row lit before beside every row lit from now on; once more: no longer."""
        self.against = "" if self.against else self._before or self.lit
        self.repaint()

    def action_offer(self) -> None:
        if self.in_orders:
            from wargame.tui.play.desk import DeskScreen

            self.asking = False
            self.put_up(DeskScreen(self.table, self.seat), self.offered)

    def accuse(self) -> None:
        """Open the page of accusations."""
        from wargame.tui.play.accuse import AccuseScreen

        self.put_up(AccuseScreen(self.table, self.seat), self.offered)

    def action_asked(self) -> None:
        """What the exercise asks of the seat, or a reason that nobody asked for."""
        if self.in_orders:
            from wargame.tui.play.asked import AskedScreen

            self.put_up(AskedScreen(self.table, self.seat), lambda _none: self.repaint())

    def offered(self, beats: list[Beat] | None) -> None:
        """The desk, or the page of accusations, has closed."""
        self.beats += beats or []
        self.changed()
        self.leave_if_done()


def keys_line(keys: Sequence[tuple[str, str]], width: int) -> list[Content]:
    """Keys and what they do, on as many lines as they take."""
    parts = [
        join((put(f" {key} ", "bold $foreground on $panel"), put(f" {does}", DIM))) for key, does in keys
    ]
    lines: list[Content] = []
    for part in parts:
        if lines and lines[-1].cell_length + part.cell_length + 2 <= width:
            lines[-1] = join((lines[-1], "  ", part))
        else:
            lines.append(part)
    return lines
