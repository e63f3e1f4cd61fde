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
    seat_colour,
    stack,
    wrapped,
)
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.rows import Index, Row, Rows
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.view import MapView
from wargame.tui.play.hand import Face, FaceUp
from wargame.tui.play.know import KnowScreen
from wargame.tui.preview.files import Sight
from wargame.tui.preview.parts import BOARD, listed, title, told
from wargame.words import Words
from wargame.words.pages import play
from wargame.words.pages import preview as say

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
        for part in listed(self.lens) if self.lens else ():
            yield part._replace(line=fit(part.line, LIST - 2))

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
        heading = say.PROBLEMS if problems or not warnings else say.WARNINGS
        count = [say.problems(len(problems))] if problems or not warnings else []
        count += [say.warnings(len(warnings))] if warnings else []
        pane.entitle(put(heading, BAD if problems else HEAD), ", ".join(count))
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
        self._put("#told", list(told(lens, lit, width)) if lens else [put(say.NOTHING_YET, DIM)])
        self.query_one("#text", Sheet).entitle(title(lens, lit) if lens else self.name_of)
        opens = [Hint("Enter", say.OPEN, "do")] if kind in (BOARD, "seat") else []
        leave, look = Hint("q", say.LEAVE, "quit"), Hint("↑↓", say.LOOK)
        into = Hint("Tab", say.INTO, "next_pane")
        self.query_one(Foot).show([*opens, leave, look, into, *usual("rules", "help")])

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
