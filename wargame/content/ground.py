"""What a scenario is checked on: its parts that could be built, their records, and the ids they define."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

from wargame.rules import spec as s
from wargame.rules.effects.operators import OPERATORS

Path = tuple[str | int, ...]
OPERATOR_NAMES: dict[type, str] = {cls: name for name, cls in OPERATORS.items()}


class Piece(NamedTuple):
    """A record somewhere in a file."""

    file: str
    path: Path
    record: Any


def walk(file: str, path: Path, value: Any) -> Iterator[Piece]:
    """Yield the records in a value, outermost first, with the paths they have in the file."""
    if is_dataclass(value) and not isinstance(value, type):
        operator = OPERATOR_NAMES.get(type(value))
        here = (*path, operator) if operator else path
        yield Piece(file, here, value)
        for f in fields(value):
            yield from walk(file, (*here, f.name.rstrip("_")), getattr(value, f.name))
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from walk(file, (*path, at), part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from walk(file, (*path, key), part)


class Part(NamedTuple):
    """A part of a scenario that stands or falls as one: a section, or one entry of a section that is a list.

    `name` is the section of the spec (`tracks`, `news`), the file of a seat's cards (`amber.yaml`), or
    `rungs`, for those that hindsight adds.
    """

    name: str
    file: str
    path: Path
    record: Any


Known = Mapping[str, Collection[str] | None]
"""The ids of each kind; `None`: they can't be told, so nothing is said of them."""


class Ground(NamedTuple):
    """What there is of a scenario to check against: its parts that could be built.

    `known` also names what could not be built; `missing` names the sections and files that are not all there,
    as parts are named.
    """

    parts: tuple[Part, ...]
    known: Known
    missing: frozenset[str] = frozenset()

    @property
    def spec(self) -> s.Spec:
        """The parts as a spec. What is not there is empty."""
        found: dict[str, tuple[Any, ...]] = {}
        for part in self.parts:
            found[part.name] = (*found.get(part.name, ()), part.record)
        built: dict[str, Any] = dict.fromkeys(SECTIONS, ()) | dict.fromkeys(OPTIONAL)
        built |= {name: one if name in LISTED else one[0] for name, one in found.items() if name in SECTIONS}
        decks = (f"{seat.id}.yaml" for seat in built["seats"])  # in the order of the seats
        ladder, rungs = built["ladder"], found.get("rungs", ())
        if ladder and rungs:
            names, wants = ([rung.name for rung in rungs], [rung.wants for rung in rungs])
            built["ladder"] = replace(ladder, names=(*ladder.names, *names), wants=(*ladder.wants, *wants))
        built["cards"] = {name.removesuffix(".yaml"): found[name] for name in decks if name in found}
        return s.Spec(**built)


FILES = ("news", "hindsight", "deals", "systems", "stories", "characters", "history", "hints")
"""The lists of a scenario that stand in files of their own, besides the cards."""

SECTIONS = tuple(f.name for f in fields(s.Spec))
OPTIONAL = ("ladder", "detection", "accusations")
"""The sections that are one record and may be missing."""
LISTED = frozenset(f.name for f in fields(s.Spec) if str(f.type).startswith("tuple"))
"""The sections of a spec that are lists."""


def parts_of(spec: s.Spec, main: str) -> tuple[Part, ...]:
    """Return the parts of a whole scenario, whose file of sections is `main`."""
    parts: list[Part] = []
    for f in fields(spec):
        value = getattr(spec, f.name)
        if f.name in FILES:
            parts += (Part(f.name, f"{f.name}.yaml", (at,), one) for at, one in enumerate(value))
        elif f.name in LISTED:
            parts += (Part(f.name, main, (f.name, at), one) for at, one in enumerate(value))
        elif f.name != "cards":
            parts.append(Part(f.name, main, (f.name,), value))
    for seat, deck in spec.cards.items():
        parts += (Part(f"{seat}.yaml", f"{seat}.yaml", (at,), card) for at, card in enumerate(deck))
    return tuple(parts)


def ids_of(parts: Iterable[Part]) -> dict[str, list[str]]:
    """Return the ids of each kind in these parts."""
    known: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for part in parts:
        if part.name == "groups":
            known["group"] += part.record
        elif part.name in DEFINING:
            known[DEFINING[part.name]].append(part.record.id)
        if isinstance(part.record, s.Card):
            known["card"].append(part.record.id)
        if isinstance(part.record, s.Seat):
            known["part"].append(part.record.action.id)
        elif isinstance(part.record, CARRYING):
            known["part"].append(part.record.id)
    return known


DEFINING = {
    "seats": "seat",
    "tracks": "track",
    "goods": "good",
    "flags": "flag",
    "production": "production",
    "dials": "dial",
    "places": "place",
    "areas": "area",
    "deals": "deal",
    "news": "news",
    "hindsight": "news",
    "outcomes": "outcome",
}
"""List of the scenario → the kind of id that it defines."""

KINDS = (*dict.fromkeys(DEFINING.values()), "group", "card", "part")
"""Every kind of id."""

CARRYING = (s.Card, s.News, s.DealTemplate, s.Trigger, s.Dial, s.Stand, s.Production)
"""What, besides a seat's printed action, may carry a system or be a step of a story."""
