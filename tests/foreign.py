"""What a scenario's files call their things, and where a word of the first scenario stands with another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.rules.boards import honeymoon, mini
from wargame.content.reader import read
from wargame.rules.scenario import Scenario

NAMED = ("name", "named", "title", "capital", "label", "short", "communique")
"""Keys whose texts are what a thing is called."""
EVERYBODYS = {"Cut", "counted", "us", "pacific", "power", "The deal", "The war"}
"""Names and ids of the first scenario that are words of the rules, or of the sheets for a room, as well."""


def texts_in(data: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield every text that stands under one of the keys, however deep, but for plain words of bands."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str) and key in keys:
                yield value
            elif key != "bands":
                yield from texts_in(value, keys)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value, keys)


@cache
def called(scenario: Scenario) -> frozenset[str]:
    """Return a scenario's names, titles and labels of more than two letters, its ids that are no plain
    word, and its seats'."""
    texts = scenario.texts.items()
    data = [document.data for name, text in texts if (document := read(text.encode(), name)[0])]
    names = {text for text in texts_in(data, NAMED) if len(text) > 2}
    ids = {text for text in texts_in(data, ("id",)) if "-" in text or "_" in text}
    return frozenset(names | ids | {scenario.id, *scenario.seat_ids})


def foreign_to(scenario: Scenario) -> set[str]:
    """Return what the first scenario calls its things and this one's files do not say."""
    own = " ".join((scenario.texts or mini().texts).values()).lower()  # builders give theirs no texts
    names = {name for name in called(honeymoon()) if name.lower() not in own} - EVERYBODYS
    assert {"Seoul", "North Korea", "Kremlin", "Shells for oil", "The war in Ukraine", "dprk"} <= names
    return names


def standing_in(names: set[str], text: str) -> list[str]:
    """Return the names that stand in a text as words of their own, wherever its lines are broken."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
    return sorted(set(found.findall(" ".join(text.split()))))
