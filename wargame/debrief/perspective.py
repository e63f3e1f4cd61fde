"""From where a game is looked at: a seat as it was then, the whole room, or everything as it truly was.

What a seat or the room may know is decided here and by the rules' views, and nowhere else. The end of a game
lays all secrets open; for them it is looked at as it was before that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias

from wargame.rules.scoring import agenda_worth, final_score, known_score, term_value
from wargame.rules.spec import Term
from wargame.rules.state import State
from wargame.rules.view import View, view
from wargame.words.texts import signless


class Shared(Enum):
    """A perspective that is no seat's own."""

    ROOM = "room"
    EVERYTHING = "everything"


ROOM: Final = Shared.ROOM
"""What everybody may know."""
EVERYTHING: Final = Shared.EVERYTHING
"""The whole truth, for after the game."""
Perspective: TypeAlias = str | Shared
"""A seat's id, `ROOM` or `EVERYTHING`."""


HIDDEN = (
    "tracks", "goods", "influence", "hands", "decks", "buried", "orders", "dials", "offers", "deals", "flags",
    "schedule", "findings", "points", "agendas", "queue",
)  # fmt: skip
"""Fields of a position that a view holds only in part."""


FROM_THE_TRUTH = ("turning", "lines", "predictions")
"""Pages of a debrief that are made from the whole truth: turning points, other lines, all predictions."""


def may_look_at(page: str, perspective: Perspective) -> bool:
    """Tell whether a page of a debrief is for a perspective."""
    return perspective is EVERYTHING or page not in FROM_THE_TRUTH


def seat_of(perspective: Perspective) -> str | None:
    """Return the seat whose perspective it is; None for the room and for everything."""
    return perspective if isinstance(perspective, str) else None


def sealed(state: State) -> State:
    """Return a state as it is seen before the end of the game lays secrets open."""
    if state.phase != "debrief":
        return state
    shut = state.clone()
    shut.phase, shut.winners = "upkeep", ()
    return shut


def seen(state: State, perspective: Perspective) -> View:
    """Return what was seen of a position; of the last one, before it was all laid open."""
    if perspective is EVERYTHING:
        counts = {seat: len(hand) for seat, hand in state.hands.items()}
        whole = {name: getattr(state, name) for name in HIDDEN}
        return replace(view(state, None), bands={}, quiet={}, hand_counts=counts, **whole)
    return view(sealed(state), seat_of(perspective))


NONE_ALOUD: Final[Mapping[str, int]] = MappingProxyType({})
"""No points have been told aloud, or they are not asked after: of everything and of a seat's own score."""


def score_said(
    position: State | View, seat: str, perspective: Perspective, aloud: Mapping[str, int] = NONE_ALOUD
) -> str:
    """Return a seat's score in words: of everything what the seat itself reads, and what that leaves out.

    "52 + agenda 4 − 3 unseen": the secret agenda as it stands, and terms whose numbers the seat may not know.
    """
    if perspective is not EVERYTHING or not isinstance(position, State):
        return signless(seen_score(position, seat, perspective, aloud))
    own, worth = seen_score(position, seat, seat), agenda_worth(position, seat)
    unseen = final_score(position, seat) - own - worth
    more = f" + agenda {worth}" if worth else ""
    if unseen:
        more += f" {'+' if unseen > 0 else '−'} {abs(unseen)} unseen"
    return signless(own) + more


def seen_score(
    position: State | View, seat: str, perspective: Perspective, aloud: Mapping[str, int] = NONE_ALOUD
) -> int:
    """Return what could be worked out of a seat's score; for everything the whole, of a state.

    `aloud` are the points that each seat was told to have been given outright; a seat knows all its own.
    """
    if perspective is EVERYTHING and isinstance(position, State):
        return final_score(position, seat)
    window = seen(position, perspective) if isinstance(position, State) else position
    viewer = seat_of(perspective)
    told = aloud.get(seat, 0) if viewer != seat else 0
    climbed = sum(at_least for _term, at_least in least_known(window, seat, viewer))
    return known_score(window, seat, viewer) + climbed + told


def least_known(window: View, seat: str, viewer: str | None) -> Iterator[tuple[Term, int]]:
    """Yield the terms of a seat's score that a viewer may not know, with the points of what lies proved.

    More may be so in secret: a rung that is known to have been run counts, whatever else was.
    """
    known = window.scenario.seen_terms[viewer, seat]
    for term in window.scenario.spec.scoring.seats[seat].terms:
        if term.rung and term not in known:
            yield term, term_value(window, seat, term)
