"""What a form of the facilitator asks for: fields, and a form as the whole of them. Plain data, no screen.

The values of a form are a dict by field: a string, a whole number, a tuple of seats, or a list of the values
of other forms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Values = dict[str, Any]
Option = tuple[str, str]
"""What is kept, and what is shown for it."""

REASON = "reason"
NO_REASON = "A reason is required: it is kept in the record."


def _always(_values: Values) -> bool:
    return True


def _nothing(_values: Values) -> Sequence[str]:
    return ()


def _no_words(_values: Values) -> str:
    return ""


def _nor_that(_values: Values, _key: str) -> None:
    """Another value changes no others."""


@dataclass(frozen=True)
class Field:
    """One thing asked for. `options` are those of a choice; `least`, `most` and `step` those of a number.

    A list is filled with `item`, a form for one more, and `said` puts one of its items into words. With
    `shown` false for the values of the form the field is left out.
    """

    key: str
    label: str
    kind: Literal["text", "number", "choice", "seats", "list"] = "text"
    help: str = ""
    options: Callable[[Values], Sequence[Option]] = lambda _values: ()
    least: int = 0
    most: int | Callable[[Values], int] = 100
    step: int = 1
    item: Callable[[Values | None], Form] | None = None
    said: Callable[[Values], str] = str
    shown: Callable[[Values], bool] = _always
    nothing: str = "____"
    """What is shown while it is empty."""

    def only(self, shown: Callable[[Values], bool]) -> Field:
        """The same field, asked for only with such values."""
        return replace(self, shown=shown)

    def highest(self, values: Values) -> int:
        """The greatest number it can be with the other values as they are."""
        return self.most(values) if callable(self.most) else self.most

    def empty(self) -> Any:
        """The value before anybody has said anything."""
        return {"text": "", "number": max(self.least, 0), "choice": "", "seats": (), "list": []}[self.kind]

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
            return min(max(value + by * self.step, self.least), self.highest(values))
        if self.kind == "choice":
            known = [key for key, _label in self.options(values)]
            if known:
                return known[(known.index(value) + by) % len(known)] if value in known else known[0]
        return value

    def shows(self, values: Values) -> str:
        """Its value in words."""
        value = values[self.key]
        if self.kind == "choice":
            return next((label for key, label in self.options(values) if key == value), "")
        if self.kind == "seats":
            names = dict(self.options(values))
            return ", ".join(names.get(seat, seat) for seat in value)
        return str(value)

    def read(self, typed: str, values: Values) -> Any:
        """What somebody typed, as a value; `ValueError` with a sentence if it is none."""
        if self.kind != "number":
            return " ".join(typed.split())
        plain = typed.strip().replace("−", "-").removeprefix("+")
        digits = plain.removeprefix("-")
        most = self.highest(values)
        if not (digits.isascii() and digits.isdigit() and self.least <= int(plain) <= most):
            raise ValueError(f"{self.label}: a whole number from {self.least} to {most}.")
        return int(plain)


@dataclass
class Form:
    """Fields, and what is done with them. `act` raises what the table raises; None only keeps the values.

    `about` are lines on what would happen, `problems` sentences on why it can't; `changed` may set other
    fields after one has changed. `asks` is what somebody is asked to agree to before it is done; with nothing
    it is done at once. `done` says afterwards what was done, where that is no move of the game; `page` writes
    it as text for a file.
    """

    title: str
    fields: Sequence[Field]
    act: Callable[[Values], object] | None = None
    verb: str = "do it"
    about: Callable[[Values], Sequence[Any]] = _nothing
    problems: Callable[[Values], Sequence[str]] = _nothing
    changed: Callable[[Values, str], None] = _nor_that
    values: Values = field(default_factory=dict)
    asks: Callable[[Values], Sequence[str]] = _nothing
    done: Callable[[Values], str] = _no_words
    page: Callable[[Values], str] | None = None

    def __post_init__(self) -> None:
        for known in self.fields:
            if known.key not in self.values:
                empty = known.empty()
                if known.kind == "choice" and (options := known.options(self.values)):
                    empty = options[0][0]
                self.values[known.key] = empty

    def shown(self) -> list[Field]:
        """The fields that are asked for with the values as they are."""
        return [known for known in self.fields if known.shown(self.values)]

    def wrong(self) -> list[str]:
        """Why it can't be done yet; whatever asks for a reason needs one."""
        unreasoned = any(known.key == REASON for known in self.fields) and not self.values[REASON]
        return [*self.problems(self.values), *([NO_REASON] if unreasoned else [])]

    def take(self, values: Values) -> None:
        """Begin with these values, where they are still possible."""
        for known in self.fields:
            options = [key for key, _label in known.options(values)]
            if known.kind != "choice" or values[known.key] in options:
                self.values[known.key] = values[known.key]

    def put(self, known: Field, value: Any) -> None:
        """Give a field another value; a choice that is no longer possible becomes the first that is."""
        self.values[known.key] = value
        self.changed(self.values, known.key)
        for other in self.fields:
            if other.kind == "choice" and other is not known:
                options = [key for key, _label in other.options(self.values)]
                if options and self.values[other.key] not in options:
                    self.values[other.key] = options[0]
                    self.changed(self.values, other.key)
            elif other.kind == "number":
                self.values[other.key] = min(self.values[other.key], other.highest(self.values))


def of(key: str, *values: str) -> Callable[[Values], bool]:
    """Whether a choice of the form is one of these: when a field is `shown`."""
    return lambda now: now[key] in values


def trailed(trail: str, label: str) -> str:
    """The title of a form inside another one."""
    return f"{trail} › {label}" if trail else label


def reason_field(label: str = "reason (required)") -> Field:
    """Why the white cell does it."""
    return Field(REASON, label, help="Kept in the record with your name. Nobody reads it until the end.")
