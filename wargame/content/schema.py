"""The shape of a deck file, derived from the records of the rules.

Every record of `rules.spec` and every operator becomes a pydantic model with the same fields, so the
format cannot drift from the game. Unknown keys are refused, numbers and texts are never converted.

Of a misshapen file the rest is salvaged, so that its sense can be checked as well: a value that can't be read
is left out; where it is needed, something stands in for it. Nothing is said about such a value's sense.
"""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Sequence
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Annotated, Any, ForwardRef, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    create_model,
    model_validator,
)

from wargame.rules.effects.operators import LEFT_OUT, NAMESPACE, OPERATORS, hints
from wargame.rules.spec import Effect, Text

LANGUAGES = ("en", "ko")
_LANGUAGES = " and ".join(LANGUAGES)
LARGEST = 100_000

Problem = tuple[tuple[str | int, ...], bool, str]
"""Path of the value, whether its key is meant, and what is wrong."""


def check_text(value: object) -> object:
    """Return a string, or one string a language."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        wrong = [part for part in value.values() if not isinstance(part, str)]
        if not wrong:
            return value
    number = isinstance(value, int)
    wanted = (
        f": put `{str(value).lower()}` in quotes" if number else f", or a mapping of {_LANGUAGES} to text"
    )
    raise ValueError(f"must be text{wanted}")


TEXT_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {language: {"type": "string"} for language in LANGUAGES},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}
TextField = Annotated[Any, AfterValidator(check_text), WithJsonSchema(TEXT_SCHEMA)]
IntField = Annotated[StrictInt, Field(ge=-LARGEST, le=LARGEST)]


def field_type(hint: Any) -> Any:
    """Return the pydantic type for an annotation of the rules."""
    if hint == Effect:
        return ForwardRef("EffectBox")
    if hint == Text:
        return TextField
    if is_dataclass(hint):
        return ForwardRef(f"{hint.__name__}Model")  # type: ignore[union-attr]
    simple = {int: IntField, str: StrictStr, bool: StrictBool}.get(hint)
    if simple is not None:
        return simple
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal or hint is type(None):
        return hint
    if origin in (Union, types.UnionType):
        literals = [value for arg in args if get_origin(arg) is Literal for value in get_args(arg)]
        if literals:
            return Literal[tuple(literals)] | None
        return Union[tuple(field_type(arg) for arg in args)]  # noqa: UP007  (built at run time)
    if origin is tuple and args[-1] is Ellipsis:
        return list[field_type(args[0])]  # type: ignore[misc]
    if origin is tuple:
        return Annotated[list[field_type(args[0])], Field(min_length=len(args), max_length=len(args))]  # type: ignore[misc]
    if origin is dict:
        return dict[StrictStr, field_type(args[1])]  # type: ignore[misc]
    raise TypeError(f"no schema for {hint}")


def record_model(cls: type) -> type[BaseModel]:
    """Return the pydantic model of one record; `is_` in the rules is `is` in YAML."""
    known = hints(cls)
    defined: dict[str, Any] = {}
    for f in fields(cls):
        required = f.default is MISSING and f.default_factory is MISSING and f.name not in LEFT_OUT
        alias = f.name.removesuffix("_")
        default = Field(alias=alias) if required else Field(None, alias=alias)
        defined[f"f_{f.name.strip('_')}"] = (field_type(known[f.name]), default)
    return create_model(f"{cls.__name__}Model", __config__=ConfigDict(extra="forbid"), **defined)


class OneKey(BaseModel):
    """A mapping with exactly one key: the operator."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def one_operator(cls, value: object) -> object:
        if not isinstance(value, dict) or len(value) != 1:
            raise ValueError("an effect is one operator with what it needs, like `shift: {track: …, by: 1}`")
        return value


