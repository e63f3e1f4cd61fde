"""Does the game behave as its source argues? Every claim is tested arm against arm, over the same seeds.

An effect counts when its whole interval lies beyond the least effect, in the stated direction. Intervals
are two-sided
at 95 per cent over all claims of a file together (Bonferroni). A claim holds when all its tests do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import exp, log, sqrt
from statistics import NormalDist, fmean, pstdev, quantiles
from typing import Any, NamedTuple

from wargame.content.claims import Arm, Claims, Measure, Test, plain
from wargame.lab.crowd import Chunk, Crowd, chunks, run
from wargame.lab.simulate import game_seed
from wargame.lab.trials import Record, Trial, changed_scenario
from wargame.rules.luck import draw
from wargame.rules.scenario import Scenario

CHUNK = 20
RESAMPLES = 400
"""Bootstrap samples for quantiles."""


class Result(NamedTuple):
    """One test of a claim: the effect of arm a over arm b with its interval, and whether it holds."""

    measure: str
    arm_a: str
    arm_b: str
    n: int
    effect: float
    low: float
    high: float
    direction: str
    least: float
    unit: str
    holds: bool


class Verdict(NamedTuple):
    """A claim with the results of all its tests, the weakest first."""

    id: str
    paragraph: str
    claim: str
    note: str
    tests: tuple[Result, ...]

    @property
    def holds(self) -> bool:
        return all(test.holds for test in self.tests)


# --- measures ------------------------------------------------------------------------------------------


def measured(measure: Measure, record: Record) -> float:
    """The number that a measure reads off a game."""
    return MEASURES[measure.what](measure, record)


def _end(measure: Measure, record: Record) -> float:
    return float(record.tracks[-1][str(measure.track)])


def _mean(measure: Measure, record: Record) -> float:
    if measure.good:
        return fmean(held[str(measure.seat)][measure.good] for held in record.goods)
    return fmean(values[str(measure.track)] for values in record.tracks)


def _score(measure: Measure, record: Record) -> float:
    return float(record.scores[str(measure.seat)])


def _signed(measure: Measure, record: Record) -> float:
    pairs = [set(pair) for pair in measure.pairs]
    return float(sum({d.a, d.b} in pairs and d.signed >= measure.since for d in record.deals))


def _first(measure: Measure, record: Record) -> float:
    for round_, event in record.events:
        facts = event.facts
        if event.kind in measure.events:
            return float(round_)
        if event.kind == "revealed" and facts[0] in measure.seats and facts[1] in measure.cards:
            return float(round_)
        if event.kind == "stood" and facts[0] == measure.stand:
            return float(round_)
    return float(record.rounds + 1)


def _share(measure: Measure, record: Record) -> float:
    return float(record.outcome == "storm" if measure.trait == "storm" else measure.seat in record.ruined)


def _broken(measure: Measure, record: Record) -> float:
    return float(any(d.template in measure.deals and d.status in ("broken", "fallen") for d in record.deals))


def _unbroken(measure: Measure, record: Record) -> float:
    return 1.0 - _broken(measure, record)


def _delivered(measure: Measure, record: Record) -> float:
    return float(
        sum(
            int(str(event.facts[4]))
            for round_, event in record.events
            if event.kind == "delivered"
            and round_ >= measure.since
            and event.facts[1] == measure.seat
            and event.facts[3] in measure.goods
        )
    )


def _setting(measure: Measure, record: Record) -> float:
    rounds = zip(record.dials, record.flags, strict=True)
    return float(
        sum(
            dials.get(str(measure.dial)) == measure.setting or measure.flag in flags
            for dials, flags in rounds
        )
    )


def _fell(measure: Measure, record: Record) -> float:
    made: dict[int, int] = {}
    for round_, event in record.events:
        if event.kind == "produced":
            made[round_] = int(str(event.facts[1]))
    return float(made.get(measure.since, 0) < made.get(measure.since - 1, 0))


MEASURES: dict[str, Callable[[Measure, Record], float]] = {
    "end": _end,
    "mean": _mean,
    "score": _score,
    "signed": _signed,
    "first": _first,
    "share": _share,
    "broken": _broken,
    "unbroken": _unbroken,
    "delivered": _delivered,
    "setting": _setting,
    "fell": _fell,
}

# --- playing -------------------------------------------------------------------------------------------

Values = dict[str, list[float]]
"""By `plain(measure)`, a number a game, in the order of seeds."""


def wanted(claims: Claims) -> dict[str, list[Measure]]:
    """Which arms have to be played, and what is to be read off each: shared between claims."""
    found: dict[str, dict[str, Measure]] = {}
    for claim in claims.claims:
        for test in claim.tests:
            for arm in (test.a, test.b, *test.less):
                for measure in (test.measure, test.than):
                    if measure is not None:
                        found.setdefault(arm, {})[plain(measure)] = measure
    return {arm: list(measures.values()) for arm, measures in found.items()}


class Job(NamedTuple):
    """Some games of an arm."""

    arm: Arm
    measures: tuple[Measure, ...]
    games: Chunk

    def __str__(self) -> str:
        return f"{self.games} of {self.arm.id}"


def play_arms(
    scenario: Scenario,
    claims: Claims,
    games: int,
    seed: int = 1,
    crowd: Crowd | None = None,
    bot: str = "greedy",
    progress: Callable[[int], None] | None = None,
) -> dict[str, Values]:
    """Every arm over the same seeds; the numbers don't depend on who played them."""
    played: dict[str, Values] = {}
    done = 0
    jobs = (
        Job(claims.arm(arm), tuple(measures), chunk)
        for arm, measures in wanted(claims).items()
        for chunk in chunks(games, CHUNK)
    )
    for arm, count, values in run(partial(_play, bot=bot, seed=seed), jobs, scenario, crowd):
        whole = played.setdefault(arm, {})
        for name, numbers in values.items():
            whole.setdefault(name, []).extend(numbers)
        done += count
        if progress is not None:
            progress(done)
    return played


