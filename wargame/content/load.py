"""From a folder of YAML to a scenario ready to play, or to the list of everything wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from wargame.content.archive import is_archive
from wargame.content.check import Problem, check_parts
from wargame.content.ground import DEFINING, KINDS, LISTED, OPERATOR_NAMES, SECTIONS, Ground, Part, walk
from wargame.content.older import as_written_now
from wargame.content.places import CannotGoOnError, Complaint, Complaints, Document
from wargame.content.reader import read
from wargame.content.schema import closest, did_you_mean, known_names, problems
from wargame.content.text import RULEBOOK, folder_texts, has_text, safe_text
from wargame.counting import several
from wargame.errors import ContentError
from wargame.rules import spec as s
from wargame.rules.effects.flow import Choose
from wargame.rules.effects.operators import build, hints
from wargame.rules.effects.votes import Vote
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
    "hints": s.Hint,
}
HINDSIGHT = "hindsight.yaml"
LATER: dict[str, tuple[str, type]] = {
    "news": ("hindsight", s.News),
    "deals": ("deals", s.DealTemplate),
    "rungs": ("rungs", s.Rung),
}
"""The lists of a hindsight deck that is a mapping → what their entries are parts of."""
"""The deck that is left out unless it is asked for."""

EXERCISE = "exercise.yaml"
"""The file of an exercise that may lie beside a scenario; it is no part of it (see `content.exercise`)."""

OPTIONAL = ("claims.yaml",)
"""Files that other parts of the program read: here they need only be sound YAML; no game needs them."""


@dataclass
class Checked:
    """The outcome of reading a scenario: `scenario`, unless there are `complaints`.

    `ground` is what there is of it to check an exercise against, in either case.
    """

    scenario: Scenario | None
    complaints: list[Complaint]
    ground: Ground


NOTHING = Ground((), dict.fromkeys(KINDS), frozenset(SECTIONS))
"""What there is of a scenario that can't be read at all."""


def check_folder(folder: Path, without: Collection[str] = ()) -> Checked:
    """Read a scenario folder, but for the files `without`, and report all its problems.

    Never raises for what files may hold.
    """
    if not names_scenario(folder):
        return Checked(None, [Complaint(str(folder), 0, 0, _no_folder(folder))], NOTHING)
    raw, complaints = folder_texts(folder)
    if not raw and is_archive(folder):
        return Checked(None, complaints, NOTHING)
    return check_texts(
        {file: text for file, text in raw.items() if file not in without},
        [complaint for complaint in complaints if complaint.file not in without],
    )


def _no_folder(path: Path) -> str:
    """Say that no scenario lies at a path, and which is meant: one beside it, or the one it is a file of."""
    if part_of(path):
        return f"is one file of a scenario: name its folder, {path.parent}"
    beside = sorted(main.parent.name for main in path.parent.glob(f"*/{MAIN}"))
    meant = did_you_mean(path.name, [*scenario_names(), *beside]) or known_names(scenario_names())
    return f"there is no such folder or scenario{meant}"


def check_texts(
    raw: Mapping[str, bytes], complaints: list[Complaint] | None = None, *, saved: bool = False
) -> Checked:
    """Return the same for the files' bytes by name; those `saved` with a game may be of an earlier version.

    An exercise among them is left out: it is no part of it. Words for the rulebook are kept with the texts,
    so that a save can show them, but change no hash: nobody plays otherwise for them (`wargame.rulebook`).
    """
    found = [complaint for complaint in complaints or [] if complaint.file != EXERCISE]
    own, wrong = _own_words(raw.get(RULEBOOK, b""))
    found += wrong
    raw = {name: text for name, text in raw.items() if name not in (EXERCISE, RULEBOOK)}
    documents: dict[str, Document] = {}
    for name in sorted(raw):
        document, wrong = read(raw[name], name)
        found += wrong
        if document is not None:
            documents[name] = document
    if saved and MAIN in documents:
        as_written_now(documents[MAIN].data, [one.data for name, one in documents.items() if name != MAIN])
    if MAIN not in raw:
        found.append(Complaint(MAIN, 1, 1, "is missing: a scenario folder holds one"))
    taken = {(complaint.file, complaint.line, complaint.column) for complaint in found}
    unread = {complaint.file for complaint in found} | set(raw)
    ground, more = _ground_and_complaints(documents, unread - set(documents))
    found += [one for one in more if (one.file, one.line, one.column) not in taken]
    if found:
        return Checked(None, sorted(set(found)), ground)
    texts = {name: raw[name].decode() for name in sorted(raw) if name not in OPTIONAL}
    hash_ = digest(texts)
    return Checked(Scenario(ground.spec, hash_, texts | own), [], ground)


