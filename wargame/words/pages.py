"""What the screens say, in the language the program runs in: `from wargame.words.pages import home`.

A language is a folder: `words/<code>/pages/` has the same modules with the same names as the English one,
which alone the type checker reads; a module that a language has not got yet is the English one. The language
is that of `WARGAME_LANGUAGE`, else English.
"""

from __future__ import annotations

import os
from importlib import import_module, resources
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING

from wargame.errors import WargameError

if TYPE_CHECKING:
    from wargame.words.en.pages import (
        acts,
        facilitate,
        guide,
        home,
        host,
        keys,
        kit,
        paper,
        play,
        press,
        preview,
        records,
        replay,
        room,
        rulebook,
        settings,
        sheets,
        table,
        topics,
        wall,
        watch,
    )

__all__ = [
    "acts",
    "facilitate",
    "guide",
    "home",
    "host",
    "keys",
    "kit",
    "paper",
    "play",
    "press",
    "preview",
    "records",
    "replay",
    "room",
    "rulebook",
    "settings",
    "sheets",
    "table",
    "topics",
    "wall",
    "watch",
]

ENGLISH = "en"
LANGUAGE = os.environ.get("WARGAME_LANGUAGE") or ENGLISH


def check(language: str = LANGUAGE) -> None:
    """Raise `WargameError` if there is no such language, with those that there are."""
    folders = import_module("wargame.words").__path__
    known = sorted(found.name for found in iter_modules(folders) if found.ispkg)
    if language not in known:
        said = f"WARGAME_LANGUAGE is {language!r:.40}; the languages there are: {', '.join(known)}."
        raise WargameError(said)


def spoken(name: str, language: str = LANGUAGE) -> ModuleType:
    """Return what a language has under that name (`pages.home`, ``: the language itself), or the English."""
    inside = f".{name}" if name else ""
    try:
        return import_module(f"wargame.words.{language}{inside}")
    except ModuleNotFoundError as error:
        if error.name is None or not f"wargame.words.{language}{inside}".startswith(error.name):
            raise
    return import_module(f"wargame.words.{ENGLISH}{inside}")


def template(name: str, language: str = LANGUAGE) -> str:
    """Return the rulebook's template of that name (`rules.md`) in a language, or the English one."""
    for folder in (language, ENGLISH):
        try:
            found = resources.files(f"wargame.words.{folder}").joinpath("rulebook", name)
            return found.read_text(encoding="utf-8")
        except (FileNotFoundError, ModuleNotFoundError):
            continue
    raise FileNotFoundError(name)


def __getattr__(name: str) -> ModuleType:
    """Return the module of that name in the language the program runs in."""
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return spoken(f"pages.{name}")
