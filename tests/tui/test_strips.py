"""Strips without what they do not use are as Textual has them. It leans on private parts of `Strip`."""

from __future__ import annotations

import inspect
import re

from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.strip import Strip

from wargame.tui.terminal.strips import CACHES, lighten


def test_the_caches_are_all_that_textual_makes_with_a_strip() -> None:
    """Whatever else a later Textual keeps with a strip, this would not make."""
    source = inspect.getsource(Strip)
    made = dict(re.findall(r"self\.(_\w+_cache)\b[^=]*= FIFOCache\((\d+)\)", source))

    assert {name: int(size) for name, size in made.items()} == CACHES
    others = {"_segments", "_cell_length", "_render_cache", "_link_ids", "_cell_count"}
    assert set(Strip.__slots__) == {*CACHES, *others}


def test_a_strip_is_cut_styled_and_drawn_and_keeps_only_what_was_asked_for() -> None:
    lighten()
    strip = Strip([Segment("abc", Style(bold=True)), Segment("def")])

    assert strip.cell_length == 6
    assert [part.text for part in strip.divide([2, 6])] == ["ab", "cdef"]
    assert strip.crop(1, 4).text == "bcd"
    assert strip.crop(1, 4) is strip.crop(1, 4)
    assert strip.apply_style(Style(italic=True)).text == "abcdef"
    assert strip.adjust_cell_length(8).text == "abcdef  "
    kept = [name for name in CACHES if name in held(strip)]
    assert "_offsets_cache" not in kept
    assert all(isinstance(getattr(strip, name), FIFOCache) for name in kept)
    assert not hasattr(strip, "_no_such_cache")


def held(strip: Strip) -> set[str]:
    """Return the slots of a strip that are filled."""
    found = set()
    for name in Strip.__slots__:
        try:
            object.__getattribute__(strip, name)
        except AttributeError:
            continue
        found.add(name)
    return found