def _play(scenario: Scenario, job: Job, bot: str, seed: int) -> tuple[str, int, Values]:
    changed = changed_scenario(scenario, job.arm)
    bots = dict.fromkeys(scenario.seat_ids, bot)
    found: Values = {plain(measure): [] for measure in job.measures}
    for nth in range(*job.games):
        record = Trial(changed, job.arm, game_seed(seed, nth), bots).play()
        for measure in job.measures:
            found[plain(measure)].append(measured(measure, record))
    return job.arm.id, job.games.last - job.games.first, found


# --- comparing -----------------------------------------------------------------------------------------


def judged(claims: Claims, played: Mapping[str, Values], among: int = 0) -> list[Verdict]:
    """Each claim's tests against what was played; `among` is how many claims there are, if not just these."""
    z = NormalDist().inv_cdf(1 - 0.025 / max(among, len(claims.claims)))
    return [
        Verdict(
            claim.id,
            claim.paragraph,
            claim.claim,
            claim.note,
            tuple(sorted((_tested(test, played, z) for test in claim.tests), key=lambda one: one.holds)),
        )
        for claim in claims.claims
    ]


def _tested(test: Test, played: Mapping[str, Values], z: float) -> Result:
    effect, low, high = _effect(test, played, z)
    holds = low >= test.least if test.goes == "up" else high <= -test.least
    if test.in_ == "times" and test.goes == "down":
        holds = high <= 1 / test.least
    n = len(played[test.a][plain(test.measure)])
    least = test.least if test.goes == "up" or test.in_ == "times" else -test.least
    return Result(
        plain(test.measure), test.a, test.b, n, effect, low, high, test.goes, least, test.in_, holds
    )


def _effect(test: Test, played: Mapping[str, Values], z: float) -> tuple[float, float, float]:
    if test.quantile is not None:
        return _of_quantiles(test, played, z)
    a, b = (played[arm][plain(test.measure)] for arm in (test.a, test.b))
    if test.in_ == "times":
        return _ratio(a, b, z)
    differences = [one - other for one, other in zip(a, b, strict=True)]
    if test.less:
        c, d = (played[arm][plain(test.measure)] for arm in test.less)
        differences = [gap - (one - other) for gap, one, other in zip(differences, c, d, strict=True)]
    scale = _scale(test, b)
    mean, half = fmean(differences) * scale, z * pstdev(differences) / sqrt(len(differences)) * scale
    return mean, mean - half, mean + half


