"""A form of the facilitator: rows to turn or to type into, and beside them what would happen and why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Key
from textual.widgets import Input

from wargame.errors import WargameError
from wargame.table import Table
from wargame.tui.actions import bindings
from wargame.tui.screens.base import TableScreen
from wargame.tui.screens.problem import sure
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import BAD, DIM, HEAD, columns, fit, join, put, wrapped
from wargame.tui.widgets.rows import Row, Rows
from wargame.tui.widgets.white_fields import Field, Form, Option, Values
from wargame.tui.widgets.white_sight import banner

MOST_TYPED = 600
LEAST_LABEL, MOST_LABEL = 12, 20


class TypingScreen(TableScreen[Values]):
    """A screen of the facilitator with a line at the bottom to type in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back")
    DEFAULT_CSS = """
    TypingScreen Input { display: none; height: 1; border: none; padding: 0 1; }
    TypingScreen Input:focus { border: none; }
    TypingScreen.-typing Input { display: block; }
    """

    def __init__(self, table: Table) -> None:
        super().__init__(table, None)
        self.typing_in = self._typing_hint = ""

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, Foot):
                yield Input(id="typed", max_length=MOST_TYPED, select_on_focus=False)
            yield widget

    def top(self, width: int) -> Sequence[Content]:
        return [banner(self.table, width)]

    def widths(self) -> tuple[int, int, int]:
        left = self.size.width * 9 // 16
        return left, self.size.width - left, 0

    @property
    def typing(self) -> bool:
        return self.has_class("-typing")

    def type_into(self, value: str, hint: str, only: str = "") -> None:
        """Open the line with this in it, for the lit row; `only` what fits this expression can be typed."""
        self.typing_in, self._typing_hint = self.lit, hint
        typed = self.query_one(Input)
        typed.restrict = only or None
        typed.value = value
        self.add_class("-typing")
        self.set_focus(typed)
        typed.cursor_position = len(value)
        self.repaint_lit()

    def repaint_lit(self) -> None:
        """While something is typed the bottom line says what, and how the line is closed."""
        super().repaint_lit()
        if self.typing:
            hints = [Hint("Enter", "keep it"), Hint("Esc", "leave it", "back")]
            self.query_one(Foot).show(hints, put(f"{self._typing_hint}: "))

    def on_rows_lit(self) -> None:
        """What is typed belongs to the row it was begun in, which stays lit: only Enter and Esc end it."""
        if self.typing and self.lit != self.typing_in:
            self.query_one(Rows).light(self.typing_in)
            self.set_focus(self.query_one(Input))

    def action_do(self) -> None:
        if self.typing:
            self.set_focus(self.query_one(Input))
        else:
            super().action_do()

    def stop_typing(self) -> None:
        self.remove_class("-typing")
        self.query_one(Rows).focus()
        self.repaint_lit()

    def action_log(self) -> None:
        """A form has no log of the room below it."""

    def action_board(self) -> None:
        """Nor a board."""