@lru_cache(maxsize=1)
def models() -> dict[str, type[BaseModel]]:
    """Return every model by name, with references between them resolved."""
    records = [cls for cls in NAMESPACE.values() if isinstance(cls, type) and is_dataclass(cls)]
    made = {f"{cls.__name__}Model": record_model(cls) for cls in records}
    boxed: dict[str, Any] = {
        f"f_{name}": (ForwardRef(f"{cls.__name__}Model"), Field(None, alias=name))
        for name, cls in OPERATORS.items()
    }
    made["EffectBox"] = create_model("EffectBox", __base__=OneKey, **boxed)
    for model in made.values():
        model.model_rebuild(_types_namespace=made)
    return made


@lru_cache(maxsize=8)
def adapter(cls: type, many: bool) -> TypeAdapter[Any]:
    model = models()[f"{cls.__name__}Model"]
    return TypeAdapter(list[model] if many else model)  # type: ignore[valid-type]


def problems(cls: type, data: object, *, many: bool) -> list[Problem]:
    """Return everything wrong with the shape of the data of a file; empty if it can be built."""
    try:
        adapter(cls, many).validate_python(data)
    except ValidationError as error:
        root = tuple[cls, ...] if many else cls  # type: ignore[valid-type]
        return explained(root, error)
    return []


def explained(root: Any, error: ValidationError) -> list[Problem]:
    """Return all that is wrong with a file of that type; a key that is misspelt is not missing as well."""
    items = error.errors(include_url=False)
    meant = {
        (*item["loc"][:-1], closest(str(item["loc"][-1]), keys_at(root, _path(item)[:-1])))
        for item in items
        if item["type"] == "extra_forbidden"
    }
    misspelt = [item for item in items if item["type"] == "missing" and item["loc"] in meant]
    return [_explain(root, item) for item in items if item not in misspelt]


def _explain(root: Any, item: Any) -> Problem:
    """Return one of pydantic's errors about a file of that type, as a place in the data and a sentence."""
    path = _path(item)
    kind, context = item["type"], item.get("ctx", {})
    if kind == "extra_forbidden":
        key, known = str(path[-1]), keys_at(root, path[:-1])
        homes = [name for name in known if key in keys_at(root, (*path[:-1], name))]
        if len(homes) == 1 and not closest(key, known):
            return path, True, f"unknown key `{key:.40}`; it belongs in `{homes[0]}`"
        return path, True, _unknown_key(key, item["input"], known)
    if kind == "missing":
        return path[:-1], False, f"`{path[-1]}` is missing"
    if kind == "value_error":
        return path, False, str(context["error"])
    if kind == "literal_error" and isinstance(item["input"], str):
        said = WANTED[kind].format(**context)
        return path, False, said + did_you_mean(item["input"], re.findall("'([^']*)'", context["expected"]))
    if kind == "literal_error" and context["expected"] == "'now'" and type(item["input"]) is int:
        said = "must be `now`, and its number `at_least` or `at_most`"
        return path, False, f"{said}: `{{round: now, at_least: {item['input']}}}`"
    wanted = WANTED.get(kind)
    if wanted:
        keys = keys_at(root, path) if kind.startswith("model_") else []
        more = _instead(kind, path, item["input"], keys) if path else ""
        return path, False, wanted.format(**context) + more
    return path, False, str(item["msg"])[0].lower() + str(item["msg"])[1:]


WANTED = {
    "int_type": "must be a whole number",
    "float_type": "must be a number, like 3 or 0.5",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping of keys to values",
    "model_attributes_type": "must be a mapping of keys to values",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "too_short": "has too few items: {min_length} wanted",
    "too_long": "has too many items: {max_length} wanted",
    "recursion_loop": "refers to itself",
}


_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_COORDINATES = ("east", "north", "west", "south")
_MOST_KEYS, _FEW_NAMES = 12, 8
"""Keys, and ids, that a complaint lists."""


