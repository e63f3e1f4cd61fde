"""Plain data, the only thing a save holds, and its strict way to msgpack and back.

Plain data is None, booleans, whole numbers, text, bytes, lists, and mappings with text as keys. No floats
(they differ between machines and know NaN), no tuples (they would come back as lists), no extension types.
What `encode` writes, `decode` reads back equal; and neither lets text through that could steer a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias, TypeVar

import msgpack  # type: ignore[import-untyped]

Plain: TypeAlias = "bool | int | str | bytes | Sequence[Plain] | Mapping[str, Plain] | None"
Record: TypeAlias = "dict[str, Plain]"

MAX_PAYLOAD = 1 << 21  # bytes of one record; the largest hold a scenario's text or a state, compressed
MAX_ITEMS = 1 << 14  # values in one record, at whatever depth; a move has about twenty
MAX_DEPTH = 32

_INT_RANGE = range(-(1 << 63), 1 << 64)
# Control characters but tab and line feed, C1, soft hyphen, zero-width, bidirectional, tags, lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0001\U000e0020-\U000e007f]"
)

T = TypeVar("T")


class Malformed(ValueError):  # noqa: N818  (as the other errors of the tree)
    """Data that no save may hold; the text says why, the caller knows where."""


class TooMuch(Malformed):
    """Data that a save could hold, were there less of it."""


def encode(record: Mapping[str, Plain]) -> bytes:
    """Return the msgpack of one record. Raises `Malformed` for anything `decode` would refuse."""
    _measure(record)
    payload: bytes = msgpack.packb(record, use_bin_type=True)
    if len(payload) > MAX_PAYLOAD:
        raise TooMuch(f"a record of {len(payload)} bytes is over the limit of {MAX_PAYLOAD}")
    return payload


def decode(payload: bytes) -> Record:
    """Return the one record in a payload.

    Raises `Malformed` for anything but a single mapping of plain data, also for one that is too large.
    """
    return measured(payload)[0]


def measured(payload: bytes) -> tuple[Record, int]:
    """Return the one record in a payload as `decode` does, and how many values it holds at any depth."""
    try:
        value = msgpack.unpackb(
            payload,
            raw=False,
            strict_map_key=True,
            ext_hook=_refuse_extension,
            object_pairs_hook=_without_duplicates,
            max_str_len=MAX_PAYLOAD,
            max_bin_len=MAX_PAYLOAD,
            max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS,
            max_ext_len=0,
        )
    except Malformed:
        raise
    except (ValueError, TypeError) as error:
        raise Malformed(f"its msgpack can't be read ({error or type(error).__name__})") from error
    if type(value) is not dict:
        raise Malformed(f"it holds a {type(value).__name__} where a mapping belongs")
    return value, _measure(value)


def take(record: Mapping[str, Plain], key: str, kind: type[T]) -> T:
    """Return the field `key`, which must be exactly of that type (True is no number here)."""
    value = record.get(key)
    if type(value) is not kind:
        found = "is missing" if key not in record else f"is a {type(value).__name__}, not a {kind.__name__}"
        raise Malformed(f"its field {key!r} {found}")
    return value


def clean(text: str) -> str:
    """Return `text` without the characters a save refuses; for what people typed or pasted."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _refuse_extension(code: int, data: bytes) -> NoReturn:
    raise Malformed(f"it holds an extension type ({code})")


def _without_duplicates(pairs: list[tuple[object, object]]) -> dict[object, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a mapping has the same key twice")
    return found


def _measure(record: object) -> int:
    """Count the values in a record. Raises `Malformed` where one is not plain data or they are too many."""
    count, waiting = 0, [(record, MAX_DEPTH)]
    while waiting:
        value, depth = waiting.pop()
        count += 1
        kind = type(value)
        if kind is str:
            _check_text(value)  # type: ignore[arg-type]
        elif kind is int:
            if value not in _INT_RANGE:
                raise Malformed("a number is larger than 64 bits")
        elif kind is list or kind is dict:
            if depth == 0:
                raise Malformed(f"it is nested more than {MAX_DEPTH} deep")
            if count + len(waiting) + len(value) > MAX_ITEMS:  # type: ignore[arg-type]
                raise TooMuch(f"it holds more than {MAX_ITEMS} values")
            if kind is dict:
                _check_keys(value)  # type: ignore[arg-type]
                value = value.values()  # type: ignore[attr-defined]
            waiting += [(part, depth - 1) for part in value]  # type: ignore[attr-defined]
        elif value is not None and kind not in (bool, bytes):
            raise Malformed(f"it holds a {kind.__name__}, which is not plain data")
    return count


def _check_keys(mapping: dict[object, object]) -> None:
    for key in mapping:
        if type(key) is not str:
            raise Malformed(f"a mapping has a key that is not text ({key!r})")
        _check_text(key)


def _check_text(text: str) -> None:
    if unsafe := _UNSAFE.search(text):
        raise Malformed(f"a text holds the forbidden character U+{ord(unsafe[0]):04X}")
