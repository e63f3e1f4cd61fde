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

MAX_PAYLOAD = 1 << 24  # bytes; a whole honeymoon game takes less than a hundredth of it
MAX_ITEMS = 1 << 20
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


def encode(record: Mapping[str, Plain]) -> bytes:
    """The msgpack of one record. Raises `Malformed` for anything `decode` would refuse."""
    _check(record, MAX_DEPTH)
    payload: bytes = msgpack.packb(record, use_bin_type=True)
    if len(payload) > MAX_PAYLOAD:
        raise Malformed(f"a record of {len(payload)} bytes is over the limit of {MAX_PAYLOAD}")
    return payload


def decode(payload: bytes) -> Record:
    """The one record in a payload. Raises `Malformed` for anything but a single mapping of plain data."""
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
    _check(value, MAX_DEPTH)
    return value


def take(record: Mapping[str, Plain], key: str, kind: type[T]) -> T:
    """The field `key`, which must be exactly of that type (True is no number here)."""
    value = record.get(key)
    if type(value) is not kind:
        found = "is missing" if key not in record else f"is a {type(value).__name__}, not a {kind.__name__}"
        raise Malformed(f"its field {key!r} {found}")
    return value


def clean(text: str) -> str:
    """`text` without the characters a save refuses; for what people typed or pasted."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _refuse_extension(code: int, data: bytes) -> NoReturn:
    raise Malformed(f"it holds an extension type ({code})")


def _without_duplicates(pairs: list[tuple[object, object]]) -> dict[object, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a mapping has the same key twice")
    return found


def _check(value: object, depth: int) -> None:
    if value is None or type(value) in (bool, bytes):
        return
    if type(value) is str:
        _check_text(value)
    elif type(value) is int:
        if value not in _INT_RANGE:
            raise Malformed("a number is larger than 64 bits")
    elif depth == 0:
        raise Malformed(f"it is nested more than {MAX_DEPTH} deep")
    elif type(value) is list:
        for item in value:
            _check(item, depth - 1)
    elif type(value) is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise Malformed(f"a mapping has a key that is not text ({key!r})")
            _check_text(key)
            _check(item, depth - 1)
    else:
        raise Malformed(f"it holds a {type(value).__name__}, which is not plain data")


def _check_text(text: str) -> None:
    if unsafe := _UNSAFE.search(text):
        raise Malformed(f"a text holds the forbidden character U+{ord(unsafe[0]):04X}")