def _instead(kind: str, path: tuple[str | int, ...], found: object, keys: Sequence[str]) -> str:
    """What to write instead of what was found, as far as that can be told, else what was found.

    `keys` are those of the record that is wanted.
    """
    if keys and isinstance(found, str):
        return f", such as `{keys[0]}: {found:.40}`"
    if kind == "int_type" and isinstance(found, str):
        if found.lstrip("-").isdecimal():
            return f": take the quotes from `{found:.40}`"
        if found.startswith("+") and found[1:].isdecimal():
            return f": `{found[1:40]}`, without the plus"
        if path[-1] in _COORDINATES and _DECIMAL.fullmatch(found):
            return f", in hundredths: `{round(float(found) * 100)}`"
    if kind == "too_short" and isinstance(found, list):
        spaced = next((one for one in found if isinstance(one, str) and " " in one), "")
        return f"; is a comma missing in `{spaced:.40}`?" if spaced else ""
    if kind == "list_type" and isinstance(found, str):
        return f": `[{found:.40}]`"
    if kind == "list_type" and isinstance(found, dict):
        return ": put it in brackets, or `- ` before it"
    if kind == "string_type" and isinstance(found, int):
        return f": put `{str(found).lower()}` in quotes"
    if kind == "string_type" and isinstance(found, list) and len(found) == 1 and isinstance(found[0], str):
        return f": `{found[0]:.40}`, without the brackets"
    return _not_what_is_there(found) if kind.endswith("_type") else ""


def _not_what_is_there(found: object) -> str:
    if found is None:
        return ", and nothing is there"
    if isinstance(found, bool):
        return f", not `{str(found).lower()}`"
    if isinstance(found, dict | list):
        return ", not a mapping" if isinstance(found, dict) else ", not a list"
    return f", not `{found!s:.40}`"


def _unknown_key(key: str, value: object, known: Collection[str]) -> str:
    """Say that no such key is known, and which one may be meant, or which there are."""
    said = f"unknown key `{key:.40}`"
    if closest(key, known):
        return said + did_you_mean(key, known)
    if value is None and not re.fullmatch("[a-z_]+", key):
        return f"{said}; a text with a comma needs quotes here"
    few = 0 < len(known) <= _MOST_KEYS
    return f"{said}; here may stand {', '.join(f'`{name}`' for name in known)}" if few else said


def unknown_name(kind: str, name: str, known: Collection[str], meant: str = "") -> str:
    """Say that there is nothing of that kind and name, and what may be meant: the closest, if not known.

    Else two names with a comma lost between them, or whichever of a few there are.
    """
    return f"there is no {kind} `{name:.40}`" + (
        _comma_lost(name, known) or did_you_mean(meant or name, known) or known_names(known)
    )


def _comma_lost(name: str, known: Collection[str]) -> str:
    first, *more = name.split() or [""]
    lost = bool(more) and all(word in known for word in (first, *more))
    return f": a comma is missing between `{first}` and `{more[0]}`" if lost else ""


def known_names(names: Collection[str]) -> str:
    """List the known names in brackets; "" if there are none, or more than a few."""
    few = 0 < len(names) <= _FEW_NAMES
    return f" (known: {', '.join(f'`{name}`' for name in names)})" if few else ""


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Ask whether the closest of the known names is meant; "" if none is close."""
    close = closest(name, known)
    return f" (did you mean `{close}`?)" if close else ""


def closest(name: str, known: Collection[str]) -> str:
    """Return the known name that is nearly this one; "" if none is."""
    return next(iter(get_close_matches(name, known, n=1)), "")


def hint_at(hint: Any, path: tuple[str | int, ...]) -> Any:
    """Return the annotation of what lies at a path in data of that type; None where nothing may."""
    for step in path:
        try:
            hint = _inside(_wanted(hint), step)
        except (KeyError, IndexError, ValueError):
            return None
    return hint


def keys_at(hint: Any, path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that are allowed at a path in data of that type."""
    for step in path:
        hint = _inside(_wanted(hint), step)
    hint = _wanted(hint)
    if hint == Effect:
        return list(OPERATORS)
    if _is_model(hint):
        return list(_fields_of(hint))
    return [f.name.removesuffix("_") for f in fields(hint)] if is_dataclass(hint) else []


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """The types in a record that pydantic makes itself, by the keys in YAML."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _wanted(hint: Any) -> Any:
    """The type apart from `None`."""
    if hint == Effect or get_origin(hint) not in (Union, types.UnionType):
        return hint
    return next(arg for arg in get_args(hint) if arg is not type(None))


def _inside(hint: Any, step: str | int) -> Any:
    if hint == Effect:
        return OPERATORS[str(step)]
    if is_dataclass(hint) and isinstance(hint, type):
        known = hints(hint)
        return known[str(step) if step in known else f"{step}_"]
    if _is_model(hint):
        return _fields_of(hint)[str(step)]
    args = get_args(hint)
    if get_origin(hint) is dict:
        return args[1]
    if get_origin(hint) is list:
        return args[0]
    return args[0] if args[-1] is Ellipsis else args[int(step)]


Path = tuple[str | int, ...]
STAND_INS: tuple[tuple[Any, Any], ...] = ((int, 2), (str, "?"), (Text, "?"))
"""What a needed value is taken to be that can't be read, by its annotation."""