def _scale(test: Test, b: Sequence[float]) -> float:
    """From the measure's own units to those of the test."""
    if test.in_ == "sd":
        return 1 / (pstdev(b) or 1.0)
    if test.in_ == "percent":
        return 100 / (fmean(b) or 1.0)
    return 100.0 if test.in_ == "points" else 1.0


def _ratio(a: Sequence[float], b: Sequence[float], z: float) -> tuple[float, float, float]:
    """The ratio of two shares, each with half a game more so that none is nothing (delta method)."""
    n = len(a)
    p, q = (sum(a) + 0.5) / (n + 1), (sum(b) + 0.5) / (n + 1)
    spread = z * sqrt((1 - min(p, 1)) / (p * n) + (1 - min(q, 1)) / (q * n))
    return p / q, exp(log(p / q) - spread), exp(log(p / q) + spread)


def _of_quantiles(test: Test, played: Mapping[str, Values], z: float) -> tuple[float, float, float]:
    """The difference of quantiles, with an interval from resampled games (the same luck every time)."""
    arms = [played[arm][plain(test.measure)] for arm in (test.a, test.b)]
    others = [played[arm][plain(test.than)] for arm in (test.a, test.b)] if test.than else None
    scale = _scale(test, arms[1])

    def gap(rows: Sequence[int]) -> float:
        one, other = (_quantile([values[row] for row in rows], test.quantile or 0.5) for values in arms)
        if others is None:
            return one - other
        third, fourth = (_quantile([values[row] for row in rows], test.quantile or 0.5) for values in others)
        return (one - other) - (third - fourth)

    n = len(arms[0])
    whole = gap(range(n)) * scale
    samples = []
    for nth in range(RESAMPLES):
        state = draw(17, 0, 0, "bootstrap", "", nth)
        rows = []
        for _ in range(n):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            rows.append((state >> 33) % n)
        samples.append(gap(rows) * scale)
    half = z * pstdev(samples)
    return whole, whole - half, whole + half


def _quantile(values: Sequence[float], at: float) -> float:
    """Between the two values that lie around it."""
    return quantiles(values, n=100, method="inclusive")[round(at * 100) - 1]


# --- telling -------------------------------------------------------------------------------------------


def as_json(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """A row a claim: its weakest test, and all of them under `tests`."""
    return {
        "claims": [
            {
                "id": verdict.id,
                "paragraph": verdict.paragraph,
                "claim": verdict.claim,
                **verdict.tests[0]._asdict(),
                "holds": verdict.holds,
                "tests": [test._asdict() for test in verdict.tests],
            }
            for verdict in verdicts
        ]
    }


UNITS = {"units": "", "sd": " sd", "points": " points", "percent": " %", "times": " times"}
ABOUT = (
    "An effect counts when its whole interval lies beyond the least effect; 95 % over all claims together. "
    "What the arms do stands in the scenario's `claims.yaml`; what bots can't show, at the end of "
    "`docs/many-games.md`."
)


def report(verdicts: Sequence[Verdict], how: str) -> str:
    """The claims as a page of Markdown."""
    held = sum(verdict.holds for verdict in verdicts)
    lines = ["# Claims", "", f"{how} {held} of {len(verdicts)} hold.", "", ABOUT, ""]
    lines.append("| id | ¶ | claim | measure | a | b | n | effect | interval | least | holds |")
    lines.append("|---|---|---|---|---|---|---|---|---|---|---|")
    for verdict in verdicts:
        head = (verdict.id, verdict.paragraph, verdict.claim)
        for test in verdict.tests:
            lines.append("| " + " | ".join((*head, *_cells(test))) + " |")
            head = ("", "", "")
    notes = [f"- {verdict.id}: {verdict.note}" for verdict in verdicts if verdict.note]
    return "\n".join([*lines, *(["", "## Notes", "", *notes] if notes else [])]) + "\n"


def _cells(test: Result) -> tuple[str, ...]:
    return (
        test.measure,
        test.arm_a,
        test.arm_b,
        str(test.n),
        f"{test.effect:+.2f}{UNITS[test.unit]}",
        f"{test.low:+.2f} to {test.high:+.2f}",
        f"{test.least:+g}",
        "yes" if test.holds else "**no**",
    )
