"""Lets a widget that has been taken away go at once, as all else that nobody holds any more.

Textual clears what a widget holds when it goes, but two rings stay: its styles hold it, and so does a cache
that was cleared. What is in a ring only the collector finds, and it stops everybody while it looks for what
has gone of a page among all pages that there are.
"""

from __future__ import annotations

from typing import Any
from weakref import ref

from textual.cache import LRUCache
from textual.css.styles import Styles
from textual.dom import DOMNode
from textual.widget import Widget


class Styled:
    """The node that styles belong to, which a widget's own do not hold. Others have nobody else who does."""

    def __get__(self, styles: Styles | None, _kind: type[Styles]) -> DOMNode | None:
        held = None if styles is None else vars(styles).get("_node")
        return held() if isinstance(held, ref) else held

    def __set__(self, styles: Styles, node: DOMNode | None) -> None:
        vars(styles)["_node"] = ref(node) if isinstance(node, Widget) else node


def _cleared(self: LRUCache[Any, Any]) -> None:
    """Clear a cache, and open the ring in which its entries stand."""
    for entry in self._cache.values():
        entry.clear()
    self._cache.clear()
    self._full = False
    self._head = []


def loosen() -> None:
    """Let it be so from now on; more than once does no harm."""
    Styles.node = Styled()  # type: ignore[assignment]
    LRUCache.clear = _cleared  # type: ignore[method-assign]
