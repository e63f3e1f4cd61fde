"""A form of the facilitator: rows to turn or to type into, and beside them what would happen and why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy

from textual.content import Content
from textual.events import Key
from textual.widgets import Input

from wargame.errors import WargameError
from wargame.table import Table
from wargame.tui.facilitate.fields import Field, Form, Values
from wargame.tui.facilitate.frame import ConsoleForm
from wargame.tui.facilitate.pick import PageScreen, PickScreen
from wargame.tui.home.cards import once_sure
from wargame.tui.kit.foot import Hint
from wargame.tui.kit.paint import BAD, DIM, HEAD, columns, fit, join, put, wrapped
from wargame.tui.kit.rows import Row, Rows
from wargame.words.pages import facilitate as say

LEAST_LABEL, MOST_LABEL = 12, 20


class FormScreen(ConsoleForm):
    """Dismissed with the values when the act is done, with None when one goes back."""

    def __init__(self, table: Table, form: Form, acts: Sequence[Content] = ()) -> None:
        super().__init__(table)
        self.form, self.acts = form, acts

    # --- what it shows -----------------------------------------------------------------------------

    @property
    def heading(self) -> str:
        return _end_of(self.form.title.upper(), self.columns()[1 if self.wide else 0] - 6)

    def rows(self, width: int) -> Sequence[Row]:
        values, rows = self.form.values, [Row("", Content(""))] if self.tall else []
        beside = self._beside()
        for nth, known in enumerate(self.form.shown(), 1):
            number = nth if nth <= 9 else 0
            label = put(f"{number or ' '} {known.label}", DIM)
            if known.kind == "list":
                if not known.many or len(values[known.key]) < known.many:
                    adds = put(say.ADDS_ONE, HEAD)
                    rows.append(Row(f"add:{known.key}", columns((label, beside), (adds, 18)), number))
                else:
                    rows.append(Row("", label))
                rows += [
                    Row(f"item:{known.key}:{at}", fit(join(("   · ", put(known.said(item)))), width - 1))
                    for at, item in enumerate(values[known.key])
                ]
                continue
            said = known.shows(values)
            shown = put(f"‹{said}›" if known.kind == "choice" else said, "bold")
            if not said and known.kind != "choice":
                shown = put(known.nothing if known.kind != "number" else say.NONE, DIM)
            rows.append(
                Row(f"field:{known.key}", columns((label, beside), (shown, width - beside - 2)), number)
            )
        if self.form.page:
            rows.append(Row("page", put(f"  {say.AS_YAML_ROW}")))
        button = f"bold {DIM} on $surface" if self.form.wrong() else "bold $background on $primary"
        return [
            *rows,
            Row("", Content("")),
            Row("act", join(("  ", put(f" {self.form.verb.upper()} ", button)))),
        ]

    def _beside(self) -> int:
        """Where the values stand, beside the labels."""
        widest = max((len(known.label) for known in self.form.shown()), default=0) + 3
        return min(max(widest, LEAST_LABEL), MOST_LABEL)

    def _field(self, lit: str) -> Field | None:
        kind, _, rest = lit.partition(":")
        key = rest.partition(":")[0]
        wanted = kind in ("field", "add", "item")
        return next((known for known in self.form.known() if wanted and known.key == key), None)

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
        if known is not None and known.kind == "text":
            value = self.form.values[known.key]
            lines += [
                fit(put(f"{'▸' if one == value else ' '} {one}", "bold" if one == value else ""), width)
                for one, _label in known.offers(self.form.values)
            ]
            lines += [Content("")] if known.offers(self.form.values) else []
        for said in (*self.form.about(self.form.values), *self.form.asks(self.form.values)):
            lines += wrapped(said, width)
        problems = self.form.wrong()
        if problems:
            lines += [Content(""), put(say.NOT_YET, HEAD)]
        for sentence in problems:
            lines += wrapped(put(sentence, BAD), width, indent=2)
        if self.form.page is not None and self.tall:
            page = self.form.page(self.form.values).splitlines()
            lines += [Content(""), put(say.AS_YAML, HEAD), *(fit(put(line), width) for line in page)]
        return lines

    def _whole(self, known: Field) -> str:
        """The value of a row, where the row has no room for it."""
        said = known.shows(self.form.values)
        return said if len(said) > self.widths()[0] - self._beside() - 5 else ""

    def why(self, lit: str) -> str:
        return ""

    def hints(self, lit: str) -> Sequence[Hint]:
        known, kind = self._field(lit), lit.partition(":")[0]
        what = {"act": self.form.verb, "add": say.ADD_ONE, "item": say.CHANGE_IT, "page": say.READ_IT}.get(
            kind, say.TYPE
        )
        field = known if kind == "field" else None
        if field is not None and field.kind in ("choice", "seats"):
            what = say.CHOOSE
        turn = {"choice": say.TURN, "number": say.DIAL}.get(field.kind, "") if field else ""
        if field is not None and field.kind == "text" and field.offers(self.form.values):
            turn = say.PICK
        turn = say.TAKE_OUT if kind == "item" else turn
        number = field is not None and field.kind == "number"
        return [
            Hint("Enter", what, "do"),
            *([Hint("←" if kind == "item" else "← →", turn)] if turn else []),
            *([Hint("0–9", say.TYPE), Hint("↑↓", say.ROWS)] if number else [Hint("↑↓ 1–9", say.ROWS)]),
            Hint("End", say.to_act(self.form.verb)),
            Hint("Esc", say.LEAVE_IT, "back"),
        ]

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        known, kind = self._field(lit), lit.partition(":")[0]
        if kind == "act":
            self.act()
        elif kind == "page" and self.form.page is not None:
            self.put_up(PageScreen(self.table, self.form.page(self.form.values), self.acts))
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
        """One item of a list, or one more (None), which stands as it was left half filled in."""
        assert known.item is not None
        items: list[Values] = self.form.values[known.key]
        drafts = self.form.drafts
        if at is None and known.key not in drafts:
            drafts[known.key] = known.item(None)
        form = drafts[known.key] if at is None else known.item(deepcopy(items[at]))

        def keep(made: Values | None) -> None:
            if made is not None:
                if at is None:
                    items.append(drafts.pop(known.key).values)
                else:
                    items[at] = made
                self._changed()

        self.put_up(FormScreen(self.table, form, self.acts), keep)

    def _pick(self, known: Field) -> None:
        def keep(made: Values | None) -> None:
            if made is not None:
                self.form.put(known, made["picked"])
                self._changed()

        value = self.form.values[known.key]
        many = known.kind == "seats"
        options = known.offers(self.form.values)
        self.put_up(PickScreen(self.table, known.label, options, value, self.acts, many=many), keep)

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
        elif known.kind in ("choice", "number") or known.offers(self.form.values):
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

    def act(self) -> None:
        """Do it, after a question where there is one, or say in one sentence why not."""
        if problems := self.form.wrong():
            self.refuse(problems[0])
        elif asked := self.form.asks(self.form.values):
            once_sure(self, f"{self.form.title}?", asked, self.form.verb, self._act)
        else:
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
