"""The game for OpenSpiel: `pyspiel.load_game("wargame", {"rounds": 3, "seed": 7})` once this is imported.

Players act one after another. A game of one seed is deterministic: dice, news and hands come from the seed,
which no player sees, so there are no chance nodes. To learn over many games load the game with many seeds,
which costs little. What a player sees is made from its window alone, numbered as `Encoder` numbers it.

- The observation tensor is the window; the observation string has the same numbers, those that are not 0.
- The information state tensor is the window too: it remembers what the window remembers, and no more. The
  information state string tells apart whatever the seat has seen and done since the game began.
- Utilities are each seat's distance from the line that wins, in its own spreads (general sum, at the end).

It needs the extra `openspiel`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import pyspiel

from wargame.content.load import load_scenario
from wargame.lab.encode import Encoder
from wargame.rules.events import Event, to_plain
from wargame.rules.game import Game

BOUND = 100.0
"""Utilities lie between this and its negative; real games stay far inside."""
CHOICES = 100
"""More choices than cards and news ask for in a round."""

GAME_TYPE = pyspiel.GameType(
    short_name="wargame",
    long_name="Wargame",
    dynamics=pyspiel.GameType.Dynamics.SEQUENTIAL,
    chance_mode=pyspiel.GameType.ChanceMode.DETERMINISTIC,
    information=pyspiel.GameType.Information.IMPERFECT_INFORMATION,
    utility=pyspiel.GameType.Utility.GENERAL_SUM,
    reward_model=pyspiel.GameType.RewardModel.TERMINAL,
    max_num_players=20,
    min_num_players=1,
    provides_information_state_string=True,
    provides_information_state_tensor=True,
    provides_observation_string=True,
    provides_observation_tensor=True,
    parameter_specification={"scenario": "honeymoon", "rounds": 0, "seed": 0},
)


@lru_cache(maxsize=8)
def encoder_of(scenario: str) -> Encoder:
    """Return the numbering of a scenario by name or folder."""
    return Encoder(load_scenario(scenario))


class Told:
    """A game, and for each seat a digest of all that it has been told and has done.

    OpenSpiel copies and pickles states field by field; this does both the short way.
    """

    __slots__ = ("game", "memories", "scenario")

    def __init__(self, scenario: str, game: Game, memories: dict[str, bytes]) -> None:
        self.scenario, self.game, self.memories = scenario, game, memories

    @classmethod
    def first(cls, scenario: str, seed: int, rounds: int) -> Told:
        game = Game.new(encoder_of(scenario).scenario, seed, rounds or None)
        told = cls(scenario, game, dict.fromkeys(game.scenario.seat_ids, b""))
        told.tell(game.opening)
        return told

    def play(self, number: int) -> None:
        seat = self.game.to_act
        assert seat is not None
        move = encoder_of(self.scenario).move(self.game.state, number)
        events = self.game.apply(move)
        self.remember(seat, str(move))
        self.tell(events)

    def tell(self, events: list[Event] | tuple[Event, ...]) -> None:
        for event in events:
            kind, to, facts = to_plain(event)
            for seat in self.memories if to is None else to:
                self.remember(seat, repr((kind, facts)))

    def remember(self, seat: str, what: str) -> None:
        self.memories[seat] = blake2b(self.memories[seat] + what.encode(), digest_size=16).digest()

    def __deepcopy__(self, _memo: object) -> Told:
        return Told(self.scenario, self.game.clone(), dict(self.memories))

    def __reduce__(self) -> tuple[Any, ...]:
        return _told, (self.scenario, self.game.to_bytes(), self.memories)


def _told(scenario: str, raw: bytes, memories: dict[str, bytes]) -> Told:
    return Told(scenario, Game.from_bytes(raw, encoder_of(scenario).scenario), memories)


class WargameSpiel(pyspiel.Game):  # type: ignore[misc]
    """The game of one scenario, length and seed; players are numbered in the order of its seats."""

    def __init__(self, params: Mapping[str, Any] | None = None) -> None:
        given: dict[str, Any] = {"scenario": "honeymoon", "rounds": 0, "seed": 0} | dict(params or {})
        self.scenario, self.rounds, self.seed = (
            str(given["scenario"]),
            int(given["rounds"]),
            int(given["seed"]),
        )
        self.encoder = encoder_of(self.scenario)
        self._first = Told.first(self.scenario, self.seed, self.rounds)
        self.seats = self.encoder.scenario.seat_ids
        info = pyspiel.GameInfo(
            num_distinct_actions=self.encoder.size,
            max_chance_outcomes=0,
            num_players=len(self.seats),
            min_utility=-BOUND,
            max_utility=BOUND,
            # what each seat may do in a turn, and choices besides
            max_game_length=self._first.game.state.rounds
            * (sum(map(len, self.encoder.moves.values())) * 2 + CHOICES),
        )
        super().__init__(GAME_TYPE, info, params or {})

    def new_initial_state(self) -> WargameState:
        return WargameState(self)

    def make_py_observer(self, iig_obs_type: Any = None, params: Any = None) -> WindowObserver:
        if params:
            raise ValueError(f"a window has no parameters, so {params} means nothing")
        return WindowObserver(self.encoder, bool(iig_obs_type and iig_obs_type.perfect_recall))

    def start(self) -> Told:
        """Return a game of its own at the first decision."""
        return self._first.__deepcopy__(None)


class WargameState(pyspiel.State):  # type: ignore[misc]
    """One game in progress."""

    def __init__(self, game: WargameSpiel) -> None:
        super().__init__(game)
        self.told = game.start()

    @property
    def position(self) -> Game:
        """Return the game as the rest of this package knows it."""
        return self.told.game

    def _encoder(self) -> Encoder:
        return encoder_of(self.told.scenario)

    def current_player(self) -> int:
        seat = self.position.to_act
        return pyspiel.PlayerId.TERMINAL if seat is None else self.position.scenario.seat_ids.index(seat)

    def _legal_actions(self, player: int) -> list[int]:
        return self._encoder().legal(self.position.view(self.position.scenario.seat_ids[player]))

    def _apply_action(self, action: int) -> None:
        self.told.play(action)

    def _action_to_string(self, player: int, action: int) -> str:
        move, path = self._encoder().moves[self.position.scenario.seat_ids[player]][action]
        return f"{move} ({path})" if path else str(move)

    def is_terminal(self) -> bool:
        return self.position.over

    def returns(self) -> list[float]:
        if not self.position.over:
            return [0.0] * len(self.position.scenario.seat_ids)
        return [min(max(line.margin, -BOUND), BOUND) for line in self.position.lines.values()]

    def __str__(self) -> str:
        """Tell people who debug where the game stands, with a digest of the whole state."""
        state = self.position.state
        digest = blake2b(self.position.to_bytes(), digest_size=8).hexdigest()
        return f"round {state.round} {state.phase}, {state.to_act or 'nobody'} to act [{digest}]"


class WindowObserver:
    """A seat's window, as OpenSpiel asks for it."""

    def __init__(self, encoder: Encoder, perfect_recall: bool) -> None:
        self.encoder, self.perfect_recall = encoder, perfect_recall
        self.tensor = np.zeros(len(encoder.names), np.float32)
        self.dict = {"window": self.tensor}

    def set_from(self, state: WargameState, player: int) -> None:
        self.tensor[:] = self._row(state, player)

    def string_from(self, state: WargameState, player: int) -> str:
        """Return the numbers of the window that are not 0; with perfect recall, a digest of the story too."""
        row = self._row(state, player)
        seen = " ".join(
            f"{name}={number:.3g}" for name, number in zip(self.encoder.names, row, strict=True) if number
        )
        if not self.perfect_recall:
            return seen
        seat = self.encoder.scenario.seat_ids[player]
        return f"told={state.told.memories[seat].hex()} {seen}"

    def _row(self, state: WargameState, player: int) -> list[float]:
        return self.encoder.observe(state.position.view(self.encoder.scenario.seat_ids[player]))


pyspiel.register_game(GAME_TYPE, WargameSpiel)
