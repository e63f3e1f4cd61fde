"""What could still have come of a position: games that bots play on from it, in as many processes as wanted.

The nth playout of every arm has the same luck, for the dice and for each bot by round and phase, so that what
differs between two arms is what was done in them. The bots see their views only; the positions are the whole
truth, or worlds that a seat can imagine behind what it sees. Nothing depends on how many processes there are.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wargame.bots import bot as find_bot
from wargame.bots.players import Players
from wargame.lab.simulate import collector_off, decide
from wargame.rules import codec
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.phases import step
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import final_scores
from wargame.rules.state import State
from wargame.rules.view import imagine, view


class Outcome(NamedTuple):
    """How one playout ended. Seats stand in the scenario's order."""

    won: tuple[bool, ...]
    first: tuple[bool, ...]
    ruined: tuple[bool, ...]
    scores: tuple[int, ...]
    storm: bool


class Start(NamedTuple):
    """Where playouts begin: a position, and once for every arm the moves that come first.

    With a `believer` the worlds are those which that seat can imagine behind what it sees, else the position
    itself.
    """

    state: bytes
    arms: tuple[tuple[Move, ...], ...] = ((),)
    believer: str = ""


def play(
    scenario: Scenario, begin: Start, nths: Iterable[int], bots: Mapping[str, str]
) -> list[list[Outcome]]:
    """Return the outcomes of these playouts: a list for each arm, in their order."""
    start = codec.from_bytes(begin.state, scenario)
    found: list[list[Outcome]] = [[] for _arm in begin.arms]
    for nth in nths:
        world = other_luck(start, nth)
        if begin.believer:
            world = imagine(view(start, begin.believer), world.luck)
        for arm, outcomes in zip(begin.arms, found, strict=True):
            outcomes.append(finish(world.clone(), arm, bots))
    return found


def other_luck(state: State, nth: int) -> State:
    """Return a copy of a position under the nth other luck."""
    world = state.clone()
    world.luck = draw(nth, 0, 0, "playout") >> 1
    return world


def finish(world: State, moves: tuple[Move, ...], bots: Mapping[str, str]) -> Outcome:
    """Make these moves in a state you own and let bots play it to its end."""
    for move in moves:
        step(world, move)
    minds = Minds(bots)
    with collector_off():
        while world.to_act is not None:
            step(world, minds.move(world))
    lines = final_scores(world)
    return Outcome(
        tuple(line.won for line in lines.values()),
        tuple(line.rank == 1 for line in lines.values()),
        tuple(line.ruined for line in lines.values()),
        tuple(line.score for line in lines.values()),
        world.outcome == "storm",
    )


class Minds:
    """Bots with luck by round, phase and seat, so that a seat's extra move changes nobody's mind later."""

    def __init__(self, bots: Mapping[str, str]) -> None:
        self._players = Players(bots)
        self._decided: Counter[tuple[int, str, str | None]] = Counter()

    def move(self, state: State) -> Move:
        """Return what the seat that has to act decides."""
        assert state.to_act is not None
        turn = state.round, state.phase, state.to_act
        nth = self._decided[turn]
        self._decided[turn] += 1
        return decide(state, self._players, state.seed, nth)


def known_bots(bots: Mapping[str, str]) -> Mapping[str, str]:
    """Return the same bots, if there are such. `KeyError` for one that is not."""
    for name in bots.values():
        find_bot(name)
    return bots


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
