"""How a position would go on between bots: every seat's chances from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Any

from wargame.counting import aligned
from wargame.debrief.playouts import Outcome, Start, known_bots, play
from wargame.lab.intervals import Moments, Share, Z
from wargame.lab.workers import Chunk, Chunks, run
from wargame.lab.workers import processes as workers
from wargame.rules import codec
from wargame.rules.scenario import Scenario
from wargame.rules.state import State


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
    storm: Share
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
    return sum_up(state.scenario.seat_ids, found)


def _play_on(scenario: Scenario, chunk: Chunk, begin: Start, bots: Mapping[str, str]) -> list[list[Outcome]]:
    return play(scenario, begin, chunk.games, bots)


def sum_up(seats: tuple[str, ...], found: list[Outcome]) -> Outlook:
    """The shares and means of some playouts, in whatever order they come."""
    return Outlook(
        len(found),
        Share(sum(one.storm for one in found), len(found)),
        {seat: _seat(found, at) for at, seat in enumerate(seats)},
    )


def _seat(found: list[Outcome], at: int) -> SeatOutlook:
    n = len(found)
    scores = Moments.of(one.scores[at] for one in found)
    half = Z * scores.sd(less=1) / sqrt(n)
    return SeatOutlook(
        Share(sum(one.won[at] for one in found), n),
        Share(sum(one.first[at] for one in found), n),
        Share(sum(one.ruined[at] for one in found), n),
        scores.mean, scores.mean - half, scores.mean + half,
    )  # fmt: skip


def as_json(seen: Outlook) -> dict[str, Any]:
    """Counts, shares and intervals by name, for programs."""
    return {
        "games": seen.games,
        "storm": _share(seen.storm),
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


def table(seen: Outlook, name: Callable[[str], str]) -> str:
    """The same as lines for a person; `name` says what a seat is called."""
    rows = [("", "reaches its line", "first", "ruined", "mean score")]
    for seat, one in seen.seats.items():
        score = f"{one.score:.1f} ({one.low:.1f} to {one.high:.1f})"
        rows.append((name(seat), _said(one.won), _said(one.first), _said(one.ruined), score))
    return "\n".join([*aligned(rows), f"The storm: {_said(seen.storm)}."])


def _said(share: Share) -> str:
    return f"{share.value:.0%} ({share.low:.0%}–{share.high:.0%})"