def _own_words(raw: bytes) -> tuple[dict[str, str], list[Complaint]]:
    """The scenario's words for its rulebook by its file's name, none if it has none, and what is refused."""
    complaints = Complaints(RULEBOOK)
    try:
        text = safe_text(raw, complaints)
    except CannotGoOnError:
        text = ""
    return {RULEBOOK: text} if text.strip() else {}, complaints.in_order()


def _ground_and_complaints(
    documents: dict[str, Document], unread: set[str]
) -> tuple[Ground, list[Complaint]]:
    """What can be built; what is wrong with the shape of each file, and with the sense of what was built."""
    main = documents.get(MAIN)
    if main is None:
        return NOTHING, []
    known = _known(documents, unread)
    names = _seat_names(main.data)
    found, parts, missing = list[Complaint](), list[Part](), set(map(_part_name, unread))
    for name in sorted(documents, key=lambda file: (file != MAIN, _part_name(file) == file)):
        if name in OPTIONAL or (_record_of(name, names) is None and known["seat"] is None):
            continue  # in the second case it is the deck of a seat whose id can't be told, as like as not
        lacking = [seat for seat in names if f"{seat}.yaml" not in {*documents, *unread}]
        wrong, sound, without = _shape(name, documents[name], names, lacking)
        found += wrong
        parts += sound
        missing |= without
    if not isinstance(main.data, dict):
        return NOTHING, found
    ground = Ground(tuple(parts), known, frozenset(missing))
    for problem in check_parts(ground):
        found.append(documents[problem.file].complaint(problem.path, _said(problem, documents)))
    return ground, found


def _said(problem: Problem, documents: Mapping[str, Document]) -> str:
    """Return the sentence of a problem, with the second place that it is about if there is one."""
    if problem.also is None:
        return problem.message
    file, path = problem.also
    line, column = documents[file].at(path)
    return f"{problem.message}, at {file}:{line}:{column}"


def _known(documents: dict[str, Document], unread: set[str]) -> dict[str, list[str] | None]:
    """The ids of each kind, also of entries that are otherwise wrong; `None` where they can't be told."""
    main: Any = documents[MAIN].data
    if not isinstance(main, dict):
        return dict.fromkeys(KINDS)
    files = {name: _ids_in(document.data) or None for name, document in documents.items()}
    files |= dict.fromkeys(unread)
    later: Any = documents[HINDSIGHT].data if HINDSIGHT in documents else None
    if isinstance(later, dict):
        files[HINDSIGHT] = _ids_in(later.get("news", []))
        files["deals.yaml"] = _together(files.get("deals.yaml", []), _ids_in(later.get("deals", [])))
    lists = {name: _ids_in(main.get(name, [])) for name in (*DEFINING, "triggers", "stands")}
    lists |= {name: files.get(f"{name}.yaml", []) for name in LISTS}
    known = {
        kind: _together(*(lists[name] for name, defined in DEFINING.items() if defined == kind))
        for kind in KINDS
    }
    groups = main.get("groups")
    known["group"] = list(groups) if isinstance(groups, dict) else None
    seats = known["seat"]
    if seats is None:
        return known | {"card": None, "part": None}
    actions = _ids_in([seat.get("action") for seat in main.get("seats", ())])
    carrying = ("news", "hindsight", "deals", "triggers", "dials", "stands", "production")
    decks = [files.get(f"{seat}.yaml", []) for seat in seats]
    known["card"] = _together(*decks)
    known["part"] = _together(actions, *(lists[name] for name in carrying), *decks)
    return known


def _together(*lists: list[str] | None) -> list[str] | None:
    """All ids of several lists, if all can be told."""
    return None if None in lists else [name for names in lists for name in names or ()]


def _ids_in(entries: Any) -> list[str] | None:
    if not isinstance(entries, list):
        return None
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    return [name for name in ids if isinstance(name, str)] if all(isinstance(n, str) for n in ids) else None


def digest(texts: Mapping[str, str]) -> str:
    """Return the hash that names a scenario: of every file's name and text."""
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
    if name == MAIN:
        return s.Spec
    return LISTS.get(stem) or (s.Card if stem in seats else None)


def _part_name(file: str) -> str:
    """What the parts in a file are called: a list by its section, the cards of a seat by their file."""
    stem = file.removesuffix(".yaml")
    return stem if stem in LISTS else file


