"""Every fact of a state is looked at when it comes from bytes: its type, its range, and what it fits with."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import pytest

from tests.record.hostile import closed, opened
from tests.rules.boards import mini
from wargame.errors import NotASave
from wargame.rules.codec import DIGEST, MAGIC
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.state import FIELDS
from wargame.rules.view import imagine


def a_game(seed: int = 3) -> Game:
    """The mill at the ford at a decision in its second round."""
    game = Game.new(mini(), seed=seed, rounds=3)
    for nth in range(400):
        if game.state.round == 2 and game.state.phase == "orders" and game.state.deals:
            return game
        legal = game.legal_moves()
        if not legal:
            return a_game(seed + 1)
        game.apply(legal[draw(seed, 0, nth, "sound") % len(legal)])
    raise AssertionError("no deal was signed")


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in ("scenario", "white")])
@pytest.mark.parametrize(
    "nonsense", [{"nonsense": ["x"]}, ["nonsense"], "nonsense", -(10**15), 0.5, [[[]]]], ids=repr
)
def test_no_field_may_be_anything(field: str, nonsense: Any) -> None:
    """Whatever a field is, it is not this; the sentence names the field."""
    game = a_game()
    facts = opened(game.to_bytes()) | {field: nonsense}

    with pytest.raises(NotASave, match=rf"can't be played: `{field}` is not sound, for "):
        Game.from_bytes(closed(facts), game.scenario)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"round": 3, "rounds": 2}, "round 3 of 2"),
        ({"to_act": None}, "out of turn"),
        ({"phase": "debrief"}, "yet it goes on"),
        ({"phase": "upkeep"}, "nobody has to decide"),
        ({"turn": 3}, "nobody has to decide"),
        ({"order": ["amber", "birch"]}, "not every seat"),
        ({"stack": [["news/drought", 0, "", None, "", []]]}, "nobody is asked"),
    ],
)
def test_facts_must_fit_together(changes: dict[str, Any], why: str) -> None:
    """Each by itself could be; a game waits for a decision or is over."""
    game = a_game()

    with pytest.raises(NotASave, match=why):
        Game.from_bytes(closed(opened(game.to_bytes()) | changes), game.scenario)


def test_a_card_is_in_one_place() -> None:
    """No pile of a seat holds what another one holds."""
    game = a_game()
    facts = opened(game.to_bytes())
    facts["decks"]["amber"] = [*facts["decks"]["amber"], *facts["hands"]["amber"][:1]]

    with pytest.raises(NotASave, match="amber has a card twice"):
        Game.from_bytes(closed(facts), game.scenario)


@pytest.mark.parametrize("raw", [b"{", b"[" * 100_000, b"[]", b"null", b'{"seed": 1}', "\u2603".encode()])
def test_sealed_nonsense_is_no_state(raw: bytes) -> None:
    """The digest is right, and what it seals is no state."""
    with pytest.raises(NotASave):
        Game.from_bytes(MAGIC + blake2b(raw, digest_size=DIGEST).digest() + raw, mini())


@pytest.mark.parametrize("seed", range(4))
def test_what_the_rules_make_is_sound(seed: int) -> None:
    """Every position of a random game, and every world a seat could imagine there."""
    game = Game.new(mini(), seed=seed, rounds=3)
    nth = 0
    while not game.over:
        nth += 1
        legal = game.legal_moves()
        game.apply(legal[draw(seed, 1, nth, "sound") % len(legal)])
        assert Game.from_bytes(game.to_bytes(), game.scenario) == game
        if nth % 5 == 0:
            for seat in mini().seat_ids:
                dream = Game(imagine(game.view(seat), nth))
                assert Game.from_bytes(dream.to_bytes(), game.scenario) == dream
