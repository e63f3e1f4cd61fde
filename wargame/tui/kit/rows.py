"""The list at the left of every screen: headings, and rows to light, number and turn.

One click lights a row, another does it; a lit row carries a mark as well as a colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from wargame.tui.actions import bindings
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.lines import Painted, changes
from wargame.tui.kit.paint import join, put
from wargame.tui.kit.pane import turn_page

LIT, UNLIT = "▸", " "


class Row(NamedTuple):
    """One line of the list. `key` names what it stands for; a heading (no key) can't be lit.

    `number` is the digit that lights it, 0 for none. `of` is the key of the row that a heading goes on from:
    a click on it is a click on that row.
    """

    key: str
    line: Content
    number: int = 0
    of: str = ""


class Rows(OptionList):
    """Rows by key. Says `Lit` when another one is lit, and lets its screen do the lit one.

    With `unlit` nothing is lit until somebody lights a row.
    """

    class Lit(Message):
        """Another row is lit."""

    highlighted: reactive[int | None] = reactive(None, repaint=False)
    """As in every list, but that only the two rows are painted that differ."""

    def __init__(self, *, id: str | None = None, unlit: bool = False) -> None:
        self._painted = Painted(self)
        super().__init__(id=id, markup=False, compact=True)
        self._unlit = unlit
        self._rows: list[Row] = []
        self._marked: int | None = None

    def show(self, rows: Sequence[Row]) -> None:
        """Paint these rows; the row that was lit stays lit if it is still there, else its place is."""
        before, self._rows = self._rows, list(rows)
        place, top = self.highlighted, self.scroll_offset.y
        if [row.key for row in rows] == [row.key for row in before] and (place is not None or self._unlit):
            seen = slice(top, top + self.size.height)
            was, now = ([row.line for row in shown[seen]] for shown in (before, self._rows))
            if changed := changes(was, now, self.size.width):
                self.refresh(*changed)
            return
        key = before[place].key if place is not None and place < len(before) else ""
        with self.prevent(Rows.Lit):
            self.set_options(Option(" ", disabled=not row.key) for row in rows)
            self.highlighted = self._place(key, place)
        self.scroll_to(y=top, animate=False)

    def _place(self, key: str, place: int | None) -> int | None:
        """Where that key is now; if it is gone, the nearest row of its kind, else the nearest row."""
        keys = [row.key for row in self._rows]
        if key and key in keys:
            return keys.index(key)
        if self._unlit and place is None:
            return None
        kind, lightable = key.partition(":")[0], [at for at, known in enumerate(keys) if known]
        same = [at for at in lightable if keys[at].partition(":")[0] == kind]
        return min(same or lightable, key=lambda at: abs(at - (place or 0)), default=None)

    @property
    def shown(self) -> Sequence[Row]:
        """The rows as they are painted now."""
        return self._rows

    @property
    def lit(self) -> str:
        """The key of the lit row, or ""."""
        at = self.highlighted
        return self._rows[at].key if at is not None and at < len(self._rows) else ""

    @property
    def hovered(self) -> str:
        """The key of the row under the mouse, or ""."""
        at = self._mouse_hovering_over
        return self._rows[at].key if at is not None and at < len(self._rows) else ""

    def unlight(self) -> None:
        """Let no row be lit, where that is how the list opens."""
        if self._unlit:
            self.highlighted = None

    def begin_again(self) -> None:
        """Have lit what is lit when the list opens, without a word of it, and hear the keys."""
        with self.prevent(Rows.Lit):
            self.highlighted = None if self._unlit else self._place("", None)
        self.scroll_home(animate=False)
        self.focus()

    def light(self, key: str) -> bool:
        """Light the row of that key; False if there is none."""
        for at, row in enumerate(self._rows):
            if row.key and row.key == key:
                self.highlighted = at
                return True
        return False

    def light_number(self, number: int) -> bool:
        """Light the row with that digit; False if there is none."""
        return any(self.light(row.key) for row in self._rows if number and row.number == number)

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        """Turn a page, if the rows are laid out; to the last row that can be lit where none is further on."""
        if not self.scrollable_content_region:
            return
        super()._move_page(direction)
        if self.highlighted is None:
            (self.action_last if direction > 0 else self.action_first)()

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Bring the lit row in view, with the lines that go on from it."""
        at = self.highlighted
        if at is not None and self.lit and self.is_mounted:
            after = at + 1
            while after < len(self._rows) and self._rows[after].of == self.lit:
                after += 1
            if after - at > 1:
                self.scroll_to_region(Region(0, at, 1, after - at), force=True, animate=False, immediate=True)
                return
        super().scroll_to_highlight(top)

    def on_resize(self) -> None:
        """Keep the lit row in view where there is less room than before."""
        self.scroll_to_highlight()

    def action_select(self) -> None:
        """Enter also counts where there is nothing to light. Keys behind it are heard when it is done."""
        if isinstance(self.screen, GuardedScreen):
            self.screen.do_lit()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Another row is lit: paint the two that differ, and tell the screen before it paints them."""
        for at in (self._marked, highlighted):
            if at is not None:
                self.refresh_lines(at, 1)
        self._marked = highlighted
        if self.lit:
            self.scroll_to_highlight()
            self.screen.post_message(self.Lit())

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painted.forget()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the columns of the longest row."""
        return max((row.line.cell_length for row in self._rows), default=0) + len(UNLIT)

    def render_line(self, y: int) -> Strip:
        """A row; the lit one has its mark. Each row is one line."""
        at, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if at >= len(self._rows):
            return Strip.blank(width, self.get_visual_style("option-list--option").rich_style)
        row, lit = self._rows[at], at == self.highlighted and bool(self.lit)
        looks = "disabled" if not row.key else "highlighted" if lit else ""
        looks = looks or ("hover" if at == self._mouse_hovering_over else "")
        names = ["option-list--option", *([f"option-list--option-{looks}"] if looks else [])]
        line = join((put(LIT, "bold") if lit else UNLIT, row.line))
        strip = self._painted.strip(line, width, self.get_visual_style(*names))
        return strip.apply_meta({"option": at})

    async def _on_click(self, event: events.Click) -> None:
        """A first click lights; a click on the lit row does it."""
        event.prevent_default()
        at = event.style.meta.get("option")
        if at is None or at >= len(self._rows):
            return  # a row that has gone while the click was on its way
        if self._rows[at].of:
            at = next((nth for nth, row in enumerate(self._rows) if row.key == self._rows[at].of), None)
        if at is None or not self._rows[at].key:
            return
        if at == self.highlighted:
            self.action_select()
        else:
            self.highlighted = at


class Index(Rows):
    """Rows beside or above a long text, the screen's `#text`, which the page keys scroll."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("page-on", "page-back")

    def action_page(self, by: int) -> None:
        """Scroll the text by a page."""
        turn_page(self.screen.query_one("#text"), by)
