"""The closed set of operators: those of the families named here, which enter themselves as they are read.

Plain data becomes frozen records here, by their annotations. It has been checked, by `content`'s schema or
because it was built here once. An effect is a mapping with one key, the operator's name.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from wargame.rules import conditions, spec
from wargame.rules.effects import bargains, flow, hands, rounds, secrets, tracks, votes
from wargame.rules.effects.programs import OPERATORS
from wargame.rules.spec import Effect

__all__ = ["FAMILIES", "OPERATORS", "Effect"]

FAMILIES = (tracks, flow, votes, rounds, hands, secrets, bargains)


NAMESPACE: dict[str, Any] = {
    name: value
    for module in (conditions, spec, *FAMILIES)
    for name, value in vars(module).items()
    if not name.startswith("_")
}


@cache
def hints(cls: type) -> dict[str, Any]:
    """Return the resolved annotation of every field of a record."""
    resolved = get_type_hints(cls, globalns={**vars(sys.modules[cls.__module__]), **NAMESPACE})
    return {f.name: resolved[f.name] for f in fields(cls)}


LEFT_OUT = {"source": ""}
"""What a file may leave out of any record that has it."""


def build(hint: Any, plain: Any) -> Any:
    """Return the value that plain data stands for, as the annotation says."""
    if hint == Effect:
        ((name, body),) = plain.items()
        return build(OPERATORS[name], body)
    if is_dataclass(hint) and isinstance(hint, type):
        known = hints(hint)
        given = {key + "_" if key + "_" in known else key: value for key, value in plain.items()}
        given |= {key: value for key, value in LEFT_OUT.items() if key in known and key not in given}
        return hint(**{key: build(known[key], value) for key, value in given.items()})
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        wanted = [arg for arg in args if arg is not type(None)]
        return build(wanted[0], plain) if len(wanted) == 1 else plain
    if origin is tuple:
        inner = [args[0]] * len(plain) if args[-1] is Ellipsis else args
        return tuple(build(one, part) for one, part in zip(inner, plain, strict=True))
    if origin is dict and isinstance(plain, Mapping):
        return {key: build(args[1], value) for key, value in plain.items()}
    return plain
