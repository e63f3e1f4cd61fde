"""Before the first orders of a person: the board, and who they are, what counts, and what they can do now.

The whole page of what a seat knows is one key away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from wargame.rules.moves import Commit, Offer, Signal
from wargame.rules.options import legal_moves
from wargame.rules.spec import Term
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.board.seats import Seats, wear
from wargame.tui.kit import guide
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.gauges import filled
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    GOOD,
    HEAD,
    SEALED,
    SECRET,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    wrapped,
)  # fmt: skip
from wargame.tui.kit.pane import Pane, Sheet, entitle
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView
from wargame.tui.play.know import KnowScreen
from wargame.tui.settings import settings_of
from wargame.words.pages import guide as advice
from wargame.words.pages import home as say
from wargame.words.pages import play
from wargame.words.texts import sentences as split_sentences

GROUND_FROM = 112
"""Columns from which the map lies beside the text."""
TEXT = 64
"""Columns of the text then."""
CARDS_FROM = 38
"""Rows from which the seats' cards have room below."""
READABLE = 66
"""The most columns of a text."""
ON_MAP = 50
"""Per cent of the map's rows that may be covered: the board is to be seen."""
NAME, BOXES, WORTH = 22, 13, 16
"""Columns of what counts: its name, its boxes, and what a step is worth."""


