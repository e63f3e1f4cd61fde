"""What a form opens beside its rows: a list to pick from, and what it has composed as text for a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from wargame.table import Table
from wargame.tui.actions import bindings
from wargame.tui.facilitate.fields import Option
from wargame.tui.facilitate.frame import SIDES, ConsoleForm
from wargame.tui.kit.foot import Hint
from wargame.tui.kit.paint import DIM, fit, join, put, wrapped
from wargame.tui.kit.rows import Row, Rows
from wargame.words.pages import facilitate as say


class PageScreen(ConsoleForm):
    """What a form has composed, as text for a file; also put on the clipboard."""

    AUTO_FOCUS = "#about"

    def __init__(self, table: Table, text: str, acts: Sequence[Content] = ()) -> None:
        super().__init__(table)
        self.text, self.acts = text, acts

    def on_mount(self) -> None:
        self.app.copy_to_clipboard(self.text)

    def columns(self) -> tuple[int, int, int]:
        left, _middle, right = super().columns()
        return (left, 0, self.size.width - left) if right else (0, self.size.width, 0)

    def titles(self, lit: str) -> dict[str, str]:
        return {"#acts": say.TO_DO, "#about": say.AS_YAML}

    def about(self, lit: str, width: int) -> Sequence[Content]:
        return [put(line) for line in self.text.splitlines()]

    def under(self, width: int) -> Sequence[Content]:
        return wrapped(put(say.ABOUT_YAML, DIM), width)

    def hints(self, lit: str) -> Sequence[Hint]:
        return [Hint("↑↓", say.SCROLL), Hint("Esc", say.BACK_TO_FORM, "back")]

    def action_back(self) -> None:
        self.leave(None)


class PickScreen(ConsoleForm):
    """One of many, or several: Enter takes the lit one. f finds by a part of the name.

    Dismissed with `{"picked": …}`: the id, or for `many` a tuple of them.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("find")

    def __init__(
        self,
        table: Table,
        title: str,
        options: Sequence[Option],
        value: object,
        acts: Sequence[Content] = (),
        *,
        many: bool = False,
    ) -> None:
        super().__init__(table)
        self.of, self.options, self.many, self.acts = title, list(options), many, acts
        self.picked: tuple[str, ...] = tuple(value) if isinstance(value, tuple) else ()
        self.begun = value
        self.wanted = ""

    def on_mount(self) -> None:
        self.repaint()
        if isinstance(self.begun, str):
            self.query_one(Rows).light(f"pick:{self.begun}")

    def columns(self) -> tuple[int, int, int]:
        left, middle, right = super().columns()
        return (left, middle + right, 0) if right else (self.size.width, 0, 0)

    def placed(self, left: int, middle: int, right: int) -> dict[str, int]:
        return {"#acts": left, "#rows": middle, "#about": 0} if middle else {}

    def widths(self) -> tuple[int, int, int]:
        left, middle, _right = self.columns()
        return (middle or left) - SIDES + 1, 0, 0

    @property
    def heading(self) -> str:
        return say.finding(self.of.upper(), self.wanted)

    def titles(self, lit: str) -> dict[str, str]:
        return {"#acts": say.TO_DO, "#rows": self.heading}

    def rows(self, width: int) -> Sequence[Row]:
        found = [one for one in self.options if self.wanted.lower() in one[1].lower()]
        rows = []
        for nth, (id_, label) in enumerate(found, 1):
            mark = ("[x] " if id_ in self.picked else "[ ] ") if self.many else ""
            number = nth if nth <= 9 else 0
            digit = put(f"{number or ' '} ", DIM)
            rows.append(Row(f"pick:{id_}", fit(join((digit, put(f"{mark}{label}"))), width - 2), number))
        if not rows:
            rows.append(Row("", put(say.NOTHING_FOUND, DIM)))
        if self.many:
            rows.append(Row("done", put(f"  {say.DONE}", "bold")))
        return rows

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            Hint("Enter", say.MARK_IT if self.many and lit != "done" else say.TAKE_IT, "do"),
            Hint("↑↓ 1–9", say.LOOK),
            Hint("f", say.FIND, "find"),
            Hint("Esc", say.BACK, "back"),
        ]

    def do(self, lit: str) -> None:
        kind, _, id_ = lit.partition(":")
        if kind == "done":
            self.leave({"picked": self.picked})
        elif kind == "pick" and not self.many:
            self.leave({"picked": id_})
        elif kind == "pick":
            known = [seat for seat, _label in self.options]
            marked = set(self.picked) ^ {id_}
            self.picked = tuple(seat for seat in known if seat in marked)
            self.repaint()

    def action_find(self) -> None:
        self.type_into(self.wanted, say.FIND_PROMPT)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.wanted = event.value.strip()
        self.stop_typing()
        self.repaint()

    def action_back(self) -> None:
        if self.typing:
            self.stop_typing()
        else:
            self.leave({"picked": self.picked} if self.many else None)
