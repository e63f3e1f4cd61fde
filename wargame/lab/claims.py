"""Does the game behave as its source argues? Every claim is tested arm against arm, over the same seeds.

Here arms are compared; `lab.trials` plays and reads their games, `lab.claims_report` tells the results.
Intervals are two-sided, at 95 per cent over all claims of a file together (Bonferroni). A claim holds when
all its tests do; luck can't make that likelier than for a claim with one test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import exp, inf, isfinite, log, nan, sqrt
from random import Random
from statistics import fmean
from typing import NamedTuple

from wargame.content.claims import SHARES, Arm, Claim, Claims, Measure, Test, plain
from wargame.lab.intervals import Interval, Verdict, mean_of, share, tail, together, verdict, z_among
from wargame.lab.simulate import game_seed
from wargame.lab.trials import Trial, changed_scenario, measured
from wargame.lab.workers import Chunk, Chunks, Workers, run
from wargame.rules.scenario import Scenario

RESAMPLES = 1000
"""Bootstrap samples for quantiles."""

Values = dict[str, list[float]]
"""By `plain(measure)`, a number a game, in the order of seeds."""


class Term(NamedTuple):
    """A number that a test adds (`sign` 1) or takes away (−1): the statistic of a measure in an arm."""

    sign: int
    arm: str
    measure: Measure


def terms(test: Test) -> tuple[Term, ...]:
    """Return what the effect of a test is the sum of, by pairs of arms: each pair is a difference.

    What is played, what is counted and what is told all come from here.
    """
    pairs, measures = [(1, test.a, test.b)], [(1, test.measure)]
    if test.less:
        pairs.append((-1, test.less[0], test.less[1]))
    if test.than:
        measures.append((-1, test.than))
    return tuple(
        Term(of * less * sign, arm, measure)
        for of, measure in measures
        for less, a, b in pairs
        for sign, arm in ((1, a), (-1, b))
    )


# --- playing -------------------------------------------------------------------------------------------


def wanted(claims: Claims) -> dict[str, list[Measure]]:
    """Return the arms that have to be played, and what is to be read off each: shared between claims."""
    found: dict[str, dict[str, Measure]] = {}
    for claim in claims.claims:
        for test in claim.tests:
            for _sign, arm, measure in terms(test):
                found.setdefault(arm, {})[plain(measure)] = measure
    return {arm: list(measures.values()) for arm, measures in found.items()}


@dataclass
class Played:
    """What every arm came to in the games that all of them have played, and whether Ctrl-C cut that short."""

    games: int
    arms: dict[str, Values]
    interrupted: bool = False


def play_arms(
    scenario: Scenario,
    claims: Claims,
    games: int,
    seed: int,
    workers: Workers | None = None,
    bot: str = "greedy",
    progress: Callable[[int], None] | None = None,
) -> Played:
    """Play every arm over the same seeds, side by side; the numbers don't depend on who played them.

    `progress` hears the number of games done in all arms. Ctrl-C (KeyboardInterrupt) gives what came so far.
    """
    asked = {arm: (claims.arm(arm), measures) for arm, measures in wanted(claims).items()}
    work = _Arms(asked, bot, seed)
    rows: dict[str, dict[int, list[float]]] = {arm: {} for arm in asked}
    interrupted = False
    try:
        for chunk, found in run(work, Chunks(dict.fromkeys(asked, games)), scenario, workers, ordered=False):
            rows[chunk.of].update(zip(chunk.games, found, strict=True))
            if progress is not None:
                progress(sum(map(len, rows.values())))
    except KeyboardInterrupt:
        interrupted = True
    common = sorted(set(range(games)).intersection(*rows.values()))
    arms = {
        arm: {plain(measure): [rows[arm][nth][at] for nth in common] for at, measure in enumerate(measures)}
        for arm, (_arm, measures) in asked.items()
    }
    return Played(len(common), arms, interrupted)


@dataclass
class _Arms:
    """The work of playing arms; a worker keeps the scenarios that it has changed for them."""

    asked: Mapping[str, tuple[Arm, list[Measure]]]
    bot: str
    seed: int
    changed: dict[str, Scenario] = field(default_factory=dict)

    def __call__(self, scenario: Scenario, chunk: Chunk) -> list[list[float]]:
        """Return for each game of an arm the numbers of its measures."""
        arm, measures = self.asked[chunk.of]
        if arm.id not in self.changed:
            self.changed[arm.id] = changed_scenario(scenario, arm)
        bots = dict.fromkeys(scenario.seat_ids, self.bot)
        trials = (Trial(self.changed[arm.id], arm, game_seed(self.seed, nth), bots) for nth in chunk.games)
        return [
            [measured(measure, record) for measure in measures] for record in (one.play() for one in trials)
        ]


# --- comparing -----------------------------------------------------------------------------------------


class ArmResult(NamedTuple):
    """What a measure came to in an arm, in its own units: the mean, and the quantile if one is tested."""

    arm: str
    measure: Measure
    mean: Interval
    quantile: Interval | None


class Gap(NamedTuple):
    """What a measure comes to in arm `a` less in arm `b`, counted as its test counts."""

    a: str
    b: str
    measure: Measure
    size: Interval


class Result(NamedTuple):
    """A test over `n` games: its effect, the line that it must reach, and the verdict.

    `gaps` are the differences that the effect is made of.
    """

    test: Test
    n: int
    effect: Interval
    line: float
    verdict: Verdict
    arms: tuple[ArmResult, ...]
    gaps: tuple[Gap, ...]


class Judged(NamedTuple):
    """A claim with the results of all its tests, in the order of the file."""

    claim: Claim
    results: tuple[Result, ...]

    @property
    def verdict(self) -> Verdict:
        return together(result.verdict for result in self.results)

    @property
    def weakest(self) -> Result:
        return next(result for result in self.results if result.verdict == self.verdict)


def judged(claims: Claims, played: Mapping[str, Values], among: int = 0) -> list[Judged]:
    """Judge each claim by what was played; `among` is how many claims there are, if not just these."""
    z = z_among(max(among, len(claims.claims)))
    return [Judged(claim, tuple(_result(test, played, z) for test in claim.tests)) for claim in claims.claims]


def _result(test: Test, played: Mapping[str, Values], z: float) -> Result:
    parts = terms(test)
    columns = [played[arm][plain(measure)] for _sign, arm, measure in parts]
    if not columns[0]:
        effect, gaps = NOTHING, [NOTHING] * (len(parts) // 2)
    elif test.in_ == "times":
        # two shares, each with half a game more so that none is nothing (delta method)
        n = len(columns[0])
        p, q = ((sum(column) + 0.5) / (n + 1) for column in columns[:2])
        reach = z * sqrt((1 - p) / (p * n) + (1 - q) / (q * n))
        effect = Interval(p / q, exp(log(p / q) - reach), exp(log(p / q) + reach))
        gaps = [effect]
    else:
        sized = _of_means if test.quantile is None else _of_quantiles
        count = len(parts)
        pairs = [[(at == nth) - (at == nth + 1) for at in range(count)] for nth in range(0, count, 2)]
        effect, *gaps = sized(test, columns, [[part.sign for part in parts], *pairs], z)
    line = test.least if test.goes == "up" else 1 / test.least if test.in_ == "times" else -test.least
    least, most = (line, inf) if test.goes == "up" else (-inf, line)
    return Result(
        test,
        len(columns[0]),
        effect,
        line,
        verdict(effect, least, most),
        tuple(
            ArmResult(arm, measure, _mean(measure, column, z), _quantile_of(test, column, z))
            for (_sign, arm, measure), column in zip(parts, columns, strict=True)
        ),
        tuple(
            Gap(one.arm, other.arm, one.measure, gap)
            for one, other, gap in zip(parts[::2], parts[1::2], gaps, strict=True)
        ),
    )


NOTHING = Interval(nan, -inf, inf)
"""What no game tells."""


def _mean(measure: Measure, numbers: Sequence[float], z: float) -> Interval:
    if measure.what in SHARES:
        return share(int(sum(numbers)), len(numbers), z)
    return mean_of(numbers, z, step=1)


# --- means: paired differences, game by game ------------------------------------------------------------


def _of_means(
    test: Test, columns: Sequence[Sequence[float]], signs: Sequence[Sequence[int]], z: float
) -> list[Interval]:
    """Return the mean of each signed sum of columns, from its values in every game."""
    return [
        _mean_in(test, [_summed(way, row) for row in zip(*columns, strict=True)], columns[1], z)
        for way in signs
    ]


def _mean_in(test: Test, gaps: Sequence[float], base: Sequence[float], z: float) -> Interval:
    """Return the mean of the gaps in the units of the test; what the units themselves owe to luck counts too.

    Each game's number is its gap, less what it adds to the mean or spread of arm b by which the gap is
    divided (the delta method).
    """
    scale = _scale(test, base)
    if not isfinite(scale):
        return NOTHING
    effect, middle = fmean(gaps) * scale, fmean(base)
    owed = [0.0] * len(base)
    if test.in_ == "percent":
        owed = [effect * (number - middle) / middle for number in base]
    elif test.in_ == "sd":
        owed = [effect / 2 * (((number - middle) * scale) ** 2 - 1) for number in base]
    return mean_of([gap * scale - debt for gap, debt in zip(gaps, owed, strict=True)], z, step=abs(scale))


def _scale(test: Test, base: Sequence[float]) -> float:
    """From the measure's own units to those of the test; NaN if arm b gives none."""
    if test.in_ == "sd":
        middle = fmean(base)
        spread = sqrt(fmean((number - middle) ** 2 for number in base))
        return 1 / spread if spread else nan
    if test.in_ == "percent":
        middle = fmean(base)
        return 100 / middle if middle else nan
    return 100.0 if test.in_ == "points" else 1.0


