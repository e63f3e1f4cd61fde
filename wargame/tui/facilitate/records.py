"""Records of the decks by form: effects, conditions and what is in them, as one writes them on the spot.

A form follows from the annotations of a record, as the schema of the deck files does: what its ids may name
is in `content.check`, the ends of its numbers in `content.limits`, and `words` may have better labels than
the record itself. So a new operator has its form at once.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from wargame.content.check import SUBJECTS, reference
from wargame.content.exercise_check import card_problems, ground_of, in_the_decks
from wargame.content.ground import ids_of, parts_of
from wargame.content.limits import LIMITS, MANY, ON_A_TRACK
from wargame.content.load import MAIN
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Each
from wargame.rules.effects.operators import OPERATORS, build, hints
from wargame.rules.effects.programs import HERE, SELF
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect, Text
from wargame.rules.white import card_text
from wargame.tui.facilitate.fields import Field, Form, Option, Values, trailed
from wargame.words import Words
from wargame.words.pages import facilitate
from wargame.words.pages import records as say

MOST_DEPTH = 3
"""How deep effects and questions may stand in each other by form."""
KIND = "op"
"""The field of a form that says which operator it is, or which of several things a record is about."""
OWN_ID = "id"
"""The field that nobody is asked: it is made from the first words of the record."""
PER_CENT = (0, 100), (-95, 95)
"""Ends of numbers that are per cent."""


class Kind(NamedTuple):
    """A record, with the one thing that it is about where there are several."""

    record: type
    name: str
    subject: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}/{self.subject}" if self.subject else self.name


class Part(NamedTuple):
    """A field of a record: its annotation without `None`, its default, and the only words it may be."""

    name: str
    hint: Any
    default: Any
    optional: bool
    needed: bool
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.name.rstrip("_")

    @property
    def only(self) -> str:
        """The one word that it can be, so that nobody is asked."""
        known = self.words or _literals(self.hint)
        return known[0] if self.needed and len(known) == 1 else ""

    @property
    def inner(self) -> Any:
        """What there may be several of."""
        return get_args(self.hint)[0] if get_origin(self.hint) is tuple else self.hint

    @property
    def holds(self) -> type | None:
        """The record that stands in it."""
        return self.inner if self.inner == Effect or is_dataclass(self.inner) else None


class RecordForms:
    """Forms for the records of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.words = scenario, Words(scenario)
        self.ids = ids_of(parts_of(scenario.spec, MAIN))
        self._problems: dict[str, list[str]] = {}

    # --- what there is -----------------------------------------------------------------------------

    def kinds(self, record: type) -> list[Kind]:
        """What a form for this record is a choice of, as far as the scenario has what it needs."""
        if record == Effect:
            known = [kind for name, one in OPERATORS.items() for kind in _kinds(one, name)]
            order = [*say.KINDS]
            known.sort(key=lambda kind: order.index(kind.key) if kind.key in order else len(order))
        else:
            known = _kinds(record, record.__name__.lower())
        return [kind for kind in known if all(self._has(kind.record, part) for part in parts(kind))]

    def _has(self, record: type, part: Part) -> bool:
        kind = reference(record, part.name)
        return not (part.needed and kind in self.ids) or bool(self._ids(record, kind))

    def _ids(self, record: type, kind: str) -> Sequence[str]:
        """What a record may name of a kind; of what was played, the game keeps note of some cards alone."""
        known = self.ids.get(kind, ())
        noted = record is Condition and kind == "card"
        return [one for one in known if one in self.scenario.noted] if noted else known

    # --- forms -------------------------------------------------------------------------------------

    def field(
        self,
        record: type,
        key: str,
        label: str,
        trail: str = "",
        depth: int = 0,
        many: int = 0,
        looped: str = "",
    ) -> Field:
        """A list of such records; `looped`: for each of several `seats` or `tracks`."""
        return Field(
            key, label, "list", say.ADD, many=many, said=lambda item: self.said(record, item),
            item=lambda values: self.form(record, values, trailed(trail, label), depth, looped),
        )  # fmt: skip

    def form(
        self,
        record: type,
        values: Values | None = None,
        trail: str = "",
        depth: int = 0,
        looped: str = "",
    ) -> Form:
        """A form for one such record."""
        kinds = {kind.key: kind for kind in self.kinds(record) if depth < MOST_DEPTH or not _nests(kind)}
        told = [
            (key, say.kind(one.name, one.subject, one.record.__doc__ or "")) for key, one in kinds.items()
        ]
        what = Field(KIND, say.DOES if record == Effect else say.ABOUT, "choice", options=told)

        def asked(now: Values) -> list[Field]:
            kind = kinds.get(now.get(KIND, ""), next(iter(kinds.values())))
            own = [self._field(kind, part, trail, depth, looped) for part in parts(kind) if not part.only]
            return [*([what] if len(kinds) > 1 else []), *own]

        return Form(
            trail, asked, None, facilitate.KEEP_IT, values=values or {},
            about=lambda now: self.sentences(record, [now]),
            problems=lambda now: self.wrong(record, now, looped),
        )  # fmt: skip

    def _field(self, kind: Kind, part: Part, trail: str, depth: int, looped: str = "") -> Field:
        """What is asked for one field of a record."""
        key, name = part.key, kind.name
        label, help_ = say.label(name, key), say.help_on(name, key)
        if part.holds is not None:
            many = 0 if part.inner is not part.hint else 1
            looped = kind.subject if kind.record is Each else "seats" if part.key == "each" else looped
            return self.field(part.holds, key, label, trail, depth + 1, many, looped)
        if options := self._options(kind.record, part, looped):
            if get_origin(part.hint) is tuple:
                return Field(key, label, "seats", help_, options, nothing=facilitate.NONE)
            blank = [] if part.needed else [("", facilitate.NONE)]
            start = self._said_default(part)
            return Field(key, label, "choice", help_, [*blank, *options], start=start)
        if part.hint is int:
            least, most = LIMITS.get(kind.record, {}).get(part.name, (-MANY, MANY))
            per_cent = (least, most) in PER_CENT
            ends: Callable[[Values], int] | int = most
            if part.key in ON_A_TRACK and any(one.key == "track" for one in parts(kind)):
                least, ends = 0, self._end_of_track
            least = 0 if part.optional else least
            number = max(least, 1) if part.needed else part.default
            if per_cent and (part.needed or not number):
                number = 50 if least == 0 else 10
            return Field(
                key, label, "number", help_, least=least, most=ends, step=5 if per_cent else 1,
                blank=part.optional, start="" if part.optional else number,
            )  # fmt: skip
        return Field(key, label, help=help_)

    def _end_of_track(self, now: Values) -> int:
        """How far the track goes that a record is about; the longest where it may be any."""
        known = self.scenario.tracks
        return known[now["track"]].most if now["track"] in known else max(one.most for one in known.values())

    @staticmethod
    def _said_default(part: Part) -> str | None:
        if part.default in (MISSING, None):
            return None
        return ("yes" if part.default else "no") if part.hint is bool else str(part.default)

    def _options(self, record: type, part: Part, looped: str = "") -> list[Option]:
        """What a field may be, where it is one of several."""
        if part.hint is bool:
            return [("yes", say.YES), ("no", say.NO)]
        if words := part.words or _literals(part.hint):
            return [(word, say.value(word)) for word in words]
        kind, alone = reference(record, part.name) if part.inner is str else "", part.inner is part.hint
        if kind == "seat":
            seats = seat_options(self.scenario, self.words)
            return [*seats, (SELF, say.THAT_SEAT)] if looped == "seats" and alone else seats
        called = self.words.ending if kind == "outcome" else getattr(self.words, kind, str)
        here = [(HERE, say.THAT_TRACK)] if kind == "track" and looped == "tracks" and alone else []
        return [*((one, called(one)) for one in self._ids(record, kind)), *here]

    # --- what is there already ---------------------------------------------------------------------

    def values(self, record: type, made: Any) -> Values:
        """The form of a record that is there already, as it would be filled in."""
        kinds = self.kinds(record)
        kind = next(kind for kind in kinds if type(made) is kind.record and _is_about(kind, made))
        asked = [part for part in parts(kind) if not part.only]
        filled = {part.key: self._filled(part, getattr(made, part.name)) for part in asked}
        return {KIND: kind.key, **filled} if len(kinds) > 1 else filled

    def _filled(self, part: Part, value: Any) -> Any:
        if part.holds is not None:
            several = value if isinstance(value, tuple) else () if value is None else (value,)
            return [self.values(part.holds, one) for one in several]
        if get_origin(part.hint) is tuple:
            return tuple(value or ())
        if value is None or part.hint is int:
            return "" if value is None else value
        if part.hint is bool:
            return "yes" if value else "no"
        return self.words.said(value) if part.hint == Text else str(value)

    def fits(self, record: type, values: Values) -> bool:
        """Whether forms can show all of that, however deep it stands."""
        return _shows(self.form(record, deepcopy(values)), values)

    # --- plain data --------------------------------------------------------------------------------

    def kind_of(self, record: type, now: Values) -> Kind:
        """Which of several a filled form is."""
        kinds = self.kinds(record)
        return next((kind for kind in kinds if kind.key == now.get(KIND)), kinds[0])

    def plain(self, record: type, now: Values) -> dict[str, Any]:
        """The record as a deck file has it, without what is as it would be anyway."""
        kind = self.kind_of(record, now)
        said = {}
        order = [f.name.rstrip("_") for f in fields(kind.record)]
        for part in sorted(parts(kind), key=lambda part: order.index(part.key)):
            value = self._plain(part, now[part.key]) if part.key in now else part.only or None
            if value is not None and (part.needed or value not in (part.default, [])):
                said[part.key] = value
        return {kind.name: said} if record == Effect else said

    def _plain(self, part: Part, value: Any) -> Any:
        if part.holds is not None:
            many = self.plains(part.holds, value)
            return many if part.hint is not part.inner else next(iter(many), None)
        if part.hint is bool:
            return {"yes": True, "no": False}.get(value)
        if isinstance(value, tuple):
            return list(value) or None if part.optional else list(value)
        return None if value == "" and not (part.needed and part.hint == Text) else value

    def plains(self, record: type, items: Sequence[Values]) -> list[dict[str, Any]]:
        """Several records; those with an id of their own get one from their first words."""
        plains: list[dict[str, Any]] = []
        for nth, item in enumerate(items, 1):
            plain = self.plain(record, item)
            if record != Effect and OWN_ID in hints(record):
                words = next((value for value in plain.values() if isinstance(value, str)), "")
                slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:24].strip("-")
                fits = slug[:1].isalpha() and slug not in [one[OWN_ID] for one in plains]
                plain = {OWN_ID: slug if fits else f"answer-{nth}", **plain}
            plains.append(plain)
        return plains

    # --- in words ----------------------------------------------------------------------------------

    def sentences(self, record: type, items: Sequence[Values]) -> list[str]:
        """What they say, one clause a line, in the words of the decks; "…" for what is not whole yet."""
        return [line for item in items for line in self._sentence(record, item)]

    def said(self, record: type, now: Values) -> str:
        """One record in a line."""
        return self._sentence(record, now)[0]

    def _sentence(self, record: type, now: Values) -> list[str]:
        kind = self.kind_of(record, now)
        if record in (Effect, Condition):
            if any(self._missing(kind, now)):
                return [say.unfinished(say.kind(kind.name, kind.subject, kind.record.__doc__ or ""))]
            built = build(record, self.plain(record, now))
            return self.words.effects([built]) if record == Effect else [self.words.condition(built)]
        told = []
        for part in parts(kind):
            known = self._field(kind, part, "", MOST_DEPTH)
            if part.key in now and (shown := known.shows(now)) and now[part.key] != part.default:
                told.append(shown if part.hint == Text else f"{known.label} {shown}")
        return [facilitate.AND.join(told) or say.NOTHING_IN_IT]

    # --- what is wrong -----------------------------------------------------------------------------

    def _missing(self, kind: Kind, now: Values) -> Iterator[str]:
        """What has to be said and is not, here and in what stands in it."""
        for part in parts(kind):
            value = now.get(part.key, part.only)
            pair = get_origin(part.hint) is tuple and get_args(part.hint)[-1] is not Ellipsis
            if (part.needed and value in ("", (), [])) or (
                pair and value and len(value) != len(get_args(part.hint))
            ):
                yield say.wanted(kind.name, part.key)
            if part.holds is not None and isinstance(value, list):
                for item in value:
                    yield from self._missing(self.kind_of(part.holds, item), item)

    def wrong(self, record: type, now: Values, looped: str = "") -> list[str]:
        """Why one record can't be played as it is, in sentences."""
        if missing := list(self._missing(self.kind_of(record, now), now)):
            return missing
        plain = self.plain(record, now)
        if record == Effect and looped:
            plain = {"each": {looped: self.ids[looped.removesuffix("s")], "effects": [plain]}}
        if record == Effect:
            return self.card_problems({"title": "-", "text": "", "effects": [plain]})
        if record == Condition and not looped:
            asked = [((KIND,), build(Condition, plain))]
            return [said for _path, said in in_the_decks(ground_of(self.scenario.base), [], asked)]
        return []

    def card_problems(self, card: Mapping[str, Any]) -> list[str]:
        """What the loader says against a card, kept for the next time; of a lone effect with no number."""
        text = card_text(dict(card))
        if text not in self._problems:
            self._problems[text] = card_problems(self.scenario.base, card)
        if card["title"] != "-":
            return self._problems[text]
        return [re.sub(r"^effects 1 \w+ ?", "", said) for said in self._problems[text]]


