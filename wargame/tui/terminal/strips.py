"""Makes Textual's strips lighter: each was born with seven caches, of which most stay empty.

A screen holds thousands of strips. Without what they do not use a screen is drawn faster, and the collector,
which stops everybody while it looks through what is there, has half as much to look through. Nor are the
strips of a thousand widgets kept that have gone: a cache of Textual's, for two colours, had them as its keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.cache import FIFOCache
from textual.color import Color
from textual.strip import Strip

CACHES: Final = {
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_filter_cache": 4,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}
"""The caches of a strip, and how much each holds."""


def _begun(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    self._segments = list(segments)
    self._cell_length = cell_length
    self._render_cache = self._link_ids = self._cell_count = None


def _made(self: Strip, name: str) -> FIFOCache[Any, Any]:
    """Make a cache when it is asked for."""
    if name not in CACHES:
        raise AttributeError(name)
    cache: FIFOCache[Any, Any] = FIFOCache(CACHES[name])
    setattr(self, name, cache)
    return cache


def _divided(self: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """Cut a strip; one that stays whole does not keep itself, or only the collector would find it."""
    within = [cut for cut in cuts if cut <= self.cell_length]
    return [self] if within == [self.cell_length] else _divide(self, within)


_divide = Strip.divide


@lru_cache(1024)
def _grounds(base: Color, background: Color) -> Any:
    return _mixed(None, base, background)


_mixed = StylesCache.get_inner_outer.__wrapped__


def lighten() -> None:
    """Let all strips be made so from now on; more than once does no harm."""
    StylesCache.get_inner_outer = lambda _cache, *colours: _grounds(*colours)  # type: ignore[method-assign, assignment]
    Strip.divide = _divided  # type: ignore[method-assign]
    Strip.__init__ = _begun  # type: ignore[method-assign]
    Strip.__getattr__ = _made  # type: ignore[attr-defined]
