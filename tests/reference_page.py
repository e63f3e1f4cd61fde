"""The page of every key of every file, `docs/reference.md`: from the records, with the template's examples.

`python -m tests.reference_page` (or `make rules`) writes it anew; a test compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from wargame.content import claims
from wargame.content.exercise import open_exercise, plain
from wargame.content.ground import walk
from wargame.content.keys import DATACLASSES, EVERYWHERE, MODELS, Key, keys_of, operator_of, roots, shape
from wargame.content.load import EXERCISE, LISTS, check_folder, template_folder
from wargame.rules.conditions import Condition
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.spec import Spec

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference.md"
LONGEST, SHORT = 24, 40
"""Lines of an example, and letters of a meaning that is said again."""

HEAD = f"""\
# Every key of every file

Made by `make rules` from the records that the files become (`wargame/rules/spec.py`,
`wargame/rules/effects/`, `wargame/content/`); a test keeps it true. [Writing a
scenario](writing-a-scenario.md) is the way to begin; this is to look things up in. `wargame schema` gives
the same to an editor. Examples are from the scenario that `wargame new` makes.

What has no default is required. Keys that are not here are errors, and `wargame check` asks what was meant.

## Everywhere

- `id`: {EVERYWHERE["id"]}
- `source`: {EVERYWHERE["source"]}

## The files

| file | what it is |
|---|---|
"""

TEXT = """\
## Text

What a player reads: a string, or a mapping of language (`en`, `ko`) to string.

```yaml
title: {en: The reef, ko: 암초}
```
"""

EFFECTS = """\
## Effects

What cards, deals, dials, stands and triggers do: a list, each entry one operator with what it needs. In a
card with [targets](#targets) the word `target` stands for what it is aimed at; in the answers of a
[crisis](#crisis) `self` is the seat that answers.
"""


def reference() -> str:
    """The whole page."""
    operators = dict(sorted(OPERATORS.items()))  # which is read in first is no matter
    done: set[type] = {*operators.values(), Condition}
    parts = [HEAD + "".join(f"| [`{file}`](#{_anchor(file)}) | {_kind(file)} |\n" for file in roots())]
    for file, (_name, record, many) in roots().items():
        parts.append(f"## {file}\n\n{_file(file)}")
        for one in _reached(record):
            if one not in done:
                done.add(one)
                parts.append(_entry(one, one.__name__, bare=one is record and not many))
    parts += [TEXT, EFFECTS]
    parts += [_entry(cls, name) for name, cls in operators.items()]
    inner = [one for cls in operators.values() for one in _reached(cls)]
    parts += [_entry(one, one.__name__) for one in dict.fromkeys(inner) if one not in done]
    done |= set(inner)
    parts.append(_entry(Condition, "Condition"))
    parts += [_entry(one, one.__name__) for one in _reached(Condition) if one not in done]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _anchor(file: str) -> str:
    return "".join(letter for letter in file.lower() if letter.isalnum() or letter in "-_")


def _kind(file: str) -> str:
    _name, record, many = roots()[file]
    return (
        f"a list of [{record.__name__}](#{record.__name__.lower()})"
        if many
        else "a mapping of the keys below"
    )


def _file(file: str) -> str:
    _name, record, many = roots()[file]
    if file == "hindsight.yaml":
        return "A mapping of these keys, or a plain list of [News](#news).\n"
    first = "\n".join(paragraphs(record)) + "\n"
    return f"A list of [{record.__name__}](#{record.__name__.lower()}).\n" if many else first


def paragraphs(record: type) -> list[str]:
    """The docstring of a record as it is, for Markdown."""
    return cleandoc(record.__doc__ or "").splitlines()


def _reached(record: type) -> Iterator[type]:
    """A record, and those in it, outermost first."""
    seen, ahead = {record}, [record]
    for one in ahead:
        yield one
        for key in keys_of(one):
            if one is Spec and key.name in (*LISTS, "cards"):
                continue
            for inner in _records_in(key.hint):
                if inner not in seen:
                    seen.add(inner)
                    ahead.append(inner)


def _records_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and hint in (*DATACLASSES, *MODELS):
        yield hint
    for arg in get_args(hint):
        yield from _records_in(arg)


def _entry(record: type, called: str, bare: bool = False) -> str:
    lines = [] if bare else [f"### {called}", "", *paragraphs(record), ""]
    keys = [key for key in keys_of(record) if not (record is Spec and key.name in (*LISTS, "cards"))]
    lines += ["| key | value | default | meaning |", "|---|---|---|---|"]
    first = {key.meaning: key.name for key in reversed(keys)}
    lines += [
        f"| `{key.name}` | {_value(key)} | {_default(key)} | {_meaning(key, first[key.meaning])} |"
        for key in keys
    ]
    example = "" if bare else _example(record)
    return "\n".join([*lines, *(["", "```yaml", example.rstrip(), "```"] if example else []), ""])


def _meaning(key: Key, first: str) -> str:
    """Say it once: where it is long, only for the `first` key in the table that means it."""
    if key.name in ("id", "source") and key.meaning == EVERYWHERE[key.name]:
        return "[As everywhere](#everywhere)."
    if key.name != first and len(key.meaning) > SHORT:
        return f"As for `{first}`."
    return _cell(key.meaning)


def _value(key: Key) -> str:
    said = shape(key.hint)
    if key.names:
        said = said.replace("list of text", f"list of {key.names} ids").replace(
            "2: text", f"2: {key.names} ids"
        )
        said = f"{key.names} id" if said == "text" else said
    if key.least is not None:
        said += f", {key.least} to {key.most}"
    return _cell(said)


def _default(key: Key) -> str:
    if key.required:
        return "**required**"
    if (
        key.default in (None, "", (), [], {})
        or isinstance(key.default, BaseModel)
        or is_dataclass(key.default)
    ):
        return ""
    shown = {True: "true", False: "false"}.get(key.default) if isinstance(key.default, bool) else None
    value = list(key.default) if isinstance(key.default, tuple) else key.default
    return f"`{shown or value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# --- examples ------------------------------------------------------------------------------------------


def _example(record: type) -> str:
    """What the template has of a record, with as many keys as there are in few lines."""
    dumped = [(len(data), _yaml(record, data)) for data in _examples()[record] if isinstance(data, dict)]
    short = [one for one in dumped if one[1].count("\n") <= LONGEST]
    return min(short, key=lambda one: (-one[0], len(one[1])), default=(0, ""))[1]


def _yaml(record: type, data: Any) -> str:
    name = operator_of(record)
    whole = {name: data} if name else data
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)


@cache
def _examples() -> dict[type, list[Any]]:
    found: dict[type, list[Any]] = defaultdict(list)
    folder = template_folder()
    checked = check_folder(folder)
    assert checked.scenario is not None
    exercise = open_exercise(folder / EXERCISE)[1].exercise
    everything: Iterable[Any] = (checked.scenario.spec, exercise)
    for whole in everything:
        for piece in walk("", (), whole):
            data = plain(piece.record)
            found[type(piece.record)].append(
                data[name] if (name := operator_of(type(piece.record))) else data
            )
    for model in _models_in(claims.load_claims(folder, checked.scenario)):
        found[type(model)].append(model.model_dump(exclude_defaults=True, by_alias=True))
    return found


def _models_in(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for part in value.__dict__.values():
            yield from _models_in(part)
    for part in value if isinstance(value, list) else ():
        yield from _models_in(part)


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
