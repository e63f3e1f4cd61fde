"""English: `Words`, which says moves, events and cards, and in `pages` what the screens say.

`Words` is made when it is asked for, for it knows all the rules, and the first screen has no time for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wargame.words.en.speech import Told, Words

__all__ = ["Told", "Words"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("wargame.words.en.speech"), name)
