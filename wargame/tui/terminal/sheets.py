"""Parses each style sheet once for all screens of a process that show it in the same colours.

Textual parses them anew for each app, and for each twice: a tenth of a second and some thousands of objects
for everybody who comes into a room. Nobody changes the rules that come of it.
"""

from __future__ import annotations

from typing import Any, Final

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

MOST: Final = 2000
"""Sheets that are kept, as they are parsed in each set of colours; a program has some thirty in one."""

_known: dict[tuple[Any, ...], list[RuleSet]] = {}
_parse = Stylesheet._parse_rules


def _parsed(self: Stylesheet, css: str, *args: Any, **named: Any) -> list[RuleSet]:
    key = css, args, tuple(sorted(named.items())), frozenset(self._variables.items())
    if key not in _known:
        if len(_known) >= MOST:
            _known.clear()
        _known[key] = _parse(self, css, *args, **named)
    return _known[key]


def share_sheets() -> None:
    """Let it be so from now on; more than once does no harm."""
    Stylesheet._parse_rules = _parsed  # type: ignore[method-assign]
