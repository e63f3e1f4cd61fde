"""What a person has chosen: theme, glyphs, animations, bell, hints and keys, kept in one file.

The file is TOML in the user's configuration folder, or where `WARGAME_CONFIG` says. It may be missing. Every
mistake in it is one sentence with its line, and the program does not start with settings it does not
understand. Nothing here loads Textual's widgets, a scenario or a save.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from platformdirs import user_config_path
from textual.app import App

from wargame.errors import CannotWrite, ConfigError
from wargame.tui.actions import BY_ID
from wargame.tui.keymap import Keys, complaints, parse_key
from wargame.tui.look import AUTO, THEMES
from wargame.tui.terminal.text import printable
from wargame.words.pages import settings as say

Glyphs = Literal["quadrant", "outline", "braille", "ascii"]
GLYPHS: tuple[Glyphs, ...] = get_args(Glyphs)
NAMES = (AUTO, *THEMES)
"""Themes by the names people are shown; `auto` leaves it to the terminal."""
READING = {"slow": 1.6, "usual": 1.0, "fast": 0.6}
"""How long what goes on by itself waits for its readers, against what is usual."""
COLOURS = {"auto": None, "256": "256", "all": "truecolor"}
"""How many colours are sent, as Rich calls it; `auto` leaves it to the terminal."""
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": NAMES,
    "glyphs": GLYPHS,
    "reading": tuple(READING),
    "colours": tuple(COLOURS),
}

SWITCHES = ("animations", "bell", "hints")
KNOWN = (*CHOICES, *SWITCHES, "keys")
MOST_BYTES = 64 * 1024
TOO_LONG = re.compile(r"\d(_?\d){4300}")
"""A number that Python does not read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one person likes it.

    `glyphs`: what maps and signs are drawn with; `reading`: how fast what goes on by itself does so;
    `colours`: how many there are; `hints`: the lines of advice.
    """

    theme: str = AUTO
    glyphs: Glyphs = "quadrant"
    reading: str = "usual"
    animations: bool = True
    bell: bool = True
    hints: bool = True
    keys: Keys = field(default_factory=Keys)
    colours: str = AUTO


USUAL = Settings()


def settings_of(app: App[Any]) -> Settings:
    """The settings in force in an app; the usual ones where it has none, as around a screen in a test."""
    found = getattr(app, "settings", USUAL)
    return found if isinstance(found, Settings) else USUAL


def config_path() -> Path:
    """Where the settings are kept, whether or not there is a file."""
    chosen = os.environ.get("WARGAME_CONFIG")
    return Path(chosen) if chosen else user_config_path("wargame") / "config.toml"


# --- reading -------------------------------------------------------------------------------------------


def load(path: Path) -> Settings:
    """The settings in a file, the usual ones if there is none. `ConfigError` says all that is wrong."""
    text = _text(path)
    if text is None:
        return USUAL
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(path, [(_line_in(error, text), say.not_toml(_reason(error)))]) from error
    own = _own_keys(data.get("keys"))
    wrong = sorted(
        (_line_of(text, *place), said) for place, said in (*_mistakes(data), *_mistakes_in_keys(data, own))
    )
    if wrong:
        raise ConfigError(path, wrong)
    plain = {name: data[name] for name in KNOWN if name in data and name != "keys"}
    return Settings(**plain, keys=Keys(own))


def _text(path: Path) -> str | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever
            raise ConfigError(path, [(0, say.NO_FILE)])
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(path, [(0, say.unreadable(reason))]) from error
    try:
        if len(raw) > MOST_BYTES:
            raise ConfigError(path, [(0, say.too_large(MOST_BYTES // 1024))])
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(path, [(line, say.NOT_TEXT)]) from error


def _line_in(error: Exception, text: str) -> int:
    """The line that an error of TOML means; the last if that is where it ends, 0 if it can't be told."""
    if digits := TOO_LONG.search(text):
        return text.count("\n", 0, digits.start()) + 1
    if re.search(r"\(at end of document\)", str(error)):
        return text.rstrip().count("\n") + 1
    found = re.search(r"\(at line (\d+)", str(error))
    return int(found[1]) if found else 0


