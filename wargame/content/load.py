"""From a folder of YAML to a scenario ready to play, or to the list of everything wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any

from wargame.content.check import check_spec
from wargame.content.folder import folder_texts
from wargame.content.places import Complaint, Document
from wargame.content.reader import read
from wargame.content.schema import problems
from wargame.errors import ContentError
from wargame.rules import spec as s
from wargame.rules.effects.build import build, hints
from wargame.rules.scenario import Scenario

MAIN = "scenario.yaml"
LISTS: dict[str, type] = {
    "news": s.News,
    "hindsight": s.News,
    "deals": s.DealTemplate,
    "systems": s.System,
    "stories": s.Story,
    "characters": s.Character,
    "history": s.Reported,
}
HINDSIGHT = "hindsight.yaml"
"""The deck that is left out unless it is asked for."""

EXERCISE = "exercise.yaml"
"""The file of an exercise that may lie beside a scenario; it is no part of it (see `content.exercise`)."""

OPTIONAL = ("claims.yaml",)
"""Files that other parts of the program read: here they need only be sound YAML; no game needs them."""


Homes = dict[str, tuple[str, tuple[str | int, ...]]]
"""Part of the spec → its file and path."""


@dataclass
class Checked:
    """The outcome of reading a scenario: `scenario`, unless there are `complaints`."""

    scenario: Scenario | None
    complaints: list[Complaint] = field(default_factory=list)


def check_folder(folder: Path, without: Collection[str] = ()) -> Checked:
    """Read a scenario folder, but for the files `without`, and report all its problems.

    Never raises for what files may hold.
    """
    if not folder.is_dir():
        known = ", ".join(scenario_names())
        return Checked(
            None, [Complaint(str(folder), 1, 1, f"there is no such folder or scenario (known: {known})")]
        )
    raw, complaints = folder_texts(folder)
    return check_texts(
        {file: text for file, text in raw.items() if file not in without},
        [complaint for complaint in complaints if complaint.file not in without],
    )


def check_texts(raw: Mapping[str, bytes], complaints: list[Complaint] | None = None) -> Checked:
    """The same for the files' bytes by name. An exercise among them is left out: it is no part of it."""
    found = [complaint for complaint in complaints or [] if complaint.file != EXERCISE]
    raw = {name: text for name, text in raw.items() if name != EXERCISE}
    documents: dict[str, Document] = {}
    for name in sorted(raw):
        document, wrong = read(raw[name], name)
        found += wrong
        if document is not None:
            documents[name] = document
    if MAIN not in raw:
        found.append(Complaint(MAIN, 1, 1, "is missing: a scenario folder holds one"))
    unread = set(raw) - set(documents)
    taken = {(complaint.file, complaint.line, complaint.column) for complaint in found}
    spec, more = _spec_and_problems(documents, unread, clean=not found)
    found += [one for one in more if (one.file, one.line, one.column) not in taken]
    if spec is None or found:
        return Checked(None, sorted(set(found)))
    texts = {name: raw[name].decode() for name in sorted(raw) if name not in OPTIONAL}
    return Checked(Scenario(spec, digest(texts), texts))


def _spec_and_problems(
    documents: dict[str, Document], unread: set[str], *, clean: bool
) -> tuple[s.Spec | None, list[Complaint]]:
    """The spec of what is sound; what is wrong with the shape of each file, and the sense of the rest."""
    main = documents.get(MAIN)
    seats = _seat_names(main.data if main else None)
    found, bad = list[Complaint](), set[tuple[str | int, ...]]()
    for name, document in documents.items():
        if name == MAIN or main is not None:
            found += _shape(name, document, seats, bad)
    if main is None or not isinstance(main.data, dict):
        return None, found
    spec, homes = _build(documents, seats, bad)
    for problem in check_spec(spec, homes, _known(documents, unread), whole=clean and not found):
        found.append(documents[problem.file].complaint(problem.path, problem.message))
    return spec, found


def _known(documents: dict[str, Document], unread: set[str]) -> dict[str, list[str] | None]:
    """The ids of each kind, also of entries that are otherwise wrong; `None` where they can't be read."""
    main = documents[MAIN].data
    assert isinstance(main, dict)
    known: dict[str, list[str] | None] = {
        kind: _ids_in(main.get(section, [])) for kind, section in SECTIONS.items()
    }
    groups = main.get("groups")
    known["group"] = list(groups) if isinstance(groups, dict) else None
    known["deal"] = [] if "deals.yaml" not in (*documents, *unread) else None
    if "deals.yaml" in documents:
        known["deal"] = _ids_in(documents["deals.yaml"].data) or None
    return known


SECTIONS = {
    "seat": "seats",
    "track": "tracks",
    "good": "goods",
    "flag": "flags",
    "production": "production",
    "dial": "dials",
    "place": "places",
}
"""Kind of id → the list of `scenario.yaml` that defines it."""


def _ids_in(entries: Any) -> list[str] | None:
    if not isinstance(entries, list):
        return None
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    return [name for name in ids if isinstance(name, str)] if all(isinstance(n, str) for n in ids) else None


def digest(texts: Mapping[str, str]) -> str:
    """The hash that names a scenario: of every file's name and text."""
    whole = blake2b(digest_size=16)
    for name in sorted(texts):
        for part in (name, texts[name]):
            encoded = part.encode()
            whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()


