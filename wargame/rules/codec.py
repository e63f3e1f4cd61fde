"""A state as bytes and back, exactly and without surprises.

The bytes are canonical (same state, same bytes, on every platform and `PYTHONHASHSEED`) and sealed with
a digest, and every fact in them is looked at (`sound`), so anything else is refused with one sentence instead
of becoming a slightly different game.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from wargame.errors import NotASave
from wargame.rules.scenario import Scenario
from wargame.rules.sound import Unsound, facts_of, must_stand
from wargame.rules.state import FIELDS, State
from wargame.rules.white import Refused, with_cards

MAGIC = b"wargame-state-1\n"
DIGEST = 16
LATER = {"white", "accused", "crises", "played"}
"""Fields younger than the first saved games, left out while they are empty: so the bytes stay the same."""
YOUNGER = {"deals": 3, "offers": 2}
"""How many last facts of such records are younger, and left out where they are those by default."""


def to_bytes(state: State) -> bytes:
    """Return the state and its scenario's hash, sealed."""
    plain = {name: getattr(state, name) for name in FIELDS[1:]} | {"scenario": state.scenario.hash}
    plain = {name: value for name, value in plain.items() if value or name not in LATER}
    for name, count in YOUNGER.items():
        plain[name] = [_trimmed(record, count) for record in plain[name]]
    body = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return MAGIC + blake2b(body, digest_size=DIGEST).digest() + body


def _trimmed(record: Any, count: int) -> tuple[object, ...]:
    """Return a record without those of its last facts that say nothing."""
    facts: tuple[object, ...] = tuple(record)
    defaults = tuple(type(record)._field_defaults.values())
    for at in range(1, count + 1):
        if record[-at] != defaults[-at]:
            break
        facts = facts[:-1]
    return facts


def scenario_hash(raw: bytes) -> str:
    """Return the hash of the scenario that sealed bytes belong to. Raises `NotASave` if they aren't whole."""
    return str(_open(raw)["scenario"])


def from_bytes(raw: bytes, scenario: Scenario) -> State:
    """Return the state in the bytes. Raises `NotASave` for any that `to_bytes` of this scenario did not make.

    Whoever seals bytes anew can't slip in a fact of another type or range, or facts that don't fit together.
    """
    plain = _open(raw)
    if plain.pop("scenario") != scenario.hash:
        raise NotASave("these bytes hold a game of another scenario, or of another version of it")
    state = State()
    try:
        state.white, state.menu = facts_of(scenario.base).white(plain.pop("white", None)), None
        state.scenario = with_cards(scenario, state.white.cards) if state.white else scenario.base
        facts = facts_of(state.scenario)
        for name, value in ({"accused": {}, "crises": {}, "played": {}} | plain).items():
            setattr(state, name, facts.read(name, value))
        must_stand(state)
    except (Unsound, Refused) as error:
        raise NotASave(f"these bytes hold a game that can't be played: {error}") from error
    return state


def _open(raw: bytes) -> dict[str, Any]:
    head, digest, body = raw[: len(MAGIC)], raw[len(MAGIC) :][:DIGEST], raw[len(MAGIC) + DIGEST :]
    if head != MAGIC or blake2b(body, digest_size=DIGEST).digest() != digest:
        raise NotASave("these bytes are not a whole game state")
    try:
        plain = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotASave("these bytes are not a whole game state") from error
    if not isinstance(plain, dict) or set(plain) | LATER != set(FIELDS):
        raise NotASave("these bytes hold a game state of another version")
    return plain
