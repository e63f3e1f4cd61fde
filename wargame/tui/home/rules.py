"""The rulebook of the scenario and its cards: a section at a time. Links inside it lead to their section."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Markdown

from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import fit
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.rows import Index, Row, Rows
from wargame.words.pages import home as say

if TYPE_CHECKING:
    from wargame.rulebook import Rulebook

WIDTH = 26
"""Columns of the list of headings."""
REST = 0.1
"""Seconds that a heading must be lit before its text is laid out."""


class RulesScreen(GuardedScreen[None]):
    """Headings at the left, the lit one's text beside; opens at the section with the slug `at`.

    Without a `book` it says that there is none.
    """

    AUTO_FOCUS = "Index"
    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "next-pane")

    def __init__(self, book: Rulebook | None, at: str = "") -> None:
        super().__init__()
        self.book = book
        self.sections = (*book.sections, *book.cards) if book else ()
        self._opened_at = at
        self._shown = -1
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Vertical(classes="framed", id="list"):
                yield Index(id="contents")
            with Sheet(id="text", classes="framed"):
                yield Markdown(open_links=False)
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one("#list"), say.THE_RULES)
        rows = []
        for at, section in enumerate(self.sections):
            label = f"{'  ' * max(section.depth - 2, 0)}{section.title}"
            rows.append(Row(f"section:{at}", fit(label, WIDTH - 2)))
        self.query_one(Rows).show(rows)
        self.query_one(Foot).show(
            [
                Hint("↑↓", say.SECTION),
                Hint("PgDn PgUp", say.SCROLL),
                Hint("Tab", say.INTO_THE_TEXT, "next_pane"),
                *usual("back"),
            ]
        )
        self._go(self._opened_at)
        self._show()

    def _go(self, anchor: str) -> None:
        """Light the section of that slug; nothing happens if there is none."""
        found = [at for at, section in enumerate(self.sections) if section.slug == anchor]
        if found:
            self.query_one(Rows).light(f"section:{found[0]}")

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        if event.href.startswith("#"):
            self._go(event.href.removeprefix("#"))
        else:
            self.notify(say.not_in_rules(event.href), markup=False)

    def on_rows_lit(self) -> None:
        """Laying out a section takes longer than a key held down waits for the next."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.after(REST, self._show)

    def do_lit(self) -> None:
        self.action_next_pane()

    def _show(self) -> None:
        """Lay out the lit section, unless it is there already. It is not waited for: the reader may leave."""
        at = int(self.query_one(Rows).lit.partition(":")[2] or 0)
        if self.book is None:
            self.query_one(Markdown).update(say.NO_RULES)
        if at == self._shown or self.book is None:
            return
        from wargame.rulebook import told_at

        self._shown = at
        entitle(self.query_one("#text"), self.sections[at].title)
        self.query_one("#text", Sheet).scroll_home(animate=False)
        self.query_one(Markdown).update(told_at(self.sections, at))

    def action_next_pane(self) -> None:
        self.focus_next()

    def action_back(self) -> None:
        self.leave(None)