def _summed(signs: Sequence[int], row: Sequence[float]) -> float:
    return sum(sign * number for sign, number in zip(signs, row, strict=True))


# --- quantiles: paired bootstrap ------------------------------------------------------------------------


def _of_quantiles(
    test: Test, columns: Sequence[Sequence[float]], signs: Sequence[Sequence[int]], z: float
) -> list[Interval]:
    """Return each signed sum of the columns' quantiles; games are resampled whole, with all their arms."""
    at, n = test.quantile or 0.5, len(columns[0])
    whole, samples = _resampled(columns, at, partial(_scale, test))
    return [
        _spread_of(
            _summed(way, whole[0]) * whole[1], [_summed(way, row) * by for row, by in samples], at, n, z
        )
        for way in signs
    ]


def _quantile_of(test: Test, numbers: Sequence[float], z: float) -> Interval | None:
    """Return the tested quantile of one arm, in the measure's own units."""
    if test.quantile is None:
        return None
    if not numbers:
        return NOTHING
    whole, samples = _resampled([numbers], test.quantile, lambda _base: 1.0)
    return _spread_of(whole[0][0], [row[0] for row, _by in samples], test.quantile, len(numbers), z)


Sample = tuple[list[float], float]
"""The quantiles of every column, and the scale, in one (re)sample."""


