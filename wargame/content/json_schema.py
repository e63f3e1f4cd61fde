"""JSON Schema for every file, for editors: completion, an explanation under the mouse, red lines.

Made by pydantic from the models that check the files (`content.schema`), so that the two can't disagree; what
keys mean and between which numbers they lie is added (`content.keys`). Ids are beyond it: `wargame check`
knows them.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from wargame.content import schema
from wargame.content.exercise import adapter_of_exercises
from wargame.content.keys import DATACLASSES, MODELS, keys_of, prose, roots
from wargame.content.load import LISTS
from wargame.rules import spec as s

DIALECT = "http://json-schema.org/draft-07/schema#"
"""What the YAML extensions of editors read best."""

DECKS = ("cards", *LISTS)
"""Keys of a `Spec` that stand in files of their own."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every kind of file by its name: `scenario`, `cards`, `news` …, as plain JSON."""
    return {name: _schema(name, record, many) for name, record, many in roots().values()}


def _schema(name: str, record: type, many: bool) -> dict[str, Any]:
    made = _adapter(record, many).json_schema(by_alias=True, ref_template="#/definitions/{model}")
    defined = made.pop("$defs", {})
    if not many and "properties" in made:
        defined[f"{record.__name__}Model"] = dict(made)
        made = {"$ref": f"#/definitions/{record.__name__}Model"}
    if name == "hindsight":
        news = {"type": "array", "items": {"$ref": "#/definitions/NewsModel"}}
        made = {"anyOf": [news, made]}
    if name == "exercise":
        switch = defined["ExerciseModel"]["properties"]["messages"]
        switch["anyOf"] = [{"type": "boolean"}, *switch["anyOf"]]
    for record_ in (*DATACLASSES, *MODELS):
        for called in (f"{record_.__name__}Model", record_.__name__):
            if called in defined:
                _explain(defined[called], record_)
    _one_operator(defined)
    named = {_title(one): model for one, model in defined.items()}
    whole = {"$schema": DIALECT, "title": f"{name}.yaml", **made, "definitions": named}
    return _tidy(whole)  # type: ignore[no-any-return]


def _title(model: str) -> str:
    """What an editor offers a whole record as: its name, not that of what checks it."""
    return model.removesuffix("Model").removesuffix("Box")


def _adapter(record: type, many: bool) -> TypeAdapter[Any]:
    if record in MODELS:
        return TypeAdapter(record)
    return adapter_of_exercises() if record.__name__ == "Exercise" else schema.adapter(record, many)


def _explain(model: dict[str, Any], record: type) -> None:
    """Add what a record and its keys mean, and their limits."""
    model["description"] = prose(record)
    model["additionalProperties"] = False
    for key in keys_of(record):
        if record is s.Spec and key.name in DECKS:
            model["properties"].pop(key.name, None)
            continue
        value = model["properties"][key.name]
        value["description"] = key.meaning
        if not key.required and key.default not in (None, "", (), {}, []):
            value["default"] = key.default if not isinstance(key.default, tuple) else list(key.default)
        if key.least is not None:
            _limit(value, key.least, key.most)


def _limit(value: dict[str, Any], least: int | None, most: int | None) -> None:
    """Set the limits of all whole numbers in a value."""
    if value.get("type") == "integer":
        value["minimum"], value["maximum"] = least, most
    inner = [value.get("items"), value.get("additionalProperties"), *value.get("anyOf", ())]
    for one in inner:
        if isinstance(one, dict):
            _limit(one, least, most)


def _one_operator(defined: dict[str, Any]) -> None:
    """An effect has exactly one key, and that means what its operator does."""
    box = defined.get("EffectBox")
    if box:
        box |= {"minProperties": 1, "maxProperties": 1, "additionalProperties": False}
        box["description"] = "One operator with what it needs."
        for value in box["properties"].values():
            target = value.get("$ref", "").rpartition("/")[2]
            value["description"] = defined.get(target, {}).get("description", "")


def _tidy(value: Any) -> Any:
    """Leave out pydantic's own titles and the `null` that stands for a key that is not there."""
    if isinstance(value, list):
        return [_tidy(part) for part in value]
    if not isinstance(value, dict):
        return value
    tidy: dict[str, Any] = {
        key: {name: _tidy(one) for name, one in part.items()}
        if key in ("properties", "definitions")
        else _tidy(part)
        for key, part in value.items()
        if not (key == "default" and part is None) and not (key == "title" and "$schema" not in value)
    }
    if "$ref" in tidy:
        tidy["$ref"] = _title(tidy["$ref"])
    if "`" in str(tidy.get("description", "")):  # editors show it as code there, and with backslashes else
        tidy["markdownDescription"] = tidy["description"]
    return tidy
