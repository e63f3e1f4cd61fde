"""The glossary: the terms of the rulebook, those of the lit row first; Enter leads to their section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.tui.actions import LIGHT, bindings
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import DIM, HEAD, fit, join, put, stack, wrapped
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.rows import Index, Row, Rows
from wargame.tui.kit.topics import UNKNOWN, Topic
from wargame.words.pages import home as say

if TYPE_CHECKING:
    from wargame.rulebook import Rulebook, Term

WIDTH = 30
"""Columns of the list of terms."""
MEASURE = 68
"""The longest line of a text that reads well."""


class GlossaryScreen(GuardedScreen[None]):
    """The glossary of a `book`; `topic` is what one came from: its terms stand first, the leading one lit."""

    AUTO_FOCUS = "Index"
    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "do", "next-pane", *LIGHT)

    def __init__(self, book: Rulebook | None, topic: Topic = UNKNOWN) -> None:
        super().__init__()
        self.book = book
        self.near = topic.known(book)
        self.title_of_near = topic.title
        self.terms = book.glossary if book else ()

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Vertical(classes="framed", id="list"):
                yield Index(id="terms")
            with Sheet(id="text", classes="framed"):
                yield Static(id="meaning", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one("#list"), say.THE_GLOSSARY)
        self.query_one(Rows).show(list(self._rows()))
        self._show()

    def on_resize(self) -> None:
        self._show()

    def on_pane_sized(self) -> None:
        self._show()

    def _rows(self) -> Iterator[Row]:
        if self.near:
            yield Row("", fit(put(self.title_of_near.upper(), HEAD), WIDTH - 2))
        for nth, term in enumerate(self.near, 1):
            number = nth if nth <= 9 else 0
            line = join((put(f"{number or ' '} ", DIM), term.names[0]))
            yield Row(f"near:{term.key}", fit(line, WIDTH - 2), number)
        if self.near:
            yield Row("", Content(""))
        yield Row("", put(say.ALL_TERMS, HEAD))
        for term in self.terms:
            yield Row(f"term:{term.key}", fit(term.title, WIDTH - 2))

    @property
    def lit(self) -> Term | None:
        """The term that is being read."""
        key = self.query_one(Rows).lit.partition(":")[2]
        return next((term for term in self.terms if term.key == key), None)

    def topic(self, _lit: str) -> Topic:
        """Rules and help open at the section of the term."""
        term = self.lit
        return Topic(*say.ABOUT_GLOSSARY, term.section if term else "", (term.names[0],) if term else ())

    def _show(self) -> None:
        if not self.is_mounted:
            return
        width = min(self.query_one("#text").scrollable_content_region.width, MEASURE)
        if width <= 0:
            return
        entitle(self.query_one("#text"), self.lit.names[0].upper() if self.lit else "")
        self.query_one("#meaning", Static).update(stack(self._lines(width)))
        self.query_one(Foot).show(
            [Hint("Enter", say.ITS_SECTION, "do"), Hint("↑↓ 1–9", say.TERM), *usual("back")]
        )

    def _lines(self, width: int) -> list[Content]:
        term = self.lit
        if term is None or self.book is None:
            return wrapped(say.NO_GLOSSARY, width)
        also = [put(say.also(term.names[1:]), DIM)] if term.names[1:] else []
        section = self.book.titles.get(term.section, "")
        return [
            *also,
            *wrapped(term.text, width),
            Content(""),
            *wrapped(join((put(f"{say.RULES}  ", DIM), put(section))), width, indent=len(say.RULES) + 2),
            *self._beside(term, width),
        ]

    def _beside(self, term: Term, width: int) -> Iterator[Content]:
        """The other terms of the same section, for whoever reads on."""
        others = [one for one in self.terms if one.section == term.section and one.key != term.key]
        if others and term.section:
            yield Content("")
            yield put(say.SAME_SECTION, HEAD)
        for one in others if term.section else ():
            yield from wrapped(join((put(f"{one.names[0]}  ", "bold"), put(one.text, DIM))), width, indent=2)

    # --- keys ------------------------------------------------------------------------------------------

    def on_rows_lit(self) -> None:
        self._show()

    def do_lit(self) -> None:
        self.action_do()

    def action_do(self) -> None:
        """Open the rulebook where the term is explained."""
        from wargame.tui.home.rules import RulesScreen

        if self.lit is not None:
            self.put_up(RulesScreen(self.book, self.lit.section))

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)

    def action_next_pane(self) -> None:
        self.focus_next()

    def action_back(self) -> None:
        self.leave(None)