def _shape(
    name: str, document: Document, seats: list[str], lacking: list[str]
) -> tuple[list[Complaint], list[Part], set[str]]:
    """What is wrong with the shape of a file, the parts of it that are sound, and what is not all there."""
    data, deck, record = document.data, _part_name(name), _record_of(name, seats)
    if record is None:
        return [Complaint(name, 1, 1, _no_part(name, seats, lacking))], [], set()
    if name != MAIN and data in ([], {}, None):
        return [Complaint(name, 1, 1, "has no card in it")], [], {deck}
    found, bad = [], set[tuple[str | int, ...]]()
    if name == HINDSIGHT and isinstance(data, dict):
        record = s.Hindsight
    for path, at_key, message in problems(record, data, many=record not in (s.Spec, s.Hindsight)):
        found.append((document.key_complaint if at_key else document.complaint)(path, message))
        bad |= {path[:1], path[:2]}
    if name == MAIN:
        sections: dict[str, Any] = data if isinstance(data, dict) else {}
        for key in ("cards", *LISTS):
            if key in sections:
                found.append(document.key_complaint((key,), f"`{key}` stands in files of its own"))
        return found, *_sections(sections, bad)
    if record is s.Hindsight and isinstance(data, dict):
        return found, *_later(data, bad)
    if not isinstance(data, list):
        return found, [], {deck}
    sound = [at for at in range(len(data)) if (at,) not in bad]
    return (
        found,
        [Part(deck, name, (at,), build(record, data[at])) for at in sound],
        {deck} if len(sound) < len(data) else set(),
    )


def _no_part(name: str, seats: list[str], lacking: list[str]) -> str:
    """What is said of a file that is not read: as like as not, it is the deck of a seat of another name."""
    files = [MAIN, *(f"{part}.yaml" for part in (*LISTS, *seats)), *OPTIONAL, EXERCISE]
    said, near = "belongs to no part of the scenario", closest(name[:-5], lacking)
    if lacking and not near:
        lack = " and ".join(f"`{seat}`" for seat in lacking)
        return (
            f"{said}; a seat's cards are in a file called by its id, and there is none of {lack}: rename it?"
        )
    meant = did_you_mean(f"{near}.yaml" if near else name, files)
    return f"{said}{meant}; the files are {', '.join(files)}"


def _later(data: dict[str, Any], bad: Collection[tuple[str | int, ...]]) -> tuple[list[Part], set[str]]:
    """The parts of a hindsight deck with more than news that are sound, and what is not all there."""
    parts, missing = list[Part](), set[str]()
    for key, (section, record) in LATER.items():
        entries = data.get(key, [])
        if not isinstance(entries, list):
            missing.add(section)
            continue
        sound = [at for at in range(len(entries)) if (key, at) not in bad]
        parts += (Part(section, HINDSIGHT, (key, at), build(record, entries[at])) for at in sound)
        missing |= {section} if len(sound) < len(entries) else set()
    return parts, missing


def _sections(data: dict[str, Any], bad: Collection[tuple[str | int, ...]]) -> tuple[list[Part], set[str]]:
    """The parts of `scenario.yaml` that are sound, and the sections that are not all there."""
    parts, missing = list[Part](), set[str]()
    types = hints(s.Spec)
    for f in fields(s.Spec):
        if f.name not in data:
            missing |= {f.name} if f.default is MISSING and f.default_factory is MISSING else set()
        elif f.name in LISTED and isinstance(data[f.name], list) and f.name not in LISTS:
            [entry, _all] = get_args(types[f.name])
            at = [nth for nth in range(len(data[f.name])) if (f.name, nth) not in bad]
            parts += (Part(f.name, MAIN, (f.name, n), build(entry, data[f.name][n])) for n in at)
            missing |= {f.name} if len(at) < len(data[f.name]) else set()
        elif (f.name,) in bad:
            missing.add(f.name)
        elif f.name not in (*LISTS, "cards") and data[f.name] is not None:
            parts.append(Part(f.name, MAIN, (f.name,), build(types[f.name], data[f.name])))
    return parts, missing


# --- the public way in ---------------------------------------------------------------------------------


def decks_folder() -> Path:
    """Return where the scenarios that come with the program are."""
    return _shipped("decks")


def template_folder() -> Path:
    """Return where the scenario is that a new one begins as: small, sound, with a little of everything."""
    return _shipped("template")


def _shipped(name: str) -> Path:
    shipped = Path(str(resources.files("wargame"))) / "_data" / name
    return shipped if shipped.is_dir() else Path(__file__).resolve().parents[2] / name


def scenario_names() -> list[str]:
    """Return the scenarios that come with the program, by folder name."""
    return sorted(path.parent.name for path in decks_folder().glob(f"*/{MAIN}"))


def load_scenario(name: str | Path, *, hindsight: bool = False) -> Scenario:
    """Return a scenario by the name of one that comes with the program, or by the path of its folder,
    its `.zip` or its `scenario.yaml`.

    With `hindsight` its deck of what was reported later is shuffled into the news. `ContentError`, with every
    problem and its place, if it cannot be played.
    """
    folder = scenario_folder(name)
    return _or_raise(check_folder(folder, without=() if hindsight else (HINDSIGHT,)))


