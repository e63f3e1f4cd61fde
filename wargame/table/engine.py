"""What the record needs to know of the rules to turn a file back into a game."""

from __future__ import annotations

from typing import cast

from wargame.content.load import scenario_from_texts
from wargame.errors import ContentError, DamagedSave
from wargame.record import Engine, Header, Plain
from wargame.rules import older
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario

RULES_VERSION = "2"
"""Raised when the same moves may lead elsewhere than before."""


def load(header: Header) -> Scenario:
    """The scenario that the save carries. `DamagedSave` if these rules cannot read it any more."""
    try:
        return scenario_from_texts(header.texts)
    except ContentError as error:
        raise DamagedSave(
            f"The scenario in this save can't be played by this version: {error.complaints[0]}."
        ) from error


def begin(scenario: Scenario, header: Header) -> Game:
    return Game.new(scenario, seed=header.seed, rounds=header.rounds)


def apply_under(game: Game, move: Move, rules: str) -> list[Event]:
    """Make a move as under rules of that version, as far as these know; what happened."""
    events = game.apply(move)
    if rules == "1":
        older.keep(game.state, move)
    return events


def bytes_under(game: Game, rules: str) -> bytes:
    """A game's bytes as rules of that version wrote them, as far as these know."""
    return older.to_bytes(game.state) if rules == "1" else game.to_bytes()


def set_luck(game: Game, luck: int) -> None:
    game.state.luck = luck


def read_move(plain: list[Plain]) -> Move:
    return Move.from_plain(cast("list[object]", plain))


ENGINE: Engine[Scenario, Game] = Engine(
    load=load,
    begin=begin,
    read_move=read_move,
    read_state=Game.from_bytes,
    copy=Game.clone,
    set_luck=set_luck,
)
