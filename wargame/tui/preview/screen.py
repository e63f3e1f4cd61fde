"""The page of the preview: everything in the scenario at the left, the lit one beside, problems below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.rules.scenario import Scenario
from wargame.rules.spec import Action, Card, News
from wargame.tui.actions import bindings
from wargame.tui.board.board import BoardScreen
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.frame import SIDES
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    DIM,
    HEAD,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    stack,
    wrapped,
)
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.rows import Index, Row, Rows
from wargame.tui.kit.tracks import track_rows
from wargame.tui.kit.world import world_lines
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView
from wargame.tui.play.hand import Face, FaceUp
from wargame.tui.play.know import KnowScreen
from wargame.tui.preview.files import Sight
from wargame.words import Words, grammar
from wargame.words.pages import play
from wargame.words.pages import preview as say
from wargame.words.texts import cited

if TYPE_CHECKING:
    from wargame.table import Table

LIST = 32
"""Columns of the list, less its border."""
MEASURE = 72
"""The longest line of a text that reads well."""
WIDE = 100
"""Columns from which a card's text stands beside its face."""
FACE = 28
"""Columns of a face."""
EDGES = 8
"""Columns beside the text: its border, its padding, and a scroll bar, whether there is one or not."""
BOARD = "board"


class PreviewScreen(GuardedScreen[None]):
    """Shows a scenario; while its files are broken, what was sound last, and the problems."""

    AUTO_FOCUS = "Index"
    BINDINGS: ClassVar[list[BindingType]] = bindings("do", "next-pane", "board", "back", "quit")

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name_of = name
        self.sight = Sight(None)
        self._shown: dict[str, tuple[Content, ...]] = {}
        self.table: Table | None = None
        self.lens: Lens | None = None
        """What the room sees of the last sound scenario; None until there has been one."""

    @property
    def scenario_shown(self) -> Scenario | None:
        return self.lens.scenario if self.lens else None

    def compose(self) -> ComposeResult:
        with Horizontal(id="body"):
            with Vertical(classes="framed", id="list"):
                yield Index(id="contents")
            with Sheet(id="text", classes="framed"), Container(id="shown"):
                yield MapView(id="map")
                yield Face()
                yield Static(id="told", markup=False)
        with Sheet(id="wrong", classes="framed"):
            yield Static(id="problems", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self.repaint()

    def on_resize(self) -> None:
        self.repaint()

    def on_screen_resume(self) -> None:
        """Come in front: the files or the size may have changed meanwhile."""
        self.repaint()

    def on_pane_sized(self) -> None:
        if self.in_front:
            self._show()

    def follow(self, sight: Sight) -> None:
        """Show what the files have become."""
        self.sight = sight
        if sight.table is not None:
            self.table, self.lens = sight.table, Lens(sight.table, None)
        if self.is_mounted and not self.gone:
            self.repaint()

    def repaint(self) -> None:
        """Paint everything anew."""
        if not self.in_front or not self.size.width:
            return  # it is painted when it comes in front again
        entitle(self.query_one("#list"), say.CONTENTS)
        self.query_one(Rows).show(list(self._rows()))
        self._tell_problems()
        self._show()

    # --- the list ------------------------------------------------------------------------------------------

    def _rows(self) -> Iterator[Row]:
        if self.lens is None:
            return
        scenario, words = self.lens.scenario, self.lens.words
        yield self._row(BOARD, put(say.THE_BOARD))
        yield self._heading(say.SEATS)
        for seat in scenario.seat_ids:
            yield self._row(f"seat:{seat}", join((seat_badge(scenario, seat), f" {words.seat(seat)}")))
        for seat in scenario.seat_ids:
            yield self._heading(words.heading(seat).upper())
            for card in scenario.decks[seat]:
                yield self._row(f"card:{card}", put(words.card(card)))
            yield self._row(f"card:{scenario.actions[seat].id}", put(words.card(scenario.actions[seat].id)))
        yield self._heading(say.NEWS)
        for news in scenario.spec.news:
            yield self._row(f"news:{news.id}", put(words.said(news.title)))
        if scenario.spec.deals:
            yield self._heading(say.DEALS)
        for deal in scenario.spec.deals:
            yield self._row(f"deal:{deal.id}", put(words.deal(deal.id)))

    @staticmethod
    def _row(key: str, line: Content) -> Row:
        return Row(key, fit(line, LIST - 2))

    @staticmethod
    def _heading(title: str) -> Row:
        return Row("", fit(put(title, HEAD), LIST - 2))

    # --- problems ------------------------------------------------------------------------------------------

    def _tell_problems(self) -> None:
        problems, warnings = self.sight.problems, self.sight.warnings
        pane, width = self.query_one("#wrong", Sheet), max(self.size.width - 5, 20)
        lines: list[Content] = []
        for complaints, style in ((problems, BAD), (warnings, CHANGE)):
            for one in complaints:
                place = put(f"{one.where} ", style)
                lines += wrapped(join((place, put(one.message))), width, indent=2)
        if self.sight.table is None and self.lens is not None:
            lines.append(put(say.AS_BEFORE, DIM))
        title = say.PROBLEMS if problems or not warnings else say.WARNINGS
        count = [say.problems(len(problems))] if problems or not warnings else []
        count += [say.warnings(len(warnings))] if warnings else []
        pane.entitle(put(title, BAD if problems else HEAD), ", ".join(count))
        pane.set_class(bool(problems), "-broken")
        self._put("#problems", lines or [put(say.SOUND, DIM)])

    def _put(self, name: str, lines: Sequence[Content]) -> None:
        """Show these lines, if they are others: nothing is laid out anew for the same."""
        if self._shown.get(name) != (shown := tuple(lines)):
            self._shown[name] = shown
            self.query_one(name, Static).update(stack(lines))

    # --- what is lit ---------------------------------------------------------------------------------------

    def on_rows_lit(self) -> None:
        self.query_one("#text", Sheet).scroll_home(animate=False)
        self._show()

    def _show(self) -> None:
        """Show what the lit row stands for."""
        lit, lens = self.query_one(Rows).lit, self.lens
        kind, _, id_ = lit.partition(":")
        face = self._face(kind, id_) if lens else None
        maps = lens is not None and kind == BOARD and lens.scenario.mapped
        self.query_one(MapView).display = maps
        if maps and lens is not None:
            self.query_one(MapView).show(chart_of(lens))
        painted = self.query_one(Face)
        painted.display = face is not None
        painted.turn_up(face, False)
        beside = self.size.width >= WIDE and face is not None
        self.query_one("#shown").set_class(beside, "-beside")
        room = max(self.query_one("#text").outer_size.width - EDGES, 20)
        width = min(room - (FACE + 2 if beside else 0), MEASURE)
        self._put("#told", list(self._told(kind, id_, width)))
        self.query_one("#text", Sheet).entitle(self._title(kind, id_) if lens else self.name_of)
        opens = [Hint("Enter", say.OPEN, "do")] if kind in (BOARD, "seat") else []
        leave, look = Hint("q", say.LEAVE, "quit"), Hint("↑↓", say.LOOK)
        into = Hint("Tab", say.INTO, "next_pane")
        self.query_one(Foot).show([*opens, leave, look, into, *usual("rules", "help")])

    def _title(self, kind: str, id_: str) -> str:
        assert self.lens is not None
        words = self.lens.words
        names = {"seat": words.seat, "card": words.card, "news": words.news, "deal": words.deal}
        return names[kind](id_) if kind in names else words.said(self.lens.scenario.spec.title)

    def _face(self, kind: str, id_: str) -> FaceUp | None:
        assert self.lens is not None
        scenario = self.lens.scenario
        if kind == "card" and id_ in scenario.cards:
            seat = next(
                seat
                for seat in scenario.seat_ids
                if id_ in (*scenario.decks[seat], scenario.actions[seat].id)
            )
            return face_up(self.lens.words, scenario.cards[id_], seat_colour(scenario, seat))
        return (
            face_up(self.lens.words, scenario.news[id_], "")
            if kind == "news" and id_ in scenario.news
            else None
        )

    def _told(self, kind: str, id_: str, width: int) -> Iterator[Content]:
        """Yield the text beside a face or under the map, or the whole page."""
        if self.lens is None:
            yield put(say.NOTHING_YET, DIM)
            return
        tells = {
            BOARD: self._board,
            "seat": self._seat,
            "card": self._card,
            "news": self._event,
            "deal": self._deal,
        }
        if kind in tells:
            yield from tells[kind](id_, width)

    def _board(self, _id: str, width: int) -> Iterator[Content]:
        assert self.lens is not None
        if self.lens.scenario.mapped:
            yield from (row.line for row in track_rows(self.lens, width, headings=True))
        else:
            yield from world_lines(self.lens, width)

    def _seat(self, seat: str, width: int) -> Iterator[Content]:
        assert self.lens is not None
        words = self.lens.words
        for told in words.briefing(seat, self.lens.view.rounds):
            label = put(f"{told.title}  " if told.title else "", "bold")
            yield from wrapped(join((label, put(told.text))), width, indent=2 if told.title else 0)
        for agenda in self.lens.scenario.spec.agendas:
            if agenda.seat == seat:
                told = words.agenda(agenda.id)
                head = join((put(f"{say.AGENDA}: ", HEAD), put(f"{told.title}  ", "bold"), put(told.text)))
                yield from wrapped(head, width, indent=2)

    def _card(self, card: str, width: int) -> Iterator[Content]:
        assert self.lens is not None
        spec, words = self.lens.scenario.cards[card], self.lens.words
        yield from self._lines(words.said(spec.text), words.card_text(spec), spec.source, width)

    def _event(self, news: str, width: int) -> Iterator[Content]:
        assert self.lens is not None
        spec, words = self.lens.scenario.news[news], self.lens.words
        fits = grammar.capital(words.condition(spec.when)) if spec.when else say.ANY_ROUND
        yield from wrapped(put(fits, DIM), width)
        yield from self._lines(words.said(spec.text), words.news_text(news), spec.source, width)

    def _deal(self, deal: str, width: int) -> Iterator[Content]:
        assert self.lens is not None
        spec, words = self.lens.scenario.deals[deal], self.lens.words
        yield from self._lines(words.said(spec.text), words.deal_text(spec), spec.source, width)

    @staticmethod
    def _lines(story: str, does: Sequence[str], source: str, width: int) -> Iterator[Content]:
        yield from wrapped(put(story, f"italic {DIM}"), width)
        yield Content("")
        for line in does:
            yield from wrapped(put(line), width, indent=2)
        if source:
            yield put(cited(source), DIM)

    # --- keys ----------------------------------------------------------------------------------------------

    def do_lit(self) -> None:
        self.action_do()

    def action_do(self) -> None:
        """Open the board or a seat's page as it is in the game."""
        kind, _, id_ = self.query_one(Rows).lit.partition(":")
        if self.table is None:
            return
        if kind == BOARD:
            self.put_up(BoardScreen(self.table))
        elif kind == "seat":
            self.put_up(KnowScreen(self.table, id_))

    def action_board(self) -> None:
        """Light the board."""
        self.query_one(Rows).light(BOARD)

    def action_next_pane(self) -> None:
        self.focus_next()

    def action_quit(self) -> None:
        """Leave: the files are the author's own, and no game is kept."""
        self.app.exit()

    def action_back(self) -> None:
        """Say how it is left: Esc alone leaves nothing here."""
        self.query_one(Foot).say(say.LEAVES)


def face_up(words: Words, card: Card | Action | News, colour: str) -> FaceUp:
    """Return a card as its face is painted in a hand, where nothing has been decided yet."""
    return FaceUp(
        key=card.id,
        number=0,
        title=words.said(card.title),
        cost=0 if isinstance(card, News) else card.cost,
        colour=colour,
        lines=tuple(map(put, words.face(card, FACE - SIDES))),
        foot="" if isinstance(card, News) else play.speed(card.speed, getattr(card, "quiet", False)),
        chances=tuple(int(said.partition("%")[0]) for said in words.chances(card)),
        aim=words.aims(card),
    )