class FormScreen(TypingScreen):
    """Dismissed with the values when the act is done, with None when one goes back."""

    def __init__(self, table: Table, form: Form) -> None:
        super().__init__(table)
        self.form = form

    # --- what it shows -----------------------------------------------------------------------------

    def rows(self, width: int) -> Sequence[Row]:
        values, rows = self.form.values, [Row("", put(_end_of(self.form.title.upper(), width - 2), HEAD))]
        beside = self._beside()
        for nth, known in enumerate(self.form.shown(), 1):
            number = nth if nth <= 9 else 0
            label = put(f"{number or ' '} {known.label}", DIM)
            if known.kind == "list":
                rows.append(
                    Row(f"add:{known.key}", columns((label, beside), (put("+ Enter adds one"), 18)), number)
                )
                rows += [
                    Row(f"item:{known.key}:{at}", fit(join(("   · ", put(known.said(item)))), width - 1))
                    for at, item in enumerate(values[known.key])
                ]
                continue
            said = known.shows(values)
            shown = put(f"‹{said}›", "bold") if known.kind == "choice" else put(said or known.nothing, "bold")
            rows.append(
                Row(f"field:{known.key}", columns((label, beside), (shown, width - beside - 2)), number)
            )
        if self.form.page:
            rows.append(Row("page", put("  as YAML…")))
        return [*rows, Row("", Content("")), Row("act", put(f"  {self.form.verb.upper()}", "bold"))]

    def _beside(self) -> int:
        """Where the values stand, beside the labels."""
        widest = max((len(known.label) for known in self.form.shown()), default=0) + 3
        return min(max(widest, LEAST_LABEL), MOST_LABEL)

    def _field(self, lit: str) -> Field | None:
        kind, _, rest = lit.partition(":")
        key = rest.partition(":")[0]
        wanted = kind in ("field", "add", "item")
        return next((known for known in self.form.fields if wanted and known.key == key), None)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        lines: list[Content] = []
        known = self._field(lit)
        if known is not None and known.help:
            lines += [*wrapped(put(known.help, DIM), width), Content("")]
        if known is not None and lit.startswith("item:"):
            item = self.form.values[known.key][int(lit.rpartition(":")[2])]
            lines += [*wrapped(put(known.said(item)), width), Content("")]
        elif known is not None and known.kind in ("text", "choice", "seats"):
            lines += [*wrapped(put(self._whole(known)), width), Content("")] if self._whole(known) else []
        for said in (*self.form.about(self.form.values), *self.form.asks(self.form.values)):
            lines += wrapped(said, width)
        problems = self.form.wrong()
        if problems:
            lines += [Content(""), put("NOT YET", HEAD)]
        for sentence in problems:
            lines += wrapped(put(sentence, BAD), width, indent=2)
        if self.form.page is not None and self.tall:
            page = self.form.page(self.form.values).splitlines()
            lines += [Content(""), put("AS YAML", HEAD), *(fit(put(line), width) for line in page)]
        return lines

    def _whole(self, known: Field) -> str:
        """The value of a row, where the row has no room for it."""
        said = known.shows(self.form.values)
        return said if len(said) > self.widths()[0] - self._beside() - 5 else ""

    def why(self, lit: str) -> str:
        return ""

    def hints(self, lit: str) -> Sequence[Hint]:
        known, kind = self._field(lit), lit.partition(":")[0]
        what = {"act": self.form.verb, "add": "add one", "item": "change it", "page": "read it"}.get(
            kind, "type"
        )
        if known is not None and kind == "field" and known.kind in ("choice", "seats"):
            what = "choose"
        turn = {"choice": "turn", "number": "dial"}.get(known.kind, "") if known and kind == "field" else ""
        turn = "take it out" if kind == "item" else turn
        number = kind == "field" and known is not None and known.kind == "number"
        return [
            Hint("Enter", what, "do"),
            *([Hint("←" if kind == "item" else "← →", turn)] if turn else []),
            *([Hint("0–9", "type"), Hint("↑↓", "rows")] if number else [Hint("↑↓ 1–9", "rows")]),
            Hint("End", f"to “{self.form.verb}”"),
            Hint("Esc", "leave it", "back"),
        ]

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        known, kind = self._field(lit), lit.partition(":")[0]
        if kind == "act":
            self.act()
        elif kind == "page" and self.form.page is not None:
            self.put_up(PageScreen(self.table, self.form.page(self.form.values)))
        elif known is None:
            return
        elif kind == "add":
            self._open_item(known, None)
        elif kind == "item":
            self._open_item(known, int(lit.rpartition(":")[2]))
        elif known.kind in ("choice", "seats"):
            self._pick(known)
        else:
            self._type(known, str(self.form.values[known.key]))
            if known.kind == "number":
                self.query_one(Input).select_all()

    def _open_item(self, known: Field, at: int | None) -> None:
        assert known.item is not None
        items: list[Values] = self.form.values[known.key]

        def keep(made: Values | None) -> None:
            if made is not None:
                items[at if at is not None else len(items) :] = [
                    made,
                    *(items[at + 1 :] if at is not None else []),
                ]
                self._changed()

        form = known.item(deepcopy(items[at]) if at is not None else None)
        self.put_up(FormScreen(self.table, form), keep)

    def _pick(self, known: Field) -> None:
        def keep(made: Values | None) -> None:
            if made is not None:
                self.form.put(known, made["picked"])
                self._changed()

        value = self.form.values[known.key]
        many = known.kind == "seats"
        options = known.options(self.form.values)
        self.put_up(PickScreen(self.table, known.label, options, value, many=many), keep)

    def on_key(self, event: Key) -> None:
        """A letter on a row of text, or a digit on a row of a number, begins to type there.

        Nothing else that can be printed is a key on a form, but for the digits of rows and what hides.
        """
        letter, known = event.character if event.is_printable else None, self._field(self.lit)
        kind = known.kind if known is not None and self.lit.startswith("field:") else ""
        takes = self.typing or kind == "text"
        if letter is None or (letter.isdigit() and not self.typing and kind != "number"):
            return
        if self.guard.hides(event) and not takes:
            return
        event.stop()
        if self.typing:  # it was on its way to the rows when the line opened
            self.query_one(Input).insert_text_at_cursor(letter)
        elif known is not None and kind == "text":
            self._type(known, self.form.values[known.key] + letter)
        elif known is not None and re.fullmatch(known.typeable(self.form.values), letter):
            self._type(known, letter)

    def _type(self, known: Field, value: str) -> None:
        self.type_into(value, known.label, known.typeable(self.form.values))

    def turn(self, lit: str, by: int) -> None:
        known, kind = self._field(lit), lit.partition(":")[0]
        if known is None:
            return
        if kind == "item":
            if by < 0:
                del self.form.values[known.key][int(lit.rpartition(":")[2])]
        elif known.kind in ("choice", "number"):
            self.form.put(known, known.turned(self.form.values, by))
        self._changed()

    def _changed(self) -> None:
        self.refused = ""
        self.repaint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        known = self._field(self.typing_in)
        if known is not None:
            try:
                self.form.put(known, known.read(event.value, self.form.values))
            except ValueError as error:
                self.refuse(str(error))
                return
        self.stop_typing()
        self._changed()
        self._next()

    def _next(self) -> None:
        """Light the row below; after the last that asks for something, the one that does it."""
        rows = self.query_one(Rows)
        rows.action_cursor_down()
        if self.lit == "page":
            rows.light("act")

    def refuse(self, sentence: str) -> None:
        self.refused = sentence
        self.repaint_lit()
        self.app.bell()

    def act(self) -> None:
        """Do it, after a question where there is one, or say in one sentence why not."""
        if problems := self.form.wrong():
            self.refuse(problems[0])
        elif asked := self.form.asks(self.form.values):
            self.put_up(sure(f"{self.form.title}?", asked, self.form.verb), self._answered)
        else:
            self._act()

    def _answered(self, answer: str | None) -> None:
        if answer == "yes":
            self._act()

    def _act(self) -> None:
        try:
            if self.form.act is not None:
                self.form.act(self.form.values)
        except (WargameError, ValueError) as error:
            self.refuse(str(error))
            return
        self.leave(self.form.values)

    def action_back(self) -> None:
        if self.typing:
            self.stop_typing()
        else:
            self.leave(None)


