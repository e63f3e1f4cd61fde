"""What could still have come of a position: games that bots play on from it, in as many processes as wanted.

The nth playout of every arm has the same luck, for the dice and for each bot by round and phase, so that what
differs between two arms is what was done in them. The bots see their views only; the positions are the whole
truth, or worlds that a seat can imagine behind what it sees. Nothing depends on how many processes there are.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Any, NamedTuple

from wargame.bots import bot as find_bot
from wargame.bots.players import Players
from wargame.counting import aligned
from wargame.lab.intervals import Moments, Share, Z
from wargame.lab.simulate import collector_off, decide
from wargame.lab.workers import Chunk, Chunks, run
from wargame.lab.workers import processes as workers
from wargame.rules import codec
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.phases import step
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import final_scores
from wargame.rules.state import State
from wargame.rules.view import imagine, view
from wargame.words import Words
from wargame.words.grammar import capital


class Outcome(NamedTuple):
    """How one playout ended. Seats stand in the scenario's order."""

    won: tuple[bool, ...]
    first: tuple[bool, ...]
    ruined: tuple[bool, ...]
    scores: tuple[int, ...]
    outcome: str


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
        world.outcome,
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
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- how a position would go on -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeatOutlook:
    """A seat's chances of reaching its line, of being first and of being ruined, and its score.

    `low` and `high` bound the mean score at 95 %.
    """

    won: Share
    first: Share
    ruined: Share
    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What so many playouts of a position came to."""

    games: int
    outcomes: Mapping[str, Share]
    seats: Mapping[str, SeatOutlook]


def outlook(
    state: State,
    bots: Mapping[str, str],
    games: int,
    *,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Outlook:
    """Play a position to its end so many times; the same arguments give the same result.

    `progress` hears the number of games done. Ctrl-C (KeyboardInterrupt) gives the outlook of those
    that came, if any did. `ValueError` without games, `KeyError` for a bot there is not.
    """
    if games < 1:
        raise ValueError(f"an outlook needs at least one game, not {games}")
    found: list[Outcome] = []
    work = partial(_play_on, begin=Start(codec.to_bytes(state)), bots=dict(known_bots(bots)))
    try:
        for _chunk, [outcomes] in run(work, Chunks(games), state.scenario.base, workers(processes)):
            found += outcomes
            if progress is not None:
                progress(len(found))
    except KeyboardInterrupt:
        if not found:
            raise
    return sum_up(state.scenario, found)


def _play_on(scenario: Scenario, chunk: Chunk, begin: Start, bots: Mapping[str, str]) -> list[list[Outcome]]:
    return play(scenario, begin, chunk.games, bots)


def sum_up(scenario: Scenario, found: list[Outcome]) -> Outlook:
    """Return the shares and means of some playouts, in whatever order they come."""
    n, parts = len(found), {}
    for at, seat in enumerate(scenario.seat_ids):
        scores = Moments.of(one.scores[at] for one in found)
        half = Z * scores.sd(less=1) / sqrt(n)
        parts[seat] = SeatOutlook(
            Share(sum(one.won[at] for one in found), n),
            Share(sum(one.first[at] for one in found), n),
            Share(sum(one.ruined[at] for one in found), n),
            scores.mean, scores.mean - half, scores.mean + half,
        )  # fmt: skip
    ends = Counter(one.outcome for one in found)
    return Outlook(n, {id_: Share(ends[id_], n) for id_ in scenario.outcomes}, parts)


def as_json(seen: Outlook) -> dict[str, Any]:
    """Return counts, shares and intervals by name, for programs."""
    return {
        "games": seen.games,
        "outcomes": {id_: _share(share) for id_, share in seen.outcomes.items()},
        "seats": {
            seat: {
                "won": _share(one.won),
                "first": _share(one.first),
                "ruined": _share(one.ruined),
                "score": {"mean": one.score, "low": one.low, "high": one.high},
            }
            for seat, one in seen.seats.items()
        },
    }


def _share(share: Share) -> dict[str, float | int]:
    return {"count": share.hits, "share": share.value, "low": share.low, "high": share.high}


def table(seen: Outlook, words: Words) -> str:
    """Return the same as lines for a person."""
    rows = [("", "reaches its line", "first", "ruined", "mean score")]
    for seat, one in seen.seats.items():
        score = f"{one.score:.1f} ({one.low:.1f} to {one.high:.1f})"
        rows.append((words.seat(seat), _said(one.won), _said(one.first), _said(one.ruined), score))
    ends = (f"{capital(words.ending(id_))}: {_said(share)}." for id_, share in seen.outcomes.items())
    return "\n".join([*aligned(rows), *ends])


def _said(share: Share) -> str:
    return f"{share.value:.0%} ({share.low:.0%}–{share.high:.0%})"
