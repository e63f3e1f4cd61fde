"""The frame that the screens of a game share: a title, rows at the left, panes beside them, a bottom line.

A screen says what is in them (`rows`, `about`, …); this lays them out and repaints them when the lit row,
the size or the game changes. All of it is opaque, for a translucent screen would show what lies below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key, MouseMove
from textual.widgets import Static

from wargame.rules.scenario import Scenario
from wargame.table.seen import SeenTable
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.kit import guide
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.framed import FramedPane
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.hosted import hosted_lines
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import BAD, DIM, fit, join, put, stack, wrapped
from wargame.tui.kit.pane import Scrolled, cut
from wargame.tui.kit.press import has_messages, new_said, something_waits
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.rulebook import book_of
from wargame.tui.kit.topics import Topic, screen_name, topic_of
from wargame.tui.settings import settings_of
from wargame.words.pages import guide as advice
from wargame.words.pages import kit as say

T = TypeVar("T")

WIDE, HUGE = 116, 160
"""Columns from which there is a third pane, and from which all panes are broader."""
TALL = 30
"""Rows from which lists have headings of their own."""


class TableScreen(GuardedScreen[T]):
    """A screen on a running table, seen through one viewer's eyes (`None`: the whole room's)."""

    DEFAULT_CSS = """
    TableScreen {
        layout: vertical;
        background: $background;
        & #top { height: auto; }
        & #body { height: 1fr; }
        & Rows { height: 100%; max-height: 100%; background: $background; scrollbar-size-vertical: 1; }
        & Rows > .option-list--option-disabled { color: $foreground; }
        & .pane { height: 100%; scrollbar-size-vertical: 1; background: $background; }
        & .pane.beside { padding-left: 1; }
        & .beside:focus { background-tint: $foreground 4%; }
        & .pane > Static { width: 100%; }
        & #why { height: auto; }
        & #under { height: auto; }
    }
    """
    AUTO_FOCUS = "Rows"
    messages: ClassVar[bool] = False
    """Whether messages are read and written from here, by the seat whose own screen it is."""
    unlit: ClassVar[bool] = False
    """Whether nothing is lit until somebody lights a row: for what can't be taken back."""
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "do", "turn-back", "turn-on", "next-pane", *LIGHT, "why", "board", "log", "hints"
    )

    so_far: Lens | None = None
    """What it looks through where not all is to be seen yet; None: it shows the table as it stands."""

    def __init__(self, table: SeenTable, viewer: str | None) -> None:
        super().__init__()
        self.table = table
        self.viewer = viewer
        self.explains = False
        self.refused = self._refused_of = ""
        self.moved = False
        self._lens: Lens | None = None
        self._seen = 0
        self._page = 0
        self._row_told = ""
        self._shown: dict[str, tuple[Content, ...]] = {}

    # --- what a screen says ------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        """The lines above everything."""
        return ()

    def rows(self, width: int) -> Sequence[Row]:
        """The list at the left."""
        return ()

    def about(self, lit: str, width: int) -> Sequence[Content]:
        """The pane that explains the lit row."""
        return ()

    def aside(self, width: int) -> Sequence[Content]:
        """The third pane, where there is room for one."""
        return ()

    def why(self, lit: str) -> str:
        """One line on the lit row."""
        return ""

    def why_more(self, lit: str) -> Sequence[str]:
        """What `w` adds to it."""
        return ()

    @property
    def scenario_shown(self) -> Scenario:
        return self.table.scenario

    def topic(self, lit: str) -> Topic:
        """What a row is about: for help, rules, glossary and the text under the mouse."""
        kind, _, id_ = lit.partition(":")
        names = (id_, self.lens.words.track(id_)) if kind == "track" else ()
        return topic_of(screen_name(self), lit, *names)

    @property
    def hint_page(self) -> str:
        """The page of the scenario's own hints that this is; "" if they have none for it."""
        return ""

    def guide(self, lit: str) -> str:
        """What leads a person through a first turn, instead of the line on the lit row."""
        return ""

    def under(self, width: int) -> Sequence[Content]:
        """The lines between the panes and the bottom line."""
        return ()

    def hints(self, lit: str) -> Sequence[Hint]:
        """What may be done now, the most important first."""
        return ()

    def lead(self) -> Content:
        """What stands before the hints."""
        return Content("")

    def do(self, lit: str) -> None:
        """Do what the lit row says."""

    def turn(self, lit: str, by: int) -> None:
        """Turn the dial of the lit row."""

    def begin_again(self, *given: Any) -> None:
        super().begin_again(*given)
        self.explains = self.moved = False
        self.refused = self._refused_of = self._row_told = ""
        self._seen = -1
        for foot in self.query(Foot):
            foot.tick("")  # a clock that ran then may stand, or run for something else
        for text in self.query(Scrolled):
            text.scroll_home(animate=False)
        for pane in self.query(FramedPane):
            pane.to_top()
        for rows in self.query(Rows):
            rows.begin_again()

    # --- the frame ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield Static(id="top", markup=False)
        with Horizontal(id="body"):
            yield from self.widgets()
        yield Static(id="why", markup=False)
        yield Static(id="under", markup=False)
        yield from self.below()
        if self.table.hosted:
            yield Static(id="hosted", markup=False)
        yield Foot(id="foot")

    def below(self) -> ComposeResult:
        """What stands on the bottom line."""
        return ()

    def widgets(self) -> ComposeResult:
        """What stands between the top and the lines at the bottom."""
        yield Rows(id="rows", unlit=self.unlit)
        yield from self.texts()

    @staticmethod
    def texts() -> ComposeResult:
        """The panes of text beside the rows."""
        with Scrolled(id="about", classes="pane"):
            yield Static(id="about-text", markup=False)
        with Scrolled(id="aside", classes="pane"):
            yield Static(id="aside-text", markup=False)

    def on_mount(self) -> None:
        self.repaint()

    def on_resize(self) -> None:
        self.repaint()

    @property
    def lens(self) -> Lens:
        """What the viewer sees now; kept until the game changes."""
        if self._lens is None:
            self._seen = self.table.version
            self._lens = self.so_far or Lens(self.table, self.viewer)
        return self._lens

    def changed(self) -> None:
        """The game has moved: look again."""
        self._lens = None
        self.repaint()

    def widths(self) -> tuple[int, int, int]:
        """The columns of the three panes; 0 for one that is not shown."""
        width = self.size.width
        if width >= HUGE:
            return 48, 62, width - 110
        if width >= WIDE:
            return 36, 46, width - 82
        rows = min(34 + max(width - 90, 0), 44)
        return rows, width - rows, 0

    @property
    def tall(self) -> bool:
        return self.size.height >= TALL

    @property
    def lit(self) -> str:
        rows = self.query_one_optional(Rows)
        return "" if rows is None else rows.lit

    def repaint(self) -> None:
        """Paint everything anew from the lens."""
        if self.gone or not self.is_mounted or not self.size.width:
            return
        left, _middle, right = self.widths()
        self.fit()
        self.lay_out()
        self._put("#top", self.top(self.size.width))
        for rows in self.query(Rows):
            rows.show(self.rows(left - 1))
        if right and self.query_one("#aside").display:
            self._put("#aside-text", self.aside(right - 2))
        self._put("#under", self.under(self.size.width))
        self.repaint_lit()

    def lay_out(self) -> None:
        """Give every pane its room, and hide those that have none."""
        left, middle, right = self.widths()
        for name, width in (("#rows", left), ("#about", middle), ("#aside", right)):
            for pane in self.query(name):
                pane.styles.width = width
                pane.display = bool(width)
                pane.set_class(bool(left), "beside")

    def repaint_lit(self) -> None:
        """Paint what follows from the lit row."""
        lit, middle = self.lit, self.widths()[1]
        self._put("#about-text", self.about(lit, middle - 2))
        self._say(lit)

    def _say(self, lit: str) -> None:
        """The bottom line, and the lines above it on what is lit."""
        self.begin_anew(lit)
        foot, lead = self.query_one(Foot), self.lead()
        foot.show(self._with_messages(self.hints(lit)), lead)
        above = wrapped(lead.rstrip(), self.size.width - 1) if foot.cuts else []
        self._put("#why", [*above, *self._why(lit)])
        self.tell_hosted()

    def tell_hosted(self) -> None:
        """Tell above the foot how it stands now with a table whose people have screens of their own."""
        if self.table.hosted and self.query("#hosted"):
            self._put("#hosted", hosted_lines(self.table, self.lens, self.size.width))

    def _with_messages(self, hints: Sequence[Hint]) -> Sequence[Hint]:
        """The hints, with the key of messages next to the first one when something new waits there."""
        shown = [hint for hint in hints if hint.action == "message"] or self.message_hint()
        others = [hint for hint in hints if hint.action != "message"]
        if shown and something_waits(self.app, self.table, self.writer):
            return [*others[:1], *shown, *others[1:]]
        return hints if len(others) < len(hints) else [*hints[:2], *shown, *hints[2:]]

    def _why(self, lit: str) -> list[Content]:
        """At most two lines, the second cut where more would follow; after `w` all there is to say."""
        led = self._led(lit)
        if led:
            return led
        width, said = self.size.width - 1, self.refused or self.why(lit)
        style = BAD if self.refused else ""
        lines = (
            wrapped(
                join((put(f"{say.WHY}  ", style or DIM), put(said, style))), width, indent=len(say.WHY) + 2
            )
            if said
            else []
        )
        if not self.explains:
            return lines if len(lines) <= 2 else [lines[0], fit(join((lines[1], " …")), width)]
        more = [line for clause in self.why_more(lit) for line in wrapped(clause, width - 5, indent=2)]
        lines += [join(("     ", line)) for line in more]
        return cut(lines, width, self.size.height // 2, "     …") or [put(f"{say.WHY}  {say.NO_MORE}", DIM)]

    def _led(self, lit: str) -> list[Content]:
        """The hint of the scenario or of a first turn.

        There is none where somebody asks why, was refused something or wants no hints.
        """
        if self.refused or self.explains or not guide.hints_on(self.app, self.table):
            return []
        own = guide.declared(self.table, self.lens, self.hint_page, lit)
        said, label = (own, advice.HINT) if own else (self.guide(lit), advice.LABEL)
        return guide.lines(said, self.size.width - 1, settings_of(self.app).keys, label) if said else []

    def _put(self, name: str, lines: Sequence[Content]) -> None:
        """Show these lines, if they are others; panes are arranged anew only if they are more or fewer."""
        shown = tuple(lines)
        before = self._shown.get(name)
        if shown != before:
            self._shown[name] = shown
            where = self.query_one(name, Static)
            where.update(stack(lines), layout=before is None or len(before) != len(shown))
            where.display = bool(lines)

    # --- keys --------------------------------------------------------------------------------------

    def on_rows_lit(self) -> None:
        self.lit_changed()

    def lit_changed(self) -> None:
        """Another row is lit, or none. Word of it may come after Enter on that row, and what that said."""
        if self.lit != self._refused_of:
            self.refused = ""
        self.moved, self.explains = True, False
        self.repaint_lit()
        self.to_top()

    def refuse(self, sentence: str) -> None:
        """Say why something can't be done."""
        self.refused, self._refused_of = sentence, self.lit
        self.repaint_lit()
        self.app.bell()

    def to_top(self) -> None:
        """Begin at the top of what is told of the lit row."""
        if pane := self.query_one_optional("#told", FramedPane):
            pane.to_top()
        self.query_one("#about", Scrolled).scroll_home(animate=False)

    def begin_anew(self, lit: str) -> None:
        """Begin at the top where another row is told of than before, also if nobody has lit it with a key."""
        if lit != self._row_told:
            self._row_told = lit
            self.to_top()

    def on_key(self, event: Key) -> None:
        """Esc closes what explains the lit row before it does anything else."""
        if event.key == "escape" and self.explains:
            event.stop()
            event.prevent_default()
            self.action_why()

    def do_lit(self) -> None:
        self.action_do()

    def action_do(self) -> None:
        self.do(self.lit)

    def action_turn(self, by: int) -> None:
        self.turn(self.lit, by)

    def action_light(self, number: int) -> None:
        for rows in self.query(Rows):
            rows.light_number(number)

    def action_why(self) -> None:
        self.explains = not self.explains
        self.repaint_lit()

    def action_hints(self) -> None:
        guide.switch(self.app, self.table)
        self.repaint_lit()

    def on_mouse_move(self, event: MouseMove) -> None:
        """A row under the mouse says what it is about; only what is true of any such row."""
        rows = event.widget
        if isinstance(rows, Rows):
            book = book_of(self.table.scenario)
            rows.tooltip = put(self.topic(rows.hovered).tip(book)) if rows.hovered else None

    def action_next_pane(self) -> None:
        self.focus_next()

    def pause(self) -> None:
        """Ask the program to pause here."""
        self.call_later(self.ask, "pause")

    def on_screen_resume(self) -> None:
        """Back in front: the game may have gone on meanwhile."""
        if not self.gone:
            self.catch_up()

    def catch_up(self) -> None:
        """Look again, if the game has changed since this was painted; somebody may have written."""
        if self._lens is not None and self._seen != self.table.version:
            self.changed()
        elif self._shown:
            self._say(self.lit)

    # --- messages ----------------------------------------------------------------------------------

    @property
    def writer(self) -> str:
        """The seat that reads and writes messages here; "" where nobody does, as before a whole room."""
        face = self.table.hosted
        return (face.seat or "") if face is not None and self.messages else ""

    @property
    def writes(self) -> bool:
        """Whether there are messages here, or there is a poll."""
        return has_messages(self.table, self.writer)

    def message_hint(self) -> list[Hint]:
        """What the key of messages would show, where there may be some."""
        if not self.writes:
            return []
        return [Hint("m", new_said(self.app, self.table, self.writer), "message")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the key of messages do nothing where there are none."""
        return action != "message" or self.writes

    def action_message(self) -> None:
        from wargame.tui.play.messages import MessagesScreen

        messages = self.guard.shelved(MessagesScreen, self.table, self.writer)
        self.put_up(messages, lambda _none: self.repaint_lit())

    def action_board(self) -> None:
        from wargame.tui.board.board import BoardScreen

        self.put_up(self.guard.shelved(BoardScreen, self.table, self.viewer))

    def action_log(self) -> None:
        from wargame.tui.board.log import LogScreen

        self.put_up(self.guard.shelved(LogScreen, self.table, self.viewer))


class PageScreen(TableScreen[None]):
    """A page to read from one edge to the other, without a list; any way out goes back."""

    AUTO_FOCUS = "#about"
    messages = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("message")

    def widgets(self) -> ComposeResult:
        with Scrolled(id="about", classes="pane"):
            yield Static(id="about-text", markup=False)

    def widths(self) -> tuple[int, int, int]:
        return 0, self.size.width, 0

    def hints(self, lit: str) -> Sequence[Hint]:
        return [*usual("back"), Hint("↑↓", say.SCROLL), *usual("help")]

    def do(self, lit: str) -> None:
        self.conclude()

    def action_back(self) -> None:
        self.conclude()
