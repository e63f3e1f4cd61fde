"""What a form of the facilitator asks for: fields, and a form as the whole of them. Plain data, no screen.

The values of a form are a dict by field: a string, a whole number, a tuple of seats, or a list of the values
of other forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from wargame.words.pages import facilitate as say

Values = dict[str, Any]
Option = tuple[str, str]
"""What is kept, and what is shown for it."""
Options = Mapping[str, str] | Sequence[Option] | Callable[[Values], Sequence[Option]]

REASON = "reason"


@dataclass(frozen=True)
class Field:
    """One thing asked for. `options` are those of a choice; `least`, `most` and `step` those of a number.

    Options and the end of a number may follow from the values of the form. A number that may be left out
    (`blank`) is "" then. A list is filled with `item`, a form for one more, of at most so `many`, and `said`
    puts one of its items into words. A text may be picked from `options`. With `shown` false for the values
    of the form the field is left out.
    """

    key: str
    label: str
    kind: Literal["text", "number", "choice", "seats", "list"] = "text"
    help: str = ""
    options: Options = ()
    least: int = 0
    most: int | Callable[[Values], int] = 100
    step: int = 1
    item: Callable[[Values | None], Form] | None = None
    said: Callable[[Values], str] = str
    shown: Callable[[Values], bool] = lambda _values: True
    nothing: str = say.EMPTY
    """What is shown while it is empty."""
    blank: bool = False
    many: int = 0
    start: Any = None
    """What it is before anybody has said anything, where that is not what is usual for its kind."""

    def offers(self, values: Values) -> Sequence[Option]:
        """What it can be picked from, with the other values as they are."""
        found = self.options(values) if callable(self.options) else self.options
        return tuple(found.items()) if isinstance(found, Mapping) else found

    def highest(self, values: Values) -> int:
        """The greatest number it can be with the other values as they are."""
        return self.most(values) if callable(self.most) else self.most

    def empty(self, values: Values) -> Any:
        """The value before anybody has said anything."""
        if self.start is not None:
            return self.start
        if self.kind == "choice":
            return next((key for key, _label in self.offers(values)), "")
        number = "" if self.blank else max(self.least, 0)
        return {"text": "", "number": number, "seats": (), "list": []}[self.kind]

    def takes(self, value: Any, values: Values) -> bool:
        """Whether it can have that value, with the other values as they are."""
        known = [key for key, _label in self.offers(values)] if self.kind in ("choice", "seats") else []
        if self.kind == "choice":
            return value in known if known else value == ""
        if self.kind == "seats":
            return isinstance(value, tuple) and set(value) <= set(known)
        if self.kind == "number":
            return (self.blank and value == "") or type(value) is int
        return isinstance(value, list if self.kind == "list" else str)

    def typeable(self, values: Values) -> str:
        """What may be typed for it, as a regular expression; "" for anything."""
        if self.kind != "number":
            return ""
        digits = len(str(max(self.highest(values), -self.least)))
        return f"{'[-−+]?' if self.least < 0 else ''}[0-9]{{0,{digits}}}"

    def turned(self, values: Values, by: int) -> Any:
        """The value one step further, or back."""
        value = values[self.key]
        if self.kind == "number":
            if self.blank and (value == "" or (by < 0 and value == self.least)):
                return "" if by < 0 else max(self.least, 0)
            return min(max(value + by * self.step, self.least), self.highest(values))
        if self.kind in ("choice", "text"):
            known = [key for key, _label in self.offers(values)]
            if known:
                return known[(known.index(value) + by) % len(known)] if value in known else known[0]
        return value

    def shows(self, values: Values) -> str:
        """Its value in words."""
        value = values[self.key]
        if self.kind == "choice":
            return next((label for key, label in self.offers(values) if key == value), "")
        if self.kind == "seats":
            names = dict(self.offers(values))
            return ", ".join(names.get(seat, seat) for seat in value)
        if self.kind == "list":
            return "; ".join(map(self.said, value))
        return str(value)

    def read(self, typed: str, values: Values) -> Any:
        """What somebody typed, as a value; `ValueError` with a sentence if it is none."""
        if self.kind != "number":
            return " ".join(typed.split())
        if self.blank and not typed.strip():
            return ""
        plain = typed.strip().replace("−", "-").removeprefix("+")
        digits = plain.removeprefix("-")
        most = self.highest(values)
        if not (digits.isascii() and digits.isdigit() and self.least <= int(plain) <= most):
            raise ValueError(say.whole_number(self.label, self.least, most))
        return int(plain)


@dataclass
class Form:
    """Fields, and what is done with them. `act` raises what the table raises; None only keeps the values.

    Which fields there are may follow from the values. `about` are lines on what would happen, `problems`
    sentences on why it can't; `changed` may set other fields after one has changed. `asks` is what somebody
    is asked to agree to before it is done; with nothing it is done at once. `done` says afterwards what was
    done, where that is no move of the game; `page` writes it as text for a file.
    """

    title: str
    fields: Sequence[Field] | Callable[[Values], Sequence[Field]]
    act: Callable[[Values], object] | None = None
    verb: str = say.DO_IT
    about: Callable[[Values], Sequence[Any]] = lambda _values: ()
    problems: Callable[[Values], Sequence[str]] = lambda _values: ()
    changed: Callable[[Values, str], None] = lambda _values, _key: None
    values: Values = field(default_factory=dict)
    asks: Callable[[Values], Sequence[str]] = lambda _values: ()
    done: Callable[[Values], str] = lambda _values: ""
    page: Callable[[Values], str] | None = None
    drafts: dict[str, Form] = field(default_factory=dict)
    """By field, what is half filled in as one more of a list."""

    def __post_init__(self) -> None:
        self.fill()

    def known(self) -> Sequence[Field]:
        """Every field there is with the values as they are."""
        return self.fields(self.values) if callable(self.fields) else self.fields

    def shown(self) -> list[Field]:
        """The fields that are asked for with the values as they are."""
        return [known for known in self.known() if known.shown(self.values)]

    def fill(self) -> None:
        """Give every field a value that it can have."""
        for known in self.known():
            if known.key not in self.values or not known.takes(self.values[known.key], self.values):
                had = known.key in self.values
                self.values[known.key] = known.empty(self.values)
                if had:
                    self.changed(self.values, known.key)
            if known.kind == "number" and self.values[known.key] != "":
                most = known.highest(self.values)
                self.values[known.key] = max(min(self.values[known.key], most), known.least)

    def wrong(self) -> list[str]:
        """Why it can't be done yet; whatever asks for a reason needs one."""
        unreasoned = any(known.key == REASON for known in self.shown()) and not self.values[REASON]
        return [*self.problems(self.values), *([say.NO_REASON] if unreasoned else [])]

    def take(self, values: Values) -> None:
        """Begin with these values, where they are still possible."""
        self.values |= values
        self.fill()

    def take_up(self, left: Form) -> None:
        """Begin where another such form was left."""
        self.drafts = left.drafts
        self.take(left.values)

    def put(self, known: Field, value: Any) -> None:
        """Give a field another value; what is no longer possible beside it begins anew."""
        self.values[known.key] = value
        self.changed(self.values, known.key)
        self.fill()


def of(key: str, *values: str) -> Callable[[Values], bool]:
    """Whether a choice of the form is one of these: when a field is `shown`."""
    return lambda now: now[key] in values


def trailed(trail: str, label: str) -> str:
    """The title of a form inside another one."""
    return f"{trail} › {label}" if trail else label


def reason_field(recent: Sequence[str] = ()) -> Field:
    """Why the white cell does it: typed, or picked of those given lately and of standing ones."""
    known = dict.fromkeys((*recent, *say.STANDING_REASONS))
    return Field(REASON, say.REASON, help=say.REASON_HELP, options=[(one, one) for one in known])
