"""The mini scenario's files, and ways to spoil them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from wargame.content.load import Checked, check_texts
from wargame.content.places import Plain
from wargame.content.reader import read

MINI = Path(__file__).parents[1] / "scenarios" / "mini"
HERE = "¶"
"""Marks in a spoilt text the place that the complaint should name."""

Address = tuple[str | int, ...]


@cache
def texts() -> Mapping[str, str]:
    """Every file of the mini scenario by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(MINI.glob("*.yaml"))}


@cache
def data() -> Mapping[str, Plain]:
    """The same as plain data."""
    found = {}
    for name, text in texts().items():
        document, complaints = read(text.encode(), name)
        assert document is not None
        assert complaints == []
        found[name] = document.data
    return found


def check(files: Mapping[str, str]) -> Checked:
    return check_texts({name: text.encode() for name, text in files.items()})


def said(files: Mapping[str, str]) -> list[str]:
    """Every complaint about these files, as it is printed."""
    return [str(complaint) for complaint in check(files).complaints]


def spoil(
    file: str, old: str, new: str, files: Mapping[str, str] | None = None
) -> tuple[dict[str, str], str]:
    """The files with one text replaced (at its first place), and where `¶` in the new text stands."""
    files = dict(files or texts())
    assert old in files[file], old
    whole = files[file].replace(old, new, 1)
    before, _mark, _after = whole.partition(HERE)
    files[file] = whole.replace(HERE, "")
    return files, f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def addresses(value: Plain, address: Address = ()) -> Iterator[Address]:
    """The address of every value in some data."""
    yield address
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in items:
            yield from addresses(inner, (*address, step))


def at(value: Any, address: Address) -> Any:
    for step in address:
        value = value[step]
    return value


def replaced(value: Any, address: Address, new: object) -> Any:
    """The data with another value at an address."""
    if not address:
        return new
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[address[0]] = replaced(value[address[0]], address[1:], new)
    return copy


def with_value(file: str, address: Address, new: object) -> dict[str, str]:
    """The mini scenario with another value at one address, that file written as JSON (which is YAML)."""
    spoilt = replaced(data()[file], address, new)
    return dict(texts()) | {file: json.dumps(spoilt, ensure_ascii=False)}
