"""What other engines do, here and now: random play, in decisions a second of processor time.

Each is measured if it is installed (`pip install catanatron 'pettingzoo[classic]' open_spiel`). They play
other games with other numbers of moves, so the ratio says only whether we are in the same range.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from importlib import import_module
from time import process_time

SECONDS = 3.0


def catanatron() -> tuple[int, int]:
    """A game of Catan between four random players: games, decisions."""
    game = import_module("catanatron.game")
    models = import_module("catanatron.models.player")
    players = [models.RandomPlayer(colour) for colour in models.Color]
    played = game.Game(players)
    played.play()
    return 1, len(played.state.actions) if hasattr(played.state, "actions") else len(
        played.state.action_records
    )


def texas_holdem() -> tuple[int, int]:
    """A hand of PettingZoo's Texas hold'em, stepped with its masks."""
    env = import_module("pettingzoo.classic.texas_holdem_v4").env()
    env.reset(seed=random.randrange(1 << 30))
    steps = 0
    for agent in env.agent_iter():
        seen, _reward, ended, cut, _info = env.last()
        action = None
        if not (ended or cut):
            action = env.action_space(agent).sample(seen["action_mask"])
            steps += 1
        env.step(action)
    return 1, steps


def liars_poker() -> tuple[int, int]:
    """A game of OpenSpiel's liar's poker, written in Python like ours."""
    import_module("open_spiel.python.games.liars_poker")
    pyspiel = import_module("pyspiel")
    state, steps = pyspiel.load_game("python_liars_poker").new_initial_state(), 0
    while not state.is_terminal():
        state.apply_action(random.choice(state.legal_actions()))
        steps += 1
    return 1, steps


PEERS: dict[str, Callable[[], tuple[int, int]]] = {
    "catanatron, random": catanatron,
    "PettingZoo texas hold'em": texas_holdem,
    "OpenSpiel liar's poker": liars_poker,
}


def speeds() -> Iterator[tuple[str, float, float]]:
    """Name, games and decisions a second; nan where it is not installed."""
    for name, play in PEERS.items():
        try:
            play()
        except (ImportError, AttributeError):
            yield name, float("nan"), float("nan")
            continue
        games = decisions = 0
        start = process_time()
        while process_time() - start < SECONDS:
            more, steps = play()
            games, decisions = games + more, decisions + steps
        taken = process_time() - start
        yield name, games / taken, decisions / taken