def _end_of(title: str, width: int) -> str:
    """A title, or what of its end there is room for: that is where one stands."""
    return title if len(title) <= width else f"…{title[1 - width :]}"


class PageScreen(TypingScreen):
    """What a form has composed, as text for a file, over the whole width; also put on the clipboard."""

    AUTO_FOCUS = "#about"

    def __init__(self, table: Table, text: str) -> None:
        super().__init__(table)
        self.text = text

    def on_mount(self) -> None:
        super().on_mount()
        self.app.copy_to_clipboard(self.text)

    def widths(self) -> tuple[int, int, int]:
        return 0, self.size.width, 0

    def about(self, lit: str, width: int) -> Sequence[Content]:
        return [put(line) for line in self.text.splitlines()]

    def under(self, width: int) -> Sequence[Content]:
        said = "For the list `injects` of an exercise file; on the clipboard where the terminal lets it."
        return wrapped(put(said, DIM), width)

    def hints(self, lit: str) -> Sequence[Hint]:
        return [Hint("↑↓", "scroll"), Hint("Esc", "back to the form", "back")]

    def action_back(self) -> None:
        self.leave(None)


class PickScreen(TypingScreen):
    """One of many, or several: Enter takes the lit one. f finds by a part of the name.

    Dismissed with `{"picked": …}`: the id, or for `many` a tuple of them.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("find")

    def __init__(
        self, table: Table, title: str, options: Sequence[Option], value: object, *, many: bool = False
    ) -> None:
        super().__init__(table)
        self.heading, self.options, self.many = title, list(options), many
        self.picked: tuple[str, ...] = tuple(value) if isinstance(value, tuple) else ()
        self.begun = value
        self.wanted = ""

    def on_mount(self) -> None:
        super().on_mount()
        if isinstance(self.begun, str):
            self.query_one(Rows).light(f"pick:{self.begun}")

    def widths(self) -> tuple[int, int, int]:
        return self.size.width, 0, 0

    def rows(self, width: int) -> Sequence[Row]:
        found = [one for one in self.options if self.wanted.lower() in one[1].lower()]
        what = f"{self.heading.upper()}{f' · with “{self.wanted}”' if self.wanted else ''}"
        rows = [Row("", put(what, HEAD))]
        for nth, (id_, label) in enumerate(found, 1):
            mark = ("[x] " if id_ in self.picked else "[ ] ") if self.many else ""
            number = nth if nth <= 9 else 0
            digit = put(f"{number or ' '} ", DIM)
            rows.append(Row(f"pick:{id_}", fit(join((digit, put(f"{mark}{label}"))), width - 2), number))
        if self.many:
            rows.append(Row("done", put("  DONE", "bold")))
        return rows if len(rows) > 1 else [*rows, Row("", put("nothing of that name", DIM))]

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            Hint("Enter", "mark it" if self.many and lit != "done" else "take it", "do"),
            Hint("↑↓ 1–9", "look"),
            Hint("f", "find", "find"),
            Hint("Esc", "back", "back"),
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
        self.type_into(self.wanted, "a part of the name; nothing shows all again")

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
