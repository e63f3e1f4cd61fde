"""Every die of a game, told once: what it was thrown for, against which chance, and how it fell.

Exports list these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wargame.rules.events import DeliveryWatched, DiceRolled, Die, Event, RungGambled, is_twin, seen_by
from wargame.words import Words


class Roll(NamedTuple):
    """One die of a hundred: `works` if it shows the chance or less.

    `terms` are the parts of the chance in per cent, the limit among them where it cuts; they add up to it.
    Where a viewer may not know all of them, `chance` and `die` are None and only what it may know is there.
    """

    what: str
    chance: int | None
    die: int | None
    works: bool
    terms: tuple[tuple[str, int], ...]


def rolls(events: Iterable[Event], words: Words, viewer: str | None = None) -> Iterator[Roll]:
    """Yield the dice among these events as a seat heard them; for no viewer all of them, whole."""
    for event in events:
        if not isinstance(event, Die) or not (seen_by(event, viewer) if viewer else not is_twin(event)):
            continue
        what, parts = _thrown_for(event, words)
        known = tuple((label, value) for label, value in parts if isinstance(value, int))
        yield Roll(what, event.chance, event.die, event.works, known)


def _thrown_for(event: Die, words: Words) -> tuple[str, list[tuple[str, int | str]]]:
    """Return what a die was thrown for, and the parts of its chance."""
    match event:
        case DiceRolled():
            return words.rolled_for(event.path, event.cause), words.roll_terms(event.path, event.terms)
        case RungGambled():
            return words.held_for(event.deal), words.hold_terms(event.terms)
        case DeliveryWatched():
            return words.watched_for(event.deal), words.watch_terms(event.terms)