def folder_hash(name: str | Path, *, hindsight: bool = False) -> str:
    """Return the hash of the scenario that `load_scenario` would give, whether it can be played or not."""
    raw, _complaints = folder_texts(scenario_folder(name))
    left_out = {*OPTIONAL, EXERCISE, RULEBOOK, *(() if hindsight else (HINDSIGHT,))}
    return digest(
        {file: text.decode("utf-8", "replace") for file, text in raw.items() if file not in left_out}
    )


def has_hindsight(name: str | Path) -> bool:
    """Return whether a scenario has a deck of what was reported later."""
    return has_text(scenario_folder(name) / HINDSIGHT)


def scenario_folder(name: str | Path) -> Path:
    """Return where a scenario lies, by its name, its folder, its `.zip` or its `scenario.yaml`."""
    path = decks_folder() / str(name) if str(name) in scenario_names() else Path(name)
    return path.parent if path.name == MAIN and path.is_file() else path


def names_scenario(name: str | Path) -> bool:
    """Return whether there is something of a scenario where `scenario_folder` says that it lies."""
    folder = scenario_folder(name)
    return folder.is_dir() or is_archive(folder)


def part_of(name: str | Path) -> Path | None:
    """Return the folder, or the `.zip`, of the scenario that a file is one of; None if it is none of one.

    Its `scenario.yaml` and its exercise are what they are the files of.
    """
    path = Path(name)
    part = path.name not in (MAIN, EXERCISE) and path.suffix in (".yaml", ".yml", ".md")
    return path.parent if part and has_text(path) and has_text(path.parent / MAIN) else None


def scenario_from_texts(texts: Mapping[str, str]) -> Scenario:
    """Return the scenario that a saved game carries. `ContentError` if this version cannot play it."""
    return _or_raise(check_texts({name: text.encode() for name, text in texts.items()}, saved=True))


def _or_raise(checked: Checked) -> Scenario:
    if checked.scenario is None:
        raise ContentError(checked.complaints)
    return checked.scenario


def summary(scenario: Scenario) -> str:
    """Return counts of every kind of thing, the operators used, and the paragraphs cited."""
    spec = scenario.spec
    asking = sum(
        1 for card in spec.news if any(isinstance(p.record, Choose | Vote) for p in walk("", (), card))
    )
    quiet = sum(card.quiet for deck in spec.cards.values() for card in deck)
    decks = ", ".join(f"{seat} {len(deck)}" for seat, deck in spec.cards.items())
    operators = Counter(OPERATOR_NAMES[type(r)] for r in _records(scenario) if type(r) in OPERATOR_NAMES)
    pairs = len({frozenset(d.between) for d in spec.deals})
    hindsight = f", and {len(spec.hindsight)} of hindsight" if spec.hindsight else ""
    crises = f", {several(len(scenario.crises), 'crisis', 'crises')}" if scenario.crises else ""
    lines = [
        f"{spec.title}: sound ({scenario.hash[:12]})",
        f"  seats     {len(spec.seats)}: {', '.join(scenario.seat_ids)}",
        f"  tracks    {len(spec.tracks)} in {several(len(spec.groups), 'group')};"
        f" goods {len(spec.goods)}; flags {len(spec.flags)}",
        f"  news      {several(len(spec.news), 'card')}, {asking} with a choice{crises}{hindsight}",
        f"  policy    {several(sum(map(len, spec.cards.values())), 'card')}, {quiet} quiet: {decks}",
        f"  deals     {len(spec.deals)} between {several(pairs, 'pair')}",
        f"  agendas   {len(spec.agendas)}; epilogues {len(spec.epilogues)}; triggers {len(spec.triggers)};"
        f" dials {len(spec.dials)}; stands {len(spec.stands)}",
        f"  operators {', '.join(f'{name} {count}' for name, count in sorted(operators.items()))}",
    ]
    if cited := sorted(_cited(scenario).items(), key=_number):
        lines.append(f"  cited     {', '.join(f'{source} {n}' for source, n in cited)}")
    lines += [f"  {system.id:<9} {system.title}: {', '.join(system.carried_by)}" for system in spec.systems]
    lines += [f"  story     {story.title}: {' → '.join(story.steps)}" for story in spec.stories]
    return "\n".join(lines)


def _records(scenario: Scenario) -> Iterator[Any]:
    return (piece.record for piece in walk("", (), scenario.spec))


def _cited(scenario: Scenario) -> Counter[str]:
    """How many news and policy cards cite each paragraph."""
    cards: list[Any] = list(scenario.spec.news)
    for deck in scenario.spec.cards.values():
        cards += deck
    return Counter(part for card in cards for part in card.source.split(", ") if part)


def _number(item: tuple[str, int]) -> tuple[int, str]:
    digits = item[0].lstrip("p")
    return (int(digits) if digits.isdigit() else 99, item[0])
