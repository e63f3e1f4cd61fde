"""How well does a bot play a seat? The same games twice: once with it, once with another in its place.

Luck is keyed, so the two games of a pair share all that the bot did not change, and their difference says
more than two averages would. Intervals are 95 per cent: Student's for means, Wilson's for shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import nextafter
from typing import Any, NamedTuple

from wargame.counting import aligned
from wargame.lab.intervals import Interval, Moments, Verdict, mean_interval, share, verdict
from wargame.lab.simulate import game_seed, play_game
from wargame.lab.workers import Chunk, Chunks, Workers, run
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import Line, final_scores

Lines = Mapping[str, Line]
ABOVE_NOTHING = nextafter(0.0, 1.0)


class Contest(NamedTuple):
    """A bot in a seat against another in the same seat; `others` play the other seats of both games."""

    seat: str
    bot: str
    against: str = "random"
    others: str = "greedy"

    def lineup(self, scenario: Scenario, bot: str) -> dict[str, str]:
        """Return who plays which seat, with that bot in the seat of the contest."""
        return dict.fromkeys(scenario.seat_ids, self.others) | {self.seat: bot}


@dataclass
class Side:
    """What one of the two bots did: its scores, and how often it came first and won."""

    score: Moments = field(default_factory=Moments)
    first: int = 0
    won: int = 0

    def add(self, line: Line) -> None:
        self.score.add(line.score)
        self.first += line.rank == 1
        self.won += line.won

    def merge(self, other: Side) -> None:
        self.score.merge(other.score)
        self.first += other.first
        self.won += other.won


@dataclass
class Measure:
    """A contest's sums over pairs of games."""

    contest: Contest
    bot: Side = field(default_factory=Side)
    against: Side = field(default_factory=Side)
    difference: Moments = field(default_factory=Moments)

    def add(self, bot: Line, against: Line) -> None:
        self.bot.add(bot)
        self.against.add(against)
        self.difference.add(bot.score - against.score)

    def merge(self, other: Measure) -> None:
        self.bot.merge(other.bot)
        self.against.merge(other.against)
        self.difference.merge(other.difference)

    @property
    def pairs(self) -> int:
        return self.difference.n

    def points(self) -> Interval:
        """Return the difference of the scores."""
        return mean_interval(self.difference)

    def better(self) -> Verdict:
        """Return the verdict on whether the bot scores more than the other: by any difference above 0."""
        return verdict(self.points(), least=ABOVE_NOTHING)

    def deviations(self) -> Interval | None:
        """Return the same in standard deviations of the other bot's scores; `None` if those are all alike."""
        sd = self.against.score.sd(less=1)
        if not sd:
            return None
        points = self.points()
        return Interval(points.value / sd, points.low / sd, points.high / sd)


@dataclass
class Arena:
    """The measures of every contest, and whether Ctrl-C cut the run short."""

    measures: list[Measure]
    interrupted: bool = False

    @property
    def pairs(self) -> int:
        return self.measures[0].pairs


def arena(
    scenario: Scenario,
    contests: Sequence[Contest],
    games: int,
    seed: int = 0,
    rounds: int | None = None,
    progress: Callable[[int], None] | None = None,
    workers: Workers | None = None,
) -> Arena:
    """Play so many pairs of games for each contest (one at least), all over the same seeds.

    `progress` hears the number of pairs done. Ctrl-C (KeyboardInterrupt) gives what came so far.
    """
    found = Arena([Measure(contest) for contest in contests])
    work = partial(_play_pairs, contests=tuple(contests), seed=seed, rounds=rounds)
    try:
        for _chunk, part in run(work, Chunks(games), scenario, workers):
            for measure, more in zip(found.measures, part, strict=True):
                measure.merge(more)
            if progress is not None:
                progress(found.pairs)
    except KeyboardInterrupt:
        found.interrupted = True
    return found


def _play_pairs(
    scenario: Scenario, chunk: Chunk, contests: Sequence[Contest], seed: int, rounds: int | None
) -> list[Measure]:
    """Return the pairs of a chunk; a game that several contests need is played once."""
    measures = [Measure(contest) for contest in contests]
    for nth in chunk.games:
        played: dict[tuple[str, ...], Lines] = {}
        for measure in measures:
            seat, bot, against, _others = measure.contest
            lines = []
            for who in (bot, against):
                lineup = measure.contest.lineup(scenario, who)
                key = tuple(lineup.values())
                if key not in played:
                    state, _decisions = play_game(scenario, lineup, game_seed(seed, nth), rounds)
                    played[key] = final_scores(state)
                lines.append(played[key][seat])
            measure.add(*lines)
    return measures


# --- telling -------------------------------------------------------------------------------------------


def as_json(found: Arena) -> dict[str, Any]:
    """Return it for programs: intervals as `value`, `low`, `high`, with `null` for what is not known."""
    contests = []
    for measure in found.measures:
        deviations = measure.deviations()
        contests.append(
            measure.contest._asdict()
            | {
                "bot_result": _side_json(measure.bot, measure.pairs),
                "against_result": _side_json(measure.against, measure.pairs),
                "difference": {
                    "points": measure.points().plain(),
                    "deviations": deviations.plain() if deviations else None,
                    "verdict": measure.better(),
                },
            }
        )
    return {"pairs": found.pairs, "interrupted": found.interrupted, "contests": contests}


def _side_json(side: Side, games: int) -> dict[str, Any]:
    return {
        "score": {"mean": round(side.score.mean, 3), "sd": round(side.score.sd(less=1), 3)},
        "first": share(side.first, games).plain(),
        "won": share(side.won, games).plain(),
    }


def report(measures: Sequence[Measure]) -> str:
    """Return a table for people: two lines a contest, and one for their difference."""
    rows: list[tuple[str, ...]] = [("seat", "player", "score", "sd", "first (95 %)", "won (95 %)")]
    for measure in measures:
        contest, pairs = measure.contest, measure.pairs
        for name, side in ((contest.bot, measure.bot), (contest.against, measure.against)):
            parts = (share(count, pairs) for count in (side.first, side.won))
            shares = (f"{part.value:.1%} ({part.low:.1%} to {part.high:.1%})" for part in parts)
            score = (f"{side.score.mean:.1f}", f"{side.score.sd(less=1):.1f}")
            rows.append((contest.seat, name, *score, *shares))
    head, *sides = aligned(rows, right=(2, 3))
    lines, indent = [head], " " * head.index("player")
    for nth, measure in enumerate(measures):
        told = "for a difference two pairs of games at least are needed"
        if measure.pairs >= 2:
            told = f"difference {_signed(measure.points(), ' points')}"
            deviations = measure.deviations()
            told += f", {_signed(deviations, ' sd')}" if deviations else ""
            told += f": {BETTER[measure.better()]}"
        lines += [*sides[2 * nth : 2 * nth + 2], indent + told]
    return "\n".join(lines)


BETTER = {"holds": "better", "refuted": "not better", "undecided": "undecided"}
"""A verdict on a bot in the words of the table."""


def _signed(part: Interval, unit: str) -> str:
    return f"{part.value:+.2f}{unit} ({part.low:+.2f} to {part.high:+.2f})"
