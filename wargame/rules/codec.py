"""A state as bytes and back, exactly and without surprises.

The bytes are canonical (same state, same bytes, on every platform and `PYTHONHASHSEED`) and sealed with
a digest, so anything else is refused with one sentence instead of becoming a slightly different game.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from wargame.errors import NotASave
from wargame.rules.scenario import Scenario
from wargame.rules.state import (
    FIELDS,
    Commit,
    Deal,
    Due,
    Finding,
    Fixed,
    Frame,
    Inject,
    Odds,
    Offer,
    Orders,
    Promises,
    State,
    White,
)
from wargame.rules.white import Refused, with_cards

MAGIC = b"wargame-state-1\n"
DIGEST = 16
LATER = {"white"}
"""Fields younger than the first saved games, left out while they are None: so the bytes stay the same."""


def to_bytes(state: State) -> bytes:
    """The state and its scenario's hash."""
    plain = {name: getattr(state, name) for name in FIELDS[1:]} | {"scenario": state.scenario.hash}
    plain = {name: value for name, value in plain.items() if value is not None or name not in LATER}
    body = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return MAGIC + blake2b(body, digest_size=DIGEST).digest() + body


def scenario_hash(raw: bytes) -> str:
    """The hash of the scenario that sealed bytes belong to; `NotASave` if they are not whole."""
    return str(_open(raw)["scenario"])


def from_bytes(raw: bytes, scenario: Scenario) -> State:
    """The state in the bytes; `NotASave` for anything that `to_bytes` of this scenario did not make."""
    plain = _open(raw)
    if plain.pop("scenario") != scenario.hash:
        raise NotASave("these bytes hold a game of another scenario, or of another version of it")
    state = State()
    state.scenario, state.white, state.menu = scenario.base, None, None
    for name, value in plain.items():
        setattr(state, name, DECODERS.get(name, frozen)(value))
    if state.white is not None:
        try:
            state.scenario = with_cards(scenario, state.white.cards)
        except Refused as error:
            raise NotASave(f"these bytes hold a card that can't be played: {error}") from error
    return state


def _open(raw: bytes) -> dict[str, Any]:
    head, digest, body = raw[: len(MAGIC)], raw[len(MAGIC) :][:DIGEST], raw[len(MAGIC) + DIGEST :]
    if head != MAGIC or blake2b(body, digest_size=DIGEST).digest() != digest:
        raise NotASave("these bytes are not a whole game state")
    plain = json.loads(body)
    if not isinstance(plain, dict) or set(plain) | LATER != set(FIELDS):
        raise NotASave("these bytes hold a game state of another version")
    return plain


def frozen(value: Any) -> Any:
    """JSON lists as tuples, all the way down."""
    if isinstance(value, list):
        return tuple(frozen(part) for part in value)
    if isinstance(value, dict):
        return {key: frozen(part) for key, part in value.items()}
    return value


def _promises(value: Any) -> Promises:
    """Odds as they were promised; those of the first rules had no parts."""
    return tuple(Odds(path, chance, *(terms or [()])) for path, chance, *terms in value)


def _frames(value: Any) -> tuple[Frame, ...]:
    return tuple(
        frame._replace(odds=_promises(frame.odds)) for frame in (Frame(*frozen(part)) for part in value)
    )


def _orders(value: Any) -> dict[str, Orders]:
    orders = {seat: Orders(*frozen(part)) for seat, part in value.items()}
    return {seat: one._replace(commits=tuple(map(_commit, one.commits))) for seat, one in orders.items()}


def _commit(value: Any) -> Commit:
    card, target, odds = value
    return Commit(card, target, _promises(odds))


def _due(value: Any) -> Due:
    due = Due(*frozen(value))
    return due._replace(odds=_promises(due.odds))


def _white(value: Any) -> White:
    cards, injects, dice, numbered = frozen(value)
    return White(cards, tuple(Inject(*one) for one in injects), tuple(Fixed(*one) for one in dice), numbered)


DECODERS: dict[str, Any] = {
    "orders": _orders,
    "stack": _frames,
    "queue": _frames,
    "offers": lambda value: tuple(Offer(*frozen(part)) for part in value),
    "deals": lambda value: tuple(Deal(*frozen(part)) for part in value),
    "schedule": lambda value: tuple(map(_due, value)),
    "white": _white,
    "findings": lambda value: tuple(Finding(*frozen(part)) for part in value),
}
