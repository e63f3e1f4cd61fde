"""What the screens say, in the language the program runs in: `from wargame.words.pages import home`.

A language is a folder: `words/<code>/pages/` has the same modules with the same names as the English one,
which alone the type checker reads. The language is that of `WARGAME_LANGUAGE`, else English.
"""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wargame.words.en.pages import facilitate, play, watch

__all__ = ["facilitate", "play", "watch"]

LANGUAGE = os.environ.get("WARGAME_LANGUAGE", "en")


def __getattr__(name: str) -> ModuleType:
    """Return the module of that name in the language the program runs in."""
    try:
        return import_module(f"wargame.words.{LANGUAGE}.pages.{name}")
    except ModuleNotFoundError as error:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from error