def _resampled(
    columns: Sequence[Sequence[float]], at: float, scale: Callable[[Sequence[float]], float]
) -> tuple[Sample, list[Sample]]:
    """Return the columns as they are, and resampled; the same draws of games every time."""

    def sample(rows: Sequence[int]) -> Sample:
        drawn = [[column[row] for row in rows] for column in columns]
        return [quantile(column, at) for column in drawn], scale(drawn[min(1, len(drawn) - 1)])

    n, luck = len(columns[0]), Random(17)
    return sample(range(n)), [sample(luck.choices(range(n), k=n)) for _ in range(RESAMPLES)]


def _spread_of(value: float, samples: Sequence[float], at: float, n: int, z: float) -> Interval:
    """Return an interval of z times the bootstrap's spread.

    Without ends while the games are so few that all of them may well lie on one side of the quantile, or
    where resampling moves nothing.
    """
    middle = fmean(samples)
    half = z * sqrt(fmean((number - middle) ** 2 for number in samples))
    if max(at, 1 - at) ** n > tail(z) or not isfinite(half) or not half:
        return Interval(value, -inf, inf)
    return Interval(value, value - half, value + half)


def quantile(numbers: Sequence[float], at: float) -> float:
    """Return the number below which so great a part of the numbers lies, between the two around it."""
    place = at * (len(numbers) - 1)
    ordered, below = sorted(numbers), int(place)
    above = min(below + 1, len(numbers) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