def _reason(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return re.split(r" \(at ", str(error))[0].strip().lower()
    return say.TOO_DEEP if isinstance(error, RecursionError) else say.LONG_NUMBER


def _line_of(text: str, *path: str) -> int:
    """The line on which a name stands, in its table; 0 if it can't be told."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            table = bare.strip("[] ")
            if path == (table,):
                return number
        name = bare.partition("=")[0].strip().strip("\"'")
        if (*filter(None, [table]), name) == path or ".".join(path) == name:
            return number
    return 0


Place = tuple[str, ...]


def _mistakes(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for name, value in data.items():
        if name not in KNOWN:
            yield (name,), say.no_setting(name[:40], _meant(name, KNOWN))
        elif name in SWITCHES and not isinstance(value, bool):
            yield (name,), say.no_switch(name, _said(value))
        elif name in CHOICES and value not in CHOICES[name]:
            known = CHOICES[name]
            yield (name,), say.not_one(name, _said(value), _meant(value, known), known)
        elif name == "keys" and not isinstance(value, dict):
            yield (name,), say.NOT_A_TABLE


def _mistakes_in_keys(
    data: Mapping[str, Any], own: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Place, str]]:
    given = data.get("keys")
    wrong = list(_wrong_keys(given if isinstance(given, dict) else {}))
    yield from wrong
    if not wrong:
        yield from ((("keys", id_), said) for id_, said in complaints(own))


def _wrong_keys(given: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for id_, value in given.items():
        if id_ not in BY_ID:
            yield ("keys", id_), say.no_action(id_[:40], _meant(id_, BY_ID))
        elif not _named(value):
            yield ("keys", id_), say.no_keys(id_)
        else:
            for key in _named(value):
                if parse_key(key) is None:
                    yield ("keys", id_), say.no_key(_said(key))


def _own_keys(given: object) -> dict[str, tuple[str, ...]]:
    """The keys in a table of them, as far as they can be understood."""
    if not isinstance(given, dict):
        return {}
    parsed = {id_: [parse_key(key) for key in _named(value)] for id_, value in given.items() if id_ in BY_ID}
    found = {id_: tuple(dict.fromkeys(key for key in keys if key)) for id_, keys in parsed.items()}
    return {id_: keys for id_, keys in found.items() if keys and ",".join(keys) != BY_ID[id_].keys}


def _named(value: object) -> list[str]:
    """The keys that a value names; none if it is no key nor a list of them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list) and all(isinstance(key, str) for key in value):
        return value
    return []


def _said(value: object) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return json.dumps(value, ensure_ascii=False, default=str)[:42]


def _meant(value: object, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    close = get_close_matches(value, known, n=1) if isinstance(value, str) else ()
    return close[0] if close else ""


# --- writing -------------------------------------------------------------------------------------------


def as_toml(settings: Settings) -> str:
    """The file for these settings."""
    lines = [f"{name} = {_value(getattr(settings, name))}" for name in KNOWN if name != "keys"]
    own = [f"{id_} = {_value(list(keys))}" for id_, keys in sorted(settings.keys.own.items())]
    return "\n".join((f"{say.HEADER}\n", *lines, *(["", "[keys]", *own] if own else []), ""))


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # of plain words, switches and lists TOML writes the same


def save(settings: Settings, path: Path) -> None:
    """Write the settings; the old file stays until the new is whole. `CannotWrite` if it can't be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=path.parent, prefix=".config-", suffix=".toml")
        try:
            with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123  (a handle, not a path)
                file.write(as_toml(settings))
                file.flush()
                os.fsync(file.fileno())
            Path(written).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(written).unlink()
            raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        where = printable(str(path))
        raise CannotWrite(say.not_written(where, reason)) from error