def _seat_names(data: Any) -> list[str]:
    seats = data.get("seats") if isinstance(data, dict) else None
    if not isinstance(seats, list):
        return []
    return [seat["id"] for seat in seats if isinstance(seat, dict) and isinstance(seat.get("id"), str)]


def _record_of(name: str, seats: list[str]) -> type | None:
    stem = name.removesuffix(".yaml")
    return LISTS.get(stem) or (s.Card if stem in seats else None)


def _shape(
    name: str, document: Document, seats: list[str], bad: set[tuple[str | int, ...]]
) -> list[Complaint]:
    """What is wrong with the shape of a file; the parts of it that can't be built are added to `bad`."""
    if name in OPTIONAL:
        return []
    record = s.Spec if name == MAIN else _record_of(name, seats)
    if record is None:
        known = ", ".join([MAIN, *(f"{part}.yaml" for part in (*LISTS, *seats))])
        return [Complaint(name, 1, 1, f"belongs to no part of the scenario; the files are {known}")]
    if name != MAIN and document.data in ([], {}, None):
        return [Complaint(name, 1, 1, "has no card in it")]
    found = []
    for path, at_key, message in problems(record, document.data, many=name != MAIN):
        say = document.key_complaint if at_key else document.complaint
        found.append(say(path, message))
        bad.add((name, *path[:1]))
    if name == MAIN and isinstance(document.data, dict):
        for key in ("cards", *LISTS):
            if key in document.data:
                found.append(document.key_complaint((key,), f"`{key}` stands in files of its own"))
    return found


def _build(
    documents: dict[str, Document], seats: list[str], bad: set[tuple[str | int, ...]]
) -> tuple[s.Spec, Homes]:
    """The spec, and where each of its parts stands; without the parts in `bad` and what is not there."""
    homes: Homes = {"scenario": (MAIN, ())}
    lists: dict[str, tuple[Any, ...]] = {}
    for name, document in documents.items():
        stem = name.removesuffix(".yaml")
        record = _record_of(name, seats)
        if record is None or not isinstance(document.data, list) or (name,) in bad:
            continue
        sound = [at for at in range(len(document.data)) if (name, at) not in bad]
        lists[stem] = tuple(build(record, document.data[at]) for at in sound)
        homes |= {f"{stem}/{nth}": (name, (at,)) for nth, at in enumerate(sound)}
    main = documents[MAIN].data
    assert isinstance(main, dict)
    parts = {key: value for key, value in main.items() if (MAIN, key) not in bad and key not in LISTS}
    spec = _spec(parts if (MAIN,) not in bad else {})
    cards = {seat: lists[seat] for seat in seats if seat in lists}
    decks: dict[str, Any] = {stem: lists.get(stem, ()) for stem in LISTS}
    return replace(spec, cards=cards, **decks), homes


def _spec(parts: dict[str, Any]) -> s.Spec:
    """The spec of those sections of `scenario.yaml` that are sound; the others are empty."""
    known = hints(s.Spec)
    built: dict[str, Any] = {f.name: () for f in fields(s.Spec) if f.default is MISSING}
    built |= {key: build(known[key], value) for key, value in parts.items() if key in known}
    return s.Spec(**built)


# --- the public way in ---------------------------------------------------------------------------------


def decks_folder() -> Path:
    """Where the scenarios that come with the program are."""
    shipped = Path(str(resources.files("wargame"))) / "_data" / "decks"
    return shipped if shipped.is_dir() else Path(__file__).resolve().parents[2] / "decks"


def scenario_names() -> list[str]:
    """The scenarios that come with the program, by folder name."""
    return sorted(path.parent.name for path in decks_folder().glob(f"*/{MAIN}"))


def load_scenario(name: str | Path, *, hindsight: bool = False) -> Scenario:
    """A scenario by the name of one that comes with the program, or by the path of its folder.

    With `hindsight` its deck of what was reported later is shuffled into the news. `ContentError`, with every
    problem and its place, if it cannot be played.
    """
    folder = scenario_folder(name)
    return _or_raise(check_folder(folder, without=() if hindsight else (HINDSIGHT,)))


def folder_hash(name: str | Path, *, hindsight: bool = False) -> str:
    """Return the hash of the scenario that `load_scenario` would give, whether it can be played or not."""
    raw, _complaints = folder_texts(scenario_folder(name))
    left_out = {*OPTIONAL, EXERCISE, *(() if hindsight else (HINDSIGHT,))}
    return digest(
        {file: text.decode("utf-8", "replace") for file, text in raw.items() if file not in left_out}
    )


def has_hindsight(name: str | Path) -> bool:
    """Whether a scenario has a deck of what was reported later."""
    return (scenario_folder(name) / HINDSIGHT).is_file()


def scenario_folder(name: str | Path) -> Path:
    """The folder of a scenario that comes with the program, else the path as given."""
    return decks_folder() / str(name) if str(name) in scenario_names() else Path(name)


def scenario_from_texts(texts: Mapping[str, str]) -> Scenario:
    """The scenario that a saved game carries. `ContentError` if this version cannot play it."""
    return _or_raise(check_texts({name: text.encode() for name, text in texts.items()}))


def _or_raise(checked: Checked) -> Scenario:
    if checked.scenario is None:
        raise ContentError(checked.complaints)
    return checked.scenario
