"""How games of earlier rules were kept, so that they can still be told move by move (`docs/save-format.md`).

Under rules 1 odds had no parts, and a card kept those of the questions in it from its commitment on. Played
again and written down that way, such a game comes to the states that were recorded, with the dice of then.
"""

from __future__ import annotations

from wargame.rules import codec
from wargame.rules.moves import Move
from wargame.rules.scenario import card_root
from wargame.rules.state import Commit, Promises, State


def keep(state: State, move: Move) -> None:
    """Add to a card that was just committed what it kept besides under rules 1; on a state you own."""
    if move.verb not in ("commit", "discard"):
        return
    orders = state.orders[move.seat]
    *before, commit = orders.commits
    dice = state.scenario.programs.dice_below(card_root(commit.card, commit.target))
    commit = commit._replace(odds=tuple(one.odds(state) for one in dice))
    state.orders = {**state.orders, move.seat: orders._replace(commits=(*before, commit))}


def to_bytes(state: State) -> bytes:
    """The state as `codec.to_bytes` gave it under rules 1."""
    old = state.clone()
    old.orders = {
        seat: orders._replace(commits=tuple(map(_commit, orders.commits)))
        for seat, orders in state.orders.items()
    }
    old.stack = tuple(frame._replace(odds=_chances(frame.path, frame.odds)) for frame in state.stack)
    old.queue = tuple(frame._replace(odds=_chances(frame.path, frame.odds)) for frame in state.queue)
    old.schedule = tuple(due._replace(odds=_chances(due.path, due.odds)) for due in state.schedule)
    return codec.to_bytes(old)


def _commit(commit: Commit) -> Commit:
    return commit._replace(odds=_chances("card/", commit.odds))


def _chances(path: str, odds: Promises) -> Promises:
    """Paths and chances; only cards kept any."""
    kept = odds if path.startswith("card/") else ()
    return tuple((one.path, one.chance) for one in kept)  # type: ignore[misc]