class Salvage(NamedTuple):
    """What could be kept: `data`, the paths that were `wrong`, and where what is kept of lists stood."""

    data: dict[str, Any]
    wrong: frozenset[Path]
    places: dict[Path, list[int]]

    def at(self, path: Path) -> Path:
        """Return the path in the file for a path in `data`."""
        found: Path = ()
        for step in path:
            found += (self.places[found][step] if isinstance(step, int) and found in self.places else step,)
        return found

    def doubts(self, path: Path) -> bool:
        """Return whether a value of the file can't be judged: it, or what it lies in, was wrong."""
        return any(path[: len(one)] == one for one in self.wrong)


def salvage(root: type, adapter: TypeAdapter[Any], data: Any) -> Salvage:
    """Leave out of a file's data what does not fit its shape, and no more than that."""
    stand_ins: dict[Path, Any] = {}
    dropped: set[Path] = set()
    while True:
        places: dict[Path, list[int]] = {}
        kept = _without(data, (), dropped, stand_ins, places) if isinstance(data, dict) else {}
        found = Salvage(kept, frozenset(dropped | stand_ins.keys()), places)
        try:
            adapter.validate_python(kept)
        except ValidationError as error:
            before = dict(stand_ins), set(dropped)
            paths = [(found.at(_path(item)), item["type"]) for item in error.errors(include_url=False)]
            for path, kind in paths:
                _give_up(root, path, kind == "missing", dropped, stand_ins)
            if before == (stand_ins, dropped):  # keys that are no text, and whatever else is not thought of
                dropped |= {path[:1] for path, _kind in paths}
            if () in dropped or before == (stand_ins, dropped):
                return Salvage({}, frozenset({()}), {})
        else:
            return found


def _give_up(root: type, path: Path, needed: bool, dropped: set[Path], stand_ins: dict[Path, Any]) -> None:
    """Let something stand in for a value, once; else leave it out, or all of the record that needs it."""
    known = [value for hint, value in STAND_INS if hint_at(root, path) == hint]
    if known and path not in stand_ins and (needed or known != [2]):
        stand_ins[path] = known[0]
        dropped.discard(path)
    else:
        dropped.add(path[:-1] if needed or path in dropped else path)


def _path(item: Any) -> Path:
    return tuple(part.removeprefix("f_") if isinstance(part, str) else part for part in item["loc"])


def _without(
    value: Any, path: Path, dropped: set[Path], stand_ins: dict[Path, Any], places: dict[Path, list[int]]
) -> Any:
    if path in stand_ins:
        return stand_ins[path]
    if isinstance(value, dict):
        more = [one[-1] for one in stand_ins if one[:-1] == path and one[-1] not in value]
        return {
            key: _without(value.get(key), (*path, key), dropped, stand_ins, places)
            for key in (*value, *more)
            if (*path, key) not in dropped
        }
    if isinstance(value, list):
        places[path] = [at for at in range(len(value)) if (*path, at) not in dropped]
        return [_without(value[at], (*path, at), dropped, stand_ins, places) for at in places[path]]
    return value
