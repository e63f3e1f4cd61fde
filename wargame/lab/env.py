"""The game as a PettingZoo environment: seats act one after another (AEC), each through its own window.

    from wargame.lab.env import env
    world = env("honeymoon", rounds=6)
    world.reset(seed=7)
    for seat in world.agent_iter():
        seen, reward, over, _, info = world.last()
        world.step(None if over else world.action_space(seat).sample(seen["action_mask"]))

It needs the extra `rl`. `docs/players.md` tells what the numbers are.
"""

from __future__ import annotations

import secrets
from typing import Any, TypeAlias

import numpy as np
from gymnasium import spaces
from pettingzoo import AECEnv
from pettingzoo.utils.wrappers import OrderEnforcingWrapper

from wargame.content.load import load_scenario
from wargame.errors import IllegalMove
from wargame.lab.encode import Encoder
from wargame.lab.simulate import game_seed
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario

Observation: TypeAlias = dict[str, np.ndarray[Any, Any]]


def env(
    scenario: str | Scenario = "honeymoon", rounds: int | None = None, render_mode: str | None = None
) -> Any:
    """Return the environment, which says so when it is used in the wrong order.

    `scenario` is a name, a folder or a loaded scenario; `rounds` is the scenario's own number if not given.
    `ContentError` if there is no such scenario, `ValueError` if it has no game of so many rounds.
    """
    return OrderEnforcingWrapper(WargameEnv(scenario, rounds, render_mode))


class WargameEnv(AECEnv):  # type: ignore[misc]
    """One game at a time. Agents are seat ids; there is no `state()`, for nobody sees the whole.

    An observation is `{"observation": float32 row, "action_mask": int8 row}`, both as `Encoder` numbers them.
    Rewards are 0 until the game is over. Then each seat gets its score's distance from the line that wins,
    in its own spreads: the sum is not zero, and all may do well or badly together. `infos` then hold its
    `score`, `rank`, and whether it `won` or is `ruined`.
    """

    metadata = {"name": "wargame_v0", "render_modes": ["ansi"], "is_parallelizable": False}  # noqa: RUF012

    def __init__(
        self,
        scenario: str | Scenario = "honeymoon",
        rounds: int | None = None,
        render_mode: str | None = None,
    ) -> None:
        super().__init__()
        self.scenario = load_scenario(scenario) if isinstance(scenario, str) else scenario
        self.rounds = rounds
        self.render_mode = render_mode
        self.encoder = Encoder(self.scenario)
        self.game = Game.new(self.scenario, 0, rounds)
        self._seed, self._games = secrets.randbelow(2**63), 0
        self.possible_agents = list(self.scenario.seat_ids)
        self.agents: list[str] = []
        self.observation_spaces = {seat: self._observation_space() for seat in self.possible_agents}
        self.action_spaces = {seat: spaces.Discrete(self.encoder.size) for seat in self.possible_agents}

    def _observation_space(self) -> spaces.Dict:
        row = spaces.Box(-1.0, 1.0, (len(self.encoder.names),), np.float32)
        mask = spaces.Box(0, 1, (self.encoder.size,), np.int8)
        return spaces.Dict({"observation": row, "action_mask": mask})

    def observation_space(self, agent: str) -> spaces.Dict:
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Discrete:
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Begin a new game: of this seed, or the next of the row that the last seed began.

        Before any seed is given the row begins where chance will have it. `options` has no effect.
        """
        if seed is not None:
            self._seed, self._games = seed, 0
        luck = game_seed(self._seed, self._games) if self._games or seed is None else seed
        self._games += 1
        self.game = Game.new(self.scenario, luck, self.rounds)
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos: dict[str, dict[str, Any]] = {seat: {} for seat in self.agents}
        self._skip_agent_selection = None
        self.agent_selection = self._to_act()

    def _to_act(self) -> str:
        return self.game.to_act or self.agents[0]

    def observe(self, agent: str) -> Observation:
        """Return what that seat may know; its mask is empty unless it is its turn."""
        seen = self.game.view(agent)
        return {
            "observation": np.array(self.encoder.observe(seen), np.float32),
            "action_mask": np.array(self.encoder.mask(seen), np.int8),
        }

    def step(self, action: int | None) -> None:
        """Make the move of that number; `IllegalMove` if it may not be played now."""
        seat = self.agent_selection
        if self.terminations[seat]:
            self._was_dead_step(action)
            return
        if action is None:
            raise IllegalMove(f"It is {seat}'s turn, and None is no move.")
        self.game.apply(self.encoder.move(self.game.state, int(action)))
        self._cumulative_rewards[seat] = 0.0
        self._clear_rewards()
        if self.game.over:
            self._close_game()
        self._accumulate_rewards()
        self.agent_selection = self._to_act()

    def _close_game(self) -> None:
        for seat, line in self.game.lines.items():
            self.rewards[seat] = line.margin
            self.terminations[seat] = True
            self.infos[seat] = {
                "score": line.score, "rank": line.rank, "won": line.won, "ruined": line.ruined
            }  # fmt: skip

    def render(self) -> str | None:
        """Return, with `render_mode="ansi"`, what the whole room may know, as a few lines of text."""
        if self.render_mode != "ansi":
            return None
        seen = self.game.view(None)
        tracks = "\n".join(f"{track:<16}{value:>3}" for track, value in seen.tracks.items())
        return (
            f"round {seen.round} of {seen.rounds}, {seen.phase}, {seen.to_act or 'nobody'} to act\n{tracks}"
        )

    def close(self) -> None:
        """Do nothing: nothing is held open."""