def _shows(form: Form, values: Values) -> bool:
    """Whether a form has kept those values as they are, and so has each of those inside it."""
    inner = (
        (known.item(deepcopy(one)), one)
        for known in form.known() if known.item is not None
        for one in values[known.key]
    )  # fmt: skip
    return form.values == values and all(_shows(item, one) for item, one in inner)


def _is_about(kind: Kind, made: Any) -> bool:
    """Whether a record is about that one of the things that such records may be about."""
    own = [part.name for part in parts(kind) if part.key == kind.subject]
    return not own or getattr(made, own[0]) not in (None, ())


def _nests(kind: Kind) -> bool:
    """Whether an effect or question holds others of its sort."""
    own = Condition if kind.record is Condition else Effect
    return issubclass(kind.record, own) and any(_reaches(part, own) for part in parts(kind))


def _reaches(part: Part, record: type) -> bool:
    """Whether such a record may stand in a field, or in what stands there."""
    if part.holds in (record, None, Effect, Condition):
        return part.holds is record
    return any(_reaches(inner, record) for kind in _kinds(part.holds, "") for inner in parts(kind))


def _kinds(record: type, name: str) -> list[Kind]:
    subjects = SUBJECTS.get(record, {})
    return [Kind(record, name, subject.rstrip("_")) for subject in subjects] or [Kind(record, name)]


