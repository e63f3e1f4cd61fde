"""Every die of a game, told once: what it was thrown for, against which chance, and how it fell.

The end screen, the report and the export count and paint these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from wargame.rules.events import Event
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
    """The dice among these events, as a seat heard them; for no viewer all of them, whole."""
    for event in events:
        if event.kind not in KINDS or not (event.seen_by(viewer) if viewer else event.facts[1]):
            continue
        path, chance, die, works, terms, *cause = event.facts
        what, parts = KINDS[event.kind](words, path, terms, *cause)
        known = tuple((label, value) for label, value in parts if isinstance(value, int))
        whole = chance != 0
        yield Roll(
            what, int(str(chance)) if whole else None, int(str(die)) if whole else None, bool(works), known
        )


KINDS: dict[str, Callable[..., tuple[str, list[tuple[str, int | str]]]]] = {
    "rolled": lambda words, path, terms, cause: (
        words.rolled_for(path, cause),
        words.roll_terms(path, terms),
    ),
    "held": lambda words, deal, terms: (words.held_for(deal), words.hold_terms(terms)),
    "watched": lambda words, deal, terms: (
        words.watched_for(deal),
        words.watch_terms(terms),
    ),
}
"""A kind of event that tells of a die → what that was for, and the parts of its chance."""
