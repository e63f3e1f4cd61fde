"""What the lit row is about, then the keys: those that work on the screen below first, and the signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from wargame.tui.actions import ACTIONS, BY_ID, GROUPS, Action, bindings
from wargame.tui.kit.bargains import legend
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import DIM, HEAD, fit, join, put, stack, wrapped
from wargame.tui.kit.pane import Sheet, entitle, turn_page
from wargame.tui.kit.topics import UNKNOWN, Topic
from wargame.tui.settings import settings_of
from wargame.words.pages import home as say
from wargame.words.pages import keys

if TYPE_CHECKING:
    from wargame.rulebook import Rulebook

MEASURE = 78
"""The longest line of a text that reads well."""
BESIDE = 116
"""Columns from which the keys of other screens stand beside."""
KEY, LABEL = 7, 12


class HelpScreen(GuardedScreen[None]):
    """`possible`: the ids of the actions that can be used where one came from; `about`: what was lit.

    `book` is the rulebook in which one may read on; `ever` is what can be done on some screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "row-up", "row-down", "page-on", "page-back")

    def __init__(
        self,
        possible: frozenset[str],
        about: Topic = UNKNOWN,
        book: Rulebook | None = None,
        ever: Sequence[Action] = ACTIONS,
    ) -> None:
        super().__init__()
        self.ever = ever
        self.book = book
        self.possible = possible
        self.about = about

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Sheet(id="text", classes="framed", can_focus=False):
                yield Static(id="help", markup=False)
            with Sheet(id="more", classes="framed", can_focus=False):
                yield Static(id="others", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one("#text"), say.HELP)
        entitle(self.query_one("#more"), say.ELSEWHERE)
        self.query_one(Foot).show([Hint("↑↓", say.READ), *usual("rules", "glossary", "back")])

    def on_resize(self) -> None:
        beside = self.size.width >= BESIDE
        width = min(self.size.width // (1 + beside) - 5, MEASURE)
        here, elsewhere = self._lines(width), self._elsewhere(width)
        self.query_one("#more").display = beside
        self.query_one("#help", Static).update(stack(here if beside else [*here, *elsewhere]))
        self.query_one("#others", Static).update(stack(elsewhere if beside else ()))

    def topic(self, _lit: str) -> Topic:
        """Rules and glossary open where they would have from below."""
        return self.about

    def _lines(self, width: int) -> Iterator[Content]:
        yield from self._about(width)
        yield from self._keys(say.KEYS_HERE, True, width)
        yield Content("")

    def _elsewhere(self, width: int) -> Iterator[Content]:
        """The signs, and the keys of other screens."""
        yield put(say.SIGNS_HEAD, HEAD)
        for sign, meaning in say.SIGNS:
            yield from wrapped(join((fit(sign, KEY + LABEL), meaning)), width, indent=KEY + LABEL)
        yield from legend(width, purse=True)
        yield from self._keys(say.KEYS_ELSEWHERE, False, width)

    def _about(self, width: int) -> Iterator[Content]:
        about = self.about
        yield put(about.title.upper(), HEAD)
        yield from wrapped(about.text, width)
        yield Content("")
        section = self.book.titles.get(about.section, "") if self.book else ""
        if section:
            yield from self._more("rules", section, width)
        known = ", ".join(term.names[0] for term in about.known(self.book))
        if known:
            yield from self._more("glossary", known, width)
        yield Content("")

    @staticmethod
    def _more(action: str, what: str, width: int) -> list[Content]:
        """Where one can read on, under which key."""
        key, label = BY_ID[action].shown, BY_ID[action].label
        line = join((put(f"{key:<{KEY}}{label:<{LABEL}}", "bold"), put(what)))
        return wrapped(line, width, indent=KEY + LABEL)

    def _keys(self, title: str, possible: bool, width: int) -> Iterator[Content]:
        """The keys that can be used (or those that can't), by group."""
        if not possible:
            yield Content("")
        yield put(title, HEAD)
        if possible:
            yield put(say.CLICKABLE, DIM)
        own = {act.id: act for act in self.ever}
        for group in GROUPS:
            known = (own.get(act.id, act) for act in ACTIONS if possible or act.id in own)
            acts = [act for act in known if act.group == group and (act.id in self.possible) == possible]
            for act in self._shown(acts):
                style = "" if possible else DIM
                key, label = f"{act.shown} ".ljust(KEY), f"{act.label} ".ljust(LABEL)
                line = join((put(f"{key}{label}", style or "bold"), put(act.help, style)))
                yield from wrapped(line, width, indent=KEY + LABEL)

    def _shown(self, acts: Iterable[Action]) -> Iterator[Action]:
        """With the keys that somebody has chosen; the nine digits count as one."""
        own = settings_of(self.app).keys
        for act in acts:
            if not act.id.startswith("light-"):
                yield act._replace(shown=own.shown(act.id))
            elif act.id == "light-1":
                yield act._replace(shown="1–9", label=keys.ROW, help=keys.LIGHT_THE_ROW)

    # --- keys ------------------------------------------------------------------------------------------

    def action_row(self, by: int) -> None:
        """Scroll by a line."""
        for text in self.query(Sheet):
            text.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        for text in self.query(Sheet):
            turn_page(text, by)

    def action_back(self) -> None:
        self.leave(None)
