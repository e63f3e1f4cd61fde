"""Plain data goes to msgpack and back unchanged, and nothing else passes either way."""

from __future__ import annotations

import math

import msgpack  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.record.plain import MAX_DEPTH, Malformed, Plain, clean, decode, encode, take

texts = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), include_characters="\n\t"), max_size=20)
leaves = st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 64) - 1) | texts | st.binary()
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=10)
records = st.dictionaries(texts, values)


@settings(deadline=None)
@given(records)
def test_plain_data_round_trips(record: dict[str, object]) -> None:
    """What `encode` takes, `decode` gives back equal and in the same order."""
    back = decode(encode(record))  # type: ignore[arg-type]

    assert back == record
    assert repr(back) == repr(record)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_malformed(payload: bytes) -> None:
    """No payload raises anything but `Malformed`."""
    try:
        decode(payload)
    except Malformed as error:
        assert str(error)


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        1.5,
        (1, 2),
        {1: 2},
        {b"a": 1},
        {1, 2},
        1 << 64,
        -(1 << 63) - 1,
        "\x1b[2J",
        "a\u202eb",
        "a\u200bb",
        "\x9b31m",
        "\ud800",
        "a\rb",
        object(),
    ],
)
def test_what_is_not_plain_is_not_written(value: object) -> None:
    """Floats, tuples, other keys than text, wide numbers and text that steers a terminal are refused."""
    with pytest.raises(Malformed):
        encode({"value": value})  # type: ignore[dict-item]
    if isinstance(value, str):
        with pytest.raises(Malformed):
            encode({value: None})


def packed(value: object) -> bytes:
    data: bytes = msgpack.packb(value)
    return data


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        packed([1]),
        packed(7),
        packed({"a": 1.5}),
        packed({"a": math.nan}),
        packed({1: "a"}),
        packed({b"a": 1}),
        packed({"a": 1}) + b"\x00",
        packed({"a": msgpack.Timestamp(1)}),
        packed({"a": msgpack.ExtType(5, b"x")}),
        packed({"a": "\x1b]52;c;x\x07"}),
        b"\x82\xa1a\x01\xa1a\x02",
        b"\x81\xa1a\xa1\xff",
        b"\x81\xa1a\xdd\xff\xff\xff\xff",
        b"\x81\xa1a\xc6\xff\xff\xff\xff",
        b"\x81\xa1a" + b"\x91" * 900 + b"\xc0",
        b"\x81\xa1a" + b"\x91" * 100_000,
        b"\x81\x90\x01",
        b"\xc1",
    ],
)
def test_what_is_not_plain_is_not_read(payload: bytes) -> None:
    """Only one mapping of plain data passes: no extensions, doubled keys, bombs, bad UTF-8, leftovers."""
    with pytest.raises(Malformed):
        decode(payload)


def test_depth_is_limited_alike_both_ways() -> None:
    """The deepest data that may be written can be read."""
    value: Plain = None
    for _ in range(MAX_DEPTH - 1):
        value = [value]

    assert decode(encode({"value": value})) == {"value": value}
    with pytest.raises(Malformed):
        encode({"value": [value]})


def test_take_wants_the_exact_type() -> None:
    """True is no number, and a missing field is named."""
    with pytest.raises(Malformed, match="'n' is a bool, not a int"):
        take({"n": True}, "n", int)
    with pytest.raises(Malformed, match="'n' is missing"):
        take({}, "n", int)


@settings(deadline=None)
@given(st.text())
def test_cleaned_text_can_be_saved(text: str) -> None:
    """Whatever a person pastes can be written once it is cleaned, and clean text stays as it is."""
    cleaned = clean(text)

    assert decode(encode({"text": cleaned})) == {"text": cleaned}
    assert clean(cleaned) == cleaned
