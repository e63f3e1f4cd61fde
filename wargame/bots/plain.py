"""A window as plain data, for programs that are not Python, and back.

Nothing is left out and nothing is added: `read_view(plain_view(seen), scenario) == seen`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from wargame.rules import events, state, view
from wargame.rules.scenario import Scenario
from wargame.rules.view import View

UNSENT = ("scenario", "menu")
"""The scenario is named in the greeting; the menu is only a memory of what `options` worked out."""
NAMESPACE: dict[str, Any] = {**vars(events), **vars(state), **vars(view)}


def plain_view(seen: View) -> dict[str, Any]:
    """The fields of a view as lists, mappings, numbers, strings and None; records are mappings by field."""
    return {f.name: plain(getattr(seen, f.name)) for f in fields(seen) if f.name not in UNSENT}


def plain(value: Any) -> Any:
    """Tuples as lists, named tuples as mappings, all the way down."""
    if isinstance(value, tuple):
        if names := getattr(value, "_fields", None):
            return {name: plain(part) for name, part in zip(names, value, strict=True)}
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    return value


def read_view(given: Mapping[str, Any], scenario: Scenario) -> View:
    """The view that `plain_view` made plain; `KeyError` or `TypeError` if it was something else."""
    known = {name: hint for name, hint in _hints(View).items() if name not in UNSENT}
    return View(scenario, **{name: _built(hint, given[name]) for name, hint in known.items()})


@cache
def _hints(cls: type) -> dict[str, Any]:
    names = [f.name for f in fields(cls)] if cls is View else cls._fields  # type: ignore[attr-defined]
    resolved = get_type_hints(cls, globalns=NAMESPACE | {"Scenario": Scenario})
    return {name: resolved[name] for name in names}


def _built(hint: Any, given: Any) -> Any:
    """Plain data as its annotation says."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        kinds = [arg for arg in args if arg is not type(None)]
        return given if given is None or len(kinds) > 1 else _built(kinds[0], given)
    if origin is dict:
        return {key: _built(args[1], part) for key, part in given.items()}
    if origin is tuple:
        inner = [args[0]] * len(given) if args[-1] is Ellipsis else args
        return tuple(_built(one, part) for one, part in zip(inner, given, strict=True))
    if isinstance(hint, type) and hasattr(hint, "_fields"):
        return hint(**{name: _built(one, given[name]) for name, one in _hints(hint).items()})
    return given