def parts(kind: Kind) -> list[Part]:
    """The fields of a record that are to be said: first what it is about, with what goes with that alone."""
    subjects = SUBJECTS.get(kind.record, {})
    mine = next((one for one in subjects if one.rstrip("_") == kind.subject), "")
    own = {mine: (), **subjects.get(mine, {})} if mine else {}
    others = {name for one, with_it in subjects.items() for name in (one, *with_it)} - set(own)
    known = {f.name: f for f in fields(kind.record)}
    found = []
    for name in (*own, *(name for name in known if name not in (*own, *others, OWN_ID))):
        hint = hints(kind.record)[name]
        wanted = [arg for arg in get_args(hint) if arg is not type(None)]
        optional = get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
        if optional:
            hint = wanted[0] if len(wanted) == 1 else Union[tuple(wanted)]  # noqa: UP007
        default = known[name].default
        goes_with = name in own and name != mine
        needed = default is MISSING or name == mine or bool(goes_with and own[name] and len(own[name]) == 1)
        needed = needed or (goes_with and name == "seat" and kind.subject == "good")
        found.append(Part(name, hint, default, optional and not needed, needed, own.get(name, ())))
    return found


def _literals(hint: Any) -> tuple[str, ...]:
    """The words that an annotation allows."""
    if get_origin(hint) is Literal:
        return tuple(map(str, get_args(hint)))
    many = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else ()
    return tuple(word for one in many for word in _literals(one))


def seat_options(scenario: Scenario, words: Words) -> list[Option]:
    """The seats, with their signs."""
    return [
        (seat, f"{scenario.seats[seat].symbol}{scenario.seats[seat].short} {words.seat(seat)}")
        for seat in scenario.seat_ids
    ]
