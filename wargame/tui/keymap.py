"""Which keys do what: those of the table of actions, and those that somebody has chosen instead.

Hints, help and palette ask `Keys`; Textual itself is given `Keys.for_textual`. What a person may choose is
checked here, against the bindings of every screen there is.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from textual.binding import Binding, BindingType
from textual.keys import Keys as Named
from textual.keys import format_key

from wargame.tui.actions import ACTIONS, BY_ID, Action
from wargame.words.pages import settings as say

SAID = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert"}
SAID |= {"←": "left", "→": "right", "↑": "up", "↓": "down", ",": "comma", "return": "enter"}
"""What people call keys, where Textual has another name."""

SHOWN = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del", "insert": "Ins"}
SHOWN |= {"left": "←", "right": "→", "up": "↑", "down": "↓"}
SPECIAL = frozenset({*SHOWN, "enter", "tab", "space", "backspace", "home", "end"})
FIXED = frozenset({"up", "down", "home", "end", "ctrl+c", "ctrl+q", "ctrl+p"})
"""Keys with a meaning in every list, or everywhere, that can't be given away."""

FROM_FIELDS = frozenset({"back", "pause", "next-pane", "do"})
"""Actions that must work while text is typed, so not by a letter alone."""


def parse_key(said: str) -> str | None:
    """The name Textual has for a key that a person named; None if there is no such key."""
    said = said.strip() if len(said) > 1 else said
    *modifiers, last = said.rsplit("+", 1) if "+" in said[:-1] else (said,)
    key = _plain_key(last)
    if key is None or not modifiers:
        return key
    with_ = [word.lower() for word in modifiers[0].split("+")]
    if not set(with_) <= {"ctrl", "alt", "shift"} or (len(last) == 1 and "shift" in with_):
        return None
    name = "+".join((*sorted(set(with_)), key.lower()))
    return name if name in _NAMED or "alt" in with_ else None


_NAMED = frozenset(named.value for named in Named)


def _plain_key(said: str) -> str | None:
    name = SAID.get(said.lower(), said.lower())
    if name in SPECIAL or (name[:1] == "f" and name[1:].isdigit() and name in _NAMED):
        return name
    if len(said) == 1 and said.isprintable():
        if said == ",":
            return "comma"
        return next(iter(Binding.make_bindings([Binding(said, "")]))).key if said != " " else "space"
    return name if len(name) > 1 and format_key(name) != name and len(format_key(name)) == 1 else None


def shown_key(key: str) -> str:
    """A key as people read it: `escape` is Esc, `question_mark` is ?."""
    *modifiers, last = key.rsplit("+", 1) if "+" in key[:-1] else (key,)
    shown = SHOWN.get(last) or (format_key(last) if last.lower() not in SPECIAL else last.capitalize())
    if len(shown) > 1 or modifiers:
        shown = shown[:1].upper() + shown[1:]
    return "+".join((*(part.capitalize() for part in "".join(modifiers).split("+") if part), shown))


@dataclass(frozen=True)
class Keys:
    """The keys in use. `own`: by action id, the keys somebody has chosen instead, as Textual names them."""

    own: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, id_: str) -> tuple[str, ...]:
        """The keys of an action, as Textual names them."""
        return self.own.get(id_) or tuple(BY_ID[id_].keys.split(","))

    def shown(self, id_: str) -> str:
        """The keys of an action, as people read them."""
        own = self.own.get(id_)
        return " ".join(map(shown_key, own)) if own else BY_ID[id_].shown

    def for_textual(self) -> dict[str, str]:
        """For `App.set_keymap`."""
        return {id_: ",".join(keys) for id_, keys in self.own.items()}

    def hint(self, shown: str, run: str = "") -> str:
        """The keys that a hint names, with those that somebody has chosen in the place of the usual ones.

        `run` is what the hint does, for keys that do different things on different screens.
        """
        if not self.own:
            return shown
        return " ".join(self._word(word, run.rpartition(".")[2]) for word in shown.split(" "))

    def _word(self, word: str, run: str) -> str:
        meant = [act for act in ACTIONS if word in act.shown.split()]
        exact = [act for act in meant if act.action == run]
        act = exact[0] if exact else meant[0] if len(meant) == 1 else None
        return shown_key(self.own[act.id][0]) if act and act.id in self.own else word


# --- what may be chosen --------------------------------------------------------------------------------


def complaints(own: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What is wrong with these keys: the id of the action to mend, and what to say."""
    for id_, keys in own.items():
        for key in FIXED.intersection(keys).difference(BY_ID[id_].keys.split(",")):
            yield id_, say.is_fixed(shown_key(key), id_)
        yield from _lost(BY_ID[id_], keys)
    if own:
        yield from _clashes(Keys(own))


def _lost(act: Action, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Keys that an action can't do without."""
    if act.id == "do" and "enter" not in keys:
        yield act.id, say.NEEDS_ENTER
    elif act.id in FROM_FIELDS and all(map(_is_typed, keys)):
        yield act.id, say.is_typed(act.id, shown_key(keys[0]), act.shown)


def _is_typed(key: str) -> bool:
    """Tell whether a key writes a letter into a field."""
    return key == "space" or (key not in SPECIAL and len(format_key(key)) == 1)


def _clashes(keys: Keys) -> Iterator[tuple[str, str]]:
    """Keys with two meanings on one screen, each named once, under the action that was given the key."""
    said: set[tuple[str, str, str]] = set()
    for ids in _bound_together():
        for id_ in ids & keys.own.keys():
            for other in sorted(ids - {id_}):
                for key in set(keys.of(id_)).intersection(keys.of(other)):
                    if (key, *sorted((id_, other))) not in said and key not in FIXED:
                        first, second = sorted((id_, other))
                        said.add((key, first, second))
                        yield id_, say.clashes(shown_key(key), other)


def _bound_together() -> Iterable[set[str]]:
    """For every screen, the ids of all actions that its keys and the program's own reach."""
    from textual.screen import Screen

    from wargame import tui
    from wargame.tui.app import WargameApp

    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        if module.name.count(".") > 2:
            importlib.import_module(module.name)
    everywhere = _ids(WargameApp)
    return [
        _ids(screen) | everywhere for screen in _below(Screen) if screen.__module__.startswith("wargame.")
    ]


def _below(base: type) -> Iterator[type]:
    children: list[type] = base.__subclasses__()
    for child in children:
        yield child
        yield from _below(child)


def _ids(holder: type) -> set[str]:
    """The ids of the actions bound by a class and those it builds on."""
    bound: list[BindingType] = [
        binding for kind in holder.__mro__ for binding in kind.__dict__.get("BINDINGS", ())
    ]
    return {binding.id for binding in Binding.make_bindings(bound) if binding.id in BY_ID}
