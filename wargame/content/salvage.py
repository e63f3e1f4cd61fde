"""What of a file is well-shaped although something in it is not, so that its sense can be checked as well.

A value that can't be read is left out; where it is needed, something stands in for it, so that the record
it belongs to can be built. Whoever checks the sense says nothing about such a value or what lies in it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from wargame.content import schema
from wargame.rules.spec_text import Text

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
    known = [value for hint, value in STAND_INS if schema.hint_at(root, path) == hint]
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
