"""The small grammar of the language the program runs in: lists, counts, capitals, possession."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wargame.words.pages import spoken

if TYPE_CHECKING:
    from wargame.words.en.grammar import *  # noqa: F403


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(spoken("grammar"), name)
