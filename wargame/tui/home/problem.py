"""Something went wrong: one clear sentence (or several), and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedModal
from wargame.tui.kit.paint import put, stack, wrapped
from wargame.tui.kit.pane import entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.words.pages import table as say

ROOM = 58
"""Columns for the sentences of a question."""
UNPINNED = say.UNPINNED


class ProblemScreen(GuardedModal[str]):
    """A title, sentences, and choices as (id, label); dismissed with the id. Esc takes the last one.

    `lit` is the choice that is lit at first, else the first one. One of the session `asks`: the ids of its
    choices are triggers.
    """

    BINDINGS = bindings("back")

    def __init__(
        self,
        title: str,
        lines: Sequence[str | Content],
        choices: Iterable[tuple[str, str]],
        lit: str = "",
        asks: bool = False,
    ) -> None:
        super().__init__()
        self.asks = asks
        self.heading, self.lines, self.choices, self.first = title, lines, tuple(choices), lit

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(stack([*self.lines, ""]), markup=False)
            yield Rows(id="choices")
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one(".card"), self.heading)
        self.query_one(Rows).show([Row(key, put(label), 0) for key, label in self.choices])
        self.query_one(Rows).light(self.first)
        self.query_one(Rows).focus()
        self.query_one(Foot).show([Hint("↑↓", say.CHOOSE), Hint("Enter", say.DO_IT, "done")])

    def on_rows_done(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        self._choose(self.query_one(Rows).lit)

    def action_back(self) -> None:
        self._choose(self.choices[-1][0])

    def _choose(self, id_: str) -> None:
        if self.asks:
            self.ask(id_)
        else:
            self.leave(id_)


def sure(title: str, sentences: Iterable[str], verb: str) -> ProblemScreen:
    """Ask before something that can't simply be undone: `yes`, or `no`, which is lit and what Esc says."""
    lines = [line for sentence in sentences for line in (*wrapped(put(sentence), ROOM), Content(""))]
    return ProblemScreen(title, lines[:-1], (("yes", say.yes(verb)), ("no", say.NO)), "no")