class FirstScreen(KnowScreen):
    """A seat's first page. Left for its orders by Enter or Esc, once it has been there for a moment."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("do", "back", "know")
    settles = True

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__(table, seat, briefing=True)

    # --- what there is room for ------------------------------------------------------------------------

    @property
    def paned(self) -> bool:
        """Never in panes: a map is beside the text."""
        return False

    @property
    def grounded(self) -> bool:
        """Whether the map is there, with what can be done lying on it."""
        return self.table.scenario.mapped and self.size.width >= GROUND_FROM

    def widgets(self) -> ComposeResult:
        with Sheet(id="about", classes="pane"):
            yield Static(id="about-text", markup=False)
        with Container(id="ground"):
            yield MapView(None, Pane(id="things"), id="map")

    def below(self) -> ComposeResult:
        yield Seats(self.table.scenario.seat_ids)

    def widths(self) -> tuple[int, int, int]:
        return 0, TEXT if self.grounded else self.size.width, 0

    def lay_out(self) -> None:
        self.query_one("#about").styles.width = self.widths()[1]
        self.query_one("#ground").display = self.grounded
        self.query_one(Seats).display = self.grounded and self.size.height >= CARDS_FROM

    # --- what is said ----------------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        lens = self.lens
        badge = seat_badge(lens.scenario, self.seat)
        own = put(f" {SEALED} {play.ONLY_YOU}", SECRET)
        when = put(f"   {play.when(lens.view.round, lens.view.rounds, lens.words.date(lens.view.round))}")
        title = put(f"   {lens.words.said(lens.scenario.spec.title).upper()}", HEAD)
        return [fit(join((" ", badge, own, when, title)), width).stylize_before("on $surface")]

    def about(self, lit: str, width: int) -> Sequence[Content]:
        width = min(width - 4, READABLE)
        lens, words, spec = self.lens, self.lens.words, self.lens.scenario.seats[self.seat]
        line = words.the_line(self.seat, lens.view.rounds, lens.score_said(self.seat))
        parts = [
            put(say.YOUR_AIM, HEAD),
            *wrapped(words.said(spec.wants), width),
            *wrapped(join((put(f"{say.YOU_FEAR} ", DIM), words.said(spec.fears))), width),
            Content(""),
            *self._head(say.YOUR_LINE, line, width),
            put(say.MOVES_SCORE, HEAD),
            *(self._counts(term, width) for term in lens.scenario.spec.scoring.seats[self.seat].terms),
            Content(""),
            *self._head(say.NEEDS_YOU, words.said(spec.needed), width),
            *self._secret(width),
        ]
        if not self.grounded:
            parts += [put(say.THREE_THINGS, HEAD), *self._things(width)]
        return parts

    @staticmethod
    def _head(title: str, text: str, width: int) -> list[Content]:
        return [put(title, HEAD), *wrapped(text, width), Content("")] if text else []

    def _counts(self, term: Term, width: int) -> Content:
        """What counts for the score: its boxes now, and what a step is worth."""
        lens, colour = self.lens, seat_colour(self.lens.scenario, self.seat)
        name = fit(put(lens.words.said(term.label)), NAME)
        costs = term.track is None and term.each < 0
        worth = put(lens.words.counts(term), BAD if costs else GOOD)
        if term.track is None:
            return fit(join((name, " " * BOXES, worth)), width)
        most = lens.scenario.tracks[term.track].most
        value = lens.view.tracks.get(term.track)
        now = put(say.now(value), DIM) if value is not None else put(SEALED, SECRET)
        boxes = filled(value, most, colour)
        return fit(join((name, fit(boxes, BOXES), fit(worth, WORTH), now)), width)

    def _secret(self, width: int) -> list[Content]:
        agenda = self.lens.view.agendas.get(self.seat)
        if not agenda:
            return []
        told = self.lens.words.agenda(agenda)
        head = join((put(f"{say.YOUR_AGENDA} {SEALED}  ", HEAD), put(told.title, "bold")))
        return [head, *wrapped(told.text, width), Content("")]

    def _things(self, width: int, rows: int = 1000) -> list[Content]:
        """Three things that can be done in a first turn, with their keys, and what the scenario advises."""
        lens, keys = self.lens, settings_of(self.app).keys
        view, words = lens.view, lens.words
        held, others, tells = self._may()
        digits = f"1–{max(len(view.hands[self.seat]), 1)}"
        said = (
            words.may_lay(held, view.influence[self.seat], digits),
            words.may_offer([one for one in lens.scenario.seat_ids if one in others], keys.shown("offer")),
            words.may_tell(tells, keys.shown("tell"), keys.shown("end")),
        )
        lines: list[Content] = []
        for nth, one in enumerate(said, 1):
            first, *rest = wrapped(one, width - 4)
            lines += [
                join((put(f" {nth} ", "bold reverse"), " ", first)),
                *(line.pad_left(4) for line in rest),
            ]
        if advised := words.said(lens.scenario.seats[self.seat].first_turn):
            lines += self._advice(advised, width, rows - len(lines))
        return lines

    def _may(self) -> tuple[list[str], set[str], bool]:
        """The cards that can be laid, the seats that can be offered a deal, and whether a card can be told.

        Before its turn: what it can pay, and whom it could ever sign with.
        """
        lens, view = self.lens, self.lens.view
        if not self.its_turn:
            purse, deals = view.influence[self.seat], lens.scenario.offer_groups.get(self.seat, ())
            affordable = [card for card in view.hands[self.seat] if lens.scenario.cards[card].cost <= purse]
            return affordable, {other for _deal, other, _moves in deals}, True
        moves = legal_moves(view)
        held = dict.fromkeys(move.card for move in moves if isinstance(move, Commit))
        offered = [lens.scenario.deals[move.deal].between for move in moves if isinstance(move, Offer)]
        others = {other for pair in offered for other in pair if other != self.seat}
        return list(held), others, any(isinstance(move, Signal) for move in moves)

    def _advice(self, advised: str, width: int, rows: int) -> list[Content]:
        """As many whole sentences as there is room for below a blank line, and where the others are."""
        sentences = split_sentences(advised)
        rest = put(say.tells_the_rest(settings_of(self.app).keys.shown("know")), DIM)
        for count in range(len(sentences), 0, -1):
            lines = [Content(""), *wrapped(put(" ".join(sentences[:count]), DIM), width)]
            lines += [rest] if count < len(sentences) else []
            if len(lines) <= rows:
                return lines
        return []

    @property
    def its_turn(self) -> bool:
        """Whether its orders come next; else the news do."""
        return self.table.seat_to_play == self.seat and self.table.game.state.phase == "orders"

    @property
    def hint_page(self) -> str:
        return "first"

    def guide(self, lit: str) -> str:
        return advice.FIRST if self.its_turn else advice.BEFORE_ALL

    # --- painting --------------------------------------------------------------------------------------

    def repaint_lit(self) -> None:
        super().repaint_lit()
        lens = self.lens
        about = self.query_one("#about")
        entitle(about, f"{lens.scenario.seats[self.seat].symbol} {say.you_are(lens.words.party(self.seat))}")
        wear(about, lens.scenario, self.seat)
        if self.grounded:
            view = self.query_one(MapView)
            home = lens.scenario.seats[self.seat].place
            view.show(chart_of(lens, [home] if home else []))
            self.query_one(Seats).show(lens, None if lens.apart else self.seat)
            self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        if self.gone or not self.is_attached:
            return
        things = self.query_one("#things", Pane)
        things.entitle(say.THREE_THINGS, say.hints_lead(advice.LABEL))
        width = min(max(things.content_size.width, 20), READABLE)
        rows = max(self.query_one(MapView).size.height * ON_MAP // 100 - 2, 10)
        things.tell(self._things(width, rows))

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            Hint("Enter", say.TO_YOUR_ORDERS if self.its_turn else say.TO_THE_NEWS, "do"),
            Hint("i", say.ALL_YOU_KNOW, "know"),
            Hint("↑↓", say.SCROLL),
            *usual("rules", "help"),
        ]

    # --- keys ------------------------------------------------------------------------------------------

    def action_know(self) -> None:
        self.put_up(self.guard.shelved(KnowScreen, self.table, self.seat))


def briefing(table: SeenTable, seat: str) -> KnowScreen:
    """Return what a seat reads before it moves: at its first orders that page, later all that it knows."""
    first = guide.is_first_turn(table, seat)
    return FirstScreen(table, seat) if first else KnowScreen(table, seat, briefing=True)
